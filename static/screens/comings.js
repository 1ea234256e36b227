// Who came and who went, as it is worth telling: a phone that is locked for a moment has not left. Pure: time comes in.

/** @typedef {import("../types.js").Person} Person */
/** @typedef {{fresh: string[], back: string[], left: string[], again: number}} Told `again`: when to look next, Infinity: when something changes */

/** Nobody is said to have left before. */
export const AWAY_MS = 60000;

/** @param {{[id: string]: Person}} people @param {string|null} self */
const present = (people, self) => Object.keys(people)
  .filter((id) => id !== self && people[id].here && people[id].role !== "screen" && !people[id].out);

/** Remembers who is here; each look tells what has changed since the last one. The first tells nothing. */
export function createComings() {
  /** Since when they have not been seen; who is told to have left is not here any more. @type {Map<string, number>} */
  const missing = new Map();
  /** @type {Set<string>|null} */
  let here = null;
  /** @type {Set<string>} */
  const known = new Set();
  return {
    /** @param {{[id: string]: Person}} people @param {string|null} self @param {number} now @returns {Told} */
    look(people, self, now) {
      const ids = present(people, self);
      const first = !here;
      const was = here || new Set(ids);
      const there = new Set(ids);
      const came = first ? [] : ids.filter((id) => !was.has(id));
      /** @type {string[]} */
      const left = [];
      for (const id of was) {
        if (there.has(id)) missing.delete(id);
        else if (!people[id] || people[id].out) missing.delete(id);
        else {
          const since = missing.get(id);
          if (since === undefined) missing.set(id, now);
          if (since !== undefined && now - since >= AWAY_MS) {
            missing.delete(id);
            left.push(id);
          } else there.add(id);
        }
      }
      here = there;
      const fresh = came.filter((id) => !known.has(id)), back = came.filter((id) => known.has(id));
      there.forEach((id) => known.add(id));
      return { fresh, back, left, again: Math.min(Infinity, ...Array.from(missing.values(), (at) => at + AWAY_MS)) };
    },
  };
}
