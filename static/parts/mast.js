// The masthead: what this is in small, how much time is left, the one big line, and the emblem of the kind in cream.
import { html } from "../ui.js";
import { Icon } from "./icon.js";

/** @typedef {import("../ui.js").Child} Child */

/** Titles that would fill the screen in big type are set a step smaller. @param {string} title */
export const longTitle = (title) => [...title].length > 34;
/** Those of three lines and more on a small phone, which leave no place there for what one does. @param {string} title */
export const titleSize = (title) => (longTitle(title) ? "long" : [...title].length > 24 ? "middle" : null);

/** The name of what is on; with `onTag` it opens something. @param {{tag: string, onTag: (() => void)|null}} props */
const Tag = ({ tag, onTag }) => html`<b class="grow">${onTag ? html`<button type="button" class="tag" aria-haspopup="dialog" onClick=${onTag}>
  <${Icon} id="u-list" size=${18} /><bdi>${tag}</bdi></button>` : html`<bdi>${tag}</bdi>`}</b>`;

/** @param {{kind: string, tag: string, title: string, tape?: Child, id?: string, onTag?: (() => void)|null}} props */
export const Mast = ({ kind, tag, title, tape = null, id = "head", onTag = null }) => html`
  <header class="mast">
    <p class="row small"><${Tag} tag=${tag} onTag=${onTag} />${tape}</p>
    <h1 id=${id} tabindex="-1" class=${titleSize(title)} dir="auto">${title}</h1>
    ${kind === "room" ? null : html`<${Icon} id=${`k-${kind}`} size=${68} />`}
  </header>`;

/** In place of the masthead where the picture itself is the top of the page. @param {{tag: string, tape?: Child, onTag?: (() => void)|null}} props */
export const TopLine = ({ tag, tape = null, onTag = null }) => html`<p class="row small topline"><${Tag} tag=${tag} onTag=${onTag} />${tape}</p>`;
