// CK20-27: dots on a picture, a line and a dial, and what is called, from the data alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import checkin from "../../activities/checkin/view.js";
import { asked, called, ends, pile, seen, spread } from "../../activities/checkin/crowd.js";
import { finds, words } from "../../activities/checkin/count.js";
import { spoken as levels } from "../../activities/checkin/dial.js";
import { list, sentence, sized } from "../../activities/checkin/dots.js";
import { standing, stillSay } from "../../activities/checkin/gist.js";
import { knows } from "../../activities/checkin/later.js";
import { both, spoken } from "../../activities/checkin/line.js";
import { REGIONS, SIDES, fifths, middle, region, side, told } from "../../activities/checkin/region.js";
import { SHAPES } from "../../activities/checkin/shapes.js";

const VECTORS = JSON.parse(readFileSync(new URL("../vectors/regions.json", import.meta.url), "utf8"));
const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const props = (room, more = {}) => ({ room, own: {}, me: { id: "a" }, people: {}, options: { form: "dots", shape: "sea", named: false, text: "" }, card: null, lang: "en", t, ...more });
/** As good as chance, and the same each time. */
const some = (n, seed = 1) => Array.from({ length: n }, (_, i) => ({ x: (i * 37 + seed * 11) % 101, y: (i * 53 + seed * 29) % 101 }));

test("CK20: a dot lies where both sides say, and each region can be chosen in words", () => {
  for (const [shape, x, y, where] of VECTORS.regions) assert.equal(region(shape, x, y), where, `${shape} ${x} ${y}`);
  for (const [x, where] of VECTORS.sides) assert.equal(side(x), where);
  for (const shape of Object.keys(REGIONS)) for (const [name] of REGIONS[shape]) {
    const { x, y } = middle(shape, name);
    assert.equal(region(shape, x, y), name, `${shape}.${name}`);
  }
  assert.deepEqual(Object.keys(SHAPES), Object.keys(REGIONS));
});

test("CK21: where the dots are is told in words, from the top down, and sums to all of them", () => {
  const dots = some(100);
  for (const shape of Object.keys(REGIONS)) {
    const sums = told(shape, dots);
    assert.equal(sums.reduce((sum, [, n]) => sum + n, 0), 100);
    assert.ok(sums.every(([, n]) => n > 0));
  }
  assert.deepEqual(told("sea", [{ x: 50, y: 95 }, { x: 50, y: 10 }]), [["sky", 1], ["shore", 1]]);
  assert.equal(list(props({}), [{ x: 50, y: 10 }]), 'item{"word":"r.sea.sky","n":1}');
  // As a sentence of its own it begins as one: it once stood after "Here we are." with a small letter.
  assert.equal(sentence(props({}), [{ x: 50, y: 10 }]), 'Item{"word":"r.sea.sky","n":1}');
  assert.equal(sentence(props({}), []), "");
  assert.equal(fifths(some(85)).reduce((a, b) => a + b), 85);
});

test("CK22: 85 dots on one spot of the line are 85 dots that can be counted, at 320 px", () => {
  for (const at of [0, 37, 50, 100]) for (const lift of [-1, 40]) {
    const places = pile(Array.from({ length: 85 }, () => ({ x: at })), 21, 12, lift);
    assert.equal(new Set(places.map(({ column, row }) => `${column} ${row}`)).size, 85, "two in one place");
    assert.ok(places.every(({ column, row }) => column >= 0 && column < 21 && row >= 0 && row < 12));
    const home = Math.round(at / 5);
    assert.ok(Math.max(...places.map(({ column }) => Math.abs(column - home))) <= 8, "a pile, not a carpet");
    if (lift >= 0) assert.deepEqual(places[lift], { column: home, row: 0 }, "mine is where I put it");
  }
});

test("CK22: who has a column for oneself stands in it, and no pile leaves the line", () => {
  const dots = [0, 5, 50, 100].map((x) => ({ x }));
  assert.deepEqual(pile(dots).map(({ column }) => column), [0, 1, 10, 20]);
  assert.deepEqual(pile([]), []);
  for (const n of [1, 30, 85, 252, 300]) {
    const places = pile(some(n));
    assert.equal(new Set(places.map(({ column, row }) => `${column} ${row}`)).size, n);
    assert.ok(places.every(({ column }) => column >= 0 && column < 21));
  }
  // No gaps: what stands in a row stands on something.
  const full = new Set(pile(some(85)).map(({ column, row }) => `${column} ${row}`));
  for (const place of full) {
    const [column, row] = place.split(" ").map(Number);
    if (row) assert.ok(full.has(`${column} ${row - 1}`));
  }
});

test("CK23: a hundred dots on a picture can all be seen, mine stays where it is", () => {
  for (const dots of [some(100), Array.from({ length: 100 }, (_, i) => ({ x: 40 + i % 20, y: 40 + i % 13 }))]) {
    const { apart } = sized(100);
    const places = spread(dots, apart, 7);
    assert.deepEqual(places[7], dots[7]);
    assert.ok(places.every(({ x, y }, i) => i === 7 || (x >= 2 && x <= 98 && y >= 2 && y <= 98)));
    let covered = 0;
    places.forEach((a, i) => places.slice(i + 1).forEach((b) => { if (Math.hypot(a.x - b.x, a.y - b.y) < 1.6) covered += 1; }));
    assert.ok(covered <= 4, `${covered} cover one another`);
    assert.deepEqual(spread(dots, apart, 7), places, "the same each time");
  }
  const far = [{ x: 10, y: 10 }, { x: 90, y: 90 }];
  assert.deepEqual(spread(far, 6), far, "who has room is not moved");
  const [a, b] = spread([{ x: 50, y: 50 }, { x: 50, y: 50 }], 6);
  assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 4);
});

test("CK24: a question may bring its two ends", () => {
  assert.deepEqual(ends("tired | awake"), { head: "", ends: ["tired", "awake"] });
  assert.deepEqual(ends("How are you? | tired | awake"), { head: "How are you?", ends: ["tired", "awake"] });
  assert.deepEqual(ends("How are you?"), { head: "How are you?", ends: [] });
  assert.deepEqual(ends(""), { head: "", ends: [] });
  assert.deepEqual(both(props({}, { options: { form: "line", text: "a|b" } })), ["a", "b"]);
  assert.deepEqual(both(props({})), ["line.first", "line.second"]);
  assert.deepEqual(both(props({}, { card: { prompt: "c | d" } })), ["c", "d"]);
  assert.equal(asked(props({}, { options: { text: "Mine" }, card: { prompt: "Card" } })), "Mine");
});

test("CK25: dots stand where they move; mine by me alone, and nobody where two say so", () => {
  const dots = [{ x: 10 }, { x: 20 }, { x: -1, y: -1, off: true }, { x: 40, off: true }];
  const lives = { a: { dot: { i: 0, x: 99, y: 0 } }, b: { dot: { i: 0, x: 55, y: 0 } }, c: { dot: { i: 1, x: 66, y: 0 } }, d: { dot: { i: -1, x: 77, y: 5 } }, e: {}, f: { dot: { i: 2, x: 1, y: 1 } }, g: { dot: { i: 3, x: 1, y: 1 } } };
  const all = seen(dots, lives, "a", 0);
  assert.equal(all[0].x, 10, "mine is moved by nobody else");
  assert.equal(all[1].x, 66);
  assert.deepEqual(all.slice(2, 4), dots.slice(2), "what is gone or hidden does not come back");
  assert.deepEqual(all.slice(4), [{ x: 77, y: 5 }], "who has not rested yet is seen, too");
  assert.equal(seen(dots, { b: { dot: { i: 1, x: 1, y: 0 } }, c: { dot: { i: 1, x: 2, y: 0 } } }, "a", -1)[1].x, 20);
  assert.deepEqual(seen(dots, { b: { dot: { i: 9, x: 1, y: 0 } } }, "a", -1), dots);
});

test("CK26: a line and a dial are told in words", () => {
  assert.equal(spoken(props({}, { options: { text: "a | b" } }), [{ x: 0 }, { x: 50 }, { x: 100 }, { x: 99 }]), 'line.spread{"one":"a","two":"b","a":1,"b":0,"c":1,"d":0,"e":2}');
  assert.equal(levels(props({ sums: [0, 2, 0, 1] })), 'dial.alt{"list":"dial.step{\\"many\\":2,\\"n\\":1}list.sepdial.step{\\"many\\":1,\\"n\\":3}"}');
  assert.equal(levels(props({ sums: [0, 0] })), "empty");
  assert.equal(SIDES.length, 5);
});

test("CK26: what changes on a line is said once: standing still, who speaks, more dots; nobody who goes", () => {
  const at = (phase, why, dots, people = { b: { name: "Bo" } }) => props({ phase, why, dots }, { people });
  const one = [{ x: 1 }], two = [{ x: 1 }, { x: 2 }, { x: 3, off: true }];
  assert.equal(stillSay(at("still", [], one), at("move", [], one), t), "still.lead");
  assert.equal(stillSay(at("move", [], one), at("still", ["b"], one), t), "still.again");
  assert.equal(stillSay(at("still", ["b"], one), at("still", [], one), t), 'why.next{"name":"Bo"}');
  assert.equal(stillSay(at("still", ["b", "c"], one), at("still", ["b"], one), t), "");
  assert.equal(stillSay(at("move", [], two), at("move", [], one), t), 'dots.n{"count":2}');
  assert.equal(stillSay(at("move", [], one), at("move", [], two), t), "");
  assert.equal(standing({ room: { dots: two } }).length, 2);
});

test("CK27: what is called is the host's words, else the card's, else one of ours, round by round", () => {
  const room = (round, text = "") => ({ phase: "count", count: 1, round, text, by: "", called: [] });
  assert.deepEqual(called(props(room(0))), { text: "", ours: 0 });
  assert.deepEqual(called(props(room(9))), { text: "", ours: 1 });
  assert.deepEqual(called(props(room(0), { options: { text: "Blue" } })), { text: "Blue", ours: -1 });
  assert.deepEqual(called(props(room(1), { options: { text: "Blue" } })), { text: "", ours: 1 });
  const card = { prompt: "two", deck: ["one", "two", "three"] };
  assert.deepEqual([0, 1, 2].map((n) => called(props(room(n), { options: { text: "", prompt: 1 }, card })).text), ["two", "three", "one"]);
  assert.equal(called(props(room(2, "Rings"), { card })).text, "Rings");
  assert.equal(words(props(room(3)), t), "call.3");
  assert.deepEqual(finds(props({ ...room(1, "Rings"), called: [{ text: "", by: "", round: 0, count: 4 }] })), [{ text: "call.0", count: 4 }, { text: "Rings", count: 1 }]);
});

test("CK27: pictures are what they were; another form waits for its part and asks for nothing before", () => {
  const icons = props({ phase: "collect", count: 0 }, { options: { form: "icons", icons: "weather", text: "" } });
  assert.equal(checkin.head(icons), "ask.weather");
  assert.equal(checkin.head({ ...icons, options: { icons: "weather", text: "" } }), "ask.weather");
  assert.equal(checkin.head(props({ phase: "move", dots: [] }, { options: { form: "line", text: "Q | a | b" } })).trim(), "Q");
  assert.equal(checkin.say(props({ phase: "move", dots: [] }, { options: { form: "line" } }), null), "");
  assert.equal(knows(t, "en"), null, "words that are not here yet are not said");
});
