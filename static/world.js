// What a line needs of the browser it runs in, in one place, so that a test can be a browser too.

/** @typedef {{send(text: string): void, close(code?: number): void, binaryType: string,
 *   onopen: any, onmessage: any, onclose: any, onerror: any}} Socket */
/** @typedef {(data: ArrayBuffer) => Promise<string>} Inflate */
/** @typedef {{now: () => number, random: () => number, socket: (url: string, protocol: string) => Socket,
 *   later: (fn: () => void, ms: number) => any, never: (timer: any) => void, inflate: Inflate|null,
 *   online?: () => boolean}} World */

/** Reads packed parts; null where the browser cannot. @returns {Inflate|null} */
export function inflater() {
  if (typeof DecompressionStream !== "function" || typeof Blob.prototype.stream !== "function") return null;
  return (data) => new Response(new Blob([data]).stream().pipeThrough(new globalThis.DecompressionStream("deflate"))).text();
}

/** @returns {World} */
export const browser = () => ({
  now: () => performance.now(),
  random: Math.random,
  socket: (url, protocol) => new WebSocket(url, protocol),
  later: (fn, ms) => setTimeout(fn, ms),
  never: (timer) => clearTimeout(timer),
  inflate: inflater(),
  online: () => navigator.onLine !== false,
});

/** 128 bits and the like. @param {number} n how many bytes */
export const chance = (n) => crypto.getRandomValues(new Uint8Array(n));

/**
 * The messages of one line in their order, although packed ones take a while.
 * @param {Inflate|null} inflate @param {(text: string) => void} hear @param {() => void} fail @param {() => void} read
 *   runs when all that was there has been heard
 */
export function createInbox(inflate, hear, fail, read) {
  /** @type {(string|ArrayBuffer)[]} */
  let waiting = [];
  let busy = false;
  let open = true;

  function empty() {
    while (open && !busy && waiting.length) {
      const data = /** @type {string|ArrayBuffer} */ (waiting.shift());
      if (typeof data === "string") {
        hear(data);
        continue;
      }
      busy = true;
      (inflate ? inflate(data) : Promise.reject(new Error("packed"))).then(
        (text) => {
          busy = false;
          if (open) hear(text);
          empty();
        },
        () => open && fail(),
      );
    }
    if (open) read();
  }

  return {
    /** @param {string|ArrayBuffer} data */
    push(data) {
      waiting.push(data);
      if (!busy) empty();
    },
    /** What is left is not heard. */
    shut() {
      open = false;
      waiting = [];
    },
  };
}

/**
 * Tie a link to the page it runs in. `bye` is not said here: pagehide cannot tell a reload from leaving, and whoever reloads
 * must not be seen to leave. A page that the browser may bring back (bfcache) closes its line, or it would not be kept.
 * @param {{hide(is: boolean): void, stir(): void, pause(): void, start(): void}} link @param {Window} [page]
 * @returns {() => void} which unties it
 */
export function tie(link, page = window) {
  const doc = page.document;
  /** @type {[EventTarget, string, (e: any) => void][]} */
  const ties = [
    [doc, "visibilitychange", () => link.hide(doc.visibilityState === "hidden")],
    [page, "online", () => link.stir()],
    [doc, "resume", () => link.stir()],
    [page, "pagehide", (e) => e.persisted && link.pause()],
    [page, "pageshow", (e) => e.persisted && link.start()],
  ];
  for (const [at, name, fn] of ties) at.addEventListener(name, fn);
  link.hide(doc.visibilityState === "hidden");
  return () => ties.forEach(([at, name, fn]) => at.removeEventListener(name, fn));
}
