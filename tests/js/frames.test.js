// FR1: what a client makes of the server's frames; tests/room/test_frames.py reads the same file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createKeep } from "../../static/keep.js";
import { createStore } from "../../static/store.js";
import { seeded } from "./fake-server.js";
import { box, clockwork } from "./world.js";

const cases = JSON.parse(readFileSync(new URL("../vectors/frames.json", import.meta.url), "utf8"));

for (const { name, frames, tree, pos } of cases) {
  test(`FR1: ${name}`, () => {
    const keep = createKeep("ROOM", { long: box(), tab: box() });
    const store = createStore({ now: clockwork().now, random: seeded(1).bytes, keep });
    store.hello();
    store.receive({ t: "welcome", v: 1, me: { member: "a", role: "member" }, token: "t", n: 0, settled: 0, mode: "snap", now: 5 });
    for (const frame of frames) store.receive(frame);
    assert.deepEqual(store.confirmed, tree);
    assert.equal(store.pos, pos);
  });
}
