// The drawing as a page of a zine: as it was drawn, or where that would be too much for one file, its lines.
import { Book, Entry } from "./book.js";
import { PAGE } from "./camera.js";
import { DAY, SHEET, svg } from "./export.js";
import { bubbles, ties } from "./map.js";
import { svg as map } from "./mapfile.js";
import { within } from "./montage.js";
import { runs } from "./outline.js";
import { hanging, modeOf, yearOf } from "./shown.js";
import { ERASER } from "../../static/parts/stroke.js";

/** A stroke through every so many points. */
const STEPS = [1, 2, 4, 8, 16, 32];

/** The same drawing in plain lines; lines of one ink and width that follow one another are one path. @param {readonly Entry[]} entries @param {number} step */
export function lines(entries, step) {
  const out = [`<path d="M0 0H${PAGE.w}V${PAGE.h}H0Z" fill="${SHEET}"/>`];
  let pen = "", d = "";
  const flush = () => {
    if (d) out.push(`<path d="${d}" ${pen}/>`);
    d = "";
  };
  for (const entry of entries) {
    if (!entry.shown || !entry.looks) continue;
    const ink = entry.ink === ERASER ? SHEET : DAY[entry.ink];
    const next = `fill="none" stroke="${ink}" stroke-width="${Math.round(entry.looks.wide)}" stroke-linecap="round" stroke-linejoin="round"`;
    if (next !== pen) flush();
    pen = next;
    for (const run of runs(entry.looks.points)) {
      const kept = run.filter((_, i) => i % step === 0 || i === run.length - 1);
      const at = (/** @type {{x: number, y: number}} */ p) => `${Math.round(p.x)} ${Math.round(p.y)}`;
      d += `M${at(kept[0])}${kept.length > 1 ? `L${kept.slice(1).map(at).join(" ")}` : "h0"}`;
    }
  }
  flush();
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PAGE.w} ${PAGE.h}" width="1600" height="1200">${out.join("")}</svg>`;
}

/** The paper of all. @param {any} room @param {number} most */
const paper = (room, most) => {
  const book = new Book();
  book.sync(room);
  const entries = book.entries;
  if (!entries.some((entry) => entry.shown && entry.looks)) return { svg: "", lines: [] };
  // An outline has more than so many characters for each one of a mark: what cannot fit is not drawn in vain.
  const least = 6 * room.marks.reduce((/** @type {number} */ sum, /** @type {any[]} */ mark) => sum + (mark[5] ? mark[5].length : 0), 0);
  let text = least > most ? lines(entries, 1) : svg(entries);
  for (const step of STEPS) if (text.length > most) text = lines(entries, step);
  return { svg: text.length > most ? "" : text.trim(), lines: [] };
};

/** @param {any} props `most`: how many characters the picture may have @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room, options, names, t, most = Infinity }) => {
  if (room.marks) return paper(room, most);
  if (room.bubbles) {
    const all = bubbles(room);
    return { svg: all.length ? map(all, ties(room, all)) : "", lines: [] };
  }
  const all = hanging(room);
  if (!all.length) return { svg: "", lines: [] };
  return { svg: within(all, modeOf({ options }), room, most), lines: all.filter(({ text }) => text)
    .map(({ text, year, by }) => ({ text: /** @type {string} */ (text), more: year ? t("year", { count: year, year: String(yearOf(year, Date.now())) }) : "", by: (by && names && names[by]) || "" })) };
};
