// The host's table: what could be said, the plan, and every ready card to open for everyone.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { goOn, upcoming } from "./bar.js";
import { removed, swapped } from "./draft.js";
import { Fold } from "./fold.js";
import { titleOf } from "./kind.js";
import { Memo } from "./memo.js";
import { Auto, Pace, autoNow, byId, take } from "./paceline.js";
import { Hands } from "./people.js";
import { Picker } from "./picker.js";
import { act, meet, plan } from "./session.js";
import { hide, show } from "./sheets.js";
import { NEAR, Saying, Steps } from "./steps.js";
import { t } from "./tongue.js";

/** @typedef {import("./kind.js").Card} Card */

/** @param {Card} card @param {number} prompt */
function openCard(card, prompt) {
  act("open", prompt < 0 ? { card: card.id } : { card: card.id, options: { prompt } });
  hide();
}

/** What else could come next: the card for another moment, or nothing of it. Where the plan is changed, both can be taken back. */
const Otherwise = () => {
  const steps = /** @type {any[]} */ (plan.value), at = meet.value ? meet.value.at : -1;
  const cards = byId();
  const other = cards[(cards[steps[at + 1].card || ""] || {}).swap];
  return html`<div class="row wrap">${other && html`<button type="button" class="btn plain" onClick=${() => take(swapped(steps, at + 1, cards))}>${t("plan.swap", { title: other.title })}</button>`}
    <button type="button" class="btn plain" onClick=${() => take(removed(steps, at + 1, at))}>${t("next.skip")}</button></div>`;
};

export const Cards = () => {
  const [whole, unfold] = useState(false);
  const next = upcoming();
  const long = plan.value.length > NEAR + 1;
  const past = meet.value ? meet.value.past.filter((p) => !("again" in p)) : [];
  return html`<${Sheet} title=${t("host.plan")} closeLabel=${t("page.close")} onClose=${hide}>
    <${Saying} /><${Pace} />
    ${next && html`<div class=${`k-${next.kind}`}><button type="button" class="btn xl ink2" onClick=${() => { goOn(); hide(); }}><span class="grow">
      <span class="nx">${t("bar.next")}</span>${titleOf(next)}</span><${Icon} id="u-next" size=${34} /></button></div>`}
    <${Hands} />
    ${plan.value.length ? html`<${Steps} near=${long && !whole} />` : null}
    <div class="row wrap doing"><button type="button" class="btn plain" onClick=${() => show("plan")}>${t("plan.edit")}</button>
      ${long && html`<button type="button" class="btn plain" aria-expanded=${String(whole)} onClick=${() => unfold(!whole)}>${t(whole ? "plan.near" : "plan.whole")}</button>`}</div>
    ${next && html`<${Fold} title=${t("next.otherwise")}><${Otherwise} /></${Fold}>`}
    <${Fold} title=${t("memo.title")}><${Memo} /></${Fold}>
    <${Fold} title=${t("auto.title")} note=${autoNow()}><${Auto} /></${Fold}>
    <${Fold} title=${t("open.title")} open=${!next}><p class="small soft">${t("open.how")}</p><${Picker} word=${t("open.go")} go=${openCard} /></${Fold}>
    ${past.length ? html`<${Fold} title=${t("open.past")}><ul class="steps">${past.map((p) => html`<li key=${p.g} class=${`k-${p.kind}`}>
      <${Icon} id=${`k-${p.kind}`} size=${34} /><span class="grow">${titleOf(p)}</span>
      <button type="button" class="btn plain" onClick=${() => { act("open", { again: p.g }); hide(); }}>${t("open.again")}</button></li>`)}</ul></${Fold}>` : null}
  </${Sheet}>`;
};
