// The chord as one picture: everybody's key is a cut shape in their ink, laid around the middle in the order in which it came.
import { html } from "../../static/ui.js";

/** @typedef {[note: number, ink: number, late: number]} Key */
/** Up to so many keys, so far from each other: the picture changes its scale four times, not with each key. */
const ROOM = [[7, 14], [19, 9.6], [43, 6.6], [100, 4.4], [200, 3.2]];
const RAYS = "M0 0 47 3 44 15zM0 0 39 26 31 35zM0 0 21 42 9 46zM0 0 -3 47 -15 44zM0 0 -26 39 -35 31zM0 0 -42 21 -46 9zM0 0 -47 -3 -44 -15zM0 0 -39 -26 -31 -35zM0 0 -21 -42 -9 -46zM0 0 3 -47 15 -44zM0 0 26 -39 35 -31zM0 0 42 -21 46 -9z";
const TURN = 2.399963;
const CUTS = ["M-6-5 4-7 7 3-1 8-8 4z", "M-7-6 5-5 8 2 2 7-6 6z", "M-4-8 7-4 5 6-6 8-8-1z", "M-8-3 0-8 8-4 6 5-4 7z"];

/** Where each key lies, and how large it is. @param {readonly Key[]} pressed */
export const petals = (pressed) => {
  const keys = pressed.map((key, i) => ({ note: key[0], ink: key[1], late: key[2], i })).filter(({ note }) => note >= 0);
  const [, gap] = ROOM.find(([most]) => keys.length <= most) || ROOM[ROOM.length - 1];
  return keys.map((key, k) => {
    const far = k === 0 ? 0 : gap * Math.sqrt(k);
    return { ...key, x: Math.round(10 * far * Math.cos(k * TURN)) / 10, y: Math.round(10 * far * Math.sin(k * TURN)) / 10, size: Math.round(gap * 12.5) / 100, turn: Math.round((k * 61) % 360) };
  });
};

/** @param {{pressed: readonly Key[], label: string, rung?: boolean}} props */
export const Flower = ({ pressed, label, rung = false }) => html`
  <svg class=${rung ? "tg-flower rung" : "tg-flower"} viewBox="-50 -50 100 100" role="img" aria-label=${label}>
    <path class="w" d="M-49-46 45-49 49 46-46 49z" /><path class="p" opacity=".4" d=${RAYS} />
    <g>${petals(pressed).map(({ i, x, y, size, turn, ink, late }) => html`<path key=${i} class=${`f${ink} x`} opacity=${late ? ".75" : null}
      d=${CUTS[i % CUTS.length]} transform=${`translate(${x} ${y}) rotate(${turn}) scale(${size})`} />`)}</g></svg>`;
