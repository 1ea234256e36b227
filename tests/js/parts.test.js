// LOOK-1..9: the shared parts of the screens, as far as they are plain functions.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fits, points } from "../../static/parts/field.js";
import { makeLive, sumUp } from "../../static/parts/live.js";
import { escape, write } from "../../static/parts/keep.js";
import { longTitle, titleSize } from "../../static/parts/mast.js";
import { stepTo } from "../../static/parts/picks.js";
import { REACTIONS } from "../../static/parts/reactions.js";
import { tapeState } from "../../static/parts/tape.js";
import { initial } from "../../static/parts/who.js";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const sprite = read("static/sprite.svg");
const symbols = [...sprite.matchAll(/<symbol id="([^"]+)".*?<\/symbol>/gs)].map(([text, id]) => ({ id, text }));

test("LOOK-1: a field counts code points of the composed, trimmed text, at the limit and one above", () => {
  assert.equal(points("  é  "), 1);
  assert.equal(points("e\u0301"), 1);
  assert.equal(points("🙂"), 1);
  assert.ok(fits("😀".repeat(60), 60));
  assert.ok(!fits("😀".repeat(61), 60));
});

test("LOOK-2: arrow keys walk a group of pictures, mirrored in right-to-left pages, and leave other keys alone", () => {
  assert.equal(stepTo("ArrowRight", 5, 6, 3, false), 0);
  assert.equal(stepTo("ArrowRight", 0, 6, 3, true), 5);
  assert.equal(stepTo("ArrowLeft", 0, 6, 3, true), 1);
  assert.equal(stepTo("ArrowDown", 1, 6, 3, false), 4);
  assert.equal(stepTo("ArrowDown", 4, 6, 3, false), 4);
  assert.equal(stepTo("ArrowUp", 4, 6, 3, false), 1);
  assert.equal(stepTo("Home", 4, 6, 3, false), 0);
  assert.equal(stepTo("End", 0, 6, 3, false), 5);
  for (const key of ["Enter", " ", "Tab", "constructor"]) assert.equal(stepTo(key, 0, 6, 3, false), -1);
  // One column: up and down walk the whole list and go round.
  assert.equal(stepTo("ArrowDown", 5, 6, 1, false), 0);
});

test("LOOK-3: the live region speaks at most once in three seconds and sums up what came in between", () => {
  let clock = 0;
  /** @type {{run: () => void, at: number}[]} */
  const timers = [];
  const el = { textContent: "" };
  const live = makeLive(el, { now: () => clock, later: (run, ms) => timers.push({ run, at: clock + ms }) });
  live.say("Noé has come.");
  assert.equal(el.textContent, "Noé has come.");
  clock = 500;
  for (const text of ["one", "two", "two", "", "three", "four"]) live.say(text);
  assert.equal(el.textContent, "Noé has come.");
  assert.deepEqual(timers.map(({ at }) => at), [3000]);
  clock = 3000;
  timers[0].run();
  assert.equal(el.textContent, "two three four");
  clock = 7000;
  live.say("two three four");
  assert.notEqual(el.textContent, "two three four", "the same sentence is heard again");
});

test("LOOK-3: a sum holds each sentence once and at most three", () => {
  assert.equal(sumUp(["a", "a", ""]), "a");
  assert.equal(sumUp(["a", "b", "c"]), "a b c");
  assert.equal(sumUp(["a", "b", "c", "d"]), "b c d");
});

test("LOOK-4: the tape shortens to nothing, speaks calmly, and never runs over its ends", () => {
  const t = (key, args) => (args ? `${key}(${args.minutes || args.count})` : key);
  assert.deepEqual(tapeState(240000, 480000, t), { percent: 50, text: "timer.about(min(4))" });
  assert.deepEqual(tapeState(59999, 480000, t), { percent: 12, text: "timer.less" });
  assert.deepEqual(tapeState(0, 480000, t), { percent: 0, text: "timer.over" });
  assert.deepEqual(tapeState(-5000, 480000, t), { percent: 0, text: "timer.over" });
  assert.equal(tapeState(900000, 480000, t).percent, 100);
  assert.equal(tapeState(1, 480000, t).percent, 4, "as long as time is left, tape is seen");
});

test("LOOK-5: a badge shows one whole letter in any script", () => {
  assert.equal(initial("amina"), "A");
  assert.equal(initial(" ليلى"), "ل");
  assert.equal(initial("𝒵oë"), "𝒵");
  assert.equal(initial("  "), "·");
  assert.ok(!longTitle("x".repeat(34)));
  assert.ok(longTitle("x".repeat(35)));
  assert.deepEqual([24, 25, 34, 35].map((n) => titleSize("é".repeat(n))), [null, "middle", "middle", "long"]);
});

/** A stand-in for an element of the page. */
const el = (localName, attributes = {}, ...children) => ({
  localName, textContent: "", getAttribute: (name) => (name in attributes ? attributes[name] : null),
  childNodes: children.map((child) => (typeof child === "string" ? { textContent: child } : child)),
});

test("LOOK-6: a kept picture holds listed shapes only; no script, no handler, no address gets in", () => {
  const sun = el("symbol", { viewBox: "0 0 48 48" }, el("path", { class: "f2 x", d: "M0 0" }));
  const page = el("svg", { viewBox: "0 0 9 9", onload: "alert(1)", style: "x" },
    el("script", {}, "alert(1)"), el("foreignObject", {}, el("text", {}, "hi")), el("image", { href: "https://example.org/x.png" }),
    el("use", { href: "#w-sun", x: "1", transform: 'rotate(1)"><script>' }), el("use", { href: "https://example.org/x#y" }),
    el("text", { x: "2", onclick: "alert(1)" }, "<b>&\"'"));
  const text = write(page, (name) => (name === "--f2" ? " #fc0" : ""), (id) => (id === "w-sun" ? sun : null));
  for (const bad of ["script>", "onload", "onclick", "foreignObject", "image", "example.org", "<b>", "href"]) assert.ok(!text.includes(bad), bad);
  assert.match(text, /fill="#fc0" style="mix-blend-mode:multiply"/);
  assert.match(text, /<text x="2">&#60;b&#62;&#38;&#34;'<\/text>/);
  assert.equal(escape('<&>"'), "&#60;&#38;&#62;&#34;");
});

test("LOOK-7: every symbol that code or a list names is in the sprite, and none is twice", () => {
  const have = new Set(symbols.map(({ id }) => id));
  assert.equal(have.size, symbols.length);
  const files = ["static/parts", "static/screens", "activities/checkin", "activities/canvas", "activities/prompt"].flatMap((folder) => {
    try {
      return readdirSync(new URL(folder, root)).filter((name) => name.endsWith(".js")).map((name) => `${folder}/${name}`);
    } catch {
      return [];
    }
  });
  assert.ok(files.length > 10);
  for (const file of files) {
    for (const [, id] of read(file).matchAll(/(?<![\w-])((?:k|w|m|r|u|s)-[a-z]{2,})(?=["'\s`])/g)) {
      if (/^(u-nu|s-\w+$)/.test(id)) continue;
      assert.ok(have.has(id), `${id} in ${file}`);
    }
  }
  for (const [icon] of REACTIONS) assert.ok(have.has(icon));
  for (const kind of ["checkin", "canvas", "prompt"]) assert.ok(have.has(`k-${kind}`));
});

test("LOOK-8: a symbol is small, and takes its inks from classes so that one sprite serves both themes", () => {
  for (const { id, text } of symbols) {
    const most = /^(s-|mark)/.test(id) ? 800 : 436;
    assert.ok(new TextEncoder().encode(text).length <= most, id);
    assert.ok(!/<script|style=|on\w+=|href="(?!#l-)|url\(/.test(text), id);
  }
});

test("LOOK-9: the sheets ask for no other address, use nothing that the oldest phones lack, and still all for who wants stillness", () => {
  for (const path of ["static/style/base.css", "static/style/screens.css", "activities/checkin/style.css", "activities/prompt/style.css"]) {
    const css = read(path).replace(/^\/\*.*\*\/$/gm, "");
    assert.ok(!/@import|url\((?!#)/.test(css), path);
    assert.ok(!/[;{](inset|aspect-ratio|(padding|margin)-(inline|block)|border-inline):/.test(css), path);
    assert.ok(!/:has\(|:is\(|oklch|@layer|backdrop-filter|infinite/.test(css), path);
    // gap is for grids: flex gap came too late for the oldest phones
    for (const [, rule] of css.matchAll(/\{([^{}]*)\}/g)) assert.ok(!(/display:(inline-)?flex/.test(rule) && /(^|;)gap:/.test(rule)), rule);
  }
  assert.match(read("static/style/base.css"), /prefers-reduced-motion:reduce\)\{\.room \*/);
});
