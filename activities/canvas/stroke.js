// The one string that a mark's points travel in. rules.py reads the same format; both sides are
// held together by tests/vectors/stroke.json.
//
// First character: by how many bits coordinates were shifted right (0-5), plus 8 when each point
// carries a pressure (0-15). Then, for each point, its differences to the point before (the first:
// to 0,0,0) as zigzag numbers in groups of five bits, lowest first, 32 meaning "more follows", at
// most three characters a number. A full stop before a point lifts the pen.

export const WIDE = 9999;
export const HIGH = 7499;
export const ERASER = 12;
/** Longest string of one mark; a longer stroke is several marks of one group. */
export const POINTS = 3500;
/** State holds the place in this list. */
export const SHAPES = [
  "free", "line", "house", "tree", "sun", "star", "heart", "flower",
  "person", "bird", "fish", "cloud", "boat", "moon",
];

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** @type {{ [sign: string]: number }} */
const VALUE = Object.create(null);
for (let i = 0; i < 64; i++) VALUE[ALPHABET[i]] = i;

/**
 * A point of the page; `p` is the pressure, 0-15; `lift` says that the pen was lifted before it.
 * @typedef {{ x: number, y: number, p?: number, lift?: boolean }} Point
 */

/** @param {number} n one zigzag number */
function number(n) {
  let left = n < 0 ? -2 * n - 1 : 2 * n;
  let out = "";
  do {
    const five = left & 31;
    left >>= 5;
    out += ALPHABET[left ? five | 32 : five];
  } while (left);
  return out;
}

/** @param {number} n @param {number} most */
const within = (n, most) => Math.max(0, Math.min(most, n));

/**
 * Points as a string; coordinates are rounded to `1 << shift` and kept on the page.
 * @param {readonly Point[]} points at least one
 * @param {{ shift?: number, pressed?: boolean }} [how]
 */
export function encode(points, { shift = 0, pressed = false } = {}) {
  const unit = 1 << shift;
  let out = ALPHABET[shift | (pressed ? 8 : 0)];
  let x = 0, y = 0, p = 0;
  points.forEach((point, i) => {
    const nx = within(Math.round(point.x / unit), WIDE >> shift);
    const ny = within(Math.round(point.y / unit), HIGH >> shift);
    if (point.lift && i) out += ".";
    out += number(nx - x) + number(ny - y);
    x = nx;
    y = ny;
    if (pressed) {
      const np = within(Math.round(point.p === undefined ? 8 : point.p), 15);
      out += number(np - p);
      p = np;
    }
  });
  return out;
}

/**
 * The points of a string. Throws RangeError for anything that the rules would refuse, so that what
 * other people send can be drawn without a second look.
 * @param {string} text
 * @returns {Point[]}
 */
export function decode(text) {
  const head = VALUE[text[0]];
  const shift = head & 7;
  const axes = head & 8 ? 3 : 2;
  if (head === undefined || head > 15 || shift > 5) throw new RangeError("head");
  const most = [WIDE >> shift, HIGH >> shift, 15];
  const at = [0, 0, 0];
  /** @type {Point[]} */
  const points = [];
  let axis = 0, n = 0, bits = 0, lift = false;
  for (let i = 1; i < text.length; i++) {
    if (text[i] === ".") {
      if (axis || bits || lift || !points.length) throw new RangeError("lift");
      lift = true;
      continue;
    }
    const value = VALUE[text[i]];
    if (value === undefined) throw new RangeError("sign");
    n |= (value & 31) << bits;
    if (value & 32) {
      bits += 5;
      if (bits > 10) throw new RangeError("long");
      continue;
    }
    at[axis] += (n >> 1) ^ -(n & 1);
    if (at[axis] < 0 || at[axis] > most[axis]) throw new RangeError("outside");
    n = bits = 0;
    if (++axis < axes) continue;
    axis = 0;
    /** @type {Point} */
    const point = { x: at[0] << shift, y: at[1] << shift };
    if (axes === 3) point.p = at[2];
    if (lift) point.lift = true;
    lift = false;
    points.push(point);
  }
  if (axis || bits || lift || !points.length) throw new RangeError("cut");
  return points;
}
