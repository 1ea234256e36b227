// RV1-RV6: a ring as the page reads it: the replay by the clock, drafts, pieces in words, the zine.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import leaf, { sheet } from "../../activities/ring/leaf.js";
import { bow, DRAFT_MS, dueIn, EACH_MS, nameOf, PICTURES, placeOf, restOf, seen, wordsOf } from "../../activities/ring/told.js";
import ring from "../../activities/ring/view.js";

const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const python = (name) => readFileSync(new URL(`../../activities/ring/${name}.py`, import.meta.url), "utf8");
const chain = [{ t: "a goat" }, { m: [[1, 1, 0, "AAA"]], t: "goat?" }, { t: "a cow" }];
const room = (at, chains = [chain]) => ({ phase: "shown", chains, many: 3, at });
const props = (more = {}) => ({ t, me: { id: "a", role: "member" }, own: {}, people: {}, options: { form: "chain", text: "" }, card: null, wide: false, far: false, room: { phase: "ready" }, ...more });

test("RV1: the replay is where the room's clock says, and rests at the end of its chain", () => {
  const run = room({ c: 0, p: 0, since: 1000, run: true });
  assert.deepEqual([0, 1000, 1000 + EACH_MS - 1, 1000 + EACH_MS, 1000 + 2 * EACH_MS, 9e9].map((now) => placeOf(run, now).p), [0, 0, 0, 1, 2, 2]);
  assert.deepEqual([500, 1000, 1000 + EACH_MS - 1, 1000 + 2 * EACH_MS, 9e9].map((now) => restOf(run, now)), [EACH_MS + 500, EACH_MS, 1, 0, 0]);
  const still = room({ c: 0, p: 1, since: 1000, run: false });
  assert.deepEqual([placeOf(still, 9e9).p, restOf(still, 9e9)], [1, 0]);
  assert.deepEqual(placeOf({}, 5), { c: 0, p: 0 });
  assert.deepEqual(placeOf(room({ c: 4, p: 0, since: 0, run: true }), 5), { c: 0, p: 0 });
  assert.equal(EACH_MS, Number(/EACH_MS: Final = ([\d_]+)/.exec(python("replay"))[1].replace("_", "")));
});

test("RV2: a draft goes out every two seconds at the most, the first at once", () => {
  assert.deepEqual([dueIn(-Infinity, 5), dueIn(1000, 1000), dueIn(1000, 2500), dueIn(1000, 9000)], [0, DRAFT_MS, 500, 0]);
  assert.equal(dueIn(90000, 1000), DRAFT_MS, "a clock set back does not keep it for ever");
});

test("RV3: every piece can be said in words", () => {
  assert.equal(wordsOf({ t: "a line" }, t), "a line");
  assert.equal(wordsOf({ m: [], t: "a goat" }, t), 'drawn{"text":"a goat"}');
  assert.equal(wordsOf({ m: [] }, t), "drawn.only");
  assert.equal(wordsOf({ x: [0, 23] }, t), "p.sun, p.letter");
  const names = [.../"([a-z]+)"/g[Symbol.matchAll](/PICTURES: Final = \(([\s\S]*?)\n\)/.exec(python("papers"))[1])].map((found) => found[1]);
  assert.deepEqual(PICTURES, names, "the same pictures in the same order");
});

test("RV4: what a host took off is not seen, nor a chain without anything", () => {
  assert.deepEqual(seen({ chains: [[{ t: "a" }, { t: "b", off: true }], [{ t: "c", off: true }]] }), [[{ t: "a" }]]);
  assert.deepEqual(seen({}), []);
  assert.equal(nameOf("x", { x: { name: "Awa" } }), "Awa");
  assert.equal(nameOf("y", {}), "");
  assert.deepEqual([bow(0, 1), bow(0, 3), bow(1, 3), bow(2, 3)].map((n) => Math.round(n * 100)), [0, 100, 0, 100]);
});

test("RV5: the zine has each chain in its order, and names of nobody who did not tick", () => {
  const signed = [{ t: "one", by: "a" }, { t: "two", by: "b" }];
  const page = leaf({ room: { chains: [chain, signed] }, t, names: { a: "Awa" } });
  assert.deepEqual(page.lines[0], { text: "a goat", more: 'drawn{"text":"goat?"} / a cow', by: "" });
  assert.deepEqual(page.lines[1], { text: "one", more: "two", by: "Awa" });
  assert.ok(page.svg.startsWith("<svg xmlns") && page.svg.includes("stroke"));
  const thanks = leaf({ room: { chains: [[{ t: "thanks", to: "a" }], [{ t: "merci", to: "b" }]] }, t, names: { a: "Awa" } });
  assert.deepEqual(thanks.lines.map(({ text }) => text), ["for.whom Awa: thanks", "merci"]);
  assert.equal(thanks.svg, "");
  const marks = Array.from({ length: 30 }, () => [[1, 1, 0, `A${"AC".repeat(500)}`]]);
  const whole = sheet(marks, Infinity).svg;
  const papers = (svg) => (svg.match(/<svg x=/g) || []).length;
  for (const most of [whole.length / 3, whole.length / 60]) {
    const { svg, short } = sheet(marks, most);
    assert.ok(svg.length <= most, "no more than the page may hold");
    assert.deepEqual([papers(svg) === 30, short], most > whole.length / 4 ? [true, false] : [false, true], "first more simply, then fewer of them");
  }
  assert.deepEqual(sheet(marks, 100), { svg: "", short: false });
});

test("RV6: the title gives way on a phone to what came to one, and changes are said once", () => {
  const pass = (step, own) => props({ room: { phase: "pass", step, steps: 3 }, own });
  assert.equal(ring.head(props()), "ask.chain");
  assert.equal(ring.head(props({ options: { form: "chain", text: "What if?" } })), "What if?");
  assert.equal(ring.head(pass(0, { job: { do: "write" } })), "ask.chain");
  assert.equal(ring.head(pass(1, { job: { do: "write", from: { t: "x" } } })), null);
  assert.equal(ring.head({ ...pass(1, { job: { do: "write", from: { t: "x" } } }), wide: true }), "ask.chain");
  assert.equal(ring.say(pass(1, { job: { do: "write" } }), pass(0, {})), 'say.step{"n":2}');
  assert.equal(ring.say(pass(1, {}), pass(0, {})), "wait");
  assert.equal(ring.say(pass(1, {}), pass(1, {})), "");
  assert.equal(ring.say(props({ room: { phase: "done" } }), pass(1, {})), "done");
  assert.equal(ring.say(props({ room: { phase: "free", chains: [] } }), props({ room: { phase: "done" } })), "shown");
  assert.equal(ring.say(props(), null), "");
});
