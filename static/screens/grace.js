// What somebody has begun when the room moves on: it is kept for the activity it was meant for, and counts there for a while.

/** Something begun and not sent yet: which action it would be, and its words for a person to read; without a name
 * it cannot be sent any more, and its words are only kept for a moment.
 * @typedef {{name: string, args: any, words: string}} Piece */
/** @typedef {{kind: string, g: number, piece: Piece}} Held */

/** So long the room takes it; it needs a little of that for the way there. */
const GRACE_MS = 10000;
const WAY_MS = 1200;

/** How long it can still be sent. @param {number|undefined} closed log time, if it is known @param {number} now */
export const graceLeft = (closed, now) => Math.max(0, (closed === undefined ? GRACE_MS : Math.min(GRACE_MS, closed + GRACE_MS - now)) - WAY_MS);

/** One hand holds one thing. */
export function createHold() {
  /** @type {Held|null} */
  let held = null;
  return {
    /** Null lets go, but never of what was begun in another activity. @param {string} kind @param {number} g @param {Piece|null} piece */
    hold(kind, g, piece) {
      if (piece) held = { kind, g, piece };
      else if (held && held.g === g) held = null;
    },
    /** What was begun in another activity than this one, once. @param {number} g @returns {Held|null} */
    take(g) {
      if (!held || held.g === g) return null;
      const it = held;
      held = null;
      return it;
    },
  };
}
