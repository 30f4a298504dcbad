// Print buttons; what is folded on the screen is open on paper, tabs too, of which a name lets one open alone.

let folded = [];

addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details")].map((all) => [all, all.name, all.open]);
  for (const [details] of folded) {
    details.name = "";
    details.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const [details, name, open] of folded) Object.assign(details, { open, name });
});

export function print(button) {
  button.addEventListener("click", () => window.print());
}
