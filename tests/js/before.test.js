// Rules BE3 to BE8 (tests/RULES.md): dates, what comes again, until when; invitations; rooms on this device.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { choice, createKeep } from "../../static/keep.js";
import { KEPT_CHOICES, MOST, STEPS, life, parseDate, parseTime, series, shapeOf, typedOf, upcoming, whenOf } from "../../static/screens/dates.js";
import { calendarName, forgetRoom, known, remember, rooms, wayTo } from "../../static/screens/rooms.js";
import { invitationText, linkTo, own, ways, zoneText } from "../../static/screens/ways.js";
import { createWords } from "../../static/words.js";

const HOUR = 3600000, DAY = 24 * HOUR;
const at = (...parts) => new Date(...parts).getTime();
const NOW = at(2026, 10, 22, 12, 0);
const words = (lang) => createWords(lang, [[lang, JSON.parse(readFileSync(new URL(`../../static/lang/${lang}.json`, import.meta.url), "utf8"))]], [lang]);
const typed = (more) => ({ date: "2026-11-26", time: "19:30", minutes: "90", again: "once", times: "2", ...more });

test("BE3 a day is read as the browser's field gives it and as people write it; what is no day is none", () => {
  for (const text of ["2026-11-26", "26/11/2026", "26.11.2026", "26-11-2026", " 26 / 11 / 2026 ", "26 11 2026", "٢٦/١١/٢٠٢٦"]) {
    assert.deepEqual(parseDate(text), [2026, 11, 26], text);
  }
  assert.deepEqual(parseDate("29/2/2028"), [2028, 2, 29]);
  for (const text of ["", "soon", "31/11/2026", "29/2/2027", "11/26/2026", "26/11", "2026-13-01", "0/1/2026", "26/11/26"]) assert.equal(parseDate(text), null, text);
});

test("BE3 an hour is read in the ways of five languages", () => {
  for (const text of ["19:30", "19h30", "19.30", "7:30 pm", "7:30 p. m.", "19:30:00", "١٩:٣٠"]) assert.deepEqual(parseTime(text), [19, 30], text);
  assert.deepEqual(parseTime("19h"), [19, 0]);
  assert.deepEqual(parseTime("12:05 am"), [0, 5]);
  assert.deepEqual(parseTime("0:00"), [0, 0]);
  for (const text of ["", "24:00", "19:60", "13 pm", "0 am", "evening", "19:3"]) assert.equal(parseTime(text), null, text);
});

test("BE3 nothing typed is no date; half a date, a past one and an unreadable one are named", () => {
  assert.deepEqual(whenOf(typed({ date: "", time: " " }), NOW), { starts: [], minutes: 0 });
  assert.deepEqual(whenOf(typed(), NOW), { starts: [at(2026, 10, 26, 19, 30)], minutes: 90 });
  assert.equal(whenOf(typed({ date: "" }), NOW).wrong, "date");
  assert.equal(whenOf(typed({ time: "" }), NOW).wrong, "time");
  assert.equal(whenOf(typed({ date: "2026-11-22", time: "10:59" }), NOW).wrong, "past");
  assert.equal(whenOf(typed({ date: "2026-11-22", time: "11:00" }), NOW).wrong, undefined);
  assert.equal(whenOf(typed({ date: "2027-11-23", time: "12:00" }), NOW).wrong, undefined);
  assert.equal(whenOf(typed({ date: "2027-11-23", time: "12:01" }), NOW).wrong, "far");
  assert.equal(whenOf(typed({ date: "2027-02-01", again: "month", times: "12" }), NOW).wrong, "far", "the last of a series counts");
});

test("BE4 a series keeps its hour on the clock, also over the change to summer time, and has at most twelve dates", () => {
  const first = at(2026, 2, 19, 19, 30); // two Thursdays before clocks change in Europe
  for (const step of STEPS) {
    for (const ms of series(first, step, 12)) {
      const date = new Date(ms);
      assert.deepEqual([date.getDay(), date.getHours(), date.getMinutes()], [4, 19, 30], step);
    }
  }
  assert.equal(series(first, "once", 12).length, 1);
  assert.equal(series(first, "week", MOST).length, MOST);
  assert.equal(series(first, "week", MOST + 1).length, MOST);
  assert.deepEqual(series(first, "fortnight", 3), [first, at(2026, 3, 2, 19, 30), at(2026, 3, 16, 19, 30)]);
});

test("BE4 every month means the same weekday of the month; where there is no fifth, the last", () => {
  assert.deepEqual(series(at(2026, 10, 26, 20, 0), "month", 4), [at(2026, 10, 26, 20, 0), at(2026, 11, 24, 20, 0), at(2027, 0, 28, 20, 0), at(2027, 1, 25, 20, 0)]);
  assert.deepEqual(series(at(2026, 9, 29, 20, 0), "month", 3), [at(2026, 9, 29, 20, 0), at(2026, 10, 26, 20, 0), at(2026, 11, 31, 20, 0)]);
});

test("BE4 dates that are there come back into the fields as they were made", () => {
  for (const step of ["week", "fortnight", "month"]) assert.deepEqual(shapeOf(series(at(2026, 10, 26, 20, 0), step, 4)), { again: step, times: "4" });
  assert.deepEqual(shapeOf([NOW, NOW + DAY]), { again: "once", times: "2" });
  assert.deepEqual(shapeOf([]), { again: "once", times: "2" });
  const { date, time } = typedOf(at(2026, 0, 5, 9, 5));
  assert.deepEqual([date, time], ["2026-01-05", "09:05"]);
  assert.deepEqual(parseDate(date), [2026, 1, 5]);
});

test("BE5 one figure for how long: a day after the last end, 14 days unused, the end as it was said", () => {
  const starts = [NOW, NOW + 7 * DAY];
  const end = NOW + 7 * DAY + 90 * 60000;
  assert.equal(life({ starts, minutes: 90 }, end - 1).room, end + DAY);
  assert.deepEqual(life({ starts, minutes: 90 }, end), { room: null, after: DAY, kept: DAY, stays: false }, "over: a day from now on");
  assert.deepEqual(life(null, NOW), { room: null, after: 14 * DAY, kept: DAY, stays: false });
  assert.equal(life({ starts, minutes: 90, ended: { until: 5 } }, NOW).room, 5);
  assert.equal(life({ kept: HOUR }, NOW).kept, HOUR);
  assert.deepEqual(KEPT_CHOICES, [HOUR, DAY, 3 * DAY, 7 * DAY]);
});

test("BE5 contents stay between dates only while somebody agreed and nobody would rather not", () => {
  const starts = [NOW, NOW + 7 * DAY];
  for (const [keep, want] of [[null, false], [{ yes: 0, no: 0 }, false], [{ yes: 3, no: 0 }, true], [{ yes: 3, no: 1 }, false]]) {
    assert.equal(life({ starts, keep }, NOW).stays, want, JSON.stringify(keep));
  }
  assert.equal(life({ starts, keep: { yes: 3, no: 0 } }, NOW + 7 * DAY).stays, false, "there is no date to come");
  assert.equal(life({ keep: { yes: 3, no: 0 } }, NOW).stays, false);
});

test("BE5 a date is on until its end, and then the next one counts", () => {
  const starts = [NOW, NOW + DAY];
  assert.equal(upcoming(starts, 60, NOW + HOUR - 1), NOW);
  assert.equal(upcoming(starts, 60, NOW + HOUR), NOW + DAY);
  assert.equal(upcoming(starts, 60, NOW + DAY + HOUR), null);
  assert.equal(upcoming([], 0, NOW), null);
});

test("BE6 no invitation holds an address that is a computer's own", () => {
  const LAN = "http://192.168.0.12:8000";
  for (const local of ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000", "http://jam.localhost", "http://0.0.0.0:8000", "http://127.8.8.8"]) {
    assert.ok(own(local), local);
    assert.deepEqual(ways({ base: "", local: true, lan: [] }, local), { from: [], far: false });
    assert.deepEqual(ways({ base: "", local: true, lan: [LAN, local] }, local).from, [LAN]);
    assert.deepEqual(ways({ base: local, local: true, lan: [] }, local).from, [], "an operator's address that nobody else can open");
    assert.deepEqual(ways(null, local).from, []);
  }
  for (const other of ["http://jam.test:8000", LAN, "https://jam.example.org", "http://localhost.example.org"]) assert.ok(!own(other), other);
});

test("BE6 the operator's address stands before all, else the one that this page was opened by, else those of the network", () => {
  const lan = ["http://192.168.0.12:8000", "http://10.0.0.2:8000"];
  assert.deepEqual(ways({ base: "https://jam.example.org/", local: true, lan }, "http://localhost:8000"), { from: ["https://jam.example.org"], far: true });
  assert.deepEqual(ways({ base: "", local: true, lan }, lan[1]).from, [lan[1], lan[0]]);
  assert.deepEqual(ways({ base: "", local: true, lan }, "http://localhost:8000"), { from: lan, far: false });
  assert.deepEqual(ways({ base: "", local: false, lan: [] }, "https://jam.example.org"), { from: ["https://jam.example.org"], far: true });
  assert.equal(linkTo("http://x", "0123456789", "j.abc"), "http://x/r/0123456789#j.abc");
});

for (const lang of ["en", "fr", "es", "pt", "ar"]) {
  test(`BE7 the text to send says what, when, how long and what is not needed, and its link stands alone on a line: ${lang}`, () => {
    const say = words(lang), link = "https://jam.example.org/r/0123456789#j.abc";
    const start = Date.UTC(2026, 10, 26, 18, 30);
    const text = invitationText(say, { title: "Street kitchen", link, start, minutes: 90, zone: "Europe/Paris" });
    const lines = text.split("\n");
    assert.equal(lines.length, 4);
    assert.equal(lines[3], link, "with nothing around it, or messengers cut it");
    assert.ok(lines[0].includes("Street kitchen") && lines[0].includes("90"), lines[0]);
    assert.ok(/26/.test(lines[0]) && lines[0].includes(zoneText(lang, start, "Europe/Paris")), lines[0]);
    assert.match(zoneText(lang, start, "Europe/Paris"), /CET|[+]1|1[+]/);
    assert.equal(lines[1], say.t("invite.2"));
    assert.ok(!/\{\{|invite\./.test(text), text);
    const open = invitationText(say, { title: "Street kitchen", link, start: null, minutes: 0 });
    assert.ok(open.startsWith(say.t("invite.open", { title: "Street kitchen" })));
  });
}

test("BE8 rooms stand on this device's list, the latest first, until they are forgotten; it holds no secret", () => {
  remember({ room: "a".repeat(10), title: "One", host: true, at: 1 });
  remember({ room: "b".repeat(10), title: "Two", at: 2, starts: [5], minutes: 60 });
  assert.deepEqual(rooms().map((one) => [one.room[0], one.title, one.host]), [["b", "Two", false], ["a", "One", true]]);
  remember({ room: "a".repeat(10), at: 3 });
  assert.deepEqual(rooms().map((one) => one.title), ["One", "Two"], "what is not said stays");
  assert.equal(known("a".repeat(10)).host, true);
  const uid = calendarName("a".repeat(10));
  assert.match(uid, /^[0-9a-f]{24}$/);
  assert.equal(calendarName("a".repeat(10)), uid, "the same for each file");
  assert.ok(!uid.includes("aaaaaaaaaa"));
  assert.ok(!/[jh]\.[\w-]{10}/.test(JSON.stringify(choice("rooms"))));
});

test("BE8 the host's key is in the list's link only where somebody said that it may lie here", () => {
  const room = "c".repeat(10), cap = "h." + "k".repeat(43);
  remember({ room, at: 4, host: true });
  createKeep(room).be({ cap });
  assert.equal(wayTo(room), `/r/${room}`);
  choice(`key:${room}`, cap);
  assert.equal(wayTo(room), `/r/${room}#${cap}`);
  createKeep(room).be({ token: "t" });
  assert.equal(wayTo(room), `/r/${room}`, "whoever is known needs no key");
});

test("BE8 what is forgotten leaves nothing: list, links, key and who one was", () => {
  const room = "c".repeat(10);
  createKeep(room).be({ token: "t", name: "Amina" });
  for (const what of ["link", "way", "had", "agree"]) choice(`${what}:${room}`, "x");
  forgetRoom(room);
  assert.equal(known(room), null);
  for (const what of ["link", "key", "way", "had", "agree"]) assert.equal(choice(`${what}:${room}`), null, what);
  assert.deepEqual(createKeep(room).self(), {});
  assert.equal(rooms().length, 2);
});

test("BE8 the list keeps the latest 24", () => {
  for (let i = 0; i < 25; i++) remember({ room: `room${String(i).padStart(6, "0")}`, at: 100 + i });
  assert.equal(rooms().length, 24);
  assert.equal(rooms()[0].room, "room000024");
});
