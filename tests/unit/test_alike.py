"""WD20: which texts are the same word; the browser's twin is held to the same vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import kit

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "words.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_wd20_words_come_together(vector: dict[str, Any]) -> None:
    assert [list(one) for one in kit.grouped(vector["texts"])] == vector["groups"]


@given(texts=st.lists(st.text(max_size=12), max_size=12))
def test_wd20_nothing_is_lost_and_order_makes_no_difference(texts: list[str]) -> None:
    found = kit.grouped(texts)
    assert sum(times for _, times in found) == len(texts)
    assert {form for form, _ in found} <= set(texts)
    assert kit.grouped(reversed(texts)) == found
    assert len({kit.alike(form) for form, _ in found}) == len(found)
