// Where a text says what was asked for.
import { words } from "./text.js";

const fits = (word, token) => word.key === token.key && (!token.marked || word.word === token.word);
const like = (word, token) => word.key === token.key;
const begins = (word, token) => word.key.startsWith(token.key);

// The places [start, end] of `tokens` in a row; with `open`, the last may be the beginning of a word.
export function phrase(found, tokens, open = false) {
  for (const same of [fits, like, ...(open ? [begins] : [])]) {
    const places = [];
    for (let at = 0; at + tokens.length <= found.length; at += 1) {
      const whole = tokens.every((token, index) => {
        const compare = same === begins && index < tokens.length - 1 ? like : same;
        return compare(found[at + index], token);
      });
      if (whole) places.push([found[at].start, found[at + tokens.length - 1].end]);
    }
    if (places.length) return places;
  }
  return [];
}

// A date reads the same with and without its words: 18 tháng 5 năm 2022, 18/5/2022.
function undated(list) {
  const number = (word) => word && /^\d+$/.test(word.key);
  return list.filter(
    ({ key }, at) => !(["thang", "nam"].includes(key) && number(list[at - 1]) && number(list[at + 1])),
  );
}

// The places of the query in `text`: as a phrase where it is one, else word by word.
export function marks(text, { tokens, others = [], open = false }) {
  const found = undated(words(text));
  for (const asked of [tokens, ...others]) {
    const places = asked.length ? phrase(found, undated(asked), open && asked === tokens) : [];
    if (places.length) return { whole: true, places, asked };
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
