// What the others are doing right now: strokes under way, which come in numbered pieces, and where
// their hands are. None of it is kept; a finished mark takes the place of its preview.
import { decode } from "../../static/parts/stroke.js";
import { size, trace } from "./outline.js";
import { split } from "./pen.js";

/** @typedef {import("../../static/parts/stroke.js").Point} Point */
/** @typedef {{ id: number, seq: number, ink: number, width: number, points: Point[], at: number, shown: number, path: Path2D | null }} Preview */

/** A preview nobody goes on with fades after this long: its hand has lost the line. */
export const STALE = 8000;

export class Others {
  constructor() {
    /** @type {Map<string, Preview>} */
    this.previews = new Map();
    /** The last value taken of each member, to see what is new. @type {Map<string, any>} */
    this.taken = new Map();
    /** The group of each member's last mark. @type {Map<string, number>} */
    this.finished = new Map();
    this.read = 0;
  }

  /**
   * Marks that have come take the place of their previews. Only new ones are looked at.
   * @param {readonly any[]} marks
   */
  marks(marks) {
    if (marks.length < this.read) this.read = 0;
    for (; this.read < marks.length; this.read++) {
      const [who, group] = marks[this.read];
      this.finished.set(who, group);
      const preview = this.previews.get(who);
      if (preview && preview.id === group) this.previews.delete(who);
    }
  }

  /**
   * Take the live values of a moment. True when something looks different.
   * @param {{ [member: string]: { [key: string]: any } }} lives
   * @param {(who: string) => boolean} may whose strokes are shown
   * @param {number} now
   */
  lives(lives, may, now) {
    let changed = false;
    for (const who of Object.keys(lives)) {
      const piece = lives[who] && lives[who].stroke;
      if (!piece || this.taken.get(who) === piece) continue;
      this.taken.set(who, piece);
      if (may(who) && this.piece(who, piece, now)) changed = true;
    }
    for (const [who, preview] of this.previews) {
      const gone = !lives[who] || !may(who) || now - preview.at > STALE;
      if (!gone) continue;
      this.previews.delete(who);
      changed = true;
    }
    return changed;
  }

  /** @param {string} who @param {any} piece @param {number} now */
  piece(who, { id, seq, pen, points }, now) {
    let preview = this.previews.get(who);
    if (seq < 0) return preview && preview.id === id ? this.previews.delete(who) : false;
    if (this.finished.get(who) === id) return false;
    let more;
    try {
      more = decode(points);
    } catch (error) {
      return false;
    }
    if (!preview || preview.id !== id) {
      preview = { id, seq: -1, ...split(pen), points: [], at: now, shown: 0, path: null };
      this.previews.set(who, preview);
    }
    if (seq <= preview.seq) return false;
    preview.points = preview.points.concat(preview.points.length ? more.slice(1) : more);
    preview.seq = seq;
    preview.at = now;
    preview.path = null;
    return true;
  }

  /**
   * Let the strokes run on to where their hands have come, a step a frame. True while they do.
   * @param {boolean} still no movement: they jump
   */
  run(still) {
    let more = false;
    for (const preview of this.previews.values()) {
      const left = preview.points.length - preview.shown;
      if (left <= 0) continue;
      preview.shown += still ? left : Math.max(1, Math.ceil(left * 0.25));
      preview.path = null;
      more = true;
    }
    return more;
  }

  /** @param {Preview} preview */
  path(preview) {
    if (!preview.path) {
      preview.path = new Path2D();
      const points = preview.points.slice(0, Math.max(1, preview.shown));
      trace(preview.path, points, { wide: size(preview.ink, preview.width), round: true });
    }
    return preview.path;
  }
}
