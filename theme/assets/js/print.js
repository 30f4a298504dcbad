// Print buttons; what is folded on the screen is open on paper.

let opened = [];

addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

export function print(button) {
  button.addEventListener("click", () => window.print());
}
