// The count before a chord or a first line: four scraps of paper, filled by the room's clock.
import { html } from "../../static/ui.js";
import { usePulse } from "../../static/parts/pulse.js";
import { BEATS, beatsOf } from "./place.js";

/** @param {{rest: () => number, of: readonly unknown[], label: string, still?: boolean}} props `rest`: ms until what is counted to */
export const Beats = ({ rest, of, label, still = false }) => {
  usePulse(() => (still ? 0 : beatsOf(rest()).left), of);
  const { beat } = beatsOf(rest());
  return html`<span class="tg-beats" role="img" aria-label=${label}>${Array.from({ length: BEATS }, (_, i) => html`<i key=${i} class=${i < beat ? "on" : null}>${BEATS - i}</i>`)}</span>`;
};
