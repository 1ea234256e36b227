// Rules LN1 to LN7 (tests/RULES.md): what stands beside the activity, as far as it is data.
import assert from "node:assert/strict";
import test from "node:test";
import { COLUMNS, ROWS, cutOf, dabbed, keyTo, sumOf } from "../../static/screens/cells.js";
import { AWAY_MS, createComings } from "../../static/screens/comings.js";
import { createHold, graceLeft } from "../../static/screens/grace.js";
import { QUIET_MS, createSum, fresh, hostOf, listed, newest, spoken } from "../../static/screens/talk.js";

const word = (by, text = by) => ({ by, text, at: 1 });
const LINE = { 90: word("ada"), 100: word("bo"), 9: word("cy"), "1000000000000001": word("me") };

test("LN1 the line stands in the order of the log, what is on its way last, and nothing of whom one hides", () => {
  assert.deepEqual(listed(LINE, []).map(({ id }) => id), ["9", "90", "100", "1000000000000001"]);
  assert.deepEqual(listed(LINE, ["bo", "cy"]).map(({ by }) => by), ["ada", "me"]);
  assert.deepEqual(listed(undefined, []), []);
});

test("LN1 unread is what others said after the last that was seen; one's own and hidden words never count", () => {
  assert.equal(fresh(LINE, 9, [], "me"), 2);
  assert.equal(fresh(LINE, 90, [], "me"), 1);
  assert.equal(fresh(LINE, 100, [], "me"), 0);
  assert.equal(fresh(LINE, 0, ["ada"], "bo"), 2, "cy and what is not mine");
  assert.equal(newest(LINE), 100, "an id of the page's own is no place in the log");
  assert.equal(newest(null), 0);
});

test("LN2 many words are one sentence, at most every 30 s, and none that have been read", () => {
  const sum = createSum();
  assert.equal(sum.add(0, 0), 0);
  assert.equal(sum.add(1, 1000), 1);
  assert.equal(sum.add(1, 2000), 0);
  assert.equal(sum.add(3, 1000 + QUIET_MS - 1), 0);
  assert.equal(sum.due, 1000 + QUIET_MS);
  assert.equal(sum.add(0, 1000 + QUIET_MS), 4);
  assert.equal(sum.due, Infinity);
  sum.add(2, 1000 + QUIET_MS + 1);
  sum.forget();
  assert.equal(sum.add(0, 1e9), 0);
});

test("LN3 what a host says is their own text, or the card's line in the language of this page", () => {
  const fr = { cards: [{ id: "street", say: "Termine ton trait." }, { id: "mute", say: "" }] };
  assert.equal(spoken({ text: "Hello", by: "h", at: 1 }, fr), "Hello");
  assert.equal(spoken({ card: "street", by: "h", at: 1 }, fr), "Termine ton trait.");
  assert.equal(spoken({ card: "street", by: "h", at: 1 }, null), "");
  assert.equal(spoken({ card: "mute", by: "h", at: 1 }, fr), "");
  assert.equal(spoken(null, fr), "");
});

test("LN4 a link to a call is https and shows the machine it leads to; nothing else is a link", () => {
  assert.equal(hostOf(" https://Meet.Example.org/our-room?x#y "), "meet.example.org");
  assert.equal(hostOf("https://example.org:8443"), "example.org:8443");
  for (const text of ["", "http://example.org", "javascript:alert(1)", "https://", "https:// example.org", "https://user@example.org/",
    "https://example.org\\@evil.test/", "see https://example.org"]) assert.equal(hostOf(text), "", text);
});

const person = (more) => ({ name: "A", ink: 0, shape: 0, role: "member", here: true, ...more });

test("LN5 nobody is said to have left before 60 s, and who was away for less never came back", () => {
  const comings = createComings();
  const all = (b) => ({ a: person({}), b: person(b), screen: person({ role: "screen" }) });
  assert.deepEqual(comings.look(all({}), "a", 0), { fresh: [], back: [], left: [], again: Infinity });
  assert.equal(comings.look(all({ here: false }), "a", 1000).again, 1000 + AWAY_MS);
  assert.deepEqual(comings.look(all({}), "a", 1000 + AWAY_MS - 1), { fresh: [], back: [], left: [], again: Infinity });
  comings.look(all({ here: false }), "a", 200000);
  assert.deepEqual(comings.look(all({ here: false }), "a", 200000 + AWAY_MS - 1).left, []);
  assert.deepEqual(comings.look(all({ here: false }), "a", 200000 + AWAY_MS).left, ["b"]);
  assert.deepEqual(comings.look(all({ here: false }), "a", 400000).left, [], "once");
  assert.deepEqual(comings.look(all({}), "a", 500000).back, ["b"]);
});

test("LN5 who was asked to leave, the big screen and oneself are never told of", () => {
  const comings = createComings();
  comings.look({ a: person({}), b: person({}) }, "a", 0);
  assert.deepEqual(comings.look({ a: person({}), b: person({ here: false, out: true }) }, "a", 1).again, Infinity);
  assert.deepEqual(comings.look({ a: person({}), b: person({ here: false, out: true }) }, "a", 1e6).left, []);
  const came = comings.look({ a: person({}), c: person({}), s: person({ role: "screen" }), o: person({ out: true }) }, "a", 2e6);
  assert.deepEqual(came.fresh, ["c"]);
});

test("LN6 what was begun is held for its own activity, handed out once, and can be sent for almost 10 s", () => {
  const hand = createHold(), piece = { name: "add", args: { title: "x" }, words: "x" };
  hand.hold("prompt", 3, piece);
  assert.equal(hand.take(3), null, "still on");
  hand.hold("canvas", 4, null);
  assert.deepEqual(hand.take(4), { kind: "prompt", g: 3, piece });
  assert.equal(hand.take(4), null);
  hand.hold("prompt", 4, piece);
  hand.hold("prompt", 4, null);
  assert.equal(hand.take(5), null, "sent or rubbed out");
  assert.ok(graceLeft(1000, 1000) > 8000 && graceLeft(1000, 1000) < 10000);
  assert.equal(graceLeft(1000, 11000), 0);
  assert.equal(graceLeft(1000, 60000), 0);
  assert.equal(graceLeft(undefined, 5), graceLeft(5, 5));
  assert.ok(graceLeft(9000, 1000) < 10000, "a clock that is off gives no more");
});

test("LN7 a touch lays one's ink, turns it, lifts it; another's ink is replaced", () => {
  assert.equal(dabbed(undefined, 5), 20);
  assert.equal(dabbed(20, 5), 21);
  assert.equal(dabbed(21, 5), 22);
  assert.equal(dabbed(22, 5), null);
  assert.equal(dabbed(22, 0), 0);
  assert.equal(dabbed(0, 0), 1);
  assert.deepEqual(sumOf({ 0: 20, 1: 21, 95: 3 }), { count: 3, inks: 2 });
  assert.deepEqual(sumOf({}), { count: 0, inks: 0 });
});

test("LN7 arrow keys go over the paper in the direction of the page and stop at its edge", () => {
  assert.equal(keyTo("ArrowRight", 0, false), 1);
  assert.equal(keyTo("ArrowLeft", 0, false), 0);
  assert.equal(keyTo("ArrowLeft", 0, true), 1);
  assert.equal(keyTo("ArrowDown", 0, false), COLUMNS);
  assert.equal(keyTo("ArrowDown", COLUMNS * ROWS - 1, false), COLUMNS * ROWS - 1);
  assert.equal(keyTo("End", COLUMNS, false), 2 * COLUMNS - 1);
  assert.equal(keyTo("Home", COLUMNS + 5, false), COLUMNS);
  assert.equal(keyTo("Tab", 3, false), -1);
  assert.equal(keyTo("toString", 3, false), -1);
  for (let cell = 0; cell < COLUMNS * ROWS; cell++) assert.ok(cutOf(cell).cut >= 0 && cutOf(cell).cut < 4 && cutOf(cell).turn < 4);
});
