// Why this page is not in the room, or no longer, in a sentence, and the way on.
import { html, useEffect, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { linkIn, once } from "./address.js";
import { current } from "./session.js";
import { t, words } from "./tongue.js";

/* keys: link.wrong link.closed removed refused.superseded refused.reload refused.bad_hello ended.text door.locked room.full once.over */
/* keys: wrong.title closed.title removed.title ended.title superseded.title reload.title locked.title full.title once.title wrong.over locked.again */
/** Close codes (server/room/codes.py): title, sentence, the way on, and one sentence more.
 * @type {{[code: number]: [title: string, text: string, way: string, more?: string]}} */
const WAYS = {
  4030: ["full.title", "room.full", ""],
  4031: ["locked.title", "door.locked", "", "locked.again"],
  4500: ["reload.title", "refused.bad_hello", "reload"],
  4501: ["wrong.title", "link.wrong", "paste", "wrong.over"],
  4502: ["closed.title", "link.closed", "paste"],
  4503: ["removed.title", "removed", "home"],
  4504: ["ended.title", "ended.text", "home"],
  4509: ["superseded.title", "refused.superseded", "here"],
  4511: ["reload.title", "refused.reload", "reload"],
};
const SPENT = [4501, 4502];

/** Another link may be in the same message. */
const Paste = () => {
  const [text, type] = useState("");
  const [wrong, tell] = useState(false);
  const go = () => {
    const found = linkIn(text);
    tell(!found);
    if (!found) return;
    const room = found.room || location.pathname.split("/")[2];
    history.replaceState(null, "", `/r/${room}${location.search}#${found.cap}`);
    location.reload();
  };
  return html`<form class="form" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); go(); }}>
    <div><label for="another">${t("nokey.field")}</label><input class="field" id="another" dir="ltr" autocomplete="off" spellcheck=${false} inputmode="url"
      value=${text} onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ event) => type(event.currentTarget.value)} /></div>
    <p><button class="btn">${t("nokey.open")}</button></p>
    <p class="small" role="alert">${wrong && t("link.wrong")}</p></form>`;
};

/** The next date, if the host left one. @param {number} code */
function useNext(code) {
  const [at, set] = useState(0);
  useEffect(() => {
    if (code !== 4504) return;
    fetch(`/api/rooms/${location.pathname.split("/")[2]}`).then((answer) => (answer.ok ? answer.json() : {}))
      .then((/** @type {{next?: number}} */ { next = 0 }) => { if (next > Date.now()) set(next); }, () => {});
  }, [code]);
  return at;
}

/** @param {{code: number}} of */
export const Gone = ({ code }) => {
  const session = current();
  const spent = SPENT.includes(code) && session && once(session.keep.self().cap || "");
  const [title, text, way, more] = spent ? ["once.title", "once.over", "paste"] : WAYS[code] || WAYS[4500];
  const next = useNext(code);
  return html`<main class="body join" id="main"><${Icon} id="mark" size=${21} wide=${155} label="Jam Room" />
    <h1 id="head" tabindex="-1">${t(title)}</h1><p>${next ? t("room.ended", { date: words.value.when(next) }) : t(text)}</p>
    ${more && html`<p class="soft">${t(more)}</p>`}
    <svg class="scene" viewBox="0 0 288 150" aria-hidden="true"><use href="#s-boat" /></svg>
    ${way === "paste" && html`<${Paste} />`}
    <p>${way === "here" ? html`<button type="button" class="btn xl ink2" onClick=${() => session.link.takeOver()}>${t("superseded.here")}</button>`
    : way === "reload" ? html`<button type="button" class="btn xl ink2" onClick=${() => location.reload()}>${t("reload.now")}</button>`
    : html`<a class=${way === "home" ? "btn ink2" : "btn plain"} href="/">${t("page.home")}</a>`}</p></main>`;
};
