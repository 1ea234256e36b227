"""K19-K21: what several kinds share: a clock on the wall, pieces held, people who may be picked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server import kit
from server.kit import Activity, Change, Ctx, clock, held

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "clock.json").read_text("utf-8"))


def ctx(me: str = "a", offset: int = 1, people: Any = None, **state: Any) -> Ctx:
    rng = kit.Rng(b"k" * 32, offset)
    return Ctx(me, "member", 1000, offset, rng, {}, people or {}, state={"own": {}, **state})


def after(state: dict[str, Any], changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = kit.apply(state, changes)
    return found


@pytest.mark.parametrize("case", VECTORS, ids=[case["name"] for case in VECTORS])
def test_k19_what_is_left_of_a_clock(case: dict[str, Any]) -> None:
    assert clock.left({"clock": case["clock"]}, case["now"]) == case["left"]


def test_k19_a_clock_that_stood_still_runs_on_with_what_was_left() -> None:
    state = after({}, clock.begin(1000, 60_000))
    state = after(state, clock.pause(state["room"], 21_000))
    assert clock.left(state["room"], 500_000) == 40_000
    assert list(clock.pause(state["room"], 600_000)) == []
    state = after(state, clock.resume(state["room"], 500_000))
    assert clock.left(state["room"], 500_000) == 40_000
    assert clock.left(state["room"], 510_000) == 30_000
    assert list(clock.resume(state["room"], 510_000)) == []
    state = after(state, clock.stop(state["room"]))
    assert clock.left(state["room"], 510_000) == 0
    for nothing in (
        clock.stop,
        lambda room: clock.pause(room, 1),
        lambda room: clock.resume(room, 1),
    ):
        assert list(nothing(state["room"])) == []


def test_k19_a_little_longer_is_longer_whether_it_runs_stands_or_is_over() -> None:
    assert list(clock.more({"clock": None}, 1, 30_000)) == []
    state = after({}, clock.begin(1000, 60_000))
    state = after(state, clock.more(state["room"], 21_000, 30_000))
    assert clock.left(state["room"], 21_000) == 70_000
    state = after(state, clock.pause(state["room"], 31_000))
    state = after(state, clock.more(state["room"], 500_000, 30_000))
    assert clock.left(state["room"], 600_000) == 90_000
    state = after(state, clock.resume(state["room"], 700_000))
    assert clock.left(state["room"], 700_000) == 90_000
    assert clock.left(state["room"], 790_000) == 0
    state = after(state, clock.more(state["room"], 800_000, 30_000))
    assert clock.left(state["room"], 800_000) == 30_000, "what is over does not eat the minute"


def test_k20_the_count_says_how_many_and_no_more() -> None:
    state: dict[str, Any] = {"room": {}, "own": {}}
    for who, text in (("a", "one"), ("b", "two"), ("a", "three")):
        state = after(state, held.give(ctx(who, **state), text))
    assert state["room"] == {"count": 2}
    assert held.given(ctx(**state)) == [("a", "three"), ("b", "two")]
    state = after(state, held.take(ctx("a", **state)))
    assert list(held.take(ctx("a", **state))) == []
    assert state["room"] == {"count": 1} and held.given(ctx(**state)) == [("b", "two")]


def test_k20_what_is_mixed_tells_nothing_of_the_order_in_which_it_came() -> None:
    pieces = [{"text": text} for text in "abcdefgh"]
    assert held.mixed(ctx(), pieces) == held.mixed(ctx(), pieces[::-1])
    firsts = {held.mixed(ctx(offset=n), pieces)[0]["text"] for n in range(99)}
    assert firsts == set("abcdefgh"), "some piece never comes first"


def test_k21_only_who_is_here_has_a_seat_and_did_not_tap_may_be_picked() -> None:
    people = {
        "a": {"here": True, "role": "host"},
        "b": {"here": True, "role": "member"},
        "c": {"here": False, "role": "member"},
        "d": {"here": True, "role": "screen"},
        "e": {"here": True, "role": "member"},
    }
    state: dict[str, Any] = {"own": {"b": {"pick": 1}}}
    assert kit.willing(ctx(people=people, **state)) == ["a", "b", "e"]
    jam = Activity("sits")
    kit.sit_out(jam)
    sit = jam.actions["sit"].run
    state = after(state, _sit(sit, state, True))
    assert kit.willing(ctx(people=people, **state)) == ["a", "e"]
    assert _sit(sit, state, True) == []
    state = after(state, _sit(sit, state, False))
    assert kit.willing(ctx(people=people, **state)) == ["a", "b", "e"]
    assert _sit(sit, state, False) == []


def _sit(sit: Any, state: dict[str, Any], on: bool) -> list[Change]:
    return list(sit(ctx("b", **state), on=on))
