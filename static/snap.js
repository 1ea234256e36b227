// A snapshot in parts: put together in order, whole or not at all. No I/O.

/** @typedef {import("./types.js").Snap} Snap */
/** @typedef {import("./types.js").Tick} Tick */

const RESERVED = ["__proto__", "constructor", "prototype"];

/** @param {any} v */
const isDict = (v) => typeof v === "object" && v !== null && !Array.isArray(v);

/** Dicts merged, lists appended. @param {any} a @param {any} b @returns {any} */
export function merge(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) return a.concat(b);
  if (!isDict(a) || !isDict(b)) return b;
  const both = { ...a };
  for (const k of Object.keys(b)) {
    if (!RESERVED.includes(k)) both[k] = Object.prototype.hasOwnProperty.call(a, k) ? merge(a[k], b[k]) : b[k];
  }
  return both;
}

/** A snapshot under way, with the ticks that came between its parts: they are later than all of it.
 * @typedef {{pos: string, k: number, i: number, st: any, ticks: Tick[]}} Parts */

/**
 * One more part. A first part starts afresh; null: it does not follow what is there.
 * @param {Parts|null} parts @param {Snap} snap @returns {Parts|null}
 */
export function join(parts, { pos, i, k, st }) {
  if (i === 0) return { pos, k, i, st, ticks: [] };
  if (!parts || parts.pos !== pos || i !== parts.i + 1) return null;
  return { ...parts, i, st: merge(parts.st, st) };
}
