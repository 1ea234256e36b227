// The zine: one file with everything that was made, texts and pictures. It opens on any phone without a line, runs nothing, asks for nothing,
// and holds no name unless its owner ticked it. Pure: what a leaf is, each kind says (activities/<kind>/leaf.js).
import { escape } from "../parts/keep.js";

/** `svg` a picture that stands alone; `more` and `by` stand beside a text in small. @typedef {{svg: string, lines: {text: string, more?: string, by?: string}[]}} Leaf */
/** `p`, `q`: the inks of its kind. @typedef {{title: string, tag: string, p: string, q: string} & Leaf} Page */
/** @typedef {{lang: string, dir: string, title: string, day: string, thanks: string, note: string, pages: Page[]}} Zine */

/** The whole file has at most so many bytes. */
export const MOST = 2 * 1024 * 1024;
/** What is left of them when texts and style are in. */
const PICTURES = 1.6 * 1024 * 1024;

/** How many characters each of so many pictures may have. @param {number} count */
export const share = (count) => Math.floor(PICTURES / Math.max(1, count));

const INK = /^#[0-9a-f]{3,8}$/i;
/** @param {string} ink @param {string} or */
const safe = (ink, or) => (INK.test(ink.trim()) ? ink.trim() : or);

const STYLE = `*{box-sizing:border-box}body{margin:0;background:#fbf2df;color:#231b2e;font:18px/1.45 -apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans","Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1,h2{margin:0;font-family:"Avenir Next Condensed","HelveticaNeue-CondensedBold","Roboto Condensed",sans-serif-condensed,"Arial Narrow","Liberation Sans Narrow","Noto Sans Arabic","Noto Sans",sans-serif;font-weight:800;line-height:1.05;letter-spacing:-.01em}
:lang(ar) h1,:lang(ar) h2{letter-spacing:0;line-height:1.3}:lang(ar) body,body:lang(ar){font-size:20px;line-height:1.6}
header{padding:56px 24px 72px;background:#ffce32;clip-path:polygon(0 0,100% 0,100% calc(100% - 26px),71% calc(100% - 5px),38% calc(100% - 22px),0 100%)}h1{font-size:clamp(44px,11vw,96px)}
main,header>*,footer{max-width:60rem;margin-left:auto;margin-right:auto}main{padding:0 24px}header>.tag,header>h1{margin-left:auto;margin-right:auto}section{margin:48px 0;break-inside:avoid}
section>header{display:block;max-width:none;padding:18px 20px 30px}h2{font-size:clamp(28px,6vw,48px)}.tag{margin-top:0;margin-bottom:6px;font-weight:700;font-size:15px}
.pic{margin:16px 0;padding:10px;background:#fffaf0;box-shadow:5px 5px 0 #231b2e}.pic svg{display:block;width:100%;height:auto}
ul{margin:16px 0;padding:0;list-style:none}li{padding:8px 0;border-bottom:2px solid #8d8090;break-inside:avoid}li b{font-size:1.15em}li span{display:block;color:#5c5165;font-size:15px}
footer{padding:24px;color:#5c5165;font-size:15px}@media(min-width:40em){ul{columns:2;column-gap:32px}}`;

/** @param {Page} page @param {number} i */
const section = ({ title, tag, p, q, svg, lines }, i) => `<section class="s${i}"><header>${tag === title ? "" : `<p class="tag">${escape(tag)}</p>`}<h2 dir="auto">${escape(title)}</h2></header>
${svg ? `<div class="pic" dir="ltr">${svg}</div>` : ""}${lines.length ? `<ul>${lines.map(({ text, more = "", by = "" }) => `<li dir="auto"><b>${escape(text)}</b>${
  more ? `<span dir="auto">${escape(more)}</span>` : ""}${by ? `<span dir="auto">${escape(by)}</span>` : ""}</li>`).join("")}</ul>` : ""}</section><style>.s${i}>header{background:${safe(p, "#ffce32")};border-bottom:0}.s${i} .pic{box-shadow:6px 6px 0 ${safe(q, "#ff6362")}}</style>`;

/** The file as text. @param {Zine} zine */
export const zineFile = ({ lang, dir, title, day, thanks, note, pages }) => `<!doctype html>
<html lang="${escape(lang)}" dir="${dir === "rtl" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escape(title)}</title><style>${STYLE}</style></head><body><header><p class="tag">${escape(day)}</p><h1 dir="auto">${escape(title)}</h1></header>
<main>${pages.map(section).join("\n")}</main><footer><p>${escape(thanks)}</p><p>${escape(note)}</p></footer></body></html>
`;
