// A query as typed, taken apart: its words, which of them belong together, how else it can be put.
import { words } from "./text.js";

const LETTERS = 200;
const WORDS = 24;
const ISO_DATE = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g;

export function parse(typed, abbreviations) {
  const cut = typed.slice(0, LETTERS).normalize("NFC");
  const text = cut.replace(ISO_DATE, "$3/$2/$1");
  const found = words(text).slice(0, WORDS);
  const tokens = found.map((word, index) => {
    const before = index ? text.slice(found[index - 1].end, word.start) : " ";
    const digits = /^\d+$/.test(word.word);
    const number = /\d/.test(word.word) || (index > 0 && /\d/.test(found[index - 1].word));
    return {
      word: word.word,
      key: word.key,
      digits,
      marked: word.word !== word.key, // typed with its marks: these are meant
      glued: number && /^\s?[/.-]\s?$/.test(before), // a part of a number or of a date
    };
  });
  const last = found.at(-1);
  return {
    tokens,
    open: Boolean(last) && last.end === text.length && !tokens.at(-1).digits,
    others: tokens.length ? variants(tokens, abbreviations) : [],
    shortened: typed.length > LETTERS || words(text).length > WORDS,
  };
}

// The query with an abbreviation written out, or with its words abbreviated.
function variants(tokens, abbreviations) {
  const found = [];
  for (const [short, long] of abbreviations) {
    const plain = short.map((word) => word.key).join("");
    const glued = tokens.findIndex((token) => token.key === plain);
    if (glued >= 0) found.push(replaced(tokens, glued, 1, long));
    if (glued >= 0 && short.length > 1) found.push(replaced(tokens, glued, 1, short));
    for (const [from, to] of [[short, long], [long, short]]) {
      const at = from.length > 1 ? indexOf(tokens, from) : -1;
      if (at >= 0) found.push(replaced(tokens, at, from.length, to));
    }
    const whole = long.length > 1 ? indexOf(tokens, long) : -1;
    if (whole >= 0 && short.length === 1) found.push(replaced(tokens, whole, long.length, short));
  }
  const unique = new Map(found.map((variant) => [variant.map((token) => token.word).join(" "), variant]));
  return [...unique.values()].slice(0, 4);
}

const replaced = (tokens, at, length, words) => tokens.toSpliced(at, length, ...words);

function indexOf(tokens, wanted) {
  const same = (token, word) => (token.marked ? token.word === word.word : token.key === word.key);
  return tokens.findIndex((_, at) =>
    wanted.every((word, index) => tokens[at + index] && same(tokens[at + index], word)),
  );
}

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
