// What a hand draws has far more points than it needs. Everything here makes fewer of them.
import { encode, POINTS } from "./stroke.js";

/** @typedef {import("./stroke.js").Point} Point */

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
