// A browser's part in a call, as a test needs it: what is asked takes its time, in the order of the real ones, and what is closed answers no more.
import { signal } from "../../static/ui.js";
import { clockwork } from "./world.js";

/** Lets everything that waits for nothing happen. */
export const calm = () => new Promise((done) => setImmediate(done));

const fault = (name) => Object.assign(new Error(name), { name });

/** A track of a microphone, or of what comes. */
export class Track {
  constructor(label, deviceId = "") {
    this.kind = "audio";
    this.label = label;
    this.readyState = "live";
    this.onended = null;
    this.deviceId = deviceId;
  }
  getSettings() { return { deviceId: this.deviceId }; }
  stop() { this.readyState = "ended"; } // `ended` is not told to whoever stops it
  unplugged() {
    this.readyState = "ended";
    if (this.onended) this.onended();
  }
}

export class Stream {
  constructor(tracks) { this.tracks = tracks; }
  getTracks() { return this.tracks; }
  getAudioTracks() { return this.tracks.filter(({ kind }) => kind === "audio"); }
}

/** As RTCPeerConnection: promises of a closed one are never kept, and nothing can be done twice or in a wrong order. */
export function peers() {
  const made = [];
  class Peer {
    constructor(how) {
      this.how = how;
      this.connectionState = "new";
      this.signalingState = "stable";
      this.lines = [];
      this.said = [];
      this.report = new Map();
      made.push(this);
    }
    later(value) {
      return new Promise((done, fail) => setImmediate(() => {
        if (this.signalingState === "closed") return;
        try { done(value()); } catch (e) { fail(e); }
      }));
    }
    setConfiguration(how) { this.how = how; }
    addTransceiver(kind, { direction }) {
      const peer = this;
      const sender = {
        track: null, rates: [],
        replaceTrack(track) {
          if (peer.signalingState === "closed") return Promise.reject(fault("InvalidStateError"));
          return peer.later(() => { sender.track = track; peer.said.push(["track", track]); });
        },
        getParameters: () => ({ transactionId: "1", encodings: [{}] }),
        setParameters(how) {
          if (how.transactionId !== "1") return Promise.reject(fault("InvalidModificationError"));
          return peer.later(() => { sender.rates.push(how.encodings[0].maxBitrate); });
        },
      };
      const receiver = { track: new Track("room"), transport: null };
      const line = { kind, direction, sender, receiver };
      this.lines.push(line);
      return line;
    }
    createOffer() { return this.later(() => ({ type: "offer", sdp: `offer ${made.indexOf(this)} ${this.lines[0].direction}` })); }
    setLocalDescription(offer) {
      return this.later(() => {
        if (this.signalingState !== "stable") throw fault("InvalidStateError");
        this.signalingState = "have-local-offer";
        this.local = offer;
      });
    }
    setRemoteDescription(answer) {
      return this.later(() => {
        if (this.signalingState !== "have-local-offer") throw fault("InvalidStateError");
        if (answer.sdp === "nonsense") throw fault("OperationError");
        this.signalingState = "stable";
        this.lines[0].receiver.transport = { state: "connected", onstatechange: null };
        this.become("connecting");
      });
    }
    /** The network's word. */
    become(state) {
      if (this.signalingState === "closed") return;
      this.connectionState = state;
      if (this.onconnectionstatechange) this.onconnectionstatechange();
    }
    hungUp() {
      const { transport } = this.lines[0].receiver;
      transport.state = "closed";
      if (transport.onstatechange) transport.onstatechange();
      this.become("closed");
    }
    getStats() { return this.later(() => this.report); }
    close() {
      this.signalingState = "closed";
      this.connectionState = "closed"; // and no event
    }
  }
  return { Peer, made };
}

/** Microphones: `deny` is the error that the next question ends in; `slow` keeps questions open until `grant`. */
export function microphones(ids = ["default", "two"]) {
  const at = {
    ids, asked: [], tracks: [], deny: "", slow: false, waiting: [], heard: [],
    getUserMedia(wish) {
      at.asked.push(wish.audio);
      const { deviceId } = wish.audio;
      return new Promise((done, fail) => {
        const end = () => {
          if (at.deny) return fail(fault(at.deny));
          if (!at.ids.length) return fail(fault("NotFoundError"));
          if (deviceId && !at.ids.includes(deviceId.exact)) return fail(fault("OverconstrainedError"));
          const track = new Track("mic", deviceId ? deviceId.exact : at.ids[0]);
          at.tracks.push(track);
          done(new Stream([track]));
        };
        if (at.slow) at.waiting.push(end);
        else setImmediate(end);
      });
    },
    grant() { at.waiting.splice(0).forEach((end) => end()); },
    async enumerateDevices() {
      return [{ kind: "videoinput", deviceId: "cam", label: "" }, ...at.ids.map((deviceId) => ({ kind: "audioinput", deviceId, label: deviceId }))];
    },
    addEventListener: (what, fn) => at.heard.push(fn),
    removeEventListener: (what, fn) => { at.heard = at.heard.filter((one) => one !== fn); },
  };
  return at;
}

/** A page with a room and a device around it. */
export function scene(more = {}) {
  const time = clockwork();
  const { Peer, made } = peers();
  const media = microphones();
  const fns = new Set(), windows = new Map();
  const played = [], frames = [], acts = [];
  let kept = "", n = 0, up = true;
  const audio = {
    srcObject: null, onpause: null, blocked: false, gone: false,
    play() {
      played.push(audio.srcObject);
      return audio.blocked ? Promise.reject(fault("NotAllowedError")) : Promise.resolve();
    },
    remove() { audio.gone = true; },
  };
  const boxes = [];
  const world = {
    now: time.now, later: time.later, never: time.never, random: () => 0.5, name: () => `id${++n}`,
    Peer, media, secure: true,
    box() {
      const box = {
        state: "running", wave: 0,
        resume: async () => {}, close: async () => { box.state = "closed"; },
        createMediaStreamSource: () => ({ connect() {}, disconnect() {} }),
        createAnalyser: () => ({ fftSize: 2048, getFloatTimeDomainData(to) { to.fill(box.wave); } }),
      };
      boxes.push(box);
      return box;
    },
    sound: () => audio, stream: (track) => new Stream([track]),
    permission: async () => null,
    on(what, fn) {
      windows.set(what, fn);
      return () => windows.delete(what);
    },
    kept(value) {
      if (value !== undefined) kept = value;
      return kept;
    },
    ...more,
  };
  const person = { name: "Me", role: "member", here: true };
  const state = signal({ meet: { people: { me: person, you: { name: "You", role: "host", here: true } }, shut: {}, music: null, ended: null }, live: {} });
  const me = signal({ id: "me", role: "member" });
  const line = signal({ state: "open", code: 0 }), light = signal(false);
  const store = { voice: 1, listen(fn) { fns.add(fn); return () => fns.delete(fn); } };
  const link = { say(frame) { if (up) frames.push(frame); return up; } };
  const page = { store, link, state, me, line, light, act: async (what, args) => { acts.push([what, args]); } };
  const tell = (h) => fns.forEach((fn) => fn(h));
  const rtc = () => frames.filter(({ t }) => t === "rtc");
  const s = {
    time, made, media, audio, played, frames, acts, boxes, world, page, store, state, me, line, light, tell, windows,
    get peer() { return made[made.length - 1]; },
    /** The line to the room goes, or comes back. */
    line_up(is) { up = is; },
    rtc,
    /** What was said last, of a kind. */
    last: (kind) => rtc().filter(({ d }) => kind in d).pop(),
    count: (kind) => rtc().filter(({ d }) => kind in d).length,
    mics: () => frames.filter(({ t, key }) => t === "eph" && key === "mic").map(({ d }) => d.on),
    /** The server says so of the newest exchange of that kind. */
    async says(kind, d) {
      tell({ type: "rtc", id: s.last(kind).id, d });
      await calm();
      await calm();
    },
    async passes(ms) {
      // In steps: what a promise has put off comes in its place.
      for (let left = ms; left > 0; left -= 100) {
        time.pass(Math.min(100, left));
        await calm();
      }
    },
    /** Somebody listens, and it works. */
    async joined(voice) {
      const done = voice.listen();
      await s.answered();
      s.peer.become("connected");
      await done;
    },
    async answered() {
      await calm();
      if (s.last("ask") && !s.count("offer")) await s.says("ask", { ice: [] });
      for (let i = 0; i < 6; i += 1) await calm();
      await s.says("offer", { answer: "answer" });
      for (let i = 0; i < 3; i += 1) await calm();
    },
    /** Something about the room has changed. */
    meets(change) { state.value = { ...state.value, meet: { ...state.value.meet, ...change } }; },
    person(change) { s.meets({ people: { ...state.value.meet.people, me: { ...state.value.meet.people.me, ...change } } }); },
  };
  return s;
}
