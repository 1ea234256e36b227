// "Invite people": link, code to point at, text to send, a date for the calendar, a page to print. An address that only this
// computer can open is never among what is handed on.
import { html, signal, useEffect, useState } from "../ui.js";
import { calendar } from "../calendar.js";
import { Icon } from "../parts/icon.js";
import { handOver } from "../parts/keep.js";
import { Sheet } from "../parts/sheet.js";
import { createWords } from "../words.js";
import { findReach, reach } from "./ask.js";
import { upcoming } from "./dates.js";
import { Door, renewed } from "./porch.js";
import { Address, Copied, Copy, Share, canShare } from "./give.js";
import { keyed, ownKey } from "./key.js";
import { KeyFirst, askedBefore } from "./keycard.js";
import { print } from "./printout.js";
import { Qr } from "./qr.js";
import { calendarName } from "./rooms.js";
import { current, hosting, invitation, meet } from "./session.js";
import { hide, show } from "./sheets.js";
import { t, table } from "./tongue.js";
import { invitationText, linkTo, ways, whenText } from "./ways.js";

/** @typedef {import("../words.js").Words} Words */
/** @typedef {{room: string, title: string, lang: string, cap: string, starts: readonly number[], minutes: number}} Jam */

/** How Jam Room is started so that phones near by can come, and where the guide says how to be on the internet. */
const LAN = "jam serve --lan";
const GUIDE = "docs/run-a-server.md";

/** Languages that invitations are written in: the room's, not the page's. @type {import("../ui.js").Signal<{[lang: string]: Words}>} */
const spoken = signal(/** @type {{[lang: string]: Words}} */ ({}));

/** @param {string} lang */
function learn(lang) {
  if (spoken.value[lang]) return;
  Promise.all([table(`../lang/${lang}.json`), table(`../lang/${lang}.rest.json`)]).then((own) => {
    spoken.value = { ...spoken.value, [lang]: createWords(lang, [[lang, Object.assign({}, ...own)]], navigator.languages) };
  }, () => {});
}

/** @param {Jam} jam @param {Words} said @param {string} link @param {number|null} start */
function file(jam, said, link, start) {
  const { t: say } = said;
  const text = `${invitationText(said, { title: jam.title, link: "", start, minutes: jam.minutes }).trim()}`;
  const body = calendar({ title: jam.title || say("start.untitled"), text, link, starts: jam.starts, minutes: jam.minutes, uid: calendarName(jam.room), now: Date.now() });
  return new Blob([body], { type: "text/calendar;charset=utf-8" });
}

/** The dates for a calendar: as a file, and where the device takes it handed to another app. @param {{jam: Jam, said: Words, link: string, start: number|null}} of */
const Calendar = ({ jam, said, link, start }) => {
  const send = /** @type {any} */ (navigator);
  const date = () => new File([file(jam, said, link, start)], "jam.ics", { type: "text/calendar" });
  const may = send.share && send.canShare && typeof File === "function" && send.canShare({ files: [date()] });
  return html`<button type="button" class="btn plain" onClick=${() => handOver(file(jam, said, link, start), "jam.ics")}><${Icon} id="u-timer" /> ${t("invite.calendar")}</button>
    ${may && html`<button type="button" class="btn plain" onClick=${() => send.share({ files: [date()] }).catch(() => {})}><${Icon} id="u-share" /> ${t("invite.calendar.share")}</button>`}`;
};

/** What stands where nobody else could open the link. @param {{link: string}} of */
const Here = ({ link }) => html`<section class="cut"><p><b>${t("invite.here")}</b></p><p class="small">${t("invite.here.lan")}</p>
    <${Address} link=${LAN} /><p class="small">${t("invite.far")}</p><${Address} link=${GUIDE} /></section>
  <div><${Address} link=${link} /><div class="row wrap"><${Copy} text=${link} word=${t("made.copy")} /></div><${Copied} of=${{ [link]: t("made.copied") }} /></div>`;

/** The way in for others, for a room that this page may or may not be in. @param {{jam: Jam}} of */
export const Way = ({ jam }) => {
  const { room, cap, lang, starts, minutes } = jam;
  const [at, turn] = useState(0);
  useEffect(() => { findReach(); learn(lang); }, [lang]);
  const said = spoken.value[lang];
  if (!reach.value || !said) return html`<p class="small soft" role="status">${t("page.waiting")}</p>`;
  const { from, far } = ways(reach.value, location.origin);
  if (!from.length) return html`<${Here} link=${linkTo(location.origin, room, cap)} />`;
  const link = linkTo(from[at % from.length], room, cap);
  const title = jam.title || said.t("start.untitled");
  const start = upcoming(starts, minutes, Date.now());
  const text = invitationText(said, { title, link, start, minutes });
  const length = said.span(minutes * 60000);
  const paper = () => print({
    head: title, link, label: said.t("made.qr"), lang,
    lines: [...(start === null ? [] : [whenText(said, start), ...(minutes ? [said.t("dates.length", { length })] : [])]), said.t("invite.2")],
  });
  return html`<div class="way"><${Qr} text=${link} /><div>
      <p class="small soft">${t("made.join.how")}</p><${Address} link=${link} />
      ${!far && html`<p class="small">${t("invite.near")}</p>`}
      ${from.length > 1 && html`<p><button type="button" class="btn plain" onClick=${() => turn(at + 1)}>${t("invite.other")}</button></p>`}</div></div>
    <div class="duo"><${Share} text=${text} title=${title} word=${t("invite.share")} /><${Copy} text=${text} word=${t("invite.copy")} first=${!canShare()} />
      <${Copy} text=${link} word=${t("made.copy")} />${start !== null && html`<${Calendar} jam=${jam} said=${said} link=${link} start=${start} />`}
      <button type="button" class="btn plain" onClick=${paper}>${t("invite.print")}</button></div>
    <${Copied} of=${{ [text]: t("invite.copied"), [link]: t("made.copied") }} />
    ${!far && html`<details><summary>${t("invite.elsewhere")}</summary><p class="small">${t("invite.far")}</p><${Address} link=${GUIDE} /></details>`}`;
};

/** The room of this page, as an invitation needs it; null where this device does not know the way in. @returns {Jam|null} */
function jam() {
  // A new link is kept on this device without the room's state saying so: whoever shows it looks again.
  void renewed.value;
  const link = invitation();
  const { title = "", lang = "en", starts = [], minutes = 0 } = meet.value || {};
  return link ? { room: current().room, title, lang, cap: link.split("#")[1], starts, minutes } : null;
}

const None = () => html`<p>${t("invite.none")}${!hosting.value && html` ${t("invite.none.ask")}`}</p>`;

/** The whole sheet. A host is asked to keep the key first, once. */
export const Inviting = () => {
  const [asked, go] = useState(askedBefore(current().room));
  const cap = keyed() ? ownKey() : "";
  const own = jam();
  const first = cap && !asked;
  const title = (meet.value && meet.value.title) || t("start.untitled");
  return html`<${Sheet} key=${first ? "key" : "way"} title=${first ? t("key.first.title") : t("invite.title")} closeLabel=${t("page.close")} onClose=${hide}>
    ${first ? html`<${KeyFirst} room=${current().room} title=${title} cap=${cap} go=${() => go(true)} />`
    : html`${own ? html`<${Way} key=${own.cap} jam=${own} />` : html`<${None} />`}${hosting.value && html`<${Door} />`}`}
  </${Sheet}>`;
};

/** In short, for other screens: the square to point at, and the whole of it one tap away. */
export const Invite = () => {
  const own = jam();
  useEffect(findReach, []);
  if (!own) return null;
  const { from } = ways(reach.value, location.origin);
  return html`<div class="way">${reach.value && from.length ? html`<${Qr} text=${linkTo(from[0], own.room, own.cap)} />` : null}
    <p><button type="button" class="btn" onClick=${() => show("invite")}>${t("invite.title")}</button></p></div>`;
};
