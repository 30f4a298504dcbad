// Finding: phrases before scattered words, words as typed before words without their marks, and a
// slip of the finger only where nothing fits. What was found says how it fits.
import { file, load, SearchError } from "./files.js";
import { BEGINS, cut, excerpt, FITS, LIKE, marks } from "./marks.js";
import { close, parse, spoken } from "./query.js";
import { intersection, sections, Shard, union } from "./shard.js";

// How a page fits, best first: [as typed, unmarked words with any marks, all words with any marks].
const [PHRASE, OTHER, OPEN, WORDS, TYPO, PAGE] = [0, 3, 4, 5, 8, 10];
const NAMES = ["phrase", "phrase", "marks", "other", "open", "words", "words", "words", "typo", "typo", "page"];
const LOOSE = 2;
const ENOUGH = 10; // pages with the phrase, before pages with the scattered words are looked for
const READ = 200; // pages that are read for a phrase whose pairs they have,
const FETCHED = 40; // where each of them is fetched
const GUESSES = 8; // words that a misspelt one is tried as
const SHORT = 6; // words of a query in which a known word may be the misspelt one
const TOP = 2; // what the head of a page, with its title, counts beside a section
const CONSIDERED = 24; // passages of a page, of which a result
const PASSAGES = 3; // shows those whose heading says it, then the shortest

export class Index {
  static async open() {
    const contents = await load(file("index.json"), { cache: "no-cache" });
    try {
      const shards = await Promise.all(contents.shards.map((entry) => Shard.open(entry, contents.whole)));
      return new Index(contents, shards);
    } catch (error) {
      throw error instanceof SearchError ? error : new SearchError("damaged", error);
    }
  }

  constructor(contents, shards) {
    this.kinds = contents.kinds;
    this.contents = contents;
    this.shards = shards;
    this.abbreviations = contents.abbreviations.map((pair) => pair.map((list) => list.map(spoken)));
  }

  // Pages that fit what was typed: {query, hits, facets, more, typo, missing}. `filters` are values
  // by the names of COLUMNS, and the days `tu` and `den`; `wide` looks for scattered words even
  // where the phrase is found often enough.
  async find(typed, { filters = {}, byDate = false, wide = false } = {}) {
    const query = parse(typed, this.abbreviations);
    const answer = { query, hits: [], facets: {}, more: false, typo: null, missing: [] };
    const { tokens } = query;
    if (!tokens.length) return answer;
    const found = new Found();
    const each = (look) => Promise.all(this.shards.map(look));

    await each(async (shard) => {
      const { whole, open } = await phrase(shard, tokens, query.open);
      found.addLevels(PHRASE, shard, whole);
      found.add(OPEN, shard, open);
      for (const other of query.others) found.add(OTHER, shard, (await phrase(shard, other)).whole[1]);
    });
    const single = tokens.length === 1;
    const wanted = (hit) => passes(hit, filters, this.kinds);
    if (!single && (wide || [...found.pages.values()].filter(wanted).length < ENOUGH)) {
      await each(async (shard) => {
        const { whole, near } = await scattered(shard, tokens, query.open);
        found.addLevels(WORDS, shard, whole, near);
      });
    } else answer.more = !single;
    if (!found.pages.size) answer.typo = await this.corrected(tokens, found);
    if (!single && !found.pages.size) await each((shard) => wholePages(shard, tokens, found));
    if (!found.pages.size) answer.missing = await this.unknown(tokens);

    const all = found.hits();
    answer.facets = facets(all, filters, this.kinds);
    answer.hits = all.filter(wanted).sort(byDate ? later : better);
    if (byDate || single) return answer;
    await this.prove(answer, ENOUGH);
    const scatteredOnly = answer.more && answer.hits[0].fit >= WORDS;
    return scatteredOnly ? this.find(typed, { filters, wide: true }) : answer;
  }

  // A section may have the pairs of a phrase apart ("văn phòng, phòng Sở"): the pages that come
  // first, `count` of them, are read, and go behind where their text does not have it.
  async prove(answer, count) {
    const { hits } = answer;
    const unread = (list) => list.filter((hit) => claims(hit) && !hit.read);
    for (let left = this.contents.ahead ? READ : FETCHED; left > 0; hits.sort(better)) {
      const next = unread(hits.slice(0, count));
      if (!next.length) return;
      left -= next.length;
      await Promise.all(
        next.map(async (hit) => Object.assign(hit, { read: true, fit: (await this.show(hit, answer)).rank })),
      );
    }
    for (const hit of unread(hits)) hit.fit = apart(hit.fit);
    hits.sort(better);
  }

  // The query with one word replaced by the likeliest that makes it a phrase of the index; null
  // where there is none.
  async corrected(tokens, found) {
    let best = null;
    const vocabulary = await this.vocabulary();
    const known = new Set(vocabulary);
    const strange = tokens.filter((token) => !known.has(token.key));
    if (!strange.length && tokens.length > SHORT) return null;
    for (const [at, token] of tokens.entries()) {
      if (/\d/.test(token.key) || token.key.length < 2) continue;
      if (strange.length && strange[0] !== token) continue;
      const guesses = vocabulary.filter((word) => close(word, token.key)).slice(0, GUESSES);
      for (const guess of guesses) {
        const tried = tokens.with(at, spoken(guess));
        const hits = await Promise.all(this.shards.map((shard) => phrase(shard, tried)));
        const count = hits.reduce((sum, { whole }) => sum + whole[LOOSE].length, 0);
        if (count && (!best || count > best.count)) best = { tokens: tried, hits, count };
      }
    }
    if (!best) return null;
    this.shards.forEach((shard, index) => found.add(TYPO, shard, best.hits[index].whole[LOOSE]));
    return best.tokens;
  }

  // Every word without its marks, the most frequent first: of two words equally close to a misspelt
  // one, it is the likelier.
  async vocabulary() {
    const counts = new Map();
    for (const shard of await Promise.all(this.shards.map((shard) => shard.vocabulary()))) {
      for (const [word, count] of Object.entries(shard)) counts.set(word, (counts.get(word) ?? 0) + count);
    }
    return [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
  }

  async unknown(tokens) {
    const counts = await Promise.all(
      tokens.map(async ({ key }) => {
        const found = await Promise.all(this.shards.map((shard) => shard.terms("words", key)));
        return found.flat().length;
      }),
    );
    return tokens.filter((_, index) => !counts[index]).map((token) => token.word);
  }

  // What a result shows of `hit`. It is only said to have the phrase where its text has it.
  async show(hit, { query, typo }) {
    const { shard, page } = hit;
    const text = await shard.text(page);
    const asked = typo ? { tokens: typo } : query;
    const passages = hit.sections.slice(0, CONSIDERED).map((section) => {
      return passage(text.sections[section - shard.firstOf[page]], text.title, asked);
    });
    passages.sort((a, b) => b.worth - a.worth);
    const title = marks(text.title, asked);
    const fit = claims(hit) ? told(hit.fit, passages) : hit.fit;
    const { meta } = shard;
    return {
      kind: this.kinds[meta.kind[page]],
      address: text.address,
      title: cut(text.title, title.whole ? title.places : []),
      label: text.label,
      status: meta.names.status[meta.status[page]],
      fit: NAMES[fit],
      rank: fit,
      passages: passages.slice(0, PASSAGES),
    };
  }
}

// Whether `hit` was found by the pairs of a phrase, what it is where they stand apart, and what it
// is by the best of its passages.
const claims = ({ fit }) => fit < WORDS || fit === TYPO;
const apart = (fit) => (fit === TYPO ? TYPO + 1 : WORDS + Math.min(fit, LOOSE));
const BY_TEXT = { [FITS]: PHRASE, [LIKE]: LOOSE, [BEGINS]: OPEN };

function told(fit, passages) {
  const levels = passages.filter(({ fits }) => fits).map(({ level }) => level);
  if (!levels.length) return apart(fit);
  return fit === TYPO ? fit : Math.max(fit, BY_TEXT[Math.min(...levels)]);
}

// A section as a result shows it: what its heading and the title say is not said again.
function passage([anchor, heading, body, hidden], title, asked) {
  const said = marks(body, asked);
  const meant = said.whole || !hidden ? said : marks(hidden, asked);
  const named = marks(heading, { ...asked, open: false });
  const repeated = (line) => line === title || heading.endsWith(line);
  const lines = body.split("\n").filter((line) => !repeated(line)).join("\n") || body;
  const shown = lines.replace(/(?<=[\p{L}\p{N})”])\n/gu, " · ");
  return {
    anchor,
    heading: cut(heading, named.whole ? named.places : []),
    fits: meant.whole,
    level: meant.level,
    worth: Number(meant.whole) * (4 - meant.level + Number(named.whole)),
    asked: said.asked,
    pieces: excerpt(shown, marks(shown, asked).places),
  };
}

// Pages found so far: each keeps the best way in which it fits, and the sections that do.
class Found {
  pages = new Map();

  add(fit, shard, numbers, near) {
    for (const section of numbers) {
      const page = shard.pageOf[section];
      const name = `${shard.folder} ${page}`;
      const hit = this.pages.get(name);
      const score = weight(shard, page, section) * (1 + 2 * (near?.(section) ?? 0));
      if (!hit || fit < hit.fit) {
        this.pages.set(name, { shard, page, fit, scores: new Map([[section, score]]) });
      } else if (hit.fit === fit) hit.scores.set(section, score);
    }
  }

  // What fits by levels, each of which holds the one before.
  addLevels(fit, shard, levels, near) {
    levels.forEach((numbers, level) => {
      if (!level || numbers.length > levels[level - 1].length) this.add(fit + level, shard, numbers, near);
    });
  }

  // The pages, each with its sections, the best first, and what they are worth together.
  hits() {
    for (const hit of this.pages.values()) {
      const { scores } = hit;
      hit.sections = [...scores.keys()].sort((a, b) => scores.get(b) - scores.get(a) || a - b);
      hit.score = scores.get(hit.sections[0]) * (1 + 0.2 * Math.log2(hit.sections.length));
    }
    return [...this.pages.values()];
  }
}

function weight(shard, page, section) {
  return (section === shard.firstOf[page] ? TOP : 1) / Math.log2(8 + shard.meta.sizes[section]);
}

// Whether an entry is what a level asks of its words.
const LEVELS = [
  (entry, group) => group.every((token, index) => token.word === entry.words[index]),
  (entry, group) => group.every((token, index) => !token.marked || token.word === entry.words[index]),
  () => true,
];
const any = (entries) => union(entries.map(sections));

// For each level, the sections that hold an entry of each list.
function holding(lists, names, groups, numbers = []) {
  const whole = lists.map((list, index) => list.filter((entry) => entry.key === names[index]));
  return LEVELS.map((level) =>
    intersection([...whole.map((list, i) => any(list.filter((entry) => level(entry, groups[i])))), ...numbers]),
  );
}

// The sections with the words of `tokens` in a row, for each level, and with the last going on.
async function phrase(shard, tokens, open = false) {
  const groups = tokens.length === 1 ? [tokens] : neighbours(tokens);
  const what = tokens.length === 1 ? "words" : "pairs";
  const names = groups.map(nameOf);
  const lists = await Promise.all(
    names.map((name, index) => shard.terms(what, name, open && index === names.length - 1)),
  );
  return { whole: holding(lists, names, groups), open: open ? intersection(lists.map(any)) : [] };
}

const neighbours = (tokens) => tokens.slice(1).map((token, index) => [tokens[index], token]);
const nameOf = (group) => group.map((token) => token.key).join(" ");

// The sections with all the words somewhere, for each level, and how near each other these are
// there (0 to 1). Numbers and dates stay whole. Marks that do not fit, and a last word that is
// not finished, are forgiven to words that stand together.
async function scattered(shard, tokens, open) {
  const lists = await Promise.all(
    tokens.map((token, index) => shard.terms("words", token.key, open && index === tokens.length - 1)),
  );
  const pairs = await Promise.all(
    neighbours(tokens).map((group) => shard.terms("pairs", nameOf(group)).then(any)),
  );
  const sets = pairs.map((list) => new Set(list));
  const near = (section) => sets.filter((set) => set.has(section)).length / sets.length;
  const together = (numbers) => numbers.filter((section) => near(section) >= 0.5);
  const numbers = pairs.filter((_, index) => tokens[index + 1].glued);
  const names = tokens.map((token) => token.key);
  const groups = tokens.map((token) => [token]);
  const [exact, meant, loose] = holding(lists, names, groups, numbers);
  if (loose.length || !open) return { whole: [exact, meant, together(loose)], near };
  return { whole: [exact, meant, together(intersection([...lists.map(any), ...numbers]))], near };
}

// The pages with all the words, in whatever sections.
async function wholePages(shard, tokens, found) {
  if (tokens.some((token) => token.glued)) return;
  const lists = await Promise.all(tokens.map((token) => shard.terms("words", token.key)));
  const numbers = lists.map((list, index) => any(list.filter((entry) => LEVELS[1](entry, [tokens[index]]))));
  const pages = new Set(intersection(numbers.map((list) => union([list.map((s) => shard.pageOf[s])]))));
  if (!pages.size) return;
  const held = new Map();
  for (const list of numbers) for (const s of list) held.set(s, (held.get(s) ?? 0) + 1);
  const fitting = [...held.keys()].filter((section) => pages.has(shard.pageOf[section]));
  found.add(PAGE, shard, fitting.sort((a, b) => a - b), (section) => held.get(section));
}

// What pages can be filtered by: the values of a page, by the name of the filter.
const COLUMNS = {
  loai: ({ shard, page }, kinds) => [kinds[shard.meta.kind[page]]],
  nam: ({ shard }) => (shard.year ? [String(shard.year)] : []),
  tinh: ({ shard: { meta }, page }) => [meta.names.province[meta.province[page]]],
  "don-vi": ({ shard: { meta }, page }) => meta.unit[page].map((unit) => meta.names.unit[unit]),
  "tinh-trang": ({ shard: { meta }, page }) => [meta.names.status[meta.status[page]]],
  "chu-de": ({ shard: { meta }, page }) => (meta.campaign[page] ? [String(meta.campaign[page])] : []),
};

const start = ({ shard: { meta }, page }) => meta.start[page];
const end = (hit) => hit.shard.meta.end[hit.page] || start(hit);

function passes(hit, filters, kinds, except = "") {
  for (const [name, values] of Object.entries(COLUMNS)) {
    const wanted = filters[name];
    if (wanted && name !== except && !values(hit, kinds).includes(wanted)) return false;
  }
  if (filters.tu && !(end(hit) >= filters.tu)) return false;
  return !(filters.den && !(start(hit) && start(hit) <= filters.den));
}

// How many of `hits` each value of a filter would leave, the other filters given.
function facets(hits, filters, kinds) {
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([name, values]) => {
      const counts = new Map();
      for (const hit of hits) {
        if (!passes(hit, filters, kinds, name)) continue;
        for (const value of values(hit, kinds)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return [name, counts];
    }),
  );
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));
const kind = ({ shard, page }) => shard.meta.kind[page];
const later = (a, b) => compare(start(b), start(a)) || better(a, b);
const better = (a, b) =>
  a.fit - b.fit || kind(a) - kind(b) || b.score - a.score || compare(start(b), start(a)) || a.page - b.page;
