// The end, and what one takes home: a copy of the texts, the pictures of each activity, and the choice to be forgotten.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { handOver } from "../parts/keep.js";
import { Stage, staged, titleOf } from "./kind.js";
import { leave } from "./room.js";
import { current, meet } from "./session.js";
import { t, words } from "./tongue.js";
import { album } from "./watch.js";

/** @typedef {import("../types.js").Past} Past */

/** @param {"md"|"zip"} form */
async function fetchCopy(form) {
  const { room, keep } = current();
  const day = encodeURIComponent(words.value.date(Date.now()));
  const answer = await fetch(`/api/rooms/${room}/harvest.${form}?lang=${words.value.lang}&day=${day}`, { headers: { Authorization: `Bearer ${keep.self().token || ""}` } });
  if (!answer.ok) throw new Error(String(answer.status));
  handOver(await answer.blob(), `jam.${form}`);
}

/** @param {{past: Past}} of */
const Again = ({ past }) => {
  const [open, set] = useState(false);
  const stage = staged(past, album.get(past.g) || { room: null, own: null, host: null });
  return html`<li class=${`k-${past.kind}`}><div class="row"><${Icon} id=${`k-${past.kind}`} size=${34} /><span class="grow">${titleOf(past)}</span>
    ${stage.ready && html`<button type="button" class="btn plain" aria-expanded=${String(open)} onClick=${() => set(!open)}>${t("end.again")}</button>`}</div>
    ${open && stage.ready && html`<div class="past"><${Stage} stage=${stage} id=${`past-${past.g}`} /></div>`}</li>`;
};

/** Pages of a zine on one another, one for each kind of thing that was made. @param {{kinds: string[]}} of */
const Zine = ({ kinds }) => (kinds.length ? html`<div class="zine" aria-hidden="true">${kinds.slice(0, 3).map((kind, i) => html`
  <div key=${kind} class=${`pg p${i + 1} leaf k-${kind}`}><${Icon} id=${`k-${kind}`} size=${i === 2 ? 54 : 96} /></div>`)}</div>` : null);

export const End = () => {
  const [told, tell] = useState("");
  const room = meet.value;
  if (!room || !room.ended) return null;
  const past = room.past.filter((p) => !("again" in p));
  const kinds = [...new Set(past.map((p) => p.kind))];
  // Its first sentence is the headline already.
  const thanks = t("end.thanks", { until: words.value.when(room.ended.until) });
  /** @param {"md"|"zip"} form */
  const copy = (form) => {
    tell(t("end.copying"));
    fetchCopy(form).then(() => tell(t("copy.kept")), () => tell(t("end.copy.failed")));
  };
  if (!room.ended.until) return html`<main class="body join" id="main"><h1 id="head" tabindex="-1">${t("end.erased")}</h1><p><a class="btn ink2" href="/">${t("end.another")}</a></p></main>`;
  return html`<main class="body end" id="main"><p><b><bdi>${room.title || t("start.untitled")}</bdi></b></p><h1 id="head" tabindex="-1">${t("end.title")}</h1>
    <${Zine} kinds=${kinds} />
    <p>${thanks.indexOf(t("end.title")) === 0 ? thanks.slice(t("end.title").length).trim() : thanks}</p>
    <button type="button" class="btn xl ink2" onClick=${() => copy("zip")}>${t("end.copy")}</button>
    <p class="small" role="status">${told}</p>
    <p><button type="button" class="btn plain" onClick=${() => copy("md")}>${t("end.text")}</button></p>
    ${past.length ? html`<h2>${t("end.pictures")}</h2><ul class="kept">${past.map((p) => html`<${Again} key=${p.g} past=${p} />`)}</ul>` : null}
    <div class="row wrap"><button type="button" class="btn plain" onClick=${() => leave(false)}>${t("leave.back")}</button>
      <button type="button" class="btn plain" onClick=${() => leave(true)}>${t("leave.forget")}</button></div>
  </main>`;
};
