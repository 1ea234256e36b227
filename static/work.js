// The service worker, asked for when nothing else is waited for.

/** A worker that has this page ready in a tunnel. Its address is one of two that the policy lets through. */
export function work() {
  if (!navigator.serviceWorker) return;
  const version = new URL(import.meta.url).pathname.split("/")[2];
  const address = `/sw.js?v=${version}&lang=${document.documentElement.lang}`;
  const types = /** @type {any} */ (window).trustedTypes;
  const policy = types && types.createPolicy("jam-url", {
    createScriptURL: (/** @type {string} */ url) => (url === address ? url : ""),
  });
  navigator.serviceWorker.register(policy ? policy.createScriptURL(address) : address)
    .then(() => navigator.serviceWorker.ready)
    // What came before there was a worker is told to it; it lies in the browser's cache and costs nothing.
    .then((there) => {
      const files = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes(`/v/${version}/`));
      if (there.active) there.active.postMessage(files);
    }, () => {});
}
