// What the first page of a room goes without: the words of what is shown later, and its style.
import { signal, useEffect } from "../../static/ui.js";
import { createWords } from "../../static/words.js";

/** @typedef {(key: string, args?: any) => string} T */

/** The rest of the words, by language. @type {import("../../static/ui.js").Signal<{[lang: string]: T}>} */
const tables = signal(/** @type {any} */ ({}));
/** @type {{[lang: string]: Promise<any>}} */
const asked = {};
/** The language that was spoken last: another one takes its place once it is here. */
let spoken = "";

/** @param {string} lang */
export const fetchWords = (lang) => {
  asked[lang] = asked[lang] || fetch(new URL(`./lang/${lang}.rest.json`, import.meta.url).href).then((answer) => answer.json()).then((table) => {
    tables.value = { ...tables.value, [lang]: createWords(lang, [[lang, table]], navigator.languages).t };
  });
  asked[lang].catch(() => { delete asked[lang]; });
  return asked[lang];
};

/** All the words there are, with those that the page has; null until they are here. @param {T} t @param {string} lang @returns {T|null} */
export const knows = (t, lang) => {
  if (tables.value[lang]) spoken = lang;
  const more = tables.value[spoken];
  return more ? (key, args) => {
    const text = more(key, args);
    return text === key ? t(key, args) : text;
  } : null;
};

/** What a kind is handed, with all the words; null until they are here, and asked for. @param {any} props */
export const useLater = (props) => {
  useEffect(() => { fetchWords(props.lang).catch(() => {}); }, [props.lang, props.away]);
  const t = knows(props.t, props.lang);
  return t ? { ...props, t } : null;
};

let dressed = false;
/** The style of the other forms. */
export const dress = () => {
  if (dressed || typeof document === "undefined") return;
  dressed = true;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("./forms.css", import.meta.url).href;
  document.head.appendChild(link);
};

// Asked for with the first thing that needs them.
if (typeof document !== "undefined") fetchWords(document.documentElement.lang || "en").catch(() => {});
