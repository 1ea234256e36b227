// Lines that are there from the start: eight squiggles to go on from, and six tiles whose lines meet at the middle of each edge,
// so that any tile goes beside any other.
import { encode, HIGH, WIDE } from "../../static/parts/stroke.js";

/** @typedef {import("../../static/parts/stroke.js").Point} Point */
/** @typedef {import("../../static/parts/drawing.js").Mark} Mark */

const CX = (WIDE + 1) / 2, CY = (HIGH + 1) / 2;

/** Points as pairs on a square of 100, laid over the page. @param {string} pairs "x,y x,y" */
const laid = (pairs) => pairs.split(" ").map((pair) => pair.split(",").map(Number)).map(([x, y]) => ({ x: (x * (WIDE + 1)) / 100, y: (y * (HIGH + 1)) / 100 }));

/** @param {readonly Point[][]} runs @param {number} width @returns {Mark[]} */
const mark = (runs, width) => [[0, width, 0, encode(runs.map((run) => run.map((p, i) => (i ? p : { ...p, lift: true }))).reduce((all, run) => all.concat(run), []), { shift: 2 })]];

const SQUIGGLES = [
  "22,62 27,40 38,33 46,45 40,60 34,50 44,36 60,34 72,46",
  "30,30 48,24 56,36 44,46 36,40 46,56 64,60 70,72",
  "20,50 30,38 40,62 50,38 60,62 70,40",
  "38,28 30,44 40,58 58,56 64,42 54,34 46,44 52,52",
  "26,68 34,52 30,36 44,30 50,46 66,50 74,34",
  "34,34 60,30 68,44 54,52 38,48 34,60 46,72 62,68",
  "24,44 40,40 46,26 54,40 70,44 58,54 62,70",
  "28,56 36,36 52,32 66,42 62,58 48,62 42,52 52,46",
].map(laid);

/** @param {number} n which one @returns {Mark[]} */
export const squiggle = (n) => mark([SQUIGGLES[n % SQUIGGLES.length]], 1);
export const MANY = SQUIGGLES.length;

/** A quarter of an oval round a corner of the page. @param {number} x @param {number} y @returns {Point[]} */
const quarter = (x, y) => Array.from({ length: 9 }, (_, i) => {
  const a = (i * Math.PI) / 16;
  return { x: x + (x ? -1 : 1) * CX * Math.cos(a), y: y + (y ? -1 : 1) * CY * Math.sin(a) };
});
/** An oval in the middle. @param {number} part of half the page @returns {Point[]} */
const oval = (part) => Array.from({ length: 25 }, (_, i) => ({ x: CX + CX * part * Math.cos((i * Math.PI) / 12), y: CY + CY * part * Math.sin((i * Math.PI) / 12) }));
const W = WIDE + 1, H = HIGH + 1;
/** @type {Point[][][]} */
const MOTIFS = [
  [quarter(0, 0), quarter(W, H)],
  [quarter(W, 0), quarter(0, H)],
  [oval(0.5), laid("50,0 50,12 50,25"), laid("50,75 50,88 50,100"), laid("0,50 12,50 25,50"), laid("75,50 88,50 100,50")],
  [laid("50,0 38,25 62,50 38,75 50,100"), laid("0,50 25,36 50,50 75,64 100,50")],
  [laid("50,0 72,26 100,50"), laid("100,50 72,74 50,100"), laid("50,100 28,74 0,50"), laid("0,50 28,26 50,0"), oval(0.3)],
  [quarter(0, 0), quarter(W, 0), quarter(0, H), quarter(W, H)],
];

/** @param {number} n @returns {Mark[]} */
export const motif = (n) => mark(MOTIFS[n % MOTIFS.length], 2);
export const TILES = MOTIFS.length;
