// What is to come, under way or over, by the clock of Việt Nam (+07 all year) and to the last
// minute of the last day. A moment is compared at the precision it was written in: "2022-05-18"
// by its day, "2022-05" by its month, "2022-05-18T08:30" by its minute. What has no end is never over.

const WORDS = {
  // data-state-label: exact days; "fuzzy" where only a span is known; "deadline" for what is due.
  "": { upcoming: "Sắp diễn ra", now: "Đang diễn ra", past: "Đã qua" },
  fuzzy: { upcoming: "Sắp tới", now: "Trong thời gian dự kiến", past: "Đã qua thời gian dự kiến" },
  deadline: { upcoming: "Còn hạn", now: "Đến hạn", past: "Đã hết hạn" },
};

const SOON = 99; // days ahead that are counted
const DAY = 86_400_000;

/** "Còn 14 ngày" before a day that is certain and near, else "". */
function countdown(start, now) {
  const days = Math.round((Date.parse(start.slice(0, 10)) - Date.parse(now.slice(0, 10))) / DAY);
  if (start.length < 10 || days < 1 || days > SOON) return "";
  return days === 1 ? "Ngày mai" : `Còn ${days} ngày`;
}

export const vietnam = (milliseconds) => new Date(milliseconds + 7 * 3600e3).toISOString();

export function state(start, end, now) {
  const at = (moment) => now.slice(0, moment.length);
  if (at(start) < start) return "upcoming";
  return end && at(end) > end ? "past" : "now";
}

export function mark(root, now) {
  for (const element of root.querySelectorAll("[data-start]")) {
    const { start, end } = element.dataset;
    element.dataset.state = state(start, end, now);
  }
  for (const label of root.querySelectorAll("[data-state-label]")) {
    const found = label.closest("[data-state]");
    if (!found) continue;
    const { state: is, start } = found.dataset;
    const counted = is === "upcoming" && label.dataset.stateLabel !== "fuzzy" ? countdown(start, now) : "";
    const words = counted || (WORDS[label.dataset.stateLabel] ?? WORDS[""])[is];
    if (label.textContent !== words) label.textContent = words;
    label.hidden = false;
  }
  for (const day of root.querySelectorAll("[data-day]")) {
    day.toggleAttribute("data-today", day.dataset.day === now.slice(0, 10));
  }
}
