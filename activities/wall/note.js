// One note, or a pile of them: cut paper with its words; hearts and dots at its side; what can be done opens under it.
import { html } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { sum } from "./board.js";
import { Words } from "./paper.js";

/** @typedef {any} Props what the shell hands to a kind */

/**
 * @param {{props: Props, id: string, pile: number[], open: boolean, own: boolean, left: number, dropping: boolean, onTap: () => void, children?: any}} of
 *   `left`: dots I still have; `dropping`: a tap puts another note onto this one
 */
export const Note = ({ props, id, pile, open, own, left, dropping, onTap, children }) => {
  const { t, act, me, room, options, people, ended } = props;
  const i = pile[0], note = room.notes[i];
  const hearted = Boolean(props.own && props.own.hearts && props.own.hearts[i]);
  const dots = (props.own && props.own.dots && props.own.dots[i]) || 0;
  const fixed = ended || me.role === "screen" || room.phase !== "shown" || note.hidden;
  const hearts = sum(room.hearts, pile), counted = sum(room.dots, pile);
  const heart = () => act("heart", { i, on: !hearted }, () => [hearted ? [`own/${me.id}/hearts/${i}`] : [`own/${me.id}/hearts/${i}`, true]]);
  const dot = () => act("vote", { i, n: dots + 1 }, () => [[`own/${me.id}/dots/${i}`, dots + 1]]);
  return html`<li class=${`cut slip c${note.col} s${i % 4}${note.hidden ? " off" : ""}${pile.length > 1 ? " pile" : ""}`}>
    <div class="row"><button type="button" class="grow words" id=${id} aria-expanded=${dropping ? null : open ? "true" : "false"} onClick=${onTap}>
      ${dropping && html`<span class="hide">${t("onto")} </span>`}<${Words} note=${note} people=${people} />
      ${note.done && html`<span class="mark"><${Icon} id="u-tick" size=${16} label=${t("done")} /></span>`}
      ${own && html`<span class="small mark">${t("yours")}</span>`}${note.hidden && html`<span class="small mark">${t("off")}</span>`}
      ${pile.length > 1 && html`<span class="small mark">${t("pile", { count: pile.length })}</span>`}
      ${room.dots && counted > 0 && html`<span class="small mark">${t("dots", { count: counted })}</span>`}</button>
    ${options.hearts && (fixed ? hearts > 0 && html`<span class="small mark">${t("hearts", { count: hearts })}</span>` : html`<button type="button" class="tool hearts" aria-pressed=${hearted ? "true" : "false"} onClick=${heart}>
      <${Icon} id="u-heart" size=${22} /><b aria-hidden="true">${hearts || ""}</b><span class="hide">${t("heart", { text: note.text, count: hearts })}</span></button>`)}
    ${options.votes > 0 && !room.dots && !fixed && html`<button type="button" class="tool dots" disabled=${!left} aria-label=${t("dot", { text: note.text, count: dots })} onClick=${dot}>
      ${dots ? Array.from({ length: dots }, (_, n) => html`<i key=${n}></i>`) : html`<i class="none"></i>`}</button>`}</div>
    ${open && children}</li>`;
};
