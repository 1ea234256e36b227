// The page under the arrow keys: a cross that moves, a pen that goes down and up, and words that
// say where it is.
import { follow, PAGE, toStage } from "./camera.js";
import { HIGH, WIDE } from "../../static/parts/stroke.js";
import { ninthOf } from "./twin.js";
import { ERASER } from "../../static/parts/stroke.js";

/** @typedef {import("./hand.js").Hand} Hand */

/** A step is a fortieth of the page, a small one (with Shift) a two-hundredth. */
const STEP = PAGE.w / 40;
const SMALL = PAGE.w / 200;

/** @type {{ [key: string]: [number, number] }} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keys {
  /**
   * @param {Hand} hand @param {HTMLElement} cross
   * @param {(key: string, args?: object) => void} say
   */
  constructor(hand, cross, say) {
    this.hand = hand;
    this.cross = cross;
    this.say = say;
    this.at = { x: Math.round(PAGE.w / 2), y: Math.round(PAGE.h / 2) };
    this.used = false;
    this.place = "";
  }

  get down() {
    return this.hand.pen !== null;
  }

  /** @param {KeyboardEvent} e @returns {boolean} whether the key was ours */
  press(e) {
    if (e.altKey) return false;
    const { hand } = this;
    const key = e.key;
    if (e.ctrlKey || e.metaKey) {
      if (key !== "z" && key !== "Z" && key !== "y") return false;
      if (key === "y" || e.shiftKey) hand.redo();
      else hand.undo();
      return true;
    }
    if (key in WAYS) this.move(WAYS[key], e.shiftKey ? SMALL : STEP);
    else if (key === " " || key === "Enter") this.toggle();
    else if (key === "Escape" && this.down) {
      hand.cancel();
      this.say("keys.dropped");
    } else if (key === "+" || key === "=") hand.surface.zoom(1.5, toStage(hand.surface.camera, this.at));
    else if (key === "-") hand.surface.zoom(1 / 1.5, toStage(hand.surface.camera, this.at));
    else if (key === "0") hand.surface.fit();
    else return false;
    return true;
  }

  /** @param {[number, number]} way @param {number} step */
  move([dx, dy], step) {
    const x = Math.max(0, Math.min(WIDE, Math.round(this.at.x + dx * step)));
    const y = Math.max(0, Math.min(HIGH, Math.round(this.at.y + dy * step)));
    const edge = x === this.at.x && y === this.at.y;
    this.at = { x, y };
    const { surface } = this.hand;
    const camera = follow(surface.camera, surface.size, this.at);
    if (camera !== surface.camera) surface.look(camera);
    if (this.down) this.hand.go([{ x, y, p: 8 }]);
    else this.hand.hover(toStage(surface.camera, this.at));
    this.show();
    const place = ninthOf(this.at);
    if (edge) this.say("keys.edge");
    else if (place !== this.place) this.say(`place.${place}`);
    this.place = place;
  }

  toggle() {
    const { hand } = this;
    const { tool } = hand;
    if (!hand.may) return this.say("keys.not");
    this.show();
    const args = { place: ninthOf(this.at) };
    if (this.down) {
      hand.up();
      return this.say("keys.up", args);
    }
    if (tool.mode === "stamp") {
      hand.print(tool.stamp, this.at);
      return this.say("keys.stamped", { ...args, shape: tool.stamp });
    }
    hand.begin(tool.mode === "erase" ? ERASER : tool.ink, false);
    hand.go([{ ...this.at, p: 8 }]);
    return this.say("keys.down", args);
  }

  /** The stage has lost the keyboard: a stroke under way ends where it is. */
  leave() {
    if (this.used && this.down) this.hand.up();
    this.used = false;
    this.cross.hidden = true;
  }

  show() {
    this.used = true;
    this.cross.hidden = false;
    this.settle();
  }

  /** The cross where the camera now has its place. */
  settle() {
    const { x, y } = toStage(this.hand.surface.camera, this.at);
    this.cross.style.transform = `translate(${Math.round(x)}px,${Math.round(y)}px)`;
  }
}
