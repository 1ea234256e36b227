// Rules HL1 to HL6 (tests/RULES.md): what is seen from far away, and what is taken home, as far as it is pure.
import assert from "node:assert/strict";
import test from "node:test";
import { skies } from "../../activities/checkin/far.js";
import { lines } from "../../activities/canvas/leaf.js";
import leafOfDrawing from "../../activities/canvas/leaf.js";
import { paged } from "../../activities/canvas/pages.js";
import leafOfSongs from "../../activities/prompt/leaf.js";
import leafOfRing from "../../activities/ring/leaf.js";
import leafOfWords from "../../activities/words/leaf.js";
import { choice, createKeep } from "../../static/keep.js";
import { stayAwake } from "../../static/parts/awake.js";
import { turn } from "../../static/parts/reel.js";
import { POINTS, encode } from "../../static/parts/stroke.js";
import { elsewhere, farFirst, fitting, step, unled } from "../../static/screens/afar.js";
import { forgetRoom, known, remember } from "../../static/screens/rooms.js";
import { MOST, level, weight, within, zineFile } from "../../static/screens/zine.js";

const person = (more = {}) => ({ name: "A", ink: 0, shape: 0, role: "member", here: true, ...more });

test("HL1 whoever is elsewhere comes first; screens and people who were asked to leave are nobody", () => {
  const people = { hall: person({ hall: true }), far: person(), screen: person({ role: "screen" }), out: person({ out: true }), late: person({ here: false }), near: person({ hall: true }) };
  assert.deepEqual(farFirst(people), ["far", "late", "hall", "near"]);
  assert.deepEqual(elsewhere(people), ["far"]);
  assert.deepEqual(elsewhere({ a: person(), b: person() }), [], "without a hall there is no elsewhere");
});

test("HL1 hosts are away when none of them is here, and not where there are none", () => {
  assert.equal(unled({ a: person({ role: "host", here: false }), b: person() }), true);
  assert.equal(unled({ a: person({ role: "host", here: false }), b: person({ role: "host" }) }), false);
  assert.equal(unled({ a: person() }), false);
});

test("HL2 a longer title is never larger, and letters are counted, not bytes", () => {
  const sizes = [1, 22, 23, 44, 45, 90, 91, 300].map((n) => step("ع ".repeat(n).slice(0, n)));
  assert.deepEqual(sizes, [0, 0, 1, 1, 2, 2, 3, 3]);
  assert.equal(step("🎈 ".repeat(11)), 0);
  assert.deepEqual([9, 10, 11, 12, 16, 17].map((n) => step("a".repeat(n))), [0, 1, 1, 2, 2, 3], "no word is broken");
});

test("HL2 a list goes on where the page was full, and each page holds at least one", () => {
  assert.equal(fitting([10, 20, 30], 30), 3);
  assert.equal(fitting([10, 20, 31], 30), 2);
  assert.equal(fitting([50, 90], 30), 1);
  let from = 0;
  const seen = [];
  for (let i = 0; i < 4; i++) {
    seen.push(from);
    from = turn(10, 4, from);
  }
  assert.deepEqual(seen, [0, 4, 8, 0]);
});

test("HL2 a hundred answers fill several skies; each fits and none is lost", () => {
  const list = Array.from({ length: 100 }, (_, i) => ({ icon: "sun", word: `a few words ${i}` }));
  const pages = skies(list, 560, 290);
  assert.ok(pages.length > 1);
  assert.deepEqual(pages.flat(), list);
  assert.deepEqual(skies([], 560, 290), [[]]);
  assert.equal(skies([{ icon: "sun", word: "long ".repeat(12) }], 240, 160).length, 1);
});

test("HL2 drawings with words below stand six on a page; a long text makes only its own page smaller, and none is lost", () => {
  const all = Array.from({ length: 14 }, (_, i) => ({ i, text: i === 7 ? "a long line ".repeat(6) : i % 3 ? "a word" : "" }));
  const pages = paged(all, "own", 22, true);
  assert.deepEqual(pages.flat(), all);
  assert.deepEqual(pages.map((page) => page.length), [6, 3, 5]);
  assert.deepEqual(paged(all.slice(0, 9).map(({ i }) => ({ i })), "own", 22, true).map((page) => page.length), [8, 1]);
  assert.deepEqual(paged([], "own", 22, true), []);
});

test("HL3 a screen that may not stay on is told once; the lock is asked for again when the page is seen again", async () => {
  let told = 0, asked = 0, seen = () => {};
  const document = { visibilityState: "visible", addEventListener: (_, fn) => { seen = fn; } };
  stayAwake(() => { told++; }, { navigator: {}, document });
  assert.equal(told, 1);
  const wakeLock = { request: () => (asked++ ? Promise.reject(new Error("low battery")) : Promise.resolve({})) };
  stayAwake(() => { told++; }, { navigator: { wakeLock }, document });
  seen();
  seen();
  document.visibilityState = "hidden";
  seen();
  await new Promise((done) => { setImmediate(done); });
  assert.deepEqual([asked, told], [3, 2]);
});

test("HL3 a lock that the system takes back while the page is seen is asked for again after a while, and not once it is given up", async () => {
  const locks = [], waits = [];
  const document = { visibilityState: "visible", addEventListener: () => {}, removeEventListener: () => {} };
  const wakeLock = { request: async () => {
    const lock = Object.assign(new EventTarget(), { release: async () => { lock.freed = true; } });
    locks.push(lock);
    return lock;
  } };
  const rest = () => new Promise((done) => { setImmediate(done); });
  const end = stayAwake(() => assert.fail("it can"), { navigator: { wakeLock }, document, setTimeout: (run, ms) => { waits.push(run); assert.ok(ms >= 5000); } });
  await rest();
  locks[0].dispatchEvent(new Event("release"));
  waits[0]();
  await rest();
  locks[0].dispatchEvent(new Event("release"));
  assert.deepEqual([locks.length, waits.length], [2, 1]);
  end();
  locks[1].dispatchEvent(new Event("release"));
  assert.deepEqual([locks[1].freed, waits.length], [true, 1]);
});

const EVIL = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "</style><b>", "&amp;"];
const page = (more) => ({ title: "", tag: "", p: "#ff6362", q: "#07d6e7", svg: "", lines: [], ...more });
const zine = (pages, more = {}) => zineFile({ lang: "ar", dir: "rtl", title: "T", day: "d", thanks: "t", note: "n", large: "LARGE", short: "SHORT", pages, ...more });

test("HL4 the zine holds texts as texts: no script, no address, no ink that is none", () => {
  const pages = EVIL.map((text) => page({ title: text, tag: text, p: text, q: text, lines: [{ text, more: text, by: text }] }));
  const file = zine(pages, { title: EVIL[0], day: EVIL[1], thanks: EVIL[2], note: EVIL[3], lang: EVIL[1] });
  assert.equal(/<script|<img|<b>(?!&)|https?:|url\(|@import/i.test(file.replaceAll("<b>", "<b>&")), false);
  assert.ok(!file.includes("onerror=alert(1)>"));
  assert.ok(file.includes("default-src 'none'"));
  assert.equal(file.match(/<\/style>/g).length, 1 + EVIL.length, "no text ends a style");
  assert.ok(file.includes('dir="rtl"'));
});

test("HL4 what small pictures leave goes to the large ones, and all have no more than there is", () => {
  assert.equal(level([10, 20, 30], 60), Infinity);
  assert.equal(level([10, 20, 30], 59), 29);
  assert.equal(level([10, 20, 30], 30), 10);
  assert.equal(level([10, 20, 30], 29), 9);
  assert.equal(level([1, 1, 1000, 2000], 202), 100);
  assert.equal(level([5, 5], 0), 0);
  assert.equal(level([5], -3), 0);
  assert.equal(level([], 0), Infinity);
});

test("HL4 a file that is just small enough stays as it is; one byte more, and its largest picture is drawn again", () => {
  const svg = (/** @type {number} */ n) => `<svg>${"é".repeat(n)}</svg>`;
  const pages = [page({ svg: svg(10), lines: [{ text: "a" }] }), page({ svg: svg(4000), again: (/** @type {number} */ most) => ({ svg: svg(Math.floor((most - 11) / 2)), lines: [] }) }), page({ svg: svg(900) })];
  const of = { lang: "en", dir: "ltr", title: "T", day: "d", thanks: "t", note: "n", large: "L", short: "S", pages };
  const whole = weight(zineFile(of));
  assert.equal(within(of, whole), of);
  const less = within(of, whole - 1);
  assert.ok(weight(zineFile(less)) <= whole - 1);
  assert.deepEqual([less.pages[0].svg, less.pages[2].svg], [svg(10), svg(900)]);
  assert.ok(less.pages[1].svg.length < svg(4000).length && less.pages[1].svg.length > 3000 && !less.pages[1].large);
  const bare = within({ ...of, pages: pages.map((one) => ({ ...one, again: undefined })) }, whole - 1);
  assert.deepEqual(bare.pages.map(({ svg: drawn, large }) => [Boolean(drawn), Boolean(large)]), [[true, false], [false, true], [true, false]]);
  assert.ok(zineFile(bare).includes("<p>L</p>") && !zineFile(bare).includes("<p>S</p>"));
});

test("HL4 too many words end where the page is full, and it says so", () => {
  const lines = Array.from({ length: 12000 }, (_, i) => ({ text: `${i} ${"مرحبا <".repeat(30)}`, more: "&", by: "Léa" }));
  const of = { lang: "ar", dir: "rtl", title: "T", day: "d", thanks: "t", note: "n", large: "L", short: "S", pages: [page({ lines }), page({ lines: [{ text: "few" }] }), page({ svg: "<svg></svg>" })] };
  const made = within(of);
  const file = zineFile(made);
  assert.ok(weight(file) <= MOST && weight(file) > 0.8 * MOST);
  assert.deepEqual(made.pages.map(({ short }) => Boolean(short)), [true, false, false]);
  assert.ok(made.pages[0].lines.length > 1000 && file.includes("<p>S</p>") && file.includes("few"));
});

/** What a hand draws until the mark is full. @param {number} seed */
const scribble = (seed) => {
  let n = seed * 7919 + 1, x = 5000, y = 3700;
  const next = () => (n = (n * 1103515245 + 12345) % 2147483648) / 2147483648;
  const points = Array.from({ length: 800 }, () => {
    x = Math.min(9999, Math.max(0, Math.round(x + 400 * (next() - 0.5))));
    y = Math.min(7499, Math.max(0, Math.round(y + 400 * (next() - 0.5))));
    return { x, y };
  });
  let many = points.length;
  while (encode(points.slice(0, many)).length > POINTS) many -= 10;
  return encode(points.slice(0, many));
};
const t = (/** @type {string} */ key) => key;

test("HL4 eighty-five people draw as much as they may, on walls, in rings and on one paper: one file holds it, or says what is missing", () => {
  const everyone = Array.from({ length: 85 }, (_, i) => i);
  // A mark of the fullest kind, three from everybody: 0.9 MB in the room, several in a picture.
  const marks = everyone.map((i) => [0, 1, 2].map((k) => [(i + k) % 12, 1, 0, scribble(3 * i + k)]));
  const own = { gallery: marks.map((sheet, i) => ({ marks: sheet, text: `promise ${i}` })) };
  const paper = { marks: marks.flatMap((sheet, i) => sheet.map(([ink, width, shape, points], k) => [`m${i}`, k, ink, width, shape, points])), hidden: {}, clear: 0 };
  const ring = { phase: "told", chains: marks.map((sheet) => sheet.map((one) => ({ m: [one] }))) };
  const made = [(/** @type {number} */ most) => leafOfDrawing({ room: own, options: { mode: "own" }, names: {}, t, most }), (/** @type {number} */ most) => leafOfDrawing({ room: paper, options: {}, names: {}, t, most }),
    (/** @type {number} */ most) => leafOfRing({ room: ring, options: {}, names: {}, t, most })];
  const pages = made.map((make) => page({ ...make(MOST), again: make }));
  assert.ok(pages.every(({ svg }) => svg.length > 500000), "that is much");
  const all = within({ lang: "en", dir: "ltr", title: "T", day: "d", thanks: "t", note: "n", large: "LARGE", short: "SHORT", pages });
  const file = zineFile(all);
  assert.ok(weight(file) <= MOST);
  for (const one of all.pages) assert.ok(one.svg ? !one.large : one.large);
  assert.ok(all.pages.filter(({ svg }) => svg).length >= 2 && file.includes("promise 84"));
  // So often that no picture is simple enough.
  const many = within({ ...all, pages: Array.from({ length: 30 }, () => pages[1]) });
  const text = zineFile(many);
  assert.ok(weight(text) <= MOST && text.includes("<p>LARGE</p>") && many.pages.every(({ svg, large }) => svg || large));
});

test("HL4 words lie as a cloud, larger where many wrote them", () => {
  const words = [...Array.from({ length: 5 }, () => ({ text: "soup" })), { text: "soup" }, { text: "rain" }, { text: "rain" }, { text: "a <b>" }];
  const made = leafOfWords({ room: { words }, names: {}, options: { show: "cloud" } });
  const file = zine([page(made)]);
  assert.ok(file.includes('<ul class="cloud">') && /<li class="z4"><b><bdi>soup × 6</.test(file) && !file.includes("a <b>"));
});

/** Points of a mark as the room has them. */
const LINE = "AoGoGUJ";
const room = (count) => ({ marks: Array.from({ length: count }, (_, i) => ["a", i, i % 12, 1, 0, LINE]), hidden: {}, clear: 0 });

test("HL4 a drawing that is too large becomes lines, and what is larger still stays out", () => {
  const whole = leafOfDrawing({ room: room(300) }).svg;
  assert.ok(whole.startsWith("<svg") && whole.includes("Q"));
  const thin = leafOfDrawing({ room: room(300), most: whole.length - 1 }).svg;
  assert.ok(thin.length < whole.length && thin.includes('fill="none"'));
  assert.equal(leafOfDrawing({ room: room(300), most: 500 }).svg, "");
  assert.deepEqual(leafOfDrawing({ room: room(0) }), { svg: "", lines: [] });
  assert.ok(lines([], 1).startsWith("<svg"));
});

test("HL5 a name stands in the zine only beside what its owner gave, and only if they ticked it", () => {
  const entries = [{ by: "a", title: "One", who: "", on: true }, { by: "b", title: "Two", who: "W", on: true }, { by: "b", title: "Gone", who: "", on: false },
    { by: "a", title: "Hidden", who: "", on: true, hidden: true }];
  assert.deepEqual(leafOfSongs({ room: { entries }, names: { b: "Bea" } }).lines, [{ text: "One", more: "", by: "" }, { text: "Two", more: "W", by: "Bea" }]);
});

test("HL6 forgetting a room leaves nothing of it on the device", () => {
  const keep = createKeep("0123456789");
  keep.be({ token: "tok", member: "m", name: "Léa", lang: "fr", cap: "j." + "a".repeat(22) });
  keep.be({ cap: "h." + "b".repeat(43) });
  keep.head({ cid: "c", gen: 1 });
  keep.put(/** @type {any} */ ({ id: 1, n: 1, do: "room.hand", d: {} }));
  choice("link:0123456789", "j.secret");
  choice("key:0123456789", "h.secret");
  choice("mute:0123456789", ["somebody"]);
  choice("standin:0123456789", true);
  remember({ room: "0123456789", title: "Soirée" });
  remember({ room: "9876543210", title: "Autre" });
  forgetRoom("0123456789");
  const again = createKeep("0123456789");
  assert.deepEqual(again.self(), {});
  assert.equal(again.take(), null);
  assert.equal(known("0123456789"), null);
  for (const what of ["link", "key", "mute", "standin"]) assert.equal(choice(`${what}:0123456789`), null);
  assert.ok(known("9876543210"), "another room stays");
});
