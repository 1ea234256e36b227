// Pictures to put a dot on, cut from paper, by day and by night: 400 wide and 400 high. What they show lies where region.js says.
import { html, useEffect, useState } from "../../static/ui.js";

/** @typedef {(night: boolean) => any} Shape */

/** @param {boolean} night */
const sea = (night) => html`<path class=${night ? "k" : "f7"} d="M0 0H400V180H0z" /><path class="f8 x" opacity=${night ? ".5" : ".7"} d="M0 0H400V44L318 66 236 40 150 62 70 38 0 56z" />
  ${night ? html`<path class="w" d="M92 34a32 32 0 1 0 30 42 26 26 0 0 1-30-42z" /><path class="f2" d="M198 60l4 9 9 3-9 3-4 9-4-9-9-3 9-3zM340 92l3 7 7 2-7 3-3 7-3-7-7-3 7-2z" />`
    : html`<path class="f2" d="M90 22l9 22 23-8-9 22 22 9-22 10 9 22-23-8-9 22-10-22-23 8 9-22-22-10 22-9-9-22 23 8z" /><circle class="f1" cx="90" cy="68" r="23" /><path class="w" d="M182 78a20 20 0 0 1 38-8 24 24 0 0 1 42 14 14 14 0 0 1-4 28H186a17 17 0 0 1-4-34z" />`}
  <path class="f5" d="M0 168L52 158 118 166 190 156 262 168 330 158 400 166V340H0z" /><path class="f7 x" opacity=${night ? ".8" : ".45"} d="M0 236L60 224 134 240 208 222 286 240 346 226 400 236V340H0z" /><path class="dots" opacity=".22" d="M0 276L70 264 150 280 240 262 320 282 400 268V340H0z" />
  <path class="f2" d="M236 214L262 194 306 186 346 196 370 214 352 224 262 226z" /><path class="f4" d="M250 204L284 176 330 176 356 206 300 214z" /><path class="k" d="M296 186L304 142 312 142 308 188z" /><path class="f4" d="M308 146L270 136 290 124 308 134 318 114 330 128 352 132 334 146 346 166 318 154 300 170 296 154 276 160z" />
  <path class="w" d="M112 164L154 220H112z" /><path class="f11" d="M106 164L72 218H106z" /><path class="f0" d="M54 222H168L146 252H78z" /><path class="f1 x" d="M54 222L112 228 168 222 146 252H112z" opacity=".8" />
  <path class="f2" d="M0 332L66 322 140 334 222 320 304 334 400 322V400H0z" /><path class="f1 x" opacity=".6" d="M0 366L90 354 180 370 280 354 400 366V400H0z" />
  <path class="f11" d="M326 352l8 10 13-3-5 12 9 10-13 1-3 13-8-11-13 3 6-12-9-9 13-1z" /><path class="w" d="M66 364a17 15 0 0 1 34 1l-5 14H71z" />`;

/** @param {boolean} night */
const hill = (night) => html`<path class=${night ? "k" : "f7"} d="M0 0H400V400H0z" />${night
    ? html`<path class="w" d="M322 30a30 30 0 1 0 28 40 24 24 0 0 1-28-40z" /><path class="f2" d="M70 50l4 9 9 3-9 3-4 9-4-9-9-3 9-3zM118 106l3 7 7 2-7 3-3 7-3-7-7-3 7-2zM268 34l3 7 7 2-7 3-3 7-3-7-7-3 7-2z" />`
    : html`<path class="f2" d="M322 18l9 22 23-8-9 22 22 9-22 10 9 22-23-8-9 22-10-22-23 8 9-22-22-10 22-9-9-22 23 8z" /><circle class="f1" cx="322" cy="64" r="22" /><path class="w" d="M42 96a18 18 0 0 1 34-8 22 22 0 0 1 38 12 13 13 0 0 1-4 26H46a15 15 0 0 1-4-30z" />`}
  <path class="f9" opacity=".8" d="M0 250L66 196 130 240 200 180 286 232 348 190 400 236V300H0z" />
  <path class="f4" d="M0 312L48 268 96 214 138 140 176 84 204 60 236 92 270 150 312 226 356 276 400 300V400H0z" /><path class="f5 x" opacity=".7" d="M204 60L236 92 270 150 312 226 356 276 400 300V400H250L236 300 252 220 214 140z" />
  <path class="w" d="M176 84L204 60 236 92 222 104 208 92 196 106z" /><path class="k" d="M201 62L199 20 204 20 206 62z" /><path class="f0" d="M204 20L240 30 205 44z" />
  <path class="f2" d="M206 108L220 132 190 166 226 202 176 250 228 300 178 350H208L258 302 206 252 254 206 216 168 240 132 216 104z" />
  <path class="f4" d="M84 300l24-54 22 54zM300 306l20-50 22 50z" /><path class="f5 x" d="M108 246l22 54h-22zM320 256l22 50h-22z" /><path class="k" d="M104 300h8v16h-8zM317 306h8v14h-8z" />
  <path class="f7" d="M0 352L80 340 168 354 262 338 340 352 400 342V400H0z" /><path class="f8 x" opacity=".6" d="M0 378L92 366 190 382 290 366 400 378V400H0z" />`;

/** @param {boolean} night */
const city = (night) => html`<path class=${night ? "k" : "f8"} d="M0 0H400V400H0z" />${night
    ? html`<path class="w" d="M64 14a26 26 0 1 0 24 34 21 21 0 0 1-24-34z" /><path class="f2" d="M206 22l4 9 9 3-9 3-4 9-4-9-9-3 9-3zM322 30l3 7 7 2-7 3-3 7-3-7-7-3 7-2z" />`
    : html`<circle class="f2" cx="66" cy="42" r="27" /><path class="w" d="M238 40a15 15 0 0 1 29-7 19 19 0 0 1 33 10 11 11 0 0 1-3 23H242a13 13 0 0 1-4-26z" />`}
  <path class="f9" d="M0 190V120L40 104 62 122V96L118 90V128L176 100 232 122V86L300 92 304 120 346 98 400 118V190z" />
  <path class="f1" d="M8 344V166L60 128 112 166V344z" /><path class="f11" d="M110 344V142L206 136V344z" /><path class="f2" d="M204 344V178L246 142 290 176V344z" /><path class="f5" d="M288 344V132L392 124V344z" />
  <path class="f0 x" d="M8 166L60 128 112 166 60 158zM204 178L246 142 290 176 246 170z" /><path class="k" d="M128 142V116H148V140zM320 130V108L334 107V129z" /><path class="f0 x" opacity=".75" d="M168 138L206 136V344H168zM350 127L392 124V344H350z" />
  <path class=${night ? "f2" : "w"} d="M26 188H48V214H26zM70 188H92V214H70zM26 240H48V266H26zM126 164H146V190H126zM126 214H146V240H126zM176 164H196V190H176zM176 266H196V292H176zM222 196H240V218H222zM256 196H274V218H256zM304 152H324V176H304zM356 152H376V176H356zM356 200H376V224H356z" />
  <path class="k" d="M70 240H92V266H70zM176 214H196V240H176zM126 266H146V292H126zM304 200H324V224H304zM222 244H240V266H222z" /><path class="k" d="M46 344V300L74 298V344zM144 344V308H172V344z" />
  <path class="f4" d="M246 282a28 28 0 0 1 54-14 30 30 0 0 1 52-6 30 30 0 0 1 44 34V322H262a24 24 0 0 1-16-40z" /><path class="f5 x" opacity=".8" d="M322 260a30 30 0 0 1 30 2 30 30 0 0 1 44 34V322H330z" /><path class="k" d="M282 312h9v34h-9zM350 312h9v34h-9z" />
  <path class=${night ? "f9" : "w"} d="M0 344L400 338V400H0z" /><path class="k" d="M0 362L400 356V400H0z" /><path class="f2" d="M24 380L76 378V385L24 387zM124 378L176 376V383L124 385zM224 376L276 374V381L224 383zM324 374L376 372V379L324 381z" />`;

/** @param {boolean} night */
const table = (night) => html`<path class=${night ? "k" : "f2"} d="M0 0H400V400H0z" /><path class=${night ? "f9" : "f1 x"} opacity=${night ? ".35" : ".45"} d="M0 0H134L126 400H0zM266 0H400V400H274z" />
  <path class="f11" d="M120 20L176 14 180 60 124 64zM222 16L280 20 276 64 220 60z" /><path class="f6" d="M124 338L180 342 176 386 118 382zM222 340L278 338 284 382 224 388z" /><path class="f9" d="M20 124L64 120 66 178 16 176zM18 226L66 224 62 280 20 276z" /><path class="f4" d="M336 122L382 126 384 178 334 176zM336 226L384 224 380 280 334 276z" />
  <path class="k" opacity=".3" d="M88 92L326 84 330 326 84 330z" /><path class="f0" d="M80 82L318 76 322 318 78 322z" /><path class="w" d="M94 98L306 92 308 304 92 306z" /><path class="dots" opacity=".16" d="M94 98L306 92 308 304 92 306z" />
  <path class="f2" d="M158 208a44 34 0 0 1 84-18 40 34 0 0 1-6 54 60 40 0 0 1-70 0 34 30 0 0 1-8-36z" /><path class="f1" d="M172 204a34 26 0 0 1 62-12 30 26 0 0 1-6 42 46 30 0 0 1-50 0 26 22 0 0 1-6-30z" /><path class="w" d="M182 196l12 28 8-3-12-28zM202 190l12 28 8-3-12-28z" />
  <circle class="f7" cx="132" cy="140" r="21" /><circle class="w" cx="132" cy="140" r="12" /><circle class="f11" cx="268" cy="138" r="21" /><circle class="w" cx="268" cy="138" r="12" /><circle class="f4" cx="134" cy="264" r="21" /><circle class="w" cx="134" cy="264" r="12" /><circle class="f9" cx="268" cy="264" r="21" /><circle class="w" cx="268" cy="264" r="12" />
  <path class="f5" d="M192 118L214 116 216 146 190 148zM190 268L212 266 214 292 188 294z" />`;

/** @type {{[shape: string]: Shape}} */
export const SHAPES = { sea, hill, city, table };

const dark = () => {
  const own = document.documentElement.dataset.theme;
  return own ? own === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

/** Is it night on this page? */
export const useNight = () => {
  const [night, set] = useState(dark);
  useEffect(() => {
    const look = () => set(dark());
    const sky = matchMedia("(prefers-color-scheme: dark)");
    const watch = new MutationObserver(look);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    // Safari 13 has no events here.
    if (sky.addEventListener) sky.addEventListener("change", look);
    return () => {
      watch.disconnect();
      if (sky.removeEventListener) sky.removeEventListener("change", look);
    };
  }, []);
  return night;
};

const HUES = ["f0", "f2", "f11", "f4", "f9", "f1", "f6", "f3"];
/** Dots of cut paper, each a little otherwise. */
const CUTS = ["M-9 -2L-3 -9 6 -8 9 1 4 9 -6 8z", "M-8 -5L2 -9 9 -3 8 6 -1 9 -8 5z", "M-9 1L-5 -8 4 -9 9 -1 6 7 -2 9z"];

/** @param {{x: number, y: number, i: number, mine?: boolean, size?: number, go?: boolean, off?: boolean}} of in hundredths of the picture */
export const DotShape = ({ x, y, i, mine = false, size = 1, go = false, off = false }) => {
  const place = `${Math.round(x * 40) / 10} ${Math.round(y * 40) / 10}`;
  const [px, py] = place.split(" ");
  const grow = mine ? 1.5 * Math.max(size, 0.8) : size;
  return html`<g transform=${`translate(${place})`} class=${go ? "ck-go" : null} opacity=${off ? ".35" : null} style=${go ? { transform: `translate(${px}px,${py}px)` } : null}>
    <g transform=${`scale(${grow})`}><path class="k" d=${CUTS[i % 3]} transform="scale(1.5)" /><path class="w" d=${CUTS[i % 3]} transform=${mine ? "scale(1.26)" : "scale(1.28)"} /><path class=${mine ? "f0" : HUES[i % 8]} d=${CUTS[(i + 1) % 3]} transform=${mine ? "scale(.76)" : "scale(1.02)"} /></g></g>`;
};
