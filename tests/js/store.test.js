import assert from "node:assert/strict";
import { test } from "node:test";
import { createClaim, createKeep } from "../../static/keep.js";
import { LATE_MS, OP_BYTES, WAITING, bytes } from "../../static/outbox.js";
import { Resync, createStore } from "../../static/store.js";
import { seeded } from "./fake-server.js";
import { box, clockwork, lockroom } from "./world.js";

const STATE = {
  meet: { now: { g: 3, kind: "jam" }, people: { ada: { name: "Ada", role: "member" } } }, room: { list: ["a"], n: 1 }, own: { ada: {} }, live: {},
};
const welcome = (more = {}) => ({ t: "welcome", v: 1, me: { member: "ada", role: "member" }, token: "tok", n: 0, settled: 0, mode: "snap", now: 5, ...more });
const snap = (st = STATE, more = {}) => ({ t: "snap", pos: "p1", i: 0, k: 1, st, ...more });

function made({ boxes = { long: box(), tab: box() }, seed = 1, rtt = () => 0, open = true } = {}) {
  const time = clockwork();
  const keep = createKeep("ROOM", boxes);
  const store = createStore({ now: time.now, random: seeded(seed).bytes, keep, rtt });
  const told = [];
  store.listen((h) => told.push(h));
  if (open) {
    store.hello();
    store.receive(welcome());
    store.receive(snap());
  }
  return { time, keep, store, boxes, told };
}
const push = (v) => (t) => [[`room/list/${t.room.list.length}`, v]];

test("client-guess: shown at once, run again over every tick, gone with the answer", async () => {
  const { store, time } = made();
  const done = store.act("jam.add", { v: "b" }, push("b"));
  assert.deepEqual(store.tree.room.list, ["a", "b"]);
  assert.deepEqual(store.confirmed.room.list, ["a"]);
  assert.deepEqual(store.drain(), [{ t: "op", n: 1, do: "jam.add", g: 3, d: { v: "b" } }]);
  store.receive({ t: "tick", pos: "p2", ts: 1, c: [["room/list/1", "x"]] });
  time.pass(100);
  store.drain();
  assert.deepEqual(store.tree.room.list, ["a", "x", "b"]);
  store.receive({ t: "tick", pos: "p3", ts: 1, c: [["room/list/2", "B"]] });
  store.receive({ t: "ack", r: [[1, "ok", 3]], settled: 1 });
  assert.deepEqual(store.tree.room.list, ["a", "x", "B"]);
  assert.equal(store.tree, store.confirmed);
  assert.deepEqual(await done, { outcome: "ok" });
});

test("client-guess: what one did is never shown twice, as done and as guessed, while its answer is a packet behind", () => {
  const { store, time } = made();
  const seen = [];
  store.subscribe(() => seen.push(store.tree.room.list.join("")));
  store.act("jam.add", { v: "b" }, push("b"));
  store.drain();
  store.receive({ t: "tick", pos: "p2", ts: 1, c: [["room/list/1", "b"]] });
  time.pass(60);
  store.drain();
  assert.equal(store.due(), time.now() + 40, "what others did waits no longer than that");
  store.receive({ t: "ack", r: [[1, "ok", 2]], settled: 1 });
  assert.deepEqual(seen, ["ab", "ab"]);
  store.receive({ t: "tick", pos: "p3", ts: 1, c: [["room/list/2", "x"]] });
  assert.equal(seen.pop(), "abx", "with nothing under way a tick is shown at once");
});

test("client-guess: one that throws or does not fit is left out, the others stay", () => {
  const { store } = made();
  store.act("jam.add", {}, () => { throw new Error("no"); });
  store.act("jam.add", {}, () => [["room/n/deep", 1]]);
  store.act("jam.add", {}, push("b"));
  store.act("jam.add", {}, () => null);
  assert.deepEqual(store.tree.room.list, ["a", "b"]);
});

test("client-late: what was begun before goes out under its own generation, unseen, and stays so through a reload", async () => {
  const { store, boxes } = made();
  store.receive({ t: "tick", pos: "p2", ts: 1, c: [["meet/now/g", 4]] });
  const late = store.act("jam.add", { v: "b" }, push("b"), 3);
  store.act("jam.add", { v: "c" }, push("c"));
  store.act("room.hand", { up: true }, null, 3);
  assert.deepEqual(store.tree.room.list, ["a", "c"]);
  assert.deepEqual(store.drain().map(({ g }) => g), [3, 4, undefined]);
  assert.deepEqual(JSON.parse(boxes.tab.text()).map(([, v]) => JSON.parse(v)).filter((x) => x.do === "jam.add").map(({ g }) => g), [3, 4]);
  store.receive({ t: "ack", r: [[1, "refused", null, "closed"]], settled: 1 });
  assert.deepEqual(await late, { outcome: "refused", code: "closed" });
});

test("client-guess: one made for another generation is not shown", () => {
  const { store } = made();
  store.act("jam.add", {}, push("b"));
  store.receive({ t: "tick", pos: "p2", ts: 1, c: [["meet/now/g", 4]] });
  assert.deepEqual(store.tree.room.list, ["a"]);
});

test("client-answer: a refusal comes with its code, its guess goes, and it is said aloud", async () => {
  const { store, told } = made();
  const done = store.act("jam.add", { v: 1 }, push("b"));
  store.drain();
  store.receive({ t: "ack", r: [[1, "refused", 0, "too_long", { max: 3 }]], settled: 1 });
  assert.deepEqual(await done, { outcome: "refused", code: "too_long", args: { max: 3 } });
  assert.deepEqual(store.tree.room.list, ["a"]);
  assert.deepEqual(told.filter((h) => h.type === "refused"), [{ type: "refused", do: "jam.add", code: "too_long", args: { max: 3 } }]);
});

test("LD22 a pen that was put away is told where it was tried; of the room's own actions the page tells", async () => {
  const { store, told } = made();
  const done = [store.act("jam.add", { v: "b" }), store.act("jam.add", { v: "c" }), store.act("room.line", { text: "b", to: "all" })];
  store.receive({ t: "ack", r: [[1, "noop", 3, "shut", {}], [2, "noop", 3, "closed", {}], [3, "noop", 3, "shut", {}]], settled: 3 });
  assert.deepEqual((await Promise.all(done)).map(({ code }) => code), ["shut", "closed", "shut"]);
  assert.deepEqual(told.filter((h) => h.type === "refused").map((h) => [h.do, h.code]), [["jam.add", "shut"]]);
});

test("client-kept: an action stays on the device until it is settled, not until it is answered", () => {
  const { store, boxes } = made();
  store.act("jam.add", { v: "precious" });
  assert.match(boxes.tab.text(), /precious/);
  store.drain();
  store.receive({ t: "ack", r: [[1, "ok", 3]], settled: 0 });
  assert.match(boxes.tab.text(), /precious/);
  store.receive({ t: "ack", r: [], settled: 1 });
  assert.equal(boxes.tab.length, 0);
});

test("client-kept: what the log has lost goes out again under its number, and shows again", () => {
  const { store } = made();
  store.act("jam.add", { v: "b" }, push("b"));
  store.drain();
  store.receive({ t: "ack", r: [[1, "ok", 3]], settled: 0 });
  store.closed(1006);
  store.hello();
  assert.deepEqual(store.receive(welcome({ n: 0 })), [{ t: "op", n: 1, do: "jam.add", g: 3, d: { v: "b" } }]);
  store.receive(snap());
  assert.deepEqual(store.tree.room.list, ["a", "b"]);
});

test("client-kept: a reload goes on under the same name with the same numbers; nothing under way: a new name", () => {
  const boxes = { long: box(), tab: box() };
  const one = made({ boxes, seed: 1 });
  one.store.act("jam.add", { v: 1 });
  one.store.act("jam.add", { v: 2 });
  one.store.drain();
  const first = one.store.hello();
  const two = made({ boxes, seed: 2, open: false });
  const again = two.store.hello();
  assert.equal(again.cid, first.cid);
  assert.ok(again.gen > first.gen);
  assert.equal(again.pos, undefined);
  const frames = two.store.receive(welcome({ n: 1, settled: 1 }));
  assert.deepEqual(frames.map((f) => f.n), [1, 2]);
  two.store.receive({ t: "ack", r: [[1, "ok", 1], [2, "ok", 2]], settled: 2 });
  assert.notEqual(made({ boxes, seed: 3, open: false }).store.hello().cid, first.cid);
});

test("client-clone: a tab cloned while nothing is under way finds no name", () => {
  const { store, boxes } = made();
  store.act("jam.add", {});
  store.drain();
  store.receive({ t: "ack", r: [[1, "ok", 1]], settled: 1 });
  const other = made({ boxes: { long: boxes.long, tab: boxes.tab.clone() }, seed: 9, open: false });
  assert.notEqual(other.store.hello().cid, store.hello().cid);
});

/** A page with locks, as screens/session.js puts it together. */
async function claimed(boxes, locks, seed, patience = 20) {
  const claim = createClaim(createKeep("ROOM", boxes), locks, patience);
  await claim.start();
  const page = made({ boxes, seed, open: false });
  page.store.subscribe(() => page.store.waiting && claim.hold());
  return page.store;
}
const turns = () => new Promise((done) => setImmediate(done));

test("client-clone: a tab cloned while something is under way takes neither the name nor the action, which the first one settles", async () => {
  const room = lockroom(), boxes = { long: box(), tab: box() };
  const first = await claimed(boxes, room.page(), 1);
  first.hello();
  first.receive(welcome());
  first.receive(snap());
  first.act("jam.add", { v: 1 });
  first.act("jam.add", { v: 2 });
  await turns();
  const cid = first.hello().cid;
  assert.deepEqual([...room.holders.keys()], [`jam:${cid}`]);
  const copy = { long: boxes.long, tab: boxes.tab.clone() };
  const clone = await claimed(copy, room.page(), 2);
  assert.notEqual(clone.hello().cid, cid);
  assert.deepEqual([clone.waiting, first.waiting], [0, 2]);
  assert.equal(createKeep("ROOM", copy).under(), null);
  clone.act("jam.add", {});
  await turns();
  assert.deepEqual([...room.holders.keys()].sort(), [`jam:${cid}`, `jam:${clone.hello().cid}`].sort());
});

test("client-clone: a page loaded anew goes on with its name, also when the one before takes a moment to go", async () => {
  for (const at of ["before", "late"]) {
    const room = lockroom(), boxes = { long: box(), tab: box() }, old = room.page();
    const first = await claimed(boxes, old, 1);
    first.act("jam.add", { v: 1 });
    await turns();
    if (at === "before") old.gone();
    const next = claimed(boxes, room.page(), 2, 60000);
    await turns();
    if (at === "late") old.gone();
    const second = await next;
    assert.deepEqual([second.hello().cid, second.waiting], [first.hello().cid, 1], at);
  }
});

test("client-clone: without locks, and with locks that fail, a reload goes on as ever", async () => {
  const broken = { request: () => Promise.reject(new Error("SecurityError")) };
  for (const locks of [undefined, broken]) {
    const boxes = { long: box(), tab: box() };
    const first = await claimed(boxes, locks, 1);
    first.act("jam.add", { v: 1 });
    const second = await claimed(boxes, locks, 2);
    assert.deepEqual([second.hello().cid, second.waiting], [first.hello().cid, 1]);
  }
});

test("client-clone: numbers that another tab has used meanwhile are not used again", () => {
  const { store } = made();
  store.act("jam.add", { v: 1 });
  store.closed(4509);
  store.takeOver();
  store.hello();
  assert.deepEqual(store.receive(welcome({ n: 7, settled: 7 })).map((f) => [f.n, f.d.v]), [[8, 1]]);
});

test("client-once: an action whose answer is never repeated counts as done, and not before the line had its time", async () => {
  const { store, time } = made();
  let answer = null;
  store.act("jam.add", {}, push("b")).then((a) => (answer = a));
  store.drain();
  store.closed(1006);
  store.hello();
  store.receive(welcome({ n: 1, settled: 1, mode: "tail" }));
  store.receive({ t: "k", now: 1 });
  await null;
  assert.equal(answer, null);
  time.pass(5000);
  store.receive({ t: "k", now: 1 });
  await null;
  assert.deepEqual(answer, { outcome: "ok" });
  assert.deepEqual(store.tree.room.list, ["a"]);
});

test("client-snap: parts are merged in order, dicts merged, lists appended; the old state stays until they are whole", () => {
  const { store } = made();
  store.receive(snap({ ...STATE, room: { list: ["x"], big: { a: 1 } } }, { pos: "p9", k: 3 }));
  assert.deepEqual(store.tree.room.list, ["a"]);
  assert.equal(store.ready, false);
  store.receive({ t: "snap", pos: "p9", i: 1, k: 3, st: { room: { list: ["y"], big: { b: 2 } } } });
  store.receive({ t: "tick", pos: "p10", ts: 1, c: [["room/list/3", "later"]] });
  store.receive({ t: "snap", pos: "p9", i: 2, k: 3, st: { room: { list: ["z"] } } });
  assert.deepEqual(store.tree.room, { list: ["x", "y", "z", "later"], big: { a: 1, b: 2 } });
  assert.equal(store.pos, "p10");
});

test("client-snap: a new first part starts afresh", () => {
  const { store } = made();
  store.receive(snap({ ...STATE, room: { list: ["old"] } }, { pos: "p9", k: 2 }));
  store.receive({ t: "tick", pos: "p10", ts: 1, c: [["room/list/1", "old"]] });
  store.receive(snap({ ...STATE, room: { list: ["new"] } }, { pos: "p11", k: 2 }));
  store.receive({ t: "snap", pos: "p11", i: 1, k: 2, st: { room: { list: ["er"] } } });
  assert.deepEqual(store.tree.room.list, ["new", "er"]);
});

test("client-snap: the first time, parts show as they come", () => {
  const { store } = made({ open: false });
  store.hello();
  store.receive(welcome());
  store.receive(snap(STATE, { k: 2 }));
  assert.deepEqual(store.tree.room.list, ["a"]);
  assert.equal(store.ready, false);
  store.receive({ t: "snap", pos: "p1", i: 1, k: 2, st: { room: { list: ["b"] } } });
  assert.deepEqual([store.tree.room.list, store.ready], [["a", "b"], true]);
});

test("client-snap: an answer between the parts keeps its guess until the state is whole", () => {
  const { store } = made();
  store.act("jam.add", {}, push("b"));
  store.drain();
  store.receive(snap({ ...STATE, room: { list: ["a"] } }, { pos: "p9", k: 2 }));
  store.receive({ t: "ack", r: [[1, "ok", 9]], settled: 0 });
  assert.deepEqual(store.tree.room.list, ["a", "b"]);
  store.receive({ t: "snap", pos: "p9", i: 1, k: 2, st: { room: { list: ["b"] } } });
  assert.deepEqual(store.tree.room.list, ["a", "b"]);
});

test("client-snap: a hostile key in a part is left out", () => {
  const { store } = made();
  store.receive(snap(STATE, { pos: "p2", k: 2 }));
  store.receive(JSON.parse('{"t":"snap","pos":"p2","i":1,"k":2,"st":{"__proto__":{"polluted":1},"room":{"constructor":1}}}'));
  assert.equal({}.polluted, undefined);
  assert.equal(store.tree.polluted, undefined);
  assert.deepEqual(store.tree.room, STATE.room);
});

for (const [name, frames] of Object.entries({
  "a change that does not fit": [{ t: "tick", pos: "p2", ts: 1, c: [["room/list/9", 1]] }],
  "a part out of order": [snap(STATE, { pos: "p2", k: 3 }), { t: "snap", pos: "p2", i: 2, k: 3, st: {} }],
  "a part of another snapshot": [snap(STATE, { pos: "p2", k: 2 }), { t: "snap", pos: "p3", i: 1, k: 2, st: {} }],
})) {
  test(`client-resync: ${name} asks for the whole state and keeps what is shown`, () => {
    const { store } = made();
    assert.throws(() => frames.forEach((f) => store.receive(f)), Resync);
    assert.deepEqual(store.tree.room.list, ["a"]);
    store.closed(4010);
    assert.equal(store.hello().pos, undefined);
  });
}

test("client-pos: a heartbeat moves what is reported, never where one goes on from", () => {
  const { store } = made();
  store.receive({ t: "k", now: 1, pos: "p7" });
  assert.deepEqual([store.pos, store.reached, store.hello().pos], ["p1", "p7", "p1"]);
});

test("client-back: over the rate it waits and goes on from the number named", () => {
  const { store, time, told } = made();
  for (const v of [1, 2, 3]) store.act("jam.add", { v });
  assert.deepEqual(store.drain().map((f) => f.n), [1, 2, 3]);
  store.receive({ t: "err", code: "too_fast", n: 2, retry_ms: 300 });
  assert.deepEqual(store.drain(), []);
  assert.equal(store.due(), time.now() + 300);
  time.pass(300);
  assert.deepEqual(store.drain().map((f) => f.n), [2, 3]);
  assert.equal(told.filter((h) => h.type === "err").length, 1);
});

test("client-back: a gap goes back at once; the same gap again takes its time", () => {
  const { store, time } = made();
  store.act("jam.add", {});
  store.drain();
  assert.deepEqual(store.receive({ t: "err", code: "gap", n: 1 }).map((f) => f.n), [1]);
  assert.deepEqual(store.receive({ t: "err", code: "gap", n: 1 }), []);
  time.pass(1000);
  assert.deepEqual(store.drain().map((f) => f.n), [1]);
});

test("client-slow: on a line too slow for it nothing of the moment goes out, actions do, and again when it is quick", () => {
  const { store } = made();
  store.live("cursor", { x: 1 });
  store.set({ slow: true });
  store.live("cursor", { x: 2 });
  assert.deepEqual(store.drain(), []);
  store.set({ hidden: false }); // one wish does not undo another
  store.live("cursor", { x: 3 });
  store.act("jam.add", {});
  assert.deepEqual(store.drain().map((f) => f.t), ["op"]);
  store.set({ slow: false });
  store.live("cursor", { x: 4 });
  assert.deepEqual(store.drain(), [{ t: "eph", key: "cursor", d: { x: 4 } }]);
});

test("client-pace: a full outbox goes out in a burst and then evenly, below the server's rate", () => {
  const { store, time } = made();
  for (let v = 0; v < 60; v++) store.act("jam.add", { v });
  assert.equal(store.drain().length, 40);
  let rest = 0;
  for (let i = 0; i < 10; i++) time.pass(100), (rest += store.drain().length);
  assert.equal(rest, 16);
});

test("client-poison: two closes in a row for size drop the action at the head, aloud; the next one names its predecessor", async () => {
  const { store, told } = made();
  const first = store.act("jam.add", { v: "poison" });
  store.act("jam.add", { v: "fine" });
  for (const code of [1009, 1007]) {
    store.drain();
    store.closed(code);
    store.hello();
    store.receive(welcome({ mode: "tail" }));
  }
  assert.deepEqual(await first, { outcome: "refused", code: "too_large" });
  assert.equal(told.filter((h) => h.type === "refused").length, 1);
  store.closed(1006);
  store.hello();
  assert.deepEqual(store.receive(welcome({ mode: "tail" })), [{ t: "op", n: 2, p: 0, do: "jam.add", g: 3, d: { v: "fine" } }]);
});

test("client-poison: one such close, or two with different actions at the head, drop nothing", () => {
  const { store } = made();
  store.act("jam.add", { v: 1 });
  store.drain();
  store.closed(1009);
  store.hello();
  store.receive(welcome({ mode: "tail" }));
  store.receive({ t: "ack", r: [[1, "ok", 1]], settled: 1 });
  store.act("jam.add", { v: 2 });
  store.drain();
  store.closed(1009);
  assert.equal(store.waiting, 1);
});

test("client-limits: an action of 32 KiB goes, one byte more is refused here and takes no number", async () => {
  const { store } = made();
  const frame = { t: "op", n: 1, p: 1, do: "jam.add", g: 3, d: { v: "" } };
  const room = OP_BYTES - bytes(JSON.stringify(frame));
  const tooMuch = await store.act("jam.add", { v: "é".repeat(room / 2) + "ab" });
  assert.deepEqual(tooMuch, { outcome: "refused", code: "too_large", args: { max: OP_BYTES } });
  store.act("jam.add", { v: "x".repeat(room) });
  const [sent] = store.drain();
  assert.equal(sent.n, 1);
  assert.ok(bytes(JSON.stringify(sent)) <= OP_BYTES);
});

test("client-limits: 200 actions wait, the next one is refused", async () => {
  const { store } = made();
  for (let i = 0; i < WAITING; i++) store.act("jam.add", { i });
  assert.equal(store.waiting, WAITING);
  assert.deepEqual(await store.act("jam.add", {}), { outcome: "refused", code: "outbox", args: { max: WAITING } });
});

test("client-limits: after two minutes without an answer the store says so, not before", () => {
  const { store, time } = made();
  store.act("jam.add", {});
  store.closed(1006);
  time.pass(LATE_MS - 1);
  store.drain();
  assert.equal(store.late, false);
  assert.equal(store.due(), time.now() + 1);
  let shown = 0;
  store.subscribe(() => shown++);
  time.pass(1);
  store.drain();
  assert.deepEqual([store.late, shown], [true, 1]);
});

test("client-live: each key at most ten times a second, the latest wins, the first at once; five times on a slow line", () => {
  let rtt = 0;
  const { store, time } = made({ rtt: () => rtt });
  for (const [slow, pace] of [[800, 100], [801, 200]]) {
    rtt = slow;
    time.pass(1000);
    store.live("cursor", { x: 1 });
    assert.deepEqual(store.drain(), [{ t: "eph", key: "cursor", d: { x: 1 } }]);
    store.live("cursor", { x: 2 });
    store.live("cursor", { x: 3 });
    store.live("other", { y: 1 });
    assert.deepEqual(store.drain(), [{ t: "eph", key: "other", d: { y: 1 } }]);
    assert.equal(store.due(), time.now() + pace);
    time.pass(pace - 1);
    assert.deepEqual(store.drain(), []);
    time.pass(1);
    assert.deepEqual(store.drain(), [{ t: "eph", key: "cursor", d: { x: 3 } }]);
  }
});

test("client-live: waiting values can be joined instead of replaced", () => {
  const { store, time } = made();
  const join = (a, b) => a.concat(b);
  for (const n of [1, 2, 3]) store.live("stroke", [n], join), n === 1 && store.drain();
  time.pass(100);
  assert.deepEqual(store.drain(), [{ t: "eph", key: "stroke", d: [2, 3] }]);
});

test("client-live: nothing while hidden, light, catching up or away, and nothing of it later", () => {
  const { store } = made();
  for (const how of [{ hidden: true }, { light: true }]) {
    store.set(how);
    store.live("cursor", { x: 1 });
    store.set({ hidden: false, light: false });
    assert.deepEqual(store.drain(), []);
  }
  store.live("cursor", { x: 1 });
  store.receive(snap(STATE, { pos: "p2", k: 2 }));
  assert.deepEqual(store.drain(), []);
  store.closed(1006);
  store.live("cursor", { x: 1 });
  assert.deepEqual(store.drain(), []);
});

test("client-live: others' values land in the tree, reactions are told and leave no trace, misfits are passed over", () => {
  const { store, told } = made();
  store.receive({ t: "tick", pos: "p2", ts: 1, x: [["live/bo/cursor", { x: 1 }], ["live/room/react", [0, 2, 0, 0, 0, 0]], ["room/n/x", 1], ["live/cy/cursor", { x: 2 }]] });
  assert.deepEqual(store.tree.live, { bo: { cursor: { x: 1 } }, cy: { cursor: { x: 2 } } });
  assert.deepEqual(told.filter((h) => h.type === "react"), [{ type: "react", counts: [0, 2, 0, 0, 0, 0] }]);
});

test("client-react: each goes out, at most three a second; beyond six waiting they are refused", () => {
  const { store, time } = made();
  assert.deepEqual(Array.from({ length: 7 }, () => store.react(2)), [true, true, true, true, true, true, false]);
  let sent = store.drain().length;
  for (let i = 0; i < 9; i++) time.pass(100), (sent += store.drain().length);
  assert.equal(sent, 3);
});

test("client-hello: who comes back shows the token, not the link again; a new link is shown once", () => {
  const { store, keep } = made({ open: false });
  keep.be({ cap: "j.secret", name: "Ada", lang: "fr" });
  const first = store.hello({ z: true });
  assert.deepEqual([first.cap, first.token, first.name, first.lang, first.z], ["secret", undefined, "Ada", "fr", true]);
  assert.match(first.cid, /^[0-9a-f]{32}$/);
  store.receive(welcome());
  store.receive(snap());
  const second = store.hello();
  assert.deepEqual([second.cap, second.token, second.pos], [undefined, "tok", "p1"]);
  keep.be({ cap: "h.more" });
  assert.deepEqual([store.hello().cap, store.hello().token], ["more", "tok"]);
  store.receive(welcome({ me: { member: "ada", role: "host" } }));
  assert.equal(store.hello().cap, undefined);
});

test("client-gone: when the room is over everyone who waits is answered, and so is who comes later", async () => {
  const { store, boxes, told } = made();
  const waits = store.act("jam.add", {});
  store.closed(4503);
  store.gone(4503);
  assert.deepEqual(await waits, { outcome: "refused", code: "removed" });
  assert.deepEqual(await store.act("jam.add", {}), { outcome: "refused", code: "ended" });
  assert.equal(boxes.tab.length, 0);
  assert.deepEqual(told[told.length - 1], { type: "gone", code: 4503 });
});

test("client-role: the role is the one of this moment", () => {
  const { store } = made();
  assert.deepEqual(store.me, { id: "ada", role: "member" });
  store.receive({ t: "tick", pos: "p2", ts: 1, c: [["meet/people/ada/role", "host"]] });
  assert.deepEqual(store.me, { id: "ada", role: "host" });
});

test("client-bytes: counted as the line counts them", () => {
  for (const text of ["", "abc", "é", "ليلى", "€", "🙂", "a🙂é€b"]) assert.equal(bytes(text), Buffer.byteLength(text), text);
});
