// The search box of every page: an editable combobox with a list (WAI-ARIA APG, "Combobox With
// List Autocomplete"). Enter without a choice goes to the search page.
import { page } from "./files.js";
import { forget, note, recent } from "./recent.js";
import { element, find, help, link, marked, message, patient, quiet, WAITING } from "./searching.js";

const SHOWN = 6;

// `first` is the event that called for it.
export function box(form, first) {
  const input = form.querySelector("input[name=q]");
  const list = element("div", { class: "suggestions", id: `${input.id}-goi-y`, role: "listbox", "aria-label": "Kết quả" });
  const status = element("p", { class: "suggestions__status", role: "status" });
  const panel = element("div", { class: "suggestions-panel", hidden: "" }, list, status);
  form.append(panel);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
  })) {
    input.setAttribute(name, value);
  }
  let turn = 0;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  function choose(option) {
    active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function open(entries, words) {
    choose(null);
    list.replaceChildren(...entries);
    list.hidden = !entries.length;
    options().forEach((option, index) => (option.id = `${list.id}-${index}`));
    status.textContent = words;
    panel.hidden = false;
    input.setAttribute("aria-expanded", String(entries.length > 0));
  }

  function close() {
    turn += 1;
    choose(null);
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function past() {
    const searches = recent();
    if (!searches.length) return close();
    const entries = searches.map((text) => option({ href: all(text) }, text));
    const clear = option({ href: "#", "data-forget": "" }, "Xoá các lần tìm này");
    open([...entries, clear], "Các lần tìm gần đây, chỉ lưu trên máy này");
  }

  async function suggest() {
    const typed = input.value;
    if (typed.trim().length < 2) return close();
    const mine = (turn += 1);
    try {
      const answer = await patient(find(typed), () => mine === turn && open([], WAITING));
      const results = await answer.show(0, SHOWN);
      if (mine !== turn) return;
      const entries = results.map(suggestion);
      const { length } = answer.hits;
      if (length > SHOWN) entries.push(option({ href: all(typed), class: "suggestion suggestion--all" }, `Xem tất cả ${length} kết quả`));
      open(entries, length ? `${length} kết quả, dùng phím ↑ ↓ để chọn` : `Không tìm thấy. ${help(answer)}`);
    } catch (error) {
      if (mine !== turn) return;
      const years = element("a", { href: page("tim-kiem/#theo-nam") }, "Xem kế hoạch theo năm");
      open([], `${message(error)} `);
      status.append(years);
    }
  }

  const soon = quiet(suggest);
  input.addEventListener("input", () => {
    turn += 1; // what is on its way is out of date
    soon();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the input method's keys, not ours
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden) return input.value.trim() ? suggest() : past();
      const all = options();
      const at = all.indexOf(active()) + (key === "ArrowDown" ? 1 : -1);
      choose(at < -1 ? all.at(-1) : (all[at] ?? null));
    } else if (key === "Enter" && active()) {
      event.preventDefault();
      active().click();
    } else if (key === "Escape" && !panel.hidden) {
      event.preventDefault(); // the first closes the list, the next clears the field
      event.stopPropagation();
      close();
    }
  });
  form.addEventListener("submit", () => note(input.value));
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (!chosen) return;
    if ("forget" in chosen.dataset) {
      event.preventDefault();
      forget();
      close();
    } else if (input.value.trim()) note(input.value);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  if (input.value) soon();
  else if (first?.key === "ArrowDown") past();

  function suggestion(result) {
    const [passage] = result.passages;
    const title = element("span", { class: "suggestion__title" }, ...marked(result.title));
    const heading = passage.heading.length ? [" · ", ...marked(passage.heading)] : [];
    const meta = element("span", { class: "suggestion__meta" }, result.kind, ...heading);
    const text = element("span", { class: "suggestion__text" }, ...marked(passage.pieces));
    return option({ href: link(result, passage) }, title, meta, text);
  }

  function option(attributes, ...children) {
    return element(
      "a",
      { class: "suggestion", role: "option", tabindex: "-1", "aria-selected": "false", ...attributes },
      ...children,
    );
  }

  function all(typed) {
    return page(`tim-kiem/?${new URLSearchParams({ q: typed })}`);
  }
}
