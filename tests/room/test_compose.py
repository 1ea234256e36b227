"""PLAN1-PLAN4: from minutes, size and mood to a plan that sums to the minute."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.kit import Refusal
from server.room import compose as it
from server.room.compose import LONGEST, MOODS, SHORTEST, Composed, compose
from server.room.library import Card
from server.web.library import cards, kinds

CARDS = list(cards(kinds())[0].cards.values())
WISH = (st.integers(SHORTEST, LONGEST), st.integers(2, 100), st.sampled_from(sorted(MOODS)))


@settings(max_examples=400)
@given(*WISH, st.integers(0, 9))
def test_plan1_a_plan_always_sums_to_the_chosen_time(
    minutes: int, size: int, mood: str, turn: int
) -> None:
    """PLAN1: whatever is wished for, and each step within what it bears, for so many people."""
    plan = compose(CARDS, minutes, size, mood, turn)
    assert sum(own for _, own in plan.steps) + plan.slack == plan.minutes == minutes
    assert 1 <= plan.slack <= max(1, minutes // 8)
    for card, own in plan.steps:
        assert card.span[0] <= own <= card.span[1], card.id
        assert card.size[0] <= size <= card.size[1], card.id
    names = [card.id for card, _ in plan.steps]
    assert len(set(names)) == len(names)


@given(*WISH)
def test_plan2_the_same_wish_is_the_same_plan_and_another_turn_is_heard(
    minutes: int, size: int, mood: str
) -> None:
    """PLAN2: a page that is loaded again shows what it showed."""
    one = compose(CARDS, minutes, size, mood)
    assert compose(list(reversed(CARDS)), minutes, size, mood) == one
    others = {
        tuple(c.id for c, _ in compose(CARDS, minutes, size, mood, n).steps) for n in range(9)
    }
    assert len(others) > 1


def sat(plan: Composed) -> int:
    """The longest time in it without something for the body or the breath."""
    longest = now = 0
    for card, own in plan.steps:
        now = 0 if {*card.purpose} & {*it.BREAK} else now + own
        longest = max(longest, now)
    return longest


def whole() -> list[Card]:
    """A library that has some of everything."""
    made = []
    for i in range(4):
        for purpose in ("connect", "play", "draw", "sing", "dance", "imagine", "share", "ally"):
            made.append(Card(f"{purpose}{i}", f"k{i}", {}, 6, (3, 14), (2, 100), (purpose,), "mid"))
        for kind in ("breath", "steps", "round"):
            made.append(Card(f"{kind}{i}", kind, {}, 3, (2, 8), (2, 100), ("rest", "move"), "low"))
    made.append(Card("hello", "steps", {}, 3, (2, 6), (2, 100), ("open",), "low"))
    made.append(Card("sky", "checkin", {}, 3, (2, 6), (2, 100), ("connect",), "low"))
    made.append(Card("thanks", "wall", {}, 4, (2, 10), (2, 100), ("close",), "low"))
    made.append(Card("beat", "together", {}, 1, (1, 1), (2, 100), ("close",), "mid"))
    return made


@given(st.integers(30, LONGEST), st.integers(2, 100), st.sampled_from(sorted(MOODS)))
def test_plan3_an_evening_begins_low_moves_on_the_way_and_ends_on_purpose(
    minutes: int, size: int, mood: str
) -> None:
    """PLAN3: welcome, all act, something for the body each 45 minutes, one beat at the end."""
    plan = compose(whole(), minutes, size, mood)
    kinds_ = [card.kind for card, _ in plan.steps]
    assert [card.id for card, _ in plan.steps[:2]] == ["hello", "sky"]
    assert [card.id for card, _ in plan.steps[-2:]] == ["thanks", "beat"]
    assert sat(plan) <= 45
    assert all(a != b for a, b in pairwise(kinds_))
    body = [card for card, _ in plan.steps[2:-2]]
    assert any({*card.purpose} & {*MOODS[mood]} for card in body)


def test_plan4_a_wish_beyond_its_bounds_is_told_kindly() -> None:
    """PLAN4: at the limit and one above."""
    for minutes in (SHORTEST, LONGEST):
        assert compose(CARDS, minutes, 2, "meet").steps
    for size in (2, 100):
        assert compose(CARDS, 60, size, "meet").steps
    for minutes, size, mood, code in (
        (SHORTEST - 1, 9, "meet", "not_a_number"),
        (LONGEST + 1, 9, "meet", "not_a_number"),
        (60, 1, "meet", "not_a_number"),
        (60, 101, "meet", "not_a_number"),
        ("60", 9, "meet", "not_a_number"),
        (True, 9, "meet", "not_a_number"),
        (60, 9, "war", "not_a_choice"),
        (60, 9, None, "not_a_choice"),
    ):
        with pytest.raises(Refusal) as told:
            compose(CARDS, minutes, size, mood)
        assert told.value.code == code
    with pytest.raises(Refusal) as told:
        compose([], 60, 9, "meet")
    assert told.value.code == "no_card"
