import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Book } from "../../activities/canvas/book.js";
import { clamp, CLOSEST, fit, follow, PAGE, pinch, seen, toPage, toStage, zoom } from "../../activities/canvas/camera.js";
import { undone } from "../../activities/canvas/hand.js";
import { curve } from "../../activities/canvas/outline.js";
import { Others } from "../../activities/canvas/others.js";
import { Pen } from "../../activities/canvas/pen.js";
import { decode, encode, ERASER, grain, HIGH, pack, POINTS, SHAPES, thin, WIDE } from "../../static/parts/stroke.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/stroke.json", import.meta.url), "utf8"));
const bytes = (frame) => Buffer.byteLength(JSON.stringify(frame)) + 4; // and the head of a WebSocket frame

/** A seeded chance, and hands that draw. */
function chance(seed) {
  return () => (seed = (seed * 16807) % 2147483647) / 2147483647;
}
function hand(n, rnd, jag) {
  let x = 1500 + rnd() * 7000, y = 1500 + rnd() * 4500, a = rnd() * 6, bend = 0;
  const out = [];
  for (let i = 0; i < n; i++) {
    bend = bend * 0.95 + (rnd() - 0.5) * 0.1;
    a += bend + (rnd() - 0.5) * jag;
    x = Math.max(0, Math.min(WIDE, x + Math.cos(a) * 60));
    y = Math.max(0, Math.min(HIGH, y + Math.sin(a) * 60));
    out.push({ x, y, p: Math.round(rnd() * 15) });
  }
  return out;
}
const far = (p, run) => Math.min(...run.slice(1).map((b, i) => {
  const a = run[i], dx = b.x - a.x, dy = b.y - a.y;
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}));

for (const { name, text, shift, pressed, points } of vectors.good) {
  test(`CAN1 good: ${name}`, () => {
    const back = decode(text);
    assert.deepEqual(back.map((p) => [p.x, p.y, p.p === undefined ? null : p.p, p.lift ? 1 : 0]), points);
    assert.equal(encode(back, { shift, pressed }), text);
  });
}
for (const { name, text } of vectors.bad) {
  test(`CAN1 bad: ${name}`, () => assert.throws(() => decode(text), RangeError));
}

test("CAN17 thinning keeps within its slack, and keeps both ends", () => {
  const rnd = chance(5);
  for (const jag of [0, 0.4, 3]) {
    const all = hand(300, rnd, jag).map(({ x, y }) => ({ x, y }));
    const few = thin(all, 12);
    assert.deepEqual([few[0], few[few.length - 1]], [all[0], all[299]]);
    assert.ok(few.length < all.length);
    for (const p of all) assert.ok(far(p, few) <= 12.0001);
  }
});

test("CAN17 thinning keeps where the pen was pressed harder", () => {
  const level = Array.from({ length: 50 }, (_, i) => ({ x: i * 100, y: 0, p: i === 25 ? 15 : 4 }));
  assert.ok(thin(level, 10).some((p) => p.p === 15));
  assert.equal(thin(level.map((p) => ({ ...p, p: 4 })), 10).length, 2);
});

test("CAN18 a stroke is rounded to about half a pixel of the screen it was drawn on", () => {
  for (const [page, shift] of [[304, 3], [700, 3], [1280, 2], [5000, 0]]) {
    assert.equal(grain(page).shift, shift);
    assert.ok((1 << shift) * (page / 10000) <= 0.6);
  }
});

test("CAN2 longer strokes are several strings of at most 3,500 characters that meet", () => {
  const rnd = chance(9);
  const texts = pack(hand(6000, rnd, 3), { shift: 0, slack: 1 });
  assert.ok(texts.length > 3);
  const parts = texts.map(decode);
  texts.forEach((text, i) => {
    assert.ok(text.length <= POINTS);
    if (i) assert.deepEqual(parts[i][0], parts[i - 1][parts[i - 1].length - 1]);
  });
  assert.equal(pack([{ x: 1, y: 2 }], { shift: 0, slack: 1 }).length, 1);
});

/** A whole stroke as the room passes it on: each receiver's bytes, by the frames of the wire. */
function cost(points, hertz, page, pressed) {
  const pen = new Pen({ group: 4321, ink: 11, width: 3, page, pressed });
  const pos = "0123456789ab.123456.0123456789ab", ts = 1763798400000;
  let sum = 0, pieces = 0;
  points.forEach((point, i) => {
    pen.add([{ ...point }]);
    const piece = pen.piece((i * 1000) / hertz);
    if (!piece) return;
    pieces++;
    sum += bytes({ t: "tick", pos, ts, x: [["live/ABCDEFGH/stroke", piece]] });
  });
  for (const { group, ink, width, points: text } of pen.marks()) {
    sum += bytes({ t: "tick", pos, ts, c: [["room/marks/19999", ["ABCDEFGH", group, ink, width, 0, text]]] });
  }
  return { sum, pieces };
}

test("CAN19 a stroke of 200 points costs each receiver at most 1.5 KB in all, preview included", () => {
  const rnd = chance(3);
  let most = 0, fewest = Infinity;
  for (const page of [304, 700, 1280, 2400]) {
    for (const hertz of [60, 125, 240]) {
      for (const jag of [0, 0.4, 3]) {
        for (const pressed of [false, true]) {
          const { sum, pieces } = cost(hand(200, rnd, jag), hertz, page, pressed);
          assert.ok(sum <= 1536, `${sum} bytes at ${page} px, ${hertz} Hz, jag ${jag}, pressure ${pressed}`);
          most = Math.max(most, sum);
          if (jag < 1 && !pressed) fewest = Math.min(fewest, pieces);
          assert.ok(pieces >= 1);
        }
      }
    }
  }
  assert.ok(fewest >= 4, "a common stroke is seen growing");
  assert.ok(most > 900, "the test draws strokes that matter");
});

test("CAN19 pieces are at least 100 ms apart, numbered, and half as fine", () => {
  const pen = new Pen({ group: 1, ink: 2, width: 1, page: 304 });
  const rnd = chance(4);
  const got = [];
  hand(400, rnd, 0.1).forEach((point, i) => {
    pen.add([point]);
    const piece = pen.piece(i * 8);
    if (piece) got.push([i * 8, piece]);
  });
  got.forEach(([at, piece], i) => {
    assert.equal(piece.seq, i);
    assert.equal("ABCDEF".indexOf(piece.points[0]), grain(304).shift + 1);
    assert.ok(piece.points.length <= 400);
    if (i) assert.ok(at - got[i - 1][0] >= 100);
  });
});

test("CAN20 a preview is taken once, in order, and gives way to its mark", () => {
  const others = new Others();
  const piece = (seq, ...xs) => ({ id: 7, seq, pen: 5, points: encode(xs.map((x) => ({ x, y: 100 })), { shift: 1 }) });
  const yes = () => true;
  const first = { bo: { stroke: piece(0, 100, 200) } };
  assert.equal(others.lives(first, yes, 0), true);
  assert.equal(others.lives(first, yes, 10), false);
  others.lives({ bo: { stroke: piece(2, 400, 500) } }, yes, 20);
  others.lives({ bo: { stroke: piece(1, 200, 300) } }, yes, 30);
  const preview = others.previews.get("bo");
  assert.deepEqual(preview.points.map((p) => p.x), [100, 200, 500]);
  assert.deepEqual([preview.ink, preview.width], [1, 1]);
  others.marks([["bo", 7, 1, 1, 0, "AAA"]]);
  assert.equal(others.previews.size, 0);
  others.lives({ bo: { stroke: piece(3, 500, 600) } }, yes, 40);
  assert.equal(others.previews.size, 0);
});

test("CAN20 previews of hidden, lost and strange hands are not shown", () => {
  const others = new Others();
  const good = { id: 1, seq: 0, pen: 0, points: "AAACC" };
  others.lives({ bo: { stroke: good } }, () => false, 0);
  assert.equal(others.previews.size, 0);
  others.lives({ bo: { stroke: { ...good, points: "??" } } }, () => true, 0);
  assert.equal(others.previews.size, 0);
  others.lives({ bo: { stroke: { ...good, seq: 1 } } }, () => true, 0);
  assert.equal(others.previews.size, 1);
  others.lives({ bo: { stroke: { ...good, seq: -1, points: "" } } }, () => true, 0);
  assert.equal(others.previews.size, 0);
  others.lives({ bo: { stroke: { ...good, id: 2 } } }, () => true, 0);
  others.lives({}, () => true, 1);
  assert.equal(others.previews.size, 0);
});

test("CAN21 layout: the whole page fits, zoom keeps the place under the finger, the page stays in sight", () => {
  const rnd = chance(8);
  for (const stage of [{ w: 304, h: 360 }, { w: 752, h: 500 }, { w: 320, h: 230 }, { w: 1900, h: 900 }]) {
    const home = fit(stage);
    const [l, t, r, b] = seen(home, stage);
    assert.deepEqual([l, t, r, b], [0, 0, WIDE, HIGH]);
    assert.ok(home.x >= 0 && home.y >= 0 && home.x + PAGE.w * home.k <= stage.w && home.y + PAGE.h * home.k <= stage.h);
    assert.ok(clamp({ ...home, k: home.k * 99 }, stage).k <= home.k * CLOSEST * 1.0001);
    let camera = zoom(home, stage, 4);
    for (let i = 0; i < 50; i++) {
      const at = { x: rnd() * stage.w, y: rnd() * stage.h };
      const back = toStage(camera, toPage(camera, at));
      const inside = toPage(camera, at);
      if (inside.x > 0 && inside.x < WIDE && inside.y > 0 && inside.y < HIGH) assert.ok(Math.hypot(back.x - at.x, back.y - at.y) < 0.001);
      const to = { x: rnd() * stage.w, y: rnd() * stage.h, gap: 50 + rnd() * 200 };
      camera = pinch(camera, stage, { ...at, gap: 120 }, to);
      const box = { l: camera.x, r: camera.x + PAGE.w * camera.k };
      assert.ok(box.r > 0 && box.l < stage.w && camera.k >= home.k);
      const spot = { x: rnd() * WIDE, y: rnd() * HIGH };
      const there = toStage(follow(camera, stage, spot), spot);
      assert.ok(there.x >= 0 && there.x <= stage.w && there.y >= 0 && there.y <= stage.h);
    }
  }
});

test("CAN22 the book knows what has to be drawn again, and draws nothing twice", () => {
  const mark = (who, group, x) => [who, group, 1, 1, 0, encode([{ x, y: 1000 }, { x: x + 500, y: 1500 }])];
  const book = new Book();
  const room = { marks: [mark("a", 1, 1000), mark("b", 1, 5000)], hidden: {}, clear: 0 };
  assert.equal(book.sync(room).dirty, null);
  const more = { ...room, marks: [...room.marks, mark("a", 2, 8000)] };
  assert.equal(book.sync(more).dirty, null);
  const kept = book.entries[0];
  const off = { ...more, marks: [more.marks[0], [...more.marks[1], true], more.marks[2]] };
  const { dirty } = book.sync(off);
  assert.ok(dirty[0] > 4000 && dirty[2] < 6000);
  assert.equal(book.entries[0], kept);
  assert.equal(book.sync({ ...off, marks: off.marks.map((m) => [...m]) }).dirty, null, "a snapshot with the same marks changes nothing");
  assert.ok(book.sync({ ...off, hidden: { a: true } }).dirty);
  assert.deepEqual(book.entries.map((e) => e.shown), [false, false, false]);
  book.sync({ ...off, clear: 2 });
  assert.deepEqual(book.entries.map((e) => e.shown), [false, false, true]);
  assert.equal(book.sync({ marks: [mark("a", 9, 1)], hidden: {}, clear: 0 }).dirty, "all");
});

test("CAN5 the guess of an undo is what the rules do: my last group, at most 100, none under the sheet", () => {
  const m = (who, group, off) => (off ? [who, group, 1, 1, 0, "AAA", true] : [who, group, 1, 1, 0, "AAA"]);
  const room = { clear: 1, marks: [m("a", 1), m("a", 2), m("b", 2), m("a", 3, true), m("a", 2)] };
  assert.deepEqual(undone(room, "a"), [["room/marks/4/6", true], ["room/marks/1/6", true]]);
  assert.deepEqual(undone({ ...room, clear: 5 }, "a"), []);
  const many = { clear: 0, marks: Array.from({ length: 101 }, () => m("a", 1)) };
  assert.equal(undone(many, "a").length, 100);
});

test("CAN23 a curve goes through its points and makes no loops of its own", () => {
  const through = [{ x: 0, y: 0 }, { x: 900, y: 0 }, { x: 900, y: 900 }, { x: 910, y: 905 }];
  const out = curve(through);
  for (const p of through) assert.ok(out.includes(p));
  for (const p of out) assert.ok(p.x > -150 && p.x < 1100 && p.y > -150 && p.y < 1000);
});

test("CAN3 the eraser and the shapes are the rules' own", () => {
  const rules = readFileSync(new URL("../../activities/canvas/jam.py", import.meta.url), "utf8");
  const stamps = rules.match(/_STAMPS: Final = "([^"]+)"/)[1].split(" ");
  const kit = readFileSync(new URL("../../server/kit/stroke.py", import.meta.url), "utf8");
  const inks = kit.match(/_INKS: Final = "([^"]+)"/)[1].split(" ");
  assert.deepEqual(SHAPES, ["free", "line", ...stamps]);
  assert.equal(ERASER, inks.length);
});
