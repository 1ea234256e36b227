// A picture of the page as a file: SVG with its inks written in, or PNG. Only shapes and words that are on the list go in.

/** @typedef {{localName: string, textContent: string | null, childNodes: ArrayLike<any>, getAttribute(name: string): string | null}} Shape */
/** @typedef {(name: string) => string} Ink the value of a custom property, e.g. "--f2" */

const TAGS = new Set(["svg", "g", "path", "circle", "rect", "text", "tspan"]);
const ATTRIBUTES = ["viewBox", "x", "y", "width", "height", "d", "cx", "cy", "r", "transform", "opacity", "fill", "fill-rule",
  "text-anchor", "font-size", "font-weight", "direction", "points"];
/** @type {Record<string, string>} */
const FILLS = { p: "--p", q: "--q", k: "--midnight", w: "--cream", t: "--midnight", oh: "--paper" };

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** @param {string} classes @param {Ink} ink */
const paint = (classes, ink) => {
  let out = "";
  for (const name of classes.split(/\s+/)) {
    const fill = FILLS[name] || (/^f\d+$/.test(name) ? `--${name}` : "");
    if (fill) out += ` fill="${escape(ink(fill).trim())}"`;
    if (name === "dots") out += ' fill="url(#dots)"';
    if (name === "x") out += ' style="mix-blend-mode:multiply"';
  }
  return out;
};

/**
 * The text of an element and what is in it. `<use>` becomes the symbol's own shapes, so that the file stands alone.
 * @param {Shape} el @param {Ink} ink @param {(id: string) => Shape | null} symbol @returns {string}
 */
export const write = (el, ink, symbol) => {
  const used = el.localName === "use" ? symbol((el.getAttribute("href") || "").slice(1)) : null;
  const tag = used ? "svg" : el.localName;
  if (!TAGS.has(tag)) return "";
  const has = ATTRIBUTES.filter((name) => el.getAttribute(name) !== null && !(used && (name === "transform" || name === "viewBox")));
  let open = has.map((name) => ` ${name}="${escape(el.getAttribute(name) || "")}"`).join("");
  if (used) open += ` viewBox="${escape(used.getAttribute("viewBox") || "")}" overflow="visible"`;
  open += paint(el.getAttribute("class") || "", ink);
  const inside = [...Array.from((used || el).childNodes)]
    .map((child) => (child.localName ? write(child, ink, symbol) : tag === "text" || tag === "tspan" ? escape(child.textContent || "") : "")).join("");
  const turn = used && el.getAttribute("transform");
  const text = `<${tag}${open}>${inside}</${tag}>`;
  return turn ? `<g transform="${escape(turn)}">${text}</g>` : text;
};

const DOTS = '<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(28)">'
  + '<circle cx="3.5" cy="3.5" r="1.7" fill="#231b2e"/></pattern>';

/** The whole file of a drawn svg. @param {SVGSVGElement} el */
export const svgFile = (el) => {
  const style = getComputedStyle(el);
  const body = write(/** @type {any} */ (el), (name) => style.getPropertyValue(name), (id) => /** @type {any} */ (document.getElementById(id)));
  const font = escape(style.getPropertyValue("--text-font").trim() || "sans-serif");
  return body.replace(/^<svg/, `<svg xmlns="http://www.w3.org/2000/svg" font-family="${font}"`).replace(">", `><defs>${DOTS}</defs>`);
};

/** Hand a file to the person. @param {Blob} blob @param {string} name */
export const handOver = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

/** @param {string} svg @param {number} width @param {number} height @returns {Promise<Blob>} */
const toPng = (svg, width, height) => new Promise((done, failed) => {
  const picture = new Image(width, height);
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  picture.onload = () => {
    const page = document.createElement("canvas");
    page.width = width;
    page.height = height;
    const pen = page.getContext("2d");
    if (pen) pen.drawImage(picture, 0, 0, width, height);
    URL.revokeObjectURL(address);
    page.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png");
  };
  picture.onerror = () => failed(new Error("no picture"));
  picture.src = address;
});

/**
 * Keep a drawn svg as a file on this device. @param {SVGSVGElement} el @param {string} name without its ending @param {"svg" | "png"} form
 */
export const keepPicture = async (el, name, form) => {
  const { width, height } = el.viewBox.baseVal;
  const svg = svgFile(el).replace("<svg", `<svg width="${width}" height="${height}"`);
  if (form === "svg") return handOver(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`);
  const scale = Math.max(1, Math.min(3, 4000 / Math.max(width, height), 1600 / width));
  return handOver(await toPng(svg, Math.round(width * scale), Math.round(height * scale)), `${name}.png`);
};
