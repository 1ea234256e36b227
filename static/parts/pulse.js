// What changes at moments of the room's clock: draw, wait for the next one, draw again, until there is none.
import { useEffect, useState } from "../ui.js";

/** A timer may wake a little early; so much later the moment is past for sure. */
const PAST_MS = 5;

/**
 * Call `draw` at each moment to come. What the next one is, is asked anew each time: the room's clock is an estimate that
 * gets better, and one that was set back must not leave the picture standing still.
 * @param {() => number} rest ms until the next moment; 0 when there is none @param {() => void} draw
 * @param {number} [was] what `rest` said when the picture that is there was drawn: it may be of before a moment that is past by now
 * @param {(run: () => void, ms: number) => any} [later] @param {(timer: any) => void} [drop] for tests
 * @returns {() => void} ends it
 */
export const follow = (rest, draw, was = rest(), later = setTimeout, drop = clearTimeout) => {
  /** @type {any} */
  let timer;
  const wait = () => {
    const ms = rest();
    if (ms > 0) timer = later(() => { draw(); wait(); }, ms + PAST_MS);
    return ms;
  };
  const ms = wait();
  if (ms > was || (was > 0 && ms <= 0)) draw();
  return () => drop(timer);
};

/**
 * Draw the calling component again at each moment to come. @param {() => number} rest as in `follow`
 * @param {readonly unknown[]} of what the moments depend on: when it changes, they are reckoned anew
 */
export const usePulse = (rest, of) => {
  const [, again] = useState(0);
  const was = rest();
  useEffect(() => follow(rest, () => again((n) => n + 1), was), of);
};
