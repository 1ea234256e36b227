import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "../../static/clock.js";

test("client-clock: the quickest of the last eight answers counts", () => {
  let t = 1000;
  const clock = createClock(() => t);
  const answer = (rtt, offset) => {
    const sent = t;
    t += rtt;
    clock.heard(sent, t - rtt / 2 + offset);
  };
  assert.equal(clock.known, false);
  answer(400, 5100); // late on one way: 100 ms wrong
  assert.equal(clock.now(), Math.round(t + 5100));
  answer(20, 5000);
  t += 200;
  assert.equal(clock.now(), t + 5000);
  for (let i = 0; i < 7; i++) answer(300, 5090);
  t += 500;
  assert.equal(clock.now(), t + 5000);
  assert.deepEqual([clock.rtt, clock.lag], [20, 300]);
  answer(300, 5090); // the quick one is the ninth now
  t += 500;
  assert.equal(clock.now(), t + 5090);
});

test("client-clock: never runs backwards, and waits no longer than it must", () => {
  let t = 0;
  const clock = createClock(() => t);
  clock.heard(0, 1000);
  assert.equal(clock.now(), 1000);
  t = 10;
  clock.forget();
  clock.heard(10, 910);
  assert.equal(clock.now(), 1000);
  t = 100;
  assert.equal(clock.now(), 1000);
  t = 101;
  assert.equal(clock.now(), 1001);
});

test("client-clock: after a sleep old samples do not count, and the time goes on meanwhile", () => {
  let t = 0;
  const clock = createClock(() => t);
  clock.heard(0, 1000);
  clock.forget();
  assert.equal(clock.now(), 1000);
  t = 300;
  clock.heard(0, 61150);
  assert.equal(clock.now(), 61300);
});

test("client-clock: an answer from the future or without a time is not heard", () => {
  const clock = createClock(() => 5);
  clock.heard(6, 100);
  clock.heard(1, NaN);
  clock.heard(NaN, 100);
  assert.equal(clock.known, false);
});

test("client-slow: a line is slow when four beats in a row took more than 800 ms", () => {
  let t = 0;
  const clock = createClock(() => t);
  const beat = (rtt) => {
    t += rtt;
    clock.heard(t - rtt, 0);
    return clock.slow;
  };
  assert.deepEqual([801, 801, 801, 801].map(beat), [false, false, false, true]);
  assert.deepEqual([800, 801, 801, 801, 801].map(beat), [false, false, false, false, true]);
});
