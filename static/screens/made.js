// The room has just been made: the way in for everyone, and the host's own link, which is shown this one time.
import { html, render } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Link, Qr } from "./invite.js";
import { speak, speakOn, t } from "./tongue.js";

/** @typedef {{title: string, join_url: string, host_url: string, room: string}} Made */

/** @param {{made: Made, another: () => void}} of */
const Made = ({ made, another }) => {
  const title = made.title || t("start.untitled");
  return html`<div class="inks" aria-hidden="true"></div><main class="body made" id="main">
    <${Icon} id="mark" size=${21} wide=${155} label="Jam Room" />
    <h1 id="head" tabindex="-1">${t("made.title")}</h1><p><b><bdi>${title}</bdi></b></p>
    <a class="btn xl ink2" href=${made.host_url}><span>${t("made.enter")}</span><${Icon} id="u-next" size=${30} /></a>
    <section class="cut k-canvas"><h2>${t("made.join")}</h2><p class="small">${t("made.join.how")}</p>
      <${Qr} text=${made.join_url} /><${Link} link=${made.join_url} word=${t("made.copy")} send=${t("made.invite", { title })} /></section>
    <section class="cut k-checkin"><h2><${Icon} id="u-key" /> ${t("made.host")}</h2><p class="small">${t("made.host.how")}</p>
      <${Link} link=${made.host_url} word=${t("made.host.copy")} /></section>
    <p><button type="button" class="btn plain" onClick=${another}>${t("end.another")}</button></p></main>`;
};

/** @param {Made} made @param {() => void} another */
export async function show(made, another) {
  await speak(document.documentElement.lang);
  await speakOn();
  const room = /** @type {HTMLElement} */ (document.getElementById("room"));
  room.textContent = "";
  render(html`<${Made} made=${made} another=${another} />`, room);
  const head = document.getElementById("head");
  if (head) head.focus();
}
