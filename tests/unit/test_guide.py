"""GUIDE1-GUIDE3: the host's guide, in each language, short enough to be read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.web import guide
from server.web.pages import Pages
from server.web.words import NAMES
from tests.unit.test_assets import ROOT, Assets

MOST_WORDS = 1_500
BUTTONS = [
    "lobby", "standin", "say", "open:stretch", "plan", "open:weather", "open:welcome", "invite",
    "open:echo", "language", "screen", "end",
]  # fmt: skip


def text(lang: str) -> str:
    return (guide.folder() / f"{lang}.md").read_text("utf-8")


@pytest.mark.parametrize("lang", NAMES)
def test_guide1_it_is_short_and_has_its_twelve_points(lang: str) -> None:
    """GUIDE1: at most 1,500 words; five things first; twelve points, each with a source and a
    button that does it."""
    assert (
        len(re.findall(r"\w+", text(lang))) <= MOST_WORDS * 1.15
    )  # marks and addresses count, too
    assert len(text(lang).split()) <= MOST_WORDS
    parts = guide.parts(lang)
    assert parts[0]["h"] == 1
    lists = [part for part in parts if "ol" in part or "ul" in part]
    assert len(lists[0].get("ol") or lists[0].get("ul")) == 5
    assert [part["button"] for part in parts if "button" in part] == BUTTONS
    points = [part for part in parts if part.get("h") == 3][:12]
    assert [str(part["t"][0]).split(".")[0] for part in points] == [str(n) for n in range(1, 13)]
    assert text(lang).count("[") - 2 * len(BUTTONS) >= 12, "a point without its source"


@pytest.mark.parametrize("lang", NAMES)
def test_guide2_nothing_of_it_is_lost_on_the_way_to_the_page(lang: str) -> None:
    """GUIDE2: every word of the file stands on the page; no markup of its own gets through."""
    assets = Assets.load(ROOT)
    page = Pages(assets).guide(lang).decode()
    plain = re.sub(r"\[\[button:[^\]]*\]\]|[#*>_|`\-]|\]\([^)]*\)|[\[\]]", " ", text(lang))
    body = re.sub(r"<[^>]+>", " ", page)
    for word in set(re.findall(r"[^\W\d_]{5,}", plain)):
        assert word in body or word.replace("'", "&#x27;") in body, word
    assert f"guide/{lang}.json" in assets.files


def test_guide3_what_a_text_could_smuggle_in_stays_text() -> None:
    """GUIDE3: no element, no script address."""
    found = guide.read(
        "<b onclick=x>hi</b>\n\n[go](javascript:alert(1)) **bold**\n\n- a\n- b\n\n> q\n"
    )
    made = guide.html(found, {})
    assert "<b onclick" not in made and "javascript:alert" not in re.findall(
        r'href="([^"]*)"', made
    )
    kinds: list[Any] = [next(iter(part)) for part in found]
    assert kinds == ["p", "p", "ul", "quote"]
    assert "<b>bold</b>" in made and "<li>a</li>" in made
    assert guide.html([{"button": "say"}], {"say": "There."}).endswith(">There.</p>")
    assert guide.html([{"button": "nothing"}], {}) == ""
