// "Hôm nay": to the month that holds today in Vietnam, and to today in it.

import { vietnam } from "./now.js";

export function today(link) {
  const [year, month] = vietnam(Date.now()).split("-");
  if (!link.dataset.todayYears.split(" ").includes(year)) return; // no calendar yet: the list of years
  link.href = new URL(`${year}/${month}/#hom-nay`, link.href);
  const day = document.querySelector("[data-today]");
  if (!day) return;
  day.id = "hom-nay";
  day.tabIndex = -1;
  const arrive = () => {
    if (location.hash !== "#hom-nay") return;
    day.scrollIntoView({ block: "center" });
    day.focus({ preventScroll: true });
  };
  addEventListener("hashchange", arrive);
  link.addEventListener("click", () => setTimeout(arrive));
  arrive();
}
