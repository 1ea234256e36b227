// WD20..24: which texts are one word, how large it is, and when a line comes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { alike, grouped } from "../../static/parts/alike.js";
import { cloud, come, often, placed, standing, step, untilLine } from "../../activities/words/told.js";
import { arrived, filled } from "../../activities/words/write.js";
import words from "../../activities/words/view.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/words.json", import.meta.url), "utf8"));
const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;

for (const { name, texts, groups } of vectors) {
  test(`WD20: ${name}, as on the server`, () => {
    assert.deepEqual(grouped(texts).map(({ text, n }) => [text, n]), groups);
    assert.deepEqual(grouped([...texts].reverse()).map(({ text, n }) => [text, n]), groups);
    for (const { text, at } of grouped(texts)) for (const i of at) assert.equal(alike(texts[i]), alike(text));
  });
}

test("WD21: what was taken back or is off the page does not stand; places stay", () => {
  const room = { words: [{ text: "a" }, { text: "", off: true }, { text: "b", off: true }, { text: "c", by: "x" }] };
  assert.deepEqual(placed(room).map(({ i }) => i), [0, 2, 3]);
  assert.deepEqual(standing(room).map(({ i, text }) => [i, text]), [[0, "a"], [3, "c"]]);
  assert.deepEqual(standing({}), []);
});

test("WD22: same words together, signed ones by themselves, and the most frequent are named", () => {
  const list = [{ text: "Soft" }, { text: "soft" }, { text: "soft", by: "x" }, { text: "wind" }];
  assert.deepEqual(cloud(list).map(({ text, n, by }) => [text, n, by]), [["soft", 2, undefined], ["wind", 1, undefined], ["soft", 1, "x"]]);
  assert.deepEqual(often(list), ["soft"]);
  assert.deepEqual(often([{ text: "a" }, { text: "b" }]), []);
  assert.deepEqual(often("aabbccdd".split("").map((text) => ({ text }))), ["a", "b", "c"]);
});

test("WD23: bigger when more, and a long text never shouts", () => {
  assert.deepEqual([1, 2, 3, 4, 5].map((n) => step(n, 5, "soft")), [0, 1, 2, 3, 4]);
  assert.equal(step(1, 1, "soft"), 0);
  assert.equal(step(2, 2, "soft"), 4);
  assert.equal(step(2, 2, "x".repeat(12)), 4);
  assert.equal(step(2, 2, "x".repeat(13)), 3);
  assert.equal(step(2, 2, "x".repeat(25)), 1);
  assert.equal(step(2, 2, "x".repeat(61)), 0);
});

test("WD24: the first line comes at once, each further one after its while, and the last is waited for exactly", () => {
  const room = { at: 1000, pace: 4000 };
  assert.deepEqual([0, 1000, 4999, 5000, 8999, 9000, 99000].map((now) => come(room, 3, now)), [1, 1, 1, 2, 2, 3, 3]);
  assert.equal(come(room, 0, 5000), 0);
  assert.deepEqual([1000, 4999, 5000, 9000, 99000].map((now) => untilLine(room, 3, now)), [4000, 1, 4000, 0, 0]);
  assert.equal(untilLine(room, 0, 1000), 0);
  assert.equal(untilLine(room, 2, 400), 4600, "a clock that was set back");
});

test("WD25: only what was written is sent, and the show is said once", () => {
  assert.deepEqual(filled(["  soft ", "", "   "]), ["soft"]);
  const props = (room, show = "cloud") => ({ room, options: { show, text: "" }, card: null, t });
  const before = props({ phase: "collect", count: 1 });
  assert.equal(words.say(props({ phase: "collect", count: 2 }), before), 'come{"count":2}');
  assert.equal(words.say(before, before), "");
  const shown = props({ phase: "shown", words: [{ text: "a" }] }, "fall");
  assert.equal(words.say(shown, before), 'shown.fall{"count":1}');
  assert.equal(words.say(shown, shown), "");
  assert.equal(words.head({ ...before, card: { prompt: "One word in" } }), "One word in");
  assert.equal(words.head({ ...before, options: { text: "Mine" }, card: { prompt: "One word in" } }), "Mine");
  assert.equal(words.head(before), "ask");
});

test("WD32 what was typed between an answer and its drawing stays", () => {
  const [sent, typed, named] = [{ texts: ["calme"] }, { texts: ["calme et vent"] }, { texts: ["calme"], named: true }];
  assert.deepEqual(arrived({ texts: [""] }, null, sent, 1), { texts: ["calme"], named: false }, "after a reload it stands in the field");
  assert.deepEqual(arrived(sent, sent, named, 1), named, "the room says more of it");
  assert.equal(arrived(typed, sent, named, 1), typed);
  assert.equal(arrived(typed, null, sent, 1), typed);
  assert.equal(arrived(typed, sent, null, 1), typed, "it was taken back");
});
