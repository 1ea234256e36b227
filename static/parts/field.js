// A labelled line or box of text. It never cuts what was typed: when there is too much, it says so and keeps it.
import { html } from "../ui.js";

/* keys: refused.too_long */
/** @typedef {(key: string, args?: Record<string, unknown>) => string} T */

/** Length as the server counts it: code points of the composed, trimmed text. @param {string} text */
export const points = (text) => [...text.normalize("NFC").trim()].length;

/** @param {string} text @param {number} max */
export const fits = (text, max) => points(text) <= max;

/**
 * @param {{id: string, label: string, value: string, max: number, t: T, onInput: (text: string) => void, onEnter?: () => void,
 *   lines?: number, placeholder?: string, hint?: string, hidden?: boolean}} props `hidden`: the label is for the ear only
 */
export const Field = ({ id, label, value, max, t, onInput, onEnter, lines = 1, placeholder = "", hint = "", hidden = false }) => {
  const over = !fits(value, max);
  const note = over ? t("refused.too_long", { max }) : hint;
  const shared = {
    id, class: "field", dir: "auto", value, placeholder, autocomplete: "off", "aria-invalid": over ? "true" : null,
    "aria-describedby": note ? `${id}-note` : null,
    onInput: (/** @type {{currentTarget: HTMLInputElement}} */ event) => onInput(event.currentTarget.value),
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.isComposing || lines > 1 || !onEnter) return;
      event.preventDefault();
      onEnter();
    },
  };
  return html`<div class="grow">
    <label for=${id} class=${hidden ? "hide" : null}>${label}</label>
    ${lines > 1 ? html`<textarea ...${shared} rows=${lines}></textarea>` : html`<input type="text" enterkeyhint="send" ...${shared} />`}
    <p class="small" id=${`${id}-note`} role=${over ? "status" : null}>${note}</p>
  </div>`;
};
