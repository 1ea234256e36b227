// The room has just been made: in with one tap. The way in for everyone is one tap further, and the host's key before it, once.
import { html, render, useState } from "../ui.js";
import { choice } from "../keep.js";
import { Icon } from "../parts/icon.js";
import { Way } from "./invite.js";
import { KeyFirst, askedBefore } from "./keycard.js";
import { style } from "./sheets.js";
import { speak, speakOn, t, words } from "./tongue.js";

/** @typedef {{title: string, lang: string, starts: number[], minutes: number, join_url: string, host_url: string, room: string}} Made */

const KEPT_HOURS = 24;

/** @param {string} url */
const cap = (url) => url.split("#")[1] || "";

/** The new part is read from its head on. */
const toHead = () => setTimeout(() => {
  const head = document.getElementById("head");
  if (head) head.focus();
  scrollTo(0, 0);
}, 0);

/** @param {{made: Made, another: () => void}} of */
const Page = ({ made, another }) => {
  const [part, turn] = useState("");
  const [name, call] = useState(choice("name") || "");
  const title = made.title || t("start.untitled");
  const host = `/r/${made.room}#${cap(made.host_url)}`;
  const go = (/** @type {string} */ to) => {
    turn(to);
    toHead();
  };
  // In with this tap: the room's own page is asked for no name again (boot.js hears of the press and of what was typed).
  const press = () => { window.name = `jam:join:${name.trim()}`; };
  const enter = html`<a class="btn xl ink2" href=${host} onClick=${press}><span>${t("made.enter")}</span><${Icon} id="u-next" size=${30} /></a>`;
  const mark = html`<${Icon} id="mark" size=${21} wide=${155} label="Jam Room" />`;
  const back = html`<p><button type="button" class="btn plain" onClick=${() => go("")}>${t("made.back")}</button></p>`;
  if (part === "key") {
    return html`<main class="body made" id="main" key="key">${mark}<h1 id="head" tabindex="-1">${t("key.first.title")}</h1><p><b><bdi>${title}</bdi></b></p>
      <${KeyFirst} room=${made.room} title=${title} cap=${cap(made.host_url)} go=${() => go("invite")} />${back}</main>`;
  }
  if (part === "invite") {
    return html`<main class="body made" id="main" key="invite">${mark}<h1 id="head" tabindex="-1">${t("invite.title")}</h1><p><b><bdi>${title}</bdi></b></p>
      <${Way} jam=${{ ...made, cap: cap(made.join_url) }} />${enter}${back}</main>`;
  }
  const { starts, minutes } = made;
  return html`<main class="body made" id="main" key="made">${mark}<h1 id="head" tabindex="-1">${t("made.title")}</h1><p><b><bdi>${title}</bdi></b></p>
    ${starts.length ? html`<div class="cut dates"><ol>${starts.map((ms) => html`<li key=${ms}>${words.value.when(ms)}</li>`)}</ol>
      <p class="small">${t("dates.length", { length: words.value.span(minutes * 60000) })}</p><p class="small soft">${t("made.dated")}</p></div>` : null}
    <p><label for="name">${t("join.name")}</label><input class="field" id="name" dir="auto" maxlength="40" autocomplete="off" autocapitalize="words" value=${name} aria-describedby="limits"
      onInput=${(/** @type {any} */ event) => call(event.currentTarget.value)} /></p>
    ${enter}
    <button type="button" class="btn xl" onClick=${() => go(askedBefore(made.room) ? "invite" : "key")}><span>${t("invite.title")}</span></button>
    <p class="small soft" id="limits">${t("join.promise", { span: t("hours", { count: KEPT_HOURS }) })} ${t("first.limits")}</p>
    <p><button type="button" class="btn plain" onClick=${another}>${t("end.another")}</button></p></main>`;
};

/** @param {Made} made @param {() => void} another */
export async function present(made, another) {
  await Promise.all([speak(document.documentElement.lang), style()]);
  await speakOn();
  const room = /** @type {HTMLElement} */ (document.getElementById("room"));
  room.textContent = "";
  render(html`<div class="inks" aria-hidden="true"></div><${Page} made=${made} another=${another} />`, room);
  toHead();
}
