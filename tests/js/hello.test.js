// Rules DO10 and DO11 (tests/RULES.md): dates on the first screen, and what is made of a spoken code.
import assert from "node:assert/strict";
import test from "node:test";
import { codeOf } from "../../static/screens/code.js";
import { erasedAt } from "../../static/screens/erased.js";

const HOUR = 3600000, DAY = 24 * HOUR;

test("DO10 contents go so long after the planned end as the host has set; a group that keeps them has the whole series", () => {
  const meet = { starts: [10 * DAY, 17 * DAY], minutes: 60, kept: 2 * DAY };
  assert.equal(erasedAt(meet, 0), 12 * DAY + HOUR);
  assert.equal(erasedAt({ ...meet, keep: { yes: 3, no: 0 } }, 0), 19 * DAY + HOUR);
  assert.equal(erasedAt({ ...meet, keep: { yes: 3, no: 1 } }, 0), 12 * DAY + HOUR);
  assert.equal(erasedAt({ ...meet, keep: { yes: 0, no: 0 } }, 0), 12 * DAY + HOUR);
  assert.equal(erasedAt(meet, 10 * DAY + HOUR), 19 * DAY + HOUR, "the next date, once one is over");
  assert.equal(erasedAt(meet, 30 * DAY), 32 * DAY, "who is still there after the last date has that long from now");
  assert.equal(erasedAt({ starts: [10 * DAY], minutes: 60 }, 0), 11 * DAY + HOUR, "a day where nothing else is said");
  assert.equal(erasedAt({ starts: [], kept: DAY }, 0), null, "without a date it counts from the last one to leave");
});

test("DO11 a code is the same however it was heard and typed", () => {
  for (const text of ["7k3m0a1q", "7K3M 0A1Q", "7k3m-oalq", " 7.k.3.m.O.a.I.q ", "７k3m0a1q"]) assert.equal(codeOf(text), "7k3m0a1q", text);
  assert.equal(codeOf("é!"), "");
});
