// Rules FOLK1 to FOLK6 (tests/RULES.md): who may do what to whom, who leads, and what the drawer holds.
import assert from "node:assert/strict";
import test from "node:test";
import { drawer } from "../../static/screens/drawer.js";
import { nextDate } from "../../static/screens/next.js";
import { deserted, halves, heirs, keyed, lasting, lead, marks, may } from "../../static/screens/may.js";

const person = (more) => ({ name: "A", ink: 0, shape: 0, role: "member", here: true, ...more });
const PEOPLE = {
  key: person({ role: "host" }), key2: person({ role: "host" }), made: person({ role: "host", made: true }),
  acting: person({ role: "host", acting: true }), one: person({}), hand: person({ hand: 7 }), gone: person({ here: false }),
  out: person({ here: false, out: true }), screen: person({ role: "screen" }), shut: person({ shut: { line: true, work: true } }),
};
const can = (me, who, more = {}) => may({ me, who, people: PEOPLE, meet: { baton: "key", standin: null }, ...more }).join(" ");

test("FOLK1 what can be done to whom: a table of every sort of person by every sort of person", () => {
  const HELP = "pass standin.on host.on mute.on", FIRM = "line.off work.off undo remove";
  const table = {
    one: {
      key: "mute.on", key2: "mute.on", made: "mute.on", acting: "mute.on", one: "", hand: "mute.on", gone: "mute.on", out: "", screen: "", shut: "mute.on",
    },
    key: {
      key: "", key2: "pass mute.on undo", made: "pass host.off mute.on undo remove", acting: "pass host.on mute.on undo remove",
      one: `${HELP} ${FIRM}`, hand: `word ${HELP} ${FIRM}`, gone: `host.on mute.on ${FIRM}`, out: "undo", screen: "remove",
      shut: `${HELP} line.on work.on undo remove`,
    },
    made: { key: "mute.on undo", made: "", acting: "pass host.on mute.on undo remove", one: `${HELP} ${FIRM}`, out: "undo" },
    // Whoever stands in for a while takes no host's role and asks no host to leave.
    acting: { key: "mute.on undo", made: "pass mute.on undo", acting: "", one: `${HELP} ${FIRM}`, screen: "remove" },
  };
  for (const [me, row] of Object.entries(table)) for (const [who, want] of Object.entries(row)) assert.equal(can(me, who), want, `${me} on ${who}`);
});

test("FOLK1 nobody who is not in the room can do anything, nor to anyone who is not", () => {
  assert.equal(can("nobody", "one"), "");
  assert.equal(can("key", "nobody"), "");
  assert.equal(can("out", "one"), "mute.on", "the room itself keeps them out");
});

test("FOLK2 what was done turns into the way to take it back", () => {
  assert.match(can("key", "one", { undone: true }), / redo remove$/);
  assert.equal(can("key", "out", { undone: true }), "redo");
  assert.equal(can("one", "hand", { mute: true }), "mute.off");
  assert.match(can("key", "one", { meet: { baton: "key", standin: "one" } }), /standin\.off/);
  assert.match(can("key", "gone", { meet: { baton: "key", standin: "gone" } }), /standin\.off/, "a stand-in who has gone can be named no longer");
  assert.doesNotMatch(can("key", "one", { meet: { baton: "one", standin: null } }), /pass/, "whoever leads need not be given the lead");
});

test("FOLK3 keyed and lasting hosts: who can lose the role, and who has it only for a while", () => {
  assert.deepEqual(Object.keys(PEOPLE).filter((id) => keyed(PEOPLE[id])), ["key", "key2"]);
  assert.deepEqual(Object.keys(PEOPLE).filter((id) => lasting(PEOPLE[id])), ["key", "key2", "made"]);
  assert.equal(keyed(null), false);
});

test("FOLK3 beside a name stands who leads and who rests; whoever was asked to leave is that and nothing else", () => {
  const says = (who, rest = false, mute = false) => marks({ who, me: "one", people: PEOPLE, meet: { baton: "key", standin: "hand" }, mute }, rest).join(" ");
  assert.deepEqual(Object.fromEntries(Object.keys(PEOPLE).map((id) => [id, says(id)])), {
    key: "leads", key2: "host", made: "cohost", acting: "host", one: "you", hand: "standin", gone: "away", out: "out", screen: "screen", shut: "",
  });
  assert.equal(says("shut", true), "resting");
  assert.equal(says("gone", true), "away", "away is more than resting");
  assert.equal(says("shut", false, true), "hidden");
});

test("FOLK4 whoever was asked to leave is shown to hosts alone, among those who were here", () => {
  const ids = Object.keys(PEOPLE);
  assert.deepEqual(halves(ids, PEOPLE, true).was, ["gone", "out"]);
  assert.deepEqual(halves(ids, PEOPLE, false).was, ["gone"]);
  assert.ok(!halves(ids, PEOPLE, true).here.includes("out"));
  assert.deepEqual(halves(["x"], { x: person({ out: true }) }, true), { here: [], was: ["x"] }, "also while the line is still there");
});

test("FOLK4 the lead is offered to hosts, then to the stand-in, then to whoever is here; never to a screen or to who has gone", () => {
  assert.deepEqual(heirs(PEOPLE, "key", "hand"), ["key2", "made", "acting", "hand", "one", "shut"]);
  assert.deepEqual(heirs({ a: person({}) }, "a", null), []);
});

test("FOLK5 what is said when the lead moves, and who may take it", () => {
  const tell = (me, was, now, acted = false) => {
    const { say, can: way } = lead({ me, was, now, acted, people: PEOPLE });
    return `${say} ${way}`.trim();
  };
  assert.equal(tell("one", "key", "acting"), "passed");
  assert.equal(tell("acting", "key", "acting"), "you");
  assert.equal(tell("key", "key", "acting"), "passed take");
  assert.equal(tell("made", "key", "acting"), "passed take");
  assert.equal(tell("key", undefined, "acting"), "other take", "a host who returns finds it so");
  assert.equal(tell("one", undefined, "acting"), "", "a member who comes late need not be told");
  assert.equal(tell("one", "acting", "key", true), "back");
  assert.equal(tell("key", "acting", "key", true), "back");
  assert.equal(tell("one", "key", "made"), "passed");
  assert.equal(tell("one", "key", null), "away lead");
  assert.equal(tell("one", undefined, null), "away lead");
  assert.equal(tell("screen", "key", null), "", "a big screen cannot lead");
  assert.equal(tell("one", "key", undefined), "", "a room of before knows no lead");
});

test("FOLK5 nobody is asked to lead before a host has been there at all", () => {
  const people = { a: person({}), b: person({}) };
  assert.deepEqual(lead({ me: "a", was: undefined, now: null, acted: false, people }), { say: "", can: "" });
});

test("FOLK9 nobody is said to take over where nobody led before; a host who comes back to a deserted room is", () => {
  const waits = { a: person({}), b: person({}) };
  const came = { ...waits, h: person({ role: "host" }) };
  const first = { me: "a", was: null, now: "h", acted: false, people: came };
  assert.deepEqual([deserted(waits), deserted(came)], [false, true]);
  assert.deepEqual(lead(first), { say: "", can: "" });
  assert.deepEqual(lead({ ...first, led: true }), { say: "passed", can: "" });
  assert.deepEqual(lead({ ...first, me: "h" }), { say: "you", can: "" });
});

test("FOLK6 the drawer: groups in their order, a row only where there is something behind it, hosts' things for hosts", () => {
  const all = () => true;
  const ids = (view) => drawer(view).map(({ id, rows }) => `${id}: ${rows.map((row) => row.id).join(" ")}`);
  assert.deepEqual(ids({ host: false, keyed: false, call: false, has: all }), [
    "together: people line lost invite hall", "about: dates kept", "mine: device sound light"]);
  assert.deepEqual(ids({ host: true, keyed: true, call: false, has: all }), [
    "together: people line lost invite call hall", "hosts: cards guide key name", "about: dates kept", "mine: device sound light"]);
  assert.ok(!ids({ host: true, keyed: false, call: false, has: all }).join().includes("key"), "a co-host has no key to show");
  assert.ok(ids({ host: false, keyed: false, call: true, has: all })[0].includes("call"), "a call that is set is for everyone");
  const none = drawer({ host: true, keyed: true, call: true, has: () => false });
  assert.deepEqual(none.flatMap(({ rows }) => rows.map((row) => row.id)), ["hall", "name", "sound", "light"]);
  assert.ok(none.every(({ rows }) => rows.every((row) => !row.sheet)));
});

test("FOLK6 the date an old link tells: from this hour on, at most a year away, and no date is no mistake", () => {
  const now = new Date(2026, 10, 22, 12, 0).getTime();
  assert.equal(nextDate("", "19:30", now), null);
  assert.equal(nextDate("2026-11-26", "19:30", now), new Date(2026, 10, 26, 19, 30).getTime());
  assert.equal(nextDate("26/11/2026", "", now), new Date(2026, 10, 26, 12, 0).getTime());
  assert.equal(nextDate("2026-11-21", "19:30", now), undefined);
  assert.equal(nextDate("26. Nov", "19:30", now), undefined);
  assert.equal(nextDate("2027-11-22", "12:00", now), new Date(2027, 10, 22, 12, 0).getTime());
  assert.equal(nextDate("2028-01-01", "12:00", now), undefined);
});
