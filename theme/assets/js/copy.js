// Copies the button's data-copy, or the text of the elements that its data-copy-of names; the button says
// so for two seconds.

async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea"); // plain http has no clipboard
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("copy");
}

const textOf = (ids) =>
  ids
    .split(" ")
    .map((id) => document.getElementById(id).innerText)
    .join("\n\n");

export function copy(button) {
  const label = button.querySelector("[data-label]") ?? button;
  const words = label.textContent;
  label.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await write(button.dataset.copy ?? textOf(button.dataset.copyOf));
      label.textContent = "Đã sao chép";
    } catch {
      label.textContent = "Không sao chép được";
    }
    button.focus();
    setTimeout(() => (label.textContent = words), 2000);
  });
}
