// What a unit owes, in the order of a desk: lately overdue, then what is to come, the nearest first, then the rest.

import { vietnam } from "./now.js";

const MONTH = 31 * 86_400_000;

export function desk(list) {
  const now = Date.parse(vietnam(Date.now()).slice(0, 10));
  const end = ({ dataset }) => dataset.end || dataset.start || "";
  const rank = (item) => {
    if (!end(item)) return 2;
    if (item.dataset.state !== "past") return 1;
    return now - Date.parse(end(item).slice(0, 10)) <= MONTH ? 0 : 3;
  };
  const items = [...list.children].sort((a, b) => {
    const order = end(a) < end(b) ? -1 : end(a) > end(b) ? 1 : 0;
    return rank(a) - rank(b) || (rank(a) === 3 ? -order : order);
  });
  for (const item of items) item.toggleAttribute("data-overdue", rank(item) === 0);
  if (items.some((item, place) => list.children[place] !== item)) list.append(...items);
}
