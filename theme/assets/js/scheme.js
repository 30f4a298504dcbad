// The button that goes round system → light → dark.
import { store, stored } from "./stored.js";

const NEXT = { system: "light", light: "dark", dark: "system" };
const WORDS = { system: "theo hệ thống", light: "sáng", dark: "tối" };

export function scheme(button) {
  const label = button.querySelector("[data-scheme-label]");
  const show = () => {
    label.textContent = `Giao diện ${WORDS[stored("scheme")] ?? WORDS.system}`;
    button.title = label.textContent;
  };
  button.addEventListener("click", () => {
    store("scheme", NEXT[stored("scheme")] ?? "light");
    show();
  });
  show();
}
