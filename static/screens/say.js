// A host says one sentence to everyone: their own, or the card's, which each reads in their own language.
import { html, signal } from "../ui.js";
import { Field, fits, points } from "../parts/field.js";
import { Sheet } from "../parts/sheet.js";
import { library } from "./kind.js";
import { said } from "./news.js";
import { act, meet, running } from "./session.js";
import { hide } from "./sheets.js";
import { t } from "./tongue.js";

const MOST = 200;
/** What is being written outlives the sheet. */
const draft = signal("");

/** @param {import("../types.js").Tree} what @param {string} [own] */
function send(what, own = "") {
  const before = draft.value;
  if (own) draft.value = "";
  hide();
  act("say", what).then(({ outcome }) => {
    // What did not go is here again.
    if (outcome === "refused" && own && !draft.value) draft.value = before;
  });
}

export const Say = () => {
  const run = running.value;
  const all = run && run.card ? library() : null;
  const card = run && all && all.cards.find((one) => one.id === run.card);
  const from = meet.value && meet.value.say;
  const on = Boolean(card && from && from.card === card.id);
  const ready = points(draft.value) > 0 && fits(draft.value, MOST);
  const own = () => { if (ready) send({ text: draft.value.trim() }, draft.value); };
  return html`<${Sheet} title=${t("say.title")} closeLabel=${t("page.close")} onClose=${hide}>
    ${from && said.value && html`<div class="cut saying write"><p class="small"><b>${t("say.now")}</b></p><p><bdi dir="auto">${said.value}</bdi></p>
      <p><button type="button" class="btn plain" onClick=${() => send({ text: "" })}>${t("say.clear")}</button></p></div>`}
    <div class="write"><${Field} id="say" label=${t("say.own")} value=${draft.value} max=${MOST} lines=${3} t=${t}
        onInput=${(/** @type {string} */ text) => { draft.value = text; }} hint=${t("line.count", { n: points(draft.value), max: MOST })} />
      <p class="acts"><button type="button" class="btn ink2" disabled=${!ready} onClick=${own}>${t("say.send")}</button></p></div>
    ${card && card.say && !on && html`<div class=${`write k-${card.kind}`}><p class="label">${t("say.card")}</p><p>${t("host.quote", { say: card.say })}</p>
      <p class="acts"><button type="button" class="btn plain" onClick=${() => send({ card: true })}>${t("say.card.send")}</button></p></div>`}
    <p class="small soft">${t("say.how")}</p>
  </${Sheet}>`;
};
