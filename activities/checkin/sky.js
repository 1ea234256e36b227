// Where everybody's weather stands: one picture made from the list alone, the same on every screen of a width.
// Each answer gets a box of its own, boxes never meet, and words stay inside their boxes; only the pictures may touch.

/** @typedef {{icon: string, word: string, name?: string}} Answer */
/** @typedef {{icon: string, x: number, y: number, size: number, turn: number, lines: string[], name: string,
 *   strip: {x: number, y: number, w: number, h: number} | null}} Placed */
/** @typedef {(text: string) => number} Measure width of a text in the strips' type, in px */

export const LINE = 17;
/** So much higher is the ground on a big screen, where words stand on it. */
export const LIFT = 26;

/** A number from 0 to 1 that belongs to a place in the list. @param {number} i @param {number} salt */
const chance = (i, salt) => {
  let h = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return ((h ^ (h >>> 13)) >>> 0) / 2 ** 32;
};

/** Without a page to measure on: a little more than most letters need. @type {Measure} */
export const guessWidth = (text) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e80 ? 14 : 8), 0);

/** Lines of at most so many px; a word that is too long is cut where it must be. @param {string} text @param {number} most @param {Measure} measure */
export const wrap = (text, most, measure) => {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (measure(line ? `${line} ${word}` : word) <= most) {
      line = line ? `${line} ${word}` : word;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const letter of word) {
      if (line && measure(line + letter) > most) {
        lines.push(line);
        line = "";
      }
      line += letter;
    }
  }
  return line ? [...lines, line] : lines;
};

const PAD = 10;
const GROUND = 56;

/** @typedef {{icon: string, lines: string[], name: string, strip: {w: number, h: number} | null}} Worded */
/** @typedef {Worded & {size: number, w: number, h: number}} Box */

/** The strip of paper that each answer's words need. @param {readonly Answer[]} answers @param {number} room @param {Measure} measure @returns {Worded[]} */
const worded = (answers, room, measure) => answers.map((answer) => {
  const most = Math.min(150, room * 0.46);
  const lines = wrap(answer.word || "", most, measure);
  const name = answer.name ? wrap(answer.name, most, measure)[0] || "" : "";
  const all = name ? [...lines, name] : lines;
  const strip = all.length ? { w: Math.ceil(Math.max(...all.map(measure))) + 16, h: all.length * LINE + 6 } : null;
  return { icon: answer.icon, lines, name, strip };
});

/** Boxes of a common size, some larger, some smaller. @param {Worded[]} all @param {number} base @param {number} room @returns {Box[]} */
const boxes = (all, base, room) => all.map((one, i) => {
  const size = Math.round(Math.min(room * 0.6, base * (0.72 + 0.5 * chance(i, 1)) * (i === 0 && all.length > 2 ? 1.35 : 1)));
  const { w, h } = one.strip || { w: 0, h: 0 };
  return { ...one, size, w: Math.max(w, size * 0.84) + 8, h: size * (h ? 0.66 : 0.8) + h + 8 };
});

/** As many rows as are needed, about equally full. @param {Box[]} all @param {number} room @returns {Box[][]} */
const shelves = (all, room) => {
  const whole = all.reduce((sum, box) => sum + box.w, 0);
  const goal = Math.min(room, 1.04 * whole / Math.ceil(whole / room));
  /** @type {Box[][]} */
  const rows = [];
  let taken = Infinity;
  for (const box of all) {
    if (taken + box.w / 2 > goal || taken + box.w > room) {
      rows.push([]);
      taken = 0;
    }
    rows[rows.length - 1].push(box);
    taken += box.w;
  }
  return rows;
};

/** @param {Box[]} row */
const tallest = (row) => Math.max(...row.map((box) => box.h));

/**
 * @param {readonly Answer[]} answers @param {number} width @param {number} least height @param {Measure} [measure]
 * @returns {{width: number, height: number, items: Placed[]}}
 */
export const layout = (answers, width, least, measure = guessWidth) => {
  const room = width - 2 * PAD;
  const space = least - GROUND - PAD;
  // As large as fits; a full room gets a taller sky rather than smaller pictures.
  let base = 150;
  const all = worded(answers, room, measure);
  let rows = shelves(boxes(all, base, room), room);
  while (base > 44 && rows.reduce((sum, row) => sum + tallest(row), 0) > space) {
    base -= 6;
    rows = shelves(boxes(all, base, room), room);
  }
  const sum = rows.reduce((so, row) => so + tallest(row), 0);
  const spare = Math.max(0, space - sum);
  /** @type {Placed[]} */
  const items = [];
  let y = PAD;
  for (const row of rows) {
    y += spare / (rows.length + 1);
    const slack = room - row.reduce((so, box) => so + box.w, 0);
    const shares = [...row, null].map((_, k) => 0.25 + chance(items.length + k, 2));
    const whole = shares.reduce((so, share) => so + share, 0);
    const tall = tallest(row);
    let x = PAD;
    row.forEach((box, k) => {
      x += slack * shares[k] / whole;
      const i = items.length;
      const top = Math.round(y + (tall - box.h) * chance(i, 3));
      // Pictures are drawn larger than their boxes: they lap over one another like cut paper, words never do.
      const size = Math.round(box.size * 1.22);
      items.push({
        icon: box.icon, x: Math.round(x + (box.w - size) / 2), y: Math.round(top - box.size * 0.14), size, turn: Math.round(chance(i, 4) * 20 - 10),
        lines: box.lines, name: box.name,
        strip: box.strip && { ...box.strip, x: Math.round(x + (box.w - box.strip.w) / 2), y: Math.round(top + box.size * 0.66) },
      });
      x += box.w;
    });
    y += tall;
  }
  return { width, height: Math.round(Math.max(least, sum + GROUND + PAD)), items };
};

export { counts, gist } from "./told.js";
