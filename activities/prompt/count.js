// The shared three-count, told by the room's own clock, so that everyone's finger comes down together.
import { html } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { usePulse } from "../../static/parts/pulse.js";

const BEAT = 1000;

/** 0 before the count, 1 to 3 while it runs, 4 once it is over. @param {number} passed ms since its start */
export const beatAt = (passed) => (passed < 0 ? 0 : Math.min(4, Math.floor(passed / BEAT) + 1));

/** Ms until the next change, or 0 when there is none. @param {number} passed */
export const untilNext = (passed) => (passed < 0 ? -passed : passed >= 3 * BEAT ? 0 : BEAT - (passed % BEAT));

/** @param {{at: number, now: () => number, label: string, go: string}} props */
export const Count = ({ at, now, label, go }) => {
  usePulse(() => untilNext(now() - at), [at]);
  const beat = beatAt(now() - at);
  return beat > 3 ? html`<b class="row playing"><${Icon} id="u-play" size=${30} /><span>${go}</span></b>`
    : html`<span class="count" role="img" aria-label=${label}>${[3, 2, 1].map((n) => html`<i key=${n} class=${4 - n <= beat ? "on" : null}>${n}</i>`)}</span>`;
};
