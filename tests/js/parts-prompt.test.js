// SONG-1..4: the list of a prompt and its three-count.
import assert from "node:assert/strict";
import { test } from "node:test";
import { beatAt, untilNext } from "../../activities/prompt/count.js";
import { line, placed, playing, standing } from "../../activities/prompt/list.js";
import prompt from "../../activities/prompt/view.js";

const song = (title, more = {}) => ({ by: "a", title, who: "", on: true, ...more });
const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const props = (room, more = {}) => ({ room, me: { id: "a" }, options: { about: "song", text: "" }, card: null, t, ...more });

test("SONG-1: the list keeps the order in which songs came; what was taken back, hidden or erased is not on it", () => {
  const room = { entries: [song("z"), song("y", { on: false }), song("x", { hidden: true }), { by: "", title: "", who: "", on: false }, song("a")], hearts: [0, 0, 0, 0, 9] };
  assert.deepEqual(standing(room).map(({ i, title }) => [i, title]), [[0, "z"], [4, "a"]]);
  assert.deepEqual(placed(room).map(({ i }) => i), [0, 1, 2, 4]);
  assert.deepEqual(standing({}), []);
  assert.equal(line(song("Ya Rayah", { who: "Rachid Taha" })), "Ya Rayah – Rachid Taha");
  assert.equal(line(song("Bella ciao")), "Bella ciao");
});

test("SONG-2: three, two, one by the room's clock, and each change is waited for exactly", () => {
  assert.deepEqual([-1, 0, 999, 1000, 2999, 3000, 99999].map(beatAt), [0, 1, 1, 2, 3, 4, 4]);
  assert.deepEqual([-250, 0, 400, 1000, 2999, 3000].map(untilNext), [250, 1000, 600, 1000, 1, 0]);
});

test("SONG-3: what is on now is said once, and leaves with its song", () => {
  const entries = [song("one"), song("two", { who: "W" })];
  const on = (i, at, list = entries) => props({ entries: list, now: { i, at } });
  assert.equal(playing(on(1, 50).room).at, 50);
  assert.equal(playing(on(1, 50, [song("one"), song("two", { on: false })]).room), null);
  assert.equal(prompt.say(on(1, 50), props({ entries, now: null })), 'now{"title":"two – W"}');
  assert.equal(prompt.say(on(1, 50), on(1, 50)), "");
  assert.equal(prompt.say(on(1, 90), on(1, 50)), 'now{"title":"two – W"}', "the same song again");
});

test("SONG-4: new songs are said as a sum, with the last one by name", () => {
  const before = props({ entries: [song("one")], now: null });
  const after = props({ entries: [song("one"), song("two"), song("three")], now: null });
  assert.equal(prompt.say(after, before), 'new{"count":2,"title":"three"}');
  assert.equal(prompt.say(after, null), "");
  assert.equal(prompt.say(before, after), "");
  assert.equal(prompt.head(props({}, { options: { about: "open", text: "" } })), "ask.open");
  assert.equal(prompt.head(props({}, { card: { prompt: "A song that waits" } })), "A song that waits");
});
