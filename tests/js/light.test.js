import assert from "node:assert/strict";
import { test } from "node:test";
import { Cursors } from "../../activities/canvas/cursors.js";
import { Hand } from "../../activities/canvas/hand.js";
import { MANY, hands, open } from "../../activities/canvas/nearby.js";
import { GOOD_MS, SLOW_MS, createLean } from "../../static/screens/lean.js";

function lean() {
  let device = "", why = "";
  const one = createLean({ frugal: () => device, tell: (is) => { why = is; } });
  return { look: (slow, now) => { one.look(slow, now); return why; }, device: (is) => { device = is; } };
}

test("LG2 a page becomes light when the line has been slow for 20 s, and whole again when it was good for 60 s", () => {
  const { look } = lean();
  assert.equal(look(false, 0), "");
  assert.equal(look(true, 1000), "");
  assert.equal(look(true, 1000 + SLOW_MS - 1), "");
  assert.equal(look(true, 1000 + SLOW_MS), "slow");
  assert.equal(look(false, 30000), "slow");
  assert.equal(look(false, 30000 + GOOD_MS - 1), "slow");
  assert.equal(look(false, 30000 + GOOD_MS), "");
});

test("LG2 to and fro is neither slow nor good, and a lost line says nothing", () => {
  const { look } = lean();
  for (let now = 0; now < 200000; now += 2000) assert.equal(look(now % 10000 !== 0, now), "", "never 20 s on end");
  assert.equal(look(true, 200000), "");
  assert.equal(look(null, 215000), "", "the line is lost");
  assert.equal(look(null, 300000), "");
  assert.equal(look(true, 301000), "", "and slow from now on");
  assert.equal(look(true, 301000 + SLOW_MS), "slow");
  for (let now = 330000; now < 700000; now += 2000) assert.equal(look(now % 50000 === 0 ? null : false, now), "slow", "never good for 60 s on end");
});

test("LG2 what the device itself says counts at once, and before the line", () => {
  const { look, device } = lean();
  device("save");
  assert.equal(look(false, 0), "save");
  look(true, 1000);
  device("weak");
  assert.equal(look(true, 40000), "weak");
  device("");
  assert.equal(look(true, 41000), "slow");
  assert.equal(look(false, 42000), "slow");
  assert.equal(look(false, 42000 + GOOD_MS), "");
});

const crowd = (n, more = {}) => ({ ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`m${i}`, { here: true, role: i ? "member" : "host" }])), ...more });
const props = (people, more = {}) => ({ options: {}, light: false, people, ...more });

test("LG4 hands show with up to twelve people on a large screen, elsewhere only where somebody wants them", () => {
  const away = { x: { here: false, role: "member" }, y: { here: true, role: "screen" } };
  assert.equal(hands(props(crowd(MANY, away)), null, false), true);
  assert.equal(hands(props(crowd(MANY + 1)), null, false), false);
  assert.equal(hands(props(crowd(2)), null, true), false, "a small screen");
  assert.equal(hands(props(crowd(MANY + 1)), true, true), true);
  assert.equal(hands(props(crowd(2)), false, false), false);
});

test("LG4 no choice brings hands onto a light page, or where the room has none", () => {
  for (const more of [{ light: true }, { options: { cursors: false } }]) {
    assert.equal(open(props({}, more)), false);
    assert.equal(hands(props(crowd(2), more), true, false), false);
  }
});

test("LG4 hands that are off are neither sent nor drawn", () => {
  const said = [];
  const room = { hidden: {}, lock: false, marks: [] };
  const base = { room, me: { id: "m0", role: "host" }, options: {}, light: false, people: crowd(2), lives: { m1: { cursor: { x: 10, y: 10 } } }, live: (...all) => said.push(all) };
  const hand = new Hand(/** @type {any} */ ({ camera: { x: 0, y: 0, k: 1 } }), { ...base, cursors: false });
  hand.hover({ x: 5, y: 5 });
  assert.deepEqual(said, []);
  hand.props = { ...base, cursors: true };
  hand.told = -Infinity;
  hand.hover({ x: 5, y: 5 });
  assert.equal(said[0][0], "cursor");
  const cursors = new Cursors(/** @type {any} */ (null));
  let made = 0, gone = 0;
  cursors.settle = () => {};
  cursors.make = () => { made++; return { el: { remove: () => gone++ }, name: {}, hover: null, at: 0, x: -1, y: -1 }; };
  const update = (on) => cursors.update({ ...base, cursors: on }, { x: 0, y: 0, k: 1 }, () => null, 0);
  update(false);
  assert.equal(made, 0);
  update(true);
  assert.deepEqual([made, cursors.all.size], [1, 1]);
  update(false);
  assert.deepEqual([gone, cursors.all.size], [1, 0]);
});

test("LG5 what a person chose wins over what the page would do by itself, and is kept", async () => {
  const world = /** @type {any} */ (globalThis);
  world.matchMedia = () => ({ matches: false, addEventListener: () => {} });
  Object.defineProperty(world, "navigator", { value: { connection: { saveData: true, effectiveType: "4g" } }, configurable: true });
  const { frugal, light, lighten, thrift, wish } = await import("../../static/screens/session.js");
  const { choice } = await import("../../static/keep.js");
  assert.deepEqual([wish.value, thrift.value, light.value], [null, "save", true]);
  lighten(false);
  assert.deepEqual([light.value, choice("light")], [false, false]);
  thrift.value = "slow";
  assert.equal(light.value, false);
  thrift.value = "";
  lighten(true);
  assert.deepEqual([light.value, choice("light")], [true, true]);
  lighten(null);
  assert.deepEqual([light.value, choice("light")], [false, null]);
  for (const [effectiveType, says] of [["slow-2g", "weak"], ["2g", "weak"], ["3g", ""], ["4g", ""]]) {
    world.navigator.connection = { effectiveType };
    assert.equal(frugal(), says);
  }
  delete world.navigator.connection;
  assert.equal(frugal(), "", "most browsers say nothing");
});

test("LG6 in the hall a phone is silent by itself, and sounds where one asks for it there", async () => {
  const { hall, sound, sounds } = await import("../../static/parts/sound.js");
  const { choice } = await import("../../static/keep.js");
  assert.equal(sounds.value, true);
  hall.value = true;
  assert.equal(sounds.value, false);
  sound(true);
  assert.deepEqual([sounds.value, choice("sound")], [true, true]);
  sound(false);
  hall.value = false;
  assert.deepEqual([sounds.value, choice("sound")], [false, false], "silent everywhere");
  sound(true);
  assert.deepEqual([sounds.value, choice("sound")], [true, null]);
  hall.value = true;
  assert.equal(sounds.value, false, "what was turned on elsewhere is not asked for in the hall");
});
