// One person: what can be done for them and, for hosts, what can be done about them. One tap each; only asking somebody to
// leave takes a second one, whose words say both outcomes.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { Who } from "../parts/who.js";
import { keyed, may } from "./may.js";
import { mute, muted } from "./mute.js";
import { tell } from "./news.js";
import { note, resting, useHold, whom } from "./people.js";
import { Relink, relink } from "./relink.js";
import { act, current, hosting, me, meet, now, people, state } from "./session.js";
import { hide, show } from "./sheets.js";
import { t, words } from "./tongue.js";

/* keys: person.* voice.invited voice.muted voice.unmuted */
/** @typedef {import("../types.js").Answer} Answer */

/** How long the strip offers to put back what was undone; the sheet offers it for ten minutes. */
const STRIP_MS = 15000;

/** @type {{[what: string]: {icon: string, run: (who: string) => unknown, hint?: boolean}}} */
const WAYS = {
  "word": { icon: "u-say", run: (who) => act("lower", { who }) },
  "speak": { icon: "u-mic", run: (who) => act("invite", { who }).then(said("voice.invited", who)), hint: true },
  "pass": { icon: "u-next", run: (to) => act("pass", { to }), hint: true },
  "standin.on": { icon: "u-heart", run: (who) => act("standin", { who }), hint: true },
  "standin.off": { icon: "u-heart", run: () => act("standin", { who: null }) },
  "host.on": { icon: "u-plus", run: (who) => act("host", { who, on: true }), hint: true },
  "host.off": { icon: "u-minus", run: (who) => act("host", { who, on: false }) },
  "mute.on": { icon: "u-hide", run: (who) => mute(who, true), hint: true },
  "mute.off": { icon: "u-eye", run: (who) => mute(who, false) },
  "line.off": { icon: "u-line", run: (who) => act("shut", { what: "line", on: true, who }) },
  "line.on": { icon: "u-line", run: (who) => act("shut", { what: "line", on: false, who }) },
  "work.off": { icon: "u-pen", run: (who) => act("shut", { what: "work", on: true, who }), hint: true },
  "work.on": { icon: "u-pen", run: (who) => act("shut", { what: "work", on: false, who }) },
  "music.on": { icon: "u-note", run: (who) => act("music", { on: true, who }), hint: true },
  "music.off": { icon: "u-note", run: (who) => act("music", { on: false, who }) },
  "voice.off": { icon: "u-hush", run: (who) => hush(who, true) },
  "voice.on": { icon: "u-mic", run: (who) => hush(who, false) },
  "undo": { icon: "u-undo", run: (who) => undo(who), hint: true },
  "redo": { icon: "u-redo", run: (who) => redo(who) },
};
/** These take something from somebody; they stand apart from what helps. */
const FIRM = ["line.off", "line.on", "work.off", "work.on", "voice.off", "voice.on", "undo", "redo", "remove"];

/** @param {string} who */
const nameOf = (who) => (people.value[who] ? people.value[who].name : "");

/** Says what has come of it. @param {string} key @param {string} who @param {import("./news.js").News} [back] the way to take it back */
const said = (key, who, back) => (/** @type {Answer} */ { outcome }) => { if (outcome === "ok") tell({ ...back, text: t(key, { name: nameOf(who) }) }, back ? STRIP_MS : undefined); };

/** One microphone closed, or free again; the strip takes it back. @param {string} who @param {boolean} on @returns {Promise<void>} */
const hush = (who, on) => act("shut", { what: "voice", on, who })
  .then(said(on ? "voice.muted" : "voice.unmuted", who, on ? { text: "", word: t("undo.do"), run: () => hush(who, false) } : undefined));

/** @param {string} who */
function redo(who) {
  const name = nameOf(who);
  return act("redo", { who }).then(({ outcome }) => { if (outcome === "ok") tell(t("person.redone", { name })); });
}

/** Takes effect at once, for everyone; the strip can put it all back. @param {string} who */
function undo(who) {
  const name = nameOf(who);
  return act("undo", { who }).then(({ outcome }) => {
    if (outcome === "refused") return;
    const text = t("person.undone", { name });
    // Very much of it cannot be put back; then nothing is promised.
    if (backUntil(who)) tell({ text, word: t("person.redo"), run: () => { redo(who); } }, STRIP_MS);
    else tell(text);
  });
}

/** Until when what this person did can be put back, 0 when there is nothing to put back. @param {string} who */
const backUntil = (who) => {
  const desk = state.value && state.value.desk;
  const kept = desk && desk.undone && desk.undone[who];
  return kept && kept.until > now() ? kept.until : 0;
};

/** @param {{what: string, who: string, run?: () => void}} of */
const Way = ({ what, who, run }) => {
  const { icon, run: own, hint = false } = WAYS[what] || { icon: "u-door", run: () => {} };
  return html`<li><button type="button" class="folk" onClick=${run || (() => own(who))}><${Icon} id=${icon} />
    <span class="grow"><b>${t(`person.${what}`)}</b>${hint && html`<span class="small soft">${t(`person.${what}.how`)}</span>`}</span></button></li>`;
};

/** The second tap is the act. @param {{who: string, back: () => void, gone: () => void}} of */
const Asking = ({ who, back, gone }) => {
  const name = nameOf(who);
  /** @param {boolean} all undo what they did, too */
  const go = (all) => act("remove", { who }).then((/** @type {Answer} */ { outcome }) => {
    if (outcome === "refused") return back();
    if (all) undo(who);
    else tell(t("remove.done", { name }));
    relink();
    return gone();
  });
  return html`<p>${t("remove.how")}</p><div class="acts">
    <button type="button" class="btn ink2" onClick=${() => go(false)}><${Icon} id="u-door" /> ${t("remove.do", { name })}</button>
    <button type="button" class="btn plain" onClick=${() => go(true)}><${Icon} id="u-undo" /> ${t("remove.undo")}</button>
    <button type="button" class="btn plain" onClick=${back}>${t("remove.stay", { name })}</button></div>`;
};

export const Person = () => {
  useHold();
  const who = whom.value;
  // The sheet may turn to somebody else while it is open.
  const [asks, ask] = useState("");
  const [left, leave] = useState("");
  const all = people.value;
  const person = all[who];
  const self = me.value ? me.value.id : "";
  const list = html`<div class="acts"><button type="button" class="btn plain" onClick=${() => show("people")}><${Icon} id="u-people" /> ${t("people.back.list")}</button></div>`;
  if (!person) return html`<${Sheet} title=${t("bar.people")} closeLabel=${t("page.close")} onClose=${hide}><p>${t("refused.nobody")}</p>${list}</${Sheet}>`;
  const { name } = person;
  if (asks === who) return html`<${Sheet} key="ask" title=${t("remove.title", { name })} closeLabel=${t("page.close")} onClose=${hide}>
    <${Asking} who=${who} back=${() => ask("")} gone=${() => { ask(""); leave(who); }} /></${Sheet}>`;
  const until = backUntil(who);
  const can = may({ who, me: self, people: all, meet: meet.value || {}, undone: until > 0, mute: muted.value.includes(who), voice: current().store.voice === 1 });
  const told = note(who);
  // What can be taken back stays under the finger that did it.
  const row = (/** @type {string} */ what) => html`<${Way} key=${what === "redo" ? "undo" : what.split(".")[0]} what=${what} who=${who} run=${what === "remove" ? () => ask(who) : undefined} />`;
  const firm = can.filter((what) => FIRM.includes(what)), kind = can.filter((what) => !FIRM.includes(what));
  return html`<${Sheet} key="all" title=${html`<bdi translate="no">${name}</bdi>`} closeLabel=${t("page.close")} onClose=${hide}>
    <p class="row"><${Who} ...${person} away=${!person.here || person.out || resting(who)} /><span class="grow">${told || t("person.here")}</span></p>
    ${left === who && html`<${Relink} />`}
    ${until > 0 && html`<p class="cut small">${t("person.undone.until", { time: words.value.time(Date.now() + until - now()) })}</p>`}
    ${kind.length ? html`<ul class="ways">${kind.map(row)}</ul>` : null}
    ${hosting.value && keyed(person) && who !== self && html`<p class="small soft">${t("person.key")}</p>`}
    ${firm.length ? html`<div class="group"><h3>${t("trouble.title")}</h3><ul class="ways">${firm.map(row)}</ul></div>` : null}
    ${list}
  </${Sheet}>`;
};
