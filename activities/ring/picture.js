// Twenty-four cut-paper pictures to tell a story with: things of a street, a kitchen and a sky that everybody has seen.
import { html } from "../../static/ui.js";
import { MOST, PICTURES } from "./told.js";

/* keys: p.* */
/** Layers from behind: inks and shapes in 48 units. @type {{[id: string]: [ink: string, d: string][]}} */
const CUTS = {
  sun: [["f2", "M24 0 29 10 38 5 38 16 48 18 41 26 46 36 35 36 32 47 24 39 15 46 13 35 2 35 7 26 0 18 11 16 10 5 20 10z"], ["f1", "M14 25a10 10 0 1 1 0 .1z"]],
  moon: [["f8", "M2 26a22 22 0 1 1 0 .1z"], ["w", "M30 5C16 9 12 24 19 34 24 42 34 44 41 40 26 36 22 20 30 5z"]],
  star: [["f2", "M24 1 31 17 47 18 35 29 39 46 24 37 9 46 13 29 1 18 17 17z"], ["f1 x", "M24 12 28 21 37 22 30 28 32 37 24 32z"]],
  rain: [["f8", "M9 24Q2 23 3 16 5 10 11 11 14 2 23 3 30 4 31 10 43 8 45 17 45 24 37 24z"], ["f7", "M12 28 16 29 12 40 7 39zM24 28 28 29 23 47 18 46zM36 28 40 29 36 40 31 39z"]],
  wave: [["f7", "M0 30C8 14 24 10 33 19 38 25 32 31 27 27 30 38 42 37 48 32V47H0z"], ["f6 x", "M0 40C10 34 18 44 28 40 36 37 42 42 48 39V47H0z"]],
  fire: [["f0", "M24 0C27 10 41 15 40 31 39 42 31 47 24 47 15 47 8 41 8 31 8 23 14 20 15 12 19 14 20 18 20 21 24 16 25 9 24 0z"], ["f2", "M25 21C27 27 33 29 32 36 31 42 28 45 24 45 19 45 16 41 16 36 17 31 23 29 25 21z"]],
  tree: [["f1", "M20 28 29 28 31 47 18 47z"], ["f4", "M23 1C33 0 37 6 36 11 45 13 46 26 38 29 33 35 16 35 11 29 2 27 3 14 11 11 11 5 16 1 23 1z"], ["f5 x", "M25 9C34 9 40 17 37 26 31 32 22 31 20 24z"]],
  flower: [["f4", "M22 25 26 25 27 47 21 47zM24 42C15 42 11 37 10 31 18 31 23 35 24 42z"], ["f11", "M24 0C30 1 30 7 29 9 34 6 40 10 38 15 37 20 32 20 30 19 34 24 31 30 25 30 20 30 18 24 18 20 14 23 8 20 9 14 10 9 15 9 18 11 16 5 19 0 24 0z"], ["f2", "M18 15a6 6 0 1 1 0 .1z"]],
  house: [["f0", "M1 23 24 2 47 22 42 27 24 11 6 28z"], ["f2", "M7 25 24 10 41 24 40 47 8 47z"], ["k", "M19 30 29 30 29 47 19 47z"]],
  door: [["f1", "M6 2 42 1 43 47 5 47z"], ["f9", "M12 8 35 2 34 47 12 47z"], ["f2", "M27 26a3 3 0 1 1 0 .1z"]],
  key: [["f2", "M1 17a14 14 0 1 1 0 .1zM8 16a6 6 0 1 0 0-.1z"], ["f1", "M26 19 46 38 47 46 39 46 38 41 33 41 33 36 28 36 21 27z"]],
  road: [["f4", "M0 18 48 14V47H0z"], ["k", "M21 15 27 15 44 47H4z"], ["f2", "M23 18 25 18 26 25 22 25zM22 29 26 29 27 37 21 37zM21 41 27 41 28 47H20z"]],
  bike: [["f7", "M1 34a11 11 0 1 1 0 .1zM6 34a6 6 0 1 0 0-.1zM25 34a11 11 0 1 1 0 .1zM30 34a6 6 0 1 0 0-.1z"], ["f0", "M11 33 18 16 15 16 15 13 23 13 21 18 31 16 30 9 37 9 37 12 33 12 39 34 35 34 32 20 23 33z"]],
  boat: [["f2", "M23 2 26 2 26 31 23 31z"], ["f0", "M28 4C38 12 41 21 41 29L28 29z"], ["f7", "M20 10 20 29 7 29z"], ["f1", "M2 33 46 32 38 45 11 46z"]],
  person: [["f1", "M15 11a9 9 0 1 1 0 .1z"], ["f9", "M9 47C7 31 12 22 24 22 37 22 41 31 39 47z"]],
  friends: [["f5", "M7 13a7 7 0 1 1 0 .1zM1 46C0 31 4 23 14 23 24 23 28 31 27 46z"], ["f0", "M27 13a7 7 0 1 1 0 .1zM20 46C20 31 24 23 34 23 44 23 48 31 47 46z"]],
  hand: [["f1", "M14 47 6 30 1 20 6 18 13 27 11 7 17 6 20 22 22 2 28 2 28 22 33 5 38 7 35 24 41 15 46 17 40 35 35 47z"]],
  heart: [["f11", "M24 45C9 33 1 24 4 13 8 3 20 5 24 14 29 3 42 5 44 14 46 25 37 34 24 45z"], ["f0 x", "M26 40C16 32 9 25 11 17 14 9 23 11 26 18 29 10 39 11 41 18 42 26 35 33 26 40z"]],
  bird: [["f7", "M3 22C10 12 20 15 24 22 30 12 42 8 46 3 46 20 38 35 22 37L9 46 12 33C7 31 4 28 3 22z"], ["f2", "M3 22 0 27 6 28z"], ["k", "M10 20h4v4h-4z"]],
  fish: [["f5", "M1 25C9 9 28 8 36 21L47 11 46 39 36 29C28 41 8 41 1 25z"], ["f6 x", "M15 14C22 18 22 31 15 36 25 39 34 33 36 25 33 15 24 11 15 14z"], ["k", "M8 20h4v4H8z"]],
  bread: [["f1", "M3 20C3 8 45 7 45 19 45 24 42 26 41 27L42 44 6 45 7 28C4 26 3 24 3 20z"], ["f2", "M12 20C13 13 36 13 36 19L34 39 14 40z"]],
  cup: [["w", "M34 18C48 15 50 36 33 36L33 31C42 31 41 22 34 23z"], ["f0", "M4 15 36 14 34 40 28 46 12 46 6 40z"], ["f8", "M11 1C15 4 9 7 13 11L10 11C6 7 12 5 9 1zM21 0C25 4 19 6 23 11L20 11C16 7 22 4 19 0z"]],
  note: [["f10", "M17 6 44 1 44 34 39 35 39 12 22 15 22 40 17 40z"], ["f3", "M5 40a8 7 0 1 1 0 .1zM27 35a8 7 0 1 1 0 .1z"]],
  letter: [["w", "M1 10 46 8 47 40 2 42z"], ["f7", "M1 10 46 8 25 30z"], ["f0", "M20 25 29 24 30 33 21 34z"]],
};

/** Silent: whoever draws it says its word. @param {{id: string, size?: number}} props */
export const Picture = ({ id, size = 44 }) => html`<svg class="rg-pic" width=${size} height=${size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
  ${(CUTS[id] || []).map(([ink, d], i) => html`<path key=${i} class=${ink} d=${d} />`)}</svg>`;

/** Up to five of them, in a row. A tap puts one at its end, a tap in the row takes it out. @param {{value: number[], t: any, onChange: (next: number[]) => void}} of */
export const Choose = ({ value, t, onChange }) => html`
  <div class="rg-row rg-chosen" aria-live="polite">${value.length ? value.map((i, n) => html`<button key=${n} type="button" class="tool" aria-label=${t("pic.out", { name: t(`p.${PICTURES[i]}`) })}
    onClick=${() => onChange(value.filter((_, m) => m !== n))}><${Picture} id=${PICTURES[i]} /></button>`) : html`<span class="small soft">${t("pic.none")}</span>`}</div>
  <div class="rg-keys" role="group" aria-label=${t("pic.all")}>${PICTURES.map((id, i) => html`<button key=${id} type="button" class="tool" disabled=${value.length >= MOST}
    aria-label=${t(`p.${id}`)} onClick=${() => onChange([...value, i])}><${Picture} id=${id} size=${36} /></button>`)}</div>`;
