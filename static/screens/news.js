// What is said once and then gone: the strip of news over the masthead, the live region, the sums of reactions.
import { signal } from "../ui.js";
import { makeLive } from "../parts/live.js";
import { t } from "./tongue.js";

/** @typedef {{text: string, word?: string, run?: () => void, close?: () => void, stays?: boolean, also?: {word: string, run: () => void}}} News `also`: a second way on */

const LASTS_MS = 7000;
const SUMS_MS = 4000;
const HEARD_MS = 10000;

/** The strip of this moment. @type {import("../ui.js").Signal<News|null>} */
export const news = signal(/** @type {News|null} */ (null));
/** A strip that no news takes away: it waits for an answer. @type {import("../ui.js").Signal<News|null>} */
export const offer = signal(/** @type {News|null} */ (null));
/** What a host has said to everyone, in the language of the page. */
export const said = signal("");
/** How many words beside the activity have not been seen. */
export const unread = signal(0);
/** How many of each reaction lately. */
export const sums = signal([0, 0, 0, 0, 0, 0]);

const region = document.getElementById("live");
const live = region ? makeLive(region) : null;
/** For the ear. @param {string} text */
export const say = (text) => { if (live) live.say(text); };

/** @type {any} */
let timer = null;
/** What comes back when a passing strip is over. @type {News|null} */
let standing = null;

/** Show a strip and say it; `ms` 0 stays until something else comes. @param {string|News} what @param {number} [ms] */
export function tell(what, ms = LASTS_MS) {
  const item = typeof what === "string" ? { text: what } : what;
  const before = news.value;
  if (before && before.close) before.close();
  news.value = item;
  if (item.stays) standing = item;
  say(item.text);
  clearTimeout(timer);
  if (ms) timer = setTimeout(() => hush(item), ms);
}

/** @param {News|null} [item] only if it is this one */
export function hush(item = news.value) {
  if (item === standing) standing = null;
  if (item && news.value === item) news.value = standing;
}

/**
 * Something that cannot be taken back goes out after five seconds, in which one tap keeps it from happening.
 * @param {string} text @param {() => void} run
 */
export function withUndo(text, run) {
  let over = false;
  const item = /** @type {News} */ ({ text, word: t("undo.do"), run: () => { over = true; hush(item); }, close: () => { over = true; } });
  tell(item, 0);
  setTimeout(() => {
    hush(item);
    if (!over) run();
  }, 5000);
}

/** @type {any} */
let still = null;
let heard = -Infinity;

/** Reactions of everyone, summed; they rest a moment and go. @param {readonly number[]} counts @param {readonly string[]} words */
export function react(counts, words) {
  sums.value = sums.value.map((n, i) => n + (counts[i] || 0));
  clearTimeout(still);
  still = setTimeout(() => { sums.value = [0, 0, 0, 0, 0, 0]; }, SUMS_MS);
  const at = performance.now();
  if (at - heard < HEARD_MS) return;
  heard = at;
  const list = sums.value.map((n, i) => (n ? t("react.item", { word: words[i], count: n }) : "")).filter(Boolean);
  say(t("react.heard", { list: list.join(t("list.sep")) }));
}
