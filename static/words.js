// Words: every text a person sees comes through here, in the language of that person.
//
// A language file is flat JSON: "key": "text". `{{name}}` is filled in. A text that changes with a number has one entry for each
// plural category of its language ("left_one", "left_other"; i18next v4 suffixes), and may have "left_zero" for an exact 0.
//
// tests/unit/test_word_keys.py finds missing, unused and untranslated keys. It reads `t("a.key")` and `t(wide ? "a" : "b")`. A key that is
// put together or passed on as data stands in a comment of the file that uses it: /* keys: refused.* bar.hand people.left */
// (`*` at the end takes all keys of that beginning; in Python: # keys: harvest.*). Keys of a kind are written without the kind's name.

/** @typedef {Record<string, string>} Table */
/** @typedef {Record<string, unknown>} Args */

/** Languages by their own names, in the order in which they are offered. */
export const LANGUAGES = /** @type {Record<string, string>} */ ({
  en: "English", fr: "Français", es: "Español", pt: "Português", ar: "العربية",
});

const RTL = /^(ar|fa|he|ur|ps|yi|dv|ckb|sd|ug)\b/;
// Letters that run from right to left, and the marks that could turn a sentence round.
const TURNS = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]|[\ud802\ud803\ud83a\ud83b]/;

/** @param {object} of @param {string} key */
const own = (of, key) => Object.prototype.hasOwnProperty.call(of, key);

/** @param {string} lang @returns {"rtl" | "ltr"} */
export const dir = (lang) => (RTL.test(lang) ? "rtl" : "ltr");

/** A name, title or quotation for a plain string (live region, tab title, aria-label). In HTML use <bdi>. @param {unknown} text */
export const iso = (text) => `\u2068${text}\u2069`;

/**
 * The first language of the list that we have: first exactly, then without its region.
 * @param {readonly string[]} wanted e.g. navigator.languages @param {readonly string[]} [available] @returns {string}
 */
export const pickLanguage = (wanted, available = Object.keys(LANGUAGES)) => {
  for (const tag of wanted) {
    const low = tag.toLowerCase();
    const hit = available.find((lang) => lang === low) || available.find((lang) => lang === low.split("-")[0]);
    if (hit) return hit;
  }
  return available[0];
};

/**
 * The person's own choice, else the browser's wish. @param {Storage | null} storage @param {readonly string[]} wanted @returns {string}
 */
export const ownLanguage = (storage, wanted) => {
  try {
    const kept = storage && storage.getItem("jam.lang");
    if (kept && LANGUAGES[kept]) return kept;
  } catch { /* storage may be closed to us: then the browser's wish stands */ }
  return pickLanguage(wanted);
};

/** Keep the choice for the next visit. The address stays as it is, fragment included. @param {Storage | null} storage @param {string} lang */
export const keepLanguage = (storage, lang) => {
  try { if (storage) storage.setItem("jam.lang", lang); } catch { /* then it holds for this page */ }
};

/**
 * Words of one language. Tables are asked in order, so a kind's table stands before the shell's and English comes last:
 * `createWords("fr", [["fr", shellFr], ["en", shellEn]])`. A key that no table has comes back as it is.
 * @param {string} lang @param {ReadonlyArray<readonly [string, Table]>} tables @param {readonly string[]} [browser] navigator.languages
 */
export const createWords = (lang, tables, browser = []) => {
  // The region of the browser decides on figures and month names where it speaks the same language (es-MX, ar-TN).
  const region = browser.find((tag) => tag.split("-")[0].toLowerCase() === lang) || lang;
  const tag = lang === "ar" ? `${region.split("-u-")[0]}-u-nu-latn` : region;
  const rtl = dir(lang) === "rtl";
  const figures = new Intl.NumberFormat(tag);
  /** @type {Record<string, Intl.PluralRules>} */
  const rules = {};
  /** @param {number} n */
  const number = (n) => figures.format(n);
  /** @param {string} of @param {number} n */
  const category = (of, n) => (rules[of] = rules[of] || new Intl.PluralRules(of)).select(n);

  /** @param {string} key @param {unknown} count @returns {string} */
  const find = (key, count) => {
    for (const [of, table] of tables) {
      const forms = typeof count === "number"
        ? [...(count === 0 ? ["_zero"] : []), `_${category(of, count)}`, "_other", ""] : ["", "_other"];
      for (const form of forms) if (own(table, key + form)) return table[key + form];
    }
    return key;
  };

  /**
   * A text in pieces: strings, and at the odd places [name, value] for what is filled in, so that a view can put a name in <bdi>.
   * @param {string} key @param {Args} [args] @returns {Array<string | [string, unknown]>}
   */
  const pieces = (key, args = {}) => find(key, args.count).split(/\{\{(\w+)\}\}/)
    .map((part, i) => (i % 2 ? /** @type {[string, unknown]} */ ([part, own(args, part) ? args[part] : ""]) : part));

  /** What a person typed stays inside its own direction; most names in a left-to-right sentence need no marks. @param {unknown} value */
  const filled = (value) => typeof value === "number" ? number(value)
    // A list of names shows no direction outside its own marks, and would run from the left.
    : rtl && /^\u2068/.test(String(value)) ? `\u2067${value}\u2069`
    : rtl && /[^\d:.,% ]/.test(String(value)) || TURNS.test(String(value)) ? iso(value) : String(value);

  /** One text, filled in. @param {string} key @param {Args} [args] @returns {string} */
  const t = (key, args) => pieces(key, args).map((part) => (typeof part === "string" ? part : filled(part[1]))).join("");

  /** @param {number} ms @param {Intl.DateTimeFormatOptions} how @param {string} [zone] */
  const moment = (ms, how, zone) => new Intl.DateTimeFormat(tag, { ...how, timeZone: zone }).format(ms);

  return {
    lang, dir: dir(lang), t, pieces, number,
    /** "4 minutes", rounded; below one minute it says so. @param {number} ms */
    minutes: (ms) => (ms < 60000 ? t("timer.less") : t("minutes", { count: Math.round(ms / 60000) })),
    /** A span of days, hours or minutes, whichever fits without a rest. @param {number} ms */
    span: (ms) => ms >= 172800000 && ms % 86400000 === 0 ? t("days", { count: ms / 86400000 })
      : ms % 3600000 === 0 ? t("hours", { count: ms / 3600000 }) : t("minutes", { count: Math.round(ms / 60000) }),
    /** "Friday 3 May" in words, in the person's zone. @param {number} ms @param {string} [zone] */
    date: (ms, zone) => moment(ms, { weekday: "long", day: "numeric", month: "long" }, zone),
    /** @param {number} ms @param {string} [zone] */
    time: (ms, zone) => moment(ms, { hour: "numeric", minute: "2-digit" }, zone),
    /** Day and hour. @param {number} ms @param {string} [zone] */
    when: (ms, zone) => moment(ms, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" }, zone),
    /** Names one after the other, each kept in its own direction. @param {readonly string[]} names */
    list: (names) => names.map(filled).join(t("list.sep")),
    /** The same words with a kind's own tables before them. @param {ReadonlyArray<readonly [string, Table]>} more */
    with: (more) => createWords(lang, [...more, ...tables], browser),
  };
};

/** @typedef {ReturnType<typeof createWords>} Words */
