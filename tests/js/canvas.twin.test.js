import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Book } from "../../activities/canvas/book.js";
import { DAY, SHEET, svg } from "../../activities/canvas/export.js";
import { drew } from "../../activities/canvas/more.js";
import { line, middle, NINTHS, spot, stamp, STAMPS } from "../../activities/canvas/stamps.js";
import { decode, encode, HIGH, SHAPES, WIDE } from "../../static/parts/stroke.js";
import { INKS, kindOf, list, ninthOf, placeOf, say, sentence } from "../../activities/canvas/twin.js";
import { createWords } from "../../static/words.js";

const en = JSON.parse(readFileSync(new URL("../../activities/canvas/lang/en.json", import.meta.url), "utf8"));
const words = createWords("en", [["en", en]]);
const t = (key, args) => words.t(key, args);
const people = { a: { name: "Amina" }, n: { name: "Noé" } };
const plain = (text) => text.replace(/[\u2066-\u2069]/g, "");

/** The twin's lines of these marks. */
function told(marks, { hidden = {}, clear = 0, most } = {}) {
  const book = new Book();
  book.sync({ marks, hidden, clear });
  const { items, ...rest } = list(book.entries, most);
  return { lines: items.map((item) => plain(sentence(item, people, t))), ...rest };
}
const mark = (who, group, ink, shape, points) => [who, group, ink, 1, SHAPES.indexOf(shape), points];
const free = (who, group, ink, ...points) => mark(who, group, ink, "free", encode(points.map(([x, y]) => ({ x, y }))));

test("CAN24 a stamp is told by person, colour, shape and ninth", () => {
  assert.deepEqual(told([mark("a", 1, 1, "house", stamp("house", middle("w")))]).lines, ["Amina: orange house, middle left"]);
});

test("CAN24 every stamp lies whole in the ninth it was put in, and is told there", () => {
  for (const shape of STAMPS) {
    for (const ninth of NINTHS) {
      for (let n = 0; n < 5; n++) {
        const text = stamp(shape, spot(ninth, n));
        for (const p of decode(text)) assert.ok(p.x >= 0 && p.x <= WIDE && p.y >= 0 && p.y <= HIGH);
        const { lines } = told([mark("a", 1, 4, shape, text)]);
        assert.deepEqual(lines, [`Amina: green ${t(`shape.${shape}`)}, ${t(`place.${ninth}`)}`]);
      }
    }
  }
});

test("CAN24 a stamp near the edge moves inwards", () => {
  for (const at of [{ x: 0, y: 0 }, { x: WIDE, y: HIGH }]) for (const p of decode(stamp("sun", at))) assert.ok(p.x > 0 && p.x < WIDE && p.y > 0 && p.y < HIGH);
});

test("CAN25 a line is told from ninth to ninth, a line within one by its place", () => {
  for (const from of NINTHS) {
    for (const to of NINTHS) {
      const { lines } = told([mark("n", 1, 6, "line", line(from, to))]);
      assert.deepEqual(lines, [from === to ? `Noé: aqua line, ${t(`place.${from}`)}`
        : `Noé: aqua line, from ${t(`place.${from}`)} to ${t(`place.${to}`)}`]);
    }
  }
});

test("CAN26 a house made of lines is read back, newest last", () => {
  const wall = (group, from, to) => mark("a", group, 1, "line", line(from, to));
  const { lines, marks } = told([wall(1, "w", "sw"), wall(2, "sw", "se"), wall(3, "se", "e"), wall(4, "w", "n"), wall(5, "n", "e"), mark("a", 6, 2, "sun", stamp("sun", middle("ne")))]);
  assert.equal(marks, 6);
  assert.deepEqual(lines, [
    "Amina: orange line, from middle left to bottom left",
    "Amina: orange line, from bottom left to bottom right",
    "Amina: orange line, from bottom right to middle right",
    "Amina: orange line, from middle left to top middle",
    "Amina: orange line, from top middle to middle right",
    "Amina: yellow sun, top right",
  ]);
});

test("CAN27 free strokes are told by their kind", () => {
  const around = Array.from({ length: 25 }, (_, i) => ({ x: 5000 + 1000 * Math.cos(i / 4), y: 4000 + 1000 * Math.sin(i / 4) }));
  const zig = Array.from({ length: 20 }, (_, i) => ({ x: 3000 + i * 100, y: 3000 + (i % 2) * 800 }));
  const arch = Array.from({ length: 13 }, (_, i) => ({ x: 5000 - 1500 * Math.cos((i * Math.PI) / 12), y: 4000 - 1500 * Math.sin((i * Math.PI) / 12) }));
  assert.equal(kindOf([{ x: 5, y: 5 }]), "dot");
  assert.equal(kindOf([{ x: 0, y: 0 }, { x: 2000, y: 100 }]), "stroke");
  assert.equal(kindOf(around), "loop");
  assert.equal(kindOf(arch), "curve");
  assert.equal(kindOf(zig), "scribble");
  assert.deepEqual(told([free("n", 1, 0, [100, 100])]).lines, ["Noé: coral dot, top left"]);
});

test("CAN27 slopes drawn with arrow keys are told as slopes, not as scribble", () => {
  const walk = (step, ...ways) => ways.reduce((all, [dx, dy, times = 1]) => {
    for (let i = 0; i < times; i++) {
      const last = all[all.length - 1];
      all.push({ x: last.x + dx * step, y: last.y + dy * step, p: 8 });
    }
    return all;
  }, [{ x: 3000, y: 4000, p: 8 }]);
  const up = [[0, -1], [1, 0]], down = [[0, 1], [1, 0]];
  const times = (n, ways) => Array.from({ length: n }, () => ways).flat();
  for (const [step, n] of [[250, 6], [250, 3], [50, 20]]) {
    assert.equal(kindOf(walk(step, ...times(n, up), ...times(n, down))), "curve", `roof, ${n} steps of ${step}`);
    assert.equal(kindOf(walk(step, ...times(n, up))), "stroke", `slope, ${n} steps of ${step}`);
    assert.equal(kindOf(walk(step, ...times(n, up), ...times(n, down), [-1, 0, 2 * n])), "loop", `gable, ${n} steps of ${step}`);
  }
  assert.equal(kindOf(walk(250, [1, 0, 4], [0, 1, 4], [-1, 0, 4], [0, -1, 4])), "loop");
  assert.equal(kindOf(walk(250, ...Array.from({ length: 9 }, (_, i) => [[0, i % 2 ? -1 : 1, 6], [1, 0]]).flat())), "scribble");
});

test("CAN27 long marks are told by row, column or the whole page", () => {
  assert.equal(placeOf([0, 7000, 9999, 7300]), "row2");
  assert.equal(placeOf([4800, 0, 5200, 7499]), "col1");
  assert.equal(placeOf([0, 0, 9999, 7499]), "all");
  assert.deepEqual(NINTHS.map((ninth) => ninthOf(middle(ninth))), NINTHS);
  assert.equal(ninthOf({ x: WIDE, y: HIGH }), "se");
});

test("CAN28 what belongs together is one line: parts of a stroke, and the same again", () => {
  const a = [[3800, 3000], [4300, 3000]], b = [[4300, 3000], [4700, 3020]];
  const { lines, marks, told: n } = told([free("a", 1, 0, ...a), free("a", 1, 0, ...b), free("a", 2, 0, ...a), free("a", 3, 0, ...a), free("n", 3, 0, ...a)]);
  assert.deepEqual(lines, ["Amina: coral straight stroke, middle, 3 times", "Noé: coral straight stroke, middle"]);
  assert.deepEqual([marks, n], [5, 5]);
});

test("CAN28 undone, hidden, cleared and unreadable marks are not told, the eraser is", () => {
  const dot = free("n", 1, 0, [100, 100]);
  const all = [dot, [...dot, true], free("a", 2, 3, [100, 100]), ["n", 5, 1, 1, 0, "!!"], mark("n", 4, 12, "free", "AAA")];
  assert.deepEqual(told(all, { hidden: { a: true }, clear: 1 }).lines, ["Noé: eraser, top left"]);
  assert.deepEqual(told([["gone", 1, 0, 1, 0, "AAA"]]).lines, [`${en.someone}: coral dot, top left`]);
});

test("CAN28 the list is bounded, and reads no more marks than it tells", () => {
  const marks = Array.from({ length: 5000 }, (_, i) => free("a", i, i % 12, [100, 100]));
  const book = new Book();
  book.sync({ marks, hidden: {}, clear: 0 });
  const { items, marks: all, told: n } = list(book.entries, 40);
  assert.deepEqual([items.length, all, n], [40, 5000, 40]);
  assert.equal(items[39].group, 4999);
  assert.ok(book.entries.filter((entry) => entry.its !== undefined).length <= 41);
});

test("CAN29 what happened is one sentence, a sum of what the others drew", () => {
  const room = { marks: [], hidden: {}, clear: 0, lock: false };
  const of = (more) => ({ room: { ...room, ...more }, me: { id: "a" }, t });
  const marks = [free("n", 1, 0, [1, 1]), free("n", 1, 0, [1, 1]), free("a", 1, 0, [1, 1]), free("n", 2, 0, [1, 1])];
  assert.equal(say(of({ marks }), of({})), "2 new marks on the page.");
  assert.equal(say(of({ marks: marks.slice(0, 1) }), of({})), "One new mark on the page.");
  assert.equal(say(of({ marks: marks.slice(2, 3) }), of({})), "");
  assert.equal(say(of({ marks }), null), "");
  assert.equal(say(of({ marks, hidden: { n: true } }), of({})), "");
  assert.equal(say(of({ marks, clear: 4 }), of({ marks })), en["say.clear"]);
  assert.equal(say(of({ marks }), of({ marks, clear: 4 })), en["say.unclear"]);
  assert.equal(say(of({ lock: true }), of({})), en["say.locked"]);
  assert.equal(say(of({ hidden: { a: true } }), of({})), en["say.away"]);
  assert.equal(say(of({}), of({ hidden: { a: true } })), en["say.shown"]);
});

test("CAN30 the SVG holds paths of numbers and inks of the list, and nothing that people wrote", () => {
  const book = new Book();
  const marks = [...STAMPS.map((shape, i) => mark("<script>", i, i % 12, shape, stamp(shape, middle("c")))), free("a", 20, 12, [1, 1], [500, 900]), free("a", 21, 3, [1, 1])];
  book.sync({ marks, hidden: {}, clear: 0 });
  const text = svg(book.entries);
  const [head, ...body] = text.replace(/<\/svg>\s*$/, "").split(/(?=<path)/);
  assert.match(head, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 10000 7500" width="1600" height="1200">$/);
  assert.equal(body.length, marks.length + 1);
  for (const path of body) {
    const [, ink] = path.trim().match(/^<path d="[MLQHVZ0-9 -]+" fill="(#[0-9a-f]{6})"\/>$/);
    assert.ok([...DAY, SHEET].includes(ink));
  }
  assert.equal(DAY.length, INKS.length);
});

test("CAN10 hosts see who drew, with those who have left and those put away", () => {
  const room = { clear: 1, hidden: { z: true }, marks: [free("a", 0, 0, [1, 1]), free("a", 1, 0, [1, 1]), [...free("a", 2, 0, [1, 1]), true], free("left", 1, 0, [1, 1]), ["", 0, 0, 0, 0, "", true]] };
  assert.deepEqual(drew(room, people).map(({ who, marks, hidden }) => [who, marks, hidden]), [["a", 1, false], ["left", 1, false], ["z", 0, true]]);
});

test("CAN24 twelve inks and twelve stamps have words", () => {
  for (const ink of INKS) assert.ok(en[`i.${ink}`]);
  for (const shape of SHAPES.slice(1)) assert.ok(en[`shape.${shape}`]);
  assert.deepEqual([INKS.length, STAMPS.length], [12, 12]);
});
