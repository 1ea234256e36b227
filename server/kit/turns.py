"""Turns: whose turn it is, at ``room/turn`` = ``{"order": [ids], "at": index}`` or null.

An order may hold 200 people; ``at`` beyond the last one means that the round is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from server.kit.change import Change


def whose(room: Mapping[str, Any]) -> str | None:
    """The member whose turn it is."""
    turn = room.get("turn")
    if not turn or not 0 <= turn["at"] < len(turn["order"]):
        return None
    who: str = turn["order"][turn["at"]]
    return who


def begin(order: Iterable[str]) -> Iterator[Change]:
    """A new round in this order."""
    yield Change("room/turn", {"order": list(order), "at": 0})


def advance(room: Mapping[str, Any]) -> Iterator[Change]:
    """The next one's turn; after the last one it is nobody's."""
    turn = room.get("turn")
    if turn and turn["at"] < len(turn["order"]):
        yield Change("room/turn/at", turn["at"] + 1)


def enter(room: Mapping[str, Any], who: str) -> Iterator[Change]:
    """Somebody who came later is last in the round."""
    turn = room.get("turn")
    if turn and who not in turn["order"]:
        yield Change(f"room/turn/order/{len(turn['order'])}", who)


def leave(room: Mapping[str, Any], who: str) -> Iterator[Change]:
    """Take somebody out; if it was their turn, it is the next one's."""
    turn = room.get("turn")
    if turn and who in turn["order"]:
        gone = turn["order"].index(who)
        order = [member for member in turn["order"] if member != who]
        yield Change("room/turn", {"order": order, "at": turn["at"] - (gone < turn["at"])})
