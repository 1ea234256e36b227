// The one string that a mark's points travel in. server/kit/stroke.py reads the same format; both
// sides are held together by tests/vectors/stroke.json.
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

// What a hand draws has far more points than it needs. Everything below makes fewer of them.

/**
 * Ramer-Douglas-Peucker without recursion: what is left keeps within `slack` of what was there.
 * With pressure, a point also stays where the pressure differs by more than 2 from the straight run.
 * @param {readonly Point[]} points
 * @param {number} slack in page units
 * @returns {Point[]}
 */
export function thin(points, slack) {
  const n = points.length;
  if (n < 3) return points.slice();
  const keep = new Uint8Array(n);
  keep[0] = keep[n - 1] = 1;
  const stack = [0, n - 1];
  const limit = slack * slack;
  while (stack.length) {
    const b = /** @type {number} */ (stack.pop());
    const a = /** @type {number} */ (stack.pop());
    const from = points[a], to = points[b];
    const dx = to.x - from.x, dy = to.y - from.y;
    const len = dx * dx + dy * dy;
    const p0 = from.p === undefined ? 8 : from.p, p1 = to.p === undefined ? 8 : to.p;
    let worst = 0, at = -1;
    for (let i = a + 1; i < b; i++) {
      const q = points[i];
      let t = len ? ((q.x - from.x) * dx + (q.y - from.y) * dy) / len : 0;
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      const ox = q.x - from.x - t * dx, oy = q.y - from.y - t * dy;
      let off = (ox * ox + oy * oy) / limit;
      if (q.p !== undefined) {
        const press = (q.p - p0 - t * (p1 - p0)) / 2;
        off = Math.max(off, press * press);
      }
      if (off > worst) {
        worst = off;
        at = i;
      }
    }
    if (worst > 1) {
      keep[at] = 1;
      stack.push(a, at, at, b);
    }
  }
  return points.filter((_, i) => keep[i]);
}

/**
 * How a stroke is rounded for a page shown `width` CSS pixels wide: about half a pixel, so that
 * nobody sees it, and a phone does not pay for a precision that a finger does not have.
 * @param {number} width of the whole page on this screen, zoom included
 */
export function grain(width) {
  const pixel = 10000 / Math.max(1, width);
  const shift = Math.max(0, Math.min(3, Math.floor(Math.log2(pixel * 0.6))));
  return { shift, slack: Math.max(1, pixel * 0.5) };
}

/**
 * The strings of one stroke: one, or several that go on from the last point of the one before.
 * @param {readonly Point[]} points
 * @param {{ shift: number, slack: number, pressed?: boolean }} how
 * @param {number} [most] characters in one string
 * @returns {string[]}
 */
export function pack(points, { shift, slack, pressed = false }, most = POINTS) {
  let rest = thin(points, slack);
  const out = [];
  // A point is at most 6 characters, 8 with pressure; halving finds a safe length fast.
  while (rest.length) {
    let take = rest.length;
    let text = encode(rest, { shift, pressed });
    while (text.length > most) {
      take = Math.max(1, Math.min(take - 1, Math.floor((take * most) / text.length)));
      text = encode(rest.slice(0, take), { shift, pressed });
    }
    out.push(text);
    if (take >= rest.length) break;
    rest = rest.slice(take - 1);
  }
  return out;
}
