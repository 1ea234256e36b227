// Network first, always. In a tunnel the room's page opens all the same: its code and an empty page are kept, never room data.
const address = new URL(location.href);
const version = address.searchParams.get("v") || "";
const lang = address.searchParams.get("lang") || "en";
const STORE = `jam-${version}`;
const SHELL = `/v/${version}/shell/${lang}.html`;
const ours = /** @type {any} */ (self);

ours.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.add(SHELL)).then(() => ours.skipWaiting()));
});

ours.addEventListener("activate", (/** @type {any} */ event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => ours.clients.claim()));
});

/** Files of this version, and nothing else, are kept. @param {string} url */
const isFile = (url) => {
  const { origin, pathname } = new URL(url);
  return origin === location.origin && pathname.startsWith(`/v/${version}/`);
};

ours.addEventListener("message", (/** @type {any} */ event) => {
  const files = (Array.isArray(event.data) ? event.data : []).filter((/** @type {unknown} */ name) => typeof name === "string" && isFile(name));
  event.waitUntil(caches.open(STORE).then((store) => Promise.all(files.map((/** @type {string} */ name) => store.add(name).catch(() => {})))));
});

/** Files of a version never change, so what is kept is as good as new. @param {Request} request */
async function file(request) {
  const store = await caches.open(STORE);
  const kept = await store.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) store.put(request, answer.clone());
  return answer;
}

/** @param {Request} request */
const page = (request) => fetch(request).catch(() => caches.match(SHELL, { ignoreVary: true }).then((kept) => kept || Response.error()));

ours.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (isFile(request.url)) event.respondWith(file(request));
  else if (request.mode === "navigate" && /^\/r\/[^/]+$/.test(new URL(request.url).pathname)) event.respondWith(page(request));
});
