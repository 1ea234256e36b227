// Before the first card: who is here, the way in for others, and for the host the first step.
import { html } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Who } from "../parts/who.js";
import { goOn, upcoming } from "./bar.js";
import { titleOf } from "./kind.js";
import { here, hosting, invitation, me, people, wide } from "./session.js";
import { Later, show } from "./sheets.js";
import { t } from "./tongue.js";

/** How many names stand on the page; the rest is in the people sheet. */
const MOST = 24;

export const Waiting = () => {
  const all = people.value;
  const ids = here.value;
  const host = hosting.value;
  const next = host ? upcoming() : null;
  return html`<div class="mid enter"><div class="body">
    <p>${host ? t("host.waiting") : t("room.waiting")}</p>
    ${next && !wide.value && html`<div class=${`k-${next.kind}`}><button type="button" class="btn xl ink2" onClick=${goOn}>
      <span class="grow">${t("host.begin", { title: titleOf(next) })}</span><${Icon} id="u-next" size=${34} /></button></div>`}
    ${host && invitation() && html`<section class="cut invite"><h2>${t("people.invite")}</h2><${Later} name="invite" /></section>`}
    ${host && !next && html`<p><button type="button" class="btn" onClick=${() => show("cards")}>${t("open.title")}</button></p>`}
    ${!wide.value && html`<h2>${t("people.here", { count: ids.length })}</h2><ul class="crowd">${ids.slice(0, MOST).map((id) => html`<li key=${id}><${Who} ...${all[id]} /><span><bdi translate="no">${all[id].name}</bdi></span>
      ${me.value && id === me.value.id ? html`<span class="small soft">${t("people.you")}</span>` : null}</li>`)}</ul>`}
    ${ids.length > MOST && !wide.value && html`<p class="small soft">${t("people.more", { count: ids.length - MOST })}</p>`}
  </div></div>`;
};
