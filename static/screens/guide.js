// The host's guide inside the room: its points can be done from where they are read.
import { html, signal } from "../ui.js";
import { Sheet } from "../parts/sheet.js";
import { act } from "./session.js";
import { hide, show } from "./sheets.js";
import { t, table, words } from "./tongue.js";

/* keys: guide.do.* */
/** @typedef {string|{b: string}|{a: string, t: string}} Piece */
/** @typedef {{h?: number, t?: Piece[], p?: Piece[], ul?: Piece[][], ol?: Piece[][], quote?: Piece[][], rows?: Piece[][][], button?: string}} Part */

const texts = signal(/** @type {{[lang: string]: Part[]}} */ ({}));
/** What each button opens. @type {{[what: string]: string}} */
const SHEETS = { lobby: "invite", standin: "people", say: "say", plan: "plan", invite: "invite", language: "more", screen: "invite", end: "ending" };

/** @param {Piece} piece @param {number} i */
const one = (piece, i) => (typeof piece === "string" ? piece : "b" in piece ? html`<b key=${i}>${piece.b}</b>`
  : html`<a key=${i} href=${piece.a} target="_blank" rel="noopener noreferrer">${piece.t}</a>`);

/** @param {string} what */
const run = (what) => {
  const [name, card] = what.split(":");
  if (name !== "open") return show(SHEETS[name]);
  act("open", { card });
  return hide();
};

/** @param {Part} part @param {number} i */
const drawn = (part, i) => {
  if (part.button) return html`<p key=${i}><button type="button" class="btn plain" onClick=${() => run(part.button || "")}>${t(`guide.do.${part.button.split(":")[0]}`)}</button></p>`;
  if (part.h) return part.h === 1 ? null : part.h === 2 ? html`<h2 key=${i}>${(part.t || []).map(one)}</h2>` : html`<h3 key=${i}>${(part.t || []).map(one)}</h3>`;
  if (part.quote) return html`<blockquote key=${i} class="cut">${part.quote.map((line, k) => html`<p key=${k}>${line.map(one)}</p>`)}</blockquote>`;
  if (part.rows) return html`<table key=${i}>${part.rows.map(([first, ...rest], k) => html`<tr key=${k}><th scope="row">${first.map(one)}</th>${rest.map((cell, n) => html`<td key=${n}>${cell.map(one)}</td>`)}</tr>`)}</table>`;
  if (part.p) return html`<p key=${i}>${part.p.map(one)}</p>`;
  const items = (part.ul || part.ol || []).map((item, k) => html`<li key=${k}>${item.map(one)}</li>`);
  return part.ul ? html`<ul key=${i} class="dashed">${items}</ul>` : html`<ol key=${i} class="counted">${items}</ol>`;
};

export const Guide = () => {
  const { lang } = words.value;
  const all = texts.value[lang];
  if (!all) table(`../../guide/${lang}.json`).then((found) => { texts.value = { ...texts.value, [lang]: /** @type {any} */ (found) }; }, () => {});
  return html`<${Sheet} title=${t("guide.title")} closeLabel=${t("page.close")} onClose=${hide}><p><a href=${`/guide?lang=${lang}`} target="_blank" rel="noopener">${t("guide.alone")}</a></p>
    ${all ? html`<div class="guide">${all.map(drawn)}</div>` : html`<p role="status">${t("page.waiting")}</p>`}</${Sheet}>`;
};
