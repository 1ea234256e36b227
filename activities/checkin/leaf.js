// A check-in as a page of a zine: the sky or the dots as they were shown, and their words. A name only where its owner signed and ticked it.
import { html, render } from "../../static/ui.js";
import { svgFile } from "../../static/parts/keep.js";
import { finds } from "./count.js";
import { both } from "./dial.js";
import { Scene } from "./dots.js";
import { standing } from "./gist.js";
import { fetchWords, knows } from "./later.js";
import { spoken } from "./line.js";
import { Picture } from "./picture.js";
import { region, side, told } from "./region.js";

/* keys: i.* r.* s.* harvest.* */
/** The picture as text; it is drawn where nobody sees it. @param {any} picture */
const drawn = (picture) => {
  const place = document.createElement("div");
  place.className = "hide";
  document.body.appendChild(place);
  render(picture, place);
  const sky = place.querySelector("svg");
  const text = sky ? svgFile(sky) : "";
  render(null, place);
  place.remove();
  return text;
};

/** Strips of paper over the steps of a dial. @param {readonly number[]} sums */
const strips = (sums) => {
  const most = Math.max(1, ...sums);
  const all = sums.map((n, i) => {
    const top = Math.round(190 - 150 * n / most);
    return n ? `<path d="M${14 + i * 53} ${top}l42 -3 2 ${192 - top} -45 2z" fill="${i % 2 ? "#ffce32" : "#2db7ff"}"/><text x="${36 + i * 53}" y="${top - 8}" text-anchor="middle" font-size="22" font-weight="700" fill="#231b2e">${n}</text>` : "";
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 210" font-family="sans-serif"><path d="M8 192L592 189 593 197 7 199z" fill="#231b2e"/>${all.join("")}</svg>`;
};

/** Dots over a line. @param {readonly any[]} dots */
const heap = (dots) => {
  /** @type {number[]} */
  const high = new Array(21).fill(0);
  const all = dots.map(({ x }) => {
    const at = Math.round(x / 5);
    high[at] += 1;
    return `<circle cx="${20 + at * 28}" cy="${172 - (high[at] - 1) * 15}" r="7" fill="${at % 2 ? "#ffce32" : "#2db7ff"}"/>`;
  });
  const top = Math.max(0, Math.max(...high) - 11) * 15;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-top} 600 ${200 + top}"><path d="M10 186L590 183 591 191 9 193z" fill="#231b2e"/>${all.join("")}</svg>`;
};

/** Who signed a dot, and lets it stand: where it was. @param {any} props @param {(dot: any) => string} where */
const signed = ({ room, names }, where) => standing({ room }).filter((/** @type {any} */ { by }) => by && names[by])
  .map((dot) => ({ text: where(dot), by: names[/** @type {any} */ (dot).by] }));

/** @param {any} given @returns {import("../../static/screens/zine.js").Leaf} */
export default (given) => {
  const { room, options } = given;
  const t = knows(given.t, document.documentElement.lang) || given.t;
  const props = { card: null, ...given, t };
  const dots = standing({ room });
  if (options.form === "count") return { svg: "", lines: finds(props).filter(({ count }) => count).map(({ text, count }) => ({ text, more: t("count.n", { count }) })) };
  if (options.form === "dial") {
    const sums = room.sums || [];
    const [low, high] = both(props);
    return sums.some((/** @type {number} */ n) => n) ? { svg: strips(sums), lines: [{ text: `0: ${low}` }, { text: `10: ${high}` }] } : { svg: "", lines: [] };
  }
  if (options.form === "line") return dots.length ? { svg: heap(dots), lines: [{ text: spoken(props, dots) }, ...signed(props, ({ x }) => t(`s.${side(x)}`))] } : { svg: "", lines: [] };
  if (options.form === "dots") {
    if (!dots.length) return { svg: "", lines: [] };
    const shape = room.shape || options.shape;
    return {
      svg: drawn(html`<${Scene} props=${props} dots=${dots} label="" />`),
      lines: [...told(shape, dots).map(([name, n]) => ({ text: t("item", { word: t(`r.${shape}.${name}`), n }) })), ...signed(props, ({ x, y }) => t(`r.${shape}.${region(shape, x, y)}`))],
    };
  }
  const list = (room.answers || []).filter((/** @type {any} */ answer) => answer.icon && !answer.off)
    .map((/** @type {any} */ { icon, word }) => ({ icon, word: word || "" }));
  if (!list.length) return { svg: "", lines: [] };
  return { svg: drawn(html`<${Picture} list=${list} mood=${options.icons === "mood"} wide=${true} label="" />`), lines: list.map((/** @type {any} */ { icon, word }) => ({ text: word || t(`i.${icon}`), more: word ? t(`i.${icon}`) : "" })) };
};

/** The words that may not be here yet. @returns {Promise<any>} */
export const ready = () => fetchWords(document.documentElement.lang).catch(() => {});
