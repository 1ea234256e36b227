"""Words: the language files, the runtime's Python twin, and which keys the code asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.web.words import MAX_HEADER, NAMES, Words, category, choose, direction, number
from tests.unit.terms import ALIKE
from tests.unit.wording import CHECKS, PLACES, Tables, load

ROOT = Path(__file__).resolve().parents[2]
VECTORS = json.loads((ROOT / "tests/vectors/plurals.json").read_text())


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("place", PLACES)
def test_words_of_every_language(place: str, check: str) -> None:
    """words-complete ... words-alike: each check of wording.py holds for each language file."""
    assert list(CHECKS[check](load(place))) == []


def spoilt(lang: str, text: str, english: str = "The room is open.", key: str = "k") -> Tables:
    """Five good tables, and one text in them that is not."""
    good = {
        "en": "The room is open.",
        "fr": "Le salon est ouvert.",
        "es": "La sala está abierta.",
        "pt": "A sala está aberta.",
        "ar": "الغرفة مفتوحة.",
    }
    tables: dict[str, dict[str, str]] = {each: {key: good[each]} for each in NAMES}
    tables["en"][key] = english
    tables[lang][key] = text
    return tables


BAD = [
    ("words-translated", "fr", "The room is open."),
    ("words-banned", "en", "The server is open."),
    ("words-banned", "en", "The room records all."),
    ("words-banned", "en", "You are the target."),
    ("words-banned", "fr", "Le serveur est ouvert."),
    ("words-banned", "fr", "Vous pouvez entrer."),
    ("words-banned", "fr", "Le salon enregistre tout."),
    ("words-banned", "fr", "Tu es prêt ?"),
    ("words-banned", "fr", "Entrée des participant·es."),
    ("words-banned", "fr", "Chaque invité(e) entre."),
    ("words-banned", "es", "La sala desapareció."),
    ("words-banned", "es", "Bienvenidos a la sala."),
    ("words-banned", "es", "Hola a tod@s en la sala."),
    ("words-banned", "pt", "Obrigado por vir."),
    ("words-banned", "pt", "A sala grava tudo."),
    ("words-banned", "ar", "اكتب اسمك هنا."),
    ("words-banned", "ar", "هل أنت هنا؟"),
    ("words-banned", "ar", "كشف الإجابات."),
    ("words-signs", "en", "It's open."),
    ("words-signs", "en", 'The "room" is open.'),
    ("words-signs", "en", "Come in! Come in!"),
    ("words-signs", "en", "One moment..."),
    ("words-signs", "fr", "Ça va ?"),
    ("words-signs", "fr", "Début\u202f: maintenant."),
    ("words-signs", "fr", "Voici le «\u00a0salon ».".replace("\u00a0salon", " salon")),
    ("words-signs", "fr", "Voici le “salon”."),
    ("words-signs", "es", "Quieres entrar?"),
    ("words-signs", "es", "Début\u00a0: ahora."),
    ("words-signs", "ar", "كيف الحال?"),
    ("words-signs", "ar", "الساعة ٣."),
    ("words-signs", "en", "The room \u2068is\u2069 open."),
    ("words-lengths", "fr", "Le salon est ouvert et " * 4),
    ("words-lengths", "en", ""),
    ("words-complete", "pt", None),
]


@pytest.mark.parametrize(("check", "lang", "text"), BAD)
def test_words_checks_find_what_is_wrong(check: str, lang: str, text: str | None) -> None:
    """words-checks: the good five pass every check, each spoilt one fails its own."""
    good = spoilt("en", "The room is open.")
    assert [wrong for each in CHECKS.values() for wrong in each(good)] == []
    tables = dict(spoilt(lang, text or ""))
    if text is None:
        tables[lang] = {}
    assert list(CHECKS[check](tables))


HOLES = [
    ("words-placeholders", "fr", "De retour\u00a0: {{nom}}.", "Back with us: {{names}}."),
    ("words-placeholders", "fr", "De retour.", "Back with us: {{names}}."),
    ("words-placeholders", "en", "Back: {{names}.", "Back: {{names}."),
    ("words-names-alone", "fr", "La carte de {{name}}.", "Card: {{name}}."),
    ("words-names-alone", "fr", "La carte d’{{name}}.", "Card: {{name}}."),
    ("words-names-alone", "pt", "O cartão da {{name}}.", "Card: {{name}}."),
    ("words-names-alone", "es", "Ana y {{name}}.", "Card: {{name}}."),
    ("words-signs", "ar", "بطاقة ل{{name}}.", "Card: {{name}}."),
]


@pytest.mark.parametrize(("check", "lang", "text", "english"), HOLES)
def test_words_checks_watch_what_is_filled_in(
    check: str, lang: str, text: str, english: str
) -> None:
    """words-checks: placeholders differ, or a word that bends stands before a name."""
    assert list(CHECKS[check](spoilt(lang, text, english)))


OTHER_NAMES = [
    ("en", "Paste the link for the group here."),
    ("en", "My host link got out"),
    ("en", "Everyone keeps their seat."),
    ("en", "How long the contents stay"),
    ("en", "Ask {{name}} to leave"),
    ("fr", "Nouveau lien d’entrée"),
    ("fr", "La fermer ici"),
    ("fr", "À la porte\u00a0: {{name}}"),
    ("es", "Intenta de nuevo en un momento."),
    ("es", "El enlace antiguo se cerró."),
    ("es", "Podría conducir la sala."),
    ("pt", "O link antigo foi fechado."),
    ("pt", "A página fica mais leve por si só."),
    ("ar", "يمكن المحاولة بعد لحظات."),
    ("ar", "القيادة الآن"),
    ("ar", "رابط المجموعة"),
    ("pt", "A sala fica, com seu plano."),
    ("ar", "تبقى الغرفة بروابطها وخطتها."),
]


@pytest.mark.parametrize(("lang", "text"), OTHER_NAMES)
def test_words_terms_one_thing_has_one_name(lang: str, text: str) -> None:
    """words-terms: a second name for a thing is found; the name that is used is not."""
    good = {"en": "Remove {{name}}", "fr": "Fermer ici", "es": "El enlace anterior"}
    assert list(CHECKS["words-terms"]({lang: {"k": text}}))
    assert not list(CHECKS["words-terms"]({k: {"k": fine} for k, fine in good.items()}))


@pytest.mark.parametrize("keys", ALIKE)
def test_words_alike_on_every_screen(keys: tuple[str, ...]) -> None:
    """words-alike: one thing on two screens has one text; each key is there, a twin is found."""
    assert set(keys) <= set(load("shell")["en"])
    twins = dict.fromkeys(keys, "Lock the door") | {keys[-1]: "Close the door"}
    assert list(CHECKS["words-alike"]({"en": twins}))


def test_words_checks_count_plural_forms() -> None:
    """words-plurals: a language without one of its categories is found, and so is a stray one."""

    def faults(lang: str, *forms: str) -> list[str]:
        return list(CHECKS["words-plurals"]({lang: {f"left_{form}": "x" for form in forms}}))

    assert faults("ar", "zero", "one", "two", "few", "many", "other") == []
    assert faults("en", "one", "other") == []
    assert faults("en", "zero", "one", "other") == []
    assert faults("fr", "one", "many", "other") == []
    assert faults("ar", "one", "two", "few", "many", "other")
    assert faults("ar", "zero", "one", "two", "few", "other")
    assert faults("fr", "one", "other")
    assert faults("en", "one", "few", "other")
    assert list(
        CHECKS["words-plurals"]({"fr": {"left_one": "un seul", "left_many": "", "left_other": ""}})
    )


def test_words_bars_fit() -> None:
    """words-lengths: a label of the bars has at most 10 characters, 10 being enough."""
    assert not list(CHECKS["words-lengths"]({"en": {"bar.hand": "x" * 10}}))
    assert list(CHECKS["words-lengths"]({"en": {"bar.hand": "x" * 11}}))


# --- the Python twin


@pytest.mark.parametrize("lang", NAMES)
def test_words_plural_rules(lang: str) -> None:
    """words-twin: the same category and the same figures as the browser's Intl."""
    for count, want in VECTORS["categories"][lang]:
        assert (count, category(lang, count)) == (count, want)
    for value, shown in VECTORS["numbers"][lang]:
        assert number(lang, value) == shown


@pytest.mark.parametrize("case", VECTORS["filled"])
def test_words_filling_in(case: dict[str, object]) -> None:
    """words-isolate: what people typed stays inside its own direction, and is filled in once."""
    words = Words(str(case["lang"]), ((str(case["lang"]), {"k": str(case["text"])}),))
    assert words.t("k", **dict(case["args"])) == case["want"]  # type: ignore[call-overload]


def test_words_fall_back_to_english_then_to_the_key() -> None:
    """words-fallback: own language, English with English plurals, the key."""
    words = Words(
        "fr", (("fr", {"a": "un"}), ("en", {"a": "one", "n_one": "1", "n_other": "more"}))
    )
    assert words.t("a") == "un"
    assert words.t("n", count=0) == "more"  # in French 0 would be `one`
    assert words.t("n", count=1) == "1"
    assert words.t("nowhere") == "nowhere"
    assert Words.of("xx").lang == "en"


def test_words_exact_zero_comes_first() -> None:
    """words-zero: `_zero` is said for 0 in every language that has it."""
    for lang in NAMES:
        words = Words(lang, ((lang, {"n_zero": "none", "n_one": "one", "n_other": "more"}),))
        assert words.t("n", count=0) == "none"


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA, en;q=0.8", "fr"),
        ("de, pt-BR;q=0.7, en;q=0.3", "pt"),
        ("en;q=0.4, ar-TN;q=0.9", "ar"),
        ("ar;q=0, es;q=0.1", "es"),
        ("ar;q=0", "en"),
        ("fr;q=oops", "en"),
        ("de, *", "en"),
        ("x" * MAX_HEADER + ",fr", "en"),
        (";;;,,,=,q", "en"),
    ],
)
def test_words_language_of_a_browser(header: str, lang: str) -> None:
    """words-choose: the header's weight decides; nonsense and over-long headers are English."""
    assert choose(header) == lang


def test_words_of_a_kind_come_before_the_shell() -> None:
    """words-kind: a kind's words first, the shell's after; harvest headings through the kit."""
    words = Words.of("fr").kind("checkin")
    assert words.t("i.sun") == "Soleil"
    assert words.t("bar.hand") == "Main"
    heading = Words.of("fr").harvest("checkin")
    assert heading("word") == "mot"
    assert heading("icon.sun") == "Soleil"
    assert heading("not a key") == "not a key"
    assert Words.of("fr").kind("../shell").t("bar.hand") == "Main"


def test_words_directions() -> None:
    """words-direction: Arabic runs from the right, and each language has its own name."""
    assert [direction(lang) for lang in NAMES] == ["ltr", "ltr", "ltr", "ltr", "rtl"]
    assert NAMES["ar"] == "العربية"
