// The map as a picture that stands alone: numbers in place of names, inks of daylight.
import { DAY, SHEET } from "./export.js";
import { keepPng } from "./montage.js";
import { RADII } from "./map.js";

const PAPER = ["#42d561", "#ffce32", SHEET];
const MIDNIGHT = "#231b2e";
const LINES = [`stroke="${DAY[4]}"`, `stroke="${DAY[8]}" stroke-dasharray="260 200"`, `stroke="${DAY[0]}" stroke-dasharray="60 150" stroke-linecap="round"`];

/** @param {readonly any[]} all bubbles that are seen @param {readonly any[]} lines between them */
export const svg = (all, lines) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10000 7500" width="1600" height="1200"><path d="M0 0H10000V7500H0Z" fill="${SHEET}"/>`
  + lines.map(({ from, to, kind }) => `<path d="M${from.x} ${from.y}L${to.x} ${to.y}" fill="none" stroke-width="90" ${LINES[kind]}/>`).join("")
  + all.map(({ x, y, hue, size }, n) => `<circle cx="${x}" cy="${y}" r="${RADII[size]}" fill="${PAPER[hue]}" stroke="${hue === 2 ? DAY[0] : MIDNIGHT}" stroke-width="${hue === 2 ? 70 : 40}"${hue === 2 ? ' stroke-dasharray="220 160"' : ""}/>`
    + `<text x="${x}" y="${y + 140}" font-size="420" font-weight="700" font-family="sans-serif" text-anchor="middle" fill="${MIDNIGHT}">${n + 1}</text>`).join("") + "</svg>";

/** @param {readonly any[]} all @param {readonly any[]} lines @param {string} name without its ending */
export const keep = (all, lines, name) => keepPng(svg(all, lines), 1600, 1200, name);
