// A wall, a mural or a parade as one picture that stands alone: for the zine, and to keep. Inks of daylight, no words, no names.
import { decode, ERASER, HIGH, WIDE } from "../../static/parts/stroke.js";
import { breadth, fewer, path } from "../../static/parts/drawn.js";
import { handOver } from "../../static/parts/keep.js";
import { DAY, SHEET } from "./export.js";
import { across, ground, mural } from "./shown.js";

/** @typedef {import("../../static/parts/drawing.js").Mark} Mark */
/** @typedef {import("./shown.js").Piece} Piece */

const W = WIDE + 1, H = HIGH + 1, GAP = 500;
const MIDNIGHT = "#231b2e";
/** A point through every so many. */
const STEPS = [1, 2, 4, 8, 16];

/** @param {Mark} mark @param {number} step */
const lineOf = ([ink, width, shape, text], step) => {
  return { d: path(fewer(decode(text), step), shape === 0), ink, wide: breadth(ink, width) };
};

/** Marks as paths; those of one ink and width that follow one another are one. @param {readonly Mark[]} marks @param {number} step @param {string} [only] one ink for all */
const paths = (marks, step, only = "") => {
  /** @type {{d: string, ink: string, wide: number}[]} */
  const out = [];
  for (const mark of marks) {
    let made;
    try { made = lineOf(mark, step); } catch (error) { continue; }
    const ink = only || (made.ink === ERASER ? SHEET : DAY[made.ink]);
    const last = out[out.length - 1];
    if (last && last.ink === ink && last.wide === made.wide) last.d += made.d;
    else out.push({ d: made.d, ink, wide: made.wide });
  }
  return out.map(({ d, ink, wide }) => `<path d="${d}" stroke="${ink}" stroke-width="${wide}"/>`).join("");
};

/** @param {readonly Piece[]} pieces that everyone sees @param {string} mode @param {any} room @param {number} [step] */
export const montage = (pieces, mode, room, step = 1) => {
  const whole = mode === "tiles";
  const all = whole ? mural(pieces) : pieces;
  const columns = whole ? across(pieces.length) : Math.max(1, Math.ceil(Math.sqrt(all.length)));
  const tall = mode === "parts" ? Math.max(1, ...all.map(({ parts = [] }) => parts.length)) : 1;
  const gap = whole ? 0 : GAP;
  const rows = Math.ceil(all.length / columns);
  const width = columns * (W + gap) + gap, height = rows * (H * tall + gap) + gap;
  const cells = all.map((piece, i) => {
    const x = gap + (i % columns) * (W + gap), y = gap + Math.floor(i / columns) * (H * tall + gap);
    const sheets = piece.parts || [piece.marks];
    return sheets.map((marks, n) => `<svg x="${x}" y="${y + n * H}" width="${W}" height="${H}" viewBox="0 0 ${W} ${H}"><path d="M0 0H${W}V${H}H0Z" fill="${SHEET}"/>`
      + `${paths(marks, step)}${paths(ground(mode, room, piece.tile), 1, MIDNIGHT)}</svg>`).join("");
  }).join("");
  const out = Math.max(1, Math.round(width / 1600));
  return { width: Math.round(width / out), height: Math.round(height / out),
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${Math.round(width / out)}" height="${Math.round(height / out)}"><path d="M0 0H${width}V${height}H0Z" fill="#fbf2df"/>`
      + `<g fill="none" stroke-linecap="round" stroke-linejoin="round">${cells}</g></svg>` };
};

/** As much of it as fits into so many characters; "" when nothing does. @param {readonly Piece[]} pieces @param {string} mode @param {any} room @param {number} most */
export const within = (pieces, mode, room, most) => {
  for (const step of STEPS) {
    const { svg } = montage(pieces, mode, room, step);
    if (svg.length <= most) return svg;
  }
  return "";
};

/** An SVG as a picture file of this device. @param {string} svg @param {number} width @param {number} height @param {string} name without its ending */
export const keepPng = (svg, width, height, name) => new Promise((done, failed) => {
  const picture = new Image(width, height);
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  picture.onload = () => {
    const page = document.createElement("canvas");
    page.width = width;
    page.height = height;
    const pen = page.getContext("2d");
    if (pen) pen.drawImage(picture, 0, 0, width, height);
    URL.revokeObjectURL(address);
    page.toBlob((blob) => {
      if (blob) handOver(blob, `${name}.png`);
      if (blob) done(true);
      else failed(new Error("no picture"));
    }, "image/png");
  };
  picture.onerror = () => failed(new Error("no picture"));
  picture.src = address;
});

/** @param {readonly Piece[]} pieces @param {string} mode @param {any} room @param {string} name */
export const keep = (pieces, mode, room, name) => {
  const { svg, width, height } = montage(pieces, mode, room);
  return keepPng(svg, width, height, name);
};
