// What can be done with a link or a text: hand it to another app, or copy it. Where the page may do neither, it is marked by hand.
import { html, signal } from "../ui.js";
import { copyText } from "../parts/copy.js";
import { Icon } from "../parts/icon.js";
import { t } from "./tongue.js";

/** The text that was copied last, and whether that went well. @type {import("../ui.js").Signal<{text: string, done: boolean}>} */
const copied = signal({ text: "", done: false });

/** Can this page hand something to another app? Not over plain http. */
export const canShare = () => Boolean(/** @type {any} */ (navigator).share);

/** @param {{text: string, word: string, first?: boolean, onDone?: () => void}} of `first`: nothing else is nearer at hand */
export const Copy = ({ text, word, first = false, onDone = () => {} }) => {
  const copy = () => copyText(text).then((done) => {
    copied.value = { text, done };
    if (done) onDone();
  });
  return html`<button type="button" class=${first ? "btn ink2" : "btn plain"} onClick=${copy}><${Icon} id="u-copy" /> ${word}</button>`;
};

/** @param {{text: string, title: string, word: string, onDone?: () => void}} of */
export const Share = ({ text, title, word, onDone = () => {} }) => (canShare() ? html`<button type="button"
  class="btn ink2" onClick=${() => navigator.share && navigator.share({ title, text }).then(onDone, () => {})}>
  <${Icon} id="u-share" /> ${word}</button>` : null);

/** How the copying went, said and shown, if it was one of these. @param {{of: {[text: string]: string}}} props text to sentence */
export const Copied = ({ of }) => {
  const { text, done } = copied.value;
  return html`<p class="small" role="status">${of[text] ? (done ? of[text] : t("made.copy.failed")) : ""}</p>`;
};

/** A link to be read and marked. @param {{link: string}} of */
export const Address = ({ link }) => html`<code class="link" dir="ltr" translate="no" tabindex="0">${link}</code>`;
