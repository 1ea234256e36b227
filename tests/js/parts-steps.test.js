// SP1, SP2, SP13..SP15: which step it is, whose, and what it is called.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formOf, nameOf, read, sectionOf, storyOf, tapeOf } from "../../activities/steps/guide.js";
import { moment, passed, stepOf, times } from "../../activities/steps/moment.js";
import { hintOf } from "../../activities/steps/after.js";
import leaf from "../../activities/steps/leaf.js";
import { stepsOf } from "../../activities/steps/write.js";
import steps from "../../activities/steps/view.js";

const { moments, times: waves } = JSON.parse(readFileSync(new URL("../vectors/steps.json", import.meta.url), "utf8"));
for (const { name, times: each, clock, now, at, left } of moments) {
  test(`SP1 the moment follows from log time: ${name}`, () => assert.deepEqual(moment(each, passed(clock, now)), [at, left]));
}
for (const { name, room, times: want } of waves) test(`SP2 sections enter one after the other: ${name}`, () => assert.deepEqual(times(room), want));

const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const rain = { phase: "run", steps: [["rub", 10000], ["snap", 10000], ["rest", 10000]], sections: 3, clock: { at: 1000, ms: 50000 }, found: [], texts: [], shared: [], count: 0 };
const props = (room, more = {}) => ({ room, own: {}, me: { id: "a" }, options: { sequence: "rain", text: "" }, card: null, t, now: () => 1000, ...more });

test("SP13 each section has its own step: waits, does it, and listens to the others", () => {
  const seen = (section, now) => read(props(rain, { now: () => now }), section).step;
  assert.deepEqual([0, 1, 2].map((s) => seen(s, 500)), [-1, -1, -1]);
  assert.deepEqual([0, 1, 2].map((s) => seen(s, 1000)), [0, -1, -1]);
  assert.deepEqual([0, 1, 2].map((s) => seen(s, 21000)), [2, 1, 0]);
  assert.deepEqual([0, 1, 2].map((s) => seen(s, 41000)), [3, 3, 2]);
  assert.deepEqual([7, 8, 9].map((place) => sectionOf({ room: rain, own: { place } })), [1, 2, 0]);
  assert.equal(sectionOf({ room: rain, own: null }), 0, "a screen has no seat");
  assert.deepEqual([-1, 0, 5].map((at) => stepOf(at, 2, 3)), [-1, -1, 3]);
});

test("SP13 the next moment is waited for exactly, and the tape is that of the step", () => {
  const it = read(props(rain, { now: () => 13500 }));
  assert.deepEqual([it.at, it.left, it.ms, it.next], [1, 7500, 10000, 2]);
  assert.deepEqual(tapeOf(props(rain), it), { at: 11000, ms: 10000 });
  const still = { ...rain, clock: { at: 1000, ms: 50000, left: 37500 } };
  assert.deepEqual(tapeOf(props(still), read(props(still, { now: () => 9e9 }))), { at: 11000, ms: 10000, left: 7500 });
  assert.equal(tapeOf(props(rain), read(props(rain, { now: () => 51000 }))), null);
});

test("SP8 at one's own pace the step is one's own", () => {
  const room = { ...rain, clock: null, sections: 1 };
  assert.deepEqual([read(props(room)).step, read(props(room, { own: { at: 2 } })).step, read(props(room, { own: { at: 9 } })).step], [0, 2, 3]);
  assert.equal(read(props(room)).own, true);
});

test("SP14 a step is called by its move, its call, its sense or the host's own words, with a form for whoever sits or lies", () => {
  const of = (sequence, id, texts = []) => props({ ...rain, steps: [[id, 5]], texts }, { options: { sequence } });
  assert.equal(nameOf(of("rain", "rub"), 0), "move.rub");
  assert.equal(nameOf(of("blue", "c17"), 0), "call.17");
  assert.equal(nameOf(of("senses", "hear"), 0), "senses.hear");
  assert.equal(nameOf(of("own", "own0", ["Look up"]), 0), "Look up");
  assert.equal(nameOf(of("rain", "rub"), 4), "");
  assert.deepEqual(["standing", "seated", "lying"].map((form) => formOf(of("rain", "rub"), 0, form)), ["", "move.rub.seated", "lying.rub"]);
  assert.equal(formOf(of("blue", "c0"), 0, "lying"), "");
  assert.equal(storyOf(of("stretch", "turn"), 0), "slow.0");
  assert.equal(storyOf(of("follow", "sway"), 0), "");
});

test("SP14 a host's text becomes steps, twelve at most and eighty characters each", () => {
  assert.deepEqual(stepsOf(" Look up \n\n Look down\r\n"), { lines: ["Look up", "Look down"], fit: true });
  assert.equal(stepsOf("a\n".repeat(12)).fit, true);
  assert.equal(stepsOf("a\n".repeat(13)).fit, false);
  assert.equal(stepsOf("é".repeat(80)).fit, true);
  assert.equal(stepsOf("é".repeat(81)).fit, false);
  assert.equal(stepsOf("  ").fit, false);
});

test("SP15 what people bring about is said once; what was hidden is in no zine", () => {
  const before = props({ ...rain, phase: "ready" });
  assert.equal(steps.say(props(rain), before), "soon");
  assert.equal(steps.say(props(rain), props(rain)), "");
  assert.equal(steps.say(props({ ...rain, clock: { ...rain.clock, left: 5 } }), props(rain)), "still");
  assert.equal(steps.say(props(rain), props({ ...rain, clock: { ...rain.clock, left: 5 } })), "going");
  assert.equal(steps.say(props({ ...rain, phase: "done", clock: null }), props(rain)), "close.rain");
  assert.equal(steps.head(props(rain)), "head.rain");
  assert.equal(steps.head(props(rain, { card: { prompt: "A storm" } })), "A storm");
  const room = { shared: [{ text: "rain" }, { text: "x", off: true }, { text: "", off: true }] };
  assert.deepEqual(leaf({ room }), { svg: "", lines: [{ text: "rain" }] });
});

test("SP16 a line that comes after the show is not said to be held back", () => {
  assert.deepEqual(["share", "add"].map((name) => hintOf(t, name)), ["share.how", "share.open"]);
});
