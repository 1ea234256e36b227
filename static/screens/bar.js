// What everyone can do at any moment: on a phone four buttons, a host five. On a desk there is room for words beside the signs.
import { html, signal } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { titleOf } from "./kind.js";
import { say, tell, unread } from "./news.js";
import { minuteMore } from "./order.js";
import { act, current, hands, hosting, me, meet, mine, now, plan, raise, running, wide } from "./session.js";
import { Later, show } from "./sheets.js";
import { t } from "./tongue.js";

/* keys: refused.* */
/** Are the six reactions laid out above the bar? */
export const tray = signal(false);

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
    aria-label=${label || null} class=${kind ? `onward k-${kind}` : null}><span class=${dot ? "dot" : null}><${Icon} id=${icon} size=${kind ? 30 : 24} /></span>${word}</button>`;

/** @param {{name: string, icon: string, dot?: boolean, label?: string}} of */
const Door = ({ name, icon, dot = false, label = "" }) => html`<${Item} icon=${icon} word=${t(`bar.${name}`)} run=${() => show(name)} dot=${dot} label=${label} />`;

/* keys: bar.say bar.timer bar.people bar.more bar.line */
const Phone = () => {
  const next = upcoming();
  const fresh = unread.value > 0;
  const up = Boolean(mine.value && mine.value.hand !== undefined);
  return html`<nav class="bar" aria-label=${t("bar.label")}>${hosting.value ? html`
      <${Item} icon="u-next" word=${t("bar.next")} run=${goOn} kind=${next ? next.kind : "room"}
        label=${next ? t("host.next", { title: titleOf(next) }) : ""} />
      <${Door} name="say" icon="u-say" /><${Door} name="timer" icon="u-timer" />
      <${Door} name="people" icon="u-people" dot=${hands.value.length > 0} />
      <${Door} name="more" icon="u-more" dot=${fresh} label=${fresh ? t("more.fresh") : ""} />` : html`
      <${Item} icon="u-hand" word=${up ? t("hand.up") : t("bar.hand")} run=${flipHand} on=${up} dot=${up} />
      <${Item} icon="u-react" word=${t("bar.react")} run=${() => { tray.value = !tray.value; }} open=${tray.value} />
      <${Door} name="line" icon="u-line" dot=${fresh} label=${fresh ? t("line.fresh") : ""} /><${Door} name="more" icon="u-more" />`}</nav>`;
};

export const Bar = () => {
  if (!me.value) return null;
  return wide.value ? html`<${Later} name="dock" />` : html`${tray.value && !hosting.value && html`<${Later} name="tray" />`}<${Phone} />`;
};
