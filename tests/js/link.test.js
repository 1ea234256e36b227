import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";
import { createClock } from "../../static/clock.js";
import { createKeep } from "../../static/keep.js";
import { PROTOCOL, createLink, staysAway } from "../../static/link.js";
import { createStore } from "../../static/store.js";
import { inflater, tie } from "../../static/world.js";
import { seeded } from "./fake-server.js";
import { box, clockwork } from "./world.js";

const STATE = { meet: { now: { g: 1, kind: "jam" }, people: {} }, room: { list: [] }, own: {}, live: {} };
const WELCOME = { t: "welcome", v: 1, me: { member: "ada", role: "member" }, token: "tok", n: 0, settled: 0, mode: "snap", now: 50000 };
const SNAP = { t: "snap", pos: "p1", i: 0, k: 1, st: STATE };

function made({ inflate = null, random = 1, online = () => true } = {}) {
  const time = clockwork();
  const keep = createKeep("ROOM", { long: box(), tab: box() });
  keep.be({ cap: "j.secret" });
  const store = createStore({ now: time.now, random: seeded(1).bytes, keep });
  const clock = createClock(time.now);
  const sockets = [];
  const socket = (url, protocol) => {
    const one = {
      url, protocol, said: [], closed: null,
      send: (text) => void one.said.push(JSON.parse(text)),
      close: (code) => void (one.closed = code),
      up: () => one.onopen(),
      down: (code) => one.onclose({ code }),
      hears: (...frames) => frames.forEach((f) => one.onmessage({ data: f instanceof ArrayBuffer ? f : JSON.stringify(f) })),
      of: (t) => one.said.filter((f) => f.t === t),
    };
    sockets.push(one);
    return one;
  };
  const link = createLink({ url: "ws://room", store, clock, world: { now: time.now, random: () => random, socket, later: time.later, never: time.never, inflate, online } });
  const states = [];
  link.subscribe(() => states.push(link.state));
  const last = () => sockets[sockets.length - 1];
  const open = () => {
    last().up();
    last().hears(WELCOME, SNAP);
  };
  return { time, keep, store, clock, link, sockets, states, last, open };
}

test("client-line: hello is the first frame, the subprotocol is asked for, the states follow one another", () => {
  const { link, last, states } = made();
  assert.equal(link.state, "idle");
  link.start();
  assert.deepEqual([last().url, last().protocol, last().binaryType], ["ws://room", PROTOCOL, "arraybuffer"]);
  last().up();
  assert.deepEqual(last().said.map((f) => f.t), ["hello"]);
  assert.equal(last().said[0].z, undefined);
  last().hears(WELCOME);
  last().hears(SNAP);
  last().down(1006);
  assert.deepEqual(states, ["connecting", "catching-up", "open", "lost"]);
});

test("VPAGE18 what is said of a call goes past the store: never before the welcome, never twice, and no page is drawn anew for it", () => {
  const { link, store, last, time, sockets } = made();
  const call = { t: "rtc", id: "one", d: { offer: "sdp" } }, told = [], drawn = [];
  store.listen((h) => { if (h.type === "rtc") told.push(h); });
  link.start();
  assert.equal(link.say(call), false);
  last().up();
  assert.equal(link.say(call), false, "the greeting has no answer yet");
  last().hears({ ...WELCOME, voice: 1 }, SNAP);
  assert.equal(store.voice, 1);
  assert.equal(link.say(call), true);
  assert.deepEqual(last().of("rtc"), [call]);
  store.subscribe(() => drawn.push(1));
  last().hears({ t: "rtc", id: "one", d: { answer: "sdp" } });
  assert.deepEqual([told, drawn], [[{ type: "rtc", id: "one", d: { answer: "sdp" } }], []]);
  last().down(1006);
  assert.equal(link.say(call), false);
  time.pass(5000);
  last().up();
  last().hears(WELCOME, SNAP);
  assert.equal(store.voice, undefined, "switched off meanwhile");
  assert.deepEqual([sockets.length, last().of("rtc")], [2, []]);
});

test("client-backoff: full jitter from 250 ms to 5 s, from the start again after five steady seconds", () => {
  const { time, link, sockets, last, open } = made();
  link.start();
  for (const wait of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
    last().down(1006);
    assert.equal(link.next, wait);
    const before = sockets.length;
    time.pass(wait - 1);
    assert.equal(sockets.length, before);
    time.pass(1);
    assert.equal(sockets.length, before + 1);
  }
  open();
  time.pass(4999);
  last().down(1012);
  assert.equal(link.next, 5000);
  time.pass(5000);
  open();
  time.pass(5000);
  last().down(1012);
  assert.equal(link.next, 250);
  assert.equal(made({ random: 0 }).link.next, Infinity);
});

test("client-backoff: a network or a page that comes back tries at once", () => {
  const { link, sockets, last } = made();
  link.start();
  last().down(1006);
  link.stir();
  assert.equal(sockets.length, 2);
  last().down(1006);
  link.hide(true);
  link.hide(false);
  assert.equal(sockets.length, 3);
});

test("client-backoff: the server's own wait, a full room and too many tries are respected", () => {
  const { time, link, last, open } = made();
  for (const [code, least] of [[4030, 5000], [4029, 1000]]) {
    link.stir();
    link.start();
    last().down(code);
    assert.ok(link.next >= least, String(code));
    time.pass(20000);
  }
  open();
  last().hears({ t: "bye", code: "flush", after_ms: 3000 });
  last().down(1012);
  assert.ok(link.next >= 3000);
});

test("client-silence: seen by nobody for 8 s, a line is dead for a visible page and not for a hidden one", () => {
  const { time, link, sockets, last, open } = made();
  link.start();
  open();
  time.pass(7999);
  assert.equal(link.state, "open");
  last().hears({ t: "k", now: 1 });
  time.pass(7999);
  assert.equal(link.state, "open");
  time.pass(1);
  assert.equal(link.state, "lost");
  assert.equal(sockets[0].closed, 1000);
  time.pass(250);
  open();
  link.hide(true);
  time.pass(60000);
  assert.equal(link.state, "open");
  link.hide(false);
  time.pass(3999);
  assert.equal(link.state, "open");
  time.pass(1);
  assert.equal(link.state, "lost");
});

test("client-silence: a line that never opens is given up after 15 s, one without a welcome after 8", () => {
  const { time, link, last } = made();
  link.start();
  time.pass(14999);
  assert.equal(link.state, "connecting");
  time.pass(1);
  assert.equal(link.state, "lost");
  time.pass(250);
  last().up();
  time.pass(8000);
  assert.equal(link.next, 500);
});

test("client-old-line: frames and closes of an earlier line are not heard", () => {
  const { time, link, store, sockets, open } = made();
  link.start();
  open();
  time.pass(8000);
  time.pass(250);
  assert.equal(sockets.length, 2);
  sockets[0].hears({ t: "tick", pos: "old", ts: 1, c: [["room/list/0", "ghost"]] });
  sockets[0].down(4503);
  assert.deepEqual(store.tree.room.list, []);
  open();
  assert.equal(link.state, "open");
});

test("client-k: answers while data flows, every second or 32 KiB, and on hiding; names what it has reached", () => {
  const { time, link, store, last, open } = made();
  link.start();
  open();
  const count = () => last().of("k").length;
  assert.equal(count(), 1);
  const tick = (i, v) => ({ t: "tick", pos: "p" + i, ts: 1, c: [["room/v", v]] });
  last().hears(tick(2, 1));
  assert.equal(count(), 1);
  time.pass(999);
  last().hears(tick(3, 1));
  assert.equal(count(), 1);
  time.pass(1);
  last().hears(tick(4, 1));
  assert.equal(count(), 2);
  assert.equal(last().of("k")[1].pos, "p4");
  last().hears(tick(5, "x".repeat(32 * 1024)));
  assert.equal(count(), 3);
  link.hide(true);
  assert.equal(last().of("k")[3].hidden, true);
  link.hide(false);
  assert.equal(last().of("k")[4].hidden, undefined);
  assert.equal(store.pos, "p5");
});

test("client-clock: the welcome and the answers to `k` set the clock", () => {
  const { time, link, clock, last } = made();
  link.start();
  last().up();
  time.pass(100);
  last().hears(WELCOME);
  assert.equal(clock.now(), 50050);
  const { ct } = last().of("k")[0];
  time.pass(20);
  last().hears({ t: "k", ct, now: 50110 });
  assert.deepEqual([clock.rtt, clock.now()], [20, 50120]);
});

test("client-codes: below 4500 come back, from 4500 stay away and say why", async () => {
  assert.deepEqual([1006, 1012, 4000, 4499, 4500, 4509, 4999, 5000].map(staysAway), [false, false, false, false, true, true, true, false]);
  for (const code of [4500, 4502, 4503, 4504]) {
    const { link, store, last, open } = made();
    link.start();
    open();
    const waits = store.act("jam.add", {});
    last().down(code);
    assert.deepEqual([link.state, link.code, link.next], ["away", code, Infinity]);
    assert.equal((await waits).outcome, "refused");
  }
});

test("client-codes: superseded stays away and keeps what is under way; continue here takes over with a higher generation", () => {
  const { link, store, sockets, last, open } = made();
  link.start();
  open();
  store.act("jam.add", { v: 1 });
  last().down(4509);
  link.stir();
  assert.deepEqual([link.state, link.code, sockets.length, store.waiting], ["away", 4509, 1, 1]);
  link.takeOver();
  last().up();
  assert.equal(last().said[0].cid, sockets[0].said[0].cid);
  assert.ok(last().said[0].gen > sockets[0].said[0].gen + 100);
  last().hears({ ...WELCOME, n: 1, mode: "tail" });
  assert.equal(last().of("op").length, 1);
});

test("client-codes: a token that no longer opens gives way to the link, once", () => {
  const { link, keep, sockets, last } = made();
  keep.be({ token: "old" });
  link.start();
  last().up();
  last().down(4501);
  assert.equal(sockets.length, 2);
  last().up();
  assert.deepEqual([last().said[0].token, last().said[0].cap], [undefined, "secret"]);
  last().down(4501);
  assert.deepEqual([link.state, link.code, sockets.length], ["away", 4501, 2]);
});

test("client-codes: a frame that cannot be read closes with 4010 and asks for the whole state", () => {
  const { time, link, sockets, last, open } = made();
  link.start();
  open();
  last().onmessage({ data: "{" });
  assert.deepEqual([link.state, last().closed], ["lost", 4010]);
  time.pass(250);
  last().up();
  assert.equal(last().said[0].pos, "p1");
  open();
  last().hears({ t: "tick", pos: "p2", ts: 1, c: [["room/list/5", 1]] });
  assert.equal(sockets[1].closed, 4010);
  time.pass(500);
  last().up();
  assert.equal(last().said[0].pos, undefined);
});

test("client-parts: packed parts are unpacked in order, whatever comes behind them waits", async () => {
  const { link, store, last } = made({ inflate: (data) => Promise.resolve(inflateSync(Buffer.from(data)).toString()) });
  link.start();
  last().up();
  assert.equal(last().said[0].z, true);
  const packed = (frame) => {
    const b = deflateSync(JSON.stringify(frame));
    return b.buffer.slice(b.byteOffset, b.byteOffset + b.length);
  };
  last().hears(WELCOME, packed({ ...SNAP, k: 2 }), packed({ t: "snap", pos: "p1", i: 1, k: 2, st: { room: { list: ["a"] } } }),
    { t: "tick", pos: "p2", ts: 1, c: [["room/list/1", "b"]] });
  assert.equal(store.ready, false);
  for (let i = 0; i < 8; i++) await null;
  assert.deepEqual([store.ready, store.tree.room.list], [true, ["a", "b"]]);
});

test("client-parts: what cannot be unpacked closes the line; the browser's own way unpacks", async () => {
  const { link, last, open } = made({ inflate: () => Promise.reject(new Error("bad")) });
  link.start();
  open();
  last().hears(new ArrayBuffer(3));
  for (let i = 0; i < 8; i++) await null;
  assert.equal(last().closed, 4010);
  const b = deflateSync("déjà vu");
  assert.equal(await inflater()(b.buffer.slice(b.byteOffset, b.byteOffset + b.length)), "déjà vu");
});

test("client-leave: leaving says bye; the page going away does not, since it may be a reload", () => {
  const { link, last, open } = made();
  link.start();
  open();
  link.leave();
  assert.deepEqual([last().of("bye").length, last().closed, link.state], [1, 1000, "idle"]);
  link.start();
  open();
  const page = new EventTarget();
  page.document = new EventTarget();
  page.document.visibilityState = "visible";
  const untie = tie(link, page);
  const event = (name, persisted) => Object.assign(new Event(name), { persisted });
  page.dispatchEvent(event("pagehide", false));
  assert.deepEqual([link.state, last().of("bye").length], ["open", 0]);
  page.dispatchEvent(event("pagehide", true));
  assert.deepEqual([link.state, last().of("bye").length, last().closed], ["idle", 0, 1000]);
  page.dispatchEvent(event("pageshow", true));
  assert.equal(link.state, "connecting");
  untie();
  link.pause();
  page.dispatchEvent(event("pageshow", true));
  assert.equal(link.state, "idle");
});

test("client-offline: while the browser says there is no network nothing is tried, and at once when it is back", () => {
  let there = true;
  const { time, link, sockets, last, open } = made({ online: () => there });
  link.start();
  open();
  there = false;
  last().down(1006);
  time.pass(60000);
  link.stir();
  assert.deepEqual([sockets.length, link.state], [1, "lost"]);
  // Somebody who presses the button knows better than the browser.
  link.stir(true);
  assert.equal(sockets.length, 2);
  last().down(1006);
  time.pass(60000);
  assert.equal(sockets.length, 2);
  const page = new EventTarget();
  page.document = new EventTarget();
  page.document.visibilityState = "visible";
  tie(link, page);
  there = true;
  page.dispatchEvent(new Event("online"));
  assert.equal(sockets.length, 3);
  open();
  assert.equal(link.state, "open");
  // An event that never came is made up for.
  there = false;
  last().down(1006);
  time.pass(20000);
  there = true;
  time.pass(5000);
  assert.equal(sockets.length, 4);
});

test("client-offline: a line that opens although the browser says there is no network takes its word away", () => {
  const { time, link, sockets, last, open } = made({ online: () => false });
  link.start();
  assert.equal(sockets.length, 1);
  open();
  last().down(1006);
  time.pass(250);
  assert.equal(sockets.length, 2);
});

test("client-meter: bytes are counted both ways as they are on the line", () => {
  const { link, last, open } = made();
  link.start();
  open();
  const sent = last().said.reduce((n, f) => n + Buffer.byteLength(JSON.stringify(f)), 0);
  assert.equal(link.sent, sent);
  assert.equal(link.received, [WELCOME, SNAP].reduce((n, f) => n + Buffer.byteLength(JSON.stringify(f)), 0));
});

test("client-line: a browser that forbids sockets is a lost line, not a broken page", () => {
  const time = clockwork();
  const store = createStore({ now: time.now, random: seeded(1).bytes, keep: createKeep("ROOM", { long: box(), tab: box() }) });
  const link = createLink({
    url: "ws://room", store, clock: createClock(time.now),
    world: { now: time.now, random: () => 1, later: time.later, never: time.never, inflate: null, socket: () => { throw new Error("SecurityError"); } },
  });
  link.start();
  assert.deepEqual([link.state, link.next], ["lost", 250]);
});

test("LG3 a page that becomes light says so on the open line once, and in the greeting of the next", () => {
  const { time, link, store, last, open } = made();
  const told = () => last().of("k").map((f) => f.light).filter((is) => is !== undefined);
  link.start();
  last().up();
  assert.equal(last().said[0].light, undefined);
  store.set({ light: true }); // between greeting and welcome
  last().hears(WELCOME, SNAP);
  assert.deepEqual(told(), [true]);
  for (let i = 0; i < 5; i++) {
    time.pass(1500);
    last().hears({ t: "k", now: 60000 + i });
  }
  store.set({ light: true });
  store.set({ hidden: false });
  assert.deepEqual(told(), [true], "said once");
  store.set({ light: false });
  assert.deepEqual(told(), [true, false]);
  store.set({ light: true });
  last().down(1006);
  time.pass(5000);
  open();
  assert.equal(last().said[0].light, true);
  assert.deepEqual(told(), [], "the greeting has said it");
});
