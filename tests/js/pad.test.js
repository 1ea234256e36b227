// The small paper: what a hand does becomes marks that the server reads. Rows: tests/RULES.md.
import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { layers, path, pathOf } from "../../static/parts/drawn.js";
import { told } from "../../static/parts/drawing.js";
import { marksOf, ninth, PENS, spotOf, stepped } from "../../static/parts/sketch.js";
import { decode, encode, ERASER, HIGH, POINTS, WIDE } from "../../static/parts/stroke.js";

const read = (/** @type {string} */ name) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

test("PAD1 a finger's place is a place of the page, and stays on it", () => {
  const box = { left: 20, top: 40, width: 288, height: 216 };
  assert.deepEqual(spotOf({ clientX: 20, clientY: 40 }, box), { x: 0, y: 0 });
  assert.deepEqual(spotOf({ clientX: 164, clientY: 148 }, box), { x: 5000, y: 3750 });
  assert.deepEqual(spotOf({ clientX: 999, clientY: -5 }, box), { x: WIDE, y: 0 });
  assert.equal(ninth({ x: 0, y: 0 }), 0);
  assert.equal(ninth({ x: 5000, y: 3750 }), 4);
  assert.equal(ninth({ x: WIDE, y: HIGH }), 8);
});

test("PAD1 arrow keys lead over the page and stop at its edge", () => {
  assert.deepEqual(stepped({ x: 5000, y: 3750 }, "ArrowLeft", false), { x: 4750, y: 3750 });
  assert.deepEqual(stepped({ x: 5000, y: 3750 }, "ArrowDown", true), { x: 5000, y: 3800 });
  assert.deepEqual(stepped({ x: 0, y: 0 }, "ArrowUp", false), { x: 0, y: 0 });
  assert.equal(stepped({ x: 0, y: 0 }, "a", false), null);
  assert.equal(stepped({ x: 0, y: 0 }, "constructor", false), null);
});

test("PAD2 a long scribble becomes few short marks", () => {
  const points = Array.from({ length: 1500 }, (_, i) => ({ x: Math.round(5000 + 4000 * Math.cos(i / 7)), y: Math.round(3700 + 3000 * Math.sin(i / 5)) }));
  const marks = marksOf(points, 3, 1, 288);
  assert.ok(marks.length >= 1 && marks.length <= 3);
  for (const [ink, width, shape, text] of marks) {
    assert.deepEqual([ink, width, shape], [3, 1, 0]);
    assert.ok(text.length <= POINTS);
    assert.ok(decode(text).length > 1);
  }
  assert.deepEqual(marksOf([], 1, 1, 288), []);
  assert.equal(marksOf([{ x: 1, y: 1 }], 1, 1, 288).length, 1);
});

test("PAD3 marks of one ink and width that follow one another are one path", () => {
  const line = encode([{ x: 0, y: 0 }, { x: 900, y: 0 }, { x: 900, y: 900 }]);
  const all = layers([[1, 1, 0, line], [1, 1, 1, line], [ERASER, 1, 0, line], [1, 1, 0, line]]);
  assert.deepEqual(all.map(({ ink }) => ink), [1, ERASER, 1]);
  assert.match(all[0].d, /^M0 0C[^M]+M0 0L/);
  assert.equal(path([{ x: 5, y: 6 }], true), "M5 6h1");
  assert.equal(path([{ x: 5, y: 6 }, { x: 7, y: 8, lift: true }], true), "M5 6h1M7 8h1");
});

test("PAD3 what cannot be read is left out, and breaks nothing", () => {
  for (const bad of ["", "A", "zz", "<script>", "AAA."]) assert.equal(pathOf([1, 1, 0, bad]), "");
  assert.deepEqual(layers([[1, 1, 0, "zz"], [99, 1, 0, "AAA"], [1, 9, 0, "AAA"]]), []);
  for (const good of JSON.parse(read("tests/vectors/stroke.json")).good) assert.match(pathOf([1, 1, 0, good.text]), /^M[\d CLMh-]+$/, good.name);
});

test("PAD4 a drawing is told in a line, the eraser apart", () => {
  const t = (/** @type {string} */ key, /** @type {any} */ args) => (args ? `${args.count}: ${args.inks}` : key === "list.sep" ? ", " : key);
  assert.equal(told([[1, 1, 0, ""], [3, 1, 0, ""], [1, 1, 0, ""], [ERASER, 1, 0, ""]], t), "3: pad.ink.1, pad.ink.3");
  assert.equal(told([], t), "pad.empty");
});

test("PAD5 the pad brings no kind with it, and its loader is small", () => {
  for (const name of ["pad", "drawing", "late", "sketch", "drawn", "stroke"]) assert.ok(!read(`static/parts/${name}.js`).includes("activities/"), name);
  assert.doesNotMatch(read("static/parts/pad.js") + read("static/parts/drawing.js"), /from "\.\/(sketch|drawn|stroke)\.js"/);
  assert.equal(PENS.length, 3);
});
