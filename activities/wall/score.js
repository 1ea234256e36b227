// Scoring: one note at a time, one to five; then the list.
import { html } from "../../static/ui.js";
import { Words } from "./paper.js";
import { ranked } from "./board.js";

const FIVE = [1, 2, 3, 4, 5];

/** @param {{props: any}} of */
export const Scoring = ({ props }) => {
  const { t, act, me, own, room, people, ended } = props;
  if (room.phase === "top") {
    const list = ranked(room);
    return html`<h2>${t("top")}</h2>${list.length ? html`<ol class="top">${list.map(({ i, text, sum, count }, n) => html`<li key=${i} class=${n < 3 ? "cut slip first" : null}>
      <b class="big">${n + 1}</b><p class="grow"><span dir="auto">${text}</span> <span class="small">${t("top.sum", { sum, count })}</span></p></li>`)}</ol>` : html`<p>${t("top.none")}</p>`}`;
  }
  const hand = (own && own.hand) || [], marks = (own && own.marks) || [];
  const k = marks.length;
  const far = html`<p class="small soft">${t("scored", { count: room.scored, all: room.dealt })}</p>`;
  if (ended) return null;
  if (!hand.length) return html`<p>${t("score.out")}</p>${own && own.out ? null : html`<button type="button" class="btn plain" onClick=${() => act("deal")}>${t("score.in")}</button>`}${far}`;
  if (k >= hand.length) return html`<div class="cut"><p>${t("score.done")}</p></div>${far}`;
  /** @param {number} n */
  const mark = (n) => act("mark", { k, n }, (/** @type {any} */ tree) => [[`own/${me.id}/marks/${k}`, n], ["room/scored", tree.room.scored + 1]]);
  return html`<div class="score" key=${k}><p>${t("score.lead")} <b>${t("score.at", { n: k + 1, all: hand.length })}</b></p>
    <div class="cut slip one enter"><p><${Words} note=${room.notes[hand[k]]} people=${people} /></p></div>
    <div class="five" role="group" aria-label=${t("score.how")}>${FIVE.map((n) => html`<button key=${n} type="button" class="btn ink2" aria-label=${t("score.n", { n })} onClick=${() => mark(n)}>${n}</button>`)}</div>
    <p class="small ends" aria-hidden="true"><span>${t("score.least")}</span><span>${t("score.most")}</span></p>
    <button type="button" class="btn plain" onClick=${() => mark(0)}>${t("pass")}</button></div>`;
};
