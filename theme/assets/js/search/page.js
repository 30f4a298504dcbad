// The search page: what is asked, filtered and ordered stands in the address, so that it can be
// sent to somebody. A result names its page, the section that answers, and how well it fits.
import { note, forget, recent } from "./recent.js";
import { element, find, FITS, help, link, marked, message, patient, quiet, WAITING } from "./searching.js";

const STEP = 10;
const FILTERS = ["loai", "nam", "tinh", "don-vi", "tinh-trang", "chu-de"];
const CHOICES = 60; // of a filter, the most frequent

export function searchPage(form) {
  const part = (name) => document.querySelector(`[data-search-${name}]`);
  const [status, results, more, years, past] = ["status", "results", "more", "years", "recent"].map(part);
  const drawer = part("filters");
  const filters = drawer.querySelector("form");
  const input = form.elements.q;
  const fields = [...form.elements, ...filters.elements].filter(({ name }) => name);
  let turn = 0;
  let wide = false;

  function asked() {
    const values = fields.map(({ name, value }) => [name, value.trim()]);
    return Object.fromEntries(values.filter(([, value]) => value));
  }

  function address(state) {
    const query = new URLSearchParams(state).toString();
    return location.pathname + (query ? `?${query}` : "");
  }

  function keep(state) {
    try {
      history.replaceState(null, "", address(state));
    } catch {
      // Safari allows a hundred in half a minute; the next one will do.
    }
  }

  // The choices of a filter are those of the results; what an address names is kept as one.
  function fill(facets) {
    for (const name of FILTERS) {
      const field = filters.elements[name];
      const chosen = field.value;
      const counts = new Map(facets[name] ?? []);
      if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
      const order = name === "nam" || name === "chu-de" ? ([a], [b]) => b - a : ([, a], [, b]) => b - a;
      const choices = [...counts].sort(order).slice(0, CHOICES);
      const options = choices.map(([value, count]) => element("option", { value }, `${value} (${count})`));
      field.replaceChildren(field.options[0], ...options);
      field.value = chosen;
      field.closest(".field").hidden = counts.size === 0;
    }
  }

  async function search({ push = false } = {}) {
    const state = asked();
    const mine = (turn += 1);
    if (push) history.pushState(null, "", address(state));
    const { q = "", xep, ...chosen } = state;
    const idle = q.length < 2;
    results.setAttribute("aria-busy", "true");
    years.hidden = !idle;
    if (idle) {
      drawer.hidden = true;
      show([], q ? "Gõ thêm chữ để tìm." : "");
      return keep(state);
    }
    try {
      const byDate = xep === "ngay";
      const asking = find(q, { filters: chosen, byDate, wide });
      const answer = await patient(asking, () => mine === turn && (status.textContent = WAITING));
      const first = await answer.show(0, STEP);
      if (mine !== turn) return;
      fill(answer.facets);
      const filtered = Object.keys(chosen).length > 0;
      drawer.hidden = !answer.hits.length && !filtered;
      years.hidden = answer.hits.length > 0;
      show(first, summary(answer, filtered), answer);
    } catch (error) {
      if (mine !== turn) return;
      const again = element("button", { class: "button button--secondary button--small", type: "button" }, "Thử lại");
      again.addEventListener("click", () => search());
      show([], `${message(error)} Dưới đây là kế hoạch theo năm. `);
      status.append(again);
      years.hidden = false;
      drawer.hidden = true;
    }
    keep(state);
  }

  function summary({ query, hits, typo, more, ...answer }, filtered) {
    const words = [];
    if (typo && hits.length) words.push(`Không có “${input.value.trim()}”. Kết quả cho “${typo.map((t) => t.word).join(" ")}”:`);
    words.push(hits.length ? `${hits.length} kết quả${more ? " khớp nguyên cụm" : ""}.` : "Không tìm thấy.");
    if (!hits.length) words.push(filtered ? "Thử bỏ bớt điều kiện lọc." : help({ query, ...answer }));
    if (query.shortened) words.push("Câu tìm quá dài: chỉ dùng các từ đầu.");
    return words.join(" ");
  }

  function show(shown, words, answer) {
    status.textContent = words;
    results.replaceChildren(...shown.map(result));
    results.setAttribute("aria-busy", "false");
    past.hidden = Boolean(words || shown.length);
    follow(answer);
  }

  // The button for what comes next: further results, then pages with scattered words.
  function follow(answer) {
    const left = (answer?.hits.length ?? 0) - results.children.length;
    more.hidden = !answer || (left <= 0 && !answer.more);
    more.textContent = left > 0 ? `Xem thêm ${Math.min(left, STEP)} kết quả` : "Tìm cả trang chỉ khớp từng từ";
    more.onclick = async () => {
      if (left <= 0) {
        wide = true;
        return search();
      }
      const from = results.children.length;
      const mine = turn;
      const next = await answer.show(from, from + STEP).catch((error) => (status.textContent = message(error), []));
      if (mine !== turn) return;
      results.append(...next.map(result));
      results.children[from]?.querySelector("a").focus();
      follow(answer);
    };
  }

  function result(found) {
    const [first, ...others] = found.passages;
    const title = element("h2", {}, element("a", { href: link(found, first) }, ...marked(found.title)));
    const facts = [found.kind, found.label, found.status].filter(Boolean);
    const meta = element("p", { class: "item__meta" }, ...facts.map((fact) => element("span", {}, fact)));
    const item = element("li", { class: "item result", "data-fit": found.fit }, title, meta);
    if (first.heading.length) {
      item.append(element("p", { class: "result__section" }, ...marked(first.heading)));
    }
    item.append(element("p", { class: "excerpt" }, ...marked(first.pieces)));
    if (others.length) {
      const links = others.map((passage) => element("li", {}, element("a", { href: link(found, passage) }, ...(passage.heading.length ? marked(passage.heading) : ["Đầu trang"]))));
      item.append(element("ul", { class: "result__others", "aria-label": "Các mục khác cũng khớp" }, ...links));
    }
    item.append(element("p", { class: "badges" }, element("span", { class: "badge" }, FITS[found.fit])));
    return item;
  }

  function listPast() {
    const items = recent().map((text) => {
      const href = `${location.pathname}?${new URLSearchParams({ q: text })}`;
      return element("li", {}, element("a", { class: "chip", href }, text));
    });
    past.querySelector("ul").replaceChildren(...items);
    past.hidden = !items.length || Boolean(input.value);
  }

  function restore() {
    const given = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = given.get(field.name) ?? "";
      if (field.localName === "select" && value && ![...field.options].some((o) => o.value === value)) {
        field.append(element("option", { value }, value));
      }
      field.value = value;
    }
    if (input.value) search();
    else listPast();
  }

  const soon = quiet(() => search());
  input.addEventListener("input", () => {
    wide = false;
    turn += 1; // what is on its way is out of date
    results.setAttribute("aria-busy", "true");
    soon();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    note(input.value);
    search({ push: true });
  });
  results.addEventListener("click", (event) => event.target.closest("a") && note(input.value));
  filters.addEventListener("change", () => search({ push: true }));
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(() => search({ push: true })));
  past.querySelector("button").addEventListener("click", () => {
    forget();
    past.hidden = true;
    input.focus();
  });
  addEventListener("popstate", restore);

  drawer.open = new URLSearchParams(location.search).size > 1 || matchMedia("(min-width: 62em)").matches;
  const typed = input.value; // before this was loaded
  restore();
  if (typed && typed !== input.value) {
    input.value = typed;
    search();
  }
}
