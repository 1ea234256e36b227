// The first screen of somebody new, for at most one tap: what this is, who hosts, what runs now, what is kept and until when.
import { html, useState } from "../ui.js";
import { Inks } from "../parts/inks.js";
import { longTitle } from "../parts/mast.js";
import { KEPT, erasedAt, upcoming } from "./erased.js";
import { titleOf } from "./kind.js";
import { act, here, me, meet, mine, now, people, running } from "./session.js";
import { t, words } from "./tongue.js";

/** @typedef {import("../types.js").Meet} Meet */

/** What starts later than this is on another day, or as good as that. */
const SOON_MS = 12 * 3600000;

/** What is kept, and until when. */
const Kept = () => {
  const room = /** @type {Meet} */ (meet.value);
  const at = erasedAt(room, Date.now());
  return html`<p>${at === null ? t("first.span", { span: words.value.span(room.kept || KEPT) }) : t("first.promise", { date: words.value.date(at) })}</p>`;
};

/** What is on and how much of it is to come, or when it begins. Whoever is late reads it here: in the room the question stands alone. */
const Now = () => {
  const run = running.value;
  const room = /** @type {Meet} */ (meet.value);
  const at = Date.now(), start = upcoming(room.starts || [], room.minutes || 0, at);
  if (run) {
    const left = run.ends === null ? 0 : run.ends - now();
    return html`<h2>${t("hello.now", { title: titleOf(run) })}</h2><p>${left > 0 ? t("late", { left: words.value.minutes(left) }) : t("late.open")}</p>`;
  }
  if (start === null || start <= at) return html`<p>${t("room.waiting")}</p>`;
  return html`<p>${start - at < SOON_MS ? t("join.early", { time: words.value.time(start) }) : t("join.day", { when: words.value.when(start) })}</p>`;
};

/** In the hall or not: asked once, changed at any time. */
const Place = () => {
  const [said, say] = useState(false);
  const hall = Boolean(mine.value && mine.value.hall);
  const go = (/** @type {boolean} */ is) => {
    say(true);
    const at = `meet/people/${me.value && me.value.id}/hall`;
    act("place", { hall: is }, () => [is ? [at, true] : [at]]);
  };
  return html`<div><p class="label" id="place">${t("hello.place")}</p><div class="pair" role="group" aria-labelledby="place">
    <button type="button" class="btn plain" aria-pressed=${String(hall)} onClick=${() => go(true)}>${t("hello.hall")}</button>
    <button type="button" class="btn plain" aria-pressed=${String(said && !hall)} onClick=${() => go(false)}>${t("hello.away")}</button></div></div>`;
};

/** @param {{go: () => void}} of */
export const Hello = ({ go }) => {
  const all = people.value;
  const keepers = Object.keys(all).filter((id) => all[id].role === "host" && !all[id].out);
  const near = keepers.filter((id) => all[id].here);
  // A host who came back on another phone is named once.
  const hosts = (near.length ? near : keepers).map((id) => all[id].name);
  const run = running.value;
  const title = (meet.value && meet.value.title) || t("start.untitled");
  return html`<${Inks} people=${all} />
    <main class=${`body join first k-${run ? run.kind : "room"}`} id="main">
      <header class="mast"><p class="row small"><b>${t("people.here", { count: here.value.length })}</b></p>
        <h1 id="head" tabindex="-1" class=${longTitle(title) ? "long" : null} dir="auto">${title}</h1></header>
      <div class="says">${hosts.length > 0 && html`<p>${t("hello.hosts", { names: words.value.list(hosts) })}</p>`}<${Now} /></div>
      <p><button type="button" class="btn xl" onClick=${go}>${t("hello.go")}</button></p>
      <${Place} />
      <div class="small says"><${Kept} /><p class="soft">${t("first.limits")}</p></div>
    </main>`;
};
