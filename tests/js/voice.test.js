// Rules VPAGE1 to VPAGE13 (tests/RULES.md): the voices on a page.
import assert from "node:assert/strict";
import test from "node:test";
import { AGAIN_MS, BLOCKED_MS, pause } from "../../static/voice/call.js";
import { REST_MS } from "../../static/voice/mic.js";
import { createVoice } from "../../static/voice/voice.js";
import { calm, scene } from "./voice-world.js";

const made = (more) => {
  const s = scene(more);
  return { s, voice: createVoice(s.page, s.world) };
};
const offered = async (s, voice) => {
  voice.listen();
  await s.answered();
};

test("VPAGE1 hearing asks for no microphone, plays inside the tap, and knows no server but those it was given", async () => {
  const { s, voice } = made();
  assert.deepEqual([voice.can.listen, voice.can.speak, voice.can.why], [true, true, ""]);
  const done = voice.listen();
  assert.equal(s.played.length > 0 && s.played[0].tracks[0], s.peer.lines[0].receiver.track, "before anything was waited for");
  assert.equal(voice.state.value, "joining");
  await s.answered();
  assert.deepEqual(s.last("offer").d, { offer: "offer 0 sendrecv", thin: false });
  assert.deepEqual(s.peer.how, { iceServers: [] });
  s.peer.become("connected");
  await done;
  assert.equal(voice.state.value, "on");
  assert.deepEqual(s.media.asked, []);
  assert.deepEqual(s.mics(), []);
  assert.equal(s.peer.lines[0].sender.track, null, "nothing goes out");
});

test("VPAGE1 a big screen only ever listens, a room without voices has none, nor has a phone in the hall", async () => {
  const { s, voice } = made();
  s.me.value = { id: "", role: "screen" };
  await offered(s, voice);
  assert.equal(s.last("offer").d.offer, "offer 0 recvonly");
  await voice.speak();
  assert.deepEqual(s.media.asked, []);
  for (const there of [0, undefined]) {
    const { s: other, voice: none } = made();
    other.store.voice = there;
    other.meets({});
    assert.deepEqual([none.can.listen, none.can.speak, none.can.why], [false, false, there === 0 ? "missing" : ""]);
    await none.listen();
    await none.speak();
    assert.deepEqual([other.frames, other.made], [[], []]);
  }
  const { s: hall, voice: silent } = made();
  await hall.joined(silent);
  hall.person({ hall: true });
  assert.deepEqual([silent.can.listen, silent.state.value], [false, "off"]);
  await silent.speak();
  assert.deepEqual([hall.media.asked, silent.state.value], [[], "off"]);
});

test("VPAGE2 the microphone comes and goes in the same call; closed means that nothing goes out", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  await voice.speak();
  await calm();
  const { sender } = s.peer.lines[0];
  assert.equal(voice.mic.value, "on");
  assert.equal(sender.track, s.media.tracks[0]);
  assert.deepEqual(sender.rates, [28000]);
  assert.deepEqual(s.media.asked, [{ echoCancellation: true, noiseSuppression: true, autoGainControl: true }]);
  voice.mute();
  await calm();
  assert.deepEqual([voice.mic.value, sender.track], ["off", null]);
  await voice.speak();
  await calm();
  assert.equal(sender.track, s.media.tracks[0], "the same, not asked for anew");
  assert.deepEqual([s.count("offer"), s.media.asked.length], [1, 1]);
  assert.deepEqual(s.mics(), [true, false, true]);
});

test("VPAGE2 one tap opens both ways, and a closed microphone is let go after a minute", async () => {
  const { s, voice } = made();
  const spoken = voice.speak();
  assert.equal(voice.mic.value, "asking");
  await s.answered();
  s.peer.become("connected");
  await spoken;
  await calm();
  assert.deepEqual([voice.state.value, voice.mic.value, s.mics()], ["on", "on", [true]]);
  voice.mute();
  await s.passes(REST_MS - 200);
  assert.equal(s.media.tracks[0].readyState, "live");
  await s.passes(400);
  assert.equal(s.media.tracks[0].readyState, "ended");
  await voice.speak();
  assert.equal(s.media.asked.length, 2);
});

test("VPAGE3 refused, missing or not allowed here: one hears on, and is told which it is", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  s.media.deny = "NotAllowedError";
  await voice.speak();
  assert.deepEqual([voice.mic.value, voice.state.value, voice.can.speak], ["refused", "on", true]);
  s.media.deny = "";
  await voice.speak();
  assert.equal(voice.mic.value, "on", "asked again, and allowed");
  voice.leave();

  const { s: bare, voice: mute } = made();
  bare.media.ids = [];
  await bare.joined(mute);
  await mute.speak();
  assert.deepEqual([mute.mic.value, mute.can.speak, mute.can.why, mute.state.value], ["off", false, "nomic", "on"]);
  bare.media.ids = ["new"];
  bare.media.heard.forEach((fn) => fn());
  await calm();
  assert.deepEqual([mute.can.speak, mute.can.why], [true, ""], "one was plugged in");

  const { s: plain, voice: listener } = made({ media: null, secure: false });
  await plain.joined(listener);
  await listener.speak();
  assert.deepEqual([listener.can.listen, listener.can.speak, listener.can.why, listener.state.value], [true, false, "plain", "on"]);

  const { voice: old } = made({ Peer: null });
  assert.deepEqual([old.can.listen, old.can.why], [false, "missing"]);
  await old.listen();
});

test("VPAGE3 refused in the test before, too, which ends by itself and leaves nothing open", async () => {
  const { s, voice } = made();
  s.media.deny = "NotAllowedError";
  const end = await voice.test();
  assert.equal(voice.mic.value, "refused");
  end();
  assert.deepEqual([voice.mic.value, voice.state.value, s.frames], ["refused", "off", []]);
  voice.mute();
  assert.equal(voice.mic.value, "off");
});

test("VPAGE3 who leaves while the browser still asks has no open microphone afterwards", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  s.media.slow = true;
  voice.speak();
  await calm();
  voice.leave();
  s.media.grant();
  await calm();
  assert.deepEqual([s.media.tracks[0].readyState, voice.mic.value], ["ended", "off"]);
  assert.equal(s.count("hang"), 1);
});

test("VPAGE4 no way through after eight seconds is said; it is tried again each minute, and comes if it can", async () => {
  const { s, voice } = made();
  await offered(s, voice);
  await s.passes(BLOCKED_MS - 200);
  assert.equal(voice.state.value, "joining");
  await s.passes(400);
  assert.equal(voice.state.value, "blocked");
  s.peer.become("connected");
  assert.equal(voice.state.value, "on", "it came after all");
  await s.passes(AGAIN_MS + 200);
  assert.deepEqual([s.count("offer"), voice.state.value], [1, "on"]);
  const { s: shut, voice: waits } = made();
  await offered(shut, waits);
  shut.peer.become("failed");
  assert.equal(waits.state.value, "blocked", "and sooner, if the browser is sure");
  await shut.passes(AGAIN_MS + 200);
  assert.deepEqual([shut.count("offer"), shut.made.length, waits.state.value], [2, 2, "blocked"]);
  await shut.says("offer", { answer: "answer" });
  shut.peer.become("connected");
  assert.equal(waits.state.value, "on");
  assert.equal(shut.count("ask"), 1, "the servers were asked for once");
});

test("VPAGE5 the worker goes and another comes: a new offer by chance a little later, the microphone as it was", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  await voice.speak();
  await s.says("offer", { gone: 1, after_ms: 1000 });
  assert.equal(voice.state.value, "away");
  assert.equal(voice.mic.value, "on", "still open");
  await s.passes(1000 + 100);
  assert.equal(s.count("offer"), 1);
  await s.passes(400);
  assert.equal(s.count("offer"), 2);
  await s.says("offer", { answer: "answer" });
  s.peer.become("connected");
  await calm();
  assert.deepEqual([s.made.length, voice.state.value, s.peer.lines[0].sender.track], [2, "on", s.media.tracks[0]]);
  assert.equal(s.audio.srcObject.tracks[0], s.peer.lines[0].receiver.track, "and it is what plays");
  assert.deepEqual(s.mics(), [true], "the others saw nothing of it");
  assert.equal(s.made[0].signalingState, "closed");
});

test("VPAGE5 an answer of the worker that is gone is not taken for one of the next", async () => {
  const { s, voice } = made();
  voice.listen();
  await calm();
  await s.says("ask", { ice: [] });
  for (let i = 0; i < 6; i += 1) await calm();
  const first = s.last("offer").id;
  await s.says("offer", { gone: 1, after_ms: 1000 });
  s.tell({ type: "rtc", id: first, d: { answer: "answer" } });
  await s.passes(BLOCKED_MS + 2000);
  assert.deepEqual([s.count("offer"), voice.state.value], [2, "away"]);
  s.tell({ type: "rtc", id: first, d: { answer: "nonsense" } });
  await s.says("offer", { answer: "answer" });
  for (let i = 0; i < 6; i += 1) await calm();
  s.peer.become("connected");
  assert.deepEqual([voice.state.value, s.made.length], ["on", 2]);
});

test("VPAGE5 a line that fails is begun anew; one that only stumbles is given six seconds", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  s.peer.become("disconnected");
  await s.passes(5000);
  s.peer.become("connected");
  await s.passes(5000);
  assert.deepEqual([s.count("offer"), voice.state.value], [1, "on"]);
  s.peer.become("disconnected");
  await s.passes(8000);
  assert.equal(s.count("offer"), 2);
  await s.says("offer", { answer: "answer" });
  s.peer.become("connected");
  s.peer.become("failed");
  await s.passes(pause(2, 1));
  assert.equal(s.count("offer"), 3);
  await s.says("offer", { answer: "answer" });
  s.peer.become("connected");
  s.peer.hungUp();
  await s.passes(pause(3, 1) + 500);
  assert.equal(s.count("offer"), 4, "the other end has closed it, and nobody said why");
});

test("VPAGE5 waits grow to ten seconds, and nobody waits as long as the others", () => {
  assert.deepEqual([pause(0, 0), pause(0, 1)], [100, 1500]);
  assert.deepEqual([pause(1, 0), pause(1, 1)], [1500, 3000]);
  assert.deepEqual([pause(9, 0), pause(9, 1)], [5000, 10000]);
});

test("VPAGE5 the line to the room goes and comes: the call goes on, an answer on its way is asked for anew", async () => {
  const { s, voice } = made();
  voice.listen();
  await s.answered();
  await calm();
  const { s: late, voice: waits } = made();
  late.line_up(false);
  waits.listen();
  await calm();
  assert.equal(waits.state.value, "away");
  late.line_up(true);
  late.tell({ type: "welcome", me: { member: "me", role: "member" } });
  await late.passes(1600);
  await late.says("ask", { ice: [] });
  for (let i = 0; i < 8; i += 1) await calm();
  await late.says("offer", { answer: "answer" });
  late.peer.become("connected");
  assert.equal(waits.state.value, "on");
  await waits.speak();
  late.tell({ type: "welcome", me: { member: "me", role: "member" } });
  await calm();
  assert.deepEqual(late.last("still"), { t: "rtc", id: late.last("offer").id, d: { still: 1 } });
  assert.deepEqual(late.mics(), [true, true], "a new line is told of the microphone, too");
  late.line_up(false);
  waits.mute();
  late.line_up(true);
  late.tell({ type: "welcome", me: { member: "me", role: "member" } });
  await calm();
  assert.deepEqual(late.mics(), [true, true, false], "and of what was done while there was none");
  await late.says("still", { gone: 1, after_ms: 0 });
  assert.equal(waits.state.value, "away");
});

test("VPAGE6 what the server says is what is shown: busy, away, off, not possible", async () => {
  for (const [d, state, again] of [
    [{ code: "voice_full", retry_ms: 3000 }, "busy", 3000], [{ code: "too_fast", retry_ms: 9000 }, "busy", 9000],
    [{ code: "voice_away", retry_ms: 2000 }, "away", 2000], [{ code: "voice_off" }, "off", 0], [{ code: "voice_hall" }, "off", 0],
    [{ code: "voice_bad" }, "blocked", AGAIN_MS], [{ answer: "nonsense" }, "blocked", AGAIN_MS],
  ]) {
    const { s, voice } = made();
    const done = voice.listen();
    await calm();
    await s.says("ask", { ice: [{ urls: ["turns:turn.example:443"], username: "u", credential: "c" }] });
    for (let i = 0; i < 6; i += 1) await calm();
    assert.equal(s.peer.how.iceServers[0].username, "u");
    await s.says("offer", d);
    for (let i = 0; i < 6; i += 1) await calm();
    assert.equal(voice.state.value, state, JSON.stringify(d));
    await done;
    await s.passes(Math.max(0, again - 200));
    assert.equal(s.count("offer"), 1);
    await s.passes(2000);
    assert.equal(s.count("offer"), again ? 2 : 1, JSON.stringify(d));
    voice.dispose();
  }
});

test("VPAGE6 another page of mine takes the call over: this one is off; with its own network gone it calls again", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  await voice.speak();
  await s.says("offer", { state: "closed" });
  assert.deepEqual([voice.state.value, voice.mic.value, s.media.tracks[0].readyState], ["off", "off", "ended"]);
  await s.passes(20000);
  assert.equal(s.count("offer"), 1);
  const { s: quick, voice: closed } = made();
  await quick.joined(closed);
  quick.peer.hungUp();
  await quick.passes(200);
  await quick.says("offer", { state: "closed" });
  await quick.passes(20000);
  assert.deepEqual([quick.count("offer"), closed.state.value], [1, "off"], "two pages never take it from each other in turn");
  const { s: far, voice: tunnel } = made();
  await far.joined(tunnel);
  far.peer.become("disconnected");
  await far.says("offer", { state: "closed" });
  await far.passes(3000);
  assert.equal(far.count("offer"), 2);
  far.tell({ type: "rtc", id: "somebody", d: { state: "closed" } });
  assert.equal(tunnel.state.value, "joining", "what is told of another call is not heard");
});

test("VPAGE7 a host closes a microphone for good, what runs only for as long as it runs", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  await voice.speak();
  s.person({ shut: { voice: true } });
  await calm();
  const { sender } = s.peer.lines[0];
  assert.deepEqual([voice.mic.value, sender.track, s.mics()], ["muted", null, [true, false]]);
  await voice.speak();
  assert.equal(voice.mic.value, "muted");
  s.person({ shut: {} });
  assert.equal(voice.mic.value, "off", "who wants to speak opens it");
  await voice.speak();
  s.meets({ shut: { voice: true } });
  assert.equal(voice.mic.value, "muted", "all hands quiet");
  s.person({ role: "host" });
  await voice.speak();
  assert.equal(voice.mic.value, "on", "but hosts");
  await s.says("offer", { speaks: false });
  assert.deepEqual([voice.mic.value, sender.track], ["muted", null]);
  await s.says("offer", { speaks: true });
  assert.deepEqual([voice.mic.value, sender.track], ["on", s.media.tracks[s.media.tracks.length - 1]], "its turn has come");
  await s.says("offer", { speaks: false });
  await s.says("offer", { gone: 1, after_ms: 100 });
  await s.passes(1000);
  assert.equal(voice.mic.value, "on", "of a new call it is not known yet");
  voice.leave();
  s.person({ role: "member" });
  assert.equal(voice.mic.value, "off", "who does not listen has no closed microphone");
});

test("VPAGE8 music is taken as it sounds, and only as long as the place is one's own", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  await voice.speak();
  await voice.setMusic(true);
  assert.deepEqual(s.acts, [["music", { on: true }]]);
  assert.equal(voice.music.value, false, "the room has not given it yet");
  s.meets({ music: "me" });
  await s.passes(300);
  const { sender } = s.peer.lines[0];
  assert.equal(voice.music.value, true);
  assert.deepEqual(s.media.asked[1], { echoCancellation: false, noiseSuppression: false, autoGainControl: false });
  assert.deepEqual([s.media.tracks[0].readyState, sender.track === s.media.tracks[1]], ["ended", true]);
  assert.equal(sender.rates.pop(), 64000);
  s.meets({ music: "you" });
  await s.passes(300);
  assert.equal(s.media.asked[2].echoCancellation, true);
  assert.deepEqual([sender.track === s.media.tracks[2], sender.rates.pop(), s.count("offer")], [true, 28000, 1]);
  voice.mute();
  s.meets({ music: "me" });
  await s.passes(300);
  assert.equal(s.media.asked.length, 3, "the place alone opens no microphone");
});

test("VPAGE9 held down it is open, and no moment longer, even if the browser asked in between", async () => {
  const { s, voice } = made();
  voice.hold(true);
  assert.deepEqual([voice.mic.value, s.media.asked], ["off", []], "nobody hears it before one has joined");
  voice.hold(false);
  await s.joined(voice);
  s.media.slow = true;
  voice.hold(true);
  await calm();
  voice.hold(false);
  s.media.grant();
  await calm();
  const { sender } = s.peer.lines[0];
  assert.deepEqual([voice.mic.value, sender.track], ["off", null]);
  s.media.slow = false;
  voice.hold(true);
  await calm();
  await calm();
  assert.deepEqual([voice.mic.value, sender.track === s.media.tracks[0]], ["on", true]);
  voice.hold(false);
  await calm();
  assert.deepEqual([voice.mic.value, sender.track], ["off", null]);
  await voice.speak();
  voice.hold(true);
  voice.hold(false);
  assert.equal(voice.mic.value, "on", "who has opened it has opened it");
});

test("VPAGE10 the level shows before anybody hears it, and a voice into a closed microphone is told", async () => {
  const { s, voice } = made();
  const end = await voice.test();
  assert.deepEqual([voice.state.value, voice.mic.value, s.frames], ["off", "off", []]);
  s.boxes[0].wave = 0.2;
  await s.passes(200);
  assert.ok(voice.level.value > 0.7, String(voice.level.value));
  assert.equal(voice.unheard.value, false, "that is what the test is for");
  end();
  end();
  assert.deepEqual([s.media.tracks[0].readyState, voice.level.value, s.boxes[0].state], ["ended", 0, "closed"]);
  await s.joined(voice);
  await voice.speak();
  s.boxes[1].wave = 0.2;
  await s.passes(2000);
  assert.equal(voice.unheard.value, false);
  voice.mute();
  await s.passes(300);
  assert.equal(voice.unheard.value, false, "the end of a word");
  await s.passes(1000);
  assert.equal(voice.unheard.value, true);
  s.boxes[1].wave = 0.001;
  await s.passes(2000);
  assert.equal(voice.unheard.value, false);
  await s.passes(REST_MS);
  assert.equal(s.boxes[1].state, "closed", "nothing is measured any more");
});

test("VPAGE11 another microphone in the same call, in this tab alone; one that is pulled out gives way", async () => {
  const { s, voice } = made();
  await s.joined(voice);
  await voice.speak();
  await calm();
  assert.deepEqual(voice.devices.value.map(({ id }) => id), ["default", "two"]);
  await voice.choose("two");
  await calm();
  const { sender } = s.peer.lines[0];
  assert.deepEqual(s.media.asked[1].deviceId, { exact: "two" });
  assert.deepEqual([voice.device.value, sender.track.deviceId, s.media.tracks[0].readyState], ["two", "two", "ended"]);
  s.media.ids = ["default"];
  s.media.tracks[1].unplugged();
  for (let i = 0; i < 8; i += 1) await calm();
  assert.deepEqual([voice.mic.value, voice.device.value, sender.track.deviceId, s.world.kept()], ["on", "default", "default", ""]);
  assert.equal(s.count("offer"), 1);
});

test("VPAGE12 leaving closes everything: the room's end, a removal, another tab, the page itself", async () => {
  const ways = [
    (s) => s.meets({ ended: { at: 1, until: 2 } }), (s) => s.person({ out: true }), (s) => { s.line.value = { state: "away", code: 4509 }; },
    (s) => s.tell({ type: "gone", code: 4503 }), (s) => s.windows.get("pagehide")({}), (s, voice) => voice.leave(), (s, voice) => voice.dispose(),
  ];
  for (const way of ways) {
    const { s, voice } = made();
    await s.joined(voice);
    await voice.speak();
    way(s, voice);
    await calm();
    assert.deepEqual([voice.state.value, voice.mic.value, s.media.tracks[0].readyState, s.peer.signalingState], ["off", "off", "ended", "closed"], String(way));
    assert.deepEqual([s.count("hang"), s.mics().pop()], [1, false], String(way));
    await s.passes(70000);
    assert.equal(s.count("offer"), 1, String(way));
    s.time.pass(1e7);
    assert.equal(s.time.waiting, 0, "nothing ticks on");
  }
});

test("VPAGE12 a browser that holds the sound back is said to, and the next tap lets it go", async () => {
  const { s, voice } = made();
  s.audio.blocked = true;
  await s.joined(voice);
  assert.equal(voice.locked.value, true);
  s.audio.blocked = false;
  s.windows.get("click")({});
  await calm();
  assert.equal(voice.locked.value, false);
  const before = s.played.length;
  s.audio.onpause();
  assert.equal(s.played.length, before + 1, "a call on the phone is over");
});

test("VPAGE13 few bytes by wish: told with the offer and at once; a light page wishes it by itself", async () => {
  const { s, voice } = made();
  s.light.value = true;
  await s.joined(voice);
  assert.equal(s.last("offer").d.thin, true);
  voice.setTier("normal");
  assert.deepEqual([s.last("tier").d, voice.tier.value, voice.thin.value], [{ tier: "normal" }, "normal", false]);
  await s.says("offer", { gone: 1, after_ms: 0 });
  await s.passes(1600);
  assert.equal(s.last("offer").d.thin, false, "a wish stands above the page's");
  await s.says("offer", { answer: "answer" });
  s.peer.become("connected");
  await calm();
  assert.equal(s.count("tier"), 2, "and the new call knows it");
  voice.setTier("thin");
  assert.equal(voice.thin.value, true);
});
