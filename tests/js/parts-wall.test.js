// WA30: the wall as data: columns, piles, pages, swipes, and what is said of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, answers, columns, first, line, mine, nextQuestion, piles, ranked, sum, swipe, titles } from "../../activities/wall/board.js";
import leaf from "../../activities/wall/leaf.js";
import wall from "../../activities/wall/view.js";

const note = (text, more = {}) => ({ col: 0, text, ...more });
const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const props = (room, more = {}) => ({ room: { phase: "shown", columns: "open", notes: [], ...room }, own: {}, me: { id: "a" }, options: { columns: "open", text: "" }, card: null, t, names: {}, ...more });

test("WA30: piles keep the order of the wall, the first note on top; what is gone, hidden or an answer is in none", () => {
  const notes = [note("a"), note("b", { on: 0 }), note("", { on: 0 }), note("c", { hidden: true }), note("d", { to: 0 }), note("e", { on: 0 }), note("f")];
  assert.deepEqual(piles(notes), [[0, 1, 5], [6]]);
  assert.deepEqual(piles(notes, true), [[0, 1, 5], [3], [6]], "hosts see what they have hidden");
  assert.deepEqual(piles([note(""), note("b", { on: 0 }), note("c", { on: 0 })]), [[1, 2]], "when the first is gone the next is on top");
  assert.deepEqual(piles([]), []);
  assert.equal(sum([3, 2, 0], [0, 1]), 5);
  assert.equal(sum(undefined, [0]), 0);
});

test("WA30: columns have words or the host's titles; once dots are counted the most dotted come first, equals as they hung", () => {
  assert.deepEqual(titles({ notes: [], columns: "keep" }, t), ["keep", "drop", "try"]);
  assert.deepEqual(titles({ notes: [], columns: "custom", titles: ["A", "B"] }, t), ["A", "B"]);
  assert.deepEqual(titles({ notes: [], columns: "custom", titles: [] }, t), ["notes"]);
  const notes = [note("a"), note("b", { col: 1 }), note("c"), note("d", { on: 2 }), note("e", { col: 3 })];
  assert.deepEqual(columns({ notes }, 2), [[[0], [2, 3]], [[1], [4]]], "nothing falls off the wall");
  assert.deepEqual(columns({ notes, dots: [1, 0, 1, 1] }, 2), [[[2, 3], [0]], [[1], [4]]]);
  assert.deepEqual(columns({ notes, dots: [2, 0, 1, 1] }, 2)[0], [[0], [2, 3]]);
  assert.equal(PAGE, 30);
});

// Two people wrote three notes, all under "Photo"; back from their group everybody looked at an empty "Headline".
test("WA33: a wall that is only looked at begins where something hangs", () => {
  const room = (/** @type {number[]} */ ...cols) => ({ columns: "front", notes: cols.map((col) => ({ col, text: "x" })) });
  assert.equal(first(room(1, 1, 2), 3, true), 1);
  assert.equal(first(room(2, 0), 3, true), 0);
  assert.equal(first(room(), 3, true), 0);
  assert.equal(first({ columns: "front", notes: [{ col: 0, text: "x", hidden: true }, { col: 2, text: "y" }] }, 3, true), 2);
  assert.equal(first(room(1, 1, 2), 3, false), 0, "who writes begins with the first");
});

test("WA30: the next question is the most wished for that was not open yet", () => {
  const notes = [note("a", { done: true }), note("b"), note("c"), note("d", { to: 1 })];
  assert.equal(nextQuestion({ notes }), 1);
  assert.equal(nextQuestion({ notes, hearts: [9, 0, 1] }), 2);
  assert.equal(nextQuestion({ notes, hearts: [0, 0, 1], dots: [0, 1, 0] }), 1);
  assert.equal(nextQuestion({ notes, asked: 1 }), 2);
  assert.equal(nextQuestion({ notes: [] }), -1);
  assert.deepEqual(answers({ notes }, 1), [3]);
});

test("WA30: a finger goes to the next column in the direction of the page, and not while it scrolls", () => {
  assert.deepEqual([[-80, 10], [80, 10], [-50, 0], [-80, 60]].map(([x, y]) => swipe(x, y, false)), [1, -1, 0, 0]);
  assert.deepEqual([[-80, 10], [80, 10]].map(([x, y]) => swipe(x, y, true)), [-1, 1]);
});

test("WA30: mine are those that are tied to me and those I signed; a note is one line", () => {
  assert.deepEqual([...mine({ notes: [note("a"), note("b", { by: "a" })] }, { notes: [0] }, "a")].filter((i) => i >= 0), [0, 1]);
  assert.equal(line(note("Soup", { when: "Monday", more: "vegan" })), "Soup · Monday · vegan");
  assert.deepEqual(ranked({ notes: [note("a"), note("")], top: [[1, 9, 2], [0, 4, 1]] }), [{ i: 0, text: "a", sum: 4, count: 1 }]);
});

test("WA30: what happens is said once, many notes as a sum", () => {
  const said = (room, before, own = {}, was = {}) => wall.say(props(room, { own }), before && props(before, { own: was }));
  assert.equal(said({ phase: "quiet", count: 2 }, { phase: "quiet", count: 1 }), 'come{"count":2}');
  assert.equal(said({ phase: "quiet", count: 1 }, { phase: "quiet", count: 2 }), "");
  assert.equal(said({ notes: [note("a")] }, { phase: "quiet", count: 1 }), 'all.notes{"count":1}');
  assert.equal(said({ notes: [note("a"), note("b"), note("c")] }, { notes: [note("a")] }), 'new{"count":2,"text":"c"}');
  assert.equal(said({ notes: [note("a")] }, { notes: [note("a")] }), "");
  assert.equal(said({ notes: [note("a")], asked: 0 }, { notes: [note("a")] }), 'asked{"text":"a"}');
  assert.equal(said({ dots: [] }, {}), "result.said");
  assert.equal(said({}, {}, { able: [{ on: true }] }), "somebody");
  assert.equal(said({}, {}, { cans: [{ theirs: "x" }] }, { cans: [{}] }), "yes.said");
  assert.equal(said({ phase: "score" }, {}, { hand: [0] }), "score.lead");
  assert.equal(said({ phase: "score" }, {}), "");
  assert.equal(said({ phase: "top", notes: [note("a")], top: [[0, 4, 1]] }, { phase: "score" }), 'top.first{"text":"a"}');
  assert.equal(said({ phase: "top", top: [] }, { phase: "score" }), "top.none");
  assert.equal(wall.head(props({}, { options: { text: "", columns: "keep" } })), "ask.keep");
  assert.equal(wall.head(props({}, { options: { text: "Mine", columns: "keep" } })), "Mine");
});

test("WA30: in the zine the list comes first, then what hung; a name only where its owner ticked it", () => {
  const notes = [note("a"), note("b", { by: "m1" }), note("c", { on: 0 }), note("d", { hidden: true }), note("e", { by: "m2" })];
  const made = leaf(props({ notes, columns: "open", top: [[1, 9, 2]], dots: [2, 0, 0, 0, 0] }, { names: { m1: "Awa" } }));
  assert.deepEqual(made, { svg: "", lines: [{ text: "b", more: 'top.sum{"sum":9,"count":2}', by: "Awa" }, { text: "a", more: 'dots{"count":2}', by: "" },
    { text: "c", more: "", by: "" }, { text: "e", more: "", by: "" }], look: "notes" });
  const asked = leaf(props({ columns: "questions", notes: [note("Why?"), note("So.", { to: 0 })] }));
  assert.deepEqual(asked.lines, [{ text: "Why?", more: "", by: "" }, { text: "So.", more: "answers", by: "" }]);
  const parted = leaf(props({ columns: "offers", notes: [note("soup", { col: 1 })] }));
  assert.deepEqual(parted.lines, [{ text: "needs", head: true }, { text: "soup", more: "", by: "" }], "an empty column has no title");
});
