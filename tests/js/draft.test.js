// DRAFT1-6: a plan while it is changed, found cards, and a plan as a file that people hand on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, fresh, further, inserted, found, lasting, moved, plain, removed, serving, swapped, total, twice } from "../../static/screens/draft.js";
import { anew, fromFragment, read, toFragment, wrongBy, written } from "../../static/screens/leaflet.js";
import { seeded } from "./fake-server.js";

const step = (/** @type {string} */ card, minutes = 5) => ({ card, kind: "k", options: {}, minutes });
const names = (/** @type {any[]} */ plan) => plan.map(({ card }) => card).join("");
const ABC = [..."abcde"].map((card) => step(card));

test("DRAFT1 a step goes to its new place, and nothing moves before what has been", () => {
  assert.equal(names(moved(ABC, 4, 0, -1)), "eabcd");
  assert.equal(names(moved(ABC, 1, 3, -1)), "acdbe");
  assert.equal(names(moved(ABC, 4, 0, 1)), "abecd");
  assert.equal(moved(ABC, 1, 4, 1), ABC);
  assert.equal(moved(ABC, 9, 1, -1), ABC);
  assert.equal(names(moved(ABC, 2, 99, -1)), "abdec");
  assert.equal(names(removed(ABC, 1, 0)), "acde");
  assert.equal(removed(ABC, 1, 1), ABC);
  assert.equal(names(twice(ABC, 1)), "abbcde");
  assert.equal(names(inserted(ABC, step("x"), 0, 1)), "abxcde");
  assert.equal(names(inserted(ABC, step("x"))), "abcdex");
});

test("DRAFT2 no change loses or doubles a step that was not meant, whatever one does", () => {
  const rng = seeded(5);
  for (let n = 0; n < 500; n += 1) {
    const at = rng.below(6) - 1;
    const from = rng.below(6), to = rng.below(8) - 1;
    const plan = moved(ABC, from, to, at);
    assert.deepEqual([...names(plan)].sort(), [..."abcde"]);
    assert.equal(names(plan).slice(0, at + 1), "abcde".slice(0, at + 1));
  }
});

test("DRAFT3 minutes and steps stay within their bounds, at the limit and one above", () => {
  assert.equal(lasting([step("a", 2)], 0, -1)[0].minutes, 1);
  assert.equal(lasting([step("a", 1)], 0, -1)[0].minutes, 1);
  assert.equal(lasting([step("a", 119)], 0, 1)[0].minutes, 120);
  assert.equal(lasting([step("a", 120)], 0, 1)[0].minutes, 120);
  const full = Array.from({ length: MOST - 1 }, () => step("a"));
  assert.equal(inserted(full, step("b")).length, MOST);
  assert.equal(inserted(inserted(full, step("b")), step("c")).length, MOST);
  assert.equal(twice(inserted(full, step("b")), 0).length, MOST);
  assert.equal(total(ABC), 25);
});

/** @type {any} */
const CARDS = {
  sun: { id: "sun", kind: "checkin", title: "Météo intérieure", prompt: "Quel temps fait-il ?", swap: "rain", span: [2, 4], minutes: 3, purpose: ["connect"], options: {} },
  rain: { id: "rain", kind: "steps", title: "L’averse", prompt: "La pluie", swap: "sun", span: [3, 10], minutes: 4, purpose: ["sing", "move"], options: { sequence: "rain" } },
  song: { id: "song", kind: "prompt", title: "أغنية", prompt: "أُغنية تَعرفها", swap: "sun", span: [3, 10], minutes: 5, purpose: ["move", "sing"], options: {} },
};

test("DRAFT4 another card takes the place of one, in its time as far as it bears that", () => {
  const [one] = swapped([step("rain", 9)], 0, CARDS);
  assert.deepEqual(one, { card: "sun", kind: "checkin", options: {}, minutes: 4 });
  assert.deepEqual(swapped([step("sun", 2)], 0, CARDS)[0].minutes, 3);
  const own = [{ card: null, kind: "k", options: {}, minutes: 3 }];
  assert.equal(swapped(own, 0, CARDS), own);
});

test("DRAFT5 cards are found by their words in any script, without case and accents, titles first", () => {
  const all = Object.values(CARDS);
  assert.deepEqual(found(all, "METEO").map(({ id }) => id), ["sun"]);
  assert.deepEqual(found(all, "pluie").map(({ id }) => id), ["rain"]);
  assert.deepEqual(found(all, "اغنية").map(({ id }) => id), ["song"]);
  assert.deepEqual(found(all, "temps quel").map(({ id }) => id), ["sun"]);
  assert.deepEqual(found(all, "  "), []);
  assert.equal(plain("ÉTÉ"), "ete");
  assert.deepEqual(serving(all, "move").map(({ id }) => id), ["song", "rain"]);
});

const KINDS = { prompt: { options: { text: { type: "string", maxLength: 5 }, about: { enum: ["song", "open"] }, n: { anyOf: [{ type: "integer", minimum: 0, maximum: 3 }, { type: "null" }] },
  list: { type: "array", maxItems: 2, items: { type: "string", maxLength: 3 } }, on: { type: "boolean" } } } };
const good = written("Soirée", [{ card: "sun", options: {}, minutes: 3 }, { kind: "prompt", options: { text: "hé", n: null, list: ["a"] }, minutes: 5 }]);

test("DRAFT6 a plan that was written down is read as it was, from a file and from a link", () => {
  for (const text of [good, `\ufeff${good}`, JSON.stringify(JSON.parse(good)), JSON.stringify(JSON.parse(good), null, 2), fromFragment(toFragment(good))]) {
    const { title, steps, wrong } = read(text, ["sun"], KINDS);
    assert.equal(wrong, undefined, text);
    assert.equal(title, "Soirée");
    assert.equal(steps && steps.length, 2);
  }
  assert.equal(fromFragment("%%%"), "");
});

const bad = (/** @type {string} */ from, /** @type {string} */ to) => read(good.replace(from, to), ["sun"], KINDS).wrong;

test("DRAFT6 a broken file is told by line and field", () => {
  assert.deepEqual(bad('"minutes":3', '"minutes":'), { line: 2, field: "", code: "bad_frame" });
  assert.deepEqual(bad('"hé"', '"hé'), { line: 3, field: "", code: "bad_frame" });
  assert.deepEqual(bad('"sun"', '"moon"'), { line: 2, field: "card", code: "no_card" });
  assert.deepEqual(bad('"kind":"prompt"', '"kind":"nothing"'), { line: 3, field: "kind", code: "no_card" });
  assert.deepEqual(bad('"minutes":5', '"minutes":241'), { line: 3, field: "minutes", code: "not_a_number", args: { min: 1, max: 240 } });
  assert.equal(bad('"minutes":5', '"minutes":240'), undefined);
  assert.deepEqual(bad('"hé"', '"abcdef"'), { line: 3, field: "text", code: "too_long", args: { max: 5 } });
  assert.equal(bad('"hé"', '"abcde"'), undefined);
  assert.deepEqual(bad('"text"', '"colour"'), { line: 3, field: "colour", code: "unknown" });
  assert.deepEqual(bad('"n":null', '"n":4'), { line: 3, field: "n", code: "not_a_number", args: { min: 0, max: 3 } });
  assert.deepEqual(bad('["a"]', '["a","b","c"]'), { line: 3, field: "list", code: "not_a_list", args: { max: 2 } });
  assert.deepEqual(bad('"jam": "plan"', '"jam": "song"'), { line: 1, field: "jam", code: "unknown" });
  assert.deepEqual(bad('"card":"sun",', ""), { line: 2, field: "card", code: "missing" });
  assert.deepEqual(bad('"card":"sun",', '"card":"sun","who":1,'), { line: 2, field: "who", code: "unknown" });
  assert.equal(read("x".repeat(64001), [], {}).wrong?.code, "too_large");
  assert.equal(read("x".repeat(64000), [], {}).wrong?.code, "bad_frame");
  assert.equal(read('{"jam":"plan","v":1,"title":"","steps":[]}', [], {}).wrong?.field, "steps");
  assert.equal(wrongBy(true, { type: "boolean" }), null);
  assert.equal(wrongBy(1, { type: "boolean" })?.code, "not_a_choice");
});

test("DRAFT7 once more asks the next thing, and another card of the same deck none that was asked", () => {
  const all = { cards: [{ id: "word", pick: "words" }, { id: "line", pick: "words" }, { id: "plain" }], decks: { words: ["a", "b", "c", "d"] } };
  const asks = (/** @type {string} */ card, /** @type {number} */ prompt) => ({ card, kind: "k", options: { prompt }, minutes: 5 });
  const prompts = (/** @type {any[]} */ plan) => plan.map(({ options }) => options.prompt);
  assert.deepEqual(prompts(twice([asks("word", 1), asks("line", 2)], 0, all)), [1, 3, 2]);
  assert.deepEqual(prompts(twice(twice([asks("word", 3)], 0, all), 0, all)), [3, 1, 0]);
  assert.equal(fresh(asks("line", 0), [asks("word", 0), asks("plain", 1)], all), 1);
  assert.equal(fresh(asks("line", 2), ["a", "b", "c", "d"].map((_, i) => asks("word", i)), all), 2, "all were asked");
  assert.deepEqual(twice([step("plain")], 0, all), [step("plain"), step("plain")]);
});

test("DRAFT8 a plan kept in a room that runs is the whole plan anew, and goes on where that room is", () => {
  const ran = [step("a"), { ...step("b"), options: { prompt: 2 } }, { card: null, kind: "wall", options: { text: "Mine" }, minutes: 9 }].map((one) => ({ ...one, done: true, g: 4 }));
  const kept = anew(ran);
  assert.deepEqual(kept, [{ card: "a", options: {}, minutes: 5 }, { card: "b", options: { prompt: 2 }, minutes: 5 }, { kind: "wall", options: { text: "Mine" }, minutes: 9 }]);
  const again = kept.map((one) => ({ card: one.card || null, kind: one.kind || "k", options: one.options, minutes: one.minutes + 1 }));
  assert.equal(further(ran, -1, again).length, 3, "a room that has not begun takes all of it");
  assert.deepEqual(further(ran, 1, again), again.slice(2), "what has been does not come once more");
  assert.equal(further([step("c"), ...ran], 0, again).length, 3, "another room's plan comes whole");
});

test("DRAFT9 a card of one's own is a file, too: it is put to a plan and takes the place of none", () => {
  const kinds = { wall: { options: { text: { type: "string", maxLength: 240 } } } };
  const own = { card: null, kind: "wall", options: { text: "Mine" }, minutes: 9 };
  const file = written("Mine", anew([own]), "card");
  assert.deepEqual(read(file, [], kinds), { title: "Mine", steps: [{ kind: "wall", options: { text: "Mine" }, minutes: 9 }], card: true });
  assert.equal(read(written("Mine", anew([own])), [], kinds).card, undefined);
  assert.deepEqual(read(file.replace('"wall"', '"fence"'), [], kinds).wrong, { line: 2, field: "kind", code: "no_card" });
});
