// The clock of a turn or a step, `room.clock` of a kind: the same paper tape as the room's own. Twin of server/kit/clock.py.
import { html } from "../ui.js";
import { Tape } from "./tape.js";

/** @typedef {{at: number, ms: number, left?: number} | null | undefined} Clock */

/** Ms until its end; 0 without a clock, and once it is over. @param {Clock} clock @param {number} now log time */
export const leftOf = (clock, now) => (!clock ? 0 : clock.left !== undefined ? clock.left : Math.max(0, clock.at + clock.ms - now));

/** While it stands still, the tape keeps its length. @param {{clock: Clock, now: () => number, t: import("./tape.js").T}} props */
export const ClockTape = ({ clock, now, t }) => {
  if (!clock) return null;
  const still = clock.left;
  return html`<${Tape} key=${clock.at} ends=${still === undefined ? clock.at + clock.ms : still} from=${still === undefined ? clock.at : still - clock.ms}
    now=${still === undefined ? now : () => 0} t=${t} />`;
};
