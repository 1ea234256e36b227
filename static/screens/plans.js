// Whole plans at once: those of the collection, one made to measure, one from a file; and the own one to hand on.
import { html, signal, useRef, useState } from "../ui.js";
import { copyText } from "../parts/copy.js";
import { handOver } from "../parts/keep.js";
import { further, inserted } from "./draft.js";
import { kinds as told } from "./facts.js";
import { library } from "./kind.js";
import { anew, fromFragment, MOST_SIGNS, read, toFragment, written } from "./leaflet.js";
import { tell } from "./news.js";
import { byId } from "./paceline.js";
import { meet } from "./session.js";
import { t, words } from "./tongue.js";

/* keys: mood.* refused.* */
/** @typedef {import("./pace.js").Step} Step */
/** @typedef {{id: string, title: string, line?: string, minutes: number, slack: number, size: [number, number], then: string, steps: {card: string, minutes: number}[]}} ReadyPlan */
/** @typedef {{steps: Step[], at: number, change: (to: Step[], told?: string) => void}} Of */

const found = signal(/** @type {{[lang: string]: {plans: ReadyPlan[], moods: string[]}}} */ ({}));
const MINUTES = [15, 30, 45, 60, 90, 120], SIZES = [4, 8, 15, 30, 60, 90];

/** The plans of the collection in the language of the page; null until they have come. */
function collection() {
  const { lang } = words.value;
  if (!found.value[lang]) fetch(`/api/plans?lang=${lang}`).then((answer) => answer.json()).then((all) => { found.value = { ...found.value, [lang]: all }; }, () => {});
  return found.value[lang] || null;
}

/** Steps as the room keeps them. @param {{card: string, minutes: number, options?: any}[]} list @returns {Step[]} */
const steps = (list) => {
  const cards = byId();
  return list.filter(({ card }) => cards[card]).map(({ card, minutes, options }) => ({ card, kind: cards[card].kind, options: { ...cards[card].options, ...options }, minutes }));
};

/** The plan anew from here on. @param {Of} of @param {Step[]} list */
const lay = ({ steps: now, at, change }, list) => change([...now.slice(0, at + 1), ...list], t("plan.took"));

/** @param {{plan: ReadyPlan, go: () => void, titles: {[id: string]: string}, bare?: boolean}} of `bare`: on a sheet that is there already */
const One = ({ plan, go, titles, bare = false }) => {
  const cards = byId();
  return html`<div class=${bare ? "card" : "cut card enter"}>${plan.line && html`<p>${plan.line}</p>`}<ol class="small">${plan.steps.map(({ card, minutes }, i) => html`
    <li key=${i}><span class="ends"><span>${cards[card] ? cards[card].title : ""}</span><span class="soft">${t("min", { count: minutes })}</span></span></li>`)}</ol>
    <p class="small soft">${t("plan.slack", { minutes: t("minutes", { count: plan.slack }) })}${t("list.sep")}${t("open.size", { min: plan.size[0], max: plan.size[1] })}</p>
    ${plan.then && titles[plan.then] && html`<p class="small soft">${t("plan.then", { title: titles[plan.then] })}</p>`}
    <button type="button" class="btn ink2" onClick=${go}>${t("plan.take")}</button></div>`;
};

/** Minutes, size and mood become a plan. @param {{of: Of, moods: string[]}} of */
const Measure = ({ of, moods }) => {
  const [wish, set] = useState({ minutes: 60, size: 15, mood: moods[0], turn: 0 });
  const [made, put] = useState(/** @type {any} */ (null));
  const ask = (/** @type {typeof wish} */ next) => {
    set(next);
    const { minutes, size, mood, turn } = next;
    fetch(`/api/plan?minutes=${minutes}&size=${size}&mood=${mood}&turn=${turn}`).then((answer) => (answer.ok ? answer.json() : null)).then(put, () => {});
  };
  const choice = (/** @type {"minutes"|"size"|"mood"} */ name, /** @type {(number|string)[]} */ list, /** @type {(one: any) => string} */ word) => html`<p><label for=${`wish-${name}`}>${t(`wish.${name}`)}</label>
    <select class="field" id=${`wish-${name}`} value=${wish[name]} onChange=${(/** @type {any} */ event) => ask({ ...wish, turn: 0, [name]: name === "mood" ? event.currentTarget.value : Number(event.currentTarget.value) })}>
      ${list.map((one) => html`<option key=${one} value=${one}>${word(one)}</option>`)}</select></p>`;
  return html`<div class="cut card enter">
    ${choice("minutes", MINUTES, (count) => t("minutes", { count }))}${choice("size", SIZES, (n) => words.value.number(n))}${choice("mood", moods, (mood) => t(`mood.${mood}`))}
    ${made ? html`<${One} plan=${{ size: [2, 100], ...made, then: "" }} titles=${{}} bare=${true} go=${() => lay(of, steps(made.steps))} />
      <button type="button" class="btn plain" onClick=${() => ask({ ...wish, turn: (wish.turn + 1) % 1000 })}>${t("wish.another")}</button>`
    : html`<button type="button" class="btn" onClick=${() => ask(wish)}>${t("plan.measure")}</button>`}</div>`;
};

/* keys: wish.minutes wish.size wish.mood */
/** @param {Of} of */
export const Ready = (of) => {
  const [open, unfold] = useState("");
  const all = collection();
  if (!all || !library()) return null;
  const titles = Object.fromEntries(all.plans.map(({ id, title }) => [id, title]));
  const flip = (/** @type {string} */ id) => unfold(open === id ? "" : id);
  return html`<ul class="steps lib">
    <li><button type="button" aria-expanded=${String(open === "wish")} onClick=${() => flip("wish")}><span class="grow">${t("plan.measure")}</span></button>
      ${open === "wish" && html`<${Measure} of=${of} moods=${all.moods} />`}</li>
    ${all.plans.map((plan) => html`<li key=${plan.id}><button type="button" aria-expanded=${String(open === plan.id)} onClick=${() => flip(plan.id)}><span class="grow">${plan.title}</span>
      <span class="small soft">${t("min", { count: plan.minutes })}</span></button>
      ${open === plan.id && html`<${One} plan=${plan} titles=${titles} go=${() => lay(of, steps(plan.steps))} />`}</li>`)}</ul>`;
};

/** Keep the plan as a file, hand it on as a link, take one. @param {Of} of */
export const Files = (of) => {
  const [note, put] = useState("");
  const door = useRef(/** @type {HTMLInputElement|null} */ (null));
  const title = (meet.value && meet.value.title) || t("start.untitled");
  const file = () => written(title, anew(of.steps));
  const save = () => handOver(new Blob([file()], { type: "application/json" }), "jam-plan.json");
  const open = async (/** @type {string} */ text) => {
    const { steps: list, card: one, wrong } = read(text, Object.keys(byId()), await told());
    if (!wrong) {
      const cards = byId();
      put("");
      const found = (list || []).map(({ card, kind, options = {}, minutes = 5 }) => (card ? { card, kind: cards[card].kind, options: { ...cards[card].options, ...options }, minutes } : { card: null, kind, options, minutes }));
      return one ? of.change(inserted(of.steps, found[0]), t("plan.card")) : lay(of, further(of.steps, of.at, found));
    }
    const { line, field, code, args } = wrong;
    put(field ? t("plan.wrong", { line, field, why: t(`refused.${code}`, args) }) : t("plan.wrong.line", { line }));
  };
  const took = (/** @type {any} */ event) => {
    const [file] = event.currentTarget.files || [];
    event.currentTarget.value = "";
    if (!file) return;
    // Read the old way: `Blob.text` is younger than the oldest browsers.
    const reader = new FileReader();
    reader.onload = () => { open(String(reader.result)); };
    reader.readAsText(file.slice(0, MOST_SIGNS * 4));
  };
  const share = () => copyText(`${location.origin}/#plan.${toFragment(file())}`).then((done) => tell(t(done ? "plan.shared" : "made.copy.failed")));
  return html`<div class="row wrap">${of.steps.length ? html`<button type="button" class="btn plain" onClick=${save}>${t("plan.save")}</button>
      <button type="button" class="btn plain" onClick=${share}>${t("plan.share")}</button>` : null}
    <button type="button" class="btn plain" onClick=${() => { if (door.current) door.current.click(); }}>${t("plan.load")}</button>
    <input type="file" class="hide" tabindex="-1" aria-hidden="true" accept=".json,application/json" ref=${door} onChange=${took} /></div>
    ${note && html`<p role="alert">${note}</p>`}`;
};

/** The plan in the fragment of a link, as text; "" where there is none. @param {string} hash */
export const planIn = (hash) => (hash.startsWith("#plan.") ? fromFragment(hash.slice(6)) : "");
