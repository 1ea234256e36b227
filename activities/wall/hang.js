// What hangs: the columns, side by side where there is room, one after the other on a phone.
import { html, useMemo, useRef, useState } from "../../static/ui.js";
import { PAGE, columns, swipe } from "./board.js";
import { Note } from "./note.js";

/** @typedef {any} Props what the shell hands to a kind */

/** Walls on this page: at the end one may look at several again. */
let walls = 0;

/**
 * @param {{props: Props, Part: any, heads: string[], col: number, onCol: (col: number) => void, ours: Set<number>, left: number}} of
 *   `Part`: what opens under a note; `left`: dots I still have
 */
export const Board = ({ props, Part, heads, col, onCol, ours, left }) => {
  const { t, act, me, room, ended, wide } = props;
  const id = useMemo(() => `wall-${walls += 1}`, []);
  const [open, setOpen] = useState(-1);
  const [moving, move] = useState(-1);
  const [pages, turn] = useState(/** @type {number[]} */ ([]));
  const finger = useRef([0, 0]);
  const tabs = useRef(/** @type {HTMLElement | null} */ (null));
  const all = columns(room, heads.length, me.role === "host" && !ended);
  const tabbed = heads.length > 1 && !wide;
  /** @param {number} i */
  const tap = (i) => {
    if (moving < 0) return setOpen(open === i ? -1 : i);
    if (moving !== i) act("move", { i: moving, col: room.notes[i].col, on: i });
    return move(-1);
  };
  /** Whoever goes by keys stands on the note again. @param {number} i */
  const shut = (i) => {
    const el = document.getElementById(`${id}-n${i}`);
    if (el) el.focus();
    setOpen(-1);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const to = (col + (props.dir === "rtl" ? -step : step) + heads.length) % heads.length;
    onCol(to);
    if (tabs.current) /** @type {HTMLElement} */ (tabs.current.children[to]).focus();
  };
  /** @param {TouchEvent} event */
  const touch = (event) => { finger.current = [event.touches[0].clientX, event.touches[0].clientY]; };
  /** @param {TouchEvent} event */
  const lift = (event) => {
    const { clientX, clientY } = event.changedTouches[0];
    const to = col + swipe(clientX - finger.current[0], clientY - finger.current[1], props.dir === "rtl");
    if (to >= 0 && to < heads.length) onCol(to);
  };
  /** @param {number} at */
  const column = (at) => {
    const shown = PAGE * (1 + (pages[at] || 0));
    return html`<section key=${at} class="col" role=${tabbed ? "tabpanel" : null} id=${`${id}-${at}`} aria-labelledby=${heads.length > 1 ? `${id}-tab-${at}` : null}
      onTouchStart=${tabbed ? touch : null} onTouchEnd=${tabbed ? lift : null}>
      ${heads.length > 1 && !tabbed && html`<h2 id=${`${id}-tab-${at}`} class=${`c${at}`}><bdi>${heads[at]}</bdi> <span class="small">${all[at].length || ""}</span></h2>`}
      ${all[at].length ? html`<ul class="notes">${all[at].slice(0, shown).map((pile) => html`<${Note} key=${pile[0]} id=${`${id}-n${pile[0]}`} props=${props} pile=${pile}
        open=${open === pile[0]} own=${ours.has(pile[0])} left=${left} dropping=${moving >= 0} onTap=${() => tap(pile[0])}>
        ${open === pile[0] && html`<${Part.Acts} props=${props} pile=${pile} heads=${heads} ours=${ours} onMove=${() => { move(pile[0]); shut(pile[0]); }} onDone=${() => shut(pile[0])} />`}</${Note}>`)}</ul>`
    : ended ? null : html`<p class="soft">${t("empty")}</p>`}
      ${all[at].length > shown && html`<button type="button" class="btn plain" onClick=${() => turn(heads.map((_, n) => (pages[n] || 0) + (n === at ? 1 : 0)))}>
        ${t("further", { count: all[at].length - shown })}</button>`}</section>`;
  };
  return html`${moving >= 0 && html`<div class="row wrap" role="status"><p class="grow">${t("onto.how")}</p><button type="button" class="btn plain" onClick=${() => move(-1)}>${t("onto.no")}</button></div>`}
    ${tabbed && html`<div class=${heads.length > 3 ? "tabs many" : "tabs"} role="tablist" ref=${tabs} onKeyDown=${key}>${heads.map((head, at) => html`<button key=${at} type="button" role="tab" class=${`c${at}`}
      id=${`${id}-tab-${at}`} aria-selected=${at === col ? "true" : "false"} aria-controls=${at === col ? `${id}-${at}` : null} tabindex=${at === col ? 0 : -1} onClick=${() => onCol(at)}><bdi>${head}</bdi> <b>${all[at].length || ""}</b></button>`)}</div>`}
    <div class="cols" onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") move(-1); }}>${tabbed ? column(col) : heads.map((_, at) => column(at))}</div>`;
};
