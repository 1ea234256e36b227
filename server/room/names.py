"""Names of people and titles of rooms: cleaned, bounded, and never two alike in a room.

Invisible and direction-changing characters go (safety.md T11). Likeness is judged on NFKC +
casefold with the commonest look-alikes folded (a small part of UTS #39).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from server import kit

MAX_BYTES = 160
_BLANKS = {ord(char): " " for char in "\u2800\u3164\uffa0\u115f\u1160"}  # seen as nothing
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("0135", "olis", strict=True)),
        **dict(zip("аеорсухіјѕԁһո", "aeopcyxijsdhn", strict=True)),
        **dict(zip("αεορυκνιτ", "aeopukvit", strict=True)),
        "|": "l",
        "ı": "i",
        "$": "s",
        "@": "a",
    }
)


def clean(text: str, limit: int) -> str:
    """One line as `kit.clean_text` makes it, without blank letters, at most `limit` code points
    and 160 bytes. May be empty. Raises FieldError for broken Unicode."""
    words = kit.clean_text(text).translate(_BLANKS).split()
    cut = " ".join(words)[:limit]
    while len(cut.encode()) > MAX_BYTES:
        cut = cut[:-1]
    return cut.strip()


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """What two names share when a person could take one for the other."""
    flat = unicodedata.normalize("NFKC", name).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", flat) if unicodedata.category(c) != "Mn")
    return "".join(c for c in bare.translate(_LOOKALIKES) if c.isalnum())


def apart(name: str, others: Iterable[str]) -> str:
    """`name`, or `name 2`, `name 3` ... so that nobody in `others` could be taken for it."""
    taken = {skeleton(other) for other in others}
    if skeleton(name) not in taken:
        return name
    for count in range(2, len(taken) + 3):
        numbered = f"{name} {count}"
        if skeleton(numbered) not in taken:
            return numbered
    return name
