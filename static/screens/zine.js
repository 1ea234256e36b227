// The zine: one file with everything that was made, texts and pictures. It opens on any phone without a line, runs nothing, asks for nothing,
// and holds no name unless its owner ticked it. Pure: what a leaf is, each kind says (activities/<kind>/leaf.js).
import { escape } from "../parts/keep.js";

/** `svg` a picture that stands alone; `more` and `by` stand beside a text in small, `head` is over others, `size` (0 to 4) is for
 * words of a cloud. `look`: how texts lie on the page, as a list where it does not say. `short`: not all of it has found room.
 * @typedef {{svg: string, lines: {text: string, more?: string, by?: string, head?: boolean, size?: number}[], look?: "cloud"|"notes", short?: boolean}} Leaf */
/** `p`, `q`: the inks of its kind; `again`: the same with a picture of at most so many characters, "" where that cannot be.
 *   `large`: it has one that found no room.
 * @typedef {{title: string, tag: string, p: string, q: string, again?: (most: number) => Leaf, large?: boolean} & Leaf} Page */
/** `large`, `short`: the sentences for these. @typedef {{lang: string, dir: string, title: string, day: string, thanks: string, note: string, large: string, short: string, pages: Page[]}} Zine */

/** The whole file has at most so many bytes. */
export const MOST = 2 * 1024 * 1024;

/** Bytes of a text, as a file has them. @param {string} text */
export const weight = (text) => new TextEncoder().encode(text).length;

/** How much each may have when all together have so much: what the small ones leave goes to the large ones. @param {readonly number[]} sizes @param {number} most */
export function level(sizes, most) {
  let left = Math.max(0, most), many = sizes.length;
  for (const size of [...sizes].sort((a, b) => a - b)) {
    if (size * many > left) return Math.floor(left / many);
    left -= size;
    many -= 1;
  }
  return Infinity;
}

const INK = /^#[0-9a-f]{3,8}$/i;
/** @param {string} ink @param {string} or */
const safe = (ink, or) => (INK.test(ink.trim()) ? ink.trim() : or);

const STYLE = `*{box-sizing:border-box}body{margin:0;background:#fbf2df;color:#231b2e;font:18px/1.45 -apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans","Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1,h2{margin:0;font-family:"Avenir Next Condensed","HelveticaNeue-CondensedBold","Roboto Condensed",sans-serif-condensed,"Arial Narrow","Liberation Sans Narrow","Noto Sans Arabic","Noto Sans",sans-serif;font-weight:800;line-height:1.05;letter-spacing:-.01em}
:lang(ar) h1,:lang(ar) h2{letter-spacing:0;line-height:1.3}:lang(ar) body,body:lang(ar){font-size:20px;line-height:1.6}
header{padding:56px 24px 72px;background:#ffce32;clip-path:polygon(0 0,100% 0,100% calc(100% - 26px),71% calc(100% - 5px),38% calc(100% - 22px),0 100%)}h1{font-size:clamp(44px,11vw,96px)}
main,footer{max-width:60rem}header>*{max-width:calc(60rem - 48px)}main,header>*,footer{margin-left:auto;margin-right:auto}main{padding:0 24px}header>.tag,header>h1{margin-left:auto;margin-right:auto}section{margin:48px 0;break-inside:avoid}
section>header{display:block;max-width:none;padding:18px 20px 30px}h2{font-size:clamp(28px,6vw,48px)}.tag{margin-top:0;margin-bottom:6px;font-weight:700;font-size:15px}
.pic{margin:16px 0;padding:10px;background:#fffaf0;box-shadow:5px 5px 0 #231b2e}.pic svg{display:block;width:100%;height:auto;max-height:86vh}
ul{margin:16px 0;padding:0;list-style:none}li{padding:8px 0;border-bottom:2px solid #8d8090;break-inside:avoid}li b{font-size:1.15em}.h{break-after:avoid;padding-top:20px;border:0}.h b{font-size:1.4em}li span{display:block;color:#5c5165;font-size:15px}
footer{padding:24px;color:#5c5165;font-size:15px}
.cloud{display:flex;flex-wrap:wrap;align-items:baseline}.cloud li{max-width:100%;margin:0 22px 0 0;padding:4px 0;border:0}.cloud b{font-size:1.1em}.z1 b{font-size:1.5em}.z2 b{font-size:2em}.z3 b{font-size:2.6em}.z4 b{font-size:3.2em}.cloud b{line-height:1.15}
.notes{display:flex;flex-wrap:wrap;margin:12px -6px}.notes li{flex:1 1 220px;margin:6px;padding:10px 14px;border:0;background:#fffaf0;box-shadow:3px 3px 0 #8d8090}.notes .h{flex:1 0 100%;padding:18px 0 0;background:none;box-shadow:none}
@media(min-width:40em){ul:not([class]){columns:2;column-gap:32px}}`;

/** @param {Page} page @param {number} i @param {Zine} zine */
const section = ({ title, tag, p, q, svg, lines, look, large, short }, i, zine) => `<section class="s${i}"><header>${tag === title ? "" : `<p class="tag">${escape(tag)}</p>`}<h2><bdi>${escape(title)}</bdi></h2></header>
${svg ? `<div class="pic" dir="ltr">${svg}</div>` : ""}${large ? `<p>${escape(zine.large)}</p>` : ""}${lines.length ? `<ul${look ? ` class="${look === "cloud" ? "cloud" : "notes"}"` : ""}>${lines.map(({ text, more = "", by = "", head = false, size = 0 }) => `<li${head ? ' class="h"' : size > 0 ? ` class="z${Math.min(4, Math.round(size))}"` : ""}><b><bdi>${escape(text)}</bdi></b>${
  more ? `<span><bdi>${escape(more)}</bdi></span>` : ""}${by ? `<span><bdi>${escape(by)}</bdi></span>` : ""}</li>`).join("")}</ul>` : ""}${short ? `<p>${escape(zine.short)}</p>` : ""}</section><style>.s${i}>header{background:${safe(p, "#ffce32")};border-bottom:0}.s${i} .pic{box-shadow:6px 6px 0 ${safe(q, "#ff6362")}}</style>`;

/** The file as text. @param {Zine} zine */
export const zineFile = (zine) => {
  const { lang, dir, title, day, thanks, note, pages } = zine;
  return `<!doctype html>
<html lang="${escape(lang)}" dir="${dir === "rtl" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escape(title)}</title><style>${STYLE}</style></head><body><header><p class="tag">${escape(day)}</p><h1><bdi>${escape(title)}</bdi></h1></header>
<main>${pages.map((page, i) => section(page, i, zine)).join("\n")}</main><footer><p>${escape(thanks)}</p><p>${escape(note)}</p></footer></body></html>
`;
};

/** So many lines from the first on as weigh no more than that. @param {Page["lines"]} lines @param {number} most */
const upTo = (lines, most) => {
  let sum = 0;
  const end = lines.findIndex((line) => (sum += bulk([line])) > most);
  return end < 0 ? lines : lines.slice(0, end);
};
/** What lines weigh in a file, at the most. @param {Page["lines"]} lines */
const bulk = (lines) => lines.reduce((sum, { text, more = "", by = "" }) => sum + 100 + weight(escape(text + more + by)), 0);

/** The same in a file of at most so many bytes: pictures drawn more simply, then left out; and where there are too many words, the last ones.
 * @param {Zine} zine @param {number} [most] @returns {Zine} */
export function within(zine, most = MOST) {
  if (zine.pages.reduce((sum, { svg }) => sum + svg.length, 0) <= most && weight(zineFile(zine)) <= most) return zine;
  // The rest, as if every page had to say that something is missing.
  const bare = weight(zineFile({ ...zine, pages: zine.pages.map((page) => ({ ...page, svg: "", lines: [], large: true, short: true })) })) + 20 * zine.pages.length;
  const words = zine.pages.map(({ lines }) => bulk(lines));
  const line = level(words, most - bare);
  const told = zine.pages.map((page) => {
    const lines = upTo(page.lines, line);
    return { ...page, lines, short: page.short || lines.length < page.lines.length };
  });
  // The frame of a picture stands in `bare` no more than the pictures do.
  const room = most - bare - told.reduce((sum, { lines }) => sum + bulk(lines), 0) - 40 * told.length;
  const each = level(zine.pages.map(({ svg }) => weight(svg)), room);
  const pages = told.map((page) => {
    if (weight(page.svg) <= each) return page;
    const { svg, short = false } = page.again ? page.again(each) : { svg: "" };
    return svg && weight(svg) <= each ? { ...page, svg, short: page.short || short } : { ...page, svg: "", large: true };
  });
  return { ...zine, pages };
}
