// What is not needed at every stroke: width, redo, keeping the picture, the side of the tools, and
// what hosts can do.
import { html, useState } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { Who } from "../../static/parts/who.js";

/** @typedef {import("./twin.js").T} T */

/**
 * @param {{ t: T, props: any, redo: () => void, canRedo: boolean, keep: (form: "svg" | "png") => void, turn: () => void, done: () => void, may: boolean,
 *   cursors: boolean | null, point: () => void }} props `cursors`: are the others' hands on the page? null: they cannot be
 */
export const More = ({ t, props, redo, canRedo, keep, turn, done, may, cursors, point }) => html`<div class="acts">
    ${may ? html`<button type="button" class="btn plain" data-tool="redo" disabled=${!canRedo} onClick=${redo}><${Icon} id="u-redo" />${t("tool.redo")}</button>` : null}
    <button type="button" class="btn plain" data-tool="png" onClick=${() => keep("png")}><${Icon} id="u-download" />${t("more.png")}</button>
    <button type="button" class="btn plain" data-tool="svg" onClick=${() => keep("svg")}><${Icon} id="u-download" />${t("more.svg")}</button>
    ${may ? html`<button type="button" class="btn plain" data-tool="side" onClick=${() => { turn(); done(); }}><${Icon} id="u-hand" />${t("more.side")}</button>` : null}
    ${cursors === null ? null : html`<button type="button" class="btn plain" data-tool="cursors" aria-pressed=${String(cursors)} aria-describedby="cv-near" onClick=${point}>
      <${Icon} id="u-eye" />${t("more.cursors")}</button><p class="small soft" id="cv-near">${t("more.cursors.how")}</p>`}
  </div>
  ${props.me && props.me.role === "host" ? html`<${Host} t=${t} props=${props} done=${done} />` : null}`;

/** Who has drawn here, those who have left included. @param {any} room @param {any} people */
export function drew(room, people) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (let i = room.clear; i < room.marks.length; i++) {
    const mark = room.marks[i];
    if (mark[0] && !mark[6]) counts.set(mark[0], (counts.get(mark[0]) || 0) + 1);
  }
  Object.keys(room.hidden).forEach((who) => counts.has(who) || counts.set(who, 0));
  return [...counts].map(([who, marks]) => ({ who, marks, person: people[who] || null, hidden: Boolean(room.hidden[who]) }));
}

/** @param {{ t: T, props: any, done: () => void }} props */
const Host = ({ t, props, done }) => {
  const { room, host, people, act } = props;
  const [asked, ask] = useState(false);
  const before = host && host.before;
  return html`<h3 class="cv-h3">${t("host.head")}</h3>
    <div class="acts">
      <button type="button" class="btn plain" data-tool="lock" aria-pressed=${String(Boolean(room.lock))} onClick=${() => act("lock", { on: !room.lock })}>
        <${Icon} id="u-lock" />${t(room.lock ? "host.unlock" : "host.lock")}</button>
      ${asked ? html`<p role="status">${t("host.clear.ask")}</p>
        <button type="button" class="btn" data-tool="clear-now" onClick=${() => { act("clear", {}); done(); }}>${t("host.clear.yes")}</button>
        <button type="button" class="btn plain" data-tool="clear-no" onClick=${() => ask(false)}>${t("host.clear.no")}</button>`
      : html`<button type="button" class="btn plain" data-tool="clear" disabled=${room.marks.length <= room.clear} onClick=${() => ask(true)}>
        <${Icon} id="u-erase" />${t("host.clear")}</button>`}
      ${typeof before === "number" ? html`<button type="button" class="btn plain" data-tool="unclear" onClick=${() => { act("unclear", {}); done(); }}>
        <${Icon} id="u-undo" />${t("host.unclear")}</button>` : null}
    </div>
    <h3 class="cv-h3">${t("host.who")}</h3>
    <ul class="cv-people">${drew(room, people).map(({ who, marks, person, hidden }) => html`<li key=${who}>
      ${person ? html`<${Who} name=${person.name} ink=${person.ink} shape=${person.shape} away=${person.here === false} />` : null}
      <span class="grow"><bdi translate="no">${person ? person.name : t("someone")}</bdi> <span class="small soft">${t("host.marks", { count: marks })}</span></span>
      <button type="button" class="btn plain" data-tool="hide" data-who=${who} aria-pressed=${String(hidden)}
        aria-label=${t(hidden ? "host.show.name" : "host.hide.name", { name: person ? person.name : t("someone") })}
        onClick=${() => act("hide", { who, on: !hidden })}><${Icon} id=${hidden ? "u-eye" : "u-hide"} />${t(hidden ? "host.show" : "host.hide")}</button></li>`)}</ul>`;
};
