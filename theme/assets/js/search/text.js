// The words of a text, as hooks/kehoach/search/words.py splits them; a change here is a change there.

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
// Both placements of the tone are right ("hoà", "hòa"); the older one is the key here.
const OPEN_SYLLABLE = /(?<!q)([ou])([aey])([\u0300\u0301\u0303\u0309\u0323])(?!\p{L})/gu;

export function canonical(text) {
  return text.toLowerCase().normalize("NFD").replace(OPEN_SYLLABLE, "$1$3$2").normalize("NFC");
}

export function key(word) {
  return word.replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

// The words of `text` with their places: {word, key, start, end}.
export function words(text) {
  return Array.from(text.matchAll(WORD), ({ 0: written, index }) => {
    const { word, key } = spelled(written);
    return { word, key, start: index, end: index + written.length };
  });
}

const MOST = 20_000;
const known = new Map();

function spelled(written) {
  let found = known.get(written);
  if (!found) {
    const word = canonical(written).replace(/^0+(?=\d+$)/, "");
    found = { word, key: key(word) };
    if (known.size > MOST) known.clear();
    known.set(written, found);
  }
  return found;
}
