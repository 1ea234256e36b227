// The pictures of a sequence: moves, the five senses, and the calls of "touch something". Fetched when there is something to show.
import { html } from "../../static/ui.js";
import { MOVES, Move } from "../../static/parts/moves.js";

/** In 48 units, as the moves: p first, q over it, k last. @type {{[id: string]: [ink: string, d: string][]}} */
const SENSES = {
  see: [["q", "M24 1 30 8 41 6 39 16 47 24 38 31 40 42 29 39 23 47 17 39 6 41 9 31 1 23 10 16 8 5 18 8z"], ["w", "M3 25C12 10 36 9 46 24 36 39 12 39 3 25z"], ["p", "M14 24a10 10 0 1 1 0 .1z"], ["k", "M19 24a5 5 0 1 1 0 .1z"]],
  touch: [["q", "M1 36 17 31 34 36 47 32 46 47 2 47z"], ["p", "M15 33 8 22 12 19 18 25 17 4 22 3 24 18 28 17 30 19 34 18 36 21 40 21 41 33 34 44 20 44z"], ["k", "M4 4 10 9 8 11 3 6zM30 2 33 4 28 11 26 9zM18 0 20 0 20 2 18 2z"]],
  hear: [["q", "M2 13 25 1 45 12 44 36 24 47 5 36z"], ["p", "M15 22C13 7 38 6 37 22 36 31 29 30 29 38 28 46 16 45 16 36L21 35C21 40 24 40 25 36 25 28 32 28 32 21 31 13 20 13 20 22z"], ["k", "M25 18 30 21 26 28 22 26zM3 19 8 21 8 29 3 31zM43 4 46 6 41 12 39 10z"]],
  smell: [["q", "M5 22 40 22 37 44 9 44zM38 25 46 26 45 36 37 37 37 33 42 32 42 29 38 29z"], ["p", "M5 22 40 22 39 28 6 28z"], ["k", "M14 18C9 12 18 9 14 2L17 1C23 9 13 12 18 17zM25 18C20 12 29 9 25 2L28 1C34 9 24 12 29 17zM3 45 43 45 42 48 4 48z"]],
  taste: [["q", "M6 17C5 7 22 5 24 14 26 5 43 7 42 18 41 33 33 46 24 46 15 46 7 33 6 17z"], ["p", "M24 12C22 5 26 1 33 1 33 8 30 11 24 12z"], ["k", "M23 7 26 7 26 16 23 16zM30 20 35 19 34 27 30 26zM14 22 18 21 18 28 14 27z"]],
};

/** The inks of the calls, and how their paper is printed: plain, dots, lines, waves. */
const INKS = [7, 4, 0, 2, -1, 1, 9, 10, 11, 6, 5, 1, 3, 7, 8, 2, 9, 0, 4, 2, 6, 11, 8, 10];
const PRINTS = ["", "dots", "lines", "waves"];

/** @param {{print: string}} of */
const Print = ({ print }) => {
  const lines = print === "lines" ? "M-4 12 50 4 50 7-4 15zM-4 24 50 16 50 19-4 27zM-4 36 50 28 50 31-4 39zM-4 48 50 40 50 43-4 51z"
    : "M-3 12Q5 5 13 12T29 12 51 12V15Q37 18 29 15T13 15-3 15zM-3 26Q5 19 13 26T29 26 51 26V29Q37 32 29 29T13 29-3 29zM-3 40Q5 33 13 40T29 40 51 40V43Q37 46 29 43T13 43-3 43z";
  return print === "dots" ? html`<path class="dots" d="M-4-2 50-5 52 50-3 52z" opacity=".5" />` : print ? html`<path class="k" opacity=".22" d=${lines} />` : null;
};

/** @param {{n: number, size: number}} of */
const Call = ({ n, size }) => {
  const ink = INKS[n % INKS.length];
  const print = PRINTS[n < 8 ? 0 : 1 + (n % 3)];
  return html`<svg width=${size} height=${size} viewBox="-5 -5 58 58" focusable="false" aria-hidden="true">
    <path class=${ink < 0 ? "w" : `f${ink}`} d="M-5-3 51-5 53 51-3 53z"/><${Print} print=${print} />
    <path class="w" d="M14 35 7 24 11 21 17 27 16 6 21 5 23 20 27 19 29 21 33 20 35 23 39 23 40 35 33 46 19 46z"/>
    <path class="k" d="M3 6 9 11 7 13 2 8zM29 4 32 6 27 13 25 11z"/></svg>`;
};

/** A picture for the id of a step; the words beside it say the same. @param {{id: string, size?: number}} props */
export const Picture = ({ id, size = 200 }) => {
  if (MOVES[id]) return html`<${Move} id=${id} size=${size} />`;
  if (/^c\d+$/.test(id)) return html`<${Call} n=${Number(id.slice(1))} size=${size} />`;
  const layers = SENSES[id] || [["q", "M3 9 26 2 45 12 42 38 21 46 4 36z"], ["p", "M14 15 34 13 35 34 15 35z"]];
  return html`<svg width=${size} height=${size} viewBox="-5 -5 58 58" focusable="false" aria-hidden="true"><path class="w" d="M-5-3 51-5 53 51-3 53z"/>
    ${layers.map(([ink, d], i) => html`<path key=${i} class=${ink} d=${d} />`)}</svg>`;
};
