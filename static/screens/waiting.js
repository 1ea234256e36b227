// Before the first card: when it starts, paper to colour, who is here, and for the host the first step. Nothing here needs company.
import { html } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Tape } from "../parts/tape.js";
import { Who } from "../parts/who.js";
import { goOn, upcoming } from "./bar.js";
import { CallLink } from "./call.js";
import { upcoming as nextDate } from "./erased.js";
import { titleOf } from "./kind.js";
import { Quilt } from "./quilt.js";
import { here, hosting, invitation, me, meet, now, people, wide } from "./session.js";
import { Later, show } from "./sheets.js";
import { t, words } from "./tongue.js";

/** How many names stand on the page; the rest is in the people sheet. */
const MOST = 24;
/** A start that is further away has its day with it. */
const DAY_MS = 43200000;
/** In the last hour a tape gets shorter. */
const HOUR_MS = 3600000;

/** One sentence about this moment. */
const Lead = () => {
  const at = now();
  const { starts = [], minutes = 0 } = meet.value || {};
  const start = nextDate(starts, minutes, at);
  const rest = meet.value && meet.value.rest ? html`<p><b>${t("rest.title")}</b></p><p><button type="button" class="btn plain" onClick=${() => show("kept")}>${t("end.copy")}</button></p>` : null;
  const early = start !== null && start > at ? t("join.early", { time: start - at < DAY_MS ? words.value.time(start) : words.value.when(start) }) : "";
  if (rest && early) return html`${rest}<p>${t("end.again.on", { date: words.value.when(/** @type {number} */ (start)) })}</p>`;
  if (rest) return rest;
  if (early) return html`<p>${early}</p>${/** @type {number} */ (start) - at < HOUR_MS ? html`<p><${Tape} ends=${start} from=${/** @type {number} */ (start) - HOUR_MS} now=${now} t=${t} /></p>` : null}`;
  if (here.value.length < 2) return html`<p>${t("room.empty")}</p>`;
  return html`<p>${hosting.value ? t("host.waiting") : t("room.waiting")}</p>`;
};

export const Waiting = () => {
  const all = people.value;
  const ids = here.value;
  const host = hosting.value;
  const next = host ? upcoming() : null;
  return html`<div class="mid enter"><div class="body">
    <${Lead} />
    ${next && !wide.value && html`<div class=${`k-${next.kind}`}><button type="button" class="btn xl ink2" onClick=${goOn}>
      <span class="grow">${t("host.begin", { title: titleOf(next) })}</span><${Icon} id="u-next" size=${34} /></button></div>`}
    ${host && !next && html`<p><button type="button" class="btn" onClick=${() => show("cards")}>${t("open.title")}</button></p>`}
    <div class="paper"><${Quilt} /></div>
    <${CallLink} />
    ${host && invitation() && html`<section class="cut invite"><h2>${t("people.invite")}</h2><${Later} name="way" /></section>`}
    ${!wide.value && html`<h2>${t("people.here", { count: ids.length })}</h2><ul class="crowd">${ids.slice(0, MOST).map((id) => html`<li key=${id}><${Who} ...${all[id]} /><span><bdi translate="no">${all[id].name}</bdi></span>
      ${me.value && id === me.value.id ? html`<span class="small soft">${t("people.you")}</span>` : null}</li>`)}</ul>`}
    ${ids.length > MOST && !wide.value && html`<p class="small soft">${t("people.more", { count: ids.length - MOST })}</p>`}
  </div></div>`;
};
