// Which texts are the same word, over case, accents and the ways a script has to write it. Twin of server/kit/alike.py (same vectors).

/** @typedef {{text: string, n: number, at: number[]}} Group a word as most people wrote it, how often, and at which places of the list */

// Accents of Latin, Greek and Cyrillic, points of Hebrew, signs and tatweel of Arabic. Marks of other scripts are vowels.
const MARKS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200c\ufe0e\ufe0f]/g;
/** One letter, written in several ways: alef, ya, kaf, ta marbuta, sigma. @type {{[letter: string]: string}} */
const FORMS = { "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ς": "σ" };
const AROUND = /^[\p{P} ]+|[\p{P} ]+$/gu;

/** Equal for texts that are the same word. @param {string} text */
export const alike = (text) => {
  const key = text.toUpperCase().toLowerCase().normalize("NFKD")
    // Letters of their own, not others with an accent: ano is no short form of año.
    .replace(/n\u0303/g, "ñ").replace(/и\u0306/g, "й")
    .replace(MARKS, "").replace(/[ٱىیکةς]/g, (letter) => FORMS[letter]).replace(/\s+/g, " ").trim();
  return key.replace(AROUND, "") || key;
};

/** By code points, as the server sorts. @param {string} a @param {string} b */
const order = (a, b) => {
  const [one, two] = [[...a], [...b]];
  const i = one.findIndex((char, at) => char !== two[at]);
  if (i < 0) return one.length - two.length;
  return i >= two.length ? 1 : /** @type {number} */ (one[i].codePointAt(0)) - /** @type {number} */ (two[i].codePointAt(0));
};

/** Among ways that are equally common: nothing around it, its accents, small letters. @param {string} a @param {string} b */
const better = (a, b) => [...a].length - [...b].length || [...b.normalize("NFD")].length - [...a.normalize("NFD")].length || order(b, a);

/** Each word once, and how often; what is there more often is first. @param {readonly string[]} texts @returns {Group[]} */
export const grouped = (texts) => {
  /** @type {Map<string, Map<string, number[]>>} */
  const ways = new Map();
  texts.forEach((text, at) => {
    const key = alike(text);
    const forms = ways.get(key) || new Map();
    forms.set(text, [...(forms.get(text) || []), at]);
    ways.set(key, forms);
  });
  return [...ways].map(([key, forms]) => {
    const all = [...forms].sort(([a, x], [b, y]) => y.length - x.length || better(a, b));
    const at = all.reduce((sum, [, places]) => sum.concat(places), /** @type {number[]} */ ([])).sort((a, b) => a - b);
    return { key, text: all[0][0], n: at.length, at };
  }).sort((a, b) => b.n - a.n || order(a.key, b.key)).map(({ text, n, at }) => ({ text, n, at }));
};
