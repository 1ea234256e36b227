// Rules SH1 to SH7 (tests/RULES.md): the pure parts of the screens.
import assert from "node:assert/strict";
import test from "node:test";
import { roomOf, secretOf } from "../../static/screens/address.js";
import { reason } from "../../static/screens/answer.js";
import { minuteMore, ranked, raised, stepState } from "../../static/screens/order.js";
import { wish } from "../../static/screens/start.js";

const JOIN = "j." + "a".repeat(22), HOST = "h." + "B-_9".repeat(11).slice(0, 43);

test("SH1 the secret is found in a fragment, an address and a pasted link", () => {
  for (const cap of [JOIN, HOST, "p." + "c".repeat(22), "o." + "d".repeat(22)]) {
    assert.equal(secretOf("#" + cap), cap);
    assert.equal(secretOf(`https://jam.example.org/r/0123456789#${cap}`), cap);
    assert.equal(secretOf(`  http://10.0.0.2:8000/r/abcdefghjk?lang=fr#${cap}\n`), cap);
    // what messengers hang on to it
    for (const tail of [")", ".", "&utm_source=x", "#" + cap]) assert.equal(secretOf(`#${cap}${tail}`), cap);
  }
});

test("SH1 what is cut or foreign is no secret", () => {
  for (const text of ["", "#", "j." + "a".repeat(22), "#j.", "#j.short", "#j." + "a".repeat(21), "#h." + "a".repeat(42), "#x." + "a".repeat(22),
    "https://jam.example.org/r/0123456789"]) {
    assert.equal(secretOf(text), "", text);
  }
});

test("SH1 the room of a link is its ten characters, with or without what follows", () => {
  assert.equal(roomOf(`https://jam.example.org/r/0123456789#${JOIN}`), "0123456789");
  assert.equal(roomOf("http://x/r/abcdefghjk?lang=ar"), "abcdefghjk");
  assert.equal(roomOf("http://x/r/abcdefghjk"), "abcdefghjk");
  for (const text of ["#" + JOIN, "http://x/r/short#" + JOIN, "http://x/r/abcdefghjkl", "http://x/"]) assert.equal(roomOf(text), "", text);
});

const person = (more) => ({ name: "A", ink: 0, shape: 0, role: "member", here: true, ...more });
const PEOPLE = {
  away: person({ here: false }), late: person({ hand: 31 }), host: person({ role: "host" }), plain: person({}),
  first: person({ hand: 7 }), handAway: person({ here: false, hand: 9 }),
};

test("SH2 hands stand in the order of raising, also those whose line is away", () => {
  assert.deepEqual(raised(PEOPLE), ["first", "handAway", "late"]);
  assert.deepEqual(raised({}), []);
  assert.deepEqual(raised({ a: person({ hand: 0 }) }), ["a"]);
});

test("SH3 people: hosts, hands in their order, whoever is here, whoever is away", () => {
  assert.deepEqual(ranked(PEOPLE), ["host", "first", "handAway", "late", "plain", "away"]);
  assert.deepEqual(Object.keys(PEOPLE)[0], "away", "the state itself is not touched");
});

test("SH4 steps of a plan: before the first, in the middle, between cards, after the last", () => {
  const states = (at, running) => [0, 1, 2].map((i) => stepState(i, at, running));
  assert.deepEqual(states(-1, false), ["next", "", ""]);
  assert.deepEqual(states(0, true), ["now", "next", ""]);
  assert.deepEqual(states(1, true), ["done", "now", "next"]);
  assert.deepEqual(states(1, false), ["done", "done", "next"]);
  assert.deepEqual(states(2, true), ["done", "done", "now"]);
});

test("SH5 a minute more counts from what is left, never from the past, and six hours are the most", () => {
  assert.equal(minuteMore(null, 5000), 60000);
  assert.equal(minuteMore(5000 + 30000, 5000), 90000);
  assert.equal(minuteMore(1000, 5000), 60000);
  assert.equal(minuteMore(21600000, 60000), 21600000);
  assert.equal(minuteMore(21600000, 0), 21600000);
  assert.equal(minuteMore(21600001, 1), 21600000);
});

test("SH6 the start form asks for the title as typed, the language, and the plan in one of its four forms", () => {
  const made = (/** @type {Record<string, string>} */ fields) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ title: "  Cuisine de rue ", lang: "fr", long: "45", size: "15", ...fields })) form.append(name, value);
    return form;
  };
  const asked = { title: "Cuisine de rue", lang: "fr" };
  assert.deepEqual(wish(made({ mood: "play" })), { ...asked, wish: { minutes: 45, size: 15, mood: "play" } });
  assert.deepEqual(wish(made({ mood: "play" }), { minutes: 90 }), { ...asked, wish: { minutes: 90, size: 15, mood: "play" } });
  // A date may be longer than a plan can be.
  assert.equal(wish(made({ mood: "play" }), { minutes: 240 }).wish?.minutes, 120);
  assert.equal(wish(made({ mood: "play" }), { minutes: 5 }).wish?.minutes, 10);
  assert.deepEqual(wish(made({ mood: "plan:dream" })), { ...asked, plan: "dream" });
  assert.deepEqual(wish(made({ mood: "cards" })), asked);
  assert.deepEqual(wish(made({ mood: "link" }), { steps: [{ card: "x" }] }), { ...asked, plan: [{ card: "x" }] });
  assert.deepEqual(wish(new FormData()), { title: "", lang: "en" });
});

// Two people, three quick partners: the host, who does not come along, taps "Move everyone into pairs". It is judged at its place in the
// log and comes to nothing. The sentence for it lay in five languages, and nobody ever read it: the button seemed dead.
test("SH7 what a kind judges and comes to nothing is told in the kind's own words, and only where it has some", () => {
  const words = { "refused.too_few": "Two people are needed.", begin: "Move everyone into pairs" };
  assert.equal(reason({ outcome: "noop", code: "too_few" }, words), "refused.too_few");
  assert.equal(reason({ outcome: "ok" }, words), "");
  assert.equal(reason({ outcome: "noop", code: "not_now" }, words), "", "the phase has gone by");
  assert.equal(reason({ outcome: "refused", code: "too_few" }, words), "", "that the line tells");
  assert.equal(reason({ outcome: "noop", code: "too_few" }, undefined), "", "the words are under way");
});
