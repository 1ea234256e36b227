// The canvas on a big screen: the paper of all as it is; while sheets are private what is asked; then the wall, page after page.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Drawing } from "../../static/parts/drawing.js";
import { Picture as Piece } from "./gallery.js";
import { bubbles, Legend, Picture as Map, ties } from "./map.js";
import { dressed } from "./modes.js";
import { most, paged } from "./pages.js";
import { across, ground, hanging, modeOf, mural, yearOf } from "./shown.js";
import kind from "./view.js";

/* keys: lead.* wall.* */
const TURN_MS = 10000;

/** As wide as a picture of this shape can be where it stands. @param {number} shape width by height @returns {[el: {current: any}, width: number]} */
const useFit = (shape) => {
  const el = useRef(/** @type {HTMLElement | null} */ (null));
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    const box = el.current;
    if (!box) return undefined;
    const measure = () => set(Math.floor(Math.min(box.clientWidth, box.clientHeight * shape)));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, [shape]);
  return [el, width];
};

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
  return html`<div class="far-cv"><div class="far-asks">${shown.length ? html`<div class=${`far-ground n${shown.length}`}>${shown.map((tile) => html`<${Drawing} key=${tile} marks=${[]} under=${ground(mode, room, tile)} label="" />`)}</div>` : null}
    <p class="far-lead">${lead}</p></div>${room.clock ? html`<p class="far-clock"><${ClockTape} clock=${room.clock} now=${now} t=${t} /></p>` : null}
    <p class="big far-count">${t("sheets", { count: room.count || 0 })}</p></div>`;
};

/** All tiles as one picture. @param {{all: any[], room: any}} of */
const Mural = ({ all, room }) => {
  const tiles = mural(all), columns = across(all.length);
  const [el, width] = useFit((columns * 4) / (Math.ceil(tiles.length / columns) * 3));
  return html`<div class="far-fit" ref=${el}><div class="far-mural" style=${{ "--columns": columns, width: `${width}px` }}>${tiles.map((piece, i) => html`<${Drawing} key=${i} marks=${piece.marks} under=${ground("tiles", room, piece.tile)} label="" />`)}</div></div>`;
};

/** @param {any} props */
const Shown = (props) => {
  const { t, room, wide, now } = props;
  const mode = modeOf(props);
  const all = hanging(room);
  const line = innerWidth * 2 < innerHeight * 3 ? 14 : 22;
  const pages = mode === "tiles" ? [all] : paged(all, mode, line, wide);
  const at = useTurn(pages.length);
  const below = most(pages[at] || [], line);
  const title = html`<h1 class="far-title" id="head">${t(mode === "tiles" || mode === "parts" ? `wall.${mode}` : "wall")} <small>${t("pieces", { count: all.length })}</small></h1>`;
  if (!all.length) return html`<div class="far-cv">${title}<p class="far-lead">${t("wall.none")}</p></div>`;
  if (mode === "tiles") return html`<div class="far-cv">${title}<${Mural} all=${all} room=${room} /></div>`;
  return html`<div class="far-cv">${title}<div class=${`far-wall far-${mode === "parts" ? "parade" : below ? "told" : "plain"}${below > 2 ? " far-few" : ""}`} style=${{ "--most": below }} key=${at}>${pages[at].map((piece) => html`<div key=${piece.i} class="far-piece">
    <${Piece} piece=${piece} props=${props} label="" />${piece.text ? html`<p dir="auto">${piece.text}</p>` : null}
    ${piece.year ? html`<p>${t("year", { count: piece.year, year: String(yearOf(piece.year, now())) })}</p>` : null}${piece.name ? html`<p><bdi translate="no">${piece.name}</bdi></p>` : null}</div>`)}</div></div>`;
};

/** Letters of the map, in hundredths of the screen's shorter side. */
const LETTER = 4.2;

/** The map, as large as it goes. @param {{all: any[], props: any}} of */
const Large = ({ all, props: { t, room } }) => {
  const [el, width] = useFit(4 / 3);
  const size = Math.ceil((LETTER * Math.min(innerWidth, innerHeight) * 100) / Math.max(1, width));
  return html`<div class="far-fit" ref=${el}><div class="cv-map" style=${{ width: `${width}px` }}>${width ? html`<${Map} all=${all} lines=${ties(room, all)} label=${`${t("map")}: ${t("map.told", { count: all.length })}`} size=${size} />` : null}</div></div>`;
};

/** @param {any} props */
const Allies = (props) => {
  const { t, room } = props;
  const all = bubbles(room);
  return html`<div class="far-cv far-map"><h1 class="far-title" id="head" dir="auto">${/** @type {any} */ (kind).head(props)}</h1>
    ${all.length ? html`<div class="far-two"><${Large} all=${all} props=${props} /><${Legend} t=${t} /></div>`
    : html`<p class="far-lead">${t("map.empty")}</p>`}</div>`;
};

/** A map takes the whole page, as what is shown does. @param {any} props */
export const head = (props) => (props.room.bubbles ? null : /** @type {any} */ (kind).head(props));

/** Kept so that its style is asked for. */
export const looks = dressed;

/** @param {any} props */
export default (props) => (props.room.marks ? /** @type {any} */ (kind).view(props) : props.room.bubbles ? html`<${Allies} ...${props} />`
  : props.room.phase === "shown" ? html`<${Shown} ...${props} />` : html`<${Collect} ...${props} />`);
