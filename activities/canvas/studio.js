// Puts the stage together: surface, hand, keys, the others, and the gestures that move them.
import { listen } from "./gesture.js";
import { Cursors } from "./cursors.js";
import { Hand } from "./hand.js";
import { Keys } from "./keys.js";
import { Others } from "./others.js";
import { Surface } from "./surface.js";

/** @typedef {{ stage: HTMLElement, paper: HTMLCanvasElement, live: HTMLCanvasElement, cursors: HTMLElement, cross: HTMLElement }} Els */

/** How often the others' hands are looked after while nothing else happens. */
const TIDY = 1000;

export class Studio {
  /** @param {Els} els @param {any} props @param {(key: string, args?: object) => void} say */
  constructor(els, props, say) {
    this.els = els;
    this.props = props;
    this.others = new Others();
    this.cursors = new Cursors(els.cursors);
    /** What else lies on the page, under what moves: the frames of doors. @type {((pen: CanvasRenderingContext2D, surface: Surface) => void) | null} */
    this.trim = null;
    const motion = matchMedia("(prefers-reduced-motion: reduce)");
    this.surface = new Surface(els, {
      onLive: (pen) => {
        const moving = this.others.run(motion.matches);
        if (this.trim) this.trim(pen, this.surface);
        this.others.previews.forEach((preview) => this.surface.ink(pen, this.others.path(preview), preview.ink));
        this.hand.paint(pen);
        if (moving) this.hands();
        return moving;
      },
      onLook: () => {
        if (!this.keys) return;
        this.cursors.settle(this.surface.camera, performance.now());
        this.keys.settle();
      },
    });
    this.hand = new Hand(this.surface, props);
    this.keys = new Keys(this.hand, els.cross, say);
    const { hand, surface } = this;
    this.unlisten = listen(els.stage, {
      down: (at, kind) => hand.down(at, kind),
      move: (spots) => hand.move(spots),
      up: () => hand.up(),
      cancel: () => hand.cancel(),
      travelled: () => hand.travelled(),
      pinch: (from, to) => surface.pinch(from, to),
      wheel: (at, factor) => surface.zoom(factor, at),
      hover: (at) => hand.hover(at),
    }, () => performance.now());
    this.timer = setInterval(() => this.tidy(), TIDY);
    this.update(props);
  }

  /** @param {any} props */
  update(props) {
    const was = this.props;
    this.props = this.hand.props = props;
    const { room, lives } = props;
    this.surface.update(room);
    if (was === props || room.marks !== was.room.marks) this.others.marks(room.marks);
    if (was === props || lives !== was.lives || room !== was.room) this.tidy();
  }

  /** Take what is live, let go of what is stale. */
  tidy() {
    const { room, lives, people, me, light } = this.props;
    const may = (/** @type {string} */ who) => !light && !(me && who === me.id) && Boolean(people[who]) && !room.hidden[who]
      && (!room.lock || people[who].role === "host");
    if (this.others.lives(lives, may, performance.now())) this.surface.wake();
    this.hands();
  }

  hands() {
    const drawing = (/** @type {string} */ who) => {
      const preview = this.others.previews.get(who);
      return preview ? preview.points[Math.max(0, preview.shown - 1)] || null : null;
    };
    this.cursors.update(this.props, this.surface.camera, drawing, performance.now());
  }

  /** The sheet goes; a line that is still under the finger goes with what it has. */
  stop() {
    if (this.hand.pen) this.hand.up();
    clearInterval(this.timer);
    this.unlisten();
    this.surface.stop();
  }
}
