// What hangs on the wall, as data: the pieces that everyone sees, what lies under them, and each in a line.
import { told } from "../../static/parts/drawing.js";
import { motif, squiggle } from "./motifs.js";

/** @typedef {import("../../static/parts/drawing.js").Mark} Mark */
/** @typedef {{marks: Mark[], parts?: Mark[][], text?: string, year?: number, name?: string, by?: string, tile?: number, off?: boolean}} Piece */
/** @typedef {Piece & {i: number}} Placed */

/** @param {any} props */
export const modeOf = ({ options }) => (options && options.mode) || "shared";

/** Pieces with their places; those that were taken down only for hosts. @param {any} room @param {boolean} [all] @returns {Placed[]} */
export const hanging = (room, all = false) => (room.gallery || []).map((/** @type {Piece} */ piece, /** @type {number} */ i) => ({ ...piece, i }))
  .filter((/** @type {Placed} */ { off, marks, parts, text }) => (all || !off) && Boolean(marks.length || (parts && parts.length) || text));

/** What lies there from the start. @param {string} mode @param {any} room @param {number} [tile] @returns {Mark[]} */
export const ground = (mode, room, tile = 0) => (mode === "squiggle" ? squiggle(room.under || 0) : mode === "tiles" ? motif(tile) : []);

/** All marks of a piece. @param {Piece} piece @returns {Mark[]} */
export const inked = ({ marks, parts }) => (parts ? parts.reduce((all, part) => all.concat(part), /** @type {Mark[]} */ ([])) : marks);

/** One piece in a line, for the ear and for who cannot see it. @param {Placed} piece @param {number} n its number @param {(key: string, args?: any) => string} t */
export const line = (piece, n, t) => t(piece.parts ? "creature" : "piece", { n, told: told(inked(piece), t) });

/** How many tiles stand side by side, so that the picture is a little broader than high. @param {number} many */
export const across = (many) => Math.max(2, Math.ceil(Math.sqrt(many * 1.1)));

/** The tiles of a mural, row by row, with empty ones of the same pattern where a row is not full. @param {readonly Piece[]} pieces @returns {(Piece & {blank?: boolean})[]} */
export const mural = (pieces) => {
  const columns = across(pieces.length);
  const rest = (columns - (pieces.length % columns)) % columns;
  return [...pieces, ...Array.from({ length: rest }, (_, i) => ({ marks: [], tile: (pieces.length * 5 + i * 3) % 6, blank: true }))];
};

/** A year so many years from now. @param {number} ahead @param {number} now log time, ms */
export const yearOf = (ahead, now) => new Date(now).getFullYear() + ahead;
