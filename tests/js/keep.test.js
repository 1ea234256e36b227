import assert from "node:assert/strict";
import { test } from "node:test";
import { choice, createKeep, forgetAll, loose } from "../../static/keep.js";
import { box } from "./world.js";

const boxes = () => ({ long: box(), tab: box() });
const op = (id) => ({ id, n: id, do: "jam.add", d: { id } });

test("client-self: who I am outlives the tab, the host secret does not", () => {
  const one = boxes();
  const keep = createKeep("ROOM", one);
  keep.be({ cap: "j.join", name: "Ada" });
  keep.be({ token: "tok", member: "m1" });
  assert.deepEqual(createKeep("ROOM", { long: one.long, tab: box() }).self(), { token: "tok", member: "m1", name: "Ada", cap: "j.join" });
  keep.be({ cap: "h.host" });
  assert.equal(createKeep("ROOM", one).self().cap, "h.host");
  assert.equal(createKeep("ROOM", { long: one.long, tab: box() }).self().cap, "j.join");
  assert.doesNotMatch(one.long.text(), /h\.host/);
});

test("client-hello: a link just followed is news to whoever reads of it on this page, until the room has seen it", () => {
  const both = boxes();
  createKeep("ROOM", both).be({ cap: "h.host" });
  const keep = createKeep("ROOM", both);
  assert.equal(keep.fresh, true);
  keep.be({ name: "Ada" });
  assert.equal(keep.fresh, true);
  keep.fresh = false;
  assert.equal(createKeep("ROOM", both).fresh, false);
  createKeep("SHUT").be({ cap: "j.join" });
  assert.deepEqual([createKeep("SHUT").fresh, createKeep("SHUT").self().cap], [true, "j.join"]);
});

test("client-self: rooms do not share, and a part set to the empty text is forgotten", () => {
  const both = boxes();
  createKeep("ROOM", both).be({ token: "a", name: "Ada" });
  assert.deepEqual(createKeep("OTHER", both).self(), {});
  createKeep("ROOM", both).be({ token: "" });
  assert.deepEqual(createKeep("ROOM", both).self(), { name: "Ada" });
  createKeep("ROOM", both).be({ name: "" });
  assert.equal(both.long.length, 0);
});

test("client-kept: taken out means gone from the device, in the order of doing", () => {
  const both = boxes();
  const keep = createKeep("ROOM", both);
  keep.head({ cid: "c", gen: 2 });
  for (const id of [1, 2, 10, 9]) keep.put(op(id));
  keep.drop(1);
  const kept = createKeep("ROOM", both).take();
  assert.deepEqual([kept.head, kept.ops.map((o) => o.id)], [{ cid: "c", gen: 2 }, [2, 9, 10]]);
  assert.equal(both.tab.length, 0);
  assert.equal(createKeep("ROOM", both).take(), null);
});

test("client-kept: broken or half-written records are passed over", () => {
  const both = boxes();
  both.tab.setItem("jam:ROOM:op:1", "{");
  both.tab.setItem("jam:ROOM:tab", '{"cid":"c","gen":1}');
  both.long.setItem("jam:ROOM", "nonsense");
  const keep = createKeep("ROOM", both);
  assert.deepEqual(keep.self(), {});
  assert.equal(keep.take(), null);
});

test("client-kept: a full or closed storage keeps less, and nothing fails", () => {
  const keep = createKeep("ROOM", { long: box(10), tab: box(10) });
  keep.head({ cid: "c", gen: 1 });
  keep.put(op(1));
  keep.be({ token: "tok" });
  assert.equal(keep.take(), null);
  const loose = createKeep("ROOM");
  loose.be({ token: "tok" });
  assert.deepEqual(loose.self(), { token: "tok" });
});

test("client-forget: nothing of a room, or of any room, is left", () => {
  const both = boxes();
  const keep = createKeep("ROOM", both);
  keep.be({ token: "a", cap: "h.x" });
  keep.head({ cid: "c", gen: 1 });
  keep.put(op(1));
  createKeep("OTHER", both).be({ token: "b" });
  choice("theme", "night", both.long);
  both.long.setItem("elsewhere", "stays");
  keep.forget();
  assert.deepEqual(keep.self(), {});
  assert.equal(both.tab.length, 0);
  assert.deepEqual(createKeep("OTHER", both).self(), { token: "b" });
  assert.equal(choice("theme", undefined, both.long), "night");
  forgetAll(both);
  assert.equal(both.long.text(), '[["elsewhere","stays"]]');
});

test("client-self: where nothing can be kept, the page's place in the history holds who I am, and nothing that comes and goes", () => {
  const history = { state: /** @type {any} */ (null), puts: 0, replaceState(to) { history.state = JSON.parse(JSON.stringify(to)); history.puts += 1; } };
  const boxes_ = () => ({ long: loose("localStorage", history), tab: loose("sessionStorage", history) });
  const keep = createKeep("ROOM", boxes_());
  keep.be({ cap: "j.join" });
  keep.be({ token: "tok" });
  keep.be({ cap: "h.host", as: "member" });
  const { puts } = history;
  keep.head({ cid: "c", gen: 1 });
  keep.put(op(1));
  assert.equal(history.puts, puts, "browsers let the history change only so often");
  const again = createKeep("ROOM", boxes_());
  assert.deepEqual([again.self(), again.join], [{ token: "tok", cap: "h.host", as: "member" }, "j.join"]);
  assert.equal(again.take(), null);
  again.spend();
  assert.deepEqual(createKeep("ROOM", boxes_()).self(), { token: "tok", cap: "j.join" });
  history.replaceState = () => { throw new Error("too often"); };
  again.be({ name: "Ada" });
  assert.equal(again.self().name, "Ada");
});
