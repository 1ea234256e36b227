// What was written, as data: what stands on the page, how large each word is, which lines have come.
import { grouped } from "../../static/parts/alike.js";

/** @typedef {{text: string, by?: string, off?: boolean}} Piece */
/** @typedef {Piece & {i: number}} Placed */
/** @typedef {import("../../static/parts/alike.js").Group} Group */

/** Pieces with their place in the list; what was taken back stands no more. @param {{words?: Piece[]}} room @returns {Placed[]} */
export const placed = ({ words = [] }) => words.map((piece, i) => ({ ...piece, i })).filter((piece) => piece.text);

/** Those that everyone sees. @param {{words?: Piece[]}} room */
export const standing = (room) => placed(room).filter((piece) => !piece.off);

/** Same words together, what is there more often first; what somebody signed stands by itself. @param {readonly Piece[]} list
 * @returns {(Group & {by?: string})[]} */
export const cloud = (list) => {
  const signed = list.filter(({ by }) => by).map(({ text, by }, at) => ({ text, n: 1, at: [at], by }));
  return [...grouped(list.filter(({ by }) => !by).map(({ text }) => text)), ...signed];
};

/** What most people wrote, at most three words; nothing while no word came twice. @param {readonly Piece[]} list */
export const often = (list) => cloud(list).filter(({ n }) => n > 1).slice(0, 3).map(({ text }) => text);

/** How large a word is, 0 to 4: by how often it came, and not so large that it could not be read in a few lines.
 * @param {number} n @param {number} top how often the first one came @param {string} text */
export const step = (n, top, text) => {
  const by = top < 2 || n < 2 ? 0 : 1 + Math.floor(3 * (n - 1) / (top - 1));
  const { length } = [...text];
  return Math.min(by, length > 60 ? 0 : length > 24 ? 1 : length > 12 ? 3 : 4);
};

/** How many lines have come: the first at once, each further one after its while. @param {{at?: number, pace?: number}} room
 * @param {number} count @param {number} now log time */
export const come = ({ at = 0, pace = 4000 }, count, now) => Math.max(Math.min(count, 1), Math.min(count, Math.floor((now - at) / pace) + 1));

/** Ms until the next line; 0 after the last. @param {{at?: number, pace?: number}} room @param {number} count @param {number} now */
export const untilLine = ({ at = 0, pace = 4000 }, count, now) => {
  const next = at + Math.max(1, Math.floor((now - at) / pace) + 1) * pace;
  return come({ at, pace }, count, now) >= count ? 0 : next - now;
};
