// "My key as host": by itself, never beside the way in for everyone.
import { html, signal } from "../ui.js";
import { choice } from "../keep.js";
import { Sheet } from "../parts/sheet.js";
import { ask } from "./ask.js";
import { Keeping, stay, stays } from "./keycard.js";
import { current, hosting, meet, mine } from "./session.js";
import { hide } from "./sheets.js";
import { t } from "./tongue.js";

/** The key of this host as this page has it, "" where it lies elsewhere or was made anew there. */
export function ownKey() {
  const { room, keep } = current();
  const mine = keep.self().cap || "";
  const cap = mine.startsWith("h.") ? mine : choice(`key:${room}`) || "";
  const had = choice(`had:${room}`);
  return had && had[0] === tail(cap) && had[1] < serial() ? "" : cap;
}

/** How often the key was made anew so far. */
const serial = () => (meet.value && meet.value.links ? meet.value.links.host : 0);
/** So much of a key tells it from another, and opens nothing. @param {string} cap */
const tail = (cap) => cap.slice(-6);

/** Which key this device knows, and how often it had been made anew by then. @param {number} [at] */
export function noteKey(at = serial()) {
  const { room } = current();
  const cap = ownKey(), had = choice(`had:${room}`);
  if (cap && !(had && had[0] === tail(cap))) choice(`had:${room}`, [tail(cap), at]);
}

/** Host by the key, not by another host's word. */
export const keyed = () => Boolean(hosting.value && mine.value && !mine.value.made && !mine.value.acting);

/** A key made anew on this page: "new", "failed", or "" before. */
const renewed = signal("");

/** The old key opens nothing from now on; the new one takes its place wherever this device had the old. */
async function renew() {
  const { room, keep } = current();
  const before = serial();
  try {
    const { url } = await ask("POST", "links", { what: "host" });
    const cap = url.split("#")[1];
    keep.be({ cap });
    // The room knows who we are; the key need not be shown at the door again.
    keep.fresh = false;
    if (stays(room)) stay(room, cap);
    noteKey(before + 1);
    try { sessionStorage.removeItem("jam:made"); } catch (_) { /* then it was not there */ }
    renewed.value = "new";
  } catch (_) {
    renewed.value = "failed";
  }
}

const Out = ({ first = false }) => html`<section class="cut" key="out"><h3>${t("key.out")}</h3><p class="small">${t("key.out.how")}</p>
  <p><button type="button" class=${first ? "btn ink2" : "btn plain"} onClick=${renew}>${t("key.new")}</button></p>
  <p class="small" role="status">${renewed.value === "failed" ? t("key.failed") : ""}</p></section>`;

export const Key = () => {
  const cap = keyed() ? ownKey() : "";
  const title = (meet.value && meet.value.title) || t("start.untitled");
  const fresh = renewed.value === "new";
  return html`<${Sheet} title=${t("key.title")} closeLabel=${t("page.close")} onClose=${hide}>
    ${!keyed() ? html`<p>${t("key.co")}</p>` : html`
    ${fresh && html`<p class="cut" role="status">${t("key.made")}</p>`}
    <p>${cap ? t("key.who") : t("key.none")}</p>
    ${cap && html`<${Keeping} key=${cap} room=${current().room} title=${title} cap=${cap} shown=${fresh} />`}
    <${Out} first=${!cap} />`}
  </${Sheet}>`;
};
