// After the first search: the index, this page and the search page are kept for the next time
// without a network, where the reader's browser and data plan allow.
import { fresh, loadBundle, page } from "./files.js";

const CACHE = `kehoach ${new URL(page("")).pathname}`; // as in sw.js
const LATER = 3000; // milliseconds of quiet before what the search itself did not need

let begun = false;

export function remember(index) {
  if (begun) return;
  begun = true;
  setTimeout(async () => {
    try {
      await store(index.contents);
    } catch {
      // No network just now, a full disk, a private window: perhaps at the next search.
      begun = false;
      addEventListener("online", () => remember(index), { once: true });
    }
  }, LATER);
}

async function store(contents) {
  if (contents.ahead && !contents.whole && !navigator.connection?.saveData) {
    for (const { folder } of contents.shards) await loadBundle(folder);
  }
  if (!navigator.serviceWorker || !window.caches) return;
  await navigator.serviceWorker.register(page("sw.js"));
  const cache = await caches.open(CACHE);
  await dropped(cache, contents);
  for (const [url, buffer] of fresh) await cache.put(url, new Response(buffer));
  fresh.clear();
  const parts = performance.getEntriesByType("resource").map(({ name }) => name);
  const own = parts.filter((url) => url.startsWith(page("")) && /\.(js|css|woff2|svg)$/.test(url));
  for (const url of new Set([...own, location.href.split(/[?#]/)[0]])) {
    await cache.add(new Request(url, { cache: "force-cache" }));
  }
  await cache.addAll([page("tim-kiem/"), ...MODULES]);
}

// Of either screen, so that one can be opened after the other.
const MODULES = ["box.js", "page.js"].map((name) => new URL(name, import.meta.url).href);

// Forget the shards that a later publication has replaced.
async function dropped(cache, { shards }) {
  const current = shards.map(({ folder }) => folder);
  for (const request of await cache.keys()) {
    const name = request.url.split("/tim-kiem/chi-muc/")[1];
    if (name && name !== "index.json" && !current.includes(name.split("/")[0])) await cache.delete(request);
  }
}
