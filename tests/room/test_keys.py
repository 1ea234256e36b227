"""Secrets are kept as hashes; a card is made whole before it is logged."""

from __future__ import annotations

from typing import Any

import pytest

from server.kit import Refusal
from server.room import keys
from server.room.keys import Key
from server.room.library import MAX_MINUTES, Card, Library
from server.room.limits import Limits
from tests.sim.kinds import KINDS

LIMITS = Limits(plan_steps=3)
LIBRARY = Library({"c": Card("c", "echo", {"start": 2}, 7)})


def test_KY1_an_id_is_one_way_and_always_the_same() -> None:
    # HKDF-SHA256 of the secret with info "auth", then SHA-256 over "jam1" and it: fixed for good,
    # for stored rooms could not be opened with any other
    assert keys.key_id("j" * 22) == "06f6000d3b79254db4c31a20a4082a40"
    assert keys.key_id("a") != keys.key_id("b")
    assert len(keys.key_id("\ud800")) == 32  # a client can send it; it opens nothing


def test_KY2_a_key_reads_as_it_was_written() -> None:
    for key in (Key(role="host"), Key(member="bo"), Key()):
        assert keys.decode(keys.encode(key)) == key


def resolved(name: str, d: dict[str, Any]) -> dict[str, Any]:
    return LIBRARY.resolved(name, d, KINDS, LIMITS)


def test_LB1_a_card_becomes_kind_options_and_minutes() -> None:
    want = {"kind": "echo", "options": {"start": 2}, "card": "c", "minutes": 7}
    assert resolved("open", {"card": "c"}) == want
    assert resolved("open", {"card": "c", "minutes": 0, "options": {"start": 3}}) == {
        **want, "minutes": 0, "options": {"start": 3}}  # fmt: skip
    assert resolved("open", {"kind": "echo"}) == {
        "kind": "echo", "options": {"start": 0}, "card": None, "minutes": 0}  # fmt: skip
    assert resolved("open", {"again": 3}) == {"again": 3}
    assert resolved("plan", {"plan": [{"card": "c"}, {"card": "c", "minutes": 1}]}) == {
        "plan": [{"card": "c", "kind": "echo", "options": {"start": 2}, "minutes": m}
                 for m in (7, 1)]}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "d", "code"),
    [
        ("open", {}, "missing"), ("open", {"card": "nope"}, "no_card"),
        ("open", {"card": ["c"]}, "no_card"), ("open", {"card": "c", "kind": "echo"}, "unknown"),
        ("open", {"kind": "nope"}, "no_card"), ("open", {"kind": 7}, "unknown"),
        ("open", {"kind": "echo", "x": 1}, "unknown"),
        ("open", {"kind": "echo", "options": []}, "unknown"),
        ("open", {"kind": "echo", "options": {"x": 1}}, "unknown"),
        ("open", {"kind": "echo", "options": {"start": 10}}, "not_a_number"),
        ("open", {"kind": "echo", "minutes": MAX_MINUTES + 1}, "not_a_number"),
        ("open", {"kind": "echo", "minutes": -1}, "not_a_number"),
        ("open", {"kind": "echo", "minutes": True}, "not_a_number"),
        ("open", {"again": 0}, "not_a_number"), ("open", {"again": "1"}, "not_a_number"),
        ("open", {"again": True}, "not_a_number"), ("open", {"again": 1, "x": 1}, "unknown"),
        ("plan", {}, "not_a_list"), ("plan", {"plan": {}}, "not_a_list"),
        ("plan", {"plan": [{"card": "c"}] * 4}, "not_a_list"), ("plan", {"plan": ["c"]}, "unknown"),
        ("plan", {"plan": [{"card": "c", "x": 1}]}, "unknown"), ("plan", {"plan": [{}]}, "missing"),
    ],
)  # fmt: skip
def test_LB2_what_is_no_card_is_refused_with_a_code(
    name: str, d: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as no:
        resolved(name, d)
    assert no.value.code == code


def test_LB3_bounds_are_taken_at_the_bound() -> None:
    assert resolved("open", {"kind": "echo", "minutes": MAX_MINUTES})["minutes"] == MAX_MINUTES
    assert len(resolved("plan", {"plan": [{"card": "c"}] * 3})["plan"]) == 3
