// Ending the jam for everyone: with copies to take home and perhaps a date for the next one, or with nothing left. Nothing goes
// out before five seconds, in which one tap keeps the room.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { typedOf } from "./dates.js";
import { withUndo } from "./news.js";
import { nextDate } from "./next.js";
import { act, meet } from "./session.js";
import { hide, show } from "./sheets.js";
import { t, words } from "./tongue.js";

const KEPT_MS = 86400000;

/** @param {{id: string, type: string, word: string, value: string, wrong: boolean, set: (text: string) => void}} of */
const Part = ({ id, type, word, value, wrong, set }) => html`<div><label for=${id}>${word}</label>
  <input class="field" id=${id} type=${type} value=${value} aria-invalid=${wrong ? "true" : null} autocomplete="off"
    onInput=${(/** @type {any} */ event) => set(event.currentTarget.value)} /></div>`;

/** Three ways, each says what it does. */
export const Ending = () => {
  const room = meet.value;
  const coming = ((room && room.starts) || []).filter((start) => start > Date.now())[0];
  const typed = coming ? typedOf(coming) : { date: "", time: "" };
  const [date, setDate] = useState(typed.date);
  const [time, setTime] = useState(typed.time);
  const next = nextDate(date, time, Date.now());
  const end = (/** @type {boolean} */ erase) => {
    if (!erase && next === undefined) return;
    hide();
    withUndo(erase ? t("undo.erasing") : t("undo.ending"), () => act("end", { erase, ...(!erase && next ? { next } : {}) }));
  };
  const today = () => {
    hide();
    withUndo(t("undo.resting"), () => act("rest"));
  };
  return html`<${Sheet} title=${t("host.end")} closeLabel=${t("page.close")} onClose=${hide}>
    <p>${t("end.ask")} ${t("more.end.far")}</p>
    <details open=${Boolean(coming)}><summary>${t("end.next")}</summary><p class="small soft">${t("end.next.how")}</p><div class="pair">
      <${Part} id="next-day" type="date" word=${t("end.next.day")} value=${date} wrong=${next === undefined} set=${setDate} />
      <${Part} id="next-time" type="time" word=${t("end.next.time")} value=${time} wrong=${false} set=${setTime} /></div>
      ${next === undefined && html`<p class="small" role="status">${t("end.next.wrong")}</p>`}</details>
    ${coming ? html`<div class="acts"><button type="button" class="btn ink2" onClick=${today}><${Icon} id="u-door" /> ${t("end.today")}</button>
      <p class="small soft">${t("end.today.how", { date: words.value.when(coming) })}</p></div>` : null}
    <div class="acts"><button type="button" class=${coming ? "btn plain" : "btn ink2"} onClick=${() => end(false)}><${Icon} id="u-download" /> ${t("end.keep")}</button>
      <p class="small soft">${t("end.keep.how", { span: words.value.span(KEPT_MS) })}</p>
      <button type="button" class="btn plain" onClick=${() => show("more")}><${Icon} id="u-undo" /> ${t("end.stay")}</button></div>
    <p class="small">${t("erase.ask")}</p>
    <div class="acts"><button type="button" class="btn plain" onClick=${() => end(true)}><${Icon} id="u-erase" /> ${t("end.erase")}</button></div>
  </${Sheet}>`;
};
