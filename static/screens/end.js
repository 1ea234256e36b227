// The end, and what one takes home: the pictures, a copy on this device, the hour until which it can be fetched, and the choice to be
// forgotten. It needs no line: what this page has not seen, it reads once from the server, also hours later.
import { html, signal, useEffect, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { fetchCopy, fetchKept, erase, isHost, kept, leaves, pasts, settle, zine } from "./keepsake.js";
import { Choice, choose } from "./keeping.js";
import { Stage, staged, titleOf } from "./kind.js";
import { hush, news, withUndo } from "./news.js";
import { leave } from "./room.js";
import { meet, rest } from "./session.js";
import { t, words } from "./tongue.js";
import { album } from "./watch.js";

/** @typedef {import("../types.js").Past} Past */

const NOTHING = { room: null, own: null, host: null };
/** Erased by this page, just now. */
const erased = signal(false);

/** One activity again, as it was. What is in nobody's copy left nothing, here neither: whether this page saw it or not. @param {{past: Past, made: boolean}} of */
const Again = ({ past, made }) => {
  const [open, set] = useState(false);
  const stage = staged(past, album.get(past.g) || NOTHING);
  const left = kept.value && (kept.value.left_out || []).includes(past.g) && !stage.ready;
  return html`${left ? html`<p class="small soft">${t("end.large")}</p>` : null}
    ${made && stage.ready && html`<button type="button" class="again" aria-expanded=${String(open)} aria-label=${`${t("end.again")}: ${titleOf(past)}`} onClick=${() => set(!open)}>${t("end.again")}</button>`}
    ${open && made && stage.ready && html`<div class="past"><${Stage} stage=${stage} id=${`past-${past.g}`} /></div>`}`;
};

/** Pages of a zine on one another: the pictures that were made, and how many words there are beside them. @param {{pages: import("./keepsake.js").Made[]|null}} of */
const Cover = ({ pages }) => {
  const [shown, set] = useState(/** @type {{kind: string, src: string, count: number}[]} */ ([]));
  const kinds = [...new Set(pasts().map((past) => past.kind))];
  useEffect(() => {
    /** @type {string[]} */
    const made = [];
    set((pages || []).map(({ kind, svg, lines }) => {
      const src = svg ? URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })) : "";
      if (src) made.push(src);
      return { kind, src, count: lines.length };
    }));
    return () => made.forEach((src) => URL.revokeObjectURL(src));
  }, [pages]);
  const pictures = shown.filter(({ src }) => src).slice(0, 2);
  const texts = shown.filter(({ src, count }) => !src && count).slice(0, 1);
  if (pages && !pages.length) return null;
  if (!shown.length) {
    return kinds.length ? html`<div class="zine" aria-hidden="true">${kinds.slice(0, 3).map((kind, i) => html`
      <div key=${kind} class=${`pg p${i + 1} leaf k-${kind}`}><${Icon} id=${`k-${kind}`} size=${i === 2 ? 54 : 96} /></div>`)}</div>` : null;
  }
  const few = !pictures.length ? "few" : pictures.length + texts.length < 2 ? "one" : "";
  return html`<div class=${`zine cover ${few}`} aria-hidden="true">${pictures.map(({ kind, src }, i) => html`<div key=${src} class=${`pg p${i + 1} k-${kind}`}><img src=${src} alt="" /></div>`)}
    ${texts.map(({ kind, count }) => html`<div key=${kind} class=${`pg ${pictures.length ? "p3" : "only"} count k-${kind}`}><${Icon} id=${`k-${kind}`} size=${54} /><b class="big">${words.value.number(count)}</b></div>`)}</div>`;
};

/** What a host can still do: nobody else has to wait for the hour. */
const Erasing = () => {
  const [failed, fail] = useState(false);
  const item = news.value && news.value.text === t("undo.erasing") ? news.value : null;
  const go = () => withUndo(t("undo.erasing"), () => erase().then(() => { erased.value = true; }, () => fail(true)));
  return html`<section class="cut erasing"><p class="small">${t("erase.ask")}</p>
    ${item ? html`<p role="status">${item.text} ${item.word && html`<button type="button" class="btn" onClick=${() => { if (item.run) item.run(); hush(item); }}>${item.word}</button>`}</p>`
    : html`<button type="button" class="btn plain" onClick=${go}>${t("end.erase")}</button>`}
    ${failed ? html`<p class="small" role="status">${t("end.erase.failed")}</p>` : null}</section>`;
};

const Erased = () => html`<main class="body join" id="main"><h1 id="head" tabindex="-1">${t("end.erased")}</h1><p><a class="btn ink2" href="/">${t("end.another")}</a></p></main>`;

export const End = () => {
  const [told, tell] = useState("");
  const [pages, made] = useState(/** @type {import("./keepsake.js").Made[]|null} */ (null));
  const room = meet.value;
  const over = room && room.ended;
  const until = over ? over.until : 0;
  // Without a line nobody knows what is in no copy; then there is what this page saw.
  const [alone, left] = useState(false);
  const { lang } = words.value;
  useEffect(() => {
    if (!until) return;
    // What was asked while it still ran is no answer about its end.
    const asked = kept.value && kept.value.meet.ended ? Promise.resolve() : fetchKept().then(() => {}, () => {});
    asked.then(() => leaves()).then(made, () => left(true));
  }, [until, lang]);
  if (!room || !over) return null;
  if (!until || erased.value) return html`<${Erased} />`;
  const past = pasts();
  // Its first sentence is the headline already.
  const thanks = t("end.thanks", { until: words.value.when(until) });
  /** @param {Promise<void>} copy */
  const copy = (copy) => {
    tell(t("end.copying"));
    copy.then(() => tell(t("copy.kept")), () => tell(t("end.copy.failed")));
  };
  return html`<main class="body end" id="main"><p><b><bdi>${room.title || t("start.untitled")}</bdi></b></p><h1 id="head" tabindex="-1">${t("end.title")}</h1>
    <${Cover} pages=${pages} />
    <p>${thanks.indexOf(t("end.title")) === 0 ? thanks.slice(t("end.title").length).trim() : thanks}</p>
    ${over.next ? html`<p><b>${t("end.again.on", { date: words.value.when(over.next) })}</b></p>` : null}
    <button type="button" class="btn xl ink2" onClick=${() => copy((pages ? Promise.resolve(pages) : leaves()).then((all) => zine(choose(all))))}>${t("end.copy")}</button>
    <p class="small" role="status">${told || t("end.copy.how")}</p>
    <${Choice} all=${past} pages=${pages} more=${(/** @type {Past} */ p) => html`<${Again} past=${p} made=${pages ? pages.some(({ g }) => g === p.g) : alone} />`} />
    <div class="row wrap"><button type="button" class="btn plain" onClick=${() => copy(fetchCopy("md"))}>${t("end.text")}</button>
      <button type="button" class="btn plain" onClick=${() => copy(fetchCopy("zip"))}>${t("end.tables")}</button></div>
    <h2>${t("leave.ask")}</h2><div class="row wrap"><button type="button" class="btn plain" onClick=${() => leave(false)}>${t("leave.back")}</button>
      <button type="button" class="btn plain" onClick=${() => leave(true)}>${t("leave.forget")}</button></div>
    ${isHost() ? html`<${Erasing} />` : null}
  </main>`;
};

/** The server did not answer; what was made is still there. */
const Later = () => html`<main class="body join" id="main"><h1 id="head" tabindex="-1">${t("ended.title")}</h1><p>${t("end.copy.failed")}</p>
  <p><button type="button" class="btn ink2" onClick=${() => location.reload()}>${t("page.again")}</button></p></main>`;

/**
 * The end for somebody who comes back to it hours later. @param {string} id @param {import("../types.js").Keep} keep
 * @returns {Promise<any>} what to draw
 */
export async function revisit(id, keep) {
  rest(id, keep);
  try {
    settle(await fetchKept());
    return End;
  } catch (no) {
    const { status } = /** @type {{status?: number}} */ (no);
    if (status !== 401 && status !== 403 && status !== 404) return Later;
    // This device has no seat in the room any more, or the room has gone.
    const { Gone } = await import("./gone.js");
    return () => Gone({ code: 4504 });
  }
}
