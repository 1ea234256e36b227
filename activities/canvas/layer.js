// One bitmap of marks. New marks are drawn once, on top; a part of the page that changed is drawn
// again beside it, a slice a frame, and laid over when it is whole, so that nothing flickers.
import { meets, union } from "./book.js";
import { ERASER } from "../../static/parts/stroke.js";

/** @typedef {import("./book.js").Box} Box */
/** @typedef {import("./book.js").Entry} Entry */
/** Page units to bitmap pixels. @typedef {{ k: number, x: number, y: number }} Place */

/** After so many marks the canvas is made to catch up, so that a slice takes the time it says. */
const BATCH = 60;

export class Layer {
  /** @param {() => HTMLCanvasElement} make @param {() => number} now milliseconds */
  constructor(make, now) {
    this.make = make;
    this.now = now;
    this.front = make();
    /** @type {HTMLCanvasElement | null} */
    this.back = null;
    /** @type {Place} */
    this.place = { k: 1, x: 0, y: 0 };
    /** @type {Box} */
    this.view = [0, 0, 0, 0];
    this.inks = /** @type {string[]} */ ([]);
    /** How many entries the front shows. */
    this.done = 0;
    /** A part that is being drawn again; `at` is the next entry. @type {{ box: Box | null, at: number } | null} */
    this.job = null;
    /** Marks drawn so far, for tests and measuring. */
    this.drawn = 0;
    /** @type {HTMLCanvasElement | null} */
    this.probe = null;
  }

  /**
   * Another size or place: all of it is drawn again. What was there is kept, stretched, meanwhile.
   * @param {number} w @param {number} h pixels @param {Place} place @param {Box} view the part of the page it shows
   * @param {boolean} keep whether the old picture, stretched over all, is better than nothing
   */
  resize(w, h, place, view, keep) {
    this.place = place;
    this.view = view;
    const { front } = this;
    const old = keep && front.width && this.done ? copy(front, this.make()) : null;
    front.width = w;
    front.height = h;
    if (old) this.pen(front).drawImage(old, 0, 0, w, h);
    this.back = null;
    if (old) this.again(null);
    else {
      this.job = null;
      this.done = 0;
    }
  }

  /** Draw a part again, or all of it. @param {Box | null} box */
  again(box) {
    if (!this.done) return;
    const all = !box || (this.job && !this.job.box);
    const part = all ? null : union(this.job && this.job.box, /** @type {Box} */ (box));
    this.job = { box: part, at: 0 };
    const { front } = this;
    if (!this.back) {
      this.back = this.make();
      this.back.width = front.width;
      this.back.height = front.height;
    }
    const pen = this.pen(this.back);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, front.width, front.height);
  }

  /**
   * Work until a time; true when the front looks different than before.
   * @param {readonly Entry[]} entries @param {number} until
   */
  step(entries, until) {
    let changed = false;
    if (this.done > entries.length) this.done = entries.length;
    if (this.done < entries.length) {
      const pen = this.aim(this.front);
      while (this.done < entries.length && this.now() < until) this.ink(pen, entries[this.done++]);
      this.settle(this.front);
      changed = true;
    }
    const { job } = this;
    if (!job || !this.back || this.done < entries.length) return changed;
    const pen = this.aim(this.back);
    while (job.at < entries.length && this.now() < until) {
      const entry = entries[job.at++];
      if (entry.shown && (!job.box || (entry.box && meets(entry.box, job.box)))) this.ink(pen, entry);
    }
    this.settle(this.back);
    if (job.at < entries.length) return changed;
    this.job = null;
    this.swap(job.box);
    return true;
  }

  /**
   * Browsers only note what is drawn, and do it when the canvas is looked at: a glance at one pixel
   * makes them do it now, not all of it at the end.
   * @param {HTMLCanvasElement} canvas
   */
  settle(canvas) {
    if (!this.probe) {
      this.probe = this.make();
      this.probe.width = this.probe.height = 1;
    }
    this.pen(this.probe).drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
  }

  /** @param {readonly Entry[]} entries */
  busy(entries) {
    return this.done < entries.length || this.job !== null;
  }

  /** Lay the part that was drawn again over the front. @param {Box | null} box */
  swap(box) {
    const { front, back } = this;
    if (!back) return;
    const { k, x, y } = this.place;
    const l = box ? Math.max(0, Math.floor(box[0] * k + x) - 1) : 0;
    const t = box ? Math.max(0, Math.floor(box[1] * k + y) - 1) : 0;
    const r = box ? Math.min(front.width, Math.ceil(box[2] * k + x) + 1) : front.width;
    const b = box ? Math.min(front.height, Math.ceil(box[3] * k + y) + 1) : front.height;
    if (r <= l || b <= t) return;
    const pen = this.pen(front);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalCompositeOperation = "source-over";
    pen.clearRect(l, t, r - l, b - t);
    pen.drawImage(back, l, t, r - l, b - t, l, t, r - l, b - t);
  }

  /** @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
  pen(canvas) {
    return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  /** @param {HTMLCanvasElement} canvas */
  aim(canvas) {
    const pen = this.pen(canvas);
    const { k, x, y } = this.place;
    pen.setTransform(k, 0, 0, k, x, y);
    return pen;
  }

  /** @param {CanvasRenderingContext2D} pen @param {Entry} entry */
  ink(pen, entry) {
    if (!entry.shown || !entry.box || !meets(entry.box, this.view)) return;
    const path = entry.path;
    if (!path) return;
    if (++this.drawn % BATCH === 0) this.settle(pen.canvas);
    if (entry.ink === ERASER) {
      pen.globalCompositeOperation = "destination-out";
      pen.fill(path);
      pen.globalCompositeOperation = "source-over";
    } else {
      pen.fillStyle = this.inks[entry.ink];
      pen.fill(path);
    }
  }
}

/** @param {HTMLCanvasElement} from @param {HTMLCanvasElement} to */
function copy(from, to) {
  to.width = from.width;
  to.height = from.height;
  const pen = to.getContext("2d");
  if (pen) pen.drawImage(from, 0, 0);
  return to;
}
