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

// The same from far away, page after page.

/** How many lines of words stand below a piece. @param {any} piece @param {number} line so many characters are one */
export const lines = ({ text = "", year = 0, name = "" }, line) => Math.ceil([...text].length / line) + (year ? 1 : 0) + (name ? 1 : 0);
/**
 * How many pieces stand on a page: fewer where there are words to read. @param {string} mode @param {number} most lines of words
 * @param {boolean} wide
 */
export const many = (mode, most, wide) => (mode === "parts" ? (wide ? 5 : 3) : !most ? (wide ? 8 : 6) : most < 3 ? (wide ? 6 : 4) : wide ? 3 : 2);

/** The most lines below any of these. @param {readonly any[]} list @param {number} line */
export const most = (list, line) => Math.max(0, ...list.map((piece) => lines(piece, line)));
/** All of them in pages: one long text makes only its own page smaller. @param {readonly any[]} all @param {string} mode @param {number} line @param {boolean} wide */
export const paged = (all, mode, line, wide) => {
  const pages = [];
  for (let from = 0; from < all.length; from += pages[pages.length - 1].length) {
    const few = many(mode, most(all, line) && 1, wide);
    pages.push(all.slice(from, from + (most(all.slice(from, from + few), line) > 2 ? many(mode, 3, wide) : few)));
  }
  return pages;
};
