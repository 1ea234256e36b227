// Values of the moment on their way out: cursors, strokes under way, reactions. Never kept, never sent again. No I/O.

import { SLOW_RTT } from "./clock.js";

/** @typedef {import("./types.js").Eph} Eph */

const LIVE_MS = 100;
const SLOW_LIVE_MS = 200;
const REACT_MS = 350;
const REACTS = 6;

/** @param {{now: () => number, rtt: () => number}} world */
export function createEph({ now, rtt }) {
  /** What waits; `at` is when the key was last sent. @type {Map<string, {at: number, d: any, full: boolean}>} */
  const slots = new Map();
  /** @type {number[]} */
  let reacts = [];
  let reacted = -Infinity;
  let quiet = 0; // nothing goes out before this time

  const pace = () => (rtt() > SLOW_RTT ? SLOW_LIVE_MS : LIVE_MS);

  return {
    /** @param {string} key @param {any} d @param {(waiting: any, d: any) => any} [join] */
    put(key, d, join) {
      const slot = slots.get(key) || { at: -Infinity, d: null, full: false };
      slot.d = join && slot.full ? join(slot.d, d) : d;
      slot.full = true;
      slots.set(key, slot);
    },

    /** @param {number} r */
    react(r) {
      if (reacts.length >= REACTS) return false;
      reacts.push(r);
      return true;
    },

    /** What may go now. @returns {Eph[]} */
    take() {
      /** @type {Eph[]} */
      const frames = [];
      const t = now();
      if (reacts.length && t >= Math.max(quiet, reacted + REACT_MS)) {
        frames.push({ t: "eph", key: "react", d: { r: /** @type {number} */ (reacts.shift()) } });
        reacted = t;
      }
      for (const [key, slot] of slots) {
        if (!slot.full || t < Math.max(quiet, slot.at + pace())) continue;
        frames.push({ t: "eph", key, d: slot.d });
        slot.at = t;
        slot.full = false;
      }
      return frames;
    },

    /** When `take` may have more; Infinity: not by waiting. */
    due() {
      let at = reacts.length ? reacted + REACT_MS : Infinity;
      for (const slot of slots.values()) if (slot.full) at = Math.min(at, slot.at + pace());
      return Math.max(quiet, at);
    },

    /** The server had too much of it. @param {number} ms */
    hush(ms) {
      quiet = now() + ms;
    },

    /** Nobody could see it now: what waits is dropped. @param {boolean} [all] reactions, too */
    drop(all) {
      slots.clear();
      if (all) reacts = [];
    },
  };
}
