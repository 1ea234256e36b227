// When what is made in a room goes, as far as it can be said beforehand. Pure.

const DAY = 86400000;
/** A room without a date lives so long from its last use; contents stay so long after the last person has left. */
export const UNUSED = 14 * DAY;
export const KEPT = DAY;

/** @typedef {{starts?: number[], minutes?: number, kept?: number, keep?: {yes: number, no: number}|null, ended?: {until: number}|null}} Lasting */

/** The date that is on or comes next; null after the last. @param {readonly number[]} starts @param {number} minutes @param {number} now */
export function upcoming(starts, minutes, now) {
  const next = starts.find((start) => start + (minutes || 60) * 60000 > now);
  return next === undefined ? null : next;
}

/**
 * Until when: the room with its links (`room`; null: `after` ms from its last use), and what is in it (`kept` ms after the last
 * person has left; `stays`: until the last date it stays, as the group agreed). One figure for every screen, and the server's
 * own (server/room/life.py).
 * @param {Lasting|null} meet @param {number} now ms
 */
export function life(meet, now) {
  const { starts = [], minutes = 0, kept = KEPT, keep = null, ended = null } = meet || {};
  const last = starts.length ? Math.max(...starts) : -Infinity;
  const end = last + minutes * 60000;
  const after = starts.length ? Math.max(DAY, kept) : UNUSED;
  const room = ended ? ended.until : end > now ? end + after : null;
  return { room, after, kept, stays: Boolean(keep && keep.yes > 0 && keep.no === 0 && last > now) };
}

/** Wall clock, ms; null: so long after the last one has left. @param {Lasting} meet @param {number} now */
export function erasedAt(meet, now) {
  const { starts = [], minutes = 0 } = meet;
  if (!starts.length) return null;
  const { kept, stays } = life(meet, now);
  const next = upcoming(starts, minutes, now);
  // A group that keeps its things between its dates has them until after the last.
  const date = stays || next === null ? Math.max(...starts) : next;
  return Math.max(date + minutes * 60000, now) + kept;
}
