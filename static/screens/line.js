// The side line: words beside the activity, to everyone or to the hosts only. Quiet: nothing of it is on the page until it is opened.
import { html, signal, useLayoutEffect, useRef, useState } from "../ui.js";
import { Field, fits, points } from "../parts/field.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { Who } from "../parts/who.js";
import { mute, muted } from "./mute.js";
import { say } from "./news.js";
import { look } from "./seen.js";
import { act, hosting, me, meet, mine, now, people, state } from "./session.js";
import { hide } from "./sheets.js";
import { listed } from "./talk.js";
import { t, words } from "./tongue.js";

/** @typedef {import("./talk.js").Entry} Entry */

const MOST = 240;
/** Whoever was here once has a name; whose data is erased has none. */
const NOBODY = { name: "·", ink: 0, shape: 0 };
/** What is being written, and for whom, outlives the sheet. */
const draft = signal("");
const only = signal(false);
const sent = signal("");
/** Ids of the page's own, above all that the room gives. */
let own = 1e15;

function send() {
  const text = draft.value.trim();
  const host = only.value, before = draft.value, id = String(own++), by = me.value ? me.value.id : "";
  draft.value = "";
  sent.value = "";
  act("line", { text, to: host ? "host" : "all" }, () => [[`${host ? "desk/notes" : "meet/line"}/${id}`, { by, text, at: now() }]]).then(({ outcome }) => {
    if (outcome === "refused") {
      if (!draft.value) draft.value = before;
    } else if (host) {
      sent.value = t("line.sent.host");
      say(sent.value);
    }
  });
}

/** One entry; what can be done with it unfolds under it. @param {{entry: Entry}} of */
const One = ({ entry }) => {
  const [open, set] = useState(false);
  const { id, by, text, at } = entry;
  const person = people.value[by] || NOBODY;
  const self = me.value && me.value.id === by;
  const host = hosting.value;
  const far = Number(id) >= 1e15;
  return html`<li class=${far ? "soft" : null}><${Who} name=${person.name} ink=${person.ink} shape=${person.shape} />
    <div class="grow"><p class="small"><b><bdi translate="no">${person.name}</bdi></b> ${self && html`<span class="soft">${t("people.you")}</span> `}<span class="soft">${words.value.time(at)}</span></p>
      <p dir="auto">${text}</p>
      ${open && html`<div class="acts">${!self && html`<button type="button" class="btn plain" onClick=${() => mute(by, true)}>${t("line.mute")}</button>`}
        ${host && html`<button type="button" class="btn plain" onClick=${() => act("unline", { id })}>${t("line.remove")}</button>`}</div>`}</div>
    ${!far && (host || !self) && html`<button type="button" class="tool" aria-expanded=${String(open)} aria-label=${t("line.who", { name: person.name })}
      onClick=${() => set(!open)}><${Icon} id="u-more" size=${20} /></button>`}</li>`;
};

/** @param {{list: Entry[]}} of */
const List = ({ list }) => html`<ul class="talk">${list.map((entry) => html`<${One} key=${entry.id} entry=${entry} />`)}</ul>`;

/** Hosts: who has asked for one, and what was written to them alone. */
const Desk = () => {
  const desk = (state.value && state.value.desk) || {};
  const calls = Object.keys(desk.calls || {}).filter((id) => people.value[id]);
  const notes = listed(desk.notes, []);
  /** Which host is on the way to them. @param {string} who */
  const going = (who) => {
    const { by = "" } = (desk.calls || {})[who];
    return by && t("calls.going", { name: people.value[by] ? people.value[by].name : t("people.host") });
  };
  return html`${calls.length ? html`<div><h3>${t("calls.title")}</h3><ul class="talk">${calls.map((who) => html`<li key=${who}><${Who} ...${people.value[who]} />
      <span class="grow"><bdi translate="no">${people.value[who].name}</bdi>${going(who) && html`<br /><span class="small soft">${going(who)}</span>`}</span>
      <button type="button" class="btn plain" onClick=${() => act(going(who) ? "found" : "coming", { who })}>${t(going(who) ? "calls.done" : "calls.there")}</button></li>`)}</ul></div>` : null}
    ${notes.length ? html`<div><h3>${t("line.host")}</h3><${List} list=${notes} /></div>` : null}`;
};

export const Line = () => {
  const foot = useRef(/** @type {HTMLElement|null} */ (null));
  const host = hosting.value;
  const { line = {}, shut = {} } = meet.value || /** @type {any} */ ({});
  const list = listed(line, muted.value);
  const person = mine.value;
  const resting = Boolean(shut.line), alone = Boolean(person && person.shut && person.shut.line);
  // Hosts may always write; everyone else may still reach the hosts.
  const closed = !host && (resting || alone);
  const to = only.value || closed;
  const ready = points(draft.value) > 0 && fits(draft.value, MOST);
  const last = list.length ? list[list.length - 1].id : "";
  useLayoutEffect(() => {
    // The newest words are at hand, unless somebody writes or reads further up.
    const el = foot.current && foot.current.closest(".sheet");
    if (el && !draft.value) el.scrollTop = el.scrollHeight;
  }, [last]);
  const post = () => {
    if (!ready) return;
    if (closed) only.value = true;
    send();
  };
  return html`<${Sheet} title=${t("line.title")} closeLabel=${t("page.close")} onClose=${hide}>
    <p class="small soft">${t("line.how")}</p>
    ${host && html`<${Desk} />`}
    ${list.length ? html`<${List} list=${list} />` : html`<p>${t("line.empty")}</p>`}
    ${muted.value.length ? html`<div><h3>${t("line.muted")}</h3><ul class="talk">${muted.value.map((id) => html`<li key=${id}><span class="grow">
      <bdi translate="no">${(people.value[id] || NOBODY).name}</bdi></span><button type="button" class="btn plain" onClick=${() => mute(id, false)}>${t("line.unmute")}</button></li>`)}</ul></div>` : null}
    ${(resting || alone) && html`<p role="status">${t(alone && !resting ? "line.shut.you" : "line.shut")}</p>`}
    <div class="write" ref=${foot}>
      <${Field} id="line" label=${t("line.yours")} value=${draft.value} max=${MOST} lines=${2} t=${t}
        onInput=${(/** @type {string} */ text) => { draft.value = text; sent.value = ""; }} hint=${t("line.count", { n: points(draft.value), max: MOST })} />
      <div class="whom" role="group" aria-label=${t("line.to")}>${[false, true].map((hosts) => html`<button key=${String(hosts)} type="button" class="btn plain"
        aria-pressed=${String(to === hosts)} disabled=${closed && !hosts} onClick=${() => { only.value = hosts; }}>${t(hosts ? "line.host" : "line.all")}</button>`)}</div>
      <p class="acts"><button type="button" class="btn ink2" disabled=${!ready} onClick=${post}>${t("line.send")}</button></p>
      <p class="small" role="status">${sent.value}</p></div>
    <label class="tick"><input type="checkbox" checked=${look.value.ear} onChange=${() => { look.value = { ...look.value, ear: !look.value.ear }; }} /><span>${t("line.ear")}</span></label>
    ${host && html`<p><button type="button" class="btn plain" onClick=${() => act("shut", { what: "line", on: !resting })}>${t(resting ? "line.open" : "line.close")}</button></p>`}
  </${Sheet}>`;
};
