// A ring as pages of a zine: each chain from its first piece to its last; a name only of who ticked it.
import { breadth, fewer, layers, path } from "../../static/parts/drawn.js";
import { decode } from "../../static/parts/stroke.js";
import { seen, wordsOf } from "./told.js";

/** Inks of daylight, as files have them on every screen. */
const DAY = ["#af3c3a", "#9e5209", "#846305", "#677008", "#1b7e2a", "#0d7a66", "#117780", "#01729f", "#3d63be", "#7152b5", "#924598", "#a73b6d"];
const SHEET = "#fffaf0";
const W = 10000, H = 7500, GAP = 300;

/** A point through every so many. */
const STEPS = [1, 2, 4, 8, 16];

/** @param {any[]} mark @param {number} step */
const layer = ([ink, width, shape, text], step) => {
  try {
    return { ink, width, d: path(fewer(decode(text), step), shape === 0) };
  } catch (_) {
    return { ink, width, d: "" };
  }
};

/** Marks as lines, on a paper of their own. @param {any[]} marks @param {number} step */
const lines = (marks, step) => (step < 2 ? layers(marks) : marks.map((mark) => layer(mark, step)))
  .map(({ ink, width, d }) => `<path d="${d}" fill="none" stroke="${DAY[ink] || SHEET}" stroke-width="${breadth(ink, width)}" stroke-linecap="round" stroke-linejoin="round"/>`).join("");

/**
 * As many drawings as the page may hold, three in a row, chain after chain: more simply first, then without those that are too large.
 * @param {any[][]} drawings marks of each @param {number} most characters @returns {{svg: string, short: boolean}} `short`: not all
 */
export const sheet = (drawings, most) => {
  const texts = STEPS.reduce((/** @type {string[]|null} */ found, step) => {
    if (found && found.reduce((sum, text) => sum + text.length + 120, 300) <= most) return found;
    return drawings.map((marks) => lines(marks, step));
  }, null) || [];
  const parts = [];
  let size = 300;
  for (const text of texts) {
    if (size + text.length + 120 > most) continue;
    size += text.length + 120;
    parts.push(text);
  }
  const short = parts.length < drawings.length;
  if (!parts.length) return { svg: "", short: false };
  const across = Math.min(3, parts.length);
  const rows = Math.ceil(parts.length / across);
  const w = across * W + (across + 1) * GAP, h = rows * H + (rows + 1) * GAP;
  const all = parts.map((text, i) => `<svg x="${GAP + (i % across) * (W + GAP)}" y="${GAP + Math.floor(i / across) * (H + GAP)}" width="${W}" height="${H}" viewBox="0 0 ${W} ${H}"><path d="M0 0H${W}V${H}H0z" fill="${SHEET}"/>${text}</svg>`);
  return { svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}"><path d="M0 0H${w}V${h}H0z" fill="#231b2e"/>${all.join("")}</svg>`, short };
};

/** @param {any} props `most`: how many characters the picture may have @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room, t, names, most = Infinity }) => {
  const chains = seen(room);
  const drawings = chains.map((chain) => chain.filter((piece) => piece.m).map((piece) => piece.m)).reduce((all, some) => all.concat(some), []);
  return {
    ...sheet(/** @type {any[][]} */ (drawings), most),
    lines: chains.map(([first, ...rest]) => {
      const whom = first.to && names[first.to];
      return { text: whom ? `${t("for.whom")} ${whom}: ${wordsOf(first, t)}` : wordsOf(first, t), more: rest.map((piece) => wordsOf(piece, t)).join(" / "),
        by: [first, ...rest].map(({ by }) => (by && names[by]) || "").filter(Boolean).join(", ") };
    }),
  };
};
