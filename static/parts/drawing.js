// A drawing that keeps still: marks as one SVG. What draws it is fetched with the first one.
//
// <${Drawing} marks=${[[ink, width, shape, points], ...]} label="..." /> · label "" when words beside it tell the same
// `under`: marks of nobody (a line that was there from the start), printed in the text colour and never rubbed out
// `crop`: [x, y, w, h] in page units, when it is not the whole page (10000 x 7500)
import { html } from "../ui.js";
import { dress, late } from "./late.js";

/** @typedef {readonly any[]} Mark [ink, width, shape, points] */

/* keys: pad.ink.* */
/** A drawing in a line: "5 strokes: coral, blue". @param {readonly Mark[]} marks @param {(key: string, args?: any) => string} t */
export const told = (marks, t) => {
  const inks = marks.map(([ink]) => ink).filter((ink, i, all) => ink < 12 && all.indexOf(ink) === i);
  const count = marks.filter(([ink]) => ink < 12).length;
  return !count ? t("pad.empty") : t("pad.told", { count, inks: inks.map((ink) => t(`pad.ink.${ink}`)).join(t("list.sep")) });
};

const blank = () => html`<span class="drawn-wait" aria-hidden="true"></span>`;

/** @type {Promise<any> | null} */
let dressed = null;
/** The style of pads and drawings, once. */
export const looks = () => (dressed = dressed || dress(new URL("./pad.css", import.meta.url).href));

/** @type {(props: {marks: readonly Mark[], label: string, under?: readonly Mark[], crop?: readonly number[]}) => any} */
export const Drawing = late(() => Promise.all([import("./drawn.js"), looks(), import("./stroke.js")]).then(([module]) => module.Drawn), blank);
