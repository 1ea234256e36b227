// Time is a paper tape that gets shorter, with words beside it. At its end it rests; nothing turns red and nothing closes.
import { html, useEffect, useState } from "../ui.js";

/** @typedef {(key: string, args?: Record<string, unknown>) => string} T */

/**
 * What the tape shows: how much is left in percent, and the words for it.
 * @param {number} left milliseconds @param {number} whole milliseconds @param {T} t
 */
export const tapeState = (left, whole, t) => ({
  percent: left <= 0 ? 0 : Math.max(4, Math.min(100, Math.round(100 * left / Math.max(whole, 1)))),
  text: left <= 0 ? t("timer.over") : left < 60000 ? t("timer.less")
    : t("timer.about", { minutes: t("min", { count: Math.round(left / 60000) }) }),
});

/** @param {{ends: number | null, from: number, now: () => number, t: T}} props log times in ms; nothing is drawn without an end */
export const Tape = ({ ends, from, now, t }) => {
  const [, again] = useState(0);
  useEffect(() => {
    if (ends === null) return undefined;
    const timer = setInterval(() => again((n) => n + 1), 5000);
    return () => clearInterval(timer);
  }, [ends]);
  if (ends === null) return null;
  const { percent, text } = tapeState(ends - now(), ends - from, t);
  return html`<span class="tape"><i style=${{ "--left": `${percent}%` }} aria-hidden="true"></i><span>${text}</span></span>`;
};
