// Rules BE1 and BE2 (tests/RULES.md): the file for calendars.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { calendar, escape, fold, stamp } from "../../static/calendar.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/calendar.json", import.meta.url), "utf8"));
const octets = (text) => Buffer.byteLength(text, "utf8");
const unfold = (text) => text.replace(/\r\n /g, "");

const FILE = {
  title: "Cuisine de rue, jeudi; à 19 h", text: "Une jam entre nous.\nOn peut venir juste regarder.",
  link: "https://jam.example.org/r/0123456789#j." + "a".repeat(22), starts: [Date.UTC(2026, 10, 26, 18, 30), Date.UTC(2026, 11, 3, 18, 30)],
  minutes: 90, uid: "4f1d", now: Date.UTC(2026, 10, 22, 9, 0, 0),
};

for (const { name, text, want } of vectors.fold) {
  test(`BE1 a line is folded at 75 octets and no letter is cut: ${name}`, () => assert.equal(fold(text), want));
}

for (const { text, want } of vectors.escape) {
  test(`BE1 text is escaped: ${JSON.stringify(text)}`, () => assert.equal(escape(text), want));
}

test("BE1 Arabic, Chinese and signs beyond them fold into lines of at most 75 octets, and unfold to what they were", () => {
  for (const sign of ["a", "é", "ح", "語", "🎶"]) {
    for (const many of [0, 1, 17, 18, 19, 24, 25, 36, 37, 38, 74, 75, 76, 149, 150, 300]) {
      const line = sign.repeat(many), folded = fold(line);
      for (const one of folded.split("\r\n")) assert.ok(octets(one) <= 75, `${sign} x ${many}`);
      assert.equal(unfold(folded), line);
      assert.ok(!folded.includes("\ufffd"));
    }
  }
});

test("BE1 a line is folded at one octet above 75 and not at 75", () => {
  assert.equal(fold("x".repeat(75)), "x".repeat(75));
  assert.equal(fold("x".repeat(76)), `${"x".repeat(75)}\r\n x`);
});

test("BE2 one event for each date, in UTC, each with a name of its own, every line ended by CR and LF", () => {
  const text = calendar(FILE);
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
  assert.equal(text.replace(/\r\n/g, "").search(/[\r\n]/), -1, "a lone CR or LF");
  const lines = unfold(text).split("\r\n");
  const all = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1));
  assert.deepEqual(lines.slice(0, 4), ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jam Room//Jam Room//EN", "CALSCALE:GREGORIAN"]);
  assert.deepEqual(all("DTSTART"), ["20261126T183000Z", "20261203T183000Z"]);
  assert.deepEqual(all("DTEND"), ["20261126T200000Z", "20261203T200000Z"]);
  assert.deepEqual(all("DTSTAMP"), ["20261122T090000Z", "20261122T090000Z"]);
  assert.deepEqual(all("UID"), ["4f1d-1", "4f1d-2"]);
  assert.deepEqual(all("SUMMARY")[0], "Cuisine de rue\\, jeudi\\; à 19 h");
  assert.deepEqual(all("URL"), [FILE.link, FILE.link]);
  assert.equal(all("DESCRIPTION")[0], `Une jam entre nous.\\nOn peut venir juste regarder.\\n${FILE.link}`);
  assert.deepEqual(all("METHOD"), []);
  for (const line of text.split("\r\n")) assert.ok(octets(line) <= 75, line);
});

test("BE2 a title cannot bring lines of its own into the file, and a date without a length ends an hour later", () => {
  const text = calendar({ ...FILE, title: "Jam\r\nATTACH:http://x\u0000\tend", minutes: 0, starts: [FILE.starts[0]] });
  assert.equal(unfold(text).split("\r\n").filter((line) => line.startsWith("ATTACH")).length, 0);
  assert.ok(unfold(text).includes("SUMMARY:Jam\\nATTACH:http://x  end\r\n"));
  assert.ok(text.includes("DTEND:20261126T193000Z\r\n"));
  assert.equal(stamp(0), "19700101T000000Z");
});
