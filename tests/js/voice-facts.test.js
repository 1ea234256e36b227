// Rules VPAGE14 to VPAGE17 (tests/RULES.md): what is counted, measured and found out of voices.
import assert from "node:assert/strict";
import test from "node:test";
import { CHECK_MS, check, plain } from "../../static/voice/check.js";
import { CLICK_MS, LONG_MS, createPress } from "../../static/voice/hold.js";
import { createHint, loudness } from "../../static/voice/level.js";
import { createMeter, wire } from "../../static/voice/meter.js";
import { calm } from "./voice-world.js";
import { clockwork } from "./world.js";

// As Chromium 156 told it after 22 s, in which it listened, spoke and was closed; and what had gone through a forwarder that counts.
const whole = { bytesSent: 50422, packetsSent: 502, bytesReceived: 120780, packetsReceived: 1526 };
const pair = { id: "p", type: "candidate-pair", nominated: true, requestsSent: 18, responsesReceived: 18, remoteCandidateId: "r", ...whole };
const way = { id: "t", type: "transport", selectedCandidatePairId: "p", ...whole };
const out = { type: "outbound-rtp", kind: "audio", packetsSent: 489, bytesSent: 34429, headerBytesSent: 9780 };
const into = { type: "inbound-rtp", kind: "audio", packetsReceived: 1515, bytesReceived: 85981, headerBytesReceived: 18180 };
const TRUE = { up: 66850, down: 165526 };
const near = (found, share) => ["up", "down"].forEach((dir) => assert.ok(Math.abs(found[dir] / TRUE[dir] - 1) < share, `${dir}: ${found[dir]}`));

test("VPAGE14 the meter counts what the line carries: the browser's own count of the way, with IP and UDP around it", () => {
  const told = [way, pair, { id: "r", type: "remote-candidate", address: "127.0.0.1" }, out, into];
  const found = wire(told);
  near(found, 0.01);
  near(wire(told.filter(({ type }) => type !== "transport")), 0.01);
  const six = wire(told.map((one) => (one.id === "r" ? { ...one, address: "2001:db8::1" } : one)));
  assert.equal(six.down - found.down, 20 * (1526 + 18), "IPv6 has twenty bytes more around each");
});

test("VPAGE14 where only the sound is counted the rest is added: headers, what protects them, IP and UDP", () => {
  const found = wire([out, into]);
  near(found, 0.1);
  const bare = [{ ...out, headerBytesSent: undefined }, { ...into, headerBytesReceived: undefined }];
  assert.deepEqual(wire(bare), found, "headers have one length");
  assert.deepEqual(wire([]), { up: 0, down: 0, packets: 0, bytes: 0 });
});

test("VPAGE14 an hour is told of the last minute; a new connection counts on", () => {
  const meter = createMeter();
  const at = (n) => [{ type: "inbound-rtp", packetsReceived: n * 100, bytesReceived: n * 6200, headerBytesReceived: 0 }]; // 10,000 bytes each 2 s
  let said;
  for (let n = 0; n <= 3; n += 1) said = meter.add([{ ...at(n)[0], headerBytesReceived: n * 1 }], n * 2000);
  assert.equal(said.perHour, 0, "not after a moment");
  for (let n = 4; n <= 60; n += 1) said = meter.add([{ ...at(n)[0], headerBytesReceived: n * 1 }], n * 2000);
  assert.equal(said.perHour, 10001 * 1800);
  const { down } = said;
  meter.anew();
  said = meter.add([{ ...at(1)[0], headerBytesReceived: 1 }], 122000);
  assert.equal(said.down, down + 10001);
  assert.equal(meter.thin, false);
  for (let n = 2; n < 4; n += 1) meter.add([{ type: "inbound-rtp", packetsReceived: 100 + n * 34, bytesReceived: 1 }], 120000 + n * 2000);
  assert.equal(meter.thin, true, "seventeen a second");
  meter.add([{ type: "inbound-rtp", packetsReceived: 100 + 3 * 34 + 5, bytesReceived: 1 }], 128000);
  assert.equal(meter.thin, true, "a silence tells nothing");
});

test("VPAGE15 a level is what an ear hears, and a hint takes most of a second of a voice", () => {
  assert.deepEqual([loudness(0), loudness(0.0005), loudness(0.9)], [0, 0, 1]);
  assert.ok(loudness(0.02) > 0.4 && loudness(0.02) < 0.6);
  const hint = createHint();
  assert.deepEqual([0.9, 0.9, 0.9, 0.9, 0.9].map(hint), [false, false, false, false, false], "a knock");
  assert.equal(hint(0.9), true);
});

const fine = { hall: false, state: "on", mic: "on", nomic: false, speaks: false, level: 0.8, sent: 0, lost: 0 };

/** Looks at these facts until they have told; `n` is which look it is. */
async function asked(facts) {
  const time = clockwork();
  let n = 0, said;
  check(async () => ({ ...fine, ...facts(n++) }), time.later, time.now).then((cause) => { said = cause; });
  const begun = time.now();
  for (let i = 0; i < 80 && !said; i += 1) {
    await calm();
    time.pass(100);
  }
  return [said, time.now() - begun];
}

test("VPAGE16 the self-check names the cause, the nearest first", async () => {
  for (const [facts, cause] of [
    [{ hall: true, state: "off" }, "hall"], [{ state: "away" }, "away"], [{ state: "busy" }, "away"], [{ state: "blocked", mic: "off" }, "network"],
    [{ nomic: true, mic: "off" }, "nomic"], [{ mic: "refused" }, "refused"], [{ mic: "muted" }, "host"], [{ mic: "off" }, "muted"], [{ state: "off" }, "muted"], [{}, ""],
  ]) {
    assert.equal(plain({ ...fine, ...facts }), cause, JSON.stringify(facts));
    if (cause) assert.equal((await asked(() => facts))[0], cause);
  }
});

test("VPAGE16 it listens for five seconds: silence, a line that takes nothing, or all is well", async () => {
  const [quiet, took] = await asked((n) => ({ level: n === 3 ? 0.9 : 0.05, sent: n }));
  assert.equal(quiet, "quiet", "a cough is no voice");
  assert.ok(took >= CHECK_MS && took < CHECK_MS + 1000, String(took));
  assert.equal((await asked((n) => ({ sent: n * 12 })))[0], "ok");
  assert.equal((await asked(() => ({ sent: 7 })))[0], "network", "nothing goes out");
  assert.equal((await asked((n) => ({ sent: n * 12, lost: 0.6 })))[0], "network", "next to nothing arrives");
  const [heard, soon] = await asked((n) => ({ speaks: n === 2 }));
  assert.equal(heard, "ok", "the room says so itself");
  assert.ok(soon < 1500);
  assert.equal((await asked(() => ({ state: "joining" })))[0], "network");
  assert.equal((await asked((n) => ({ state: n < 4 ? "joining" : "on", sent: n * 12 })))[0], "ok");
});

test("VPAGE17 a tap is a click, a long press holds, and its end is no tap", () => {
  const time = clockwork();
  const held = [];
  const press = createPress({ hold: (down) => held.push(down), later: time.later, never: time.never });
  const down = { button: 0, pointerId: 1, currentTarget: { setPointerCapture() {} } };
  press.onPointerDown(down);
  time.pass(LONG_MS - 50);
  press.onPointerUp();
  assert.deepEqual([held, press.taps], [[], true]);
  press.onPointerDown(down);
  time.pass(LONG_MS + 50);
  assert.deepEqual(held, [true]);
  press.onPointerUp();
  assert.deepEqual([held, press.taps, press.taps], [[true, false], false, true]);
  press.onPointerDown(down);
  time.pass(LONG_MS + 50);
  press.onPointerCancel();
  assert.deepEqual(held, [true, false, true, false]);
  time.pass(CLICK_MS);
  assert.equal(press.taps, true, "no click came of it: the next one counts");
  press.onPointerDown({ ...down, button: 2 });
  time.pass(LONG_MS + 50);
  assert.equal(held.length, 4);
});
