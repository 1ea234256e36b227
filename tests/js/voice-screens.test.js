// Rules VUI1 to VUI5 and VUI14 (tests/RULES.md): what is shown and said of voices.
import assert from "node:assert/strict";
import test from "node:test";
import { drawer } from "../../static/screens/drawer.js";
import { marks, may } from "../../static/screens/may.js";
import { WAYS_OUT, closedBy, createHerald, megabytes, sign, spare, stage, tabs, talking } from "../../static/screens/voicefacts.js";

const person = (more = {}) => ({ name: "A", ink: 0, shape: 0, role: "member", here: true, ...more });

test("VUI1 what stands above the bar: nothing where there is no sound, one line in the hall, else where the call is", () => {
  const at = (more) => stage({ there: 1, hall: false, listen: true, state: "off", put: false, ...more });
  assert.equal(at({}), "offer");
  for (const there of [undefined, 0]) assert.equal(at({ there, state: "on" }), "");
  assert.equal(at({ hall: true }), "hall");
  assert.equal(at({ hall: true, state: "on" }), "hall", "a phone in the hall has no voice buttons, whatever it had before");
  for (const listen of [false, null]) assert.equal(at({ listen }), "");
  assert.equal(at({ put: true }), "");
  for (const state of ["joining", "on", "blocked", "away", "busy"]) assert.equal(at({ state, put: true }), state, "what goes on is shown");
});

test("VUI2 who keeps a microphone closed: a host this one, a host all but the hosts, or what is on", () => {
  const why = (self, all, mic) => closedBy({ self, all, mic });
  assert.equal(why(person(), false, "off"), "");
  assert.equal(why(person({ shut: { voice: true } }), true, "muted"), "host");
  assert.equal(why(person(), true, "muted"), "all");
  assert.equal(why(person({ role: "host" }), true, "on"), "", "hosts may speak when all rest");
  assert.equal(why(person({ shut: { line: true } }), false, "muted"), "card");
  assert.equal(why(null, true, "off"), "");
});

test("VUI3 who speaks is told when it changes, a few seconds apart, and never the same voice over and over", () => {
  const herald = createHerald(5000, 30000);
  assert.deepEqual(herald.look([], 0), []);
  assert.deepEqual(herald.look(["a"], 100), ["a"]);
  assert.deepEqual(herald.look([], 1000), [], "a breath");
  assert.deepEqual(herald.look(["a"], 9000), [], "the same voice goes on");
  assert.deepEqual(herald.look(["a", "b"], 9500), ["a", "b"]);
  assert.deepEqual(herald.look(["c"], 10000), []);
  assert.equal(herald.due, 14500, "it is told later");
  assert.deepEqual(herald.look(["c"], 14500), ["c"]);
  assert.equal(herald.due, Infinity);
  assert.deepEqual(herald.look([], 20000), []);
  assert.deepEqual(herald.look(["c"], 49999), [], "not yet");
  assert.deepEqual(herald.look([], 50000), []);
  assert.deepEqual(herald.look(["c"], 80000), ["c"], "after a long silence it is news again");
});

test("VUI3 an hour of talk across each other is told at most every five seconds", () => {
  const herald = createHerald();
  let told = 0;
  for (let at = 0; at < 600000; at += 250) told += herald.look([`m${Math.floor(at / 250) % 7}`], at).length ? 1 : 0;
  assert.ok(told <= 121, String(told));
});

test("VUI4 the signs beside a name, and the strips of the colour bar that stick out", () => {
  const people = { a: person({ ink: 3 }), b: person({ ink: 14 }), big: person({ role: "screen" }), gone: person({ here: false }), out: person({ out: true }), hall: person({ hall: true }) };
  const live = { a: { mic: true, voice: true, speaks: true }, b: { voice: true }, gone: { speaks: true }, out: { speaks: true }, hall: { mic: true } };
  assert.deepEqual(talking(live, people), ["a"]);
  assert.deepEqual(Object.keys(people).map((id) => sign(live, people[id], id)), ["speaks", "ear", "", "", "", ""]);
  assert.equal(sign({ a: { mic: true } }, people.a, "a"), "mic");
  assert.deepEqual(tabs(people, ["a"]), [{ id: "a", ink: 3, on: true }, { id: "b", ink: 2, on: false }, { id: "gone", ink: 0, on: false }, { id: "hall", ink: 0, on: false }]);
});

test("VUI5 the space bar speaks where it has nothing else to do; megabytes are said in round numbers; every cause has a sentence", () => {
  assert.equal(spare({ target: { tabIndex: -1 } }), true);
  assert.equal(spare({ target: { tabIndex: 0 } }), false, "a field, a button, a drawing");
  assert.equal(spare({ target: { tabIndex: -1, isContentEditable: true } }), false);
  for (const held of ["altKey", "ctrlKey", "metaKey", "shiftKey", "defaultPrevented"]) assert.equal(spare({ target: { tabIndex: -1 }, [held]: true }), false, held);
  assert.deepEqual([0, 700000, 1.4e6, 2.3e6, 13.8e6, 20.6e6].map(megabytes), [0.5, 0.5, 1.5, 2.5, 14, 21]);
  assert.deepEqual(Object.keys(WAYS_OUT).sort(), ["away", "hall", "host", "muted", "network", "nomic", "ok", "quiet", "refused"]);
});

test("VUI14 what can be done to whom has voices in it where there is sound, and only there", () => {
  const people = { key: person({ role: "host" }), co: person({ role: "host", made: true }), one: person(), shut: person({ shut: { voice: true } }), hall: person({ hall: true }), gone: person({ here: false }) };
  const can = (who, more = {}) => may({ me: "key", who, people, meet: { baton: "key", standin: null }, voice: true, ...more }).filter((what) => /speak|music|voice/.test(what)).join(" ");
  assert.equal(can("one"), "speak music.on voice.off");
  assert.equal(can("shut"), "speak music.on voice.on");
  assert.equal(can("co"), "speak music.on", "no host is muted");
  assert.equal(can("hall"), "voice.off", "a phone in the hall makes no sound");
  assert.equal(can("gone"), "voice.off");
  assert.equal(can("one", { meet: { baton: "key", music: "one" } }), "speak music.off voice.off");
  assert.equal(can("one", { voice: false }), "");
  assert.equal(can("shut", { voice: false }), "voice.on", "what was closed can be opened again");
  assert.equal(may({ me: "one", who: "shut", people, meet: {}, voice: true }).join(" "), "mute.on");
  const says = (who, meet) => marks({ who, me: "one", people, meet }, false).join(" ");
  assert.equal(says("shut", { music: "shut" }), "hushed music");
  const rows = (voice) => drawer({ host: false, keyed: false, call: false, has: () => true, voice })[0].rows.map(({ id }) => id);
  assert.deepEqual(rows(1).filter((id) => !rows(0).includes(id)), ["voices"]);
  assert.deepEqual(rows(undefined), rows(0));
});
