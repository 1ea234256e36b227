// A list that is longer than the screen, read from far away: as many items as fit, and after a while the next ones.
import { html, useLayoutEffect, useEffect, useRef, useState } from "../ui.js";
import { fitting } from "../screens/afar.js";

export const TURN_MS = 10000;

/**
 * Which items stand on the page now, for a list that may grow meanwhile. @param {number} count @param {number} fits
 * @param {number} from the first of the page
 */
export const turn = (count, fits, from) => (from + fits < count ? from + fits : 0);

/** @param {{items: any[], name?: string}} of items are drawn list items */
export const Reel = ({ items, name = "" }) => {
  const el = useRef(/** @type {HTMLElement|null} */ (null));
  const [from, go] = useState(0);
  const [fits, set] = useState(Infinity);
  const first = from < items.length ? from : 0;
  useLayoutEffect(() => {
    const list = el.current;
    if (!list) return undefined;
    const measure = () => {
      const top = list.getBoundingClientRect().top;
      const ends = Array.from(list.children, (item) => item.getBoundingClientRect().bottom - top);
      set(fitting(ends, list.clientHeight + 1));
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, [items.length, first]);
  useEffect(() => {
    if (fits >= items.length) return undefined;
    const timer = setTimeout(() => go(turn(items.length, fits, first)), TURN_MS);
    return () => clearTimeout(timer);
  }, [items.length, fits, first]);
  return html`<ul class=${`reel ${name}`} ref=${el}>${items.slice(first).map((item, i) => html`<div role="listitem" key=${first + i} class=${i < fits ? null : "unseen"}>${item}</div>`)}</ul>`;
};
