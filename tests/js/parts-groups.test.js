// GR21, GR22: groups as data, and what a kind inside a group believes of its own state.
import assert from "node:assert/strict";
import { test } from "node:test";
import { brought, groups, made, mates, named, prompt, span, talk, there, turn } from "../../activities/groups/told.js";
import view from "../../activities/groups/view.js";
import leaf, { sheet } from "../../activities/groups/leaf.js";
import { createOutbox } from "../../static/outbox.js";
import { below, mates as folk, mount, mounted } from "../../static/screens/below.js";

const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const people = { a: { name: "Ana" }, b: { name: "Bo" }, c: { name: "ليلى" } };
const props = (room, more = {}) => ({ room: { phase: "out", round: 1, stage: 0, team: {}, back: [], made: [], ...room }, me: { id: "a" }, people, lang: "en",
  options: { text: "", form: "partners", rounds: 1, seconds: 240, prompt: null }, card: null, t, ...more });

test("GR21: who is with whom, in a fixed order, and names each in their own direction", () => {
  assert.deepEqual(groups({ b: "1g1", a: "1g0", c: "1g1", d: "1g10" }), [["1g0", ["a"]], ["1g1", ["b", "c"]], ["1g10", ["d"]]]);
  assert.deepEqual(groups(undefined), []);
  assert.deepEqual(mates(props({ team: { a: "x", b: "x", c: "y" } })), ["b"]);
  assert.deepEqual(mates(props({ team: { b: "x" } })), []);
  assert.equal(named(["b", "c", "gone"], people, "en"), "\u2068Bo\u2069, \u2068ليلى\u2069");
  assert.equal(named(["b", "c"], people, "ar"), "\u2068Bo\u2069، \u2068ليلى\u2069");
});

test("GR21: each round asks the next of the deck; a host's own words win; there is always a question", () => {
  const card = { prompt: "one", deck: ["zero", "one", "two"] };
  const options = { text: "", form: "partners", rounds: 3, prompt: 1, seconds: 240 };
  assert.deepEqual([0, 1, 2, 3].map((round) => prompt(props({ round }, { card, options }))), ["one", "one", "two", "zero"]);
  assert.equal(prompt(props({ round: 2 }, { card, options: { ...options, text: "mine" } })), "mine");
  assert.equal(prompt(props({ round: 2 }, { card: { prompt: "one" }, options })), "one");
  assert.equal(prompt(props({})), "ask.partners");
  assert.deepEqual([20, 100, 3600].map((seconds) => span(props({}, { options: { seconds } }))), ['min{"count":1}', 'min{"count":2}', 'min{"count":60}']);
});

test("GR25: a host reads that two are needed before the tap, and is counted only when they come along", () => {
  const host = { id: "h", role: "host" }, one = { role: "member", here: true }, others = { h: { role: "host", here: true }, b: one };
  const count = (more, who = others) => there(props({ phase: "gather" }, { me: host, people: who, ...more }));
  assert.equal(count({ own: {} }), 1);
  assert.equal(count({ own: { with: true } }), 2);
  assert.equal(count({ own: undefined }, { ...others, c: one }), 2);
  assert.equal(count({ own: {} }, { ...others, c: { ...one, here: false }, s: { role: "screen", here: true } }), 1, "who is away and a big screen are nobody's partner");
  assert.equal(count({ own: {} }, { ...others, k: { role: "host", here: true } }), 2, "whether another host comes along one does not know");
  assert.equal(count({ me: { id: "b", role: "member" }, own: {} }), 2);
});

test("GR21: whose turn it is in a clinic, also when it is nobody's", () => {
  const ours = { order: ["b", "a", ""] };
  assert.deepEqual([0, 2, 3, 5, 8].map((stage) => turn({ stage }, ours, "a")), [
    { part: 0, who: "b", my: false }, { part: 2, who: "b", my: false }, { part: 0, who: "a", my: true }, { part: 2, who: "a", my: true }, { part: 2, who: "", my: false }]);
  assert.equal(turn({ stage: 0 }, undefined, "a").who, "");
});

test("GR21: what was written and brought: without what was taken away", () => {
  assert.deepEqual(talk({ talk: [{ by: "b", text: "1" }] }, { lines: [{ by: "", text: "" }, { by: "a", text: "2" }] }).map(({ text }) => text), ["1", "2"]);
  assert.deepEqual(talk(undefined, undefined), []);
  const room = { back: [{ text: "x" }, { text: "" }, { text: "y", off: true }], made: [{}, { who: ["a"], room: { marks: [] }, round: 1 }, { who: [], room: {}, off: true }] };
  assert.deepEqual(brought(room).map(({ i }) => i), [0]);
  assert.deepEqual(brought(room, true).map(({ i }) => i), [0, 2]);
  assert.deepEqual(made(room).map(({ i }) => i), [1]);
  assert.deepEqual(made(room, true).map(({ i }) => i), [1, 2]);
  const shut = ["gather", "ready", "collect", "write", "quiet", "pass", "shown", "run", "free"].map((phase) => ({ who: ["a"], round: 1, room: { phase } }));
  assert.deepEqual(made({ made: shut }, true).map((one) => one.room.phase), ["shown", "run", "free"], "what nobody has shown is no empty frame");
  assert.deepEqual(leaf({ room }), { svg: "", lines: [{ text: "x" }] });
});

test("GR21: for the ear: with whom one is, what another writes, and what came back", () => {
  const alone = props({ phase: "gather" });
  const pair = props({ team: { a: "x", b: "x" } });
  assert.equal(view.say(pair, alone), 'you.with{"names":"\u2068Bo\u2069"}');
  assert.equal(view.say(pair, pair), "");
  assert.equal(view.say(props({ team: { a: "x" } }), pair), "you.alone");
  const heard = { ...pair, team: { lines: [{ by: "b", text: "hello" }] } };
  assert.equal(view.say(heard, pair), "Bo: hello");
  assert.equal(view.say({ ...pair, team: { lines: [{ by: "a", text: "mine" }] } }, pair), "");
  assert.equal(view.say(props({ phase: "home", back: [{ text: "x" }] }), pair), "back x");
});

test("GR22: paths of a kind inside go where the server puts them", () => {
  const cases = { "room/list/3": "team/x/in/list/3", "room/a": "team/x/in/a", "own/a": "own/a/in", "own/a/pick": "own/a/in/pick", "host/n/1": "host/in/x/n/1", "live/a/dot": "team/x/live/a/dot" };
  for (const [inner, outer] of Object.entries(cases)) assert.equal(mounted(inner, "x"), outer);
  assert.deepEqual(folk(people, { a: "x", b: "y", c: "x" }, "x"), { a: people.a, c: people.c });
});

test("GR22: a guess of a kind inside sees its own small tree and changes the whole one", () => {
  const tree = { meet: { now: { g: 3, in: { x: { g: 5, kind: "inner" } } } }, room: { team: { a: "x" } }, own: { a: { in: { pick: 1 } } },
    team: { x: { in: { list: ["one"] }, live: { b: { dot: 1 } } } }, live: {} };
  assert.deepEqual(below(tree, "x", "a"), { meet: tree.meet, room: { list: ["one"] }, own: { a: { pick: 1 } }, host: {}, live: { b: { dot: 1 } } });
  assert.deepEqual(below({ room: {} }, "x", "a"), { meet: undefined, room: undefined, own: {}, host: {}, live: {} });
  const guess = mount((small) => [[`room/list/${small.room.list.length}`, "two"], ["own/a/pick"]], "x", "a");
  assert.deepEqual(guess(tree), [["team/x/in/list/1", "two"], ["own/a/in/pick"]]);
  assert.deepEqual(mount(() => null, "x", "a")(tree), []);
  assert.equal(mount(null, "x", "a"), null);

  const keep = { take: () => null, head() {}, put() {}, drop() {} };
  const outbox = createOutbox({ now: () => 0, random: (n) => new Uint8Array(n), keep, refused() {} });
  outbox.add("inner.add", 5, {}, guess);
  assert.deepEqual(outbox.over(tree).team.x.in.list, ["one", "two"]);
  assert.deepEqual(outbox.over({ ...tree, meet: { now: { g: 3, in: {} } } }).team.x.in.list, ["one"], "what it was meant for runs no more");
  assert.deepEqual(outbox.over({ ...tree, meet: { now: null } }).team.x.in.list, ["one"]);
});

test("GR21: a zine holds what groups made as one sheet, without what a host put away, and outlives a page that fails", async () => {
  const made = [{ room: { n: 1 } }, { room: { n: 2 } }, { room: { n: 3 }, off: true }, { room: { n: 4 } }, {}];
  const room = { back: [{ text: "brought" }], made: made.map((one) => (one.room ? { who: [], round: 1, ...one } : one)) };
  const maker = ({ room: { n }, most }) => {
    if (n === 4) throw new Error("no");
    return { svg: `<svg viewBox="0 0 4 3" width="4" height="3"><path d="M${n} 0"/></svg>`, lines: [{ text: `${n} of ${most}` }] };
  };
  const page = leaf({ room, inside: maker, t, most: 3600 });
  assert.deepEqual(page.lines.map(({ text, head }) => (head ? "#" : text)), ["brought", "#", "1 of 1000", "#", "2 of 1000"]);
  assert.match(page.svg, /^<svg xmlns="[^"]+" viewBox="0 0 1624 600"><svg x="0" y="0" width="800" height="600" viewBox="0 0 4 3"><path d="M1 0"\/><\/svg><svg x="824"/);
  assert.equal((page.svg.match(/<svg/g) || []).length, 3);
  assert.equal(sheet([]), "");
});
