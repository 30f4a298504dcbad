// Stretches of time as chips name them, and whether something with days lies in one. A week begins on Monday.

const DAY = 86_400_000;
const plus = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

const SPANS = {
  "hom-nay": (today) => [today, today],
  "tuan-nay": (today) => {
    const monday = plus(today, -((new Date(today).getUTCDay() + 6) % 7));
    return [monday, plus(monday, 6)];
  },
  "thang-nay": (today) => [`${today.slice(0, 7)}-01`, `${today.slice(0, 7)}-31`],
};

/** A test of {start, end, state} for the stretch `name`; everything fits where it is none. */
export function spans(name, today) {
  if (name === "sap-toi") return ({ start, state }) => Boolean(start) && state !== "past";
  if (name === "da-qua") return ({ state }) => state === "past";
  if (!SPANS[name]) return () => true;
  const [from, to] = SPANS[name](today);
  return ({ start, end }) => Boolean(start) && start.slice(0, 10) <= to && (end || start).slice(0, 10) >= from;
}
