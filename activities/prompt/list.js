// The list of a prompt, as data: what stands on it, what is on now, and each entry as one would write it down.

/** @typedef {{by: string, title: string, who: string, on: boolean, hidden?: boolean}} Entry */
/** @typedef {Entry & {i: number}} Placed */

/** Entries with their place in the list, in the order in which they came. @param {{entries?: Entry[]}} room @returns {Placed[]} */
export const placed = ({ entries = [] }) => entries.map((entry, i) => ({ ...entry, i })).filter((entry) => entry.title);

/** Those that everyone sees. @param {{entries?: Entry[]}} room */
export const standing = (room) => placed(room).filter((entry) => entry.on && !entry.hidden);

/** A song in one line. @param {Entry} entry */
export const line = ({ title, who }) => (who ? `${title} – ${who}` : title);

/** What plays for everyone, with the log time of its count. @param {{entries?: Entry[], now?: {i: number, at: number} | null}} room */
export const playing = (room) => {
  const { now } = room;
  const entry = now && standing(room).find(({ i }) => i === now.i);
  return now && entry ? { ...entry, at: now.at } : null;
};
