"""LOOK-13: on the narrowest phones words have the row to themselves."""

import json
import re
from pathlib import Path

from server.web.words import NAMES

ROOT = Path(__file__).resolve().parents[2]
HALF, EDGES, LETTER = 138, 42, 7.8
"""Half of a sheet at 320 px; what a choice needs at its edges; a letter, all in pixels."""


def words(place: str, lang: str) -> dict[str, str]:
    """The words of a kind."""
    path = ROOT / "activities" / place / "lang" / f"{lang}.json"
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


def test_look_13_what_opens_a_page_of_the_end_stands_under_its_title() -> None:
    """LOOK-13: beside its title at 320 px, “Ver de novo” left the title the width of a word, and
    broke that word."""
    style = (ROOT / "static/style/later/end.css").read_text("utf-8")
    narrow, _, wide = style.partition("@media (min-width:30em)")
    assert ".choice>li>.tick{flex:1 1 100%" in narrow
    assert ".choice>li>.tick{flex-basis:60%}" in wide


def test_look_13_a_choice_with_long_words_has_a_whole_row() -> None:
    """LOOK-13: in half a row “en el medio a la izquierda” was cut behind the arrow. Whatever shares
    a row is short in every language."""
    panel = (ROOT / "activities/canvas/panel.js").read_text("utf-8")
    wide = set(re.findall(r'<\$\{Choice\} wide id="cv-(\w+)"', panel))
    assert wide == {"from", "to", "width"}
    assert ".cv-form .wide{grid-column:1/-1}" in (ROOT / "activities/canvas/style.css").read_text(
        "utf-8"
    )
    for lang in NAMES:
        table = words("canvas", lang)
        shapes = re.findall(r'"(\w+)"', (ROOT / "activities/canvas/stamps.js").read_text("utf-8"))
        short = [text for key, text in table.items() if key.startswith("i.")]
        short += [table[f"shape.{name}"] for name in shapes if f"shape.{name}" in table]
        assert short
        long = [text for text in short if EDGES + LETTER * len(text) > HALF]
        assert not long, f"{lang}: {long}"
