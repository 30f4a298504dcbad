// Filters a list by what its form chooses. A control's data-key names the items' data attribute
// (several values stand apart by "|"); the choice is kept in the address, so it can be shared.

export function filter(form) {
  const list = document.getElementById(form.dataset.filter);
  const items = [...list.querySelectorAll("[data-filter-item]")];
  const groups = [...list.querySelectorAll("[data-filter-group]")];
  const controls = [...form.querySelectorAll("[data-key]")];
  const count = form.querySelector("[data-filter-count]");
  const noun = count?.dataset.filterCount ?? "";

  const fits = (item) =>
    controls.every(({ value, dataset }) => !value || (item.dataset[dataset.key] ?? "").split("|").includes(value));

  const apply = () => {
    const seen = new Set();
    for (const item of items) {
      item.hidden = !fits(item);
      if (!item.hidden) seen.add(item.dataset.filterItem || item);
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-filter-item]:not([hidden])");
    if (count) count.textContent = `${seen.size} ${noun}`;
  };

  const read = () => {
    const chosen = new URLSearchParams(location.search);
    for (const control of controls) {
      control.value = chosen.get(control.name) ?? "";
      if (control.selectedIndex === -1) control.value = "";
    }
    apply();
  };

  form.addEventListener("change", () => {
    const address = new URL(location);
    for (const { name, value } of controls) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", read);
  read();
}
