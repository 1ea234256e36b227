// Actions on their way: numbered once, sent in order, kept until the log cannot lose them any more. No I/O.

import { apply } from "./patch.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Op} Op */
/** An action here. `sent`: perhaps the server has it. `done`: the log has judged it. `shown`: its guess still counts.
 * @typedef {import("./types.js").KeptOp & {guess: import("./types.js").Guess|null, at: number, sent: boolean, done: boolean,
 *   shown: boolean, settle: ((a: Answer) => void)|null}} Pending */

export const WAITING = 200;
export const OP_BYTES = 32 * 1024;
export const LATE_MS = 120000;
const BURST = 40;
const PATIENCE_MS = 5000;
const TOO_LARGE = [1007, 1008, 1009];

/** How many bytes a text takes on the line. @param {string} text */
export function bytes(text) {
  let n = text.length;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // Each half of a surrogate pair is 2 of the pair's 4 bytes.
    if (c > 0x7f) n += c > 0x7ff && (c & 0xf800) !== 0xd800 ? 2 : 1;
  }
  return n;
}

/** Is it what everybody is at, or what one of the teams is at? @param {any} running @param {number} g */
const runs = (running, g) => Boolean(running) && (running.g === g || Object.keys(running.in || {}).some((team) => running.in[team].g === g));

/** @typedef {ReturnType<typeof createOutbox>} Outbox */

/**
 * @param {{now: () => number, random: (n: number) => Uint8Array, keep: import("./types.js").Keep,
 *   refused: (op: Pending, answer: Answer) => void}} world `refused` is told of each action that came to nothing
 */
export function createOutbox({ now, random, keep, refused }) {
  const kept = keep.take();
  const head = kept ? kept.head : { cid: Array.from(random(16), (b) => (b + 256).toString(16).slice(1)).join(""), gen: 0 };
  /** In order of their numbers. @type {Pending[]} */
  let ops = (kept ? kept.ops : []).map((op) => ({
    ...op, guess: null, at: now(), sent: true, done: false, shown: true, settle: () => {},
  }));
  let seq = ops.reduce((most, op) => Math.max(most, op.n), 0);
  let ids = ops.reduce((most, op) => Math.max(most, op.id), 0);
  let base = 0; // the last number that the log has below the first of ops
  let known = 0; // the log had all up to here at the welcome
  let patience = 0; // until then, answers that went down with an earlier line may be repeated
  let settled = 0;
  let cursor = Infinity; // the highest number sent on this line; nothing goes out before the welcome
  let hold = 0; // nothing goes out before this time
  let rate = 16, tokens = BURST, filled = now();
  let suspect = 0; // the id of the action at the head when the line was last closed as if by an action
  let gap = 0;

  // A reload with nothing under way needs no old name, and a cloned tab must not find one.
  const write = () => keep.head(ops.length ? head : null);
  write();
  ops.forEach(put);

  /** @param {Pending} op */
  function put({ id, n, do: what, g, d }) {
    keep.put(g === undefined ? { id, n, do: what, d } : { id, n, do: what, g, d });
  }

  /** @param {Pending} op @param {Answer} answer */
  function resolve(op, answer) {
    op.done = true;
    if (op.settle) {
      op.settle(answer);
      op.settle = null;
      // A pen that was put away is told, too: what it drew goes from the page. Of the room's own actions the page tells.
      if (answer.outcome === "refused" || (answer.code === "shut" && !op.do.startsWith("room."))) refused(op, answer);
    }
  }

  /** @param {(op: Pending) => boolean} goes */
  function remove(goes) {
    const left = ops.filter((op) => !goes(op));
    if (left.length === ops.length) return;
    for (const op of ops) if (!left.includes(op)) keep.drop(op.id);
    ops = left;
    if (!ops.length) write();
  }

  /** What is settled and answered need never be sent again. */
  function trim() {
    const over = ops.filter((op) => op.done && op.n <= settled);
    if (!over.length) return;
    base = Math.max(base, over[over.length - 1].n);
    remove((op) => op.done && op.n <= settled);
  }

  function refill() {
    const t = now();
    tokens = Math.min(BURST, tokens + ((t - filled) * rate) / 1000);
    filled = t;
  }

  const unanswered = () => ops.filter((op) => op.settle);

  return {
    get cid() { return head.cid; },
    /** How many wait for their answer. */
    get waiting() { return unanswered().length; },
    /** Is one shown as guessed that the room may have by now? */
    get guessing() { return ops.some((op) => op.sent && !op.done && op.guess); },
    /** Has one of them waited for two minutes? */
    get late() { return unanswered().some((op) => now() - op.at >= LATE_MS); },

    /** The state as it will be if all goes well: the guesses that still count, run over it in order. @param {State} tree */
    over(tree) {
      let next = tree;
      for (const op of ops) {
        const running = next.meet && next.meet.now;
        if (!op.shown || !op.guess || (op.g !== undefined && !runs(running, op.g))) continue;
        try {
          next = /** @type {State} */ (apply(/** @type {any} */ (next), Array.from(op.guess(next) || [])));
        } catch (_) {
          // The state has moved on and the guess no longer fits: the room's answer will do.
        }
      }
      return next;
    },

    /**
     * @param {string} what @param {number|undefined} g @param {import("./types.js").Tree} d
     * @param {import("./types.js").Guess|null} guess @returns {Promise<Answer>}
     */
    add(what, g, d, guess) {
      return new Promise((settle) => {
        /** @type {Pending} */
        const op = { id: ids + 1, n: seq + 1, do: what, d, guess, at: now(), sent: false, done: false, shown: true, settle };
        if (g !== undefined) op.g = g;
        const text = JSON.stringify(d);
        const size = bytes(JSON.stringify({ t: "op", n: op.n, p: op.n, do: what, g }) + text) + 5;
        if (size > OP_BYTES) return resolve(op, { outcome: "refused", code: "too_large", args: { max: OP_BYTES } });
        if (unanswered().length >= WAITING) return resolve(op, { outcome: "refused", code: "outbox", args: { max: WAITING } });
        ids++;
        seq++;
        op.d = JSON.parse(text); // what the caller changes later is not what was done
        ops.push(op);
        if (ops.length === 1) write();
        put(op);
      });
    },

    /** Frames that may go now. @returns {Op[]} */
    take() {
      /** @type {Op[]} */
      const frames = [];
      if (cursor === Infinity || now() < hold) return frames;
      refill();
      for (let i = 0; i < ops.length && tokens >= 1; i++) {
        const op = ops[i];
        if (op.n <= cursor) continue;
        op.sent = true;
        cursor = op.n;
        tokens -= 1;
        const before = i ? ops[i - 1].n : base;
        /** @type {Op} */
        const frame = { t: "op", n: op.n, do: op.do, d: op.d };
        if (before !== op.n - 1) frame.p = before;
        if (op.g !== undefined) frame.g = op.g;
        frames.push(frame);
      }
      return frames;
    },

    /** When there may be more to send or to say; Infinity: not by waiting. */
    due() {
      const first = ops.find((op) => op.settle);
      const late = first && now() - first.at < LATE_MS ? first.at + LATE_MS : Infinity;
      if (!ops.length || ops[ops.length - 1].n <= cursor) return late;
      refill();
      return Math.min(late, Math.max(hold, now() + (tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1000) / rate))));
    },

    /** A new line: its greeting needs a higher generation than every earlier one. @param {number} [steps] */
    greet(steps = 1) {
      head.gen += steps;
      cursor = Infinity;
      write();
      return head.gen;
    },

    /** @param {number} n the last number that the log has @param {number} upto @param {{[name: string]: number}} [limits] */
    welcome(n, upto, limits) {
      // Numbers that another tab has used under this name meanwhile: what was never sent takes new ones.
      const clash = ops.some((op) => !op.sent && op.n <= n);
      seq = Math.max(n, ops.reduce((most, op) => (clash && !op.sent ? most : Math.max(most, op.n)), clash ? 0 : seq));
      for (const op of ops) {
        if (clash && !op.sent) {
          op.n = ++seq;
          put(op);
        }
        if (op.n > n) {
          op.done = false; // the log never had it, or has lost it
          op.shown = true;
        }
      }
      base = known = n;
      // Whatever has no answer is said again, too: the log knows it by its number, and the answer is repeated.
      const open = ops.find((op) => op.settle);
      cursor = open ? Math.min(n, open.n - 1) : n;
      patience = now() + PATIENCE_MS;
      settled = upto;
      hold = gap = 0;
      if (limits && limits.ops > 0) rate = limits.ops * 0.8;
      tokens = BURST;
      filled = now();
      trim();
    },

    /**
     * The state is whole and the line quiet: guesses of what is done go, and whoever still waits for an answer that was not
     * repeated gets none: it is in the log, and if it had an effect, the state shows it. Says whether a guess has gone.
     */
    caughtUp() {
      let gone = false;
      for (const op of ops) {
        if (op.n <= known && now() >= patience) resolve(op, { outcome: "ok" });
        if (!op.done) continue;
        gone = gone || op.shown;
        op.shown = false;
      }
      trim();
      return gone;
    },

    /** @param {import("./types.js").AckRow[]} rows @param {number} upto @param {boolean} whole does the state have their effects? */
    ack(rows, upto, whole) {
      for (const [n, outcome, , code, args] of rows) {
        const op = ops.find((o) => o.n === n);
        if (!op) continue;
        /** @type {Answer} */
        const said = { outcome };
        if (code) said.code = code;
        if (args) said.args = args;
        resolve(op, said);
        if (whole) op.shown = false;
      }
      settled = Math.max(settled, upto);
      trim();
    },

    /** Go back to number n, after a while. @param {string} code @param {number} n @param {number} [wait] */
    back(code, n, wait = 0) {
      if (code === "gap") {
        // The same gap again: going back has not helped, so not as fast as the line allows.
        if (gap === n) wait = Math.max(wait, 1000);
        gap = n;
        base = Math.min(base, n - 1);
      }
      cursor = Math.min(cursor, n - 1);
      hold = now() + wait;
    },

    /** The line is closed. An action that closes it twice would do so for ever. @param {number} code */
    closed(code) {
      const sent = cursor === Infinity ? -1 : cursor;
      cursor = Infinity;
      if (!TOO_LARGE.includes(code)) return;
      const first = ops.find((op) => op.settle);
      if (!first || first.n > sent) return;
      if (first.id === suspect) {
        remove((op) => op === first);
        resolve(first, { outcome: "refused", code: "too_large" });
      }
      suspect = first.id;
    },

    /** There is no coming back: nobody waits for ever. @param {string} code */
    gone(code) {
      for (const op of ops) resolve(op, { outcome: "refused", code });
      remove(() => true);
    },
  };
}
