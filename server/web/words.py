"""Words for what the server writes itself: the pages before the room, and the harvest.

The same language files, plural rules and filling in as `static/words.js`; both are held to
`tests/vectors/plurals.json`. What comes back is plain text: escaping for HTML is the caller's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
NAMES: Final = {  # by their own names, in the order in which they are offered
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
}
DEFAULT: Final = "en"
MAX_HEADER: Final = 400

Table = Mapping[str, str]

_HOLE = re.compile(r"\{\{(\w+)\}\}")
# Letters that run from right to left, and the marks that could turn a sentence round.
_TURNS = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FIGURES = re.compile(r"[\d:.,% ]*")
_GROUPS: Final = {"en": ",", "fr": "\u202f", "es": ".", "pt": ".", "ar": ","}


def direction(lang: str) -> str:
    """`rtl` or `ltr`, for the `dir` of a page."""
    return "rtl" if lang == "ar" else "ltr"


def choose(header: str) -> str:
    """The best of our languages for an `Accept-Language` header; English when none fits."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:MAX_HEADER].split(",")):
        tag, _, weight = part.strip().partition(";")
        lang = tag.strip().lower().split("-")[0]
        if lang in NAMES:
            wishes.append((-_weight(weight), place, lang))
    best = min(wishes, default=(0.0, 0, DEFAULT))
    return best[2] if best[0] < 0 else DEFAULT


def category(lang: str, count: int) -> str:
    """The plural category of a whole number (CLDR 48) in one of our languages."""
    n = abs(count)
    if lang == "ar":
        if n < 3:
            return ("zero", "one", "two")[n]
        rest = n % 100
        return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"
    if n == 1 or (n == 0 and lang in ("fr", "pt")):
        return "one"
    if lang != "en" and n and n % 1_000_000 == 0:
        return "many"
    return "other"


def number(lang: str, value: int) -> str:
    """A whole number with the language's own grouping."""
    if lang == "es" and abs(value) < 10_000:  # Spanish groups from five figures on
        return str(value)
    return f"{value:,}".replace(",", _GROUPS[lang])


class Words:
    """Words of one language: its tables in order, English last, else the key itself."""

    def __init__(self, lang: str, tables: tuple[tuple[str, Table], ...]) -> None:
        self.lang = lang
        self.dir = direction(lang)
        self._tables = tables

    @staticmethod
    def of(lang: str) -> Words:
        """The shell's words; a language that we do not have gives English."""
        return _of(lang if lang in NAMES else DEFAULT)

    def kind(self, kind: str) -> Words:
        """The same with the words of one kind of activity before the shell's."""
        own = tuple((lang, table) for lang, table in _kind(kind, self.lang) if table)
        return Words(self.lang, own + self._tables)

    def harvest(self, kind: str) -> Callable[[str], str]:
        """For `kit.harvest`: the heading of a piece or column (`harvest.<key>`) and the word of a
        keyed cell (`icon.sun`: `harvest.icon.sun`, else the view's own `i.sun`). What no file
        has stays as it is."""
        words = self.kind(kind)

        def heading(key: str) -> str:
            column, dot, value = key.partition(".")
            for name in (f"harvest.{key}", f"{column[:1]}.{value}" if dot else key, key):
                found = words.t(name)
                if found != name:
                    return found
            return key

        return heading

    def t(self, key: str, **args: object) -> str:
        """One text, filled in. `count` chooses the plural."""
        text = self._find(key, args.get("count"))
        return _HOLE.sub(lambda hole: self._filled(args.get(hole.group(1), "")), text)

    def names(self) -> tuple[str, ...]:
        """Friendly names to suggest to a person who comes in."""
        return _names().get(self.lang, ())

    def _find(self, key: str, count: object) -> str:
        for lang, table in self._tables:
            forms = ["", "_other"]
            if isinstance(count, int):
                forms = [f"_{category(lang, count)}", "_other", ""]
                if count == 0:
                    forms.insert(0, "_zero")
            for form in forms:
                if key + form in table:
                    return table[key + form]
        return key

    def _filled(self, value: object) -> str:
        """A text of people keeps its own direction inside the sentence (isolates)."""
        if isinstance(value, int):
            return number(self.lang, value)
        text = str(value)
        loose = self.dir == "rtl" and not _FIGURES.fullmatch(text)
        return f"\u2068{text}\u2069" if loose or _TURNS.search(text) else text


def _weight(text: str) -> float:
    """The q of an Accept-Language entry; 1 when it has none, 0 when it makes no sense."""
    name, _, value = text.strip().partition("=")
    if not name:
        return 1.0
    return float(value) if re.fullmatch(r"[01](\.\d{0,3})?", value.strip()) else 0.0


def _read(path: Path) -> dict[str, str]:
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}


@cache
def _of(lang: str) -> Words:
    langs = (lang,) if lang == DEFAULT else (lang, DEFAULT)
    folder = ROOT / "static" / "lang"
    return Words(lang, tuple((each, _read(folder / f"{each}.json")) for each in langs))


@cache
def _kind(kind: str, lang: str) -> tuple[tuple[str, Table], ...]:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", kind):
        return ()
    folder = ROOT / "activities" / kind / "lang"
    langs = (lang,) if lang == DEFAULT else (lang, DEFAULT)
    return tuple((each, _read(folder / f"{each}.json")) for each in langs)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    path = ROOT / "activities" / "library" / "names.json"
    lists = json.loads(path.read_bytes()) if path.is_file() else {}
    return {lang: tuple(names) for lang, names in lists.items()}
