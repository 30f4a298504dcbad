// Filters a list by what its form and its chips of time choose. A control's data-key names the items'
// data attribute (several values stand apart by "|"); the choice is kept in the address, so it can be shared.

import { vietnam } from "./now.js";
import { spans } from "./spans.js";

const TIME = "khi"; // what the chips of time set in the address
const WEEK = 7 * 86_400_000;

// In which order a stretch of time shows its items: of the past the latest first, of a day what
// tells a result; what lasts longer than a week after what is of its days, and today what people are invited
// to before the rest.
const day = (moment) => Date.parse(moment.slice(0, 10));
const lasts = ({ dataset }) => !dataset.end || day(dataset.end) - day(dataset.start) > WEEK;
const ended = ({ dataset }) => day(dataset.end || dataset.start || "") || 0;
const told = ({ dataset }) => "result" in dataset;
const invites = ({ dataset }) => Boolean(dataset.audience);
const ORDERS = {
  "hom-nay": (a, b) => lasts(a) - lasts(b) || invites(b) - invites(a),
  "tuan-nay": (a, b) => lasts(a) - lasts(b),
  "thang-nay": (a, b) => lasts(a) - lasts(b),
  "da-qua": (a, b) => ended(b) - ended(a) || told(b) - told(a),
};

// `items` in the order of `by`, those of each list within it.
function order(items, by) {
  const sorted = by ? [...items].sort(by) : items;
  for (const list of new Set(items.map(({ parentElement }) => parentElement))) {
    const inside = sorted.filter(({ parentElement }) => parentElement === list);
    if (inside.some((item, place) => list.children[place] !== item)) list.append(...inside);
  }
}

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
    const time = chosen().get(TIME) ?? "";
    const when = spans(time, vietnam(Date.now()).slice(0, 10));
    const seen = new Set();
    for (const item of items) {
      item.hidden = !fits(item) || !when(item.dataset);
      if (!item.hidden) seen.add(item.dataset.filterItem || item);
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-filter-item]:not([hidden])");
    if (chips.length) order(items, ORDERS[time]);
    if (nothing) nothing.hidden = seen.size > 0;
    if (count) count.textContent = `${seen.size} ${noun}`;
    for (const chip of chips) {
      const here = chip.dataset.time === time;
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
