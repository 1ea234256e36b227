"""Two versions at one log: an old server stops where it would have to guess."""

from __future__ import annotations

from typing import Any

import pytest

from server.room import shape
from server.room.acts import room
from server.room.beyond import Beyond, beyond, running
from server.room.fold import Fold
from server.room.limits import Limits
from server.room.moment import Asked, encode
from server.web.library import kinds

KINDS = kinds()
FACTS = {"sys.join"}


class Op:
    """An entry of the log."""

    ts = 1

    def __init__(self, offset: int, asked: Asked) -> None:
        self.offset, self.payload = offset, encode(asked)


@pytest.mark.parametrize(
    ("do", "d"),
    [
        ("room.levitate", {}),
        ("sys.levitate", {}),
        ("levitation.up", {}),
        ("prompt.levitate", {}),
        ("prompt.heart", {"i": 0, "on": True, "twice": True}),
        ("room.open", {"kind": "levitation", "options": {}}),
        ("room.open", {"kind": "prompt", "options": {"levitate": True}}),
        ("room.plan", {"plan": [{"kind": "prompt", "options": {}}, {"kind": "levitation"}]}),
    ],
)
def test_ROLL1_what_only_a_later_version_can_have_written_is_known(
    do: str, d: dict[str, Any]
) -> None:
    """ROLL-1: and a fold that shares its log folds nothing of it."""
    assert beyond(Asked(do, "m", 1, d), KINDS, room, FACTS)
    fold = Fold(KINDS, Limits(), bytes(32), shape.empty("", "en", [], (), 0), 0)
    fold.wary = True
    with pytest.raises(Beyond):
        fold.apply(Op(1, Asked(do, "m", 1, d)))
    assert fold.offset == 0
    fold.wary = False  # alone, an old log must never keep a room from opening
    assert fold.apply(Op(1, Asked(do, "m", 1, d))).outcome == "noop"


@pytest.mark.parametrize(
    ("do", "d"),
    [
        ("sys.join", {"member": "m", "name": "x", "role": "member", "later": 1}),
        ("prompt.heart", {"i": 0, "on": True}),
        ("room.open", {"kind": "prompt", "options": {}}),
        ("room.open", {"again": 1}),
        ("room.title", {"title": "x"}),
        ("room.plan", {"plan": [{"kind": "prompt", "options": {}, "card": None, "minutes": 1}]}),
    ],
)
def test_ROLL1_what_this_version_knows_is_folded(do: str, d: dict[str, Any]) -> None:
    """ROLL-1"""
    assert not beyond(Asked(do, "m", 1, d), KINDS, room, FACTS)


def test_ROLL2_a_room_where_something_later_runs_is_not_hosted() -> None:
    """ROLL-2"""
    tree = shape.empty("", "en", [], (), 0)
    assert not running(KINDS, tree)
    tree["meet"]["now"] = {"kind": "levitation", "options": {}}
    assert running(KINDS, tree)
