// Finding a card without facing all of them: by what it is for, six at a time, or by a word of its title.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { fresh, PURPOSES, found, serving } from "./draft.js";
import { library } from "./kind.js";
import { meet, plan, running } from "./session.js";
import { t } from "./tongue.js";

/* keys: open.energy.low open.energy.mid open.energy.high for.* kind.* */
/** @typedef {import("./kind.js").Card} Card */
/** @typedef {(card: Card, prompt: number) => void} Pick `prompt`: its place in the card's deck, -1 where nothing was chosen */

const AT_ONCE = 6;

/** The prompts of a deck. @param {string} [pick] @returns {string[]} */
const deck = (pick) => {
  const all = library();
  return (all && pick && all.decks[pick]) || [];
};

/** One card: a line that unfolds. @param {{card: Card, open: boolean, word: string, flip: () => void, go: Pick}} of */
const One = ({ card, open, word, flip, go }) => {
  const list = open && card.choose ? deck(card.pick) : [];
  // What was asked before in this room, or will be, is not asked again unless somebody chooses so.
  const all = library(), run = running.value;
  const asked = /** @type {any[]} */ ([...plan.value, ...(meet.value ? meet.value.past : []), ...(run ? [run] : [])]);
  const first = all ? fresh({ card: card.id, options: card.options }, asked, all) : 0;
  const [prompt, choose] = useState(first);
  return html`<li class=${`k-${card.kind}`}><button type="button" aria-expanded=${String(open)} onClick=${flip}><${Icon} id=${`k-${card.kind}`} size=${34} />
      <span class="grow">${card.title}</span><span class="small soft">${run && run.card === card.id ? t("open.now") : t("min", { count: card.minutes })}</span></button>
    ${open && html`<div class="cut card enter"><p><b>${list.length ? list[prompt] : card.prompt}</b></p>
      <p class="small soft">${t("open.size", { min: card.size[0], max: card.size[1] })}${t("list.sep")}${t(`open.energy.${card.energy}`)}</p>
      ${card.seated && html`<p class="small soft">${t("open.seated")}</p>`}${card.risk && html`<p class="small">${card.risk}</p>`}
      ${list.length ? html`<p><label for="prompt">${t(card.options && card.options.about === "song" ? "open.song" : "open.which")}</label><select class="field" id="prompt" value=${prompt}
        onChange=${(/** @type {any} */ event) => choose(Number(event.currentTarget.value))}>${list.map((text, i) => html`<option key=${i} value=${i}>${text}</option>`)}</select></p>` : null}
      <button type="button" class="btn ink2" onClick=${() => go(card, list.length ? prompt : -1)}>${word}</button></div>`}</li>`;
};

/** @param {{cards: Card[], word: string, go: Pick}} of */
const Few = ({ cards, word, go }) => {
  const [many, more] = useState(AT_ONCE);
  const [open, set] = useState("");
  return html`<ul class="steps lib">${cards.slice(0, many).map((card) => html`<${One} key=${card.id} card=${card} open=${open === card.id} word=${word} go=${go}
      flip=${() => set(open === card.id ? "" : card.id)} />`)}</ul>
    ${cards.length > many && html`<p><button type="button" class="btn plain" onClick=${() => more(many + AT_ONCE)}>${t("cards.further")}</button></p>`}`;
};

/** @param {{word: string, go: Pick}} of `word`: what the button of a card does */
export const Picker = ({ word, go }) => {
  const all = library();
  const [words, type] = useState("");
  const [purpose, choose] = useState("");
  if (!all) return null;
  const cards = /** @type {any[]} */ (all.cards);
  const here = PURPOSES.filter((one) => cards.some((card) => card.purpose[0] === one));
  const hits = words.trim() ? found(cards, words) : null;
  return html`<div class="pickcard"><p><label for="find-card">${t("cards.find")}</label>
      <input class="field" id="find-card" type="search" dir="auto" autocomplete="off" value=${words}
        onInput=${(/** @type {any} */ event) => type(event.currentTarget.value)} /></p>
    ${hits ? html`${hits.length ? html`<${Few} key=${words} cards=${hits} word=${word} go=${go} />` : html`<p role="status">${t("cards.nothing")}</p>`}`
    : html`<p class="label" id="for-what">${t("cards.purpose")}</p><div class="row wrap" role="group" aria-labelledby="for-what">${here.map((one) => html`
        <button key=${one} type="button" class="btn plain" aria-pressed=${String(purpose === one)} onClick=${() => choose(purpose === one ? "" : one)}>${t(`for.${one}`)}</button>`)}</div>
      ${purpose && html`<${Few} key=${purpose} cards=${serving(cards, purpose)} word=${word} go=${go} />`}`}</div>`;
};
