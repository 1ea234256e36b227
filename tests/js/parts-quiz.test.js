// QZ20..23: what is asked, what there is to choose, and how it fell.
import assert from "node:assert/strict";
import { test } from "node:test";
import leaf from "../../activities/quiz/leaf.js";
import { asked, choices, gist, goesOn, length, places, split, thirds, title } from "../../activities/quiz/told.js";
import quiz from "../../activities/quiz/view.js";

const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const props = (form, room = {}, more = {}) => ({ room: { phase: "collect", round: 0, choices: [], ...room }, options: { form, text: "", goal: 20 }, card: null, people: {}, me: { id: "a" }, t, ...more });

test("QZ20: a prompt of two is a question and its choices, in every punctuation", () => {
  assert.deepEqual(split("Which one rather: wings / fins"), { head: "Which one rather", choices: ["wings", "fins"] });
  assert.deepEqual(split("Plutôt\u00a0: des ailes / des nageoires"), { head: "Plutôt", choices: ["des ailes", "des nageoires"] });
  assert.deepEqual(split("¿Qué prefieres? alas / aletas"), { head: "¿Qué prefieres?", choices: ["alas", "aletas"] });
  assert.deepEqual(split("أيّهما؟ أجنحة / زعانف"), { head: "أيّهما؟", choices: ["أجنحة", "زعانف"] });
  assert.deepEqual(split("wings / fins"), { head: "", choices: ["wings", "fins"] });
  assert.deepEqual(split("and/or, who knows"), { head: "and/or, who knows", choices: [] });
  assert.deepEqual(split("a / b / c"), { head: "a / b / c", choices: [] });
  assert.deepEqual(split(""), { head: "", choices: [] });
});

test("QZ20: the host's words come first, then the card's, then further prompts of its deck", () => {
  const card = { prompt: "two", deck: ["one", "two", "three"] };
  const at = (round, text = "") => asked({ room: { round }, options: { text, prompt: 1 }, card });
  assert.deepEqual([0, 1, 2, 3].map((round) => at(round)), ["two", "three", "one", "two"]);
  assert.equal(at(0, "mine"), "mine");
  assert.equal(asked({ room: {}, options: { text: "" }, card: null }), "");
  assert.equal(goesOn({ card }), true);
  assert.equal(goesOn({ card: { deck: ["one"] } }), false);
  assert.equal(goesOn({ card: null }), false);
});

test("QZ21: choices are the card's, or lie in the prompt, or are the language's own", () => {
  assert.deepEqual(choices(props("poll", { choices: ["tea", "rest"] })), ["tea", "rest"]);
  assert.deepEqual(choices(props("poll")), ["c.0", "c.1", "c.2"]);
  assert.deepEqual(choices(props("either")), ["p.0", "p.1"]);
  assert.deepEqual(choices(props("spectrum")), ["e.0", "e.1"]);
  const two = props("either", {}, { card: { prompt: "Rather: sea / hill" } });
  assert.deepEqual([title(two), choices(two)], ["Rather", ["sea", "hill"]]);
  assert.equal(title(props("either", {}, { card: { prompt: "sea / hill" } })), 'ask.either{"goal":20}');
  assert.equal(title(props("poll", {}, { card: { prompt: "now: this / that" } })), "now: this / that");
  assert.equal(title(props("either", { choices: ["a", "b"] }, { card: { prompt: "x / y" } })), "x / y");
  assert.equal(title(props("count")), 'ask.count{"goal":20}');
});

test("QZ22: dots stand at 21 places, thirds and sums tell all of it", () => {
  const stacks = places([0, 2, 3, 50, 100, 100, -1]);
  assert.deepEqual([stacks[0], stacks[1], stacks[10], stacks[20], stacks.length], [2, 1, 1, 2, 21]);
  assert.deepEqual(thirds([0, 33, 34, 66, 67, 100, -1]), [2, 2, 2]);
  assert.deepEqual([0, 3, 6].map((n) => length(n, [0, 3, 6])), [0, 50, 100]);
  assert.equal(length(0, [0, 0]), 0);
  assert.equal(gist(props("poll", { choices: ["tea", "rest"], sums: [1, 2] })), 'item{"choice":"tea","n":1}list.sepitem{"choice":"rest","n":2}');
  assert.equal(gist(props("spectrum", { choices: ["low", "high"], dots: [0, 100, 50] })), 'spread{"one":"low","two":"high","a":1,"b":1,"c":1}');
});

test("QZ23: what has just happened is said once", () => {
  const people = { b: { name: "Bo" } };
  const count = (room) => props("count", room);
  assert.equal(quiz.say(count({ phase: "count", n: 4 }), count({ phase: "count", n: 3 })), "4");
  assert.equal(quiz.say(count({ phase: "count", n: 0, two: true }), count({ phase: "count", n: 3, two: false })), "count.two");
  assert.equal(quiz.say(count({ phase: "count", n: 0, two: true }), count({ phase: "count", n: 0, two: true })), "");
  assert.equal(quiz.say(count({ phase: "done", n: 20 }), count({ phase: "count", n: 19 })), 'count.done{"count":20}');
  const three = (up) => props("three", { up }, { people });
  const up = { who: "b", lines: ["x", "y", "z"], count: 0 };
  assert.equal(quiz.say(three(up), three(null)), 'three.up{"name":"Bo"}');
  assert.equal(quiz.say(three({ ...up, count: 1 }), three(up)), "");
  assert.equal(quiz.say(three({ ...up, wish: 1, sums: [0, 0, 0] }), three(up)), 'three.was{"wish":"y"}');
  const poll = (room) => props("poll", room);
  assert.equal(quiz.say(poll({ count: 2 }), poll({ count: 1 })), 'come{"count":2}');
  assert.match(quiz.say(poll({ phase: "shown", sums: [1, 0, 0] }), poll({})), /^item/);
  assert.equal(quiz.say(poll({ phase: "shown", sums: [1, 1, 0] }), poll({ phase: "shown", sums: [1, 0, 0] })), "");
});

test("QZ24: a leaf holds what was shown, and a name only where its owner agreed", () => {
  const of = (form, room, names = {}) => leaf({ ...props(form, room), card: undefined, names, most: 9999 });
  assert.deepEqual(of("poll", { sums: [1, 0, 0] }), { svg: "", lines: [] });
  assert.deepEqual(of("poll", { phase: "shown", choices: ["tea", "rest"], sums: [1, 2] }).lines.map(({ text }) => text), ["tea", "rest"]);
  assert.deepEqual(of("three", { told: [{ who: "b", wish: "sing" }, { who: "", wish: "" }] }, { b: "Bo" }).lines, [{ text: "sing", by: "Bo" }]);
  assert.equal(of("count", { best: 0 }).lines.length, 0);
  const line = of("spectrum", { phase: "shown", choices: ["low", "high"], dots: [0, 100] });
  assert.equal((line.svg.match(/<circle/g) || []).length, 2);
});
