// The host's table: what could be said, the plan, and every ready card to open for everyone.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { goOn, upcoming } from "./bar.js";
import { library, titleOf } from "./kind.js";
import { Hands } from "./people.js";
import { act, meet, plan, running } from "./session.js";
import { hide } from "./sheets.js";
import { Saying, Steps } from "./steps.js";
import { t } from "./tongue.js";

/* keys: open.energy.low open.energy.mid open.energy.high kind.* */
/** @typedef {import("./kind.js").Card} Card */

/** The prompts a card can be opened with. @param {Card} card @returns {string[]} */
const prompts = (card) => {
  const all = library();
  if (!all || !card.choose || !card.pick) return [];
  return card.pick === "songs" ? all.songs.items.map((item) => `${all.songs.stem} ${item}`) : all.checkins;
};

/** @param {Card} card @param {number} prompt */
function openCard(card, prompt) {
  act("open", prompt < 0 ? { card: card.id } : { card: card.id, options: { prompt } });
  hide();
}

/** One card: a line that unfolds. @param {{card: Card, open: boolean, flip: () => void}} of */
const One = ({ card, open, flip }) => {
  const list = open ? prompts(card) : [];
  const first = card.options && typeof card.options.prompt === "number" ? card.options.prompt : 0;
  const [prompt, choose] = useState(first);
  const run = running.value;
  return html`<li class=${`k-${card.kind}`}><button type="button" aria-expanded=${String(open)} onClick=${flip}><${Icon} id=${`k-${card.kind}`} size=${34} />
      <span class="grow">${card.title}</span><span class="small soft">${run && run.card === card.id ? t("open.now") : t("min", { count: card.minutes })}</span></button>
    ${open && html`<div class="cut card enter"><p><b>${list.length ? list[prompt] : card.prompt}</b></p>
      <p class="small soft">${t("open.size", { min: card.size[0], max: card.size[1] })}${t("list.sep")}${t(`open.energy.${card.energy}`)}</p>
      ${card.seated && html`<p class="small soft">${t("open.seated")}</p>`}
      ${list.length ? html`<p><label for="prompt">${t("open.song")}</label><select class="field" id="prompt" value=${prompt}
        onChange=${(/** @type {any} */ event) => choose(Number(event.currentTarget.value))}>${list.map((text, i) => html`<option key=${i} value=${i}>${text}</option>`)}</select></p>` : null}
      <button type="button" class="btn ink2" onClick=${() => openCard(card, list.length ? prompt : -1)}>${t("open.go")}</button></div>`}</li>`;
};

export const Cards = () => {
  const all = library();
  const [open, set] = useState("");
  const next = upcoming();
  const past = meet.value ? meet.value.past.filter((p) => !("again" in p)) : [];
  return html`<${Sheet} title=${t("host.plan")} closeLabel=${t("page.close")} onClose=${hide}>
    <${Saying} />
    ${plan.value.length ? html`<${Steps} />` : null}
    <${Hands} />
    ${next && html`<div class=${`k-${next.kind}`}><button type="button" class="btn xl ink2" onClick=${() => { goOn(); hide(); }}><span class="grow">
      <span class="nx">${t("bar.next")}</span>${titleOf(next)}</span><${Icon} id="u-next" size=${34} /></button></div>`}
    <h3>${t("open.title")}</h3><p class="small soft">${t("open.how")}</p>
    ${all && html`<ul class="steps lib">${all.cards.map((card) => html`<${One} key=${card.id} card=${card} open=${open === card.id}
      flip=${() => set(open === card.id ? "" : card.id)} />`)}</ul>`}
    ${past.length ? html`<h3>${t("open.past")}</h3><ul class="steps">${past.map((p) => html`<li key=${p.g} class=${`k-${p.kind}`}>
      <${Icon} id=${`k-${p.kind}`} size=${34} /><span class="grow">${titleOf(p)}</span>
      <button type="button" class="btn plain" onClick=${() => { act("open", { again: p.g }); hide(); }}>${t("open.again")}</button></li>`)}</ul>` : null}
  </${Sheet}>`;
};
