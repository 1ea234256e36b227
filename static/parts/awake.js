// A screen that stays on. Where the browser cannot promise that (plain http, older ones), the page says so once.

/**
 * Keep the screen on while this page is seen. @param {() => void} cannot runs once, if this browser has no way to do it
 * @param {any} [world] for tests
 */
export const stayAwake = (cannot, world = window) => {
  const { navigator, document } = world;
  const lock = navigator.wakeLock;
  if (!lock) return cannot();
  let told = false;
  // The browser takes the lock back whenever the page is hidden.
  const hold = () => {
    if (document.visibilityState !== "visible") return;
    lock.request("screen").catch(() => {
      if (!told) cannot();
      told = true;
    });
  };
  document.addEventListener("visibilitychange", hold);
  hold();
};
