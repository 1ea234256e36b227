"""A room's shape: new, cleared, and as the revision before wrote it down."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from server.room import fold as folding
from server.room import shape
from server.room.limits import Limits
from tests.room.book import Book, jam
from tests.room.world import KINDS

OLD: dict[str, Any] = {
    "rev": 1,
    "tree": {
        "meet": {
            "title": "Our jam",
            "lang": "fr",
            "people": {
                "bo": {"name": "Bo", "ink": 0, "shape": 0, "role": "member", "here": True},
                "eve": {"name": "Eve", "ink": 1, "shape": 1, "role": "host", "here": False},
                "ana": {"name": "Ana", "ink": 2, "shape": 2, "role": "host", "here": True},
            },
            "plan": [{"card": "weather", "kind": "checkin", "options": {}, "minutes": 5}],
            "at": 0,
            "now": {
                "g": 1, "kind": "checkin", "card": "weather", "opened": 5,
                "options": {"named": False, "icons": "weather", "prompt": None, "text": ""},
                "ends": None, "minutes": 5,
            },
            "past": [],
            "ended": None,
        },
        "room": {"phase": "collect", "count": 0},
        "own": {}, "host": {}, "vault": {}, "team": {}, "past": {},
        "sys": {"g": 1, "serial": 0, "timers": {}, "seen": {"eve": 7}, "sizes": {}},
    },
}  # fmt: skip
"""A snapshot as it was written before the first hour had a state of its own."""


def load(saved: Any) -> folding.Fold:
    blob = json.dumps(saved).encode()
    return folding.load(KINDS, Limits(), b"s" * 32, blob, 9)


def shape_of(value: Any) -> Any:
    """Keys alone, where keys are names."""
    return {key: set(part) for key, part in value.items() if key in ("meet", "desk", "sys")}


def test_HR1_a_snapshot_of_the_revision_before_goes_on_in_todays_shape() -> None:
    fold = load(OLD)
    assert shape_of(fold.state) == shape_of(folding.empty("", "en", []))
    assert fold.state["meet"]["baton"] == "ana", "the host who is here"
    assert fold.state["meet"]["people"] == OLD["tree"]["meet"]["people"]
    book = Book()
    book.fold, book.clock = fold, 10_000
    fold.offset = 9
    book.ok("bo", "line", text="still here")
    book.ok("bo", "checkin.choose", icon="sun", word="")
    book.ok("ana", "open", kind="canvas")
    book.ok("ana", "undo", who="bo")
    again = folding.load(KINDS, Limits(), b"s" * 32, fold.save(), fold.offset)
    assert again.state == fold.state and json.loads(fold.save())["rev"] == shape.REV


@pytest.mark.parametrize("rev", [0, 3])
def test_HR1_any_other_revision_is_not_read(rev: int) -> None:
    with pytest.raises(folding.BadSnapshot):
        load({**OLD, "rev": rev})
    with pytest.raises(folding.BadSnapshot):
        folding.load(KINDS, Limits(), b"s" * 32, b"[", 0)


def test_HR1_nobody_leads_in_an_old_room_without_a_host() -> None:
    old = copy.deepcopy(OLD)
    for person in old["tree"]["meet"]["people"].values():
        person["role"] = "member"
    assert load(old).state["meet"]["baton"] is None


def test_HR2_a_cleared_room_keeps_its_name_its_plan_and_its_ways_in() -> None:
    book = jam("bo", plan=[{"card": "weather"}])
    book.ok("ana", "dates", starts=[2_000_000_000_000, 1_900_000_000_000], minutes=90)
    book.ok("ana", "kept", ms=900_000)
    book.ok("ana", "ask", on=True)
    book.ok("bo", "agree", yes=False)
    book.ok("ana", "lock", on=True)
    book.ok("ana", "call", url="https://call.example/x")
    book.fact("links", what="join")
    book.ok("bo", "dab", cell=3)
    book.ok("bo", "line", text="hi")
    book.ok("ana", "say", text="hello")
    book.ok("ana", "next")
    book.ok("ana", "undo", who="bo")
    left = folding.remaining(book.state)
    fresh = folding.empty(
        "Our jam", "en", book.meet["plan"], [1_900_000_000_000, 2_000_000_000_000], 90
    )
    fresh["meet"] |= {
        "kept": 900_000,
        "keep": {"yes": 0, "no": 0},
        "locked": True,
        "call": "https://call.example/x",
        "links": {"join": 1, "host": 0},
    }
    assert left == fresh
    assert "hi" not in json.dumps(left) and "Bo" not in json.dumps(left)


def test_HR2_what_was_never_asked_is_not_asked_in_the_cleared_room() -> None:
    assert folding.remaining(jam().state)["meet"]["keep"] is None
