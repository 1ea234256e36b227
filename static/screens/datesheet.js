// When we meet, and until when the room and what is in it stay: the same figures for everyone, in each person's own time.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { Agree } from "./agree.js";
import { KEPT, KEPT_CHOICES, life, upcoming } from "./dates.js";
import { withUndo } from "./news.js";
import { act, hosting, meet } from "./session.js";
import { hide } from "./sheets.js";
import { t, words } from "./tongue.js";
import { zoneText } from "./ways.js";
import { When } from "./when.js";

/** @typedef {import("../types.js").Meet} Meet */

/** @param {{starts: readonly number[], minutes: number}} of */
const Dates = ({ starts, minutes }) => {
  const next = upcoming(starts, minutes, Date.now());
  if (!starts.length) return html`<p>${t("dates.now")}</p>`;
  const { when, lang } = words.value;
  return html`<ol class="when">${starts.map((ms) => html`<li key=${ms} class=${ms === next ? "next" : next === null || ms < next ? "soft" : null}>
      ${when(ms)}${next === null || ms < next ? html` <${Icon} id="u-tick" size=${16} label=${t("host.done")} />` : null}</li>`)}</ol>
    <p class="small">${minutes ? t("dates.length", { length: words.value.span(minutes * 60000) }) : null}</p>
    <p class="small soft">${t("dates.zone", { zone: zoneText(lang, next || starts[0]) })}</p>`;
};

/** @param {{of: Meet}} props */
const Life = ({ of }) => {
  const { room, after, kept, stays } = life(of, Date.now());
  return html`<div class="lines"><p>${room === null ? t("dates.unused", { span: words.value.span(after) }) : t("dates.room", { when: words.value.when(room) })}</p>
    <p>${stays ? t("dates.stays") : t("dates.contents", { span: words.value.span(kept) })}</p></div>`;
};

/** @param {{kept: number}} of */
const Longer = ({ kept }) => html`<div><p class="label" id="longer">${t("dates.keep")}</p><div class="duo" role="group" aria-labelledby="longer">
  ${KEPT_CHOICES.map((ms) => html`<button key=${ms} type="button" class="btn plain" aria-pressed=${String(ms === kept)} onClick=${() => act("kept", { ms })}>${words.value.span(ms)}</button>`)}</div>
  <p class="small soft">${t("dates.keep.how")}</p></div>`;

/** A series may keep its contents between the dates, if nobody minds. @param {{keep: Meet["keep"]}} of */
const AskGroup = ({ keep }) => html`<section class="lines"><p class="small">${t("dates.ask.how")}</p>
  ${keep && html`<p role="status">${keep.yes + keep.no ? t("dates.ask.so", { yes: keep.yes, no: keep.no }) : t("dates.ask.none")}</p>`}
  <p><button type="button" class="btn plain" onClick=${() => act("ask", { on: !keep })}>${keep ? t("dates.ask.stop") : t("dates.ask")}</button></p></section>`;

/** Goes out after five seconds, in which one tap keeps the room. */
const Erase = () => {
  const erase = () => {
    hide();
    withUndo(t("undo.erasing"), () => act("end", { erase: true }));
  };
  return html`<details><summary>${t("dates.erase")}</summary><p class="small">${t("erase.ask")}</p>
    <div class="duo"><button type="button" class="btn plain" onClick=${erase}>${t("end.erase")}</button>
      <button type="button" class="btn plain" onClick=${hide}>${t("end.stay")}</button></div></details>`;
};

export const DateSheet = () => {
  const [open, change] = useState(false);
  const of = meet.value;
  if (!of) return null;
  const { starts = [], minutes = 0, kept = KEPT, keep = null } = of;
  const set = (/** @type {{starts: number[], minutes: number}} */ dates) => {
    change(false);
    act("dates", dates);
  };
  return html`<${Sheet} title=${t("dates.title")} closeLabel=${t("page.close")} onClose=${hide}>
    <div><${Dates} starts=${starts} minutes=${minutes} /></div>
    ${hosting.value && (open ? html`<${When} starts=${starts} minutes=${minutes} onSave=${set} onNone=${() => set({ starts: [], minutes: 0 })} />`
    : html`<p><button type="button" class="btn plain" onClick=${() => change(true)}>${starts.length ? t("dates.change") : t("start.when")}</button></p>`)}
    <${Life} of=${of} />
    <${Agree} />
    ${hosting.value && starts.length > 1 && html`<${AskGroup} keep=${keep} />`}
    ${hosting.value && html`<${Longer} kept=${kept} /><${Erase} />`}
  </${Sheet}>`;
};
