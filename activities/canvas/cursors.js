// The others' hands: a small arrow in their ink with their name on a strip. They are elements, not
// drawn, so that moving one costs no more than moving a scrap of paper.
import { toStage } from "./camera.js";
import { WIDE } from "../../static/parts/stroke.js";

/** More than this many hands would hide the drawing. */
const MOST = 24;
/** A hand that rests this long goes away. */
const IDLE = 6000;
/** Room for a name, in CSS pixels. */
const NAME = 80;
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{ el: HTMLElement, name: HTMLElement, hover: any, at: number, x: number, y: number }} Cursor */

export class Cursors {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    /** @type {Map<string, Cursor>} */
    this.all = new Map();
  }

  /**
   * @param {any} props @param {import("./camera.js").Camera} camera
   * @param {(who: string) => { x: number, y: number } | null} drawing where a stroke under way has come
   * @param {number} now
   */
  update(props, camera, drawing, now) {
    const { lives, people, me, room } = props;
    const off = !props.cursors;
    let seen = 0;
    for (const cursor of this.all.values()) if (now - cursor.at < IDLE) seen++;
    for (const who of Object.keys(lives)) {
      const person = people[who];
      if (off || !person || (me && who === me.id) || room.hidden[who] || person.here === false) continue;
      const tip = drawing(who), hover = lives[who].cursor;
      if (!tip && !hover) continue;
      let cursor = this.all.get(who);
      if (!cursor) {
        if (seen >= MOST) continue;
        seen++;
        cursor = this.make(person);
        this.all.set(who, cursor);
      }
      // after a stroke the hand is where the stroke ended, until it is seen elsewhere
      const to = tip || (hover !== cursor.hover ? hover : null);
      if (to && (cursor.x !== to.x || cursor.y !== to.y)) {
        cursor.at = now;
        cursor.x = to.x;
        cursor.y = to.y;
      }
      cursor.hover = hover;
      if (cursor.name.textContent !== person.name) cursor.name.textContent = person.name;
    }
    for (const [who, cursor] of this.all) {
      if (!off && lives[who] && people[who] && people[who].here !== false && !room.hidden[who]) continue;
      cursor.el.remove();
      this.all.delete(who);
    }
    this.settle(camera, now);
  }

  /** @param {import("./camera.js").Camera} camera @param {number} now */
  settle(camera, now) {
    // near the right edge the name stands on the other side of the arrow
    const edge = toStage(camera, { x: WIDE, y: 0 }).x - NAME;
    for (const { el, at, x, y } of this.all.values()) {
      el.hidden = now - at >= IDLE;
      const spot = toStage(camera, { x, y });
      const look = spot.x > edge ? "cv-cursor turn" : "cv-cursor";
      if (el.className !== look) el.className = look;
      el.style.transform = `translate(${Math.round(spot.x)}px,${Math.round(spot.y)}px)`;
    }
  }

  /** @param {any} person @returns {Cursor} */
  make(person) {
    const el = document.createElement("div");
    el.className = "cv-cursor";
    el.style.setProperty("--c", `var(--f${person.ink % 12})`);
    const arrow = document.createElementNS(SVG, "svg");
    arrow.setAttribute("width", "18");
    arrow.setAttribute("height", "20");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", "M0 0 5 19 9 12 17 11z");
    arrow.appendChild(path);
    const strip = document.createElement("span");
    strip.className = "strip";
    const name = document.createElement("bdi");
    name.textContent = person.name;
    strip.appendChild(name);
    el.appendChild(arrow);
    el.appendChild(strip);
    this.box.appendChild(el);
    return { el, name, hover: null, at: -Infinity, x: -1, y: -1 };
  }
}
