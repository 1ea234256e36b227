// LOOK-10: what follows the room's clock comes to its end, even when that clock is set back on the way.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { beatAt, untilNext } from "../../activities/prompt/count.js";
import { leftOf } from "../../static/parts/clock.js";
import { follow } from "../../static/parts/pulse.js";

/** A clock of its own, whose timers run when it is moved on. */
const bench = () => {
  let now = 0, shift = 0;
  /** @type {{at: number, run: () => void}[]} */
  let timers = [];
  return {
    room: () => now + shift,
    set: (/** @type {number} */ ms) => { shift = ms; },
    later: (/** @type {() => void} */ run, /** @type {number} */ ms) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return timer;
    },
    drop: (/** @type {any} */ timer) => { timers = timers.filter((one) => one !== timer); },
    pass: (/** @type {number} */ ms) => {
      const end = now + ms;
      for (;;) {
        const next = timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        now = next.at;
        next.run();
      }
      now = end;
    },
    waiting: () => timers.length,
  };
};

/** Count three from log time `at`, and note each beat that is drawn. @param {ReturnType<typeof bench>} it @param {number} at */
const counted = (it, at) => {
  const seen = [beatAt(it.room() - at)];
  const end = follow(() => untilNext(it.room() - at), () => seen.push(beatAt(it.room() - at)), undefined, it.later, it.drop);
  return { seen, end };
};

test("LOOK-10 a count of three goes to its end and then rests", () => {
  const it = bench();
  const { seen } = counted(it, 500);
  it.pass(5000);
  assert.deepEqual(seen, [0, 1, 2, 3, 4]);
  assert.equal(it.waiting(), 0);
});

test("LOOK-10 a room's clock that is set back in the middle does not stop the count", () => {
  // The first estimate, made while the page was busy, was 700 ms ahead. A better one came during the second beat.
  const it = bench();
  it.set(700);
  const { seen } = counted(it, 0);
  it.pass(400);
  it.set(0);
  it.pass(9000);
  assert.equal(seen[seen.length - 1], 4);
  assert.equal(it.waiting(), 0);
});

test("LOOK-10 what is taken away draws no more", () => {
  const it = bench();
  const { seen, end } = counted(it, 500);
  it.pass(600);
  end();
  it.pass(9000);
  assert.deepEqual(seen, [0, 1]);
});

test("LOOK-11 a moment between drawing and watching is drawn at once", () => {
  // A page whose clock was a little late drew the step before; when it began to wait, the next one had come, and the picture
  // stood still for a whole step.
  const it = bench();
  const each = 40000, left = () => each - (it.room() % each);
  it.pass(each - 3);
  const step = () => Math.floor(it.room() / each);
  const seen = [step()], was = left();
  it.pass(20); // the browser paints before effects run
  const end = follow(left, () => seen.push(step()), was, it.later, it.drop);
  assert.deepEqual(seen, [0, 1]);
  it.pass(each);
  assert.deepEqual(seen, [0, 1, 2]);
  end();
});

test("LOOK-11 an end between drawing and watching is drawn at once, and nothing is drawn twice", () => {
  const it = bench();
  const left = () => Math.max(0, 1000 - it.room());
  let drawn = 0;
  it.pass(990);
  const was = left();
  it.pass(20);
  follow(left, () => { drawn += 1; }, was, it.later, it.drop)();
  assert.equal(drawn, 1);
  const other = bench();
  follow(() => Math.max(0, 1000 - other.room()), () => { drawn += 1; }, 1000, other.later, other.drop);
  assert.equal(drawn, 1);
  other.pass(2000);
  assert.equal(drawn, 2);
});

const vectors = JSON.parse(readFileSync(new URL("../vectors/clock.json", import.meta.url), "utf8"));
for (const { name, clock, now, left } of vectors) {
  test(`K19 what is left of a clock: ${name}`, () => assert.equal(leftOf(clock, now), left));
}
