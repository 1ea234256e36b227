// My group: who is with me, the clock, what we do, what we write to each other, and what we bring back.
import { html, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { Icon } from "../../static/parts/icon.js";
import { Who } from "../../static/parts/who.js";
import { Alone } from "./note.js";
import { mates, named, talk, turn } from "./told.js";

/* keys: part.* me.* it.* */
/** @typedef {any} Props what the shell hands to a kind */

const LINE = 240;

/** Words of people with their names beside them. @param {{props: Props, lines: {by: string, text: string}[], name: string}} of */
const Lines = ({ props: { people, me }, lines, name }) => html`<ul class=${name}>${lines.map((line, i) => html`
  <li key=${i} class=${line.by === me.id ? "mine" : null}>${people[line.by] ? html`<${Who} ...${people[line.by]} /><b class="small" translate="no"><bdi>${people[line.by].name}</bdi></b>` : null}
    <p dir="auto">${line.text}</p></li>`)}</ul>`;

/** A line to send, or to keep. @param {{props: Props, id: string, label: string, word: string, max: number, first?: string, hint?: string, lines?: number,
 *   onSend: (text: string) => void, onType?: (text: string) => void}} of */
const Write = ({ props: { t }, id, label, word, max, first = "", hint = "", lines = 1, onSend, onType }) => {
  const [text, put] = useState(first);
  const ready = points(text) > 0 && fits(text, max);
  const set = (/** @type {string} */ next) => {
    put(next);
    if (onType) onType(next.trim());
  };
  const go = () => {
    if (!ready) return;
    onSend(text.trim());
    set("");
  };
  return html`<div class="g-write"><${Field} id=${id} label=${label} hint=${hint} value=${text} max=${max} lines=${lines} t=${t} onInput=${set} onEnter=${go} />
    <button type="button" class="btn" disabled=${!ready} onClick=${go}>${word}</button></div>`;
};

/** Whose turn it is to ask, and what the others do meanwhile. @param {{props: Props, ours: any}} of */
const Clinic = ({ props, ours }) => {
  const { t, act, room, me, people } = props;
  const { part, who, my } = turn(room, ours, me.id);
  const name = people[who] ? people[who].name : "";
  return html`<div class="cut g-role enter" key=${room.stage}>
    ${name || my ? html`<ol class="g-parts">${[0, 1, 2].map((n) => html`<li key=${n} aria-current=${n === part ? "step" : null}>${t(`part.${n}`)}</li>`)}</ol>
      <p>${my ? t(`me.${part}`) : t(`it.${part}`, { name })}</p>` : html`<p>${t("free")}</p>`}
    ${my ? html`<button type="button" class="btn plain" onClick=${() => act("pass_")}>${t("pass")}</button>` : null}</div>`;
};

/** The one thing that goes home with us. @param {{props: Props, ours: any, mine: string, merge: boolean, onType: (text: string) => void}} of */
const Top = ({ props, ours, mine, merge, onType }) => {
  const { t, act, me, hold, room } = props;
  const top = ours && ours.top && ours.top.text;
  const [open, set] = useState(false);
  const type = (/** @type {string} */ text) => {
    onType(text);
    if (hold) hold(text ? { name: "add", args: { text }, words: text } : null);
  };
  const send = (/** @type {string} */ text) => {
    set(false);
    type("");
    act("bring", { text }, () => [[`team/${mine}/top`, { by: me.id, text }]]);
  };
  if (top && !open) {
    return html`<div class="cut g-top"><p class="small"><b>${t("top.is")}</b></p><p class="g-big" dir="auto">${top}</p>
      <button type="button" class="btn plain" onClick=${() => set(true)}>${t("top.change")}</button></div>`;
  }
  return html`<${Write} key=${top} props=${props} id="top" label=${merge ? t("top.merge") : t("top")} hint=${merge && room.stage < 2 ? t("top.two") : t("top.how")} word=${merge ? t("keep") : t("top.save")} max=${LINE} lines=${2} first=${top || ""} onSend=${send} onType=${type} />`;
};

/** How two people meet again. @param {{props: Props, ours: any, mine: string}} of */
const Way = ({ props, ours, mine }) => {
  const { t, act, me } = props;
  const way = ours && ours.way && ours.way.text;
  const [open, set] = useState(false);
  if (way && !open) {
    return html`<div class="cut g-top"><p class="small"><b>${t("way")}</b></p><p class="g-big" dir="auto">${way}</p>
      <button type="button" class="btn plain" onClick=${() => set(true)}>${t("top.change")}</button></div>`;
  }
  return html`<${Write} key=${way} props=${props} id="way" label=${t("way")} hint=${t("way.how")} word=${t("keep")} max=${80} first=${way || ""}
    onSend=${(/** @type {string} */ text) => { set(false); act("meet", { text }, () => [[`team/${mine}/way`, { by: me.id, text }]]); }} />`;
};

/** @param {{props: Props, onType: (text: string) => void, onSit: () => void}} of */
export const Group = ({ props, onType, onSit }) => {
  const { t, act, room, own, team: ours, me, people, options, lang, now, inner } = props;
  const mine = room.team[me.id];
  const others = mates(props);
  const { form } = options;
  const lines = talk(own, ours);
  const notes = ((ours && ours.notes) || []).filter((/** @type {any} */ note) => note.text);
  const called = Boolean(ours && ours.called);
  const quiet = form === "clinic" && room.stage % 3 === 2 && turn(room, ours, me.id).my;
  const send = (/** @type {string} */ text) => {
    const same = (/** @type {any[]} */ all) => all.filter((line) => line.by === me.id && line.text === text).length;
    const before = same((ours && ours.lines) || []);
    act("write", { text }, (/** @type {any} */ tree) => {
      const there = (tree.team && tree.team[mine] && tree.team[mine].lines) || [];
      // Between the room's own line and its answer the guess would stand there a second time.
      return same(there) > before ? [] : [[`team/${mine}/lines/${there.length}`, { by: me.id, text }]];
    });
  };
  const wall = html`${lines.length ? html`<${Lines} props=${props} lines=${lines} name="g-talk" />` : null}
    ${quiet ? html`<${Alone} props=${props} />` : html`<${Write} props=${props} id="talk" label=${t("write")} word=${t("send")} max=${LINE} hint=${lines.length ? "" : t("talk.none")} onSend=${send} />`}`;
  return html`<div class=${inner ? "cut g-with slim enter" : "cut g-with enter"}><div class="g-faces">${others.map((id) => people[id] && html`<${Who} key=${id} ...${people[id]} away=${!people[id].here} />`)}</div>
      <h2>${others.length ? t("you.with", { names: named(others, people, lang) }) : t("you.alone")}</h2>
      <${ClockTape} clock=${room.clock} now=${now} t=${t} /></div>
    ${room.said ? html`<div class="cut g-said" key=${room.said.at}><p class="small"><b>${t("said")}</b></p><p class="g-big" dir="auto">${room.said.text}</p></div>` : null}
    ${form === "clinic" ? html`<${Clinic} props=${props} ours=${ours} />` : null}
    ${notes.length ? html`<section><h3 class="g-h">${form === "buddy" ? t("steps") : t("notes")}</h3><${Lines} props=${props} lines=${notes} name="g-notes" /></section>` : null}
    ${inner && options.shown ? html`<p class="small soft">${t("shown.end")}</p>` : null}
    ${inner}
    ${inner ? html`<details class="g-fold"><summary>${t("write")}</summary>${wall}</details>` : form === "merge" ? null : wall}
    ${form === "buddy" ? html`<${Way} props=${props} ours=${ours} mine=${mine} />`
      : html`<${Top} props=${props} ours=${ours} mine=${mine} merge=${form === "merge"} onType=${onType} />`}
    ${form === "merge" ? wall : null}
    <div class="row wrap g-ways">${me.role === "host" ? null : html`<button type="button" class="btn plain" aria-pressed=${String(called)}
        onClick=${() => act("call", { on: !called }, () => [called ? [`team/${mine}/called`] : [`team/${mine}/called`, true]])}><${Icon} id="u-hand" size=${20} />${called ? t("uncall") : t("call")}</button>
      <button type="button" class="btn plain" onClick=${onSit}>${inner ? t("leave") : t("sit")}</button>`}</div>
    ${called ? html`<p class="small" role="status">${t("called")}</p>` : null}`;
};
