"""The fields for dates on the start page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.web import dateform
from server.web.words import NAMES, Words

ROOT = Path(__file__).resolve().parents[2]


def test_be11_page_and_script_offer_the_same() -> None:
    """BE11: lengths, steps and the most dates are those of static/screens/dates.js."""
    script = (ROOT / "static/screens/dates.js").read_text("utf-8")

    def listed(name: str) -> list[str]:
        found = re.search(rf"const {name} = \[(.*?)\]", script)
        assert found
        return re.findall(r"\w+", found.group(1))

    assert [str(length) for length in dateform.LENGTHS] == listed("LENGTHS")
    assert list(dateform.STEPS) == listed("STEPS")
    assert f"const MOST = {dateform.MOST};" in script


@pytest.mark.parametrize("lang", NAMES)
def test_be11_fields_can_be_typed_into_without_a_script(lang: str) -> None:
    """BE11: day, hour, length and repetition are in the page, folded, each with its label."""
    page = dateform.fields(Words.of(lang))
    names = re.findall(r'<(?:input|select)[^>]* name="(\w+)"', page)
    assert names == ["date", "time", "minutes", "again", "times"]
    for name in names:
        assert f'<label for="{name}">' in page
    assert page.startswith('<details id="when"><summary>')
    assert not re.search(r"\b(when|start)\.\w+", page), "a key stands in the page"
    assert 'value="60" selected' in page
