// The masthead: what this is in small, how much time is left, the one big line, and the emblem of the kind in cream.
import { html } from "../ui.js";
import { Icon } from "./icon.js";

/** @typedef {import("../ui.js").Child} Child */

/** Titles that would fill the screen in big type are set a step smaller. @param {string} title */
export const longTitle = (title) => [...title].length > 34;

/** @param {{kind: string, tag: string, title: string, tape?: Child, id?: string}} props */
export const Mast = ({ kind, tag, title, tape = null, id = "head" }) => html`
  <header class="mast">
    <p class="row small"><b class="grow"><bdi>${tag}</bdi></b>${tape}</p>
    <h1 id=${id} tabindex="-1" class=${longTitle(title) ? "long" : null} dir="auto">${title}</h1>
    ${kind === "room" ? null : html`<${Icon} id=${`k-${kind}`} size=${68} />`}
  </header>`;

/** In place of the masthead where the picture itself is the top of the page. @param {{tag: string, tape?: Child}} props */
export const TopLine = ({ tag, tape = null }) => html`<p class="row small topline"><b class="grow"><bdi>${tag}</bdi></b>${tape}</p>`;
