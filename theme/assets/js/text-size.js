// −A, A, +A: steps of the root's font size; site.css knows what each step means.
import { store, stored } from "./stored.js";

const PERCENT = { "-1": 94, 0: 100, 1: 112, 2: 125, 3: 150 };

export function textSize(button, status) {
  button.addEventListener("click", () => {
    const by = Number(button.dataset.textStep);
    const step = by ? Math.min(3, Math.max(-1, (Number(stored("text")) || 0) + by)) : 0;
    store("text", String(step));
    status.textContent = `Cỡ chữ ${PERCENT[step]}%`;
  });
}
