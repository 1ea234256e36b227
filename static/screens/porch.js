// The door of the room, for hosts: close it, a new link, a code to say aloud, and who stands before it.
import { html, signal, useEffect, useState } from "../ui.js";
import { choice } from "../keep.js";
import { Icon } from "../parts/icon.js";
import { ask } from "./ask.js";
import { act, current, invitation, meet, now, state } from "./session.js";
import { t, words } from "./tongue.js";

/** The code that is being said, as long as this page lives. @type {import("../ui.js").Signal<{code: string, until: number}|null>} */
const saying = signal(/** @type {{code: string, until: number}|null} */ (null));
/** What came of the last new link: "new", "failed", or "". */
export const renewed = signal("");

/** Two groups of four, as one says them. @param {string} code */
export const spoken = (code) => code.replace(/[\s-]/g, "").toUpperCase().replace(/(.{4})(?=.)/g, "$1 ");

/** Whoever has the old link stays outside; this device offers the new one from now on. */
export async function renew() {
  const { room, keep } = current();
  const serial = meet.value && meet.value.links ? meet.value.links.join : 0;
  renewed.value = "";
  try {
    const { url } = await ask("POST", "links", { what: "join" });
    const cap = url.split("#")[1];
    choice(`link:${room}`, cap);
    choice(`way:${room}`, [cap, serial + 1]);
    const { cap: own = "" } = keep.self();
    if (keep.join) {
      keep.be({ cap });
      // The host's key of this tab stays where it was.
      if (own && !own.startsWith("j.")) keep.be({ cap: own });
      keep.fresh = false;
    }
    renewed.value = "new";
  } catch (_) {
    renewed.value = "failed";
  }
}

const Lock = () => {
  const locked = Boolean(meet.value && meet.value.locked);
  return html`<div><p><button type="button" class="btn plain" aria-pressed=${String(locked)} onClick=${() => act("lock", { on: !locked })}>
    <${Icon} id="u-lock" /> ${locked ? t("door.unlock") : t("door.lock")}</button></p>
    <p class="small soft" role="status">${locked ? t("door.isclosed") : t("door.lock.how")}</p></div>`;
};

const Renew = () => html`<div><p><button type="button" class="btn plain" onClick=${renew}><${Icon} id="u-link" /> ${t("door.renew")}</button></p>
  <p class="small soft" role="status">${renewed.value === "new" ? t("door.renewed") : renewed.value ? t("door.failed") : t("door.renew.how")}</p></div>`;

const Code = () => {
  const [failed, fail] = useState(false);
  const [, again] = useState(0);
  const own = saying.value;
  useEffect(() => {
    if (!own) return undefined;
    const timer = setInterval(() => again((n) => n + 1), 5000);
    return () => clearInterval(timer);
  }, [own]);
  const make = () => ask("POST", "code").then((made) => {
    fail(false);
    saying.value = made;
  }, () => fail(true));
  const stop = () => ask("DELETE", "code").then(() => { saying.value = null; }, () => fail(true));
  const left = own ? own.until - now() : 0;
  return html`<div>${own && left > 0 ? html`<p class="say" dir="ltr" translate="no">${spoken(own.code)}</p>
      <p class="small">${t("door.code.left", { left: words.value.minutes(left) })}</p>
      <p><button type="button" class="btn plain" onClick=${stop}>${t("door.code.stop")}</button></p>`
    : html`<p><button type="button" class="btn plain" onClick=${make}><${Icon} id="u-say" /> ${t("door.code")}</button></p>`}
    <p class="small soft" role="status">${failed ? t("door.failed") : own && left <= 0 ? t("door.code.over") : t("door.code.how")}</p></div>`;
};

/** @returns {[id: string, name: string][]} in the order of their coming */
export function knocking() {
  const knocks = (state.value && state.value.desk && state.value.desk.knocks) || {};
  return /** @type {[string, string][]} */ (Object.keys(knocks).sort((a, b) => knocks[a].at - knocks[b].at).map((id) => [id, knocks[id].name]));
}

/** Who is at the door. */
export const Knocks = () => {
  const all = knocking();
  return all.length ? html`<section class="cut"><h3>${t("door.knocks")}</h3><ul class="knocks">${all.map(([id, name]) => html`<li key=${id}>
    <p class="grow"><b><bdi translate="no">${name}</bdi></b></p><div class="duo">
    <button type="button" class="btn" onClick=${() => act("let", { knock: id, in: true })} aria-describedby=${`knock-${id}`}>${t("door.let")}</button>
    <button type="button" class="btn plain" onClick=${() => act("let", { knock: id, in: false })} aria-describedby=${`knock-${id}`}>${t("door.not")}</button>
    <span class="hide" id=${`knock-${id}`}>${t("door.knock", { name })}</span></div></li>`)}</ul></section>` : null;
};

/** The big screen shows itself with the way in for everyone; it knows no key. */
const Screen = () => {
  const link = invitation();
  return link ? html`<p><a class="btn plain" href=${`/r/${current().room}/screen#${link.split("#")[1]}`} target="_blank" rel="noopener">
    <${Icon} id="u-screen" /> ${t("door.screen")}</a></p>` : null;
};

export const Door = () => html`<${Knocks} /><div class="doors"><h3>${t("door.title")}</h3><${Lock} /><${Renew} /><${Code} /><${Screen} /></div>`;
