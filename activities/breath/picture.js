// The pictures: a circle that grows and gets smaller, lights in the dark, a floor that changes its ink on the beat.
// What moves is moved by the style sheet, from where the room's clock is: no script runs while we breathe.
import { html, useState } from "../../static/ui.js";
import { usePulse } from "../../static/parts/pulse.js";
import { breath, count, lights, untilCount } from "./beat.js";

const SHAPES = ["", " b", " c", " d"];

/** @param {number} ms @param {number} whole */
const from = (ms, whole) => ({ "--whole": `${whole}ms`, "--from": `${-(((ms % whole) + whole) % whole)}ms` });

/** Where it was when it was drawn first: from there the style sheet goes on by itself. Another beginning needs another key.
 * @param {number} ms @param {number} whole */
const useFrom = (ms, whole) => useState(() => from(ms, whole))[0];

/** Two sheets of paper that breathe. @param {{ms: number, cycle: number, still: boolean, label: string}} props */
export const Circle = ({ ms, cycle, still, label }) => {
  const style = useFrom(ms, cycle);
  return html`<svg class=${still ? "circle still" : "circle"} style=${style} viewBox="-50 -50 100 100" role="img" aria-label=${label} focusable="false">
    <path class="p" d="M2-47C27-48 47-28 47-1 48 27 28 47 1 47-27 48-47 28-47 1-48-27-27-47 2-47z" />
    <path class="q x" d="M-3-38C18-42 39-24 39-2 41 19 24 38 2 39-19 41-38 24-39 3-41-19-24-37-3-38z" />
    <path class="p x" d="M1-25C15-26 26-14 25 1 26 14 15 25 0 25-14 26-26 14-25 0-26-14-14-26 1-25z" /></svg>`;
};

/** For whoever asked for stillness: two words that take turns, with a count. @param {{at: () => number, cycle: number, stands: boolean, t: any}} props */
export const Words = ({ at, cycle, stands, t }) => {
  usePulse(() => (stands ? 0 : breath(at(), cycle).next), [cycle, stands, at]);
  const { goes, count: left } = breath(at(), cycle);
  return html`<p class="cut words" aria-hidden="true"><b>${goes ? t("breathe.in") : t("breathe.out")}</b><span>${stands ? "" : left}</span></p>`;
};

/** One small light for each of us, lit while we are here. @param {{people: any, label: string}} props */
export const Lights = ({ people, label }) => html`<ul class="lights" role="img" aria-label=${label}>${lights(people).map(({ id, ink, shape }) => html`
  <li key=${id} class=${`who${SHAPES[shape % 4] || ""}`} style=${{ "--c": `var(--f${ink % 12})` }}></li>`)}</ul>`;

/** @param {{ms: number, beat: number, still: boolean, label: string, children?: any}} props */
const Ground = ({ ms, beat, still, label, children }) => {
  const style = useFrom(ms, 2 * beat);
  return html`<div class=${still ? "floor still" : "floor"} style=${style} role="img" aria-label=${label}>${children}</div>`;
};

/** The floor: a count-in, then one flat ink after the other. @param {{at: () => number, beat: number, still: boolean, stands: boolean, label: string, go: string}} props */
export const Floor = ({ at, beat, still, stands, label, go }) => {
  usePulse(() => (stands ? 0 : untilCount(at())), [stands, at]);
  const ms = at(), n = count(ms), begun = ms >= 0;
  return html`<${Ground} key=${`${begun}${stands}${still}`} ms=${ms} beat=${beat} still=${still || stands || !begun} label=${label}>
    ${n ? html`<b class="three">${n}</b>` : begun ? html`<b class="big">${go}</b>` : null}</${Ground}>`;
};
