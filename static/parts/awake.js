// A screen that stays on. Where the browser cannot promise that (plain http, older ones), the page says so once.

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
      if (over) free();
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
