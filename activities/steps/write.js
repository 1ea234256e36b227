// A sequence in the host's own words: one step a line, all of the same length.
import { html, useState } from "../../static/ui.js";
import { points } from "../../static/parts/field.js";

const MOST = 12, LONG = 80;
const SECONDS = [10, 15, 20, 30, 45, 60, 90, 120];

/** The steps of a text: its lines, and which of them are too long. @param {string} text */
export const stepsOf = (text) => {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  return { lines, fit: lines.length > 0 && lines.length <= MOST && lines.every((line) => points(line) <= LONG) };
};

/** @param {{props: any}} of */
export const Write = ({ props }) => {
  const { t, act, room } = props;
  const [text, put] = useState(room.texts.join("\n"));
  const [seconds, set] = useState(room.steps.length ? Math.round(room.steps[0][1] / 1000) : 20);
  const { lines, fit } = stepsOf(text);
  return html`<div class="cut st-write"><label for="st-own">${t("write.label")}</label><textarea class="field" id="st-own" rows="5" dir="auto" value=${text} aria-describedby="st-own-note"
      onInput=${(/** @type {any} */ event) => put(event.currentTarget.value)}></textarea>
    <p class="small" id="st-own-note" role="status">${lines.length && !fit ? t("write.much", { most: MOST, long: LONG }) : t("write.how", { most: MOST, long: LONG })}</p>
    <label for="st-sec">${t("write.each")}</label><select class="field" id="st-sec" value=${seconds} onChange=${(/** @type {any} */ event) => set(Number(event.currentTarget.value))}>
      ${SECONDS.concat(SECONDS.includes(seconds) ? [] : seconds).map((n) => html`<option key=${n} value=${n}>${t("seconds", { count: n })}</option>`)}</select>
    <button type="button" class="btn" disabled=${!fit} onClick=${() => act("write", { texts: lines, seconds: lines.map(() => seconds) })}>${t("write.keep")}</button></div>`;
};
