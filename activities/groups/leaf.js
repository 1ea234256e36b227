// Groups as a page of a zine: the lines that they brought back, and what they made where it was shown to everyone. Never a name,
// and never who was with whom.
import { brought, made } from "./told.js";

/** @typedef {import("../../static/screens/zine.js").Leaf} Leaf */
/** @typedef {(props: any) => Leaf} Make */

/** So many pictures stand beside each other. */
const MOST = 12;
const WIDE = 800, HIGH = 600, GAP = 24;

/** Pictures as one: two in a row. @param {string[]} pictures */
export const sheet = (pictures) => {
  if (!pictures.length) return "";
  const across = pictures.length > 1 ? 2 : 1;
  const down = Math.ceil(pictures.length / across);
  const cells = pictures.map((svg, i) => svg.replace(/^<svg[^>]*>/, (tag) => tag.replace(/ (x|y|width|height)="[^"]*"/g, "")
    .replace("<svg", `<svg x="${(i % across) * (WIDE + GAP)}" y="${Math.floor(i / across) * (HIGH + GAP)}" width="${WIDE}" height="${HIGH}"`)));
  const width = across * (WIDE + GAP) - GAP, height = down * (HIGH + GAP) - GAP;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${cells.join("")}</svg>`;
};

/** @param {any} props `inside`: how the kind that ran in groups makes its page @returns {Leaf} */
export default ({ room, t, inside, most = Infinity }) => {
  const all = inside ? made(room).slice(0, MOST) : [];
  const pages = all.map((one) => {
    try {
      return /** @type {Make} */ (inside)({ room: one.room, most: Math.floor(most / all.length) - 200 });
    } catch (_) {
      return { svg: "", lines: [] };
    }
  });
  const many = pages.filter(({ lines }) => lines.length).length;
  return {
    svg: sheet(pages.map(({ svg }) => svg).filter(Boolean)),
    lines: [...brought(room).map((/** @type {any} */ { text }) => ({ text })), ...pages.reduce((lines, page, i) => [...lines,
      ...(many > 1 && page.lines.length ? [{ text: t("made.at", { n: i + 1, count: all.length }), head: true }] : []), ...page.lines], /** @type {any[]} */ ([]))],
  };
};
