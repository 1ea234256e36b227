"""What makes a language file a good one: every check takes tables and returns what is wrong.

A table is one language file; `tables` are all languages of one place, English among them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from server.web.words import NAMES
from tests.unit.terms import ALIKE, TERMS

ROOT = Path(__file__).resolve().parents[2]
KINDS = sorted(path.parent.name for path in ROOT.glob("activities/*/rules.py"))
PLACES = {
    "shell": ROOT / "static/lang",
    **{k: ROOT / "activities" / k / "lang" for k in KINDS},
}

Table = Mapping[str, str]
Tables = Mapping[str, Table]

CATEGORIES = {
    "en": ("one", "other"),
    "fr": ("one", "many", "other"),
    "es": ("one", "many", "other"),
    "pt": ("one", "many", "other"),
    "ar": ("zero", "one", "two", "few", "many", "other"),
}
# `refused.too_many` is a code, not a plural form.
_SUFFIX = re.compile(r"(?<!refused\.too)_(zero|one|two|few|many|other)$")
_HOLE = re.compile(r"\{\{(\w+)\}\}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")

# The same in two languages, and right so.
SAME = {
    "fr": {"Bravo", "fine", "orange", "jade", "violet"},
    "es": {"Bravo", "Plan", "coral", "jade"},
    "pt": {"Bravo", "coral", "jade"},
    "ar": set(),
}
_UNITS = re.compile(r"^(\{\{count\}\} (min|minutes?)|jam|JavaScript|Jam Room|SVG|PNG)$")

RECORD = {  # "record" stands in the promise only
    "en": (r"\brecord", r"records no voice and no video"),
    "fr": (r"enregistr", r"n’enregistre ni voix ni vidéo"),
    "es": (r"\bgrab(a|ó|ar|ad)", r"no graba voz ni video"),
    "pt": (r"\bgrav(a|ou|ar|ad)", r"não grava voz nem vídeo"),
    "ar": ("تسجيل|تسجّل|يسجّل|سُجّل", "لا تسجّل صوتًا ولا فيديو"),
}
BANNED = {
    "en": (
        r"shoot|kill|targets?|trigger|raid|crash\w*|execut\w+|abort\w*|servers?|clients?"
        r"|sync\w*|session|connection|users?|cache|mode|ban|kick|remote\w*|anonym\w+|skip"
        "|invalid|errors?|submit|ok|cancel|secure|private|safe space|forever|hurry up"
        r"|guarantee\w*|failed|please wait|late|latency|bandwidth|log ?in|reconnect\w*"
        "|deleted?"
    ),
    "fr": (
        r"dévoil\w+|dénonc\w+|surveill\w+|contrôl\w+|cibl\w+|trahi\w*|serveurs?|clients?"
        r"|synchro\w*|session|utilisateur\w*|cache|mode|anonym\w+|erreur système|portable"
        r"|retards?|annuler l\w+|ok|vous|votre|vos|(?<!dans la )salles?|sécuris\w+|privé\w*"
        r"|garanti\w*|valider|soumettre|supprim\w+|connexion"
    ),
    "es": (
        r"desapar\w+|fich\w+|registr\w+|deten\w+|muros?|vosotros|celular|móvil|coge\w*"
        r"|puls[ae]\w*|computadora|servidor\w*|usuari\w+|sesión|sincron\w+|conexión|anónim\w+"
        r"|error de sistema|atras\w+|retras\w+|pareja|par|seguir|ok|cancelar|aceptar|vuestr\w+"
        r"|elimin\w+|segur[oa]"
    ),
    "pt": (
        r"desapar\w+|fich\w+|registr\w+|muros?|salvar|salv[oa]s? automat\w+|usuári\w+"
        r"|servidor\w*|sessão|sincron\w+|conexão|anônim\w+|atras\w+|obrigad[oa]s?|bem-vind\w+"
        r"|pronto|pronta|sozinh\w+|celular|ok|cancelar|delet\w+|exclu\w+|segur[oa]|par"
    ),
    "ar": (
        "اختفاء|تحقيق|مراقبة|توقيف|تصفية|استهداف|كشف|جدار|تأخّر|تأخر|متأخّر|خادم|مستخدم"
        "|اتصال بالخادم|مجهول|خطأ في النظام|إلغاء|موافق|حذف"
    ),
}
# Forms that are true for one gender only, and the second person that Arabic marks for gender.
GENDERED = {
    "en": ("he or she|his or her|guys|he/she|mr|mrs|ms"),
    "fr": (
        "prête?s?|bienvenus?|bienvenues|invitée?s?|connectée?s?|seule?s? dans|es (parti"
        "|arrivé|venu|revenu)e?|tous(?! les)|toutes et tous|d’être (venu|là)e?|inscrite?s?"
        r"|content\w*|désolée?"
    ),
    "es": (
        r"listos?|estás lista|bienvenid\w+|invitad[oa]s?|conectad[oa]s?|todos(?! modos)|todas"
        r"|nosotros|nosotras|solos|sol[oa]s? en la sala|amig[oa]s|participantes?|un[oa] mism[oa]"
    ),
    "pt": (
        r"prontos?|prontas?|bem-vind\w+|convidad[oa]s?|conectad[oa]s?|todos(?! os)|todas"
        r"|sozinh\w+|amig[oa]s|obrigad\w+"
    ),
    "ar": (
        "أنت|أنتِ|أنتَ|أنتم|أنتما|تريد|تريدين|تريدون|اكتب|اكتبي|اضغط|اضغطي|انقر|أدخل|أدخلي"
        "|اختر|اختاري|أرسلي|ارسم|المس|انتظر|حاول|افتح|أغلق|جاهز|جاهزة|متصل|متصلة|مدعوّ|مدعو"
        "|مدعوة|تستطيع|تستطيعين|يمكنكم|لديكم|عزيزي|صديقي|تحب|تشاء|تكتب|ترسم|تفتح أنت|انضم"
        "|اترك|شارك|احفظ|انسخ"
    ),
}
_MARKS = re.compile(
    r"\w\((e|es|a|as|o|os|ne|le|trice)\)|\w·\w|\w[@*]\w?\b|\w/(a|as|e|es|o|os)\b", re.I
)
# What bends with the word after it may not stand before a name.
BENDS = {
    "fr": r"(\b(de|que|jusque|lorsque|si|le|la|les|du|des|au|aux)[ \u00a0]|[ldqnst]’)$",
    "es": r"\b(y|e|o|u|el|la|los|las|al|del|un|una) $",
    "pt": r"\b(do|da|dos|das|no|na|nos|nas|ao|à|pelo|pela|o|a|um|uma) $",
    "en": r"\b(a|an) $",
    "ar": "[\u0620-\u064a\u0651-\u0652]$",
}
_NUMBERS = {"count", "min", "max", "minutes", "span", "left", "hours", "length", "seconds", "n"}


def load(place: str) -> Tables:
    """The five language files of the shell or of one kind."""
    return {lang: json.loads((PLACES[place] / f"{lang}.json").read_bytes()) for lang in NAMES}


def base(key: str) -> str:
    """A key without its plural suffix."""
    return _SUFFIX.sub("", key)


def holes(text: str) -> set[str]:
    return set(_HOLE.findall(text))


def _missing_keys(tables: Tables) -> Iterator[str]:
    every = {base(key) for table in tables.values() for key in table}
    for lang in NAMES:
        for key in sorted(every - {base(k) for k in tables.get(lang, {})}):
            yield f"{lang}: {key} is missing"


def _plurals(tables: Tables) -> Iterator[str]:
    plural = {base(k) for t in tables.values() for k in t if _SUFFIX.search(k)}
    for lang, table in tables.items():
        for key in sorted(plural):
            have = {k[len(key) + 1 :] for k in table if base(k) == key and k != key}
            if key in table:
                yield f"{lang}: {key} stands beside its plural forms"
            want = set(CATEGORIES[lang])
            if have - {"zero"} != want - {"zero"} or (want | {"zero"}) < have:
                yield f"{lang}: {key} has {sorted(have)}"
            if "zero" in want and "zero" not in have:
                yield f"{lang}: {key} has no zero"
            if lang in ("fr", "pt") and "one" in have and "zero" not in have:
                said = table.get(f"{key}_one", "")
                if re.search(r"\b(un seul|une seule|só um|só uma)\b", said, re.I):
                    yield f"{lang}: {key}_one is said for 0, too"


def _placeholders(tables: Tables) -> Iterator[str]:
    wanted = {base(key): holes(text) for key, text in tables["en"].items()}
    for key, text in tables["en"].items():
        wanted[base(key)] |= holes(text)
    for lang, table in tables.items():
        for key, text in table.items():
            want = wanted.get(base(key), set())
            spare = {"count"} if _SUFFIX.search(key) and not key.endswith("_other") else set()
            if not want - spare <= holes(text) <= want:
                yield f"{lang}: {key} fills in {sorted(holes(text))}, not {sorted(want)}"
            if text.count("{{") != len(_HOLE.findall(text)):
                yield f"{lang}: {key} has a broken placeholder"


def _copies(tables: Tables) -> Iterator[str]:
    for lang, table in tables.items():
        for key, text in table.items():
            english = tables["en"].get(key)
            bare = _HOLE.sub("", text)
            if lang == "en" or text != english or not _LETTERS.search(bare):
                continue
            if text not in SAME[lang] and not _UNITS.match(text):
                yield f"{lang}: {key} is still English: {text}"


def _found(pattern: str, text: str) -> str | None:
    hit = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.I)
    return hit.group(0) if hit else None


def _banned(tables: Tables) -> Iterator[str]:
    for lang, table in tables.items():
        word, promise = RECORD[lang]
        for key, text in table.items():
            plain = _HOLE.sub("", text)
            for name, patterns in (("banned", BANNED), ("gendered", GENDERED)):
                if hit := _found(patterns[lang], plain):
                    yield f"{lang}: {key} has the {name} word {hit}"
            if hit2 := _MARKS.search(plain):
                yield f"{lang}: {key} has the gender mark {hit2.group(0)}"
            if re.search(word, re.sub(promise, "", text), re.I):
                yield f"{lang}: {key} says record outside the promise"


def _signs(tables: Tables) -> Iterator[str]:
    for lang, table in tables.items():
        for key, text in table.items():
            for wrong in sign_faults(lang, text):
                yield f"{lang}: {key} {wrong}: {text}"


def sign_faults(lang: str, text: str) -> Iterator[str]:
    """Marks, quotes and spaces as the language sets them."""
    plain = _HOLE.sub("X1", text)
    if re.search("[\"'`]", text):
        yield "has a straight quote"
    if text.count("!") > 1 or "!!" in text:
        yield "cheers"
    if "..." in text:
        yield "has three full stops for an ellipsis"
    if re.search(r"  |^\s|\s$", text) and text not in (", ", "، "):
        yield "has a spare space"
    if re.search("[\u2066-\u2069\u200e\u200f\u202a-\u202e]", text):
        yield "stores direction marks"
    if lang == "fr":
        if re.search(r"(?<!\u202f)[;!?]", plain):
            yield "lacks U+202F before ; ! ?"
        if re.search(r"(?<!\u00a0)(?<!\d)[:%»](?!//)", plain) or re.search(r"«(?!\u00a0)", plain):
            yield "lacks U+00A0 before : or inside « »"
        if re.search("[“”]", text):
            yield "has English quotes"
    elif re.search("[\u00a0\u202f]", text):
        yield "has a French space"
    if lang == "es" and (text.count("?") != text.count("¿") or text.count("!") != text.count("¡")):
        yield "does not open ¿ or ¡"
    if lang == "ar":
        if re.search(r"[?;,]", plain.replace("JavaScript", "")):
            yield "has Latin ? ; or ,"
        if re.search("[\u0660-\u0669\u06f0-\u06f9]", text):
            yield "has other digits than 0-9"
        if re.search("\u0640", text):
            yield "has a kashida"
        if re.search(r"[\u0620-\u065f]\{\{|\}\}[\u0620-\u065f]", text):
            yield "glues a letter to a placeholder"


def _names(tables: Tables) -> Iterator[str]:
    for lang, table in tables.items():
        for key, text in table.items():
            for hole in _HOLE.finditer(text):
                if hole.group(1) not in _NUMBERS and re.search(BENDS[lang], text[: hole.start()]):
                    yield f"{lang}: {key} has a bending word before {hole.group(0)}"


def _lengths(tables: Tables) -> Iterator[str]:
    for lang, table in tables.items():
        for key, text in table.items():
            most = 10 if key.startswith("bar.") and key != "bar.label" else 260
            if not 0 < len(text) <= most:
                yield f"{lang}: {key} has {len(text)} characters, at most {most}"
            english = tables["en"].get(key, tables["en"].get(base(key) + "_other", text))
            if len(text) > 2.2 * len(english) + 14:
                yield f"{lang}: {key} is much longer than in English"
            if len(re.findall(r"[.!?؟…]\s", text)) > 3:
                yield f"{lang}: {key} needs more than one breath"


def _terms(tables: Tables) -> Iterator[str]:
    for lang, table in tables.items():
        for key, text in table.items():
            for pattern, term in TERMS[lang].items():
                if hit := _found(pattern, text):
                    yield f"{lang}: {key} says {hit} where others say {term}"


def _alike(tables: Tables) -> Iterator[str]:
    for lang, table in tables.items():
        for first, *others in ALIKE:
            for key in others:
                if first in table and key in table and table[key] != table[first]:
                    yield f"{lang}: {key} differs from {first}: {table[key]}"


CHECKS = {
    "words-complete": _missing_keys,
    "words-plurals": _plurals,
    "words-placeholders": _placeholders,
    "words-translated": _copies,
    "words-banned": _banned,
    "words-signs": _signs,
    "words-names-alone": _names,
    "words-lengths": _lengths,
    "words-terms": _terms,
    "words-alike": _alike,
}
