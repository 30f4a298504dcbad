// Lets a reader who has searched once search without a network. Whatever changes comes from the
// network when there is one; files of the index never change under their name.

// Other sites of the same host keep theirs.
const CACHE = `kehoach ${new URL(registration.scope).pathname}`;
const KEPT = ["document", "script", "style", "font", "image"];

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const index = url.pathname.includes("/tim-kiem/chi-muc/");
  if (index && url.pathname.endsWith(".bin")) event.respondWith(stored(request));
  else if (index || KEPT.includes(request.destination)) event.respondWith(latest(request));
});

async function stored(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}

async function latest(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.status === 200) await cache.put(address(request), response.clone());
    return response;
  } catch (offline) {
    const response = await cache.match(address(request));
    if (response) return response;
    throw offline;
  }
}

// A page is the same whatever is searched for on it.
function address(request) {
  return request.url.split(/[?#]/)[0];
}
