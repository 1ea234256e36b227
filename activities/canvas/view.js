// What a canvas can be: the drawing everyone shares, sheets of one's own, a map. Each is fetched when it is opened, and goes without the others.
import { html, signal } from "../../static/ui.js";

/* keys: harvest.* refused.board_full refused.locked refused.put_away refused.bad_points refused.hidden_full */
/* keys: ask.* refused.sheet_full refused.gallery_full refused.hung refused.no_piece refused.no_door refused.map_full refused.enough */
/* keys: refused.no_bubble refused.not_mine */
/* keys: keys.* place.* sheet.inks sheet.stamps sheet.more sheet.list */

const AGAIN_MS = 3000;
/** So long after the first picture of a canvas the shared paper is there as well, whatever was opened: it is what rooms open most. */
const AHEAD_MS = 6000;

/** What a sheet, a wall and a map take beside what all of them do. @type {{[what: string]: () => Promise<any>[]}} */
const BESIDE = {
  own: () => [import("../../static/parts/sketch.js"), import("../../static/parts/drawn.js"), import("../../static/parts/drawing.js").then((m) => m.looks())],
  shown: () => [import("./gallery.js"), import("../../static/parts/drawn.js"), import("../../static/parts/sheet.js")],
  map: () => [import("./map.js"), import("./stamps.js"), import("./twin.js"), import("../../static/parts/sheet.js")],
};
const styled = () => import("../../static/parts/late.js").then(({ dress }) => dress(new URL("./modes.css", import.meta.url).href));
/** All of it side by side: one after the other would be as many waits. @param {string} what */
const modes = (what) => Promise.all([import("./modes.js"), styled(),
  Promise.all([...BESIDE[what](), import("../../static/parts/stroke.js")]).catch(() => {})]).then(([module]) => module);
/** @type {{[name: string]: () => Promise<any>}} */
const files = { paper: () => import("./paper.js"), doors: () => Promise.all([import("./doors.js"), styled()]), map: () => modes("map"), shown: () => modes("shown"), own: () => modes("own") };

const parts = signal(/** @type {{[name: string]: any}} */ ({}));
/** @type {Set<string>} */
const asked = new Set();
/** A part, once it is here; what did not come is asked for again. @param {string} name */
const part = (name) => {
  if (!asked.has(name)) {
    asked.add(name);
    files[name]().then((found) => { parts.value = { ...parts.value, [name]: found }; }, () => setTimeout(() => {
      asked.delete(name);
      parts.value = { ...parts.value };
    }, AGAIN_MS));
  }
  return parts.value[name];
};
if (typeof document !== "undefined") setTimeout(() => part("paper"), AHEAD_MS);

/** @param {any} props */
const modeOf = ({ options }) => (options && options.mode) || "shared";

/** @param {any} props */
const Canvas = (props) => {
  const { room, t } = props;
  const what = room.marks ? "paper" : modeOf(props) === "map" ? "map" : room.phase === "shown" ? "shown" : "own";
  // From a sheet to the wall the page goes on: all but the paper is the same part with other things beside it.
  const { Canvas: Paper, Modes } = part(what) || (!room.marks && (parts.value.own || parts.value.shown)) || {};
  return room.marks && Paper ? html`<${Paper} ...${props} />` : Modes ? html`<${Modes} ...${props} />` : html`<div class="body"><p role="status">${t("page.waiting")}</p></div>`;
};

/** What this mode takes first. @param {any} options */
const ahead = (options) => {
  const mode = modeOf({ options });
  part(mode === "map" ? "map" : mode === "shared" || mode === "doors" ? "paper" : "own");
  if (mode === "doors") part("doors");
};

/** @param {any} props */
const view = (props) => html`<${Canvas} ...${props} />`;

/** @param {any} props */
const head = ({ t, options, card, room }) => {
  const mode = modeOf({ options });
  if (room.phase === "shown") return null;
  return options.text || (card && (card.prompt || card.title)) || t(mode === "shared" ? "kind.canvas" : `ask.${mode}`);
};

/** @param {any} props @param {any} before */
const said = (props, before) => {
  const { room, t } = props;
  const was = before && (before.room || before);
  if (room.marks) return was && was.tour !== room.tour ? t(room.tour < 0 ? "tour.over" : "tour.at", { n: room.tour + 1 }) : parts.peek().paper ? parts.peek().paper.say(props, before) : "";
  if (!was || was === room) return "";
  if (room.bubbles) return room.bubbles.length > (was.bubbles || []).length ? t("say.map", { name: room.bubbles[room.bubbles.length - 1].name }) : "";
  if (room.phase !== was.phase) return room.phase === "shown" ? t("say.wall", { pieces: t("pieces", { count: room.gallery.length }) }) : t("say.part");
  return room.phase === "collect" && room.count > was.count ? t("sheets", { count: room.count }) : "";
};

export default { id: "canvas", head, view, say: said, ahead, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
