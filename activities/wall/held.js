// What one has written in quiet, and can still change or take back. It is there with the first picture: what came after the pen
// would push it down under the hand of who writes.
import { html, useState } from "../../static/ui.js";
import { Words } from "./paper.js";
import { Write } from "./write.js";

/** @typedef {any} Props what the shell hands to a kind */

/** Written, and seen by nobody yet. @param {{props: Props, heads: string[]}} of */
export const Held = ({ props, heads }) => {
  const { t, act, me, own, options } = props;
  const [edits, edit] = useState(-1);
  const held = (own && own.held) || [];
  /** @param {any[]} list @param {number} by */
  const guess = (list, by) => (/** @type {any} */ tree) => [[`own/${me.id}/held`, list], ["room/count", (tree.room.count || 0) + by]];
  return html`<ul class="notes">${held.map((/** @type {any} */ note, /** @type {number} */ k) => html`<li key=${k} class=${`cut slip c${note.col} s${k % 4}`}>
    ${edits === k ? html`<${Write} id=${`held-${k}`} t=${t} label=${t("edit")} word=${t("save")} first=${note} tags=${options.columns === "offers"} signed=${options.signed}
      onSend=${(/** @type {any} */ paper) => { edit(-1); act("write", { ...paper, col: note.col, k }); }} />`
    : html`<p>${heads.length > 1 && html`<span class="small" dir="auto">${heads[note.col]}</span><br />`}<${Words} note=${note} people=${null} /></p>
      <div class="row wrap"><button type="button" class="btn plain" onClick=${() => edit(k)}>${t("edit")}</button>
      <button type="button" class="btn plain" onClick=${() => act("unwrite", { k }, guess(held.filter((/** @type {any} */ _, /** @type {number} */ n) => n !== k), -1))}>${t("back")}</button></div>`}</li>`)}</ul>`;
};
