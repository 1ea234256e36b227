// Doors: the shared page cut into parts. Everyone takes one, draws there, and at the end a host leads from door to door.
import { html, useEffect, useState } from "../../static/ui.js";
import { decode, encode } from "../../static/parts/stroke.js";
import { clamp, PAGE } from "./camera.js";

/** @typedef {readonly [number, number, number, number]} Rect left, top, right, bottom in page units */

/** How many doors stand side by side, by how many there are; as in doors.py. */
const COLUMNS = [1, 2, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4];
/** How much of the stage a door fills. */
const FILL = 0.94;

/** @param {number} door @param {number} many @returns {Rect} */
export const rect = (door, many) => {
  const columns = COLUMNS[many], rows = Math.ceil(many / columns);
  const column = door % columns, row = Math.floor(door / columns);
  return [Math.floor((PAGE.w * column) / columns), Math.floor((PAGE.h * row) / rows), Math.floor((PAGE.w * (column + 1)) / columns), Math.floor((PAGE.h * (row + 1)) / rows)];
};

/** The camera that shows a part of the page, as large as it goes. @param {Rect} part @param {{w: number, h: number}} stage */
export const before = ([l, t, r, b], stage) => {
  const k = FILL * Math.min(stage.w / (r - l), stage.h / (b - t));
  return clamp({ k, x: stage.w / 2 - ((l + r) / 2) * k, y: stage.h / 2 - ((t + b) / 2) * k }, stage);
};

/** A string of points of the whole page, laid into a part of it. @param {string} text @param {Rect} part */
export const fitted = (text, [l, t, r, b]) => encode(decode(text).map((p) => ({ ...p, x: l + (p.x * (r - l)) / PAGE.w, y: t + (p.y * (b - t)) / PAGE.h })), { shift: 2 });

/** Where a host leads next: door by door, then the end. @param {number} tour @param {number} many @param {number} way */
export const onward = (tour, many, way) => {
  const to = tour + way;
  return to >= many || to < 0 ? -1 : to;
};

/** @param {any} props @param {number} door @returns {string[]} who draws there */
const folk = ({ room, people }, door) => Object.keys(room.place).filter((who) => room.place[who] === door && people[who]).map((who) => people[who].name);

/**
 * The frames on the page, drawn under what moves.
 * @param {number} many @param {number | undefined} mine @param {number} tour
 */
export const frames = (many, mine, tour) => (/** @type {CanvasRenderingContext2D} */ pen, /** @type {import("./surface.js").Surface} */ surface) => {
  for (let door = 0; door < many; door++) {
    const [l, t, r, b] = rect(door, many);
    const own = door === mine || door === tour;
    pen.lineWidth = (own ? 5 : 2.5) / surface.camera.k;
    pen.strokeStyle = own ? surface.second : surface.inks[8] || "#3d63be";
    const inset = pen.lineWidth / 2;
    pen.strokeRect(l + inset, t + inset, r - l - 2 * inset, b - t - 2 * inset);
    pen.fillStyle = pen.strokeStyle;
    pen.font = `800 ${Math.min(520, 16 / surface.camera.k)}px sans-serif`;
    pen.textBaseline = "top";
    pen.fillText(String(door + 1), l + 8 / surface.camera.k, t + 8 / surface.camera.k);
  }
};

/** @param {{props: any, studio: import("./studio.js").Studio}} of */
export const Doors = ({ props, studio }) => {
  const { t, act, me, room, ended, far } = props;
  const [choosing, choose] = useState(false);
  const can = Boolean(me) && me.role !== "screen" && !ended && !far;
  const many = room.doors, mine = me ? room.place[me.id] : undefined, { tour } = room;
  const { surface, hand } = studio;
  const go = (/** @type {number} */ door) => (door < 0 ? surface.fit() : surface.look(before(rect(door, many), surface.size)));
  useEffect(() => {
    studio.trim = frames(many, mine, tour);
    hand.frame = mine === undefined ? null : rect(mine, many);
    hand.fit = mine === undefined ? null : (text) => fitted(text, rect(mine, many));
    surface.wake(true);
    return () => { studio.trim = hand.frame = hand.fit = null; };
  }, [many, mine, tour, studio]);
  useEffect(() => { if (mine !== undefined && tour < 0) go(mine); }, [mine]);
  useEffect(() => { if (tour >= 0) go(tour); }, [tour]);
  const enter = (/** @type {number} */ door) => {
    choose(false);
    act("enter", { door }, () => [[`room/place/${me.id}`, door]]);
    go(door);
  };
  const visit = (/** @type {number} */ door) => act("visit", { door });
  const led = tour >= 0;
  const host = can && me.role === "host";
  const pick = can && (mine === undefined || choosing) && !led;
  return html`<div class="cv-doors" role="group" aria-label=${t("door.bar")}>
    ${led ? html`<p role="status"><b>${t("tour.at", { n: tour + 1 })}</b> <bdi>${folk(props, tour).join(t("list.sep"))}</bdi></p>` : null}
    ${pick ? html`<p>${t("door.lead")}</p><div class="cv-doorlist">${Array.from({ length: many }, (_, door) => {
    const names = folk(props, door);
    return html`<button key=${door} type="button" class="btn plain" aria-pressed=${String(door === mine)} onClick=${() => enter(door)}><span>${t("door", { n: door + 1 })}
      <small dir="auto">${names.length ? names.join(t("list.sep")) : t("door.free")}</small></span></button>`;
  })}</div>` : null}
    ${far ? null : html`<div class="row wrap">${led ? html`<button type="button" class="btn plain" onClick=${() => go(tour)}>${t("tour.come")}</button>` : null}
      ${can && mine !== undefined && !pick && !led ? html`<button type="button" class="btn plain" onClick=${() => go(mine)}>${t("door.mine")}</button>
        <button type="button" class="btn plain" onClick=${() => choose(true)}>${t("door.other")}</button>` : null}
      ${host && !pick ? (led ? html`<button type="button" class="btn plain" onClick=${() => visit((tour + many - 1) % many)}>${t("tour.prev")}</button>
        ${tour < many - 1 ? html`<button type="button" class="btn ink2" onClick=${() => visit(onward(tour, many, 1))}>${t("tour.next")}</button>` : null}
        <button type="button" class="btn plain" onClick=${() => visit(-1)}>${t("tour.end")}</button>`
    : html`<button type="button" class="btn ink2" data-act="tour" onClick=${() => visit(0)}>${t("tour.lead")}</button>`) : null}</div>`}
  </div>`;
};
