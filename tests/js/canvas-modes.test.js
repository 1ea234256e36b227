// The canvas' modes: what a page makes of a room, as data. Rows: tests/RULES.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { before, fitted, onward, rect } from "../../activities/canvas/doors.js";
import { bubbles, folded, freeSpot, inside, sight, ties } from "../../activities/canvas/map.js";
import { svg as mapSvg } from "../../activities/canvas/mapfile.js";
import { montage, within } from "../../activities/canvas/montage.js";
import { MANY, motif, squiggle, TILES } from "../../activities/canvas/motifs.js";
import { drawn, noted, partOf, rubbed } from "../../activities/canvas/sheets.js";
import { across, ground, hanging, inked, line, mural, yearOf } from "../../activities/canvas/shown.js";
import leaf from "../../activities/canvas/leaf.js";
import kind from "../../activities/canvas/view.js";
import { decode, encode, HIGH, WIDE } from "../../static/parts/stroke.js";

const rules = (/** @type {string} */ name) => readFileSync(new URL(`../../activities/canvas/${name}.py`, import.meta.url), "utf8");
const number = (/** @type {string} */ name, /** @type {string} */ what) => Number(new RegExp(`^${what}: Final = (\\d+)`, "m").exec(rules(name))[1]);
const t = (/** @type {string} */ key, /** @type {any} */ args = {}) => `${key}(${Object.keys(args).map((name) => `${name}=${args[name]}`).join(" ")})`;
const LINE = encode([{ x: 100, y: 100 }, { x: 5000, y: 4000 }, { x: 9000, y: 300 }]);
const piece = (/** @type {any} */ more = {}) => ({ marks: [[1, 1, 0, LINE]], ...more });

test("CM17 squiggles and tiles are as many as the rules deal, and can be read", () => {
  assert.equal(MANY, number("sheets", "SQUIGGLES"));
  assert.equal(TILES, number("gallery", "MOTIFS"));
  for (let i = 0; i < MANY; i++) assert.ok(decode(squiggle(i)[0][3]).length > 5);
  const looks = new Set(Array.from({ length: TILES }, (_, i) => motif(i)[0][3]));
  assert.equal(looks.size, TILES);
});

test("CM17 each tile's lines meet the middle of all four edges, so that any goes beside any", () => {
  const near = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) < 24;
  for (let i = 0; i < TILES; i++) {
    const points = decode(motif(i)[0][3]);
    for (const [x, y] of [[WIDE / 2, 0], [WIDE / 2, HIGH], [0, HIGH / 2], [WIDE, HIGH / 2]]) {
      assert.ok(points.some((p) => near(p.x, x) && near(p.y, y)), `tile ${i} at ${x} ${y}`);
    }
  }
});

test("CM17 doors lie where the rules have them", () => {
  const columns = JSON.parse(`[${/COLUMNS: Final = \(([^)]+)\)/.exec(rules("doors"))[1]}]`);
  for (let many = 2; many <= 12; many++) {
    const rows = Math.ceil(many / columns[many]);
    for (let door = 0; door < many; door++) {
      const [l, top, r, b] = rect(door, many);
      assert.equal(l, Math.floor((10000 * (door % columns[many])) / columns[many]));
      assert.equal(b, Math.floor((7500 * (Math.floor(door / columns[many]) + 1)) / rows));
      assert.ok(r > l && b > top);
    }
  }
});

test("CM17 a door fills the stage, what is laid into it stays in it, and a tour goes on to its end", () => {
  const part = rect(4, 6);
  const camera = before(part, { w: 320, h: 240 });
  const left = part[0] * camera.k + camera.x, right = part[2] * camera.k + camera.x;
  assert.ok(left >= 0 && right <= 320 && right - left > 60);
  for (const p of decode(fitted(encode([{ x: 0, y: 0 }, { x: WIDE, y: HIGH }]), part))) {
    assert.ok(p.x >= part[0] - 4 && p.x <= part[2] && p.y >= part[1] - 4 && p.y <= part[3], `${p.x} ${p.y}`);
  }
  assert.deepEqual([onward(0, 3, 1), onward(2, 3, 1), onward(0, 3, -1)], [1, -1, -1]);
});

test("CM17 parts of a creature are told by their place", () => {
  assert.equal(partOf(undefined), "");
  assert.deepEqual([0, 1, 2].map((at) => partOf({ at, of: 3 })), ["top", "middle", "bottom"]);
  assert.deepEqual([0, 1].map((at) => partOf({ at, of: 2 })), ["top", "bottom"]);
  assert.equal(partOf({ at: 0, of: 1 }), "whole");
});

test("CM17 a stroke shows at once, and an undo takes the last one", () => {
  const mark = [1, 1, 0, "AAA"];
  const props = { me: { id: "a" }, own: {} };
  assert.deepEqual(drawn(props, mark)({ own: {} }), [["own/a/marks", [mark]]]);
  assert.deepEqual(drawn(props, mark)({ own: { a: { marks: [mark, mark] } } }), [["own/a/marks/2", mark]]);
  assert.deepEqual(rubbed(props)({ own: { a: { marks: [mark] } } }), [["own/a/marks/0"]]);
  assert.deepEqual(rubbed(props)({ own: {} }), []);
  assert.deepEqual(noted({ text: " x ", year: 0, named: true }, { years: true, named: false }), { text: "x", year: 10, named: false });
  assert.deepEqual(noted({ text: "", year: 7, named: true }, { years: false, named: true }), { text: "", year: 0, named: true });
});

test("CM17 the wall holds what was drawn or written and was not taken down", () => {
  const room = { gallery: [piece(), piece({ off: true }), { marks: [], off: true }, { marks: [], text: "only words" }, { marks: [], parts: [[], [[2, 1, 0, LINE]]] }] };
  assert.deepEqual(hanging(room).map(({ i }) => i), [0, 3, 4]);
  assert.deepEqual(hanging(room, true).map(({ i }) => i), [0, 1, 3, 4]);
  assert.deepEqual(hanging({}), []);
  assert.equal(inked(room.gallery[4]).length, 1);
  assert.match(line({ ...room.gallery[4], i: 4 }, 3, t), /^creature\(n=3/);
  assert.match(line({ ...room.gallery[0], i: 0 }, 1, t), /^piece\(n=1/);
  assert.equal(yearOf(10, Date.UTC(2030, 5, 1)), 2040);
});

test("CM17 a mural has full rows, whatever their number", () => {
  for (let n = 1; n <= 85; n++) {
    const tiles = mural(Array.from({ length: n }, () => piece({ tile: 1 })));
    assert.equal(tiles.length % across(n), 0);
    assert.ok(tiles.length - n < across(n));
    assert.ok(tiles.every(({ tile }) => tile >= 0 && tile < TILES));
  }
  assert.equal(ground("tiles", {}, 2)[0][3], motif(2)[0][3]);
  assert.equal(ground("squiggle", { under: 3 })[0][3], squiggle(3)[0][3]);
  assert.deepEqual(ground("own", {}), []);
});

test("CM17 a wall becomes one picture without words, as small as it has to be", () => {
  const all = Array.from({ length: 9 }, () => piece({ text: "secret words", name: "Amina" }));
  for (const mode of ["own", "tiles", "squiggle"]) {
    const { svg, width, height } = montage(all, mode, { under: 1 });
    assert.doesNotMatch(svg, /secret|Amina|script|href/);
    assert.equal((svg.match(/viewBox="0 0 10000 7500"/g) || []).length % across(9), mode === "tiles" ? 0 : 9 % across(9));
    assert.ok(width > 0 && height > 0);
  }
  assert.match(montage([{ marks: [], parts: [[[1, 1, 0, LINE]], [], [[2, 1, 0, LINE]]] }], "parts", {}).svg, /viewBox="0 0 11000 23500"/);
  const long = encode(Array.from({ length: 900 }, (_, i) => ({ x: (i * 37) % 9999, y: (i * 91) % 7499 })));
  const heavy = [piece({ marks: [[1, 1, 0, long], [1, 2, 0, "broken"]] })];
  const whole = within(heavy, "own", {}, 1e9);
  const small = within(heavy, "own", {}, 9000);
  assert.ok(small.length && small.length <= 9000 && whole.length > 9000);
  assert.equal(within(heavy, "own", {}, 100), "");
});

test("CM17 the map: places, lines and names that fold", () => {
  const room = { bubbles: [{ on: true, x: 1, y: 1 }, { on: false }, { on: true, hidden: true }, { on: true, x: 2, y: 2 }],
    lines: [{ a: 0, b: 3, on: true, kind: 0 }, { a: 0, b: 2, on: true, kind: 0 }, { a: 0, b: 3, on: false, kind: 0 }] };
  const up = bubbles(room);
  assert.deepEqual(up.map(({ i }) => i), [0, 3]);
  assert.equal(bubbles(room, true).length, 3);
  assert.deepEqual(ties(room, up).map(({ i }) => i), [0]);
  assert.equal(ties(room, bubbles(room, true)).length, 2);
  assert.deepEqual(freeSpot([]), { x: 5000, y: 3750 });
  const spots = [];
  for (let i = 0; i < 12; i++) spots.push(freeSpot(spots));
  assert.equal(new Set(spots.map(({ x, y }) => `${x} ${y}`)).size, 12);
  assert.equal(inside(5000, "Choir", 300), 5000);
  assert.ok(inside(0, "Choir", 300) > 400 && inside(9999, "Choir", 300) < 9600);
  assert.deepEqual(folded("Choir"), ["Choir"]);
  assert.deepEqual(folded("Street kitchen by the river"), ["Street kitchen", "by the river"]);
  assert.deepEqual(folded("Donaudampfschifffahrt"), ["Donaudampfschifffahrt"]);
});

// Two people, two bubbles: on a phone the map is twice as wide as the page, and what both had put there lay out of sight. It looked empty.
test("CM18 on a phone the map shows what one has just put there, and is never empty to the eye while there is something", () => {
  const at = (/** @type {number} */ x, by = "b") => ({ by, name: "x", hue: 0, size: 1, x, y: 3000, on: true, i: 0 });
  const [seen, whole] = [288, 576];
  assert.equal(sight([], "a", 0, seen, whole), 0);
  assert.equal(sight([at(8900)], "a", 0, seen, whole), 288, "the only one lies to the right: as far as the map goes");
  assert.equal(sight([at(5000, "a")], "a", 0, seen, whole), 144, "mine, half cut by the edge: into the middle");
  assert.equal(sight([at(4200, "a")], "a", 0, seen, whole), 98, "mine, its name cut by the edge: into the middle");
  assert.equal(sight([at(1100), at(8900)], "a", 0, seen, whole), 0, "another's comes, and one is in sight: nothing moves under the finger");
  assert.equal(sight([at(1100), at(8900, "a")], "a", 0, seen, whole), 288);
  assert.equal(sight([at(8900), at(1100, "a")], "a", 288, seen, whole), 0);
  assert.equal(sight([at(8900)], "a", 0, 576, whole), 0, "where there is room for all of it, it stays");
});

test("CM17 the map that is kept has numbers for names", () => {
  const one = { name: "Secret", hue: 2, size: 1, x: 100, y: 200, i: 5 };
  const text = mapSvg([one, { ...one, name: "Other", i: 7 }], [{ from: one, to: one, kind: 2 }]);
  assert.doesNotMatch(text, /Secret|Other/);
  assert.match(text, />1<.*>2</);
});

test("CM17 each mode asks its own question, tells what happens, and has a leaf", () => {
  const props = (/** @type {string} */ mode, /** @type {any} */ room, /** @type {any} */ more = {}) => ({ t, options: { mode, text: "", ...more }, card: null, room, me: { id: "a" }, people: {} });
  assert.equal(kind.head(props("blind", { phase: "collect" })), "ask.blind()");
  assert.equal(kind.head(props("blind", { phase: "collect" }, { text: "Own words" })), "Own words");
  assert.equal(kind.head(props("blind", { phase: "shown" })), null);
  assert.equal(kind.head({ ...props("shared", { marks: [] }), options: {} }), "kind.canvas()");
  const was = { phase: "collect", count: 1, gallery: [] };
  assert.equal(kind.say(props("own", { ...was, count: 2 }), { room: was }), "sheets(count=2)");
  assert.equal(kind.say(props("own", { phase: "shown", count: 1, gallery: [piece()] }), { room: was }), "say.wall(pieces=pieces(count=1))");
  assert.equal(kind.say(props("map", { bubbles: [{ name: "Choir" }] }), { room: { bubbles: [] } }), "say.map(name=Choir)");
  const doors = { marks: [], hidden: {}, clear: 0, lock: false, doors: 4, place: {}, tour: -1 };
  assert.equal(kind.say(props("doors", { ...doors, tour: 2 }), { room: doors }), "tour.at(n=3)");
  assert.equal(kind.say(props("own", was), null), "");
  const names = { a: "Amina" };
  const wall = { gallery: [piece({ text: "x", name: "Amina", by: "a" }), piece({ text: "y", name: "Bo", by: "b", year: 3 })] };
  const made = leaf({ ...props("own", wall), names, most: 1e6 });
  assert.deepEqual(made.lines.map(({ text, by }) => [text, by]), [["x", "Amina"], ["y", ""]]);
  assert.match(made.svg, /^<svg/);
  assert.deepEqual(leaf({ ...props("own", { gallery: [] }), names }), { svg: "", lines: [] });
  assert.equal(leaf({ ...props("map", { bubbles: [], lines: [] }), names }).svg, "");
});
