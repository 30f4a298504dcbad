// The files of the index: fetched when a query needs them, tried again when the network fails,
// unpacked and kept. What cannot be had or read ends in a SearchError.

const ROOT = new URL("../../../", import.meta.url);
const FOLDER = new URL("tim-kiem/chi-muc/", ROOT);
const WAITS = [0, 400, 1200]; // milliseconds before each try
const TIMEOUT = 8000;

export class SearchError extends Error {
  // kind: "network", "damaged", or "gone" where the site was published anew under the reader.
  constructor(kind, cause) {
    super(kind, { cause });
    this.kind = kind;
  }
}

export const page = (address) => new URL(address, ROOT).href;
export const file = (name) => new URL(name, FOLDER).href;

async function bytes(url, options) {
  for (const [attempt, wait] of WAITS.entries()) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT), ...options });
      if (response.ok) {
        const buffer = await response.arrayBuffer();
        fresh.set(url, buffer);
        return buffer;
      }
      if (response.status === 404) throw new SearchError("gone");
    } catch (error) {
      if (error instanceof SearchError || attempt === WAITS.length - 1) throw error;
    }
  }
  throw new SearchError("network");
}

async function unpacked(buffer) {
  const [first, second] = new Uint8Array(buffer, 0, Math.min(2, buffer.byteLength));
  // A server that declares the packing has had the browser undo it already.
  if (first !== 0x1f || second !== 0x8b) return new TextDecoder().decode(buffer);
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// A bundle of files (hooks/kehoach/search/shards.py): from then on they are at hand without a fetch.
export async function loadBundle(folder) {
  const buffer = await fetched(file(`${folder}/all.bin`));
  try {
    const all = new Uint8Array(buffer);
    const line = all.indexOf(10);
    let at = line + 1;
    for (const [name, length] of Object.entries(JSON.parse(new TextDecoder().decode(all.subarray(0, line))))) {
      bundled.set(file(`${folder}/${name}.bin`), buffer.slice(at, (at += length)));
    }
  } catch (cause) {
    throw new SearchError("damaged", cause);
  }
}

// What came over the network and is not stored yet (offline.js).
export const fresh = new Map();
const bundled = new Map();
const kept = new Map();

function fetched(url, options) {
  return bytes(url, options).catch((cause) => {
    throw cause instanceof SearchError ? cause : new SearchError("network", cause);
  });
}

async function read(url, options) {
  const buffer = bundled.get(url) ?? (await fetched(url, options));
  try {
    return JSON.parse(await unpacked(buffer));
  } catch (cause) {
    throw new SearchError("damaged", cause);
  }
}

export function load(url, options) {
  if (!kept.has(url)) {
    const loading = read(url, options);
    loading.catch(() => kept.delete(url));
    kept.set(url, loading);
  }
  return kept.get(url);
}

// After a fault everything is asked for anew.
export function forget() {
  bundled.clear();
  kept.clear();
}
