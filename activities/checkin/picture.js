// The shared picture: a sky by day for weather, a garden by night for moods. Shapes and words only, so that it can be kept as a file.
import { html, useMemo } from "../../static/ui.js";
import { LIFT, LINE, guessWidth, layout } from "./sky.js";

/** @typedef {import("./sky.js").Answer} Answer */
/** @typedef {import("./sky.js").Measure} Measure */

const RTL = /^[^A-Za-z\u00c0-\u024f]*[\u0590-\u08ff\ufb1d-\ufefc]/;

/** Measures in the type of the page. @returns {Measure} */
const ruler = () => {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return guessWidth;
  pen.font = `700 13px ${getComputedStyle(document.documentElement).getPropertyValue("--text-font") || "sans-serif"}`;
  return (text) => pen.measureText(text).width;
};

/** Torn edges across the whole width: a path from points in 320ths. @param {number} w @param {number} y @param {number[]} edge @param {number} end */
const torn = (w, y, edge, end) => {
  const rest = edge.slice(1).map((dy, i) => `L${Math.round(w * (i + 1) / (edge.length - 1))} ${y + dy}`);
  return `M-5 ${y + edge[0]}${rest.join("")}L${w + 5} ${end}L-5 ${end}z`;
};

/** @param {number} w @param {number} h */
const day = (w, h) => html`<path class="f7" d=${`M0 0H${w}V${h}H0z`} />
  <path class="f8 x" opacity=".75" d=${torn(w, 50, [10, 28, 2, 20, 4], -5)} /><path class="dots" opacity=".35" d=${torn(w, 36, [10, 28, 2, 20, 4], -5)} />`;

/** @param {number} w @param {number} h */
const night = (w, h) => html`<path class="k" d=${`M0 0H${w}V${h}H0z`} />
  <path class="f9" opacity=".4" d=${torn(w, h - 120, [30, 8, 34, 0, 26], h + 5)} />`;

/**
 * @param {{list: readonly Answer[], mood: boolean, wide: boolean, label: string, drawn?: {current: SVGSVGElement | null},
 *   size?: {w: number, h: number}}} props `size`: the sky of a big screen, as large as that
 */
export const Picture = ({ list, mood, wide, label, drawn, size }) => {
  const measure = useMemo(ruler, []);
  const lift = size ? LIFT : 0;
  const { width: w, height, items } = useMemo(() => layout(list, size ? size.w : wide ? 760 : 320, (size ? size.h : wide ? 440 : 330) - lift, measure), [list, wide]);
  const h = height + lift;
  return html`<svg class="sky spread" viewBox=${`0 0 ${w} ${h}`} role="img" aria-label=${label} ref=${drawn}>
    ${mood ? night(w, h) : day(w, h)}
    ${items.map(({ icon, x, y, size, turn }, i) => html`<use key=${i} href=${`#${mood ? "m" : "w"}-${icon}`} x=${x} y=${y} width=${size} height=${size}
      transform=${mood || icon === "sun" ? `rotate(${mood ? turn / 3 : turn} ${x + size / 2} ${y + size / 2})` : null} />`)}
    <path class="f4" d=${torn(w, height - 56, [22, 4, 18, 0, 20], h + 5)} /><path class="f5 x" d=${torn(w, height - 30 + lift, [12, 2, 10, 0, 8], h + 5)} />
    ${items.map(({ strip: s, lines, name }, i) => s && html`<g key=${`s${i}`}>
      <path class=${mood ? "w" : "k"} d=${`M${s.x} ${s.y + 2}L${s.x + s.w - 2} ${s.y} ${s.x + s.w} ${s.y + s.h} ${s.x + 3} ${s.y + s.h - 1}z`} />
      ${[...lines, ...(name ? [name] : [])].map((line, k) => html`<text key=${k} class=${mood ? "k" : name && k === lines.length ? "f2" : "w"}
        x=${s.x + s.w / 2} y=${s.y + 15 + k * LINE} text-anchor="middle" font-size="13" font-weight="700"
        direction=${RTL.test(line) ? "rtl" : "ltr"}>${line}</text>`)}</g>`)}
  </svg>`;
};
