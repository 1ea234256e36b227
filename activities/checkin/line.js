// A line between two ends: everybody moves their own dot and sees the others', until a host lets all of them stand still.
import { html, useEffect, useMemo, useRef, useState } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { asked, ends, pile, seen } from "./crowd.js";
import { stillSay } from "./gist.js";
import { dress, knows, useLater } from "./later.js";
import { fifths, side } from "./region.js";
import { Freeze, Tick, Why, useDrag } from "./still.js";

/* keys: s.* */
/** @typedef {any} Props what the shell hands to a kind */

dress();
const COLUMNS = 21, ROWS = 12, REST_MS = 450;

/** What stands at the two ends. @param {Props} props @returns {string[]} */
export const both = (props) => {
  const found = ends(asked(props)).ends;
  return found.length ? found : [props.t("line.first"), props.t("line.second")];
};

/** How they stand, in words. @param {Props} props @param {readonly any[]} dots */
export const spoken = (props, dots) => {
  const [one, two] = both(props);
  const [a, b, c, d, e] = fifths(dots);
  return props.t("line.spread", { one, two, a, b, c, d, e });
};

/** The pile over the line. The first end is where reading begins. @param {{props: Props, dots: readonly any[], mine?: number, rows?: number}} of */
export const Pile = ({ props, dots, mine = -1, rows = ROWS }) => {
  const { t } = props;
  const standing = dots.map((dot, i) => ({ ...dot, i })).filter(({ x, off }) => x >= 0 && !off);
  const lift = standing.findIndex(({ i }) => i === mine);
  const places = useMemo(() => pile(standing, COLUMNS, rows, lift), [dots, mine]);
  const high = Math.max(4, ...places.map(({ row }) => row + 1));
  const [one, two] = both(props);
  return html`<div class="ck-pile" role="img" aria-label=${standing.length ? spoken(props, standing) : t("dots.n", { count: 0 })} style=${{ "--rows": high }}>
      ${standing.map(({ i }, at) => html`<i key=${i} class=${i === mine ? "me" : `c${i % 4}`} style=${{ "--c": places[at].column, "--r": places[at].row }}></i>`)}</div>
    <p class="ck-ends" aria-hidden="true"><b><bdi>${one}</bdi></b><b><bdi>${two}</bdi></b></p>`;
};

/** My own dot: a slider, which goes by finger, mouse and keys. @param {{props: Props, at: number, mine: any, onRest: (x: number) => void, onMove: (x: number) => void}} of */
const Mine = ({ props, mine, onRest, onMove }) => {
  const { t } = props;
  const [x, put] = useState(mine ? mine.x : 50);
  const timer = useRef(/** @type {any} */ (0));
  const [one, two] = both(props);
  useEffect(() => { if (mine && !timer.current) put(mine.x); }, [mine && mine.x]);
  useEffect(() => () => clearTimeout(timer.current), []);
  /** It rests where it has not been moved for a moment. @param {number} to */
  const go = (to) => {
    put(to);
    onMove(to);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { timer.current = 0; onRest(to); }, REST_MS);
  };
  return html`<div class="ck-mine"><label class="hide" for="ck-at">${t("line.label", { one, two })}</label>
    <input id="ck-at" class=${mine ? "ck-range" : "ck-range still"} type="range" min="0" max="100" step="1" value=${x} aria-valuetext=${t(`s.${side(x)}`)}
      onInput=${(/** @type {any} */ event) => go(Number(event.currentTarget.value))} />
    ${mine ? null : html`<button type="button" class="btn" onClick=${() => { clearTimeout(timer.current); timer.current = 0; onRest(x); }}>${t("line.here")}</button>`}</div>`;
};

/** Who signed, and what a host can take off. @param {{props: Props}} of */
const Told = ({ props }) => {
  const { t, act, me, room, ended } = props;
  const host = me.role === "host" && !ended;
  const order = room.dots.map((/** @type {any} */ dot, /** @type {number} */ i) => ({ ...dot, i })).filter((/** @type {any} */ { x, off }) => x >= 0 && (host || !off))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => a.x - b.x || a.i - b.i);
  return html`<ul class="told">${order.map((/** @type {any} */ { i, x, name, off }) => html`<li key=${i} class=${off ? "row soft" : "row"}>
    <span class="grow">${t("item", { word: name || t("dots.one"), n: t(`s.${side(x)}`) })}</span>
    ${host ? html`<button type="button" class="tool" aria-label=${off ? t("dots.unhide") : t("dots.hide")} onClick=${() => act("hide", { i, on: !off })}><${Icon} id=${off ? "u-eye" : "u-hide"} size=${20} /></button>` : null}</li>`)}</ul>`;
};

/** @param {{props: Props}} of */
const Form = ({ props: bare }) => {
  const props = useLater(bare);
  const { act, me, own, room, options, ended, lives } = bare;
  const hand = useDrag(bare);
  const still = room.phase === "still";
  const at = own && own.at !== undefined ? own.at : -1;
  const mine = at >= 0 && room.dots[at] && room.dots[at].x >= 0 ? room.dots[at] : null;
  const [named, sign] = useState(Boolean(mine && mine.name));
  const [here, stand] = useState(/** @type {number|null} */ (null));
  const [begun, begin] = useState(false);
  // What I have just done shows at once, also before the room knows that I have a dot.
  const all = useMemo(() => {
    const found = seen(room.dots, still ? {} : lives, me.id, at).map((dot, i) => (i === at && here !== null ? { ...dot, x: here } : dot));
    return begun && !mine && here !== null ? [...found, { x: here }] : found;
  }, [room.dots, lives, still, at, here, begun]);
  const place = mine ? at : begun && here !== null ? all.length - 1 : -1;
  useEffect(() => { stand(null); begin(false); }, [mine && mine.x, still]);
  if (!props) return html`<div class="body"><p role="status">${bare.t("page.waiting")}</p></div>`;
  const { t } = props;
  const dots = all.filter(({ x, off }) => x >= 0 && !off);
  const plays = !ended && me.role !== "screen";
  /** @param {number} x @param {boolean} [sure] */
  const rest = (x, sure = named) => {
    const pick = { x, named: Boolean(options.named && sure) };
    stand(x);
    begin(true);
    if (still) return act("drop", pick);
    act("move", pick, at >= 0 ? (/** @type {any} */ tree) => (tree.room.dots && tree.room.dots[at] ? [[`room/dots/${at}/x`, x]] : []) : undefined).then((/** @type {any} */ { outcome }) => { if (outcome !== "refused") hand.rest(); });
  };
  return html`<div class="body"><p role="status">${still ? t("still.lead") : mine ? t("move.in") : options.named ? t("move.named") : t("move.lead")}</p>
    <${Pile} props=${props} dots=${all} mine=${place} />
    ${plays && (!still || !mine) ? html`<${Mine} key=${still ? "still" : "move"} props=${props} mine=${mine} onRest=${rest} onMove=${(/** @type {number} */ x) => {
    stand(x);
    if (!still && mine) hand.drag({ i: at, x });
  }} />
      ${options.named ? html`<${Tick} t=${t} on=${named} onTick=${() => { sign(!named); if (mine) rest(mine.x, !named); }} />` : null}` : null}
    <p class="ck-list">${dots.length ? spoken(props, dots) : t("dots.n", { count: 0 })}</p>
    ${plays && mine ? html`<div class="row wrap"><button type="button" class="btn plain" onClick=${() => act("withdraw")}>${t("back")}</button></div>` : null}
    <${Why} props=${props} /><${Freeze} props=${props} />
    ${room.dots.length && (me.role === "host" || options.named) ? html`<details><summary>${t("list")}</summary><${Told} props=${props} /></details>` : null}</div>`;
};

/** @param {Props} props */
export const view = (props) => html`<${Form} props=${props} />`;

/** @param {Props} props */
export const head = (props) => {
  const t = knows(props.t, props.lang);
  return ends(asked(props)).head || (t ? t("ask.line") : props.t("page.waiting"));
};

/** @param {Props} props @param {Props|null} before */
export const say = (props, before) => {
  const t = knows(props.t, props.lang);
  return t && before ? stillSay(props, before, t) : "";
};
