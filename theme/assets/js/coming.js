// The list of events on the home page, parted by the reader's day: what is on or to come, the nearest
// first, then what was lately over. now.js has said which is which; without a script the list stands
// as it came, by date. What has no end ("kể từ ngày …") is no longer to come once it has begun.

const over = ({ dataset }) => dataset.state === "past" || (!dataset.end && dataset.state === "now");
// What is off or done comes last, and what has no certain day after what has.
const rank = (item) =>
  item.querySelector(".badge--cancelled, .badge--done") ? 2 : item.querySelector('[data-state-label="fuzzy"]') ? 1 : 0;
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function fill(list, items, most) {
  if (items.some((item, place) => list.children[place] !== item)) list.append(...items);
  items.forEach((item, place) => (item.hidden = place >= most));
  list.hidden = items.length === 0; // a screen reader would tell of an empty list
}

export function coming(element) {
  const [ahead, lately] = element.querySelectorAll("section");
  const items = [...element.querySelectorAll("[data-start]")];
  const next = items.filter((item) => !over(item)).sort((a, b) => rank(a) - rank(b) || compare(a.dataset.start, b.dataset.start));
  const past = items.filter(over).sort((a, b) => compare(b.dataset.end || b.dataset.start, a.dataset.end || a.dataset.start));
  const title = ahead.querySelector("[data-coming-title]");
  title.textContent = title.dataset.comingTitle;
  fill(ahead.querySelector("ol"), next, element.dataset.coming);
  fill(lately.querySelector("ol"), past, element.dataset.coming);
  ahead.querySelector(".empty").hidden = next.length > 0;
  lately.hidden = past.length === 0;
  element.dataset.parted = "";
}
