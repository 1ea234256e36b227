// A screen that stays on. Where the browser cannot promise that (plain http, older ones), the page says so once.

/** A lock that the system has taken back is asked for again after so long. */
const AGAIN_MS = 15000;

/**
 * Keep the screen on while this page is seen. @param {() => void} cannot runs once, if this browser has no way to do it
 * @param {any} [world] for tests @returns {() => void} lets it go dark again
 */
export const stayAwake = (cannot, world = window) => {
  const { navigator, document } = world;
  const lock = navigator.wakeLock;
  let told = false, over = false;
  /** @type {any} */
  let held = null;
  const free = () => { if (held && held.release) held.release().catch(() => {}); };
  // The browser takes the lock back whenever the page is hidden.
  const hold = () => {
    if (over || document.visibilityState !== "visible") return;
    lock.request("screen").then((/** @type {any} */ one) => {
      held = one;
      if (over) return free();
      // The browser takes it back when the page is hidden, which is told by itself; the system when it saves its battery.
      if (one.addEventListener) one.addEventListener("release", () => { if (held === one && !over) world.setTimeout(hold, AGAIN_MS); });
    }, () => {
      if (!told) cannot();
      told = true;
    });
  };
  if (!lock) {
    cannot();
    return () => {};
  }
  document.addEventListener("visibilitychange", hold);
  hold();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", hold);
    free();
    held = null;
  };
};
