// The canvas on a big screen: the paper of all as it is; while sheets are private what is asked; then the wall, page after page.
import { html, useEffect, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Drawing } from "../../static/parts/drawing.js";
import { Picture as Piece } from "./gallery.js";
import { bubbles, Legend, Picture as Map, ties } from "./map.js";
import { dressed } from "./modes.js";
import { across, ground, hanging, modeOf, mural, yearOf } from "./shown.js";
import kind from "./view.js";

/* keys: lead.* wall.* */
const TURN_MS = 10000;
/** How many pieces stand side by side: fewer where there are words to read. */
export const many = (/** @type {string} */ mode, /** @type {boolean} */ words, /** @type {boolean} */ wide) => (words ? (wide ? 2 : 1) : mode === "parts" ? (wide ? 5 : 3) : wide ? 8 : 6);

/** @param {number} pages */
const useTurn = (pages) => {
  const [at, go] = useState(0);
  useEffect(() => {
    if (pages < 2) return undefined;
    const timer = setInterval(() => go((n) => n + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [pages]);
  return at % Math.max(1, pages);
};

/** @param {any} props */
const Collect = (props) => {
  const { t, room, now } = props;
  const mode = modeOf(props);
  const shown = mode === "squiggle" ? [0] : mode === "tiles" ? [0, 1, 2, 3, 4, 5] : [];
  const lead = t(mode === "parts" ? "gather" : `lead.${mode}`);
  return html`<div class="far-cv">${shown.length ? html`<div class=${`far-ground n${shown.length}`}>${shown.map((tile) => html`<${Drawing} key=${tile} marks=${[]} under=${ground(mode, room, tile)} label="" />`)}</div>` : null}
    <p class="far-lead">${lead}</p>${room.clock ? html`<p class="far-clock"><${ClockTape} clock=${room.clock} now=${now} t=${t} /></p>` : null}
    <p class="big far-count">${t("sheets", { count: room.count || 0 })}</p></div>`;
};

/** @param {any} props */
const Shown = (props) => {
  const { t, room, wide, now } = props;
  const mode = modeOf(props);
  const all = hanging(room);
  const words = all.some(({ text }) => text);
  const each = many(mode, words, wide);
  const at = useTurn(mode === "tiles" ? 1 : Math.ceil(all.length / each));
  const title = html`<h1 class="far-title" id="head">${t(mode === "tiles" || mode === "parts" ? `wall.${mode}` : "wall")} <small>${t("pieces", { count: all.length })}</small></h1>`;
  if (!all.length) return html`<div class="far-cv">${title}<p class="far-lead">${t("wall.none")}</p></div>`;
  if (mode === "tiles") {
    const tiles = mural(all), columns = across(all.length);
    return html`<div class="far-cv">${title}<div class="far-mural" style=${{ "--columns": columns, "--rows": Math.ceil(tiles.length / columns) }}>${tiles.map((piece, i) => html`<${Drawing} key=${i} marks=${piece.marks} under=${ground(mode, room, piece.tile)} label="" />`)}</div></div>`;
  }
  return html`<div class="far-cv">${title}<div class=${`far-wall far-${mode === "parts" ? "parade" : words ? "told" : "plain"}`} key=${at}>${all.slice(at * each, at * each + each).map((piece) => html`<div key=${piece.i} class="far-piece">
    <${Piece} piece=${piece} props=${props} label="" />${piece.text ? html`<p dir="auto">${piece.text}</p>` : null}
    ${piece.year ? html`<p>${t("year", { count: piece.year, year: String(yearOf(piece.year, now())) })}</p>` : null}${piece.name ? html`<p><bdi translate="no">${piece.name}</bdi></p>` : null}</div>`)}</div></div>`;
};

/** @param {any} props */
const Allies = (props) => {
  const { t, room } = props;
  const all = bubbles(room);
  if (!all.length) return html`<div class="far-cv"><p class="far-lead">${t("map.empty")}</p></div>`;
  return html`<div class="far-cv far-map"><div class="cv-map"><${Map} all=${all} lines=${ties(room, all)} label=${`${t("map")}: ${t("map.told", { count: all.length })}`} size=${480} /></div><${Legend} t=${t} /></div>`;
};

/** Kept so that its style is asked for. */
export const looks = dressed;

/** @param {any} props */
export default (props) => (props.room.marks ? /** @type {any} */ (kind).view(props) : props.room.bubbles ? html`<${Allies} ...${props} />`
  : props.room.phase === "shown" ? html`<${Shown} ...${props} />` : html`<${Collect} ...${props} />`);
