// A wall on the big screen: its columns, each turning its own pages; the question that is open; the list of the scoring.
import { html } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { Reel } from "../../static/parts/reel.js";
import { answers, columns, ranked, stands, sum, titles } from "./board.js";

/** @param {any} props */
const Far = ({ props }) => {
  const { t, room, people } = props;
  if (room.phase === "quiet") return html`<div class="far-quiet"><p class="big">${t("come", { count: room.count || 0 })}</p><p>${t("lead")}</p></div>`;
  const asked = room.asked !== undefined && stands(room.notes[room.asked] || { text: "" }) ? room.notes[room.asked] : null;
  if (asked) {
    const list = answers(room, room.asked);
    return html`<div class="far-asked"><p class=${[...asked.text].length > 60 ? "big far-question long" : "big far-question"} dir="auto">${asked.text}</p>
      ${list.length ? html`<${Reel} name="far-notes" items=${list.map((i) => html`<p class="slip answer" dir="auto">${room.notes[i].text}</p>`)} />` : html`<p class="far-none">${t("answers.none")}</p>`}</div>`;
  }
  if (room.phase === "score") return html`<div class="far-quiet"><p class="big">${t("score.far")}</p><p>${t("scored", { count: room.scored, all: room.dealt })}</p></div>`;
  if (room.phase === "top") {
    const list = ranked(room);
    return list.length ? html`<${Reel} name="far-notes far-top" items=${list.map(({ text, sum: all, count }, n) => html`<b class="big">${n + 1}</b><p class="grow"><bdi>${text}</bdi><span>${t("top.sum", { sum: all, count })}</span></p>`)} />`
      : html`<p class="far-none">${t("top.none")}</p>`;
  }
  const heads = titles(room, t);
  const all = columns(room, heads.length);
  if (!all.some((piles) => piles.length)) return html`<p class="far-none">${t("empty")}</p>`;
  return html`<div class=${`far-cols f${heads.length}`}>${heads.map((head, col) => html`<section key=${col}>
    ${heads.length > 1 && html`<p class=${`far-head c${col}`}><b class="big" dir="auto">${head}</b> <span>${all[col].length || ""}</span></p>`}
    <${Reel} name="far-notes" key=${`${room.dots ? "d" : ""}${all[col].filter((pile) => pile.length > 1).join(" ")}`} items=${all[col].map((pile) => {
    const note = room.notes[pile[0]], hearts = sum(room.hearts, pile), dots = sum(room.dots, pile);
    return html`<div class=${`slip c${note.col} s${pile[0] % 4}`}><p class="grow" dir="auto">${note.text}${pile.slice(1).map((i) => html`<span key=${i} dir="auto">${room.notes[i].text}</span>`)}
        ${note.by && people && people[note.by] && html`<b dir="auto">${people[note.by].name}</b>`}</p>
      ${hearts > 0 && html`<b class="far-hearts"><${Icon} id="u-heart" />${hearts}</b>`}${dots > 0 && html`<b class="far-dots">${dots}</b>`}</div>`;
  })} /></section>`)}</div>`;
};

/** @param {any} props */
export default (props) => html`<${Far} props=${props} />`;
