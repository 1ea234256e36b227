// A round, as data: whose turn it is, who comes after, who has had one, and how far the chain has been danced.
import { leftOf } from "../../static/parts/clock.js";

/** @typedef {{by: string, text: string, on?: boolean, n?: number}} Piece */

/** Ms for each move of a chain, and how many of them are danced again. Twins in moving.py. */
export const STEP = 2000;
export const REPLAY = 12;

/** @param {any} room */
const at = ({ turn }) => (turn ? turn.at : 0);

/** @param {any} room @returns {string[]} */
export const order = ({ turn }) => (turn ? turn.order : []);

/** Whose turn it is, or "". @param {any} room @returns {string} */
export const whose = (room) => order(room)[at(room)] || "";

/** Who comes after, or "". @param {any} room @returns {string} */
export const after = (room) => order(room)[at(room) + 1] || "";

/** Where somebody stands: -1 not in it, 0 has had a turn, 1 is on, 2 to come. @param {any} room @param {string} id */
export const place = (room, id) => {
  const i = order(room).indexOf(id);
  return i < 0 ? -1 : i < at(room) ? 0 : i === at(room) ? 1 : 2;
};

/** With their place in the list; without what was taken back. @param {readonly Piece[]|undefined} list @returns {(Piece & {i: number})[]} */
export const standing = (list) => (list || []).map((one, i) => ({ ...one, i })).filter((one) => one.text);

/** What has been written in this turn. @param {any} room */
export const texts = (room) => standing(room.said).filter((one) => one.n === room.n && one.by === whose(room));

/** @param {any} room @param {string} id @returns {(Piece & {i: number})|undefined} */
export const mine = (room, id) => standing(room.brought).find((one) => one.by === id);

/**
 * The chain while it is danced: which move is on, the how manieth of how many; -1 once it is over, or before somebody adds one.
 * @param {any} room @param {number} now log time
 */
export const danced = (room, now) => {
  const moves = standing(room.chain).slice(-REPLAY);
  const { clock } = room;
  if (!clock || !room.move || !moves.length) return { moves, step: -1 };
  const step = Math.floor((clock.ms - leftOf(clock, now)) / STEP);
  return { moves, step: step < moves.length ? Math.max(0, step) : -1 };
};

/** Ms until the next move of the chain; 0 while it stands still. @param {any} room @param {number} now */
export const untilMove = (room, now) => {
  const { clock } = room;
  if (!clock || clock.left !== undefined || !room.move) return 0;
  const left = leftOf(clock, now);
  return left ? left % STEP || STEP : 0;
};

/** Seconds in words: whole minutes as minutes. @param {number} seconds @param {(key: string, args?: any) => string} t */
export const span = (seconds, t) => (seconds % 60 ? t("sec", { count: seconds }) : t("min", { count: seconds / 60 }));
