// What this page knows of the room: the confirmed state, what one has done since, and what is to be sent. No I/O, no clock
// of its own: frames and time in, frames out. `link.js` moves the frames, the screens read `tree`.
import { PatchError, apply } from "./patch.js";
import { createEph } from "./eph.js";
import { createOutbox } from "./outbox.js";
import { join } from "./snap.js";

/** @typedef {import("./types.js").Tree} Tree */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Out} Out */
/** @typedef {import("./types.js").In} In */
/** @typedef {import("./types.js").Tick} Tick */
/** @typedef {import("./types.js").Happening} Happening */

/** The state can no longer be trusted. Whoever catches it closes the line; the next greeting asks for the whole state. */
export class Resync extends Error {}

const BEHIND_MS = 100; // so long a tick waits for an answer that may stand right behind it: some packets of a slow line
/** @typedef {ReturnType<typeof createStore>} Store */

/**
 * @param {{now: () => number, random: (n: number) => Uint8Array, keep: import("./types.js").Keep, rtt?: () => number}} world
 *   now: monotonic ms; random(n): n random bytes; rtt: the line's round trip in ms, as far as known
 */
export function createStore({ now, random, keep, rtt = () => 0 }) {
  let confirmed = /** @type {State|null} */ (null), overlay = confirmed;
  let pos = /** @type {string|undefined} */ (undefined), reached = pos;
  let parts = /** @type {import("./snap.js").Parts|null} */ (null);
  let fresh = true; // nothing whole has been shown yet
  let online = false; // welcomed on this line
  let behind = false; // a snapshot has been announced and is not whole
  let hidden = false, light = false, slow = false, left = false, late = false;
  let unshown = Infinity; // what has come in is shown at this time at the latest
  let me = /** @type {import("./types.js").Welcome["me"]|null} */ (null);
  let limits = /** @type {{[name: string]: number}} */ ({}), voice = /** @type {number|undefined} */ (undefined);
  const eph = createEph({ now, rtt });
  const readers = /** @type {Set<() => void>} */ (new Set());
  const listeners = /** @type {Set<(h: Happening) => void>} */ (new Set());
  let wake = () => {};

  /** @param {Happening} h */
  const tell = (h) => listeners.forEach((fn) => fn(h));
  const outbox = createOutbox({
    now, random, keep,
    refused: (op, { code, args }) => tell({ type: "refused", do: op.do, code: code || "fault", ...(args ? { args } : {}) }),
  });

  /** There is something new to see. */
  function show() {
    unshown = Infinity;
    overlay = confirmed && outbox.over(confirmed);
    late = outbox.late;
    readers.forEach((fn) => fn());
  }

  /** @param {Tick} tick */
  function take(tick) {
    if (fresh || !confirmed) throw new Resync("tick before state");
    if (tick.c) confirmed = /** @type {State} */ (apply(/** @type {any} */ (confirmed), tick.c));
    pos = reached = tick.pos;
    for (const change of tick.x || []) {
      if (change[0] === "live/room/react") {
        if (change.length > 1) tell({ type: "react", counts: /** @type {number[]} */ (change[1]) });
        continue;
      }
      try {
        confirmed = /** @type {State} */ (apply(/** @type {any} */ (confirmed), [change]));
      } catch (e) {
        // A cursor that does not fit is no reason to read the room again.
        if (!(e instanceof PatchError)) throw e;
      }
    }
  }

  /** @param {import("./types.js").Snap} frame */
  function snap(frame) {
    parts = join(parts, frame);
    if (!parts) throw new Resync("part out of order");
    const at = frame.pos;
    reached = at;
    behind = parts.i + 1 < parts.k;
    // Where nothing was shown before, the first parts are better than an empty page.
    if (!behind || fresh) confirmed = parts.st;
    if (behind) return;
    const { ticks } = parts;
    parts = null;
    fresh = false;
    pos = at;
    ticks.forEach(take);
    outbox.caughtUp();
  }

  /** @param {In} frame */
  function read(frame) {
    switch (frame.t) {
      case "welcome": {
        me = frame.me;
        ({ limits = limits, voice } = frame);
        keep.be({ member: me.member, ...(frame.token ? { token: frame.token } : {}) });
        keep.fresh = false;
        online = true;
        left = false;
        parts = null;
        behind = frame.mode === "snap";
        if (!behind && (fresh || !confirmed)) throw new Resync("tail without state");
        outbox.welcome(frame.n, frame.settled, frame.limits);
        tell({ type: "welcome", me });
        return;
      }
      case "snap":
        return snap(frame);
      case "tick":
        // Ticks between the parts are later than all of them.
        if (parts) parts.ticks.push(frame);
        else take(frame);
        return;
      case "ack":
        // An answer never overtakes the tick with its changes, so the guess may go, but not between the parts of a snapshot.
        return outbox.ack(frame.r, frame.settled, !behind);
      case "k":
        // In order: what it had to say since its welcome has been said. How far the room is, not what has been sent here.
        if (frame.pos) reached = frame.pos;
        if (!behind && outbox.caughtUp()) show();
        return;
      case "err": {
        const wait = frame.retry_ms || 0;
        if (frame.n !== undefined) outbox.back(frame.code, frame.n, frame.code === "gap" ? wait : wait || 1000);
        else eph.hush(wait);
        return tell({ type: "err", code: frame.code, ...(frame.args ? { args: frame.args } : {}) });
      }
      case "rtc":
        return tell({ type: "rtc", id: frame.id, d: frame.d });
      case "bye":
        return tell({ type: "bye", code: frame.code, after_ms: frame.after_ms || 0 });
    }
  }

  const mayLive = () => online && !behind && !hidden && !light && !slow;

  return {
    /** The state with one's own actions in it, as the screens show it; null before anything has arrived. */
    get tree() { return overlay; },
    /** The state as the room has confirmed it. */
    get confirmed() { return confirmed; },
    /** Where in the room's log `confirmed` stands; undefined: nowhere to go on from. */
    get pos() { return pos; },
    /** The last position named on the line, for its own count of what has arrived; a snapshot counts from its first part. */
    get reached() { return reached; },
    /** Who I am; the role is the one of this moment. */
    get me() {
      const person = me && confirmed && confirmed.meet && confirmed.meet.people && confirmed.meet.people[me.member];
      return me && { id: me.member, role: person ? person.role : me.role };
    },
    /** Is the state whole? */
    get ready() { return !fresh && !behind; },
    /** Welcomed, and not yet whole again. */
    get catchingUp() { return online && behind; },
    /** How many actions wait for their answer. */
    get waiting() { return outbox.waiting; },
    /** Has one waited for two minutes? */
    get late() { return late; },
    get limits() { return limits; },
    /** 1: there is sound here; 0: it is not installed; undefined: it is switched off. */ get voice() { return voice; },
    get light() { return light; },

    /** @param {() => void} fn runs after each change of what this store shows @returns {() => void} which ends it */
    subscribe(fn) {
      readers.add(fn);
      return () => void readers.delete(fn);
    },
    /** @param {(h: Happening) => void} fn hears what happens once and is no state @returns {() => void} which ends it */
    listen(fn) {
      listeners.add(fn);
      return () => void listeners.delete(fn);
    },
    /** For the link: fn runs when there may be something new to send. @param {() => void} fn */
    onWork(fn) {
      wake = fn;
    },

    /**
     * Do something: `kind.action` of what is running, or `room.action`. The guess shows at once. The promise is always
     * kept, however long the line is away; an action without an answer that went down with a line counts as "ok".
     * `g` is the generation it was begun in, if another runs by now: there it counts for a while.
     * @param {string} what @param {Tree} [d] @param {import("./types.js").Guess|null} [guess] @param {number} [g] @returns {Promise<import("./types.js").Answer>}
     */
    act(what, d = {}, guess = null, g = undefined) {
      if (left) return Promise.resolve({ outcome: "refused", code: "ended" });
      const running = overlay && overlay.meet && overlay.meet.now;
      const answer = outbox.add(what, what.startsWith("room.") ? undefined : g || (running ? running.g : undefined), d, guess);
      show();
      wake();
      return answer;
    },

    /**
     * A value that only this moment needs (a cursor, a stroke under way): the latest of each key goes out at most ten times a
     * second, five on a slow line, and not at all while nobody could see it. With `join` a waiting value is not replaced
     * but joined with the new one.
     * @param {string} key @param {any} d @param {(waiting: any, d: any) => any} [join]
     */
    live(key, d, join) {
      if (!mayLive()) return;
      eph.put(key, d, join);
      wake();
    },

    /** One of the six reactions; false: a little too many at once. @param {number} r */
    react(r) {
      if (!online || !eph.react(r)) return false;
      wake();
      return true;
    },

    /**
     * The first frame of a new line.
     * @param {{z?: boolean, screen?: boolean}} [can] z: binary parts can be read; screen: this is a big screen
     * @returns {import("./types.js").Hello}
     */
    hello({ z, screen } = {}) {
      const { token, cap, name, lang, as } = keep.self();
      /** @type {import("./types.js").Hello} */
      const frame = { t: "hello", v: 1, cid: outbox.cid, gen: outbox.greet() };
      // The token says who I am. A link is shown once: shown again, it would undo what the hosts have decided since.
      if (cap && (keep.fresh || !token)) frame.cap = cap.replace(/^[a-z]\./, "");
      if (token) frame.token = token;
      if (name) frame.name = name;
      if (lang) frame.lang = lang;
      if (pos && !fresh) frame.pos = pos;
      if (screen || as) frame.as = screen ? "screen" : as;
      if (z) frame.z = true;
      if (light) frame.light = true;
      return frame;
    },

    /** One frame of the line in; what may be sent at once out. Throws Resync. @param {In} frame @returns {Out[]} */
    receive(frame) {
      try {
        read(frame);
      } catch (e) {
        pos = undefined;
        parts = null;
        throw e instanceof PatchError ? new Resync(e.message) : e;
      }
      // With one's own action in it, but not its answer, the page would for a moment show it twice: as done and as guessed.
      if (frame.t === "tick" && frame.c && outbox.guessing) unshown = Math.min(unshown, now() + BEHIND_MS);
      else if (frame.t !== "k" && frame.t !== "rtc") show();
      return this.drain();
    },

    /** What may be sent at this moment. @returns {Out[]} */
    drain() {
      if (outbox.late !== late || now() >= unshown) show();
      if (!mayLive()) eph.drop();
      return [...outbox.take(), ...(online ? eph.take() : [])];
    },

    /** When `drain` may have more, by the clock of `now`; Infinity: not by waiting. */
    due() {
      return Math.min(unshown, outbox.due(), online ? eph.due() : Infinity);
    },

    /** The line is closed; the code may name an action as the cause. @param {number} code */
    closed(code) {
      online = behind = false;
      parts = null;
      eph.drop(true);
      outbox.closed(code);
      show();
    },

    /** The room is over for this page. @param {number} code */
    gone(code) {
      left = true;
      outbox.gone(code === 4503 ? "removed" : "ended");
      tell({ type: "gone", code });
      show();
    },

    /** A token that no longer fits goes, if there is a link to come in by instead. */
    withoutToken() {
      const { token, cap } = keep.self();
      if (!token || !cap) return false;
      keep.be({ token: "" });
      return true;
    },

    /** Somebody else has this name: the next greeting wins. */
    takeOver() {
      outbox.greet(1000);
    },

    /** @param {{hidden?: boolean, light?: boolean, slow?: boolean}} how the page is hidden; live values are not wanted; too slow a line for them */
    set(how) {
      ({ hidden = hidden, light = light, slow = slow } = how);
      if (!mayLive()) eph.drop();
      wake();
    },
  };
}
