// TG12..TG15: where a song is, the four beats, the picture of the chord, and sound that is silent where it may not be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { petals } from "../../activities/together/flower.js";
import { beatsOf, echoOf, pasted, place, sung } from "../../activities/together/place.js";
import together from "../../activities/together/view.js";

const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const room = (more = {}) => ({ phase: "run", clock: { at: 5000, ms: 40000 }, beat: 4000, song: ["en", 0], words: [], leader: "", hearts: 0, pressed: [], chord: null, ...more });

test("TG12 the line follows from log time, and the next one is waited for exactly", () => {
  const at = (now, more) => { const { at: line, left } = place(room(more), now); return [line, left]; };
  assert.deepEqual(at(0), [-1, 5000]);
  assert.deepEqual(at(4999), [-1, 1]);
  assert.deepEqual(at(5000), [0, 4000]);
  assert.deepEqual(at(8999), [0, 1]);
  assert.deepEqual(at(9000), [1, 4000]);
  assert.deepEqual(at(44999), [9, 1]);
  assert.deepEqual(at(45000), [10, 0]);
  assert.deepEqual(at(9e9, { clock: { at: 0, ms: 40000, left: 30000 } }), [2, 2000], "it stands");
  assert.equal(place(room(), 0).many, 10);
});

test("TG12 an echo listens, then answers", () => {
  assert.deepEqual([-1, 0, 1, 2, 9].map(echoOf), [{ line: 0, yours: false }, { line: 0, yours: false }, { line: 0, yours: true }, { line: 1, yours: false }, { line: 4, yours: true }]);
});

test("TG13 a breath, then four beats of a second, each waited for", () => {
  assert.deepEqual([5000, 4001, 4000, 3000, 1000, 1, 0, -9].map((rest) => beatsOf(rest).beat), [0, 0, 1, 2, 4, 4, 5, 5]);
  assert.deepEqual([5000, 4000, 3500, 1000, 400, 0].map((rest) => beatsOf(rest).left), [1000, 1000, 500, 1000, 400, 0]);
});

test("TG14 every key has its own place in the picture, few or many, and none sticks out", () => {
  for (const many of [1, 7, 8, 30, 100, 200]) {
    const all = petals(Array.from({ length: many }, (_, i) => [i % 10, i % 12, 0]));
    assert.equal(new Set(all.map(({ x, y }) => `${x} ${y}`)).size, many);
    for (const { x, y, size } of all) assert.ok(Math.hypot(x, y) + 4 * size <= 50, `${many}: ${x} ${y}`);
  }
  assert.deepEqual(petals([[2, 3, 0], [-1, -1, 0], [4, 5, 1]]).map(({ ink, late, i }) => [ink, late, i]), [[3, 0, 0], [5, 1, 2]], "who is gone leaves no gap");
  const few = petals([[0, 0, 0], [1, 1, 0]]), more = petals([[0, 0, 0], [1, 1, 0], [2, 2, 0]]);
  assert.deepEqual(more.slice(0, 2), few, "who comes moves nobody");
});

test("TG15 the room sings pasted words, else the song of its tongue, else nothing yet", () => {
  const book = { songs: [{ title: "A", lines: ["a"] }, { title: "B", lines: ["b"] }], echo: ["e"] };
  assert.equal(sung(room(), "lyrics", null), null);
  assert.equal(sung(room({ song: ["en", 1] }), "lyrics", book).title, "B");
  assert.deepEqual(sung(room(), "echo", book).lines, ["e"]);
  assert.deepEqual(sung(room({ words: ["x"] }), "echo", book), { title: "", lines: ["x"] });
  assert.deepEqual(pasted("a\n\n b "), { count: 2, fit: true });
  assert.equal(pasted("a\n".repeat(80)).fit, true);
  assert.equal(pasted("a\n".repeat(81)).fit, false);
  assert.equal(pasted("é".repeat(4000)).fit, true);
  assert.equal(pasted("é".repeat(4001)).fit, false);
  assert.equal(pasted(" \n ").fit, false);
});

test("TG15 what people bring about is said once", () => {
  const props = (now, form = "lyrics") => ({ room: now, options: { form, text: "" }, card: null, people: { a: { name: "Ana" } }, t });
  const say = (now, before, form) => together.say(props(now, form), before && props(before, form));
  assert.equal(say(room(), null), "");
  assert.equal(say(room(), room({ phase: "ready" })), "soon");
  assert.equal(say(room(), room({ phase: "ready" }), "chord"), "chord.count");
  assert.equal(say(room({ phase: "done" }), room()), "sing.over");
  assert.equal(say(room({ leader: "a" }), room()), 'lead.told{"name":"Ana"}');
  assert.equal(say(room({ hearts: 5 }), room({ hearts: 4 })), 'hearts.told{"count":5}');
  assert.equal(say(room({ hearts: 6 }), room({ hearts: 5 })), "");
  assert.equal(together.head(props(room(), "echo")), "head.echo");
});

/** A box that writes down what it is asked to sound. */
class Box {
  constructor() {
    Box.all.push(this);
    Object.assign(this, { state: "suspended", currentTime: 10, destination: {}, played: [] });
  }

  resume() {
    this.state = "running";
    if (this.onstatechange) this.onstatechange();
    return Promise.resolve();
  }

  createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect() {} }; }

  createOscillator() {
    const { played } = this;
    const frequency = { value: 0, setValueAtTime(value) { this.value = value; }, exponentialRampToValueAtTime() {} };
    return { frequency, connect() {}, start(when) { played.push([frequency.value, when]); }, stop() {} };
  }
}
Box.all = [];

test("TG16 nothing sounds before a tap or where sound is off; one box for all; a closed one is made anew", async () => {
  const listeners = {};
  Object.assign(globalThis, { window: { AudioContext: Box }, addEventListener: (what, run) => { listeners[what] = run; } });
  const { audible, hall, knock, listen, open } = await import("../../static/parts/sound.js");
  const { NOTES, ring } = await import("../../static/parts/chord.js");
  assert.equal(ring([2, 4]), false);
  assert.equal(audible.value, false);
  listen();
  listeners.pointerup();
  open();
  assert.equal(Box.all.length, 1);
  assert.equal(audible.value, true);
  assert.equal(ring([2, 4, 4], 500), true);
  const [box] = Box.all;
  assert.deepEqual(box.played.filter(([tone]) => tone < 350).map(([tone, when]) => [tone, Math.round(when * 1000)]), [[NOTES[2], 10500], [NOTES[4], 10512]], "once each, at its moment");
  assert.equal(ring([]), false);
  assert.equal(ring([99], 0), true, "an unknown note is none");
  assert.equal(ring([2], -5000), true, "late is now");
  assert.ok(Math.min(...box.played.map(([, when]) => when)) >= 10);
  assert.equal(knock(), true);
  hall.value = true;
  assert.deepEqual([audible.value, ring([2]), knock()], [false, false, false]);
  hall.value = false;
  box.state = "interrupted";
  box.onstatechange();
  assert.deepEqual([audible.value, ring([2])], [false, false]);
  listeners.keydown();
  assert.equal(audible.value, true);
  box.state = "closed";
  open();
  assert.equal(Box.all.length, 2);
  delete globalThis.window.AudioContext;
  open();
});
