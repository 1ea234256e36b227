// The stage: the page as a bitmap under a camera, a second canvas for what moves, and one loop that
// sleeps whenever nothing does. Nothing here knows of people or tools.
import { Book, Entry } from "./book.js";
import { clamp, fit, PAGE, pinch, seen, zoom } from "./camera.js";
import { Layer } from "./layer.js";
import { ERASER } from "../../static/parts/stroke.js";

/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./book.js").Box} Box */

/** Milliseconds of a frame that drawing may take while a hand draws, and when nobody does. */
const SLICE = 6;
const LONG = 20;
/** While many marks are being drawn, the stage shows how far they have come every so many frames. */
const SHOW = 4;
/** The page's bitmap is never wider: 2400 x 1800 are 17 MB. */
const WIDEST = 2400;
/** After this much stillness a page that is near is drawn again, sharp. */
const REST = 160;

const ALL = /** @type {Box} */ ([-1000, -1000, PAGE.w + 1000, PAGE.h + 1000]);

export class Surface {
  /**
   * @param {{ stage: HTMLElement, paper: HTMLCanvasElement, live: HTMLCanvasElement }} els
   * @param {{ onLive: (pen: CanvasRenderingContext2D, surface: Surface) => boolean, onLook: () => void }} tell
   * `onLive` draws what moves and says whether it goes on moving; `onLook` when the camera has changed
   */
  constructor(els, tell) {
    this.els = els;
    this.tell = tell;
    this.book = new Book();
    const now = () => performance.now();
    const make = () => document.createElement("canvas");
    this.page = new Layer(make, now);
    this.near = new Layer(make, now);
    /** The camera the near layer was drawn for, once it is whole. @type {Camera | null} */
    this.nearFor = null;
    this.size = { w: 0, h: 0 };
    this.dpr = 1;
    /** @type {Camera} */
    this.camera = { k: 1, x: 0, y: 0 };
    this.home = true;
    this.sheet = "#fffaf0";
    this.second = "#07d6e7";
    this.inks = /** @type {string[]} */ ([]);
    this.frame = 0;
    this.frames = 0;
    /** A hand is at work: drawing the page takes only what it leaves. */
    this.hurried = false;
    this.rest = 0;
    this.stale = { paper: true, live: true };
    this.step = this.step.bind(this);
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(els.stage);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.onTheme = () => this.theme();
    if (this.dark.addEventListener) this.dark.addEventListener("change", this.onTheme);
    this.themes = new MutationObserver(this.onTheme);
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    this.theme();
    this.measure();
  }

  stop() {
    this.observer.disconnect();
    this.themes.disconnect();
    if (this.dark.removeEventListener) this.dark.removeEventListener("change", this.onTheme);
    cancelAnimationFrame(this.frame);
    clearTimeout(this.rest);
    for (const canvas of [this.els.paper, this.els.live]) canvas.width = canvas.height = 0;
  }

  /** The inks of the theme, as the page's style sheet has them now. */
  theme() {
    const style = getComputedStyle(this.els.stage);
    const ink = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    const inks = [];
    for (let i = 0; i < ERASER; i++) inks.push(ink(`--i${i}`) || "#231b2e");
    const sheet = ink("--sheet") || this.sheet;
    if (sheet === this.sheet && inks.join() === this.inks.join()) return;
    this.sheet = sheet;
    this.second = ink("--q") || this.second;
    this.inks = inks;
    this.page.inks = this.near.inks = inks;
    this.page.again(null);
    this.near.again(null);
    this.wake(true);
  }

  /** The stage has another size: the page is drawn for it. */
  measure() {
    const { stage, paper, live } = this.els;
    const w = stage.clientWidth, h = stage.clientHeight;
    const dpr = Math.min(2, window.devicePixelRatio || 1);
    if (!w || !h || (w === this.size.w && h === this.size.h && dpr === this.dpr)) return;
    const middle = this.size.w ? { x: (this.size.w / 2 - this.camera.x) / this.camera.k, y: (this.size.h / 2 - this.camera.y) / this.camera.k } : null;
    this.size = { w, h };
    this.dpr = dpr;
    for (const canvas of [paper, live]) {
      canvas.width = Math.round(w * dpr);
      canvas.height = Math.round(h * dpr);
    }
    const k = Math.min(fit(this.size).k * dpr, WIDEST / PAGE.w);
    this.page.resize(Math.ceil(PAGE.w * k), Math.ceil(PAGE.h * k), { k, x: 0, y: 0 }, ALL, true);
    const { camera } = this;
    this.look(this.home || !middle ? fit(this.size) : { k: camera.k, x: w / 2 - middle.x * camera.k, y: h / 2 - middle.y * camera.k });
  }

  /** Take over the room's marks. @param {any} room */
  update(room) {
    const before = this.book.entries.length;
    const { dirty } = this.book.sync(room);
    if (dirty) {
      const box = dirty === "all" ? null : dirty;
      this.page.again(box);
      this.near.again(box);
    }
    if (dirty || this.book.entries.length !== before) this.wake();
  }

  /** @param {Camera} camera */
  look(camera) {
    this.camera = clamp(camera, this.size);
    this.home = this.camera.k <= fit(this.size).k * 1.001;
    this.nearFor = null;
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.sharpen(), REST);
    this.tell.onLook();
    this.wake(true);
  }

  fit() {
    this.look(fit(this.size));
  }

  /** @param {number} factor @param {{ x: number, y: number }} [around] */
  zoom(factor, around) {
    const before = this.camera.k;
    this.look(zoom(this.camera, this.size, factor, around));
    return this.camera.k !== before;
  }

  /** @param {{ x: number, y: number, gap: number }} from @param {{ x: number, y: number, gap: number }} to */
  pinch(from, to) {
    this.look(pinch(this.camera, this.size, from, to));
  }

  /** Draw what the stage shows of a page that is near, at the screen's own grain. */
  sharpen() {
    const { camera, dpr, size } = this;
    if (camera.k * dpr <= this.page.place.k * 1.2) return;
    const place = { k: camera.k * dpr, x: camera.x * dpr, y: camera.y * dpr };
    this.near.resize(Math.round(size.w * dpr), Math.round(size.h * dpr), place, seen(camera, size), false);
    this.nearFor = camera;
    this.wake();
  }

  /** @param {boolean} [paper] the page itself has to be laid anew */
  wake(paper = false) {
    this.stale.live = true;
    if (paper) this.stale.paper = true;
    this.ask();
  }

  ask() {
    if (!this.frame) this.frame = requestAnimationFrame(this.step);
  }

  /** One frame. */
  step() {
    this.frame = 0;
    const { entries } = this.book;
    const until = performance.now() + (this.hurried ? SLICE : LONG);
    if (this.page.step(entries, until)) this.stale.paper = true;
    const near = this.nearFor !== null;
    if (near && this.near.step(entries, until)) this.stale.paper = true;
    const busy = this.page.busy(entries) || (near && this.near.busy(entries));
    if (this.stale.paper && (!busy || this.hurried || this.frames++ % SHOW === 0)) {
      this.lay();
      this.stale.paper = false;
    }
    if (this.stale.live) this.stale.live = this.paint();
    if (this.stale.live || busy) this.ask();
  }

  /** Whether there is still something to draw; for tests. */
  get busy() {
    return this.frame !== 0;
  }

  /** The page on the stage. */
  lay() {
    const { paper } = this.els;
    const pen = paper.getContext("2d");
    if (!pen) return;
    const { k, x, y } = this.camera;
    const { dpr } = this;
    const w = PAGE.w * k * dpr, h = PAGE.h * k * dpr;
    pen.clearRect(0, 0, paper.width, paper.height);
    pen.fillStyle = this.second;
    pen.beginPath();
    pen.moveTo(x * dpr + 5 * dpr, y * dpr + 4 * dpr);
    pen.lineTo(x * dpr + w + 3 * dpr, y * dpr + 2 * dpr);
    pen.lineTo(x * dpr + w + 4 * dpr, y * dpr + h + 3 * dpr);
    pen.lineTo(x * dpr + 3 * dpr, y * dpr + h + 4 * dpr);
    pen.fill();
    pen.fillStyle = this.sheet;
    pen.fillRect(x * dpr, y * dpr, w, h);
    if (this.nearFor === this.camera && this.near.done === this.book.entries.length) pen.drawImage(this.near.front, 0, 0);
    else pen.drawImage(this.page.front, x * dpr, y * dpr, w, h);
  }

  /** What moves. */
  paint() {
    const { live } = this.els;
    const pen = live.getContext("2d");
    if (!pen) return false;
    const { k, x, y } = this.camera;
    const { dpr } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, live.width, live.height);
    pen.setTransform(k * dpr, 0, 0, k * dpr, x * dpr, y * dpr);
    return this.tell.onLive(pen, this);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Path2D} path @param {number} ink the eraser shows as bare paper */
  ink(pen, path, ink) {
    pen.fillStyle = ink === ERASER ? this.sheet : this.inks[ink];
    pen.fill(path);
  }
}

export { Entry };
