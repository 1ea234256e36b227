// Big pictures to choose one from: a radio group that goes by arrow keys, in the direction of the page.
import { html, useRef } from "../ui.js";
import { Icon } from "./icon.js";

/**
 * Where a key leads in a group of so many in so many columns, or -1 for a key that is not ours.
 * @param {string} key @param {number} at @param {number} count @param {number} columns @param {boolean} rtl
 */
export const stepTo = (key, at, count, columns, rtl) => {
  const side = rtl ? -1 : 1;
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: side, ArrowLeft: -side, ArrowDown: columns, ArrowUp: -columns };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (!Object.prototype.hasOwnProperty.call(steps, key)) return -1;
  const to = at + steps[key];
  // Sideways one goes round; up and down stay in the column.
  return Math.abs(steps[key]) === 1 ? (to + count) % count : to < 0 || to >= count ? at : to;
};

/**
 * @param {{label: string, options: {id: string, icon: string, word: string}[], value: string | null, onPick: (id: string) => void,
 *   off?: boolean}} props
 */
export const Picks = ({ label, options, value, onPick, off = false }) => {
  const group = useRef(/** @type {HTMLElement | null} */ (null));
  const chosen = options.findIndex((option) => option.id === value);
  const home = chosen < 0 ? 0 : chosen;
  /** @param {KeyboardEvent} event @param {number} at */
  const key = (event, at) => {
    const el = group.current;
    if (!el || event.altKey || event.ctrlKey || event.metaKey) return;
    const tops = Array.from(el.children, (child) => /** @type {HTMLElement} */ (child).offsetTop);
    const columns = tops.filter((top) => top === tops[0]).length;
    const to = stepTo(event.key, at, options.length, columns, getComputedStyle(el).direction === "rtl");
    if (to < 0) return;
    event.preventDefault();
    onPick(options[to].id);
    /** @type {HTMLElement} */ (el.children[to]).focus();
  };
  return html`<div class="picks" role="radiogroup" aria-label=${label} ref=${group}>${options.map((option, i) => html`
    <button key=${option.id} type="button" class="btn pick" role="radio" aria-checked=${option.id === value ? "true" : "false"}
      tabindex=${i === home ? 0 : -1} disabled=${off} onClick=${() => onPick(option.id)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => key(event, i)}><${Icon} id=${option.icon} size=${46} />${option.word}</button>`)}</div>`;
};
