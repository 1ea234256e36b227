// Day, hour, length and what comes again: the fields on the start page, and the same for hosts inside the room.
import { html, render, useState } from "../ui.js";
import { LENGTHS, MOST, STEPS, typedOf, shapeOf, whenOf } from "./dates.js";
import { style } from "./sheets.js";
import { speak, speakOn, t, words } from "./tongue.js";

/* keys: when.wrong.date when.wrong.time when.wrong.past when.wrong.far when.once when.week when.fortnight when.month */
/** @typedef {import("./dates.js").Typed} Typed */
/** @typedef {import("./dates.js").Dated} Dated */

/** What will come of it: the dates in words, or what cannot be read yet. @param {{of: ReturnType<typeof whenOf>}} props */
const Said = ({ of }) => {
  if (of.wrong) return html`<p class="small">${t(`when.wrong.${of.wrong}`)}</p>`;
  if (!of.starts.length) return null;
  return html`<p class="small">${t("when.list")}</p><ol class="small">${of.starts.map((ms) => html`<li key=${ms}>${words.value.when(ms)}</li>`)}</ol>`;
};

/** @param {HTMLFormElement} form @returns {Typed} */
export function typed(form) {
  const read = new FormData(form);
  const part = (/** @type {string} */ name) => String(read.get(name) || "");
  return { date: part("date"), time: part("time"), minutes: part("minutes"), again: part("again"), times: part("times") };
}

/** The words of these fields are here. */
export async function ready() {
  if (!words.value) await speak(document.documentElement.lang);
  await speakOn();
}

/** The start page's fields say what will come of them. @param {HTMLFormElement} form */
export async function wire(form) {
  const slot = /** @type {HTMLElement} */ (form.querySelector(".dates"));
  const times = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (form.querySelector("#times")).parentNode);
  form.querySelectorAll("input[type=date],input[type=time]").forEach((field) => {
    const hint = /** @type {HTMLElement} */ (field.nextElementSibling);
    // A browser that does not know the kind of field makes a line of text of it.
    hint.hidden = /** @type {HTMLInputElement} */ (field).type !== "text";
  });
  await Promise.all([ready(), style()]);
  const tell = () => {
    const now = typed(form);
    times.hidden = now.again === "once";
    const of = whenOf(now, Date.now());
    // Whoever has typed the day only is not yet told that the hour is missing.
    render(html`<${Said} of=${now.date && now.time ? of : { starts: [], minutes: 0 }} />`, slot);
  };
  form.addEventListener("change", tell);
  tell();
}

/** What cannot be read, in a sentence. @param {string} wrong */
export const wrongly = (wrong) => t(`when.wrong.${wrong}`);

/** Does this browser have a field for days, for hours? @param {string} type */
const knows = (type) => {
  const probe = document.createElement("input");
  probe.type = type;
  return probe.type === type;
};

/**
 * The same fields inside the room.
 * @param {{starts: readonly number[], minutes: number, onSave: (dates: Dated) => void, onNone: () => void}} of
 */
export const When = ({ starts, minutes, onSave, onNone }) => {
  const [now, set] = useState(/** @type {Typed} */ ({
    ...(starts.length ? typedOf(starts[0]) : { date: "", time: "" }), minutes: String(minutes || 60), ...shapeOf(starts),
  }));
  const [told, tell] = useState(false);
  const of = whenOf(now, Date.now());
  /** @param {keyof Typed} name */
  const change = (name) => (/** @type {{currentTarget: HTMLInputElement}} */ event) => set({ ...now, [name]: event.currentTarget.value });
  const save = () => {
    tell(true);
    if (!of.wrong && of.starts.length) onSave({ starts: of.starts, minutes: of.minutes });
  };
  const field = (/** @type {"date"|"time"} */ type, /** @type {string} */ label, /** @type {string} */ how) => html`<div><label for=${`when-${type}`}>${label}</label>
    <input class="field" type=${type} id=${`when-${type}`} dir="auto" autocomplete="off" value=${now[type]} onInput=${change(type)} />
    ${!knows(type) && html`<p class="small soft">${how}</p>`}</div>`;
  return html`<div class="duo">${field("date", t("when.date"), t("when.date.how"))}${field("time", t("when.time"), t("when.time.how"))}
    <div><label for="when-minutes">${t("when.length")}</label><select class="field" id="when-minutes" value=${now.minutes} onChange=${change("minutes")}>
      ${LENGTHS.map((n) => html`<option key=${n} value=${String(n)}>${words.value.span(n * 60000)}</option>`)}</select></div>
    <div><label for="when-again">${t("when.again")}</label><select class="field" id="when-again" value=${now.again} onChange=${change("again")}>
      ${STEPS.map((step) => html`<option key=${step} value=${step}>${t(`when.${step}`)}</option>`)}</select></div>
    ${now.again !== "once" && html`<div><label for="when-times">${t("when.times")}</label><select class="field" id="when-times" value=${now.times} onChange=${change("times")}>
      ${Array.from({ length: MOST - 1 }, (_, i) => html`<option key=${i} value=${String(i + 2)}>${i + 2}</option>`)}</select></div>`}</div>
    <div class="dates" role="status">${(told || (now.date && now.time)) && html`<${Said} of=${of} />`}</div>
    <div class="duo"><button type="button" class="btn ink2" onClick=${save}>${t("dates.save")}</button>
      ${starts.length ? html`<button type="button" class="btn plain" onClick=${onNone}>${t("dates.none")}</button>` : null}</div>`;
};
