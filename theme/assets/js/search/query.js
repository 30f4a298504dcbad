// A query as typed, taken apart: its words, which of them belong together, how else it can be put.
import { key, words } from "./text.js";

const LETTERS = 200;
const WORDS = 24;
const OTHERS = 4;
const ISO_DATE = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g;

// A word of a query; one typed with marks means just these.
export function spoken(word) {
  const plain = key(word);
  return { word, key: plain, marked: word !== plain, digits: /^\d+$/.test(word), glued: false };
}

export function parse(typed, abbreviations) {
  const cut = typed.slice(0, LETTERS).normalize("NFC");
  const text = cut.replace(ISO_DATE, "$3/$2/$1");
  const found = words(text).slice(0, WORDS);
  const all = found.map((word, index) => {
    const before = index ? text.slice(found[index - 1].end, word.start) : " ";
    const number = /\d/.test(word.word) || (index > 0 && /\d/.test(found[index - 1].word));
    // A part of a number or of a date stays with the part before.
    return { ...spoken(word.word), glued: number && /^\s?[/.-]\s?$/.test(before) };
  });
  const tokens = all.filter((token, index) => !isYearWord(token, all[index - 1], all[index + 1]));
  const last = found.at(-1);
  return {
    tokens,
    open: Boolean(last) && last.end === text.length && !tokens.at(-1).digits,
    others: tokens.length ? variants(tokens, abbreviations) : [],
    shortened: typed.length > LETTERS || words(text).length > WORDS,
  };
}

// "Năm" of a date: tháng 5 năm 2022 is 5/2022.
export function isYearWord({ word, key }, before, after) {
  return key === "nam" && (word === "năm" || word === key) && isNumber(before) && isNumber(after);
}

export const isNumber = (word) => Boolean(word) && /^\d+$/.test(word.key);

// The query with an abbreviation written out, and with its words abbreviated.
function variants(tokens, abbreviations) {
  const found = [];
  const exchange = (from, to) => {
    const at = tokens.findIndex((_, start) => from.every((word, i) => means(tokens[start + i], word)));
    if (at >= 0) found.push(tokens.toSpliced(at, from.length, ...to));
  };
  for (const [short, long] of abbreviations) {
    exchange(short, long);
    exchange(long, short);
    if (short.length === 1) continue;
    const joined = [spoken(short.map((word) => word.word).join(""))]; // "khcn" for KH&CN
    exchange(joined, long);
    exchange(joined, short);
  }
  return found.slice(0, OTHERS);
}

const means = (token, word) => token && (token.marked ? token.word : token.key) === (token.marked ? word.word : word.key);

// Whether two keys are one slip apart: a letter more, less, other, or two exchanged.
export function close(one, other) {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [a, b] = [one.slice(start), other.slice(start)];
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}
