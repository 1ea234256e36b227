// One line to the room: opens it, keeps it warm, notices when it is dead, comes back. What the frames mean is the store's.
import { bytes } from "./outbox.js";
import { browser, createInbox } from "./world.js";
export { tie } from "./world.js";

/** @typedef {import("./types.js").In} In */
/** @typedef {import("./types.js").Out} Out */
/** @typedef {"idle"|"connecting"|"catching-up"|"open"|"lost"|"away"} LinkState */
/** @typedef {import("./world.js").World} World */
/** @typedef {import("./world.js").Socket} Socket */

export const PROTOCOL = "jam.v1";
const SILENT_MS = 8000, PROBE_MS = 4000, OPEN_MS = 15000;
const BEAT_MS = 1000, BEAT_BYTES = 32 * 1024;
const FIRST_MS = 250, MOST_MS = 5000, STEADY_MS = 5000, FULL_MS = 5000, LOCKED_MS = 20000, FAST_MS = 1000;
const LEAST_MS = 10;

/** Close codes from 4500 on mean: stay away (server/room/codes.py). @param {number} code */
export const staysAway = (code) => code >= 4500 && code < 5000;

/** @typedef {ReturnType<typeof createLink>} Link */

/**
 * @param {{url: string, store: import("./store.js").Store, clock: import("./clock.js").Clock, world?: World, screen?: boolean}} parts
 */
export function createLink({ url, store, clock, world = browser(), screen = false }) {
  const { now, random, later, never, inflate, online = () => true } = world;
  let state = /** @type {LinkState} */ ("idle");
  let code = 0; // of the last close
  let wanted = false, hidden = false, light = false; // light: as the server knows it
  let doubted = false; // a line has opened while the browser said that there is no network: its word counts no more
  /** The line of this moment; frames of any other one are not heard. @type {Socket|null} */
  let socket = null;
  let opened = false; // the line is up and has said hello
  let welcomed = 0; // when the room said welcome on this line, 0: not yet
  let deadline = Infinity; // with nothing heard by then, the line is dead
  let tries = 0;
  let again = Infinity; // when to try again
  let after = 0; // how long the server asked to wait before that
  let helloAt = 0, beatAt = -Infinity, beatBytes = 0, received = 0, sent = 0;
  /** @type {ReturnType<typeof createInbox>|null} */
  let inbox = null;
  let timer = /** @type {any} */ (null);
  /** @type {Set<() => void>} */
  const readers = new Set();

  /** @param {LinkState} next */
  function become(next) {
    if (state === next) return;
    state = next;
    readers.forEach((fn) => fn());
  }

  /** @param {Out} frame */
  function send(frame) {
    if (!socket || !opened) return;
    const text = JSON.stringify(frame);
    sent += bytes(text);
    try {
      socket.send(text);
    } catch (_) {
      // It is closing: onclose follows, and the store sends again what counts.
    }
  }

  function beat() {
    beatAt = now();
    beatBytes = 0;
    /** @type {import("./types.js").Beat} */
    const frame = { t: "k", ct: Math.round(beatAt) };
    if (store.reached) frame.pos = store.reached;
    if (hidden) frame.hidden = true;
    if (light !== store.light) frame.light = light = store.light;
    send(frame);
  }

  /** One timer for everything that waits. */
  function plan() {
    if (timer !== null) never(timer);
    timer = null;
    const at = Math.min(again, hidden && welcomed ? Infinity : deadline, store.due());
    if (at < Infinity) timer = later(turn, Math.max(LEAST_MS, at - now()));
  }

  function turn() {
    timer = null;
    const t = now();
    if (socket && t >= deadline && !(hidden && welcomed)) drop(1006);
    if (t >= again) connect();
    store.drain().forEach(send);
    plan();
  }

  /** @param {boolean} [anyway] although the browser says that there is no network */
  function connect(anyway = false) {
    again = Infinity;
    if (socket || !wanted) return;
    if (!anyway && !doubted && !online()) {
      // A try would only be an error in the console. Asked again later, should the browser forget to say that there is one.
      again = now() + MOST_MS;
      return void become("lost");
    }
    if (state !== "lost") become("connecting");
    opened = false;
    welcomed = 0;
    deadline = now() + OPEN_MS;
    /** @type {Socket} */
    let mine;
    try {
      mine = world.socket(url, PROTOCOL);
    } catch (_) {
      // Blocked by the browser or its owner's rules: try again like any lost line.
      return void lost(1006);
    }
    socket = mine;
    const box = (inbox = createInbox(inflate, hear, () => drop(4010), answer));
    mine.binaryType = "arraybuffer";
    mine.onopen = () => {
      if (socket !== mine) return;
      opened = true;
      doubted = doubted || !online();
      helloAt = now();
      deadline = helloAt + SILENT_MS;
      light = store.light;
      send(store.hello({ z: inflate !== null, screen }));
      plan();
    };
    /** @param {{data: string|ArrayBuffer}} e */
    mine.onmessage = (e) => {
      if (socket !== mine) return;
      const size = typeof e.data === "string" ? bytes(e.data) : e.data.byteLength;
      received += size;
      beatBytes += size;
      deadline = now() + SILENT_MS;
      box.push(e.data);
    };
    /** @param {{code: number}} e */
    mine.onclose = (e) => void (socket === mine && lost(e.code));
    mine.onerror = () => {};
    plan();
  }

  /** What has come in is heard: say how far, now and then. */
  function answer() {
    if (welcomed && (now() - beatAt >= BEAT_MS || beatBytes >= BEAT_BYTES)) beat();
    plan();
  }

  /** @param {string} text */
  function hear(text) {
    try {
      /** @type {In} */
      const frame = JSON.parse(text);
      if (frame.t === "welcome") {
        clock.forget();
        clock.heard(helloAt, frame.now);
      }
      if (frame.t === "k" && typeof frame.ct === "number" && frame.ct > 0) clock.heard(frame.ct, frame.now);
      if (frame.t === "bye") after = frame.after_ms || 0;
      const frames = store.receive(frame);
      if (frame.t === "welcome") {
        welcomed = now();
        beat();
      }
      frames.forEach(send);
      if (welcomed) become(store.catchingUp ? "catching-up" : "open");
    } catch (_) {
      // A frame that cannot be read or does not fit: the store asks for the whole state on the next line.
      drop(4010);
    }
  }

  /** Leave a line without waiting for it: one in a tunnel would say nothing for minutes. @param {number} why */
  function drop(why) {
    const old = socket;
    lost(why);
    if (old) {
      try {
        old.close(why >= 4000 ? why : 1000);
      } catch (_) { /* it never opened */ }
    }
  }

  /** @param {number} why */
  function lost(why) {
    const steady = welcomed && now() - welcomed >= STEADY_MS;
    socket = null;
    opened = false;
    welcomed = 0;
    deadline = Infinity;
    if (inbox) inbox.shut();
    code = why;
    store.closed(why);
    if (staysAway(why)) {
      // A token that no longer opens the room may stand before a link that does.
      if (why === 4501 && store.withoutToken()) return void connect();
      wanted = false;
      become("away");
      // 4509 and 4511 have a way on: another tab, or this page loaded anew, goes on with what is under way.
      if (why !== 4509 && why !== 4511) store.gone(why);
      plan();
      return;
    }
    if (!wanted) return void become("idle");
    if (steady) tries = 0;
    const most = Math.min(MOST_MS, FIRST_MS * 2 ** tries++);
    const floor = Math.max(after, why === 4030 ? FULL_MS : why === 4031 ? LOCKED_MS : why === 4029 ? FAST_MS : 0);
    after = 0;
    again = now() + floor + random() * most;
    become("lost");
    plan();
  }

  /** Something has changed: a line may be dead, or one possible again. @param {boolean} [anyway] */
  function stir(anyway) {
    if (!wanted) return;
    if (!socket) {
      tries = 0;
      connect(anyway);
    } else if (welcomed) {
      beat(); // ask, and do not wait as long as usual for the answer
      deadline = now() + PROBE_MS;
    }
    plan();
  }

  store.onWork(() => {
    if (welcomed) store.drain().forEach(send);
    if (welcomed && light !== store.light) beat();
    plan();
  });

  return {
    get state() { return state; },
    /** The close code of the last line; with state "away" it says why. */
    get code() { return code; },
    /** When the next try is due, in ms from now; Infinity: none. */
    get next() { return again - now(); },
    /** Bytes of frames so far, both ways. */
    get received() { return received; },
    get sent() { return sent; },

    /** @param {() => void} fn runs when the state changes @returns {() => void} which ends it */
    subscribe(fn) {
      readers.add(fn);
      return () => void readers.delete(fn);
    },

    start() {
      wanted = true;
      connect(true);
    },

    /** Leave: the others see it at once. */
    leave() {
      wanted = false;
      again = Infinity;
      send({ t: "bye" });
      if (socket) drop(1000);
      become("idle");
      plan();
    },

    /** "Continue here": this tab goes on instead of the other one. */
    takeOver() {
      store.takeOver();
      tries = 0;
      wanted = true;
      connect(true);
    },

    /** Close without a word, as before the page is frozen or gone; `start` goes on. */
    pause() {
      wanted = false;
      again = Infinity;
      if (socket) drop(1000);
      plan();
    },

    /** The browser says there is a network, or the page wakes up; `true`: somebody asks for it. */
    stir,

    /** @param {boolean} is */
    hide(is) {
      if (hidden === is) return;
      hidden = is;
      store.set({ hidden: is });
      if (is) {
        if (welcomed) beat();
        return plan();
      }
      // While hidden the server spoke rarely and timers slept.
      clock.forget();
      stir();
    },

    /** One frame past the store: neither kept nor said again. False: nobody hears it now. @type {(frame: Out) => boolean} */
    say: (frame) => welcomed > 0 && (send(frame), true),
  };
}
