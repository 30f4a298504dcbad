// Filters a list by what its form and its chips of time choose. A control's data-key names the items'
// data attribute (several values stand apart by "|"); the choice is kept in the address, so it can be shared.

import { vietnam } from "./now.js";
import { spans } from "./spans.js";

const TIME = "khi"; // what the chips of time set in the address

export function filter(form) {
  const list = document.getElementById(form.dataset.filter);
  const items = [...list.querySelectorAll("[data-filter-item]")];
  const groups = [...list.querySelectorAll("[data-filter-group]")];
  const controls = [...form.querySelectorAll("[data-key]")];
  const chips = [...document.querySelectorAll("[data-time]")];
  const count = form.querySelector("[data-filter-count]");
  const noun = count?.dataset.filterCount ?? "";
  const nothing = list.querySelector("[data-filter-empty]");

  const chosen = () => new URLSearchParams(location.search);
  const fits = (item) =>
    controls.every(({ value, dataset }) => !value || (item.dataset[dataset.key] ?? "").split("|").includes(value));

  const apply = () => {
    const when = spans(chosen().get(TIME), vietnam(Date.now()).slice(0, 10));
    const seen = new Set();
    for (const item of items) {
      item.hidden = !fits(item) || !when(item.dataset);
      if (!item.hidden) seen.add(item.dataset.filterItem || item);
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-filter-item]:not([hidden])");
    if (nothing) nothing.hidden = seen.size > 0;
    if (count) count.textContent = `${seen.size} ${noun}`;
    for (const chip of chips) {
      const here = chip.dataset.time === chosen().get(TIME);
      if (here) chip.setAttribute("aria-current", "true");
      else chip.removeAttribute("aria-current");
    }
  };

  const read = () => {
    for (const control of controls) {
      control.value = chosen().get(control.name) ?? "";
      if (control.selectedIndex === -1) control.value = "";
    }
    apply();
  };

  const choose = (choices) => {
    const address = new URL(location);
    for (const [name, value] of choices) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
    apply();
  };

  for (const chip of chips) {
    chip.addEventListener("click", (event) => {
      event.preventDefault();
      choose([[TIME, chip.hasAttribute("aria-current") ? "" : chip.dataset.time]]);
    });
  }
  form.addEventListener("change", () => choose(controls.map(({ name, value }) => [name, value])));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", read);
  read();
  const folded = form.closest("details");
  if (folded) folded.open = matchMedia("(min-width: 62em)").matches || controls.some(({ value }) => value);
}
