// A sheet of paper over the page: from below on a phone, from the side where there is room. Escape, the veil and its own
// button close it; the focus goes in, stays in, and returns to where it came from.
import { html, useLayoutEffect, useRef } from "../ui.js";
import { Icon } from "./icon.js";

/** @typedef {import("../ui.js").Child} Child */

const FOCUSABLE = "a[href],button:not([disabled]),input:not([disabled]),select,textarea,summary,[tabindex]";

/** What Tab can reach inside an element, in order. @param {HTMLElement} el @returns {HTMLElement[]} */
const stops = (el) => /** @type {HTMLElement[]} */ ([...el.querySelectorAll(FOCUSABLE)])
  .filter((stop) => stop.tabIndex >= 0 && stop.getClientRects().length > 0);

/**
 * Drawn while it is open: mount it to open, take it away to close.
 * @param {{title: string, closeLabel: string, onClose: () => void, children?: Child}} props
 */
export const Sheet = ({ title, closeLabel, onClose, children }) => {
  const el = useRef(/** @type {HTMLElement | null} */ (null));
  const head = useRef(/** @type {HTMLElement | null} */ (null));
  // Before the page is painted: a Tab pressed in that moment must not go on in the page below.
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    if (head.current) head.current.focus();
    return () => { if (before && document.contains(before)) before.focus(); };
  }, []);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (event.key === "Tab" && el.current) {
      const all = stops(el.current);
      const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      if (all.length && (event.shiftKey ? at <= 0 : at === all.length - 1)) {
        event.preventDefault();
        all[event.shiftKey ? all.length - 1 : 0].focus();
      }
    }
  };
  return html`<button type="button" class="veil" tabindex="-1" aria-hidden="true" onClick=${onClose}></button>
    <section class="sheet enter" role="dialog" aria-modal="true" aria-labelledby="sheet-head" ref=${el} onKeyDown=${key}>
      <div class="top"><h2 class="grow" id="sheet-head" tabindex="-1" ref=${head}>${title}</h2>
        <button type="button" class="tool" aria-label=${closeLabel} onClick=${onClose}><${Icon} id="u-close" size=${22} /></button></div>
      ${children}
    </section>`;
};
