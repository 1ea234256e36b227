// The paper to colour while we gather: 12 x 8 pieces, each one person's ink, cut and turned. Works for one alone.
import { html, useMemo, useState } from "../ui.js";
import { COLUMNS, CUTS, ROWS, cutOf, dabbed, keyTo, sumOf } from "./cells.js";
import { act, me, meet, mine } from "./session.js";
import { t } from "./tongue.js";

const SIZE = 20;

/** @param {number} cell @param {number} turn */
const place = (cell, turn) => `translate(${(cell % COLUMNS) * SIZE} ${Math.floor(cell / COLUMNS) * SIZE}) rotate(${turn * 90} ${SIZE / 2} ${SIZE / 2})`;

/** @param {number} cell */
function dab(cell) {
  const person = mine.value;
  if (!person) return;
  const ink = person.ink % 12;
  act("dab", { cell }, (tree) => {
    const next = dabbed((tree.meet.paper || {})[cell], ink);
    return [next === null ? [`meet/paper/${cell}`] : [`meet/paper/${cell}`, next]];
  });
}

export const Quilt = () => {
  const [at, go] = useState(-1);
  const paper = (meet.value && meet.value.paper) || {};
  const may = Boolean(me.value && me.value.role !== "screen");
  const { count, inks } = sumOf(paper);
  const rtl = document.documentElement.dir === "rtl";
  /** @param {number} cell */
  const name = (cell) => t(paper[cell] === undefined ? "paper.cell" : "paper.cell.on", { row: Math.floor(cell / COLUMNS) + 1, column: (cell % COLUMNS) + 1 });
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if ((event.key === "Enter" || event.key === " ") && at >= 0) dab(at);
    else {
      // The paper's own left and right are those of the page.
      const to = keyTo(event.key, at, rtl);
      if (to < 0) return;
      go(to);
    }
    event.preventDefault();
  };
  /** @param {PointerEvent|MouseEvent} event */
  const tap = (event) => {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    const x = Math.floor((rtl ? 1 - part : part) * COLUMNS), y = Math.floor(((event.clientY - box.top) / box.height) * ROWS);
    if (x < 0 || y < 0 || x >= COLUMNS || y >= ROWS) return;
    go(y * COLUMNS + x);
    dab(y * COLUMNS + x);
  };
  const bare = useMemo(() => Array.from({ length: COLUMNS * ROWS }, (_, cell) => {
    const { cut, turn } = cutOf(cell);
    return html`<path key=${cell} d=${CUTS[cut]} transform=${place(cell, turn)} />`;
  }), []);
  return html`<div class="quilt" role=${may ? "grid" : "img"} aria-label=${t("paper.label")} tabindex=${may ? 0 : null} aria-describedby="quilt-how"
      aria-activedescendant=${at >= 0 && may ? `q${at}` : null} onKeyDown=${may ? key : null} onClick=${may ? tap : null}
      onFocus=${() => { if (at < 0) go(0); }}>
      <svg viewBox=${`-1 -1 ${COLUMNS * SIZE + 2} ${ROWS * SIZE + 2}`} aria-hidden="true" class="flip"><g class="bare">${bare}</g>
        ${Object.keys(paper).map((id) => {
          const cell = Number(id), lies = paper[id], { cut, turn } = cutOf(cell);
          return html`<g key=${id} class="spread" transform=${place(cell, 0)}><path class=${`f${Math.floor(lies / 4)}`} d="M0 0H20V20H0z" opacity=".28" />
            <path class=${`f${Math.floor(lies / 4)}`} d=${CUTS[cut]} transform=${`rotate(${(turn + (lies % 4)) * 90} 10 10)`} /></g>`;
        })}
        ${at >= 0 && html`<path class="at" d="M1 1H19V19H1z" transform=${place(at, 0)} />`}</svg>
      ${may && html`<div class="hide">${Array.from({ length: ROWS }, (_, y) => html`<div role="row" key=${y}>${Array.from({ length: COLUMNS }, (_, x) => html`
        <span role="gridcell" key=${x} id=${`q${y * COLUMNS + x}`}>${name(y * COLUMNS + x)}</span>`)}</div>`)}</div>`}</div>
    <p class="hide" id="quilt-how">${t("paper.how")}</p>
    <p class="small soft">${count ? t("paper.twin", { count, inks }) : t("paper.none")}</p>`;
};
