// A stroke under way: what the hand has done so far, what the others see of it meanwhile, and the
// marks that it becomes.
import { encode, ERASER, grain, pack, thin } from "../../static/parts/stroke.js";

/** @typedef {import("../../static/parts/stroke.js").Point} Point */

/** Shortest time between two pieces of preview: 10 Hz. */
export const BEAT = 100;
/** What a piece of preview, and what a mark costs each receiver beside its points, frame included. */
export const ENVELOPE = 150;
export const MARK = 125;
/** A stroke may cost each receiver this much at once, its mark counted... */
const START = 450;
/** ...and this much more for each point of the hand: one of 200 points stays under 1.5 KB in all. */
const EACH = 5.1;
/** Longest string of one piece. */
const PIECE = 400;

export class Pen {
  /**
   * @param {{ group: number, ink: number, width: number, page: number, pressed?: boolean }} its
   * `page` is the width of the whole page on this screen, in CSS pixels
   */
  constructor({ group, ink, width, page, pressed = false }) {
    this.group = group;
    this.ink = ink;
    this.width = width;
    this.pressed = pressed;
    this.grain = grain(page);
    /** @type {Point[]} */
    this.points = [];
    /** The end of the last mark that this stroke has become already. */
    this.told = 0;
    this.seq = 0;
    this.spent = 0;
    this.last = -Infinity;
  }

  /** @param {Point[]} points in page units; those that do not move are left out */
  add(points) {
    for (const point of points) {
      const last = this.points[this.points.length - 1];
      if (last && Math.abs(last.x - point.x) < 2 && Math.abs(last.y - point.y) < 2) continue;
      if (!this.pressed) delete point.p;
      this.points.push(point);
    }
  }

  /** How far the hand has gone, in page units. */
  get travel() {
    let sum = 0;
    for (let i = 1; i < this.points.length; i++) {
      sum += Math.hypot(this.points[i].x - this.points[i - 1].x, this.points[i].y - this.points[i - 1].y);
    }
    return sum;
  }

  /**
   * The next piece of the preview, half as fine as the mark will be; null while it is too early,
   * or while the stroke has not yet earned another piece.
   * @param {number} now milliseconds
   */
  piece(now) {
    const { points, told } = this;
    if (now - this.last < BEAT || points.length - told < 2) return null;
    const shift = Math.min(5, this.grain.shift + 1);
    const rest = thin(points.slice(told), this.grain.slack * 2).map(({ x, y }) => ({ x, y }));
    let text = encode(rest, { shift });
    while (text.length > PIECE) {
      rest.splice(1, Math.ceil(rest.length / 2));
      text = encode(rest, { shift });
    }
    const marks = this.marks().reduce((sum, mark) => sum + MARK + mark.points.length, 0);
    if (this.spent + ENVELOPE + text.length + marks > START + EACH * points.length) return null;
    this.told = points.length - 1;
    this.last = now;
    this.spent += ENVELOPE + text.length;
    return { id: this.group, seq: this.seq++, pen: this.ink * 4 + this.width, points: text };
  }

  /** What tells the others to forget the preview, if they have seen any. */
  cancelled() {
    return this.seq ? { id: this.group, seq: -1, pen: this.ink * 4 + this.width, points: "" } : null;
  }

  /** The arguments of the marks that the stroke becomes, one as a rule. */
  marks() {
    if (!this.points.length) return [];
    const { group, ink, width, pressed } = this;
    return pack(this.points, { ...this.grain, pressed }).map((points) => ({ group, ink, width, shape: "free", points }));
  }
}

/** @param {number} pen as in a preview @returns {{ ink: number, width: number }} */
export const split = (pen) => ({ ink: Math.min(ERASER, pen >> 2), width: pen & 3 });
