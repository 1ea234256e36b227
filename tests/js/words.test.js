import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LANGUAGES, createWords, dir, iso, keepLanguage, ownLanguage, pickLanguage } from "../../static/words.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const vectors = read("../vectors/plurals.json");
const shell = (lang) => read(`../../static/lang/${lang}.json`);
const forms = Object.fromEntries(["one", "two", "few", "many", "other"].map((form) => [`n_${form}`, form]));

for (const lang of Object.keys(LANGUAGES)) {
  test(`words-twin: ${lang} has the categories and figures of the shared vectors`, () => {
    const words = createWords(lang, [[lang, lang === "ar" ? { ...forms, n_zero: "zero" } : forms]]);
    for (const [count, want] of vectors.categories[lang]) assert.equal(words.t("n", { count }), want, `${count}`);
    for (const [value, want] of vectors.numbers[lang]) assert.equal(words.number(value), want);
  });

  test(`words-complete: ${lang} says how many left, an exact 0 included`, () => {
    const words = createWords(lang, [[lang, shell(lang)]]);
    for (const count of [0, 1, 2, 5, 11, 100, 1000000]) {
      const said = words.t("people.left", { count });
      assert.notEqual(said, "people.left");
      assert.ok(!said.includes("{{"));
    }
  });
}

for (const { lang, text, args, want } of vectors.filled) {
  test(`words-isolate: ${lang} ${JSON.stringify(args)}`, () => {
    assert.equal(createWords(lang, [[lang, { k: text }]]).t("k", args), want);
  });
}

test("words-fallback: own language, English with English plurals, then the key", () => {
  const words = createWords("fr", [["fr", { a: "un" }], ["en", { a: "one", n_one: "1", n_other: "more" }]]);
  assert.equal(words.t("a"), "un");
  assert.equal(words.t("n", { count: 0 }), "more"); // in French 0 would be `one`
  assert.equal(words.t("n", { count: 1 }), "1");
  assert.equal(words.t("nowhere"), "nowhere");
  assert.equal(words.t("constructor"), "constructor");
});

test("words-zero: `_zero` is said for an exact 0 in every language that has it", () => {
  for (const lang of Object.keys(LANGUAGES)) {
    assert.equal(createWords(lang, [[lang, { n_zero: "none", n_one: "one", n_other: "more" }]]).t("n", { count: 0 }), "none");
  }
});

test("words-kind: a kind's tables stand before the shell's", () => {
  const words = createWords("fr", [["fr", { a: "shell", b: "bas" }]]).with([["fr", { a: "kind" }], ["en", { c: "only" }]]);
  assert.deepEqual([words.t("a"), words.t("b"), words.t("c")], ["kind", "bas", "only"]);
});

test("words-pieces: what is filled in comes as a piece of its own, for <bdi>", () => {
  const words = createWords("en", [["en", { k: "{{name}} has a hand up, then {{next}}." }]]);
  assert.deepEqual(words.pieces("k", { name: "ليلى", next: "Bea" }), ["", ["name", "ليلى"], " has a hand up, then ", ["next", "Bea"], "."]);
});

test("words-isolate: a list keeps every name in its own direction, with the comma of the language", () => {
  assert.equal(createWords("ar", [["ar", shell("ar")]]).list(["Bea", "ليلى"]), `${iso("Bea")}، ${iso("ليلى")}`);
  assert.equal(createWords("en", [["en", shell("en")]]).list(["Bea", "ليلى"]), `Bea, ${iso("ليلى")}`);
  assert.equal(iso("a"), "\u2068a\u2069");
});

test("words-run: a list of names in a sentence from the right begins at its right, whatever their letters", () => {
  const words = createWords("ar", [["ar", { with: "معك: {{names}}" }]]);
  const names = words.list(["Kofi", "Σοφία"]);
  assert.equal(words.t("with", { names }), `معك: \u2067${names}\u2069`);
  assert.equal(words.t("with", { names: "Kofi" }), `معك: ${iso("Kofi")}`);
});

test("words-choose: the first language that we have, its region left aside", () => {
  assert.equal(pickLanguage(["de", "pt-BR", "en"]), "pt");
  assert.equal(pickLanguage(["AR-tn"]), "ar");
  assert.equal(pickLanguage(["de"]), "en");
  assert.equal(pickLanguage([]), "en");
  assert.equal(pickLanguage(["fr-CA", "es"], ["es", "en"]), "es");
});

test("words-kept: the person's own choice stays, and a closed storage stops nothing", () => {
  const kept = new Map();
  const storage = { getItem: (k) => (kept.has(k) ? kept.get(k) : null), setItem: (k, v) => kept.set(k, v) };
  assert.equal(ownLanguage(storage, ["fr"]), "fr");
  keepLanguage(storage, "ar");
  assert.equal(ownLanguage(storage, ["fr"]), "ar");
  keepLanguage(storage, "tlh");
  assert.equal(ownLanguage(storage, ["fr"]), "fr");
  const closed = { getItem() { throw new Error("closed"); }, setItem() { throw new Error("closed"); } };
  keepLanguage(closed, "ar");
  assert.equal(ownLanguage(closed, ["es"]), "es");
  assert.equal(ownLanguage(null, ["es"]), "es");
});

test("words-time: minutes, spans, dates by components, and figures 0-9 in Arabic", () => {
  const at = Date.UTC(2026, 10, 26, 19, 30);
  const en = createWords("en", [["en", shell("en")]], ["fr-FR", "en-GB"]);
  assert.equal(en.minutes(240000), "4 minutes");
  assert.equal(en.minutes(60000), "1 minute");
  assert.equal(en.minutes(59999), "less than a minute");
  assert.equal(en.span(86400000), "24 hours");
  assert.equal(en.span(172800000), "2 days");
  assert.equal(en.span(3600000), "1 hour");
  assert.equal(en.span(900000), "15 minutes");
  assert.equal(en.time(at, "UTC"), "19:30");
  assert.equal(en.time(at, "America/Bogota"), "14:30");
  assert.match(en.date(at, "UTC"), /Thursday.*26.*November/);
  const ar = createWords("ar", [["ar", shell("ar")]], ["ar-TN"]);
  for (const said of [ar.date(at, "UTC"), ar.time(at, "UTC"), ar.when(at, "UTC"), ar.number(12345), ar.minutes(240000)]) {
    assert.doesNotMatch(said, /[\u0660-\u0669]/);
    assert.match(said, /[0-9]/);
  }
  assert.doesNotMatch(createWords("ar", [], ["ar-EG-u-nu-arab"]).number(12), /[\u0660-\u0669]/);
});

test("words-direction: Arabic runs from the right", () => {
  assert.deepEqual(Object.keys(LANGUAGES).map(dir), ["ltr", "ltr", "ltr", "ltr", "rtl"]);
  assert.equal(dir("ar-TN"), "rtl");
  assert.equal(createWords("ar", []).dir, "rtl");
});
