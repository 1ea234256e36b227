// Where we stand: one dot each on a drawn picture, moved by finger, mouse and keys; held until the host shows it, or seen by all as it moves.
import { html, useEffect, useMemo, useRef, useState } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { asked, seen, spread } from "./crowd.js";
import { standing, stillSay } from "./gist.js";
import { dress, knows, useLater } from "./later.js";
import { REGIONS, middle, region, told } from "./region.js";
import { DotShape, SHAPES, useNight } from "./shapes.js";
import { Freeze, Tick, Why, useDrag } from "./still.js";

/* keys: r.* */
/** @typedef {any} Props what the shell hands to a kind */
/** @typedef {{x: number, y: number}} Spot */

dress();
const STEP = 4, REST_MS = 450;

/** How large dots are where there are so many, and how far apart they are put. @param {number} n */
export const sized = (n) => (n > 60 ? { size: 0.72, apart: 4.4 } : n > 30 ? { size: 0.86, apart: 5.2 } : { size: 1.05, apart: 6.4 });

/** @param {Props} props */
const shapeOf = ({ room, options }) => (SHAPES[room.shape] ? room.shape : SHAPES[options.shape] ? options.shape : "sea");

/** What is on the picture, in words. @param {Props} props @param {readonly any[]} dots */
export const list = (props, dots) => told(shapeOf(props), dots).map(([name, n]) => props.t("item", { word: props.t(`r.${shapeOf(props)}.${name}`), n })).join(props.t("list.sep"));

/** The same as a sentence of its own. @param {Props} props @param {readonly any[]} dots */
export const sentence = (props, dots) => {
  const [first = "", ...rest] = list(props, dots);
  return first.toLocaleUpperCase(props.lang) + rest.join("");
};

/** The picture with its dots. @param {{props: Props, dots: readonly any[], mine?: number, spot?: Spot|null, label: string, drawn?: any, go?: boolean, names?: boolean}} of
 * `mine`: my place among them; `spot`: where my dot is on this page before it is anywhere else */
export const Scene = ({ props, dots, mine = -1, spot = null, label, drawn, go = false, names = false }) => {
  const night = useNight();
  const { size, apart } = sized(dots.length);
  const places = useMemo(() => spread(dots, apart, mine), [dots, mine]);
  const order = dots.map((_, i) => i).filter((i) => dots[i].x >= 0).sort((a, b) => Number(a === mine) - Number(b === mine));
  return html`<svg class="ck-scene" viewBox="0 0 400 400" role="img" aria-label=${label} ref=${drawn}>${SHAPES[shapeOf(props)](night)}
    ${order.map((i) => html`<${DotShape} key=${i} i=${i} ...${i === mine && spot ? spot : places[i]} mine=${i === mine} size=${size} go=${go && i !== mine} />`)}
    ${spot && mine < 0 ? html`<${DotShape} key="me" i=${0} ...${spot} mine=${true} size=${size} />` : null}
    ${names ? order.filter((i) => dots[i].name).map((i) => html`<text key=${`n${i}`} class="ck-name" x=${Math.max(40, Math.min(360, places[i].x * 4))} y=${places[i].y < 9 ? places[i].y * 4 + 27 : places[i].y * 4 - 16} text-anchor="middle" font-size="14" font-weight="700">${dots[i].name}</text>`) : null}</svg>`;
};

/** Where on the picture a finger is. @param {any} event @param {HTMLElement} el @returns {Spot} */
const spotOf = (event, el) => {
  const { left, top, width, height } = el.getBoundingClientRect();
  const part = (/** @type {number} */ at) => Math.max(0, Math.min(100, Math.round(100 * at)));
  return { x: part((event.clientX - left) / width), y: part((event.clientY - top) / height) };
};

/**
 * A picture on which I have a dot: a tap puts it down, a finger on it drags it, arrow keys move it. @param {{props: Props, dots: readonly any[], mine: number,
 *   first: Spot|null, live: boolean, onRest: (spot: Spot) => void, onMove?: (spot: Spot) => void, label: string}} of `first`: where it lies;
 *   `live`: it is seen as it moves, so it rests by itself; else Enter or the finger puts it down
 */
const Field = ({ props, dots, mine, first, live, onRest, onMove, label }) => {
  const { t } = props;
  const el = useRef(/** @type {HTMLElement|null} */ (null));
  const [spot, put] = useState(first);
  const [loose, set] = useState(false);
  const timer = useRef(/** @type {any} */ (0));
  const held = useRef(false);
  const now = useRef(spot);
  useEffect(() => { if (!loose && !held.current) { now.current = first; put(first); } }, [first && first.x, first && first.y]);
  useEffect(() => () => clearTimeout(timer.current), []);
  /** @param {Spot} next @param {boolean} rests */
  const to = (next, rests) => {
    now.current = next;
    put(next);
    clearTimeout(timer.current);
    set(!rests);
    if (rests) return onRest(next);
    if (onMove) onMove(next);
    if (live && !held.current) timer.current = setTimeout(() => { set(false); onRest(next); }, REST_MS);
  };
  /** @param {any} event */
  const down = (event) => {
    if (event.button) return;
    event.preventDefault();
    event.currentTarget.focus();
    held.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  /** @param {any} event */
  const drag = (event) => { if (held.current && el.current) to(spotOf(event, el.current), false); };
  const up = () => {
    if (!held.current) return;
    held.current = false;
    if (now.current) to(now.current, true);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    /** @type {{[key: string]: [number, number]}} */
    const steps = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const step = steps[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || (!step && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    const at = now.current || { x: 50, y: 50 };
    if (!step) return to(at, true);
    const within = (/** @type {number} */ n) => Math.max(0, Math.min(100, n));
    to(now.current ? { x: within(at.x + step[0]), y: within(at.y + step[1]) } : at, false);
  };
  const shape = shapeOf(props);
  const where = spot ? t("dots.at", { where: t(`r.${shape}.${region(shape, spot.x, spot.y)}`) }) : t("dots.nowhere");
  return html`<div class="ck-field" ref=${el}>
      <div class="ck-tap" onClick=${(/** @type {any} */ event) => { if (el.current) to(spotOf(event, el.current), true); }}>
        <${Scene} props=${props} dots=${dots} mine=${mine} spot=${spot} label=${label} go=${live && !props.light} names=${props.options.named && dots.length <= 14} /></div>
      <span class=${spot ? "ck-me" : "ck-me none"} role="slider" tabindex="0" aria-label=${t("dots.label")} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${spot ? spot.x : 50} aria-valuetext=${where}
        style=${{ "--x": `${spot ? spot.x : 50}%`, "--y": `${spot ? spot.y : 50}%` }} onPointerDown=${down} onPointerMove=${drag} onPointerUp=${up} onPointerCancel=${up} onKeyDown=${key}></span></div>
    <p class="small">${where}</p>
    ${loose && !live ? html`<button type="button" class="btn" onClick=${() => spot && to(spot, true)}>${t("dots.here")}</button>` : null}
    <details><summary>${t("dots.words")}</summary><p class="small">${t("dots.where")}</p><div class="row wrap" role="group" aria-label=${t("dots.where")}>${REGIONS[shape].map(([name]) => html`
      <button key=${name} type="button" class="btn plain" aria-pressed=${spot && region(shape, spot.x, spot.y) === name ? "true" : "false"} onClick=${() => to(middle(shape, name), true)}>${t(`r.${shape}.${name}`)}</button>`)}</div></details>`;
};

/** Every dot in words; a host can take one off. @param {{props: Props}} of */
const Told = ({ props }) => {
  const { t, act, me, room, ended } = props;
  const shape = shapeOf(props);
  const host = me.role === "host" && !ended;
  return html`<ul class="told">${(room.dots || []).map((/** @type {any} */ dot, /** @type {number} */ i) => (dot.x < 0 || (dot.off && !host) ? null : html`
    <li key=${i} class=${dot.off ? "row soft" : "row"}><span class="grow">${t("item", { word: dot.name || t("dots.one"), n: t(`r.${shape}.${region(shape, dot.x, dot.y)}`) })}</span>
      ${host && html`<button type="button" class="tool" aria-label=${dot.off ? t("dots.unhide") : t("dots.hide")} onClick=${() => act("hide", { i, on: !dot.off })}><${Icon} id=${dot.off ? "u-eye" : "u-hide"} size=${20} /></button>`}</li>`))}</ul>`;
};

/** Held: nobody sees it yet. @param {{props: Props}} of */
const Collect = ({ props }) => {
  const { t, act, me, own, room, options, ended } = props;
  const [passed, pass] = useState(false);
  const [named, sign] = useState(Boolean(own && own.pick && own.pick.named));
  const mine = own && own.pick;
  const guess = (/** @type {any} */ pick) => () => [pick ? [`own/${me.id}/pick`, pick] : [`own/${me.id}/pick`]];
  /** @param {Spot} at @param {boolean} [sure] */
  const place = ({ x, y }, sure = named) => {
    pass(false);
    const pick = { x, y, named: Boolean(options.named && sure) };
    act("place", pick, guess(pick));
  };
  const tick = () => {
    sign(!named);
    if (mine) place(mine, !named);
  };
  if (ended) return html`<div class="body"><p>${t("dots.closed")}</p></div>`;
  return html`<div class="body"><p role="status">${mine ? t("dots.in") : passed ? t("passed") : options.named ? t("lead.named") : t("dots.lead")}</p>
    ${me.role === "screen" ? null : html`<${Field} props=${props} dots=${[]} mine=${-1} first=${mine || null} live=${false} onRest=${place} label=${t("dots.where")} />
      ${options.named ? html`<${Tick} t=${t} on=${named} onTick=${tick} />` : null}
      <div class="row wrap">${mine ? html`<button type="button" class="btn plain" onClick=${() => act("withdraw", {}, guess(null))}>${t("back")}</button>`
    : passed ? null : html`<button type="button" class="btn plain" onClick=${() => { pass(true); act("pass_", {}, guess(null)); }}>${t("pass")}</button>`}</div>`}
    <p class="small soft">${t("come", { count: room.count || 0 })}</p>
    ${me.role === "host" && html`<button type="button" class="btn xl ink2" onClick=${() => act("show")}>${t("dots.show")}</button>`}</div>`;
};

/** Fetched when there is a picture to keep. */
const files = () => import("../../static/parts/keep.js");

/** All of it, shown; who comes late puts a dot to it. @param {{props: Props}} of */
const Shown = ({ props }) => {
  const { t, act, me, own, options, ended, hold } = props;
  const [late, setLate] = useState(false);
  const [spot, put] = useState(/** @type {Spot|null} */ (null));
  const [named, sign] = useState(false);
  const [failed, fail] = useState(false);
  const drawn = useRef(/** @type {SVGSVGElement|null} */ (null));
  const dots = useMemo(() => standing(props), [props.room.dots]);
  const mine = own && own.added !== undefined;
  const plays = !ended && me.role !== "screen";
  const label = t("dots.alt", { count: dots.length, list: list(props, dots) });
  useEffect(() => { if (hold) hold(late && spot && !mine ? { name: "drop", args: { ...spot, named }, words: t(`r.${shapeOf(props)}.${region(shapeOf(props), spot.x, spot.y)}`) } : null); }, [late, spot, named, mine]);
  const send = () => {
    if (!spot) return;
    setLate(false);
    act("drop", { ...spot, named });
  };
  /** @param {"png" | "svg"} form */
  const save = (form) => files().then(({ keepPicture }) => drawn.current && keepPicture(drawn.current, t("dots.file"), form)).then(() => fail(false), () => fail(true));
  return html`<div class="body">${late && !mine && plays ? html`<p role="status">${t("dots.late")}</p><${Field} props=${props} dots=${dots} mine=${-1} first=${null} live=${true} onRest=${put} label=${label} />
      ${options.named ? html`<${Tick} t=${t} on=${named} onTick=${() => sign(!named)} />` : null}
      <div class="row wrap"><button type="button" class="btn" disabled=${!spot} onClick=${send}>${t("dots.here")}</button></div>`
    : html`<div class="ck-field"><${Scene} props=${props} dots=${dots} label=${label} drawn=${drawn} names=${dots.length <= 14} /></div>`}
    <h2 tabindex="-1">${dots.length ? t("dots.shown") : t("empty")}</h2>
    ${dots.length ? html`<p class="ck-list">${sentence(props, dots)}</p><p>${t("dots.welcome")} ${options.named ? "" : t("dots.free")}</p>` : null}
    ${dots.length ? html`<div class="row wrap"><button type="button" class="btn plain" onClick=${() => save("png")}>${t("keep")}</button><button type="button" class="btn plain" onClick=${() => save("svg")}>${t("print")}</button></div>` : null}
    ${failed && html`<p role="status">${t("end.copy.failed")}</p>`}
    ${!plays || late ? null : mine ? html`<p class="row wrap"><span>${t("dots.added")}</span><button type="button" class="btn plain" onClick=${() => act("withdraw")}>${t("back")}</button></p>`
    : html`<button type="button" class="btn plain" onClick=${() => setLate(true)}>${t("add")}</button>`}
    ${(props.room.dots || []).length ? html`<details><summary>${t("list")}</summary><${Told} props=${props} /></details>` : null}</div>`;
};

/** Seen by all as it moves. @param {{props: Props}} of */
const Live = ({ props }) => {
  const { t, act, me, own, room, options, ended, lives } = props;
  const hand = useDrag(props);
  const still = room.phase === "still";
  const at = own && own.at !== undefined ? own.at : -1;
  const [named, sign] = useState(Boolean(at >= 0 && (room.dots[at] || {}).name));
  const all = useMemo(() => seen(room.dots, still ? {} : lives, me.id, at), [room.dots, lives, still, at]);
  const shown = useMemo(() => all.map((dot) => (dot.off ? { ...dot, x: -1 } : dot)), [all]);
  const dots = shown.filter(({ x }) => x >= 0);
  const mine = at >= 0 && room.dots[at] && room.dots[at].x >= 0 ? room.dots[at] : null;
  const label = t("dots.alt", { count: dots.length, list: list(props, dots) });
  const plays = !ended && me.role !== "screen";
  /** @param {Spot} to @param {boolean} [sure] */
  const rest = ({ x, y }, sure = named) => {
    const pick = { x, y, named: Boolean(options.named && sure) };
    if (still) return act("drop", pick);
    act("move", pick, at >= 0 ? (/** @type {any} */ tree) => (tree.room.dots && tree.room.dots[at] ? [[`room/dots/${at}/x`, x], [`room/dots/${at}/y`, y]] : []) : undefined).then((/** @type {any} */ { outcome }) => { if (outcome !== "refused") hand.rest(); });
  };
  return html`<div class="body"><p role="status">${still ? t("still.lead") : mine ? t("move.in") : options.named ? t("move.named") : t("move.lead")}</p>
    ${plays && (!still || !mine) ? html`<${Field} key=${still ? "still" : "move"} props=${props} dots=${shown} mine=${mine ? at : -1} first=${mine} live=${!still} onRest=${rest}
        onMove=${still ? undefined : (/** @type {Spot} */ { x, y }) => hand.drag({ i: at, x, y })} label=${label} />${options.named ? html`<${Tick} t=${t} on=${named} onTick=${() => { sign(!named); if (mine) rest(mine, !named); }} />` : null}`
    : html`<div class="ck-field"><${Scene} props=${props} dots=${shown} mine=${mine ? at : -1} label=${label} names=${options.named && dots.length <= 14} /></div>`}
    <p class="ck-list">${dots.length ? sentence(props, dots) : t("dots.n", { count: 0 })}</p>
    ${plays && mine ? html`<div class="row wrap"><button type="button" class="btn plain" onClick=${() => act("withdraw")}>${t("back")}</button></div>` : null}
    <${Why} props=${props} /><${Freeze} props=${props} />
    ${room.dots.length && (me.role === "host" || options.named) ? html`<details><summary>${t("list")}</summary><${Told} props=${props} /></details>` : null}</div>`;
};

/** @param {{props: Props}} of */
const Form = ({ props: bare }) => {
  const props = useLater(bare);
  if (!props) return html`<div class="body"><p role="status">${bare.t("page.waiting")}</p></div>`;
  const { phase } = props.room;
  return phase === "collect" ? html`<${Collect} props=${props} />` : phase === "shown" ? html`<${Shown} props=${props} />` : html`<${Live} props=${props} />`;
};

/** @param {Props} props */
export const view = (props) => html`<${Form} props=${props} />`;

/** @param {Props} props */
export const head = (props) => {
  const t = knows(props.t, props.lang);
  return asked(props) || (t ? t("ask.dots") : props.t("page.waiting"));
};

/** @param {Props} props @param {Props|null} before */
export const say = (props, before) => {
  const t = knows(props.t, props.lang);
  const { room } = props;
  if (!t || !before) return "";
  if (room.phase === "shown") {
    const dots = standing(props);
    return before.room.phase === "shown" ? "" : dots.length ? `${t("dots.shown")} ${sentence({ ...props, t }, dots)}` : t("empty");
  }
  if (room.phase === "collect") return (before.room.count || 0) < (room.count || 0) ? t("come", { count: room.count }) : "";
  return stillSay(props, before, t);
};
