// Six reactions, each with its word under it. What came of them is a sum, never a crowd.
import { html } from "../ui.js";
import { Icon } from "./icon.js";

/* keys: react.love react.bravo react.ha react.yes react.wow react.with */
/** @typedef {(key: string, args?: Record<string, unknown>) => string} T */

/** The order is the wire's: index 0 to 5. */
export const REACTIONS = [["r-love", "react.love"], ["r-clap", "react.bravo"], ["r-laugh", "react.ha"], ["r-yes", "react.yes"],
  ["r-wow", "react.wow"], ["r-with", "react.with"]];

/** @param {{t: T, onReact: (index: number) => void}} props */
export const Reactions = ({ t, onReact }) => html`<div class="rx">${REACTIONS.map(([icon, word], i) => html`
  <button key=${icon} type="button" class="tool rb" onClick=${() => onReact(i)}><${Icon} id=${icon} size=${34} /><span>${t(word)}</span></button>`)}</div>`;

/** The sums of the last moments, in a corner of the picture. @param {{sums: readonly number[]}} props */
export const Sums = ({ sums }) => (sums.some((n) => n > 0) ? html`<p class="sum" aria-hidden="true">${sums.map((n, i) => (n > 0 ? html`
  <span key=${i}><${Icon} id=${REACTIONS[i][0]} size=${24} /><b>${n}</b></span>` : null))}</p>` : null);
