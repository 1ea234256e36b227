// A light page by itself: where the device says that it saves data or that its network is weak, and where the line has been slow for
// a while. Back again when the line has been good for long enough, so that it does not go to and fro. What a person chose wins.

/** So long a line is slow before the page becomes light, and good before it is whole again. */
export const SLOW_MS = 20000, GOOD_MS = 60000;

/** @param {{frugal: () => string, tell: (why: string) => void}} world frugal: what the device itself says ("" where it says nothing);
 *   tell: why the page is light from now on ("save", "weak", "slow"), "" that it is not */
export function createLean({ frugal, tell }) {
  let heavy = false;
  /** Since when the line has been as it is: slow, good, or unknown. @type {boolean|null} */
  let was = null;
  let since = 0;
  return {
    /** Looked at every few seconds. @param {boolean|null} slow how the line is; null where there is none @param {number} now ms */
    look(slow, now) {
      if (slow !== was) since = now;
      was = slow;
      if (slow !== null && now - since >= (slow ? SLOW_MS : GOOD_MS)) heavy = slow;
      tell(frugal() || (heavy ? "slow" : ""));
    },
  };
}
