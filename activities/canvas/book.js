// The marks of the room as the layers draw them: what each one looks like is worked out once, when
// it is first drawn, and what changed since the last look is known without drawing anything.
import { read, trace } from "./outline.js";

/** @typedef {[number, number, number, number]} Box left, top, right, bottom in page units */

/** Changes in more marks than this are one change of the whole page. */
const MANY = 400;

/** @param {Box | null} a @param {Box} b @returns {Box} */
export function union(a, b) {
  if (!a) return b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** @param {Box} a @param {Box} b */
export const meets = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** One mark, read when first asked for. */
export class Entry {
  /** @param {readonly any[]} mark @param {boolean} shown */
  constructor(mark, shown) {
    this.mark = mark;
    this.shown = shown;
    /** @type {ReturnType<typeof read> | undefined} */
    this.its = undefined;
    /** @type {Path2D | undefined} */
    this.drawn = undefined;
  }

  get looks() {
    if (this.its === undefined) this.its = read(this.mark);
    return this.its;
  }

  /** @returns {Box | null} */
  get box() {
    return this.looks && this.looks.box;
  }

  get ink() {
    return this.mark[2];
  }

  /** @returns {Path2D | null} */
  get path() {
    if (!this.looks) return null;
    if (!this.drawn) {
      this.drawn = new Path2D();
      trace(this.drawn, this.looks.points, this.looks);
    }
    return this.drawn;
  }
}

/** @param {readonly any[]} a @param {readonly any[]} b */
function same(a, b) {
  for (let i = 0; i < 6; i++) if (a[i] !== b[i]) return false;
  return true;
}

export class Book {
  constructor() {
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {any} */
    this.room = {};
  }

  /**
   * Take over the room's marks. Says which part of the page has to be drawn again for marks that
   * were there before; what is new stands at the end of `entries` and needs nothing else drawn.
   * @param {any} room
   * @returns {{ dirty: Box | "all" | null }}
   */
  sync(room) {
    const was = this.room;
    this.room = room;
    const { marks, hidden, clear } = room;
    if (marks === was.marks && hidden === was.hidden && clear === was.clear) return { dirty: null };
    const { entries } = this;
    /** @type {Box | null} */
    let dirty = null;
    let changed = 0;
    for (let i = 0; i < entries.length && i < marks.length; i++) {
      const entry = entries[i], mark = marks[i];
      const shown = i >= clear && !mark[6] && !hidden[mark[0]];
      const kept = entry.mark === mark || same(entry.mark, mark);
      if (kept && shown === entry.shown) {
        entry.mark = mark;
        continue;
      }
      if (++changed <= MANY && entry.shown && entry.box) dirty = union(dirty, entry.box);
      if (kept) {
        entry.mark = mark;
        entry.shown = shown;
      } else entries[i] = new Entry(mark, shown);
      const now = entries[i];
      if (changed <= MANY && shown && now.box) dirty = union(dirty, now.box);
    }
    if (marks.length < entries.length) {
      entries.length = marks.length;
      changed = Infinity;
    }
    for (let i = entries.length; i < marks.length; i++) {
      const mark = marks[i];
      entries.push(new Entry(mark, i >= clear && !mark[6] && !hidden[mark[0]]));
    }
    return { dirty: changed > MANY ? "all" : dirty };
  }
}
