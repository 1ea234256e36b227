// What goes into a copy: each page with its picture and its words, to be kept or dropped before the file is made.
import { html, signal, useEffect, useMemo, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { told } from "./keepsake.js";
import { titleOf } from "./kind.js";
import { t } from "./tongue.js";

/** @typedef {import("./keepsake.js").Made} Made */
/** @typedef {import("./keepsake.js").Ran} Ran */

/** What this person drops from their own copy. */
const dropped = signal(/** @type {readonly number[]} */ ([]));

/** Those that are kept. @param {readonly Made[]} pages */
export const choose = (pages) => pages.filter(({ g }) => !dropped.value.includes(g));

/** How much of what. @param {Made} page */
export const amount = ({ svg, large, lines }) => {
  const texts = lines.filter(({ head }) => !head).length;
  return [svg || large ? t("kept.pictures", { count: 1 }) : "", texts ? t("kept.texts", { count: texts }) : ""].filter(Boolean).join(t("list.sep"));
};

/** The picture of a page, or the sign of its kind. @param {{page?: Made, kind: string, wide?: boolean}} of */
export const Preview = ({ page, kind, wide = false }) => {
  const svg = page ? page.svg : "";
  const [src, set] = useState("");
  useEffect(() => {
    const made = svg ? URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })) : "";
    set(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  if (!src) return wide ? null : html`<${Icon} id=${`k-${kind}`} size=${48} />`;
  return html`<img class=${wide ? "sight" : "thumb"} src=${src} alt="" />`;
};

/** A page as it stands in the copy: its picture, and each text. @param {{page: Made}} of */
export const Leaf = ({ page }) => html`<div class="sheetleaf"><${Preview} page=${page} kind=${page.kind} wide=${true} />
  ${page.large ? html`<p class="small">${t("zine.large")}</p>` : null}
  <ul>${page.lines.map(({ text, more, by, head }, i) => html`<li key=${i} class=${head ? "head" : ""}><bdi>${text}</bdi>${more ? html` <bdi class="small soft">${more}</bdi>` : null}${by ? html` <bdi class="small soft">${by}</bdi>` : null}</li>`)}</ul></div>`;

/** @param {{all: readonly Ran[], pages: Made[]|null, more: (ran: any) => any}} of */
export const Choice = ({ all, pages, more }) => {
  const chosen = choose(pages || []);
  const size = useMemo(() => (pages && chosen.length ? told(chosen) : ""), [pages, dropped.value]);
  if (!all.length) return null;
  return html`<h2>${t("keep.choose")}</h2><p class="small" role="status">${pages ? size || t(pages.length ? "keep.empty" : "keep.nothing") : ""}</p>
    <ul class="kept choice">${all.map((ran) => {
      const page = (pages || []).find(({ g }) => g === ran.g);
      const off = dropped.value.includes(ran.g);
      const name = html`<${Preview} page=${page} kind=${ran.kind} /><span class="grow"><bdi>${titleOf(ran)}</bdi><br /><span class="small soft">${
        !page ? (pages ? t("keep.none") : "") : off ? t("keep.off") : amount(page)}</span></span>`;
      return html`<li key=${ran.g} class=${`k-${ran.kind}${page && !off ? "" : " off"}`}>${page ? html`<label class="tick"><input type="checkbox" checked=${!off}
        onChange=${() => { dropped.value = off ? dropped.value.filter((g) => g !== ran.g) : [...dropped.value, ran.g]; }} />${name}</label>`
        : html`<div class="tick">${name}</div>`}${more(ran)}</li>`;
    })}</ul>`;
};

