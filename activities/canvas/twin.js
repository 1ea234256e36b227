// The drawing in words: who put what where, newest last. One line for what belongs together, never
// more lines than a person can hear, and no mark is read that is not told.
import { ERASER, HIGH, SHAPES, thin, WIDE } from "../../static/parts/stroke.js";
import { NINTHS } from "./stamps.js";

/** @typedef {import("../../static/parts/stroke.js").Point} Point */
/** @typedef {import("./book.js").Entry} Entry */
/** @typedef {(key: string, args?: Record<string, unknown>) => string} T */
/** What one line tells. `place` is a ninth, a row, a column or "all"; a line has `from` and `to`.
 * @typedef {{ who: string, ink: number, shape: string, place: string, from?: string, to?: string, count: number, group: number }} Item */

/* keys: i.* shape.* place.* item.mark item.marks item.line item.rubbed */

/** Names of the inks, in their order. */
export const INKS = ["coral", "orange", "yellow", "lime", "green", "jade", "aqua", "sky", "blue", "violet", "plum", "pink"];

/** @param {{ x: number, y: number }} at */
export function ninthOf({ x, y }) {
  const column = Math.min(2, Math.floor((x * 3) / (WIDE + 1)));
  const row = Math.min(2, Math.floor((y * 3) / (HIGH + 1)));
  return NINTHS[row * 3 + column];
}

/**
 * Where a mark lies: a ninth; a row, a column or the whole page when it is longer than half of it.
 * @param {readonly [number, number, number, number]} box without the width of the ink
 */
export function placeOf([l, t, r, b]) {
  const broad = r - l > WIDE * 0.55, tall = b - t > HIGH * 0.55;
  const ninth = NINTHS.indexOf(ninthOf({ x: (l + r) / 2, y: (t + b) / 2 }));
  if (broad && tall) return "all";
  if (broad) return `row${Math.floor(ninth / 3)}`;
  if (tall) return `col${ninth % 3}`;
  return NINTHS[ninth];
}

/** A little more than the longest step of an arrow key: what lies within it of a straight run is that run. */
const STAIR = 300;

/**
 * Arrow keys cannot go aslant: their way there is a staircase, which was meant as a slope.
 * @param {readonly Point[]} points
 */
const meant = (points) => (points.every((p, i) => !i || p.x === points[i - 1].x || p.y === points[i - 1].y)
  ? thin(points.map(({ x, y }) => ({ x, y })), STAIR) : points);

/**
 * The kind of shape of a free stroke: dot, stroke, curve, loop, scribble.
 * @param {readonly Point[]} drawn
 */
export function kindOf(drawn) {
  const points = meant(drawn);
  let l = Infinity, t = Infinity, r = -Infinity, b = -Infinity;
  let length = 0, turn = 0, heading = NaN;
  points.forEach((p, i) => {
    l = Math.min(l, p.x); r = Math.max(r, p.x);
    t = Math.min(t, p.y); b = Math.max(b, p.y);
    if (!i) return;
    const dx = p.x - points[i - 1].x, dy = p.y - points[i - 1].y;
    const step = Math.hypot(dx, dy);
    if (!step) return;
    length += step;
    const now = Math.atan2(dy, dx);
    if (!Number.isNaN(heading)) {
      const by = Math.abs(now - heading);
      turn += Math.min(by, 2 * Math.PI - by);
    }
    heading = now;
  });
  const span = Math.hypot(r - l, b - t);
  if (span < 160) return "dot";
  const first = points[0], last = points[points.length - 1];
  const gap = Math.hypot(last.x - first.x, last.y - first.y);
  if (gap > length * 0.93) return "stroke";
  if (turn > 5 * Math.PI) return "scribble";
  if (gap < span * 0.3) return "loop";
  return "curve";
}

/**
 * What the page shows, newest last, at most so many lines; `marks` is how many there are in all and
 * `told` how many the lines stand for.
 * @param {readonly Entry[]} entries @param {number} [most]
 */
export function list(entries, most = 60) {
  /** @type {Item[]} */
  const items = [];
  let told = 0, marks = 0;
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i];
    if (!entry.shown) continue;
    marks++;
    if (items.length > most) continue;
    const item = itemOf(entry);
    if (!item) continue;
    const last = items[items.length - 1];
    if (last && last.who === item.who && last.group === item.group && last.shape === item.shape) {
      if (!last.from) Object.assign(last, { place: item.place });
    } else if (last && same(last, item)) {
      last.count++;
      last.group = item.group;
    } else items.push(item);
    if (items.length <= most) told++;
  }
  if (items.length > most) items.pop();
  return { items: items.reverse(), marks, told };
}

/** @param {Item} a @param {Item} b */
const same = (a, b) => a.who === b.who && a.ink === b.ink && a.shape === b.shape && a.place === b.place && a.from === b.from && a.to === b.to;

/** @param {Entry} entry @returns {Item | null} */
function itemOf(entry) {
  const its = entry.looks;
  if (!its) return null;
  const [who, group, ink, , shape] = entry.mark;
  const { points, box, wide } = its;
  const ease = wide / 2 + 4;
  const place = placeOf([box[0] + ease, box[1] + ease, box[2] - ease, box[3] - ease]);
  const name = SHAPES[shape] || "free";
  /** @type {Item} */
  const item = { who, ink, shape: name, place, count: 1, group };
  if (name === "free") item.shape = kindOf(points);
  if (name === "line") {
    item.from = ninthOf(points[0]);
    item.to = ninthOf(points[points.length - 1]);
  }
  return item;
}

/**
 * One line in words: "Amina: orange house, middle left".
 * @param {Item} item @param {Record<string, { name: string }>} people @param {T} t
 */
export function sentence(item, people, t) {
  const person = people[item.who];
  const name = person ? person.name : t("someone");
  const ink = item.ink === ERASER ? "" : t(`i.${INKS[item.ink]}`);
  const shape = t(`shape.${item.shape}`);
  const args = { name, ink, shape, place: t(`place.${item.place}`), count: item.count };
  if (item.ink === ERASER) return t("item.rubbed", args);
  if (item.from && item.to && item.from !== item.to) {
    return t("item.line", { ...args, from: t(`place.${item.from}`), to: t(`place.${item.to}`) });
  }
  return item.count > 1 ? t("item.marks", args) : t("item.mark", args);
}

/**
 * What has happened since the last look, as one sentence for the live region; "" when nothing has.
 * @param {any} props @param {any} before the props of the last look, or its room
 */
export function say(props, before) {
  const was = before && (before.room || before);
  const { room, me, t } = props;
  if (!was || !was.marks || was === room) return "";
  if (room.clear > was.clear) return t("say.clear");
  if (room.clear < was.clear) return t("say.unclear");
  if (room.lock !== was.lock) return t(room.lock ? "say.locked" : "say.open");
  const mine = me && Boolean(room.hidden[me.id]);
  if (me && mine !== Boolean(was.hidden[me.id])) return t(mine ? "say.away" : "say.shown");
  let count = 0;
  let group = "";
  for (let i = was.marks.length; i < room.marks.length; i++) {
    const mark = room.marks[i];
    if ((me && mark[0] === me.id) || mark[6] || room.hidden[mark[0]] || `${mark[0]} ${mark[1]}` === group) continue;
    group = `${mark[0]} ${mark[1]}`;
    count++;
  }
  return count ? t("say.marks", { count }) : "";
}
