"""A snapshot in parts is the whole state, and no part is longer than a thin line can swallow."""

from __future__ import annotations

import json
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.room.snapshot import merged, parts

WORDS = st.text("abcdefgh", max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | WORDS,
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(WORDS, inner, max_size=8),
    max_leaves=60,
)
STATES = st.fixed_dictionaries(
    {"meet": st.dictionaries(WORDS, VALUES, max_size=6), "room": VALUES.filter(bool)}
)


def whole(pieces: list[Any]) -> Any:
    return reduce(merged, pieces)


@given(STATES, st.sampled_from([40, 120, 400]))
def test_SN1_the_parts_merge_into_the_state(state: Any, bound: int) -> None:
    assert whole(parts(state, bound)) == state


@given(STATES, st.sampled_from([120, 400]))
def test_SN2_a_part_is_bounded_but_for_a_single_value(state: Any, bound: int) -> None:
    most = _widest(state)
    for part in parts(state, bound):
        assert len(json.dumps(part, separators=(",", ":"))) <= bound + most + 100


def _widest(value: Any) -> int:
    """The longest thing that is never cut: an element of a list."""
    if isinstance(value, dict):
        return max(map(_widest, value.values()), default=0)
    if isinstance(value, list):
        return max((len(json.dumps(item)) for item in value), default=0)
    return len(json.dumps(value))


def test_SN3_small_things_come_first_and_long_lists_after_them() -> None:
    state = {"meet": {"title": "t", "people": {str(i): {"name": "n"} for i in range(20)}},
             "room": {"marks": [[i, "x" * 50] for i in range(200)], "phase": "open"}}  # fmt: skip
    pieces = parts(state, 1_000)
    assert len(pieces) > 10
    assert pieces[0]["meet"] == state["meet"] and pieces[0]["room"]["phase"] == "open"
    assert pieces[0]["room"]["marks"] == []
    assert whole(pieces) == state
    assert all(len(json.dumps(piece)) < 1_100 for piece in pieces)


@pytest.mark.parametrize(("more", "cut"), [(0, False), (1, True)])
def test_SN4_a_list_is_cut_when_the_state_is_longer_than_a_part(more: int, cut: bool) -> None:
    state = {"room": {"list": ["x" * 10] * 20 + ["x" * more]}}
    bound = len(json.dumps({"room": {"list": ["x" * 10] * 20 + [""]}}, separators=(",", ":")))
    assert (len(parts(state, bound)) > 1) is cut
    assert whole(parts(state, bound)) == state


@pytest.mark.parametrize(("item", "each"), [(247, 2), (248, 1)])
def test_SN5_a_page_takes_what_fits_and_nothing_more(item: int, each: int) -> None:
    # half a part for a page: 500 bytes, quotes and commas counted
    state = {"room": {"marks": ["x" * item] * 12}}
    pages = [part["room"]["marks"] for part in parts(state, 1_000)][1:]
    assert [len(page) for page in pages] == [each] * (12 // each)
