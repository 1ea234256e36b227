// The bar of a desk: signs with their words, and for a host the one big way on.
import { html } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { flipHand, goOn, upcoming } from "./bar.js";
import { titleOf } from "./kind.js";
import { unread } from "./news.js";
import { hosting, mine, running } from "./session.js";
import { show } from "./sheets.js";
import { t } from "./tongue.js";

/** @param {{icon: string, word: string, run: () => void, dot?: boolean, on?: boolean|null, label?: string}} of */
const Plain = ({ icon, word, run, dot = false, on = null, label = "" }) => html`
  <button type="button" class="btn plain" onClick=${run} aria-pressed=${on === null ? null : String(on)} aria-label=${label || null}>
    <span class=${dot ? "sig dot" : "sig"}><${Icon} id=${icon} /></span>${word}</button>`;

export const Dock = () => {
  const next = upcoming();
  const host = hosting.value;
  const fresh = unread.value > 0;
  const up = Boolean(mine.value && mine.value.hand !== undefined);
  return html`<nav class="hostbar" aria-label=${t("bar.label")}>
    ${host && html`<${Plain} icon="u-say" word=${t("bar.say")} run=${() => show("say")} />
      <${Plain} icon="u-timer" word=${t("bar.timer")} run=${() => show("timer")} />`}
    <${Plain} icon="u-hand" word=${up ? t("hand.up") : t("bar.hand")} run=${flipHand} on=${up} dot=${up} />
    <${Plain} icon="u-line" word=${t("bar.line")} run=${() => show("line")} dot=${fresh} label=${fresh ? t("line.fresh") : ""} />
    <${Plain} icon="u-more" word=${t("bar.more")} run=${() => show("more")} />
    ${host && next && html`<span class="grow"></span><span class=${`k-${next.kind}`}><button type="button" class="btn xl ink2" onClick=${goOn}>
      ${t(running.value ? "host.next" : "host.begin", { title: titleOf(next) })}<${Icon} id="u-next" size=${30} /></button></span>`}</nav>`;
};
