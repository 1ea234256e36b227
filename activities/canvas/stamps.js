// Twelve shapes for whoever would rather place than draw, and lines between the nine places of the
// page. Each stamp is one mark: its strokes are written here as "x,y x,y ..." on a square of 100,
// strokes parted by "/". Corners stay corners; round ones have points enough.
import { encode, HIGH, SHAPES, WIDE } from "../../static/parts/stroke.js";

/** @typedef {import("../../static/parts/stroke.js").Point} Point */

/** The twelve stamps, in the order in which they are offered. */
export const STAMPS = SHAPES.slice(2);
/** The nine places, row by row; never mirrored, as the page is not. */
export const NINTHS = ["nw", "n", "ne", "w", "c", "e", "sw", "s", "se"];

/** Side of a stamp in page units: two thirds of a ninth, with air around it. */
const SIDE = 1800;

/** @param {number} cx @param {number} cy @param {number} r @param {number} [from] @param {number} [to] degrees, clockwise from the right */
function arc(cx, cy, r, from = 0, to = 360) {
  const steps = Math.max(4, Math.round((Math.abs(to - from) * Math.sqrt(r)) / 90));
  const out = [];
  for (let i = 0; i <= steps; i++) {
    const a = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    out.push(`${Math.round(cx + r * Math.cos(a))},${Math.round(cy + r * Math.sin(a))}`);
  }
  return out.join(" ");
}

/** @param {number} n */
function rays(n) {
  const out = [];
  for (let i = 0; i < n; i++) {
    const a = (i * 2 * Math.PI) / n;
    const c = Math.cos(a), s = Math.sin(a);
    out.push(`${Math.round(50 + 33 * c)},${Math.round(50 + 33 * s)} ${Math.round(50 + 48 * c)},${Math.round(50 + 48 * s)}`);
  }
  return out.join("/");
}

/** @type {{ [shape: string]: string }} */
const CUTS = {
  house: "2,46 50,4 98,46/13,38 14,97 86,96 87,38/40,96 41,66 60,65 61,96/22,60 22,48 33,48 33,60 22,60/67,60 67,48 78,48 78,60 67,60",
  tree: `45,98 47,60/56,98 54,60/${arc(50, 34, 18, 60, 120)} ${arc(28, 44, 15, 60, 220)} ${arc(33, 22, 15, 170, 290)} ${arc(52, 15, 14, 200, 330)} ${arc(69, 25, 15, 260, 390)} ${arc(72, 45, 15, 320, 480)} 52,50 44,52`,
  sun: `${arc(50, 50, 22)}/${rays(8)}`,
  star: "50,3 62,37 98,38 69,59 80,95 50,73 20,95 31,59 2,38 38,37 50,3",
  heart: `50,95 26,72 ${arc(27, 32, 24, 150, 330)} 50,30 ${arc(73, 32, 24, 210, 390)} 74,72 50,95`,
  flower: `${arc(50, 32, 9)}/${arc(50, 13, 10, 120, 420)}/${arc(68, 26, 10, 190, 490)}/${arc(61, 47, 10, 260, 560)}/${arc(39, 47, 10, -20, 280)}/${arc(32, 26, 10, 50, 350)}/50,58 49,98/49,84 34,76 28,66/50,90 64,82 72,72`,
  person: `${arc(50, 16, 13)}/50,29 49,64/20,36 50,44 80,34/28,98 49,64 72,98`,
  bird: "2,40 14,31 24,24 35,23 44,30 50,44 57,30 66,22 78,24 88,31 98,42/20,80 28,74 34,74 40,82 46,74 52,74 60,81",
  fish: `2,50 16,34 36,25 54,27 70,38 80,50 97,30 94,50 97,71 80,50 70,62 54,73 36,75 16,66 2,50/${arc(24, 44, 4)}/44,34 50,50 44,66`,
  cloud: `16,74 ${arc(18, 58, 16, 95, 270)} ${arc(38, 40, 21, 190, 300)} ${arc(66, 44, 19, 230, 360)} ${arc(82, 60, 15, 270, 445)} 16,74`,
  boat: "4,70 96,68 80,94 20,95 4,70/50,68 49,4/49,6 86,58 50,60/42,16 14,60 42,60 42,16",
  moon: `${arc(50, 50, 45, 50, 310)} ${arc(73, 50, 35, 259, 101)} 79,84`,
};

/** @type {{ [shape: string]: Point[] }} */
const READY = {};

/** A stamp's points on a square of 100. @param {string} shape @returns {Point[]} */
export function outline(shape) {
  if (!READY[shape]) {
    /** @type {Point[]} */
    const points = [];
    CUTS[shape].split("/").forEach((stroke, i) => {
      stroke.split(" ").forEach((pair, j) => {
        const [x, y] = pair.split(",").map(Number);
        points.push(i && !j ? { x, y, lift: true } : { x, y });
      });
    });
    READY[shape] = points;
  }
  return READY[shape];
}

/** The middle of a ninth, in page units. @param {string} ninth */
export function middle(ninth) {
  const at = NINTHS.indexOf(ninth);
  return {
    x: Math.round(((at % 3) + 0.5) * (WIDE + 1) / 3),
    y: Math.round((Math.floor(at / 3) + 0.5) * (HIGH + 1) / 3),
  };
}

/**
 * The string of a stamp around a place; near an edge it moves inwards, so that all of it shows.
 * @param {string} shape @param {{ x: number, y: number }} at @param {number} [side]
 */
export function stamp(shape, at, side = SIDE) {
  const half = side / 2 + 60;
  const x = Math.max(half, Math.min(WIDE - half, at.x)) - side / 2;
  const y = Math.max(half, Math.min(HIGH - half, at.y)) - side / 2;
  const points = outline(shape).map((p) => ({ x: x + (p.x * side) / 100, y: y + (p.y * side) / 100, lift: p.lift }));
  return encode(points, { shift: 3 });
}

/**
 * Where the next stamp in a ninth goes: the middle, then a little beside it, so that two houses in
 * one place are two houses.
 * @param {string} ninth @param {number} n how many are there
 */
export function spot(ninth, n) {
  const { x, y } = middle(ninth);
  const step = [[0, 0], [-620, 260], [620, -260], [-560, -300], [560, 300]][n % 5];
  return { x: x + step[0], y: y + step[1] };
}

/** A straight line between two ninths; within one, a short level one. @param {string} from @param {string} to */
export function line(from, to) {
  const a = middle(from), b = middle(to);
  if (from === to) return encode([{ x: a.x - 1100, y: a.y }, { x: a.x + 1100, y: a.y }], { shift: 3 });
  return encode([a, b], { shift: 3 });
}
