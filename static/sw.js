// Network first, always. In a tunnel the room's page opens all the same: its code and an empty page are kept, never room data.
const address = new URL(location.href);
const version = address.searchParams.get("v") || "";
const lang = address.searchParams.get("lang") || "en";
const STORE = `jam-${version}`;
const SHELL = `/v/${version}/shell/${lang}.html`;

self.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.add(SHELL)).then(() => /** @type {any} */ (self).skipWaiting()));
});

self.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)))));
});

/** Files of a version never change, so what is kept is as good as new. @param {Request} request */
async function file(request) {
  const store = await caches.open(STORE);
  const kept = await store.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) store.put(request, answer.clone());
  return answer;
}

/** @param {Request} request */
const page = (request) => fetch(request).catch(() => caches.match(SHELL).then((kept) => kept || Response.error()));

self.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/v/")) event.respondWith(file(request));
  else if (request.mode === "navigate" && pathname.startsWith("/r/")) event.respondWith(page(request));
});
