// The hosts' side while groups are out: who is with whom, who would like a host, and what one can do for all of them.
import { html, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { Icon } from "../../static/parts/icon.js";
import { Who } from "../../static/parts/who.js";
import { groups, named } from "./told.js";

/** @typedef {any} Props what the shell hands to a kind */

const SAY = 200;

/** @param {{props: Props}} of */
const Tell = ({ props: { t, act, room } }) => {
  const [text, put] = useState("");
  const ready = points(text) > 0 && fits(text, SAY);
  const go = () => {
    if (!ready) return;
    act("tell", { text: text.trim() });
    put("");
  };
  return html`<div><${Field} id="g-tell" label=${t("tell")} value=${text} max=${SAY} t=${t} onInput=${put} onEnter=${go} />
    <div class="row wrap"><button type="button" class="btn" disabled=${!ready} onClick=${go}>${t("tell.send")}</button>
      ${room.said ? html`<button type="button" class="btn plain" onClick=${() => act("tell", { text: "" })}>${t("tell.off")}</button>` : null}</div></div>`;
};

/** @param {{props: Props}} of */
export const Over = ({ props }) => {
  const { t, act, room, host, me, people, lang, options, now, own } = props;
  const list = groups(room.phase === "out" ? room.team : {});
  const calls = (host && host.calls) || {};
  const mine = room.team[me.id];
  const stages = options.form === "merge" || options.form === "clinic";
  return html`<section class="g-over" aria-label=${t("over")}>
    ${mine ? (own && own.with ? null : html`<p class="small">${t("entered")}</p><button type="button" class="btn plain" onClick=${() => act("leave")}>${t("leave")}</button>`)
      : room.phase === "out" ? html`<div class="row"><h2 class="grow">${t("over")}</h2><${ClockTape} clock=${room.clock} now=${now} t=${t} /></div>` : null}
    ${list.length ? html`<ul class="g-list">${list.map(([team, who]) => html`<li key=${team} class=${calls[team] ? "calls" : null}>
      <div class="g-faces">${who.map((id) => people[id] && html`<${Who} key=${id} ...${people[id]} away=${!people[id].here} />`)}</div>
      <b class="grow" translate="no">${named(who, people, lang)}${calls[team] ? html`<span class="small">${t("over.call")}</span>` : null}</b>
      ${mine === team ? null : html`<button type="button" class="tool" aria-label=${t("enter", { names: named(who, people, lang) })} onClick=${() => act("enter", { t: team })}><${Icon} id="u-door" size=${24} /></button>`}</li>`)}</ul>` : null}
    ${list.length ? html`<${Tell} props=${props} />` : null}
    <div class="row wrap"><button type="button" class="btn plain" onClick=${() => act("more")}>${t("timer.more")}</button>
      ${stages ? html`<button type="button" class="btn plain" onClick=${() => act("on")}>${t("next.part")}</button>` : null}</div>
    <button type="button" class="btn xl ink2" onClick=${() => act("home")}>${t("home")}</button></section>`;
};
