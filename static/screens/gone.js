// Why this page is no longer in the room, in a sentence, and the way on.
import { html } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { current } from "./session.js";
import { t } from "./tongue.js";

/* keys: link.wrong link.closed removed refused.no_room refused.superseded refused.reload refused.bad_hello */
/* keys: wrong.title closed.title removed.title ended.title superseded.title reload.title reload.now superseded.here page.home */
/** Close codes (server/room/codes.py): title, sentence, and what the button does.
 * @type {{[code: number]: [title: string, text: string, way: string]}} */
const WAYS = {
  4500: ["reload.title", "refused.bad_hello", "reload"],
  4501: ["wrong.title", "link.wrong", "home"],
  4502: ["closed.title", "link.closed", "home"],
  4503: ["removed.title", "removed", "home"],
  4504: ["ended.title", "ended.text", "home"],
  4509: ["superseded.title", "refused.superseded", "here"],
  4511: ["reload.title", "refused.reload", "reload"],
};

/** @param {{code: number}} of */
export const Gone = ({ code }) => {
  const [title, text, way] = WAYS[code] || WAYS[4500];
  return html`<main class="body join" id="main"><${Icon} id="mark" size=${21} wide=${155} label="Jam Room" />
    <h1 id="head" tabindex="-1">${t(title)}</h1><p>${t(text)}</p>
    <svg class="scene" viewBox="0 0 288 150" aria-hidden="true"><use href="#s-boat" /></svg>
    <p>${way === "home" ? html`<a class="btn ink2" href="/">${t("page.home")}</a>`
    : way === "here" ? html`<button type="button" class="btn xl ink2" onClick=${() => current().link.takeOver()}>${t("superseded.here")}</button>`
    : html`<button type="button" class="btn xl ink2" onClick=${() => location.reload()}>${t("reload.now")}</button>`}</p></main>`;
};
