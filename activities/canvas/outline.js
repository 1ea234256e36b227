// From the points of a mark to the shape that is filled: one way for the screen, the SVG and tests.
import { getStroke } from "../../static/vendor/freehand.js";
import { decode, ERASER, HIGH, WIDE } from "../../static/parts/stroke.js";

/** @typedef {import("../../static/parts/stroke.js").Point} Point */
/** What a path is told: Path2D and the SVG writer both listen. @typedef {{ moveTo(x: number, y: number): void, lineTo(x: number, y: number): void, quadraticCurveTo(cx: number, cy: number, x: number, y: number): void, closePath(): void }} Path */

/** Widths of the pen in page units; the eraser takes away twice as much. */
export const WIDTHS = [50, 110, 210, 400];

/** @param {number} ink @param {number} width */
export const size = (ink, width) => WIDTHS[width] * (ink === ERASER ? 2 : 1);

/**
 * A few points more, on a curve through those there are (centripetal Catmull-Rom, which makes no
 * loops where points lie close), so that what was thinned looks as the hand drew it.
 * @param {readonly Point[]} points @param {number} [step] page units between points
 * @returns {Point[]}
 */
export function curve(points, step = 170) {
  if (points.length < 3) return points.slice();
  const out = [points[0]];
  for (let i = 0; i + 1 < points.length; i++) {
    const b = points[i], c = points[i + 1];
    const gap = Math.hypot(c.x - b.x, c.y - b.y);
    const parts = Math.max(1, Math.min(12, Math.ceil(gap / step)));
    if (parts > 1) between(out, points[i - 1] || b, b, c, points[i + 2] || c, parts);
    out.push(c);
  }
  return out;
}

/** @param {Point} a @param {Point} b */
const knot = (a, b) => Math.sqrt(Math.hypot(b.x - a.x, b.y - a.y)) || 1;

/** @param {Point[]} out @param {Point} a @param {Point} b @param {Point} c @param {Point} d @param {number} parts */
function between(out, a, b, c, d, parts) {
  const ab = knot(a, b), bc = knot(b, c), cd = knot(c, d);
  for (let i = 1; i < parts; i++) {
    const t = i / parts;
    const at = { x: 0, y: 0 };
    for (const axis of /** @type {("x" | "y")[]} */ (["x", "y"])) {
      const va = a[axis], vb = b[axis], vc = c[axis], vd = d[axis];
      const m1 = bc * ((vb - va) / ab - (vc - va) / (ab + bc)) + vc - vb;
      const m2 = bc * ((vd - vc) / cd - (vd - vb) / (bc + cd)) + vc - vb;
      const t2 = t * t, t3 = t2 * t;
      at[axis] = (2 * t3 - 3 * t2 + 1) * vb + (t3 - 2 * t2 + t) * m1 + (-2 * t3 + 3 * t2) * vc + (t3 - t2) * m2;
    }
    const p = b.p === undefined || c.p === undefined ? undefined : b.p + (c.p - b.p) * t;
    out.push({ x: at.x, y: at.y, p });
  }
}

/** Strokes between lifted pens. @param {readonly Point[]} points @returns {Point[][]} */
export function runs(points) {
  /** @type {Point[][]} */
  const out = [];
  for (const point of points) {
    if (point.lift || !out.length) out.push([]);
    out[out.length - 1].push(point);
  }
  return out;
}

/**
 * Tell a path the outline of a stroke; it is to be filled, rule "nonzero".
 * @param {Path} path @param {readonly Point[]} points
 * @param {{ wide: number, round: boolean, rough?: boolean }} how `round`: a hand's curve; else corners stay;
 * `rough`: the points are a hand's own and need none between them
 */
export function trace(path, points, { wide, round, rough = false }) {
  for (const run of runs(points)) {
    const through = round && !rough ? curve(run) : run;
    if (round || run.length < 3) fill(path, through, wide);
    else for (let i = 0; i + 1 < run.length; i++) fill(path, [run[i], run[i + 1]], wide);
  }
}

/** @param {Path} path @param {readonly Point[]} points @param {number} wide */
function fill(path, points, wide) {
  const pressed = points[0].p !== undefined;
  const edge = getStroke(
    points.map((q) => [q.x, q.y, pressed ? (q.p === undefined ? 8 : q.p) / 15 : 0.5]),
    { size: wide, thinning: pressed ? 0.6 : 0, smoothing: 0.5, streamline: 0, simulatePressure: false, last: true },
  );
  if (edge.length < 3) return;
  const last = edge[edge.length - 1];
  path.moveTo((last[0] + edge[0][0]) / 2, (last[1] + edge[0][1]) / 2);
  for (let i = 0; i < edge.length; i++) {
    const a = edge[i], b = edge[(i + 1) % edge.length];
    path.quadraticCurveTo(a[0], a[1], (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
  }
  path.closePath();
}

/**
 * Everything that drawing needs to know of a mark of the room; null when it cannot be read.
 * @param {readonly any[]} mark [member, group, ink, width, shape, points]
 * @returns {{ points: Point[], box: [number, number, number, number], wide: number, round: boolean } | null}
 */
export function read(mark) {
  const [, , ink, width, shape, text] = mark;
  if (!text || !(width in WIDTHS) || !(ink >= 0 && ink <= ERASER)) return null;
  try {
    const points = decode(text);
    const wide = size(ink, width);
    return { points, box: bounds(points, wide / 2 + 4), wide, round: shape === 0 };
  } catch (error) {
    return null;
  }
}

/**
 * Left, top, right and bottom of points and the ink around them, within the page.
 * @param {readonly Point[]} points @param {number} [ink]
 * @returns {[number, number, number, number]}
 */
export function bounds(points, ink = 0) {
  let l = Infinity, t = Infinity, r = -Infinity, b = -Infinity;
  for (const p of points) {
    if (p.x < l) l = p.x;
    if (p.x > r) r = p.x;
    if (p.y < t) t = p.y;
    if (p.y > b) b = p.y;
  }
  return [Math.max(-ink, l - ink), Math.max(-ink, t - ink), Math.min(WIDE + ink, r + ink), Math.min(HIGH + ink, b + ink)];
}
