// The question that is open: large, with what everybody answers below it.
import { html, useState } from "../../static/ui.js";
import { answers } from "./board.js";
import { Words } from "./paper.js";
import { Write } from "./write.js";

/** @param {{props: any, ours: Set<number>}} of */
export const Asked = ({ props, ours }) => {
  const { t, act, me, room, people, options, ended, hold } = props;
  const [edits, edit] = useState(-1);
  const to = room.asked;
  const list = answers(room, to);
  const writes = !ended && me.role !== "screen";
  return html`<section class="asked"><div class="cut slip one"><h2 dir="auto">${room.notes[to].text}</h2></div>
    ${list.length ? html`<ul class="notes">${list.map((i) => html`<li key=${i} class=${`cut slip answer s${i % 4}`}>${edits === i
    ? html`<${Write} id=${`edit-${i}`} t=${t} label=${t("edit")} word=${t("save")} first=${room.notes[i]} onSend=${(/** @type {any} */ { text }) => { edit(-1); act("edit", { i, text }); }} />`
    : html`<p><${Words} note=${room.notes[i]} people=${people} /></p>
      ${writes && (ours.has(i) || me.role === "host") && html`<div class="row wrap">${ours.has(i) && html`<button type="button" class="btn plain" onClick=${() => edit(i)}>${t("edit")}</button>
        <button type="button" class="btn plain" onClick=${() => act("withdraw", { i }, () => [[`room/notes/${i}/text`, ""]])}>${t("back")}</button>`}
        ${me.role === "host" && html`<button type="button" class="btn plain" onClick=${() => act("hide", { i })}>${t("hide")}</button>`}</div>`}`}</li>`)}</ul>`
    : html`<p class="soft">${t("answers.none")}</p>`}
    ${writes && html`<${Write} id="answer" t=${t} label=${t("answer")} word=${t("answer.send")} signed=${options.signed}
      onType=${(/** @type {any} */ paper) => hold && hold(paper.text ? { name: "add", args: { ...paper, to }, words: paper.text } : null)}
      onSend=${(/** @type {any} */ paper) => { if (hold) hold(null); act("add", { ...paper, to }); }} />`}</section>`;
};
