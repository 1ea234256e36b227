// People: who is here, whose hand is up, and the way in for others.
import { html, useState } from "../ui.js";
import { Field, fits } from "../parts/field.js";
import { Icon } from "../parts/icon.js";
import { Reactions } from "../parts/reactions.js";
import { Sheet } from "../parts/sheet.js";
import { Who } from "../parts/who.js";
import { flipHand, sendReaction } from "./bar.js";
import { Invite } from "./invite.js";
import { ranked } from "./order.js";
import { act, hands, here, hosting, invitation, me, mine, people, wide } from "./session.js";
import { hide } from "./sheets.js";
import { t } from "./tongue.js";

/* keys: people.screen */
const NAME = 40;

/** @param {{most?: number}} of */
export const List = ({ most = Infinity }) => {
  const all = people.value;
  const ids = ranked(all);
  const self = me.value && me.value.id;
  return html`<ul class="ppl">${ids.slice(0, most).map((id) => {
    const { name, ink, shape, role, here: present, hand } = all[id];
    const note = !present ? t("people.away") : role === "host" ? t("people.host") : role === "screen" ? t("people.screen") : id === self ? t("people.you") : "";
    return html`<li key=${id}><${Who} name=${name} ink=${ink} shape=${shape} away=${!present} />
      <span class="grow"><bdi translate="no">${name}</bdi></span>${note && html`<span class="small soft">${note}</span>`}
      ${hand !== undefined && html`<${Icon} id="u-hand" size=${20} label=${t("people.hand")} />`}</li>`;
  })}</ul>${ids.length > most && html`<p class="small soft">${t("people.more", { count: ids.length - most })}</p>`}`;
};

/** The hands that are up, in their order; a host gives the word. */
export const Hands = () => {
  const all = people.value;
  const [first, second] = hands.value;
  if (!first) return null;
  const host = hosting.value;
  const names = { name: all[first].name, next: second ? all[second].name : "" };
  return html`<div class="hands"><p class="row"><${Who} ...${all[first]} /><span class="small grow">${second ? t("hand.first.then", names) : t("hand.first", names)}</span></p>
    ${host && html`<button type="button" class="btn plain" onClick=${() => act("lower", { who: first })}>${t("hand.give.to", { name: names.name })}</button>`}</div>`;
};

const Rename = () => {
  const [name, type] = useState(mine.value ? mine.value.name : "");
  const [open, set] = useState(false);
  if (!open) return html`<button type="button" class="btn plain" onClick=${() => set(true)}>${t("people.rename")}</button>`;
  const save = () => {
    if (!name.trim() || !fits(name, NAME)) return;
    act("rename", { name: name.trim() });
    set(false);
  };
  return html`<div><${Field} id="rename" label=${t("join.name")} value=${name} max=${NAME} t=${t} onInput=${type} onEnter=${save} />
    <p><button type="button" class="btn" onClick=${save}>${t("people.rename.save")}</button></p></div>`;
};

export const People = () => html`<${Sheet} title=${t("people.here", { count: here.value.length })} closeLabel=${t("page.close")} onClose=${hide}>
  ${hosting.value && !wide.value && html`<div><${Reactions} t=${t} onReact=${sendReaction} />
    <p><button type="button" class="btn plain" onClick=${flipHand}>${mine.value && mine.value.hand !== undefined ? t("hand.lower") : t("hand.raise")}</button></p></div>`}
  ${hands.value.length ? html`<div><h3>${t("hand.title")}</h3><${Hands} /></div>` : html`<p class="small soft">${t("hand.none")}</p>`}
  <${List} />
  <div class="acts"><${Rename} /></div>
  ${invitation() && html`<div><h3>${t("people.invite")}</h3><${Invite} /></div>`}
</${Sheet}>`;
