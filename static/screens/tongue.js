// The language of this page and its colours: each person's own, changed without loading the page again.
import { signal } from "../ui.js";
import { createWords, keepLanguage } from "../words.js";
import { choice } from "../keep.js";

/** @typedef {import("../words.js").Words} Words */
/** @typedef {import("../words.js").Table} Table */

/** Words of the page; null until the first table is here. @type {import("../ui.js").Signal<Words>} */
export const words = signal(/** @type {any} */ (null));

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

/** A file of the same version as this module, read once; a failure is not kept. @param {string} path relative to static/screens/ */
export function table(path) {
  const had = kept.get(path);
  if (had) return had;
  const get = fetch(new URL(path, import.meta.url).href).then((answer) => {
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  });
  get.catch(() => kept.delete(path));
  kept.set(path, get);
  return get;
}

/** Has all been loaded that is seldom said? */
let rest = false;

/** What is seldom said comes second, and is asked for before it is needed. */
export async function speakOn() {
  rest = true;
  const { lang } = words.value;
  const own = await Promise.all([table(`../lang/${lang}.json`), table(`../lang/${lang}.rest.json`)]);
  if (words.value.lang === lang) words.value = createWords(lang, [[lang, Object.assign({}, ...own)]], navigator.languages);
}

/** Speak this language from now on. @param {string} lang @param {boolean} [keep] for the next visit, too */
export async function speak(lang, keep = false) {
  /** @type {Table} */
  const own = Object.assign({}, ...await Promise.all([table(`../lang/${lang}.json`), rest ? table(`../lang/${lang}.rest.json`) : {}]));
  if (keep) {
    try { keepLanguage(localStorage, lang); } catch (_) { /* then it holds for this page */ }
  }
  const html = document.documentElement;
  words.value = createWords(lang, [[lang, own]], navigator.languages);
  html.lang = lang;
  html.dir = words.value.dir;
}

/** @param {string} key @param {Record<string, unknown>} [args] */
export const t = (key, args) => words.value.t(key, args);

/** "light", "dark", or null: as the device has it. */
export const theme = signal(/** @type {string|null} */ (choice("theme")));

/** @param {string|null} next */
export function paint(next) {
  theme.value = next;
  choice("theme", next);
  const html = document.documentElement;
  if (next) html.dataset.theme = next;
  else delete html.dataset.theme;
}
