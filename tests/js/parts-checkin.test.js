// SKY-1..6: the shared picture of a check-in, from the list alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import checkin from "../../activities/checkin/view.js";
import { counts, gist, guessWidth, layout, wrap } from "../../activities/checkin/sky.js";

const ICONS = ["sun", "fair", "cloud", "fog", "rain", "storm"];
const WORDS = ["hopeful", "على مهل", "", "with coffee", "x".repeat(60), "between two trains and one long night of work without sleep", "ok"];
const list = (n, names = false) => Array.from({ length: n }, (_, i) => ({
  icon: ICONS[i % 6], word: WORDS[i % WORDS.length], ...(names && i % 2 ? { name: "Mésange bleue ".repeat(3) } : {}),
}));
const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;

for (const [n, width, names] of [[1, 320, false], [2, 320, true], [30, 320, false], [30, 320, true], [85, 320, false], [85, 760, true]]) {
  test(`SKY-1: ${n} answers on ${width} px${names ? " with names" : ""}: no word covers another and none leaves the sky`, () => {
    const { height, items } = layout(list(n, names), width, 330);
    assert.equal(items.length, n);
    const strips = items.map(({ strip }) => strip).filter(Boolean);
    for (const s of strips) assert.ok(s.x >= 0 && s.x + s.w <= width && s.y >= 0 && s.y + s.h <= height, JSON.stringify(s));
    strips.forEach((a, i) => strips.slice(i + 1).forEach((b) => {
      assert.ok(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y, JSON.stringify([a, b]));
    }));
    for (const { lines, strip } of items) for (const line of lines) assert.ok(guessWidth(line) <= strip.w);
  });
}

test("SKY-2: the same list makes the same sky, and one person has a big one", () => {
  assert.deepEqual(layout(list(30), 320, 330), layout(list(30), 320, 330));
  assert.ok(layout(list(1), 320, 330).items[0].size > 2 * layout(list(30), 320, 330).items[3].size);
  assert.deepEqual(layout([], 320, 330), { width: 320, height: 330, items: [] });
});

test("SKY-3: words break between words where they can and inside where they must; no letter is lost", () => {
  assert.deepEqual(wrap("one two", 100, guessWidth), ["one two"]);
  assert.deepEqual(wrap("one two", 30, guessWidth), ["one", "two"]);
  assert.equal(wrap("y".repeat(60), 100, guessWidth).join(""), "y".repeat(60));
  assert.equal(wrap("a bc def", 8, guessWidth).join(""), "abcdef");
  assert.deepEqual(wrap("  ", 100, guessWidth), []);
});

test("SKY-4: the headline says what most of it is and what stands alone, and never ranks a mixed sky", () => {
  const of = (...icons) => gist(icons.map((icon) => ({ icon, word: "" })));
  assert.deepEqual(of(), { main: "none", rest: "" });
  assert.deepEqual(of("rain"), { main: "one", rest: "" });
  assert.deepEqual(of("sun", "fair", "sun", "storm"), { main: "light", rest: "storm" });
  assert.deepEqual(of("sun", "fair", "storm", "storm"), { main: "mixed", rest: "" }, "half is not most");
  assert.deepEqual(of("sun", "fair", "sun", "storm", "fog"), { main: "light", rest: "" }, "two that stand alone: none is named");
  assert.deepEqual(of("calm", "calm", "heavy"), { main: "calm", rest: "heavy" });
  assert.deepEqual(counts([{ icon: "rain", word: "" }, { icon: "sun", word: "" }, { icon: "rain", word: "" }], ICONS), [["sun", 1], ["rain", 2]]);
});

const props = (room, more = {}) => ({ room, own: {}, me: { id: "a" }, options: { icons: "weather", named: false, text: "" }, card: null, t, ...more });

test("SKY-5: the masthead asks while answers come, and makes way for the picture", () => {
  assert.equal(checkin.head(props({ phase: "collect", count: 0 })), "ask.weather");
  assert.equal(checkin.head(props({ phase: "collect", count: 0 }, { card: { prompt: "How?" } })), "How?");
  assert.equal(checkin.head(props({ phase: "collect" }, { options: { icons: "mood", text: "Mine" }, card: { prompt: "How?" } })), "Mine");
  assert.equal(checkin.head(props({ phase: "shown", answers: [] })), null);
});

test("SKY-6: the live region hears of more answers and of the showing, not of people who take theirs back", () => {
  const collect = (count) => props({ phase: "collect", count });
  assert.equal(checkin.say(collect(2), collect(1)), 'come{"count":2}');
  assert.equal(checkin.say(collect(1), collect(2)), "");
  assert.equal(checkin.say(collect(1), null), "");
  const shown = props({ phase: "shown", answers: [{ icon: "sun", word: "" }, { icon: "sun", word: "", off: true }, { icon: "", word: "", off: true }] });
  assert.equal(checkin.say(shown, collect(2)), 'plain{"main":"mostly.one"}');
  assert.equal(checkin.say(shown, shown), "");
});
