import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { createClock } from "../../static/clock.js";
import { createKeep } from "../../static/keep.js";
import { createLink } from "../../static/link.js";
import { createStore } from "../../static/store.js";
import { FakeServer, Net, Time, seeded } from "./fake-server.js";
import { box } from "./world.js";


const bare = ({ live, ...rest }) => rest;

/** Stores with one rule broken, each of which the simulation must catch. */
const BROKEN = {
  "trimmed at ack": (store) => ({
    receive: (f) => store.receive(f.t === "ack" ? { ...f, settled: Math.max(f.settled, ...f.r.map(([n]) => n)) } : f),
  }),
  "numbers not kept across lines": (store, random) => ({
    hello: (can) => ({ ...store.hello(can), cid: Buffer.from(random.bytes(16)).toString("hex") }),
  }),
  "tail applied twice": (store, random, memo) => ({
    hello: (can) => {
      const frame = store.hello(can);
      const { pos } = frame;
      if (memo.pos && pos) frame.pos = memo.pos;
      if (pos) memo.pos = pos;
      return frame;
    },
  }),
  "a gap passed over": (store) => ({
    receive: (f) => (f.t === "err" && f.n !== undefined ? store.drain() : store.receive(f)),
  }),
  "the heartbeat's place taken for one's own": (store) => ({
    receive: (f) => (f.t === "k" ? ((store.beat = f.pos), []) : store.receive(f)),
    hello: (can) => {
      const frame = store.hello(can);
      return frame.pos && store.beat ? { ...frame, pos: store.beat } : frame;
    },
  }),
  "a first part taken for the whole": (store) => ({
    receive: (f) => (f.t !== "snap" ? store.receive(f) : f.i ? [] : store.receive({ ...f, k: 1 })),
  }),
};

/** One story: clients act while lines, tabs and the server fail; then all is calm. Returns what went wrong. */
async function story(seed, broken) {
  const random = seeded(seed);
  const time = new Time();
  const net = new Net(time, random);
  const server = new FakeServer(time, random, { loses: seed % 2 === 0 });
  const wrong = [];
  const made = new Map(); // tag -> who did it, in which turn
  let turn = 0;
  let open = 0;

  function page(who, boxes) {
    const keep = createKeep("ROOM", boxes);
    const pure = createStore({ now: () => time.now, random: random.bytes, keep });
    const store = broken ? Object.create(pure, Object.getOwnPropertyDescriptors(BROKEN[broken](pure, random, {}))) : pure;
    const clock = createClock(() => time.now);
    const link = createLink({ url: "ws://room", store, clock, world: net.world(server) });
    const me = { who, boxes, store, link, alive: true, mine: [] };
    const receive = store.receive;
    store.receive = (frame) => {
      if (!me.alive) return [];
      let frames = [];
      try {
        frames = receive.call(store, frame);
      } catch (e) {
        wrong.push(`resync: ${e.message}`);
        throw e;
      }
      if (store.ready) {
        const want = server.states.get(store.pos);
        try {
          assert.deepEqual(bare(store.confirmed), bare(want));
        } catch {
          wrong.push(`state differs at ${store.pos}`);
        }
      }
      return frames;
    };
    link.start();
    return me;
  }

  const pages = [0, 1, 2].map((i) => page(i, { long: box(), tab: box() }));

  function act(me) {
    const tag = `${me.who}.${++turn}`;
    const k = "k" + random.below(4);
    const [what, d, guess] = [
      ["jam.add", { v: tag }, (t) => [[`room/list/${t.room.list.length}`, { by: "?", v: tag }]]],
      ["jam.add", { v: tag }, (t) => [[`room/list/${t.room.list.length}`, { by: "?", v: tag }]]],
      ["jam.pop", { tag }, (t) => [[`room/list/${t.room.list.length - 1}`]]],
      ["jam.word", { k, v: tag }, () => [[`room/words/${k}`, tag]]],
      ["jam.unword", { k, tag }, () => [[`room/words/${k}`]]],
      ["jam.nothing", { tag }, () => { throw new Error("a guess that fails"); }],
    ][random.below(6)];
    const op = { tag, who: me.who, turn };
    made.set(tag, op);
    open += 1;
    me.mine.push(op);
    me.store.act(what, { ...d, tag }, guess).then((answer) => {
      open -= 1;
      op.answer = answer;
      if (!["ok", "noop", "refused"].includes(answer.outcome)) wrong.push("odd answer");
    });
  }

  for (let at = 0; at < 12000; at += 150) {
    time.later(() => {
      for (const me of pages) {
        if (random.chance(0.5)) act(me);
        if (random.chance(0.05)) me.link.hide(random.chance(0.5));
      }
      for (const line of Array.from(net.lines)) if (random.chance(0.05)) line.cut(random.chance(0.3));
      if (random.chance(0.015)) server.restart(random.below(1500));
      if (random.chance(0.02)) {
        const i = random.below(pages.length);
        const old = pages[i];
        old.alive = false;
        old.link.pause();
        // Nobody waits for the answers of a page that is gone.
        open -= old.mine.filter((op) => !op.answer).length;
        for (const op of old.mine) if (!op.answer) op.answer = { outcome: "left" }, (op.left = true);
        pages[i] = page(old.who, old.boxes);
      }
      net.refuses = random.chance(0.1) ? 0.5 : 0;
    }, at);
  }
  await time.until(12000);
  net.refuses = 0;
  for (const me of pages) me.link.hide(false);
  await time.until(60000);

  for (const me of pages) {
    if (me.link.state !== "open") wrong.push(`link is ${me.link.state}`);
    if (me.store.waiting) wrong.push("actions wait");
    for (const tree of [me.store.confirmed, me.store.tree]) {
      try {
        assert.deepEqual(bare(tree), bare(server.state()));
      } catch {
        wrong.push(tree === me.store.tree ? "shown state differs at the end" : "state differs at the end");
      }
    }
    if (me.boxes.tab.length) wrong.push("something is left on the device");
  }
  const seen = new Map();
  const last = new Map();
  for (const { d } of server.log) {
    if (seen.has(d.tag)) wrong.push("done twice");
    seen.set(d.tag, true);
    const { who, turn: t } = made.get(d.tag);
    if (t <= (last.get(who) || 0)) wrong.push("out of order");
    last.set(who, t);
  }
  for (const op of made.values()) if (!seen.has(op.tag)) wrong.push("lost");
  if (open) wrong.push(`${open} promises not kept`);
  return wrong;
}

const SEEDS = Number(process.env.JAM_SEEDS || 20);

test("client-sim: after any faults every page equals the server, each action took effect once and in order, all promises are kept", async () => {
  for (let seed = 1; seed <= SEEDS; seed++) assert.deepEqual(await story(seed), [], `seed ${seed}`);
});

for (const broken of Object.keys(BROKEN)) {
  test(`client-sim-sensitive: a store that is broken is caught: ${broken}`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) if ((await story(seed, broken)).length) return;
    assert.fail("not caught");
  });
}
