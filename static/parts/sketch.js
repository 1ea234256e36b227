// What static/parts/pad.js draws: a paper under the finger, six tools of 44 pixels below it, the inks behind one of them.
import { html, useEffect, useRef, useState } from "../ui.js";
import { Icon } from "./icon.js";
import { Lines, breadth, path } from "./drawn.js";
import { ERASER, HIGH, WIDE, grain, pack } from "./stroke.js";

/* keys: pad.ink.* pad.width.* pad.at.* pad.up pad.down pad.dropped pad.edge pad.undone */
/** @typedef {import("./drawing.js").Mark} Mark */
/** @typedef {{x: number, y: number}} Spot */

/** The pens that are offered, as places in the list of widths. */
export const PENS = [0, 1, 3];
const STEP = 250, SMALL = 50;
/** What a hand that draws for very long has in one stroke; then it goes on as the next mark. */
const ENOUGH = 1500;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {number} n @param {number} most */
const within = (n, most) => Math.max(0, Math.min(most, Math.round(n)));

/** A place of the screen as one of the page. @param {{clientX: number, clientY: number}} e @param {{left: number, top: number, width: number, height: number}} box @returns {Spot} */
export const spotOf = (e, box) => ({ x: within(((e.clientX - box.left) / (box.width || 1)) * (WIDE + 1), WIDE), y: within(((e.clientY - box.top) / (box.height || 1)) * (HIGH + 1), HIGH) });

/** Which ninth of the page, row by row. @param {Spot} at */
export const ninth = ({ x, y }) => Math.min(2, Math.floor((y * 3) / (HIGH + 1))) * 3 + Math.min(2, Math.floor((x * 3) / (WIDE + 1)));

/** A stroke of the hand as marks. @param {readonly Spot[]} points @param {number} ink @param {number} width @param {number} page its width on this screen @returns {Mark[]} */
export const marksOf = (points, ink, width, page) => (points.length ? pack(points, grain(page)).map((text) => [ink, width, 0, text]) : []);

/** Where an arrow key leads, or null for another key. @param {Spot} at @param {string} key @param {boolean} small @returns {Spot | null} */
export const stepped = (at, key, small) => {
  const way = Object.prototype.hasOwnProperty.call(WAYS, key) ? WAYS[key] : null;
  const step = small ? SMALL : STEP;
  return way && { x: within(at.x + way[0] * step, WIDE), y: within(at.y + way[1] * step, HIGH) };
};

/** The line that a width draws. @param {{width: number}} of */
const Pen = ({ width }) => html`<svg width="28" height="24" viewBox="0 0 28 24" aria-hidden="true"><path class="pad-pen" d="M4 14Q10 4 15 12T24 10" stroke-width=${[2, 4, 6, 9][width]} /></svg>`;

/** @param {{ink: number}} of */
const Dot = ({ ink }) => html`<span class="who b" style=${{ "--c": `var(--f${ink})` }} aria-hidden="true">${ink + 1}</span>`;

/** @param {any} props see pad.js */
export const Sketch = ({ marks, ink: first, label, t, onMark, onUndo, off = false, blind = false, under = [], part = "", id = "pad" }) => {
  const paper = useRef(/** @type {any} */ (null));
  const live = useRef(/** @type {any} */ (null));
  const cross = useRef(/** @type {any} */ (null));
  const [ink, setInk] = useState(((first || 0) % ERASER + ERASER) % ERASER);
  const [width, setWidth] = useState(1);
  const [rub, setRub] = useState(false);
  const [inks, setInks] = useState(false);
  // As a key: the words for it may come a moment later than the first stroke.
  const [said, say] = useState({ key: "", at: 4 });
  /** What the hand does now; not drawn by the page, which would be too slow. @type {{current: {points: Spot[], id: number, at: Spot, keyed: boolean}}} */
  const hand = useRef({ points: [], id: -1, at: { x: 5000, y: 3750 }, keyed: false });
  const pen = rub ? ERASER : ink;
  const drawing = hand.current.points;

  const show = () => {
    const { points, at, keyed } = hand.current;
    if (live.current) {
      live.current.setAttribute("d", points.length && !blind ? path(points, true) : "");
      live.current.setAttribute("stroke-width", String(breadth(pen, width)));
    }
    if (cross.current) cross.current.setAttribute("transform", keyed ? `translate(${at.x} ${at.y})` : "translate(-9999 0)");
  };
  /** @param {boolean} on goes on as the next mark */
  const give = (on = false) => {
    const { points } = hand.current;
    hand.current.points = on && points.length ? points.slice(-1) : [];
    if (points.length) for (const mark of marksOf(points, pen, width, paper.current ? paper.current.getBoundingClientRect().width : 320)) onMark(mark);
    show();
  };
  /** @param {readonly Spot[]} spots */
  const go = (spots) => {
    const { points } = hand.current;
    for (const spot of spots) {
      const last = points[points.length - 1];
      if (!last || Math.abs(last.x - spot.x) > 1 || Math.abs(last.y - spot.y) > 1) points.push(spot);
    }
    if (points.length > ENOUGH) give(true);
    else show();
  };
  const drop = () => {
    hand.current.points = [];
    show();
  };
  // A stroke that is under the finger when the page is taken away still counts.
  useEffect(() => () => { if (hand.current.points.length) give(); }, []);
  useEffect(() => { if (off) drop(); }, [off]);

  // A button that could not be pressed any more would lose the focus of whoever takes back by keys.
  const undo = () => {
    if (!marks.length) return;
    onUndo();
    say({ key: "pad.undone", at: 4 });
  };
  const box = () => paper.current.getBoundingClientRect();
  const down = (/** @type {PointerEvent} */ e) => {
    if (off || hand.current.id !== -1 || (e.pointerType === "mouse" && e.button !== 0)) return;
    e.preventDefault();
    hand.current.id = e.pointerId;
    hand.current.keyed = false;
    hand.current.points = [];
    try { paper.current.setPointerCapture(e.pointerId); } catch (error) { /* the finger has left already */ }
    go([spotOf(e, box())]);
  };
  const move = (/** @type {PointerEvent} */ e) => {
    if (e.pointerId !== hand.current.id) return;
    const all = e.getCoalescedEvents ? e.getCoalescedEvents() : [];
    const where = box();
    go((all.length ? all : [e]).map((one) => spotOf(one, where)));
  };
  const up = (/** @type {PointerEvent} */ e) => {
    if (e.pointerId !== hand.current.id) return;
    hand.current.id = -1;
    if (e.type === "pointercancel" && hand.current.points.length < 3) drop();
    else give();
  };
  const key = (/** @type {KeyboardEvent} */ e) => {
    if (off || e.altKey) return;
    const held = hand.current;
    if (e.ctrlKey || e.metaKey) {
      if (e.key !== "z" && e.key !== "Z") return;
      drop();
      undo();
    } else if (e.key === " " || e.key === "Enter") {
      held.keyed = true;
      const at = ninth(held.at);
      if (held.points.length) {
        give();
        say({ key: "pad.up", at });
      } else {
        go([held.at]);
        say({ key: "pad.down", at });
      }
    } else if (e.key === "Escape" && held.points.length) {
      drop();
      say({ key: "pad.dropped", at: 4 });
    } else {
      const to = stepped(held.at, e.key, e.shiftKey);
      if (!to) return;
      held.keyed = true;
      const edge = to.x === held.at.x && to.y === held.at.y;
      if (edge) say({ key: "pad.edge", at: 4 });
      else if (ninth(to) !== ninth(held.at)) say({ key: `pad.at.${ninth(to)}`, at: 4 });
      held.at = to;
      if (held.points.length) go([to]);
      else show();
    }
    e.preventDefault();
    e.stopPropagation();
  };
  const blur = () => {
    if (hand.current.id === -1 && hand.current.points.length) give();
    hand.current.keyed = false;
    show();
  };
  const how = `${id}-how`;
  return html`<div class=${part ? `pad pad-${part}` : "pad"}>
    <div class="pad-paper"><svg ref=${paper} class="drawn" viewBox="0 0 10000 7500" tabindex=${off ? null : 0} role=${off ? "img" : "application"} aria-label=${label}
        aria-describedby=${off ? null : how} onPointerDown=${down} onPointerMove=${move} onPointerUp=${up} onPointerCancel=${up} onKeyDown=${key} onBlur=${blur}>
        <${Lines} marks=${blind ? [] : marks} under=${under} />
        <path ref=${live} class="line" d=${drawing.length && !blind ? path(drawing, true) : ""} style=${{ stroke: pen === ERASER ? "var(--pad)" : `var(--i${pen})` }} stroke-width=${breadth(pen, width)} />
        <g ref=${cross} class="pad-cross" transform="translate(-9999 0)"><path d="M-420 0H420M0-420V420" /></g></svg>
      ${blind ? html`<p class="pad-blind"><span class="strip night">${t("pad.blind", { count: marks.length })}</span></p>` : null}</div>
    ${off ? null : html`<p class="hide" id=${how}>${t("pad.how")}</p><p class="hide" role="status">${said.key && t(said.key, { place: t(`pad.at.${said.at}`) })}</p>
    <div class="pad-tools" role="group" aria-label=${t("pad.tools")}>
      <button type="button" class="tool" data-pad="ink" aria-expanded=${String(inks)} aria-label=${`${t("pad.colour", { ink: t(`pad.ink.${ink}`) })} ${ink + 1}`} onClick=${() => setInks(!inks)}><${Dot} ink=${ink} /></button>
      ${PENS.map((one) => html`<button key=${one} type="button" class="tool" data-pad=${`width-${one}`} aria-pressed=${String(!rub && width === one)} aria-label=${t(`pad.width.${one}`)}
        onClick=${() => { setRub(false); setWidth(one); }}><${Pen} width=${one} /></button>`)}
      ${blind ? null : html`<button type="button" class="tool" data-pad="erase" aria-pressed=${String(rub)} aria-label=${t("pad.eraser")} onClick=${() => setRub(!rub)}><${Icon} id="u-erase" size=${24} /></button>`}
      <button type="button" class="tool" data-pad="undo" aria-label=${t("pad.undo")} aria-disabled=${marks.length ? null : "true"} onClick=${() => undo()}><${Icon} id="u-undo" size=${24} /></button></div>
    ${inks ? html`<div class="pad-inks" role="group" aria-label=${t("pad.colours")}>${Array.from({ length: ERASER }, (_, one) => html`<button key=${one} type="button" class="tool"
      data-pad=${`ink-${one}`} aria-pressed=${String(!rub && ink === one)} aria-label=${`${t(`pad.ink.${one}`)} ${one + 1}`}
      onClick=${() => { setInk(one); setRub(false); setInks(false); }}><${Dot} ink=${one} /></button>`)}</div>` : null}`}
  </div>`;
};
