// People: who is here, who was here, whose hand is up, who leads; a name leads to what can be done for this person.
import { computed, html, signal, useLayoutEffect, useState } from "../ui.js";
import { choice } from "../keep.js";
import { Field, fits } from "../parts/field.js";
import { Icon } from "../parts/icon.js";
import { Reactions } from "../parts/reactions.js";
import { Sheet } from "../parts/sheet.js";
import { Who } from "../parts/who.js";
import { flipHand, sendReaction } from "./bar.js";
import { halves, keyed, heirs, lead, marks } from "./may.js";
import { muted } from "./mute.js";
import { ranked } from "./order.js";
import { act, current, hands, here, hosting, invitation, me, meet, mine, people, state, wide } from "./session.js";
import { Later, hide, show } from "./sheets.js";
import { t } from "./tongue.js";
import { sign } from "./voicefacts.js";

/* keys: people.* lead.* */
const NAME = 40;
/** How many are offered as stand-ins: more would be a list of its own. */
const FEW = 4;

/** Whose sheet is open. */
export const whom = signal("");
/** @param {string} id */
export const lookAt = (id) => {
  whom.value = id;
  show("person");
};

/** A button that goes when it has done its work leaves the focus in the sheet. */
export const useHold = () => useLayoutEffect(() => {
  const head = document.getElementById("sheet-head");
  if (head && document.activeElement === document.body) head.focus();
});

/** Who has no line at this moment, but not for long: a locked phone, a tunnel. A text, so that cursors draw nothing here. */
const still = computed(() => {
  const live = (state.value && state.value.live) || {};
  return Object.keys(live).filter((id) => live[id] && live[id].dim).join(" ");
});
/** @param {string} id */
export const resting = (id) => still.value.split(" ").includes(id);

/** What stands beside a name, in words. @param {string} id @returns {string} */
export const note = (id) => marks({ who: id, me: me.value ? me.value.id : "", people: people.value, meet: meet.value || {}, mute: muted.value.includes(id) }, resting(id))
  .map((mark) => t(`people.${mark}`)).join(t("list.sep"));

/** What everybody does with their voice, as a text, so that cursors draw nothing here. */
const voiced = computed(() => {
  const live = (state.value && state.value.live) || {};
  return Object.keys(live).map((id) => `${id}:${sign(live, people.value[id], id)}`).join(" ");
});
const SIGNS = { speaks: "u-mic", mic: "u-mic", ear: "u-ear" };
/** The microphone of one person, open or not, and whether they are heard now. @param {{id: string}} of */
const Voice = ({ id }) => {
  const [, of = ""] = (` ${voiced.value} `.match(` ${id}:(\\w+) `) || []);
  const what = /** @type {keyof typeof SIGNS} */ (of);
  return of ? html`<span class=${`vx ${of}`} style=${{ "--c": `var(--f${people.value[id].ink % 12})` }}><${Icon} id=${SIGNS[what]} size=${20} label=${t(`people.${what}`)} /></span>` : null;
};

/** @param {{id: string}} of */
const Row = ({ id }) => {
  const { name, ink, shape, here: present, hand, out } = people.value[id];
  const told = note(id);
  return html`<li><button type="button" class="folk" aria-haspopup="dialog" onClick=${() => lookAt(id)}>
    <${Who} name=${name} ink=${ink} shape=${shape} away=${!present || out || resting(id)} />
    <span class="grow"><bdi translate="no">${name}</bdi>${told && html` <span class="small soft">${told}</span>`}</span>
    <${Voice} id=${id} />${hand !== undefined && html`<${Icon} id="u-hand" size=${20} label=${t("people.hand")} />`}</button></li>`;
};

/** Whoever is here, the most needed first. @param {{most?: number}} of */
export const List = ({ most = Infinity }) => {
  const all = people.value;
  const ids = halves(ranked(all), all, hosting.value).here;
  return html`<ul class="ppl">${ids.slice(0, most).map((id) => html`<${Row} key=${id} id=${id} />`)}</ul>
    ${ids.length > most && html`<p class="small soft">${t("people.more", { count: ids.length - most })}</p>`}`;
};

/** Whoever was here: what they left behind can still be looked after. */
const Was = () => {
  const all = people.value;
  const ids = halves(ranked(all), all, hosting.value).was;
  return ids.length ? html`<details class="was"><summary>${t("people.was")} (${ids.length})</summary>
    <ul class="ppl">${ids.map((id) => html`<${Row} key=${id} id=${id} />`)}</ul></details>` : null;
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

/** Who leads, where that is not plain to see, and what one can do about it. */
const Lead = () => {
  const { baton: now } = /** @type {any} */ (meet.value || {});
  const all = people.value;
  const { say, can } = lead({ was: undefined, now, acted: false, me: me.value ? me.value.id : "", people: all });
  if (!say) return null;
  return html`<div class="cut lead"><p>${now && all[now] ? t("lead.other", { name: all[now].name }) : t("lead.vacant")}</p>
    ${can && html`<button type="button" class="btn ink2" onClick=${() => { act("lead", {}); hide(); }}>${t(`lead.${can === "take" ? "take" : "can"}`)}</button>`}</div>`;
};

/** Beside the name of the room: who leads. */
export const Leads = () => {
  const { baton: now } = /** @type {any} */ (meet.value || {});
  const self = me.value ? me.value.id : "", all = people.value;
  const { say } = lead({ was: undefined, now, acted: false, me: self, people: all });
  const text = now && all[now] ? (now === self ? t("host.hosting") : t("lead.other", { name: all[now].name })) : say ? t("lead.vacant") : "";
  return text ? html`<span class="small soft">${text}</span>` : null;
};

/** Asked once, quietly, when there is somebody to name. */
const StandIn = () => {
  useHold();
  const key = `standin:${current().room}`;
  const [done, set] = useState(Boolean(choice(key)));
  const room = meet.value, all = people.value, self = me.value ? me.value.id : "";
  if (done || !room || room.standin || room.baton !== self || !keyed(mine.value)) return null;
  const some = heirs(all, self, null);
  if (!some.length || some.some((id) => keyed(all[id]))) return null;
  const over = () => {
    choice(key, true);
    set(true);
  };
  return html`<div class="cut standin"><p><b>${t("standin.ask")}</b></p><div class="row wrap">
    ${some.slice(0, FEW).map((id) => html`<button key=${id} type="button" class="btn plain" onClick=${() => { act("standin", { who: id }); over(); }}>
      <${Who} ...${all[id]} /><bdi translate="no">${all[id].name}</bdi></button>`)}
    <button type="button" class="btn plain" onClick=${over}>${t("standin.later")}</button></div></div>`;
};

const Rename = () => {
  const [name, type] = useState(mine.value ? mine.value.name : "");
  const [open, set] = useState(false);
  if (!open) return html`<button type="button" class="btn plain" onClick=${() => set(true)}><${Icon} id="u-pen" /> ${t("people.rename")}</button>`;
  const save = () => {
    if (!name.trim() || !fits(name, NAME)) return;
    act("rename", { name: name.trim() });
    set(false);
  };
  return html`<div><${Field} id="rename" label=${t("join.name")} value=${name} max=${NAME} t=${t} onInput=${type} onEnter=${save} />
    <p><button type="button" class="btn" onClick=${save}>${t("people.rename.save")}</button></p></div>`;
};

export const People = () => {
  useHold();
  return html`<${Sheet} title=${t("people.here", { count: here.value.length })} closeLabel=${t("page.close")} onClose=${hide}>
  <${Lead} />
  ${hands.value.length ? html`<div><h3>${t("hand.title")}</h3><${Hands} /></div>` : null}
  <div><${List} /><${Was} /></div>
  <${StandIn} />
  ${hosting.value && !wide.value && html`<div><${Reactions} t=${t} onReact=${sendReaction} />
    <p><button type="button" class="btn plain" onClick=${flipHand}><${Icon} id="u-hand" /> ${mine.value && mine.value.hand !== undefined ? t("hand.lower") : t("hand.raise")}</button></p></div>`}
  ${hosting.value && html`<${Later} name="trouble" />`}
  <div class="acts"><${Rename} />
    ${invitation() && html`<button type="button" class="btn plain" onClick=${() => show("invite")}><${Icon} id="u-qr" /> ${t("people.invite")}</button>`}</div>
</${Sheet}>`;
};
