// Rooms on this device, on the start page: open one again, or let this device forget it.
import { html, render, signal } from "../ui.js";
import { choice } from "../keep.js";
import { makeLive } from "../parts/live.js";
import { upcoming } from "./dates.js";
import { forgetRoom, rooms, wayTo } from "./rooms.js";
import { style } from "./sheets.js";
import { speak, speakOn, t, words } from "./tongue.js";

/** @typedef {import("./rooms.js").Entry} Entry */

const all = signal(/** @type {Entry[]} */ ([]));

/** What stands below the title: the next date, or when one was last here. @param {Entry} of */
const line = ({ starts = [], minutes = 0, at, over }) => {
  if (over) return t("rooms.over");
  const next = upcoming(starts, minutes, Date.now());
  return next === null ? words.value.date(at) : words.value.when(next);
};

/** @param {string} id */
const look = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {Entry} one @param {string} title */
function forget(one, title) {
  forgetRoom(one.room);
  all.value = rooms();
  makeLive(look("live")).say(t("rooms.gone", { title }));
  const next = document.querySelector("#rooms h2");
  if (next) /** @type {HTMLElement} */ (next).focus();
  else look("title").focus();
}

const List = () => (all.value.length ? html`<h2 tabindex="-1">${t("rooms.title")}</h2><ul class="rooms">${all.value.map((one) => {
  const title = one.title || t("start.untitled");
  return html`<li key=${one.room} class="cut"><p><b><bdi>${title}</bdi></b>${one.host && html` <span class="small soft">${t("people.host")}</span>`}</p>
    <p class="small">${line(one)}</p>${choice(`key:${one.room}`) && html`<p class="small soft">${t("rooms.key")}</p>`}
    <div class="row wrap"><a class="btn" href=${wayTo(one.room)} aria-label=${t("rooms.open", { title })}>${t("rooms.go")}</a>
      <button type="button" class="btn plain" aria-label=${t("rooms.forget", { title })} onClick=${() => forget(one, title)}>${t("rooms.drop")}</button></div></li>`;
})}</ul>` : null);

/** @param {HTMLElement} slot */
export async function list(slot) {
  all.value = rooms();
  await Promise.all([words.value ? null : speak(document.documentElement.lang), style()]);
  await speakOn();
  slot.hidden = false;
  render(html`<${List} />`, slot);
}
