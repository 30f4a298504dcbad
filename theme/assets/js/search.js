// The way into search: nothing of it is fetched before the first key in a search box, or before an
// address asks for it.

export function search(form) {
  const input = form.querySelector("input[type=search]");
  const large = "search" in form.dataset;
  const begin = (event) => {
    input.removeEventListener("keydown", begin);
    input.removeEventListener("input", begin);
    if (large) import("./search/page.js").then(({ searchPage }) => searchPage(form));
    else import("./search/box.js").then(({ box }) => box(form, event));
  };
  if (large && location.search) begin();
  else {
    input.addEventListener("keydown", begin);
    input.addEventListener("input", begin);
  }
}

// "/" goes to the search box, wherever nothing is being typed.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const forms = [...document.querySelectorAll("form.search")];
  const large = forms.find((form) => "search" in form.dataset);
  const form = large ?? forms.find((form) => form.checkVisibility()) ?? forms[0];
  const input = form?.querySelector("[type=search]");
  if (!input) return;
  event.preventDefault();
  if (!form.checkVisibility()) form.closest("[popover]")?.showPopover();
  input.focus();
  input.select();
});

const asked = new URLSearchParams(location.search).get("tim");
if (asked) {
  import("./search/marking.js").then(({ markPage }) => markPage(document.querySelector("#noi-dung"), asked));
}
