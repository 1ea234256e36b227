"""Alike: which texts are the same word, over case, accents and the ways a script has to write it.

Its twin is static/parts/alike.js; both are held to tests/vectors/words.json.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

# Accents of Latin, Greek and Cyrillic, points of Hebrew, signs and tatweel of Arabic. Marks of
# other scripts are vowels: without them words of Hindi or Thai would fall together.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u200c\ufe0e\ufe0f]"
)
# Letters of their own, not others with an accent: ano is no short form of año.
_KEPT: Final = (("n\u0303", "ñ"), ("и\u0306", "й"))
# One letter, written in several ways: alef, ya, kaf, ta marbuta, sigma.
_FORMS: Final = str.maketrans("ٱىیکةς", "اييكهσ")
_SPACE: Final = re.compile(r"\s+")


def alike(text: str) -> str:
    """Equal for texts that are the same word."""
    key = unicodedata.normalize("NFKD", text.upper().lower())
    for parts, whole in _KEPT:
        key = key.replace(parts, whole)
    key = _SPACE.sub(" ", _MARKS.sub("", key).translate(_FORMS)).strip()
    return _bare(key) or key


def grouped(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Each word once, as most people wrote it, and how often; what is there more often is first."""
    ways: dict[str, dict[str, int]] = {}
    for text in texts:
        forms = ways.setdefault(alike(text), {})
        forms[text] = forms.get(text, 0) + 1
    found = [
        (key, max(forms, key=lambda form: (forms[form], *_good(form))), sum(forms.values()))
        for key, forms in ways.items()
    ]
    found.sort(key=lambda one: (-one[2], one[0]))
    return [(form, times) for _, form, times in found]


def _good(form: str) -> tuple[int, int, str]:
    """Among ways that are equally common: nothing around it, its accents, small letters."""
    return -len(form), len(unicodedata.normalize("NFD", form)), form


def _bare(key: str) -> str:
    """Without the full stops and quotes around it."""
    start, end = 0, len(key)
    while start < end and _around(key[start]):
        start += 1
    while end > start and _around(key[end - 1]):
        end -= 1
    return key[start:end]


def _around(char: str) -> bool:
    return char == " " or unicodedata.category(char)[0] == "P"
