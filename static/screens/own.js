// A card of one's own: copied from a ready one, with other words, times and options. It goes with the plan.
import { html, useEffect, useState } from "../ui.js";
import { Field, fits } from "../parts/field.js";
import { kinds } from "./facts.js";
import { library } from "./kind.js";
import { t } from "./tongue.js";

/* keys: opt.* */
/** @typedef {import("./pace.js").Step} Step */

/** Options that people can be asked in words; all others stay as the card has them. */
export const ASKED = ["seconds", "named", "hold", "hearts", "votes", "size", "rounds", "each", "most", "cursors", "auto"];
const MOST_MINUTES = 120;

/** The part of a schema that says what a value may be, past "or nothing". @param {any} schema */
const whole = (schema) => (schema.anyOf ? schema.anyOf[0] : schema);

/** @param {number} n @param {number} low @param {number} high */
export const within = (n, low, high) => Math.max(low, Math.min(high, Math.round(n) || low));

/** A step that is nobody's but this plan's. @param {Step} step @param {string} text @param {number} minutes @param {any} options @returns {Step} */
export const made = (step, text, minutes, options) => ({ card: null, kind: step.kind, minutes, options: { ...step.options, ...options, text } });

/** @param {{step: Step, save: (step: Step) => void}} of */
export const Own = ({ step, save }) => {
  const [schemas, put] = useState(/** @type {any} */ (null));
  const all = library();
  const card = step.card && all ? all.cards.find(({ id }) => id === step.card) : null;
  const given = (step.options && step.options.text) || "";
  const [text, type] = useState(/** @type {string|null} */ (null));
  const [minutes, last] = useState(step.minutes);
  const [options, choose] = useState(/** @type {any} */ ({}));
  useEffect(() => { kinds().then((found) => put((found[step.kind] || {}).options || {})); }, []);
  if (!schemas) return html`<p role="status">${t("page.waiting")}</p>`;
  const words = text === null ? given || (card ? card.prompt : "") : text;
  const most = schemas.text ? whole(schemas.text).maxLength : 0;
  const ready = !most || fits(words, most);
  const value = (/** @type {string} */ name) => (name in options ? options[name] : (step.options || {})[name] !== undefined ? step.options[name] : schemas[name].default);
  const set = (/** @type {string} */ name, /** @type {any} */ to) => choose({ ...options, [name]: to });
  // As typed; within its bounds only when it is taken, for on the way to 12 there is a 1.
  const number = (/** @type {string} */ name, /** @type {number} */ now, /** @type {number} */ low, /** @type {number} */ high, /** @type {(n: number) => void} */ to) => html`<p key=${name}>
    <label for=${`own-${name}`}>${t(`opt.${name}`)}</label><input class="field" type="number" inputmode="numeric" id=${`own-${name}`} min=${low} max=${high} value=${now}
      onInput=${(/** @type {any} */ event) => to(Number(event.currentTarget.value))} /></p>`;
  const take = () => {
    const bounded = Object.fromEntries(Object.entries(options).map(([name, n]) => {
      const { minimum, maximum } = whole(schemas[name]);
      return [name, typeof n === "number" ? within(n, minimum, maximum) : n];
    }));
    save(made(step, words.trim(), within(minutes, 1, MOST_MINUTES), bounded));
  };
  return html`<div class="cut card enter own"><h3>${t("own.title")}</h3>
    ${most ? html`<${Field} id="own-text" label=${t("opt.text")} value=${words} max=${most} lines=${3} t=${t} onInput=${type} />` : null}
    ${number("minutes", minutes, 1, MOST_MINUTES, last)}
    ${ASKED.filter((name) => schemas[name]).map((name) => {
    const schema = whole(schemas[name]);
    if (schema.type === "integer") return number(name, value(name), schema.minimum, schema.maximum, (n) => set(name, n));
    return schema.type === "boolean" ? html`<label class="tick" key=${name}><input type="checkbox" checked=${Boolean(value(name))}
      onChange=${(/** @type {any} */ event) => set(name, event.currentTarget.checked)} /><span>${t(`opt.${name}`)}</span></label>` : null;
  })}
    <p class="small soft">${t("own.how")}</p>
    <button type="button" class="btn ink2" disabled=${!ready} onClick=${take}>${t("own.save")}</button></div>`;
};
