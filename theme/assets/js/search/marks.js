// Where a text says what was asked for.
import { isNumber, isYearWord } from "./query.js";
import { words } from "./text.js";

const like = (word, token) => word.key === token.key && (!token.month || word.month);
const fits = (word, token) => like(word, token) && (!token.marked || word.word === token.word);
const begins = (word, token) => word.key.startsWith(token.key);

// How a text has a phrase: with the marks that were typed, with others, as the beginning of a word.
export const [FITS, LIKE, BEGINS] = [0, 1, 2];

// The places [start, end] of `tokens` in a row, and how they are there; with `open`, the last may be
// the beginning of a word.
function phrase(found, tokens, open) {
  for (const [level, same] of [fits, like, ...(open ? [begins] : [])].entries()) {
    const places = [];
    for (let at = 0; at + tokens.length <= found.length; at += 1) {
      const whole = tokens.every((token, index) => {
        const compare = same === begins && index < tokens.length - 1 ? like : same;
        return compare(found[at + index], token);
      });
      if (whole) places.push([found[at].start, found[at + tokens.length - 1].end]);
    }
    if (places.length) return { level, places };
  }
  return null;
}

// A date reads the same with and without its words: 18 tháng 5 năm 2022, 18/5/2022. What is said to
// be a month has to be one.
function undated(list, text = "") {
  const kept = [];
  for (const [at, word] of list.entries()) {
    const [before, after] = [list[at - 1], list[at + 1]];
    if (isYearWord(word, before, after) || (isMonthWord(word) && isNumber(after))) continue;
    if (before && isNumber(word) && isMonthWord(before)) kept.push({ ...word, start: before.start, month: true });
    else if (isNumber(before) && isNumber(word) && /^\s*[/.-]\s*$/.test(text.slice(before.end, word.start))) {
      kept.push({ ...word, month: Number(word.key) <= 12 });
    } else kept.push(word);
  }
  return kept;
}

const isMonthWord = ({ word, key }) => key === "thang" && (word === "tháng" || word === key);

// The places of the query in `text`: as a phrase where it is one, else word by word.
export function marks(text, { tokens, others = [], open = false }) {
  const found = words(text);
  for (const asked of [tokens, ...others]) {
    if (!asked.length) continue;
    const going = open && asked === tokens;
    const said = (asked.some(isNumber) && phrase(undated(found, text), undated(asked), going)) || phrase(found, asked, going);
    if (said) return { whole: true, ...said, asked };
  }
  const exact = found.filter((word) => tokens.some((token) => fits(word, token)));
  const loose = found.filter((word) => tokens.some((token) => like(word, token)));
  const chosen = distinct(exact) >= distinct(loose) ? exact : loose;
  const places = chosen.map(({ start, end }) => [start, end]);
  return { whole: false, places, asked: tokens, distinct: distinct(chosen) };
}

const distinct = (found) => new Set(found.map((word) => word.key)).size;

const BEFORE = 60;
const LENGTH = 220;

// The stretch of `text` that shows most of `places`, as pieces {text, marked}.
export function excerpt(text, places) {
  let best = 0;
  let most = -1;
  for (const [start] of places) {
    const within = places.filter(([s, e]) => s >= start && e <= start + LENGTH - BEFORE).length;
    if (within > most) [best, most] = [start, within];
  }
  let from = Math.max(0, best - BEFORE);
  if (from) from = text.indexOf(" ", from) + 1 || from;
  from = Math.min(from, best);
  let to = Math.min(text.length, Math.max(from + LENGTH, (places.find(([s]) => s === best) ?? [0, 0])[1]));
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), best);
  const shown = places.filter(([start, end]) => start >= from && end <= to);
  const pieces = cut(text.slice(from, to), shown.map(([s, e]) => [s - from, e - from]));
  if (from) pieces.unshift({ text: "… ", marked: false });
  if (to < text.length) pieces.push({ text: " …", marked: false });
  return pieces;
}

// `text` as pieces {text, marked}; `places` are in order and apart.
export function cut(text, places) {
  const pieces = [];
  let at = 0;
  for (const [start, end] of places) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false });
    pieces.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}
