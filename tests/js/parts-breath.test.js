// BR5-BR7: a breath by the room's clock, at most two changes a second, a screen that stays on and is let go again.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BEAT, CYCLE, breath, count, lights, passed, untilCount } from "../../activities/breath/beat.js";
import view from "../../activities/breath/view.js";
import { stayAwake } from "../../static/parts/awake.js";

const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;

test("BR5: in and out take turns by the clock, out a little longer, and nothing is held", () => {
  assert.deepEqual([0, 3500, 4499, 4500, 9999, 10000].map((ms) => breath(ms, CYCLE.even)).map(({ goes, count: n }) => [goes, n]),
    [[true, 5], [true, 1], [true, 1], [false, 6], [false, 1], [true, 5]]);
  for (const cycle of [...Object.values(CYCLE), 14000, 7000]) {
    for (let ms = -3000; ms < 2 * cycle; ms += 37) {
      const { next, goes, count: n } = breath(ms, cycle);
      assert.ok(next >= 1 && next <= 1000);
      const later = breath(ms + next, cycle);
      assert.ok(later.count !== n || later.goes !== goes, "something changes then");
      const before = breath(ms + next - 1, cycle);
      assert.deepEqual([before.count, before.goes], [n, goes], "and not earlier");
    }
  }
  assert.deepEqual([passed(null, 9), passed({ at: 100, ms: 50 }, 130), passed({ at: 100, ms: 50, left: 45 }, 999)], [0, 30, 5]);
});

test("BR5: three, two, one, and each number is waited for", () => {
  assert.deepEqual([-4500, -3001, -3000, -2001, -2000, -1, 0, 5].map(count), [0, 0, 3, 3, 2, 1, 0, 0]);
  assert.deepEqual([-4500, -3000, -2500, -1000, -1, 0].map(untilCount), [1500, 1000, 500, 1000, 1, 0]);
});

test("BR6: the floor never changes more than twice a second, and not at all for whoever asked for stillness", () => {
  assert.deepEqual(Object.values(BEAT).filter((ms) => ms < 500), []);
  const style = readFileSync(new URL("../../activities/breath/style.css", import.meta.url), "utf8");
  const moving = style.slice(style.indexOf("(prefers-reduced-motion:no-preference)"));
  assert.equal(style.match(/animation:/g).length, moving.match(/animation:/g).length);
  assert.deepEqual(style.match(/@keyframes beat\{.*/)[0].match(/background/g).length, 2, "two inks in two beats");
});

test("BR7: a light for each who is here, in an order that says nothing of names; a big screen is none", () => {
  const people = { z: { here: true, ink: 1, shape: 2, name: "A", role: "member" }, b: { here: false, ink: 3, shape: 0 }, a: { here: true, ink: 5, shape: 1, role: "host" }, s: { here: true, role: "screen" } };
  assert.deepEqual(lights(people), [{ id: "a", ink: 5, shape: 1 }, { id: "z", ink: 1, shape: 2 }]);
});

test("BR7: the beginning, a rest and the end are said once", () => {
  const props = (room) => ({ room, t, options: { form: "quiet" } });
  const ready = props({ phase: "ready", clock: null }), on = props({ phase: "run", clock: { at: 0, ms: 9 } });
  const rests = props({ phase: "run", clock: { at: 0, ms: 9, left: 3 } }), over = props({ phase: "over", clock: null });
  assert.deepEqual([view.say(ready, null), view.say(on, ready), view.say(on, null), view.say(on, on)], ["", "say.quiet", "say.quiet", ""]);
  assert.deepEqual([view.say(rests, on), view.say(on, rests), view.say(over, on), view.say(over, over)], ["rests", "goes", "over.quiet", ""]);
});

test("BR7: the screen stays on only as long as it is asked to", async () => {
  let released = 0;
  const heard = new Set();
  const document = { visibilityState: "visible", addEventListener: (_, fn) => heard.add(fn), removeEventListener: (_, fn) => heard.delete(fn) };
  const one = { release: () => { released += 1; return Promise.resolve(); } };
  const world = { navigator: { wakeLock: { request: () => Promise.resolve(one) } }, document };
  const settled = () => new Promise((done) => { setImmediate(done); });
  const free = stayAwake(() => assert.fail("it can"), world);
  await settled();
  assert.equal(heard.size, 1);
  free();
  assert.deepEqual([released, heard.size], [1, 0]);
  stayAwake(() => {}, world)();
  await settled();
  assert.equal(released, 2, "a lock that comes late goes at once");
  let told = 0;
  stayAwake(() => { told += 1; }, { navigator: {}, document })();
  assert.equal(told, 1);
});
