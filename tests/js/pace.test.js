// PACE1-4: where an evening stands, and offers that meet its agreed end to the minute.
import assert from "node:assert/strict";
import { test } from "node:test";
import { agreedEnd, asked, isNews, offers, paceOf, shownEnd } from "../../static/screens/pace.js";
import { seeded } from "./fake-server.js";

const MIN = 60000;
const KINDS = ["a", "b", "c", "d"];
/** @type {any} */
const CARDS = {};
for (let i = 0; i < 12; i += 1) {
  CARDS[`c${i}`] = { id: `c${i}`, kind: KINDS[i % 4], minutes: 4 + i, span: [2 + (i % 3), 8 + i], swap: `c${(i + 5) % 12}`,
    purpose: [i === 11 ? "close" : "play"], options: { i } };
}
const step = (/** @type {string} */ id, minutes = CARDS[id].minutes) => ({ card: id, kind: CARDS[id].kind, minutes, options: CARDS[id].options });

test("PACE1 the agreed end is a date that is on, else the minutes from the first step on", () => {
  const plan = [step("c1"), step("c2")];
  assert.equal(agreedEnd({ plan, begun: null }, 0), null);
  assert.equal(agreedEnd({ plan, begun: 1000 }, 5000), 1000 + 11 * MIN);
  assert.equal(agreedEnd({ plan, begun: 1000, minutes: 30 }, 5000), 1000 + 30 * MIN);
  const day = 24 * 60 * MIN;
  assert.equal(agreedEnd({ plan, begun: 5 * day + 9 * MIN, minutes: 60, starts: [2 * day, 5 * day, 9 * day] }, 5 * day + 12 * MIN), 5 * day + 60 * MIN);
  // A jam on another day than planned goes by its own beginning.
  assert.equal(agreedEnd({ plan, begun: 7 * day, minutes: 60, starts: [2 * day, 9 * day] }, 7 * day + 3 * MIN), 7 * day + 60 * MIN);
});

test("PACE2 half a minute is not late, and one above is", () => {
  const meet = { plan: [step("c0", 10), step("c1", 10)], at: 0, begun: 0, minutes: 20 };
  assert.equal(paceOf(meet, { ends: 10 * MIN }, 5 * MIN)?.late, 0);
  assert.equal(paceOf(meet, { ends: 10 * MIN + 30000 }, 5 * MIN)?.late, 0);
  assert.equal(paceOf(meet, { ends: 10 * MIN + 30001 }, 5 * MIN)?.late, 1);
  assert.equal(paceOf(meet, { ends: 14 * MIN }, 5 * MIN)?.late, 4);
  assert.equal(paceOf(meet, { ends: 3 * MIN }, 14 * MIN)?.late, 4);
  assert.equal(paceOf({ ...meet, at: -1 }, null, 0), null);
  assert.equal(paceOf({ ...meet, begun: null }, { ends: 3 * MIN }, 0), null);
  assert.equal(paceOf({ plan: [step("c0", 0)], at: 0, begun: 0 }, { ends: null }, 0), null);
});

test("PACE3 every offer meets the agreed end to the minute, within what each card bears, and keeps the end of the evening", () => {
  let seen = { shorten: 0, skip: 0, swap: 0 };
  for (let seed = 1; seed <= 1500; seed += 1) {
    const rng = seeded(seed).below;
    const many = 2 + rng(8);
    const plan = Array.from({ length: many }, () => {
      const card = CARDS[`c${rng(11)}`];
      return step(card.id, card.span[0] + rng(card.span[1] - card.span[0] + 1));
    });
    plan.push(step("c11", 3));
    const at = rng(many);
    const begun = 7000, minutes = plan.reduce((all, one) => all + one.minutes, 0) + rng(4);
    const before = plan.slice(0, at).reduce((all, one) => all + one.minutes, 0);
    const now = begun + (before + rng(20)) * MIN + rng(MIN);
    const run = { ends: now + rng(9 * MIN) - MIN };
    const meet = { plan, at, begun, minutes };
    const pace = /** @type {any} */ (paceOf(meet, run, now));
    for (const offer of offers(meet, pace, CARDS)) {
      seen[offer.what] += 1;
      const story = `seed ${seed} ${offer.what} late ${pace.late} ${JSON.stringify([pace, offer])}`;
      const after = /** @type {any} */ (paceOf({ ...meet, plan: offer.plan }, run, now));
      assert.equal(after.end, offer.end, story);
      assert.ok(offer.end <= pace.due, story);
      const cannot = offer.plan.slice(at + 1).every((one) => one.minutes >= CARDS[one.card].span[1]);
      assert.ok(offer.end > pace.due - MIN || cannot, story);
      assert.deepEqual(offer.plan.slice(0, at + 1), plan.slice(0, at + 1), story);
      assert.equal(offer.plan[offer.plan.length - 1].card, "c11", story);
      for (const one of offer.plan.slice(at + 1)) {
        const [least, most] = CARDS[one.card].span;
        assert.ok(one.minutes >= Math.min(least, 2) && one.minutes <= most, story);
      }
    }
    if (!pace.late) assert.deepEqual(offers(meet, pace, CARDS), []);
  }
  for (const count of Object.values(seen)) assert.ok(count > 100, JSON.stringify(seen));
});

test("PACE3 an end within the last minute before the agreed one is shown as the agreed one, and no other", () => {
  const due = 90 * MIN + 7000;
  for (const off of [0, 30000, 1 - MIN]) assert.equal(shownEnd(due + off, due), due);
  for (const off of [30001, -MIN]) assert.equal(shownEnd(due + off, due), due + off);
});

test("PACE4 a plan goes to the room by its cards, and a step of one's own by its kind", () => {
  assert.deepEqual(asked([step("c1"), { card: null, kind: "prompt", options: { text: "x" }, minutes: 3 }]), [
    { card: "c1", options: { i: 1 }, minutes: 5 }, { kind: "prompt", options: { text: "x" }, minutes: 3 }]);
});

test("PACE5 hosts are told once for each few minutes over, and anew when the evening was on time again", () => {
  assert.equal(isNews(2, 0), false);
  assert.equal(isNews(3, 0), true);
  assert.equal(isNews(4, 3), false);
  assert.equal(isNews(6, 3), true);
});
