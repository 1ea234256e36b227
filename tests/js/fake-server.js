// A server and a network in one process and in virtual time, for tests of the client. Everything comes from one seed.
import { deflateSync, inflateSync } from "node:zlib";
import { apply } from "../../static/patch.js";

/** A small seeded generator (mulberry32): the same seed, the same story. */
export function seeded(seed) {
  let a = seed >>> 0;
  const random = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  random.below = (n) => Math.floor(random() * n);
  random.chance = (p) => random() < p;
  random.bytes = (n) => Uint8Array.from({ length: n }, () => random.below(256));
  return random;
}

/** Fewer changes with the same result. A delete stays where it is (later ones may rest on it); sets since the path's last delete become one. */
export function coalesce(changes) {
  const out = [];
  for (const change of changes) {
    const [path] = change;
    let from = out.length;
    while (from && !(out[from - 1].length === 1 && out[from - 1][0] === path)) from--;
    const below = (i) => i >= from && (out[i][0] === path || out[i][0].startsWith(path + "/"));
    const hits = out.map((_, i) => i).filter(below);
    const set = hits.find((i) => out[i].length === 2);
    if (change.length === 1 && set === undefined && from > 0) continue;
    const place = set === undefined ? null : out[set];
    if (place) out[set] = change.length === 2 ? change : [path, null];
    for (const i of hits.reverse()) if (i !== set) out.splice(i, 1);
    if (!place || change.length === 1) out.push(change);
  }
  return out;
}

/** Virtual time: things happen in the order of their times, and those of one time in the order they were planned. */
export class Time {
  constructor() {
    this.now = 0;
    this.plans = [];
    this.serial = 0;
  }
  later(fn, ms) {
    const plan = { at: this.now + Math.max(0, ms), serial: this.serial++, fn };
    this.plans.push(plan);
    return plan;
  }
  never(plan) {
    if (plan) plan.fn = null;
  }
  /** Lets everything happen up to a time; promises are kept in between. */
  async until(end) {
    for (;;) {
      this.plans = this.plans.filter((p) => p.fn);
      let next = null;
      for (const p of this.plans) if (p.at <= end && (!next || p.at < next.at || (p.at === next.at && p.serial < next.serial))) next = p;
      if (!next) break;
      this.now = Math.max(this.now, next.at);
      const { fn } = next;
      next.fn = null;
      fn();
      for (let i = 0; i < 6; i++) await null;
    }
    this.now = end;
  }
}

/** A line between a client's socket and the server. Frames keep their order; a cut loses what is under way, and may say so to nobody. */
class Line {
  constructor(net, server) {
    Object.assign(this, { net, server, readyState: 0, up: [], down: [], clientGone: false, serverGone: false });
    this.conn = null;
    this.atUp = this.atDown = 0;
    net.lines.add(this);
    net.time.later(() => {
      if (this.clientGone) return;
      if (!server.running || net.random.chance(net.refuses)) return this.hangUp(1006);
      this.conn = server.accept(this);
      this.readyState = 1;
      this.onopen();
    }, net.delay());
  }
  /** Called by the client. */
  send(text) {
    if (this.readyState !== 1) throw new Error("not open");
    this.atUp = Math.max(this.atUp, this.net.time.now + this.net.delay());
    this.net.time.later(() => {
      if (!this.serverGone && !this.stalled) this.conn.hear(text);
    }, this.atUp - this.net.time.now);
  }
  close() {
    this.clientGone = true;
    this.readyState = 3;
    // The server hears of it later, or much later: frames under way may still arrive after the next line's.
    const wait = this.net.random.chance(0.5) ? 0 : 3000;
    this.net.time.later(() => this.leaveServer(), this.net.delay() + wait);
  }
  leaveServer() {
    if (this.serverGone) return;
    this.serverGone = true;
    this.net.lines.delete(this);
    if (this.conn) this.server.left(this.conn);
  }
  /** Called by the server: a text, or bytes. */
  toClient(data) {
    this.atDown = Math.max(this.atDown, this.net.time.now + this.net.delay());
    this.net.time.later(() => {
      if (!this.clientGone && !this.stalled) this.onmessage({ data });
    }, this.atDown - this.net.time.now);
  }
  hangUp(code) {
    this.serverGone = true;
    this.net.lines.delete(this);
    if (this.conn) this.server.left(this.conn);
    this.atDown = Math.max(this.atDown, this.net.time.now + this.net.delay());
    this.net.time.later(() => {
      if (this.clientGone || this.stalled) return;
      this.clientGone = true;
      this.readyState = 3;
      this.onclose({ code });
    }, this.atDown - this.net.time.now);
  }
  /** The network's doing: with `silent` neither side is told. */
  cut(silent) {
    if (silent) {
      this.stalled = true;
      return;
    }
    if (this.clientGone) return;
    this.clientGone = true;
    this.readyState = 3;
    this.net.time.later(() => this.leaveServer(), this.net.random.below(3000));
    this.net.time.later(() => this.onclose({ code: 1006 }), 0);
  }
}

export class Net {
  constructor(time, random) {
    Object.assign(this, { time, random, lines: new Set(), refuses: 0, slow: 60 });
  }
  delay() {
    return 5 + this.random.below(this.slow);
  }
  /** The world of one client's link. */
  world(server) {
    return {
      now: () => this.time.now,
      random: this.random,
      socket: () => new Line(this, server),
      later: (fn, ms) => this.time.later(fn, ms),
      never: (plan) => this.time.never(plan),
      inflate: (data) => Promise.resolve(inflateSync(Buffer.from(data)).toString()),
    };
  }
}

const SETTLE_MS = 400;

class Conn {
  constructor(server, line) {
    Object.assign(this, { server, line, cid: null, member: null, deaf: false, acks: [], pos: 0 });
  }
  say(frame) {
    this.line.toClient(JSON.stringify(frame));
  }
  hear(text) {
    if (this.server.heard) this.server.heard(this, text);
    const frame = JSON.parse(text);
    if (this.closed) return;
    if (frame.t === "hello") this.server.hello(this, frame);
    else if (frame.t === "op") this.server.op(this, frame);
    else if (frame.t === "k") this.say({ t: "k", ct: frame.ct, now: this.server.time.now, pos: this.server.position(this.server.log.length) });
  }
  close(code) {
    if (this.closed) return;
    this.closed = true;
    this.line.hangUp(code);
  }
}

/** A room that keeps an ordered log, judges ops, and may lose what is not settled when it restarts. */
export class FakeServer {
  constructor(time, random, { loses = false, tick = 50 } = {}) {
    Object.assign(this, { time, random, loses, tick, conns: new Set(), running: true, log: [], facts: new Map(), told: [] });
    this.start = { meet: { now: { g: 1, kind: "jam" }, people: {} }, room: { list: [], words: {} }, own: {}, live: {} };
    this.states = new Map([[this.position(0), this.start]]);
    this.salt = 0;
    this.beat();
  }
  position(offset) {
    const at = offset ? this.log[offset - 1] : null;
    return `e.${offset}.${at ? at.tag : "0"}`;
  }
  state(offset = this.log.length) {
    return this.states.get(this.position(offset));
  }
  settled(cid) {
    const { n } = this.facts.get(cid) || { n: 0 };
    const open = this.log.filter((e) => e.cid === cid && e.at > this.time.now - SETTLE_MS);
    return open.length ? open[0].n - 1 : n;
  }
  accept(line) {
    return new Conn(this, line);
  }
  left(conn) {
    conn.closed = true;
    this.conns.delete(conn);
  }
  beat() {
    this.time.later(() => {
      for (const conn of this.conns) conn.say({ t: "k", now: this.time.now, pos: this.position(this.log.length) });
      this.beat();
    }, 3000);
  }

  hello(conn, { cid, gen, pos, z }) {
    const fact = this.facts.get(cid) || { n: 0, gen: 0 };
    if (gen <= fact.gen) return conn.close(4509);
    this.facts.set(cid, { ...fact, gen });
    for (const other of Array.from(this.conns)) if (other.cid === cid) other.close(4509);
    conn.cid = cid;
    this.conns.add(conn);
    const offset = pos ? Number(pos.split(".")[1]) : -1;
    const known = pos && offset <= this.log.length && this.position(offset) === pos;
    const tail = known && this.random.chance(0.8);
    const top = this.log.length;
    conn.pos = top;
    conn.say({
      t: "welcome", v: 1, me: { member: "m-" + cid.slice(0, 4), role: "member" }, token: "t", n: fact.n, settled: this.settled(cid),
      mode: tail ? "tail" : "snap", now: this.time.now, limits: { op: 32768, ops: 20 },
    });
    if (tail && top > offset) {
      const c = this.log.slice(offset).flatMap((e) => e.changes);
      conn.say({ t: "tick", pos: this.position(top), ts: this.time.now, c: this.random.chance(0.5) ? coalesce(c) : c });
    }
    if (!tail) this.snap(conn, z);
    // Answers that went down with an earlier line: often there, not always.
    if (this.random.chance(0.6)) {
      const r = this.log.filter((e) => e.cid === cid && e.n > this.settled(cid)).map((e) => [e.n, e.outcome, e.o, e.code]);
      if (r.length) conn.say({ t: "ack", r, settled: this.settled(cid) });
    }
  }

  snap(conn, z) {
    const { room, ...rest } = this.state();
    const pages = [{ ...rest, room: { ...room, list: [] } }];
    for (let i = 0; i < room.list.length; i += 5) pages.push({ room: { list: room.list.slice(i, i + 5) } });
    pages.forEach((st, i) => {
      const text = JSON.stringify({ t: "snap", pos: this.position(this.log.length), i, k: pages.length, st });
      if (!z || this.random.chance(0.3)) return conn.line.toClient(text);
      const packed = deflateSync(text);
      conn.line.toClient(packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length));
    });
  }

  op(conn, { n, p = n - 1, do: what, d }) {
    if (!conn.cid || (conn.deaf && n > conn.deaf)) return;
    conn.deaf = false;
    const fact = this.facts.get(conn.cid);
    if (n <= fact.n) {
      const e = this.log.find((one) => one.cid === conn.cid && one.n === n);
      conn.say({ t: "ack", r: [[n, e ? e.outcome : "ok", e ? e.o : null, e && e.code]], settled: this.settled(conn.cid) });
      return;
    }
    if (p > fact.n) {
      conn.deaf = fact.n + 1;
      return conn.say({ t: "err", code: "gap", n: fact.n + 1 });
    }
    if (this.random.chance(0.03)) {
      conn.deaf = n;
      return conn.say({ t: "err", code: "too_fast", n, retry_ms: 100 + this.random.below(400) });
    }
    const before = this.state();
    const { changes, outcome, code } = judge(before, what, d, conn.cid);
    const entry = { o: this.log.length + 1, cid: conn.cid, n, what, d, at: this.time.now, tag: `${++this.salt}`, changes, outcome, code };
    this.log.push(entry);
    this.states.set(this.position(entry.o), apply(before, changes));
    this.facts.set(conn.cid, { ...fact, n });
    conn.acks.push([n, outcome, entry.o, code]);
    if (!this.ticking) this.ticking = this.time.later(() => this.flush(), this.tick);
  }

  flush() {
    this.ticking = null;
    const top = this.log.length;
    for (const conn of this.conns) {
      const c = coalesce(this.log.slice(conn.pos, top).flatMap((e) => e.changes));
      if (c.length) {
        conn.say({ t: "tick", pos: this.position(top), ts: this.time.now, c });
        conn.pos = top;
      }
      if (conn.acks.length) conn.say({ t: "ack", r: conn.acks, settled: this.settled(conn.cid) });
      conn.acks = [];
    }
    // A quiet word later says what has settled since.
    this.time.later(() => {
      for (const conn of this.conns) conn.say({ t: "ack", r: [], settled: this.settled(conn.cid) });
    }, SETTLE_MS + 50);
  }

  /** Down and up again; a log that lost its last entries goes on from what was settled. */
  restart(ms) {
    this.running = false;
    for (const conn of Array.from(this.conns)) conn.close(1012);
    if (this.ticking) this.time.never(this.ticking), (this.ticking = null);
    if (this.loses) {
      while (this.log.length && this.log[this.log.length - 1].at > this.time.now - SETTLE_MS && this.random.chance(0.8)) this.log.pop();
      for (const [cid, fact] of this.facts) {
        this.facts.set(cid, { ...fact, n: this.log.reduce((most, e) => (e.cid === cid ? Math.max(most, e.n) : most), 0) });
      }
    }
    this.time.later(() => (this.running = true), ms);
  }
}

/** What an action does: a list that grows and shrinks, words that are set and deleted, and refusals. */
function judge({ room }, what, d, cid) {
  const { list, words } = room;
  if (what === "jam.add") return { outcome: "ok", changes: [[`room/list/${list.length}`, { by: cid, v: d.v }]] };
  if (what === "jam.pop") {
    if (!list.length || list[list.length - 1].by !== cid) return { outcome: "refused", code: "not_yours", changes: [] };
    return { outcome: "ok", changes: [[`room/list/${list.length - 1}`]] };
  }
  if (what === "jam.word") return { outcome: "ok", changes: [[`room/words/${d.k}`, d.v]] };
  if (what === "jam.unword") return d.k in words ? { outcome: "ok", changes: [[`room/words/${d.k}`]] } : { outcome: "noop", changes: [] };
  return { outcome: "refused", code: "no_action", changes: [] };
}
