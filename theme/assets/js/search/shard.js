// One year of the index, as hooks/kehoach/search/shards.py writes it.
import { file, load, loadBundle } from "./files.js";
import { key } from "./text.js";

const NONE = [];

export class Shard {
  constructor({ year, folder }, meta) {
    Object.assign(this, { year, folder, meta });
    this.pageOf = new Uint32Array(meta.sizes.length);
    this.firstOf = [];
    let section = 0;
    meta.sections.forEach((count, page) => {
      this.firstOf.push(section);
      this.pageOf.fill(page, section, section + count);
      section += count;
    });
    this.chunks = new Map();
  }

  static async open(entry, whole) {
    if (whole) await loadBundle(entry.folder);
    return new Shard(entry, await load(file(`${entry.folder}/meta.bin`)));
  }

  url(name) {
    return file(`${this.folder}/${name}.bin`);
  }

  async text(page) {
    const number = this.meta.text[page];
    const texts = await load(this.url(`v${number}`));
    return texts[page - this.meta.text.indexOf(number)];
  }

  vocabulary() {
    return load(this.url("vocabulary"));
  }

  // The entries {words, key, gaps} of `what` ("words" or "pairs") whose key is `wanted`, or
  // begins with it.
  async terms(what, wanted, open = false) {
    const { from } = this.meta[what];
    let first = 0;
    let last = 0;
    if (from) {
      const after = (bound) => from.findLastIndex((start) => start <= bound);
      first = Math.max(0, after(wanted));
      last = Math.max(0, open ? after(wanted + "\uffff") : first);
    }
    const found = [];
    for (const chunk of await Promise.all(range(first, last).map((n) => this.chunk(what, n)))) {
      if (!open) found.push(...(chunk.get(wanted) ?? NONE));
      else for (const [name, entries] of chunk) if (name.startsWith(wanted)) found.push(...entries);
    }
    return found;
  }

  chunk(what, number) {
    const name = `${what === "words" ? "t" : "c"}${number}`;
    if (!this.chunks.has(name)) {
      const { all } = this.meta[what];
      const loading = Promise.resolve(all ?? load(this.url(name))).then(grouped);
      loading.catch(() => this.chunks.delete(name));
      this.chunks.set(name, loading);
    }
    return this.chunks.get(name);
  }
}

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

function grouped(chunk) {
  const groups = new Map();
  for (const [term, gaps] of Object.entries(chunk)) {
    const name = key(term);
    const entry = { words: term.split(" "), key: name, gaps };
    if (groups.has(name)) groups.get(name).push(entry);
    else groups.set(name, [entry]);
  }
  return groups;
}

// The sections of an entry, in order.
export function sections(entry) {
  if (!entry.sections) {
    let number = -1;
    entry.sections = Uint32Array.from(entry.gaps, (gap) => (number += gap));
  }
  return entry.sections;
}

export function union(lists) {
  if (lists.length < 2) return lists[0] ?? NONE;
  return [...new Set(lists.flatMap((list) => Array.from(list)))].sort((a, b) => a - b);
}

export function intersection(lists) {
  const [shortest, ...others] = [...lists].sort((a, b) => a.length - b.length);
  let common = Array.from(shortest ?? NONE);
  for (const other of others) {
    if (!common.length) break;
    let at = 0;
    common = common.filter((number) => {
      while (at < other.length && other[at] < number) at += 1;
      return other[at] === number;
    });
  }
  return common;
}
