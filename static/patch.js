// Changes by path. The same rules run on the server (server/kit/change.py); tests/vectors/patch.json holds both to them.

/** @typedef {import("./types.js").Tree} Tree */
/** @typedef {import("./types.js").Value} Value */
/** @typedef {import("./types.js").Change} Change */
/** @typedef {"path"|"scalar"|"gap"|"middle"|"wide"|"value"} PatchCode */

export const WIDEST = 200;
export const DEEPEST = 16;
const GREATEST = 2 ** 53;

/** A change that does not fit. `code` says why; nothing of its batch has been applied. */
export class PatchError extends Error {
  /** @param {PatchCode} code @param {string} [where] */
  constructor(code, where) {
    super(where === undefined ? code : code + " " + where);
    this.code = code;
  }
}

const INDEX = /^(0|[1-9][0-9]*)$/;
const RESERVED = ["", "__proto__", "constructor", "prototype"];
const own = Object.prototype.hasOwnProperty;

/** @param {Value|undefined} v @returns {v is Tree|Value[]} */
const isBranch = (v) => typeof v === "object" && v !== null;

/** @param {unknown} path @returns {string[]} */
function split(path) {
  const segments = typeof path === "string" ? path.split("/") : [""];
  if (segments.length > DEEPEST || segments.some((s) => RESERVED.includes(s))) throw new PatchError("path", String(path));
  return segments;
}

/** Throws unless the value may stand in a tree. @param {Value} v @param {number} [depth] */
function check(v, depth = 0) {
  if (typeof v === "number" && !(Number.isInteger(v) && Math.abs(v) <= GREATEST)) throw new PatchError("value");
  if (!isBranch(v)) return;
  if (depth >= DEEPEST) throw new PatchError("value");
  const keys = Array.isArray(v) ? [] : Object.keys(v);
  if (keys.length > WIDEST) throw new PatchError("wide");
  if (keys.some((k) => RESERVED.includes(k))) throw new PatchError("path");
  for (const item of Object.values(v)) check(item, depth + 1);
}

/** The place of a segment in a list. @param {string} s @param {string} path */
function index(s, path) {
  if (!INDEX.test(s)) throw new PatchError("path", path);
  if (s.length > 9) throw new PatchError("gap", path);
  return Number(s);
}

/**
 * A new tree with all the changes, or an exception and no tree. The old tree stays as it is; what no change touches is
 * the same object in both, so that `===` tells whether a part has changed.
 * @param {Tree} tree @param {readonly Change[]} changes @returns {Tree}
 */
export function apply(tree, changes) {
  /** Branches made here, which may be written to: each is copied once, however many changes pass. @type {Set<object>} */
  const fresh = new Set();
  /** @template {Tree|Value[]} T @param {T} branch @returns {T} */
  const writable = (branch) => {
    if (fresh.has(branch)) return branch;
    // Spread, not assign: it defines keys instead of running setters.
    const copy = /** @type {T} */ (Array.isArray(branch) ? branch.slice() : { ...branch });
    fresh.add(copy);
    return copy;
  };

  /** @param {Value|undefined} at @param {string[]} segments @param {number} i @param {Change} change @returns {Value} */
  const step = (at, segments, i, change) => {
    const deletes = change.length === 1;
    if (i === segments.length) return /** @type {Value} */ (change[1]);
    if (at === undefined) at = {};
    if (!isBranch(at)) throw new PatchError("scalar", change[0]);
    const s = segments[i];
    const last = i === segments.length - 1;
    if (Array.isArray(at)) {
      const n = index(s, change[0]);
      if (deletes && n >= at.length) return at;
      if (deletes && last) {
        if (n < at.length - 1) throw new PatchError("middle", change[0]);
        const list = writable(at);
        list.pop();
        return list;
      }
      if (n > at.length) throw new PatchError("gap", change[0]);
      const item = step(at[n], segments, i + 1, change);
      if (n < at.length && item === at[n]) return at;
      const list = writable(at);
      list[n] = item;
      return list;
    }
    const there = own.call(at, s);
    if (deletes && !there) return at;
    if (deletes && last) {
      const dict = writable(at);
      delete dict[s];
      return dict;
    }
    if (!there && Object.keys(at).length >= WIDEST) throw new PatchError("wide", change[0]);
    const item = step(there ? at[s] : undefined, segments, i + 1, change);
    if (there && item === at[s]) return at;
    const dict = writable(at);
    dict[s] = item;
    return dict;
  };

  let next = tree;
  for (const change of changes) {
    const segments = split(change[0]);
    if (change.length > 1) check(/** @type {Value} */ (change[1]));
    next = /** @type {Tree} */ (step(next, segments, 0, change));
  }
  return next;
}

/**
 * What stands at a path, or undefined. The empty path is the tree itself.
 * @param {Value|undefined} tree @param {string} path @returns {any}
 */
export function get(tree, path) {
  let at = tree;
  for (const s of path === "" ? [] : path.split("/")) {
    if (!isBranch(at) || !own.call(at, s) || (Array.isArray(at) && !INDEX.test(s))) return undefined;
    at = /** @type {any} */ (at)[s];
  }
  return at;
}
