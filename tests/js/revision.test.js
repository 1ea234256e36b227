// ROLL-15 (tests/RULES.md): a page and a server of neighbouring versions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createKeep } from "../../static/keep.js";
import { createStore } from "../../static/store.js";
import { seeded } from "./fake-server.js";
import { box, clockwork } from "./world.js";

const STATE = { meet: { now: { g: 3, kind: "jam" }, people: {} }, room: { list: ["a"] }, own: { ada: {} }, live: {} };

test("ROLL15 frames and fields of a later server disturb no page, and what it knows of them it takes", async () => {
  const time = clockwork();
  const store = createStore({ now: time.now, random: seeded(1).bytes, keep: createKeep("ROOM", { long: box(), tab: box() }), rtt: () => 0 });
  const told = [];
  store.listen((h) => told.push(h));
  store.hello();
  store.receive({ t: "welcome", v: 1, me: { member: "ada", role: "member", later: 1 }, token: "tok", n: 0, settled: 0, mode: "snap", now: 5, later: {} });
  store.receive({ t: "later", pos: "p9", c: [["room", null]] });
  store.receive({ t: "snap", pos: "p1", i: 0, k: 1, st: { ...STATE, later: { x: 1 } }, later: true });
  const done = store.act("jam.add", { v: "b" }, (t) => [[`room/list/${t.room.list.length}`, "b"]]);
  store.drain();
  store.receive({ t: "tick", pos: "p2", ts: 1, later: [], c: [["room/list/1", "b"], ["later/x", 2], ["meet/now/revs", { jam: 2 }], ["meet/later", { a: [] }]] });
  store.receive({ t: "ack", r: [[1, "ok", 2, "", {}, "later"]], settled: 1, later: 0 });
  store.receive({ t: "k", now: 7, pos: "p2", later: 1 });
  time.pass(100);
  store.drain();
  assert.deepEqual(store.tree.room.list, ["a", "b"]);
  assert.deepEqual(store.tree.meet.now, { g: 3, kind: "jam", revs: { jam: 2 } });
  assert.equal((await done).outcome, "ok");
  assert.deepEqual(told.map((h) => h.type).filter((type) => type === "err" || type === "bye"), []);
});
