// Marks as paths of an SVG: round lines through the points, no outline, so that a wall of drawings costs little.
import { html } from "../ui.js";
import { decode, ERASER } from "./stroke.js";

/** @typedef {import("./drawing.js").Mark} Mark */
/** @typedef {import("./stroke.js").Point} Point */
/** Lines of one ink and one width that follow one another are one path. @typedef {{ink: number, width: number, d: string}} Layer */

/** Widths of the pen in page units; the eraser takes away twice as much. */
export const WIDTHS = [50, 110, 210, 400];
export const WHOLE = [0, 0, 10000, 7500];

/** @param {number} ink @param {number} width */
export const breadth = (ink, width) => WIDTHS[width] * (ink === ERASER ? 2 : 1);

/** @param {number} n */
const whole = (n) => Math.round(n);

/** @param {readonly Point[]} run through its points, as a hand would go (Catmull-Rom as cubic curves) */
const curve = (run) => {
  let d = "";
  for (let i = 0; i + 1 < run.length; i++) {
    const b = run[i], c = run[i + 1];
    const a = run[i - 1] || b, e = run[i + 2] || c;
    d += `C${whole(b.x + (c.x - a.x) / 6)} ${whole(b.y + (c.y - a.y) / 6)} ${whole(c.x - (e.x - b.x) / 6)} ${whole(c.y - (e.y - b.y) / 6)} ${c.x} ${c.y}`;
  }
  return d;
};

/** A path for points; a single one is a dot. @param {readonly Point[]} points @param {boolean} round a hand's curve; else corners stay */
export const path = (points, round) => {
  /** @type {Point[][]} */
  const runs = [];
  for (const point of points) {
    if (point.lift || !runs.length) runs.push([]);
    runs[runs.length - 1].push(point);
  }
  return runs.map((run) => `M${whole(run[0].x)} ${whole(run[0].y)}${run.length < 2 ? "h1" : round && run.length > 2 ? curve(run)
    : `L${run.slice(1).map((p) => `${whole(p.x)} ${whole(p.y)}`).join(" ")}`}`).join("");
};

/** Every so many of the points, with both ends of each line. @param {readonly Point[]} points @param {number} step */
export const fewer = (points, step) => (step < 2 ? points
  : points.filter((p, i) => p.lift || i % step === 0 || i === points.length - 1 || (points[i + 1] && points[i + 1].lift)));

/** @type {WeakMap<Mark, string>} */
const made = new WeakMap();

/** The path of a mark; "" when it cannot be read. @param {Mark} mark */
export const pathOf = (mark) => {
  const known = made.get(mark);
  if (known !== undefined) return known;
  let d = "";
  try {
    d = path(decode(mark[3]), mark[2] === 0);
  } catch (error) {
    // a mark that cannot be read is no mark
  }
  made.set(mark, d);
  return d;
};

/** @param {readonly Mark[]} marks @returns {Layer[]} */
export const layers = (marks) => {
  /** @type {Layer[]} */
  const out = [];
  for (const mark of marks) {
    const [ink, width] = mark;
    if (!(ink >= 0 && ink <= ERASER && width in WIDTHS)) continue;
    const last = out[out.length - 1];
    if (last && last.ink === ink && last.width === width) last.d += pathOf(mark);
    else out.push({ ink, width, d: pathOf(mark) });
  }
  return out.filter(({ d }) => d);
};

/** Marks, and over them what was there from the start. @param {{marks: readonly Mark[], under?: readonly Mark[]}} of */
export const Lines = ({ marks, under = [] }) => html`${layers(marks).map(({ ink, width, d }, i) => html`<path key=${i} class="line" d=${d}
    style=${{ stroke: ink === ERASER ? "var(--pad)" : `var(--i${ink})` }} stroke-width=${breadth(ink, width)} />`)}
  ${layers(under).map(({ width, d }, i) => html`<path key=${`u${i}`} class="line" d=${d} style=${{ stroke: "var(--text)" }} stroke-width=${breadth(0, width)} />`)}`;

/** @param {{marks: readonly Mark[], label: string, under?: readonly Mark[], crop?: readonly number[]}} props */
export const Drawn = ({ marks, label, under, crop = WHOLE }) => html`<svg class="drawn" viewBox=${crop.join(" ")} preserveAspectRatio="xMidYMid slice"
  role=${label ? "img" : null} aria-label=${label || null} aria-hidden=${label ? null : "true"} focusable="false"><${Lines} marks=${marks} under=${under} /></svg>`;
