// One person's hand: what a finger, a pen, a mouse or the arrow keys do with the chosen tool, and
// the marks that have been made but not yet come back from the room.
import { Entry } from "./book.js";
import { PAGE, toPage } from "./camera.js";
import { size, trace } from "./outline.js";
import { Pen } from "./pen.js";
import { stamp } from "./stamps.js";
import { ERASER, SHAPES } from "../../static/parts/stroke.js";

/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("./gesture.js").Spot} Spot */
/** @typedef {{ mode: "pen" | "erase" | "stamp", ink: number, width: number, stamp: string }} Tool */
/** @typedef {{ group: number, ink: number, width: number, shape: string, points: string }} Mark */

/** A stroke of this many points becomes a mark and goes on as the same group. */
const ENOUGH = 1500;
/** A stamp in a part of the page is so much of its width. */
const STAMP = 0.34;
/** What a mark says of its group is one more than the last one of this page or of the paper. */
const KEPT = "jam.canvas.group";

export class Hand {
  /** @param {Surface} surface @param {any} props */
  constructor(surface, props) {
    this.surface = surface;
    this.props = props;
    /** @type {Tool} */
    this.tool = { mode: "pen", ink: 0, width: 1, stamp: SHAPES[2] };
    /** @type {Pen | null} */
    this.pen = null;
    /** @type {{ x: number, y: number } | null} */
    this.tapped = null;
    /** Marks on their way. @type {{ mark: Mark, entry: Entry }[]} */
    this.pending = [];
    this.group = 0;
    this.told = 0;
    /** @type {Path2D | null} */
    this.path = null;
    /** The part of the page that is mine, where it is cut into parts. @type {readonly [number, number, number, number] | null} */
    this.frame = null;
    /** How a string of points of the whole page is laid into it. @type {((points: string) => string) | null} */
    this.fit = null;
    /** Called when `pending` has changed. */
    this.onPending = () => {};
  }

  get may() {
    const { room, me, ended } = this.props;
    return Boolean(me) && me.role !== "screen" && !ended && !room.hidden[me.id] && (!room.lock || me.role === "host")
      && (!room.place || room.place[me.id] !== undefined);
  }

  /** The number that ties the marks of one stroke together. */
  next() {
    const { room, me } = this.props;
    for (let i = room.marks.length - 1; i >= 0 && !this.group; i--) {
      if (room.marks[i][0] === me.id) this.group = room.marks[i][1];
    }
    this.group = Math.max(this.group, recall()) + 1;
    remember(this.group);
    return this.group;
  }

  /** @param {Spot} at @param {string} kind of pointer */
  down(at, kind) {
    if (!this.may) return false;
    const { tool, surface } = this;
    const spot = toPage(surface.camera, at);
    if (this.frame && !inside(spot, this.frame)) return false;
    if (tool.mode === "stamp") {
      this.tapped = spot;
      return true;
    }
    this.begin(tool.mode === "erase" ? ERASER : tool.ink, kind === "pen");
    surface.hurried = true;
    this.go([{ ...spot, p: at.p }]);
    return true;
  }

  /** @param {number} ink @param {boolean} pressed */
  begin(ink, pressed) {
    const page = PAGE.w * this.surface.camera.k;
    this.pen = new Pen({ group: this.next(), ink, width: this.tool.width, page, pressed });
  }

  /** @param {Spot[]} spots */
  move(spots) {
    if (this.tapped && spots.length) this.tapped = toPage(this.surface.camera, spots[spots.length - 1]);
    if (!this.pen) return;
    this.go(spots.map((spot) => ({ ...toPage(this.surface.camera, spot), p: spot.p })));
  }

  /** @param {import("../../static/parts/stroke.js").Point[]} points page units */
  go(points) {
    const { pen } = this;
    if (!pen) return;
    pen.add(this.frame ? points.map((point) => kept(point, /** @type {any} */ (this.frame))) : points);
    this.path = null;
    const piece = pen.piece(performance.now());
    if (piece) this.props.live("stroke", piece);
    if (pen.points.length >= ENOUGH) {
      const last = pen.points[pen.points.length - 1];
      pen.marks().forEach((mark) => this.send(mark));
      this.pen = new Pen({ ...pen, page: PAGE.w * this.surface.camera.k });
      this.pen.seq = pen.seq;
      this.pen.last = pen.last;
      this.pen.add([last]);
    }
    this.surface.wake();
  }

  up() {
    const { pen, tapped, tool } = this;
    this.surface.hurried = false;
    this.pen = this.tapped = this.path = null;
    if (pen && this.may) pen.marks().forEach((mark) => this.send(mark));
    if (tapped && this.may) this.print(tool.stamp, tapped);
    this.surface.wake();
  }

  cancel() {
    const gone = this.pen && this.pen.cancelled();
    if (gone) this.props.live("stroke", gone);
    this.surface.hurried = false;
    this.pen = this.tapped = this.path = null;
    this.surface.wake();
  }

  travelled() {
    return this.pen ? this.pen.travel * this.surface.camera.k : 0;
  }

  /**
   * A stamp or a line as one mark.
   * @param {string} shape @param {string} points @param {Partial<Mark>} [more]
   */
  put(shape, points, more = {}) {
    const { ink, width } = this.tool;
    this.send({ group: this.next(), ink, width, ...more, shape, points });
  }

  /** A stamp around a place, as large as the part of the page that is mine allows. @param {string} shape @param {{ x: number, y: number }} at */
  print(shape, at) {
    const { frame } = this;
    if (!frame) return this.put(shape, stamp(shape, at));
    const side = (frame[2] - frame[0]) * STAMP, half = side / 2 + 30;
    return this.put(shape, stamp(shape, kept(at, [frame[0] + half, frame[1] + half, frame[2] - half, frame[3] - half]), side));
  }

  /** Off it goes; it shows from now on. @param {Mark} mark */
  send(mark) {
    const { me, act } = this.props;
    const entry = new Entry([me.id, mark.group, mark.ink, mark.width, SHAPES.indexOf(mark.shape), mark.points], true);
    const way = { mark, entry };
    this.pending = [...this.pending, way];
    act("mark", mark).then(() => {
      // an answer never comes before the mark itself, so what was a promise is paper by now
      this.pending = this.pending.filter((one) => one !== way);
      this.changed();
    });
    this.changed();
  }

  changed() {
    this.onPending();
    this.surface.wake();
  }

  undo() {
    const { room, me, act } = this.props;
    const last = this.pending[this.pending.length - 1];
    if (last) {
      // what is still on its way is taken off the page at once; the room takes it back when it has it
      this.pending = this.pending.filter((one) => one.mark.group !== last.mark.group);
      this.changed();
    }
    act("undo", {}, last ? null : (/** @type {any} */ tree) => undone(tree.room || room, me.id));
  }

  redo() {
    this.props.act("redo", {}, null);
  }

  /** Where the hand is, for the others; not while drawing, when the stroke says it. @param {{ x: number, y: number } | null} at */
  hover(at) {
    if (!at || this.pen || !this.may || !this.props.cursors) return;
    const now = performance.now();
    if (now - this.told < 100) return;
    this.told = now;
    const { x, y } = toPage(this.surface.camera, at);
    this.props.live("cursor", { x: Math.round(x), y: Math.round(y) });
  }

  /** Draw the stroke under way and what is on its way. @param {CanvasRenderingContext2D} ctx */
  paint(ctx) {
    for (const { entry } of this.pending) {
      if (entry.path) this.surface.ink(ctx, entry.path, entry.ink);
    }
    const { pen } = this;
    if (!pen || !pen.points.length) return;
    if (!this.path) {
      this.path = new Path2D();
      trace(this.path, pen.points, { wide: size(pen.ink, pen.width), round: true, rough: true });
    }
    this.surface.ink(ctx, this.path, pen.ink);
  }
}

/** @param {{ x: number, y: number }} at @param {readonly [number, number, number, number]} frame */
const inside = ({ x, y }, [l, t, r, b]) => x >= l && x < r && y >= t && y < b;

/** @template {{ x: number, y: number }} P @param {P} at @param {readonly [number, number, number, number]} frame @returns {P} the nearest place in it */
const kept = (at, [l, t, r, b]) => ({ ...at, x: Math.max(l, Math.min(r - 1, at.x)), y: Math.max(t, Math.min(b - 1, at.y)) });

/**
 * What the room will make of an undo: my last group on this sheet goes.
 * @param {any} room @param {string} me @returns {[string, any][]}
 */
export function undone(room, me) {
  /** @type {[string, any][]} */
  const changes = [];
  let group = null;
  for (let i = room.marks.length - 1; i >= room.clear; i--) {
    const mark = room.marks[i];
    if (mark[0] !== me || mark[6]) continue;
    if (changes.length === 100 || (group !== null && mark[1] !== group)) break;
    group = mark[1];
    changes.push([`room/marks/${i}/6`, true]);
  }
  return changes;
}

function recall() {
  try {
    return Number(sessionStorage.getItem(KEPT)) || 0;
  } catch (error) {
    return 0;
  }
}

/** @param {number} group */
function remember(group) {
  try {
    sessionStorage.setItem(KEPT, String(group));
  } catch (error) {
    // then the paper itself says which numbers are taken
  }
}
