// What is next among rows with days (data-next names their tables), and how many are over of which the
// site has no news. now.js has said what is over.

const DAY = 86_400_000;
const dayOf = (moment) => Date.parse(moment.slice(0, 10));

export function left(moment, now) {
  const days = Math.round((dayOf(moment) - dayOf(now)) / DAY);
  if (days > 1) return `còn ${days} ngày`;
  return days === 1 ? "ngày mai" : "hôm nay";
}

const rows = (selector) =>
  selector.split(", ").flatMap((table) => [...document.querySelectorAll(`${table} [data-start]`)]);
const isOff = ({ dataset }) => ["cancelled", "postponed", "done"].includes(dataset.status);

export function next(line, now) {
  const ahead = rows(line.dataset.next)
    .filter((row) => row.dataset.state !== "past" && !isOff(row))
    .sort((a, b) => (a.dataset.start < b.dataset.start ? -1 : 1));
  const row = ahead.find(({ dataset }) => dataset.state === "upcoming") ?? ahead[0];
  line.hidden = false;
  if (!row) {
    line.textContent = "Mọi việc của kế hoạch đã qua thời gian dự kiến.";
    return;
  }
  const words = (cell, inside) =>
    [...(row.querySelector(`${cell} ${inside}`) ?? row.querySelector(cell)).childNodes].map((node) => node.cloneNode(true));
  const far = row.dataset.state === "upcoming" ? left(row.dataset.start, now) : "đang trong thời gian";
  line.replaceChildren(`Gần nhất, ${far}: `, ...words("td", "time"), ": ", ...words("th", "a"));
}

export function silent(tally) {
  const over = rows(tally.dataset.tally).filter(
    ({ dataset }) => dataset.state === "past" && ["scheduled", "rescheduled"].includes(dataset.status),
  );
  const badge = tally.querySelector("[data-silent]");
  badge.hidden = over.length === 0;
  badge.textContent = `${over.length} đã qua, chưa có tin`;
}
