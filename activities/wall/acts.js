// What can be done with one note, under its words: change it, offer, move it, open its question; and the pile it lies on.
import { html, useState } from "../../static/ui.js";
import { Offer } from "./meeting.js";
import { Words } from "./paper.js";
import { Write } from "./write.js";

/**
 * @param {{props: any, pile: number[], heads: string[], ours: Set<number>, onMove: () => void, onDone: () => void}} of
 *   `onMove`: the next note that is tapped is the one to put this on
 */
export const Acts = ({ props, pile, heads, ours, onMove, onDone }) => {
  const { t, act, me, own, room, options, ended } = props;
  const [edits, edit] = useState(-1);
  const i = pile[0], note = room.notes[i];
  const host = me.role === "host";
  if (ended || me.role === "screen") return html`<${Under} props=${props} pile=${pile} />`;
  /** @param {string} word @param {() => void} run */
  const button = (word, run) => html`<button type="button" class="btn plain" onClick=${run}>${word}</button>`;
  if (edits >= 0) {
    return html`<${Write} id=${`edit-${edits}`} t=${t} label=${t("edit")} word=${t("save")} first=${room.notes[edits]} tags=${options.columns === "offers"}
      onSend=${(/** @type {any} */ { named, ...paper }) => { edit(-1); onDone(); act("edit", { i: edits, ...paper }); }} />`;
  }
  const dots = (own && own.dots && own.dots[i]) || 0;
  return html`<${Under} props=${props} pile=${pile} each=${(/** @type {number} */ j) => ours.has(j) && html`<div class="row wrap">${button(t("edit"), () => edit(j))}
      ${button(t("back"), () => { onDone(); act("withdraw", { i: j }, () => [[`room/notes/${j}/text`, ""]]); })}</div>`}
      apart=${options.tidy || host ? (/** @type {number} */ j) => button(t("apart"), () => act("move", { i: j, col: room.notes[j].col })) : null} />
    ${options.can && !ours.has(i) && html`<${Offer} props=${props} i=${i} />`}
    ${dots > 0 && !room.dots && room.phase === "shown" && button(t("dots.back"), () => act("vote", { i, n: 0 }, () => [[`own/${me.id}/dots/${i}`]]))}
    ${host && options.columns === "questions" && room.asked !== i && button(t("ask.it"), () => { onDone(); act("ask", { i }); })}
    ${(options.tidy || host) && room.phase !== "quiet" && html`<div class="row wrap">${heads.map((head, col) => col !== note.col && html`<button key=${col} type="button" class="btn plain"
        onClick=${() => { onDone(); act("move", { i, col }, () => [[`room/notes/${i}/col`, col]]); }}>${t("to", { head })}</button>`)}${button(t("on"), onMove)}</div>`}
    ${host && button(note.hidden ? t("unhide") : t("hide"), () => { onDone(); act("hide", { i, on: !note.hidden }); })}`;
};

/** What lies under the top note. @param {{props: any, pile: number[], each?: (j: number) => any, apart?: ((j: number) => any)|null}} of */
const Under = ({ props, pile, each = () => null, apart = null }) => html`${each(pile[0])}
  ${pile.length > 1 && html`<ul class="under">${pile.slice(1).map((j) => html`<li key=${j}><p><${Words} note=${props.room.notes[j]} people=${props.people} /></p>
    ${each(j)}${apart && apart(j)}</li>`)}</ul>`}`;
