"""What the players of a rehearsal write: short lines in five scripts, so that a host sees how their
cards look when people come from everywhere."""

from __future__ import annotations

from typing import Final

from server.kit import Rng

LINES: Final = (
    ("with coffee", "a bit foggy", "ready when you are", "a kite over the roofs", "soup for all"),
    ("à petits pas", "du pain chaud", "un vélo sous la pluie", "envie de rire", "au bord de l’eau"),
    ("هدوء البحر", "شاي بالنعناع", "على مهل", "شمس بعد المطر", "أغنية قديمة"),
    ("тёплый хлеб", "окно на реку", "не спеша", "смех на кухне", "завтра будет светло"),
    ("धूप और चाय", "धीरे धीरे", "खिड़की के पास", "एक पुराना गीत", "सब साथ में"),
    ("ζεστό ψωμί", "σιγά σιγά", "ένα τραγούδι", "θάλασσα και φως", "όλοι μαζί"),
)
NAMES: Final = (
    "Amina", "Tomás", "ليلى", "Noé", "Беа", "इनेस", "Kofi", "Σοφία", "Maya", "João", "سامي",
    "Lou", "Nils", "Yara", "Оля", "Rosa", "Ibou", "Mila", "كريم", "Zoé", "Teo", "Asha", "Luz",
    "Sam", "مريم", "Ravi", "Anaïs", "Dora", "Femi", "Ivo",
)  # fmt: skip


def writer(rng: Rng) -> tuple[int, str]:
    """Who somebody is: the script they write in, and a name."""
    return rng.below(len(LINES)), rng.choice(NAMES)


def line(rng: Rng, script: int, most: int) -> str:
    """A text of at most so many characters. Long fields get several lines in a row now and then."""
    own = LINES[script]
    text = rng.choice(own)
    while len(text) < most // 3 and rng.below(3) == 0:
        text = f"{text}, {rng.choice(own)}"
    return text[:most].strip() or own[0][:1]
