// A page for the printer: one thing, black on white, and nothing else of the screen.
import { html, render } from "../ui.js";
import { dir } from "../words.js";
import { qr } from "./qr.js";

/** @typedef {{head: string, title?: string, lines: string[], link: string, label: string, lang?: string}} Sheet `label`: what the square is,
 *   for the ear; `lang`: the language of the paper, where it is not the page's */

/** @param {Sheet & {src: string}} of */
const Page = ({ title = "", head, lines, link, label, src }) => html`<h1><bdi>${head}</bdi></h1>${title && html`<h2><bdi>${title}</bdi></h2>`}
  ${lines.map((line) => html`<p key=${line}>${line}</p>`)}
  ${src && html`<img src=${src} alt=${label} width="320" height="320" />`}<p class="at" dir="ltr" translate="no">${link}</p>`;

/** Print it; the page is as it was as soon as the printer's own window closes. @param {Sheet} sheet */
export async function print(sheet) {
  const src = await qr(sheet.link).catch(() => "");
  const old = document.getElementById("paper");
  if (old) old.remove();
  const page = document.createElement("section");
  page.id = "paper";
  if (sheet.lang) {
    page.lang = sheet.lang;
    page.dir = dir(sheet.lang);
  }
  document.body.appendChild(page);
  document.body.classList.add("printing");
  render(html`<${Page} ...${sheet} src=${src} />`, page);
  const picture = page.querySelector("img");
  // A picture that does not come must not keep the words from the paper.
  if (picture && picture.decode) await picture.decode().catch(() => {});
  const done = () => {
    removeEventListener("afterprint", done);
    render(null, page);
    page.remove();
    document.body.classList.remove("printing");
  };
  addEventListener("afterprint", done);
  window.print();
}
