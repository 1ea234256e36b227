// The modes of the canvas that have no paper for all: sheets of one's own, then the wall; or a map. Fetched when one is opened.
import { html } from "../../static/ui.js";
import { dress, late } from "../../static/parts/late.js";
import { Sheet } from "./sheets.js";
import { modeOf } from "./shown.js";

const waiting = (/** @type {any} */ { t }) => html`<div class="body"><p role="status">${t("page.waiting")}</p></div>`;
const wall = () => import("./gallery.js");
const Wall = late(() => wall().then((module) => module.Wall), waiting);
const Allies = late(() => import("./map.js").then((module) => module.Allies), waiting);

/** How all of them look. */
export const dressed = dress(new URL("./modes.css", import.meta.url).href);

/** @param {any} props */
export const Modes = (props) => (modeOf(props) === "map" ? html`<${Allies} ...${props} />`
  : props.room.phase === "shown" ? html`<${Wall} ...${props} />` : html`<${Sheet} ...${props} ahead=${wall} />`);
