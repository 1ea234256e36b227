// The side line as data: what of it one sees, what is new in it, and how often one is told. Pure.

/** @typedef {import("../types.js").Word} Word */
/** @typedef {{[id: string]: Word}} Line */
/** @typedef {Word & {id: string}} Entry */

/** At most one sentence about the line in this time. */
export const QUIET_MS = 30000;

/** What is on its way has an id of the page's own, which stands after all others. @param {string} id */
const place = (id) => Number(id);

/** In the order in which they came, without those whom this person does not want to read. @param {Line|null|undefined} line @param {readonly string[]} muted @returns {Entry[]} */
export const listed = (line, muted) => Object.keys(line || {}).sort((a, b) => place(a) - place(b))
  .map((id) => ({ id, .../** @type {Line} */ (line)[id] })).filter(({ by }) => !muted.includes(by));

/** The highest id that the room has given. @param {Line|null|undefined} line */
export const newest = (line) => Object.keys(line || {}).reduce((most, id) => (place(id) < 1e15 ? Math.max(most, place(id)) : most), 0);

/** How many of others stand after the last one seen. @param {Line|null|undefined} line @param {number} seen @param {readonly string[]} muted @param {string} me */
export const fresh = (line, seen, muted, me) => listed(line, muted).filter(({ id, by }) => place(id) > seen && by !== me).length;

/** Adds up what is new and lets it out now and then. @param {number} [wait] */
export function createSum(wait = QUIET_MS) {
  let count = 0, last = -Infinity;
  return {
    /** @param {number} more @param {number} now @returns {number} how many to tell of now; 0: none yet */
    add(more, now) {
      count += more;
      if (!count || now - last < wait) return 0;
      const all = count;
      count = 0;
      last = now;
      return all;
    },
    /** When what waits may be told, Infinity: nothing waits. */
    get due() { return count ? last + wait : Infinity; },
    /** It has been seen by now. */
    forget() { count = 0; },
  };
}

/** What a host has said, in the words of this page. @param {import("../types.js").Said|null|undefined} said @param {{cards: {id: string, say: string}[]}|null} library */
export function spoken(said, library) {
  if (!said) return "";
  if (said.text) return said.text;
  const card = library && library.cards.find((one) => one.id === said.card);
  return (card && card.say) || "";
}

/** The name of the machine that a link leads to, "" for what is no such link. @param {string} link */
export function hostOf(link) {
  const found = /^https:\/\/([^\s/?#@\\]+)(?:[/?#]\S*)?$/.exec(link.trim());
  return found ? found[1].toLowerCase() : "";
}
