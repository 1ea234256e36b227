// The drawing as a file, made on this device: SVG and PNG, in the inks of daylight.
import { handOver } from "../../static/parts/keep.js";
import { PAGE } from "./camera.js";
import { trace } from "./outline.js";
import { ERASER } from "../../static/parts/stroke.js";

/** @typedef {import("./book.js").Entry} Entry */

/** The contract's inks by day and the sheet under them: files look alike on every screen. */
export const DAY = ["#af3c3a", "#9e5209", "#846305", "#677008", "#1b7e2a", "#0d7a66", "#117780", "#01729f", "#3d63be", "#7152b5", "#924598", "#a73b6d"];
export const SHEET = "#fffaf0";

/** A path that writes itself down in whole numbers. */
class Writer {
  constructor() {
    this.text = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.text += `M${Math.round(x)} ${Math.round(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.text += `L${Math.round(x)} ${Math.round(y)}`;
  }

  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) {
    this.text += `Q${Math.round(cx)} ${Math.round(cy)} ${Math.round(x)} ${Math.round(y)}`;
  }

  closePath() {
    this.text += "Z";
  }
}

/**
 * The page as SVG: paths of numbers and inks of the list, nothing that anybody wrote. Rubbed-out
 * places are paper over ink, as on paper.
 * @param {readonly Entry[]} entries
 */
export function svg(entries) {
  const out = [`<path d="M0 0H${PAGE.w}V${PAGE.h}H0Z" fill="${SHEET}"/>`];
  for (const entry of entries) {
    if (!entry.shown || !entry.looks) continue;
    const writer = new Writer();
    trace(writer, entry.looks.points, entry.looks);
    const ink = entry.ink === ERASER ? SHEET : DAY[entry.ink];
    if (writer.text && ink) out.push(`<path d="${writer.text}" fill="${ink}"/>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PAGE.w} ${PAGE.h}" width="1600" height="1200">${out.join("\n")}</svg>\n`;
}

/** @param {readonly Entry[]} entries @param {number} [w] pixels @returns {Promise<Blob>} */
export function png(entries, w = 2000) {
  const canvas = document.createElement("canvas");
  canvas.width = w;
  canvas.height = Math.round((w * PAGE.h) / PAGE.w);
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.reject(new Error("no picture"));
  pen.fillStyle = SHEET;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(w / PAGE.w, w / PAGE.w);
  for (const entry of entries) {
    if (!entry.shown || !entry.path) continue;
    pen.fillStyle = entry.ink === ERASER ? SHEET : DAY[entry.ink];
    pen.fill(entry.path);
  }
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png");
  });
}

/** Hand the page over as a file. @param {readonly Entry[]} entries @param {"svg" | "png"} form @param {string} name without its ending */
export async function keep(entries, form, name) {
  const blob = form === "svg" ? new Blob([svg(entries)], { type: "image/svg+xml" }) : await png(entries);
  handOver(blob, `${name}.${form}`);
}
