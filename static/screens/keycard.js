// The host's key: what it is, who must not get it, and the ways of keeping it. Here before the room has been entered, and inside it.
import { html, signal, useEffect, useState } from "../ui.js";
import { choice } from "../keep.js";
import { Icon } from "../parts/icon.js";
import { findReach, reach } from "./ask.js";
import { Address, Copied, Copy, Share, canShare } from "./give.js";
import { print } from "./printout.js";
import { known, remember } from "./rooms.js";
import { t } from "./tongue.js";
import { linkTo, own, ways } from "./ways.js";

/** @typedef {{room: string, title: string, cap: string}} Key */

/** Rooms whose key lies on this device, for drawing. @type {import("../ui.js").Signal<{[room: string]: boolean}>} */
const lying = signal(/** @type {{[room: string]: boolean}} */ ({}));

/** Does the key lie on this device, because somebody said so? @param {string} room */
export const stays = (room) => (room in lying.value ? lying.value[room] : Boolean(choice(`key:${room}`)));

/** @param {string} room @param {string|null} cap null takes it away */
export function stay(room, cap) {
  choice(`key:${room}`, cap);
  lying.value = { ...lying.value, [room]: Boolean(cap) };
}

/** Has this device asked to keep the key? It does so once. @param {string} room */
export function askedBefore(room) {
  const entry = known(room);
  return Boolean(entry && entry.asked);
}

/** The key as a link that opens on as many devices as can be. @param {string} room @param {string} cap */
const keyLink = (room, cap) => linkTo(ways(reach.value, location.origin).from[0] || location.origin, room, cap);

/** Share, copy, print, keep here. @param {Key & {onDone?: () => void, shown?: boolean}} of `shown`: at once, not after a tap */
export const Keeping = ({ room, title, cap, onDone = () => {}, shown = false }) => {
  const [open, show] = useState(shown);
  useEffect(findReach, []);
  const link = keyLink(room, cap);
  const text = `${t("key.text", { title })}\n${link}`;
  const lies = stays(room);
  const paper = () => {
    onDone();
    print({ head: t("key.title"), title, lines: [t("key.who")], link, label: t("key.qr") });
  };
  return html`<div class="duo">
    <${Share} text=${text} title=${t("key.title")} word=${t("key.share")} onDone=${onDone} />
    <${Copy} text=${text} word=${t("key.copy")} first=${!canShare()} onDone=${onDone} />
    <button type="button" class="btn plain" onClick=${paper}>${t("key.print")}</button>
    <button type="button" class="btn plain" aria-expanded=${String(open)} onClick=${() => show(!open)}><${Icon} id="u-eye" /> ${t("key.show")}</button></div>
    <${Copied} of=${{ [text]: t("made.copied") }} />
    ${open && html`<${Address} link=${link} />`}
    ${own(link.split("/r/")[0]) && html`<p class="small soft">${t("key.here")}</p>`}
    <div class="lines">${lies ? html`<p><${Icon} id="u-tick" size=${18} /> ${t("key.stays")}</p><p><button type="button" class="btn plain" onClick=${() => stay(room, null)}>${t("key.unstay")}</button></p>`
    : html`<p><button type="button" class="btn plain" onClick=${() => { stay(room, cap); onDone(); }}>${t("key.stay")}</button></p><p class="small soft">${t("key.stay.how")}</p>`}</div>`;
};

/** Asked once, before the first invitation; "Later" is as good an answer as any. @param {Key & {go: () => void}} of */
export const KeyFirst = ({ room, title, cap, go }) => {
  const [kept, set] = useState(false);
  const on = () => {
    remember({ room, asked: true });
    go();
  };
  return html`<p>${t("key.first")}</p><p class="small">${t("key.who")}</p>
    <${Keeping} room=${room} title=${title} cap=${cap} onDone=${() => set(true)} />
    <button type="button" class=${kept ? "btn xl ink2" : "btn"} onClick=${on}>${kept ? t("key.on") : t("key.later")}</button>`;
};
