// What everyone can do at any moment: at most five buttons on a phone, a row of them on a desk.
import { html, signal } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Reactions } from "../parts/reactions.js";
import { titleOf } from "./kind.js";
import { say, tell } from "./news.js";
import { minuteMore } from "./order.js";
import { act, current, hands, hosting, me, meet, mine, now, plan, raise, running, wide } from "./session.js";
import { show } from "./sheets.js";
import { t } from "./tongue.js";

/* keys: refused.* */
/** Are the six reactions laid out above the bar? */
const tray = signal(false);

/** @param {number} r */
export function sendReaction(r) {
  if (!current().store.react(r)) say(t("limit.fast"));
}

/** The step of the plan that Next leads to. */
export const upcoming = () => {
  const step = meet.value && plan.value[meet.value.at + 1];
  return step ? /** @type {any} */ (step) : null;
};

export function goOn() {
  const run = running.value;
  if (!upcoming()) return show("cards");
  act("next", { g: run ? run.g : 0 });
}

export function addMinute() {
  const run = running.value;
  if (!run) return show("timer");
  act("timer", { ms: minuteMore(run.ends, now()) });
}

export function flipHand() {
  const up = Boolean(mine.value && mine.value.hand !== undefined);
  raise(!up);
  tell(up ? t("hand.down") : t("hand.yours"));
}

/** @param {{icon: string, word: string, run: () => void, dot?: boolean, on?: boolean|null, open?: boolean|null, kind?: string, label?: string}} of */
const Item = ({ icon, word, run, dot = false, on = null, open = null, kind = "", label = "" }) => html`
  <button type="button" onClick=${run} aria-pressed=${on === null ? null : String(on)} aria-expanded=${open === null ? null : String(open)}
    aria-label=${label || null} class=${kind ? `onward k-${kind}` : null}><span class=${dot ? "dot" : null}><${Icon} id=${icon} /></span>${word}</button>`;

/** @param {{icon: string, word: string, run: () => void, dot?: boolean, on?: boolean|null}} of */
const Plain = ({ icon, word, run, dot = false, on = null }) => html`
  <button type="button" class="btn plain" onClick=${run} aria-pressed=${on === null ? null : String(on)}>
    <span class=${dot ? "sig dot" : "sig"}><${Icon} id=${icon} /></span>${word}</button>`;

const more = () => show("more");
const folks = () => show("people");

/** @param {{up: boolean}} of */
const Phone = ({ up }) => {
  const next = upcoming();
  const host = hosting.value;
  const waits = hands.value.length > 0;
  const flip = () => { tray.value = !tray.value; };
  return html`${tray.value && !host && html`<section class="tray enter" aria-label=${t("react.title")}><${Reactions} t=${t} onReact=${sendReaction} /></section>`}
    <nav class="bar" aria-label=${t("bar.label")}>${host ? html`
      <${Item} icon="u-next" word=${t("bar.next")} run=${goOn} kind=${next ? next.kind : "room"}
        label=${next ? t("host.next", { title: titleOf(next) }) : ""} />
      <${Item} icon="u-list" word=${t("bar.plan")} run=${() => show("cards")} />
      <${Item} icon="u-timer" word=${t("bar.timer")} run=${() => show("timer")} />
      <${Item} icon="u-people" word=${t("bar.people")} run=${folks} dot=${waits} />` : html`
      <${Item} icon="u-hand" word=${up ? t("hand.up") : t("bar.hand")} run=${flipHand} on=${up} dot=${up} />
      <${Item} icon="u-react" word=${t("bar.react")} run=${flip} open=${tray.value} />
      <${Item} icon="u-people" word=${t("bar.people")} run=${folks} />`}
      <${Item} icon="u-more" word=${t("bar.more")} run=${more} /></nav>`;
};

/** @param {{up: boolean}} of */
const Desk = ({ up }) => {
  const next = upcoming();
  const host = hosting.value;
  return html`<nav class="hostbar" aria-label=${t("bar.label")}>
    ${host ? html`<${Plain} icon="u-grid" word=${t("open.title")} run=${() => show("cards")} />
      <${Plain} icon="u-timer" word=${t("timer.more")} run=${addMinute} />` : null}
    <${Plain} icon="u-hand" word=${up ? t("hand.up") : t("bar.hand")} run=${flipHand} on=${up} dot=${up} />
    <${Plain} icon="u-more" word=${t("bar.more")} run=${more} />
    ${host && next && html`<span class="grow"></span><span class=${`k-${next.kind}`}><button type="button" class="btn xl ink2" onClick=${goOn}>
      ${t(running.value ? "host.next" : "host.begin", { title: titleOf(next) })}<${Icon} id="u-next" size=${30} /></button></span>`}</nav>`;
};

export const Bar = () => {
  if (!me.value) return null;
  const up = Boolean(mine.value && mine.value.hand !== undefined);
  return wide.value ? html`<${Desk} up=${up} />` : html`<${Phone} up=${up} />`;
};
