"""Turns: whose turn it is, at ``room/turn`` = ``{"order": [ids], "at": index}`` or null.

An order may hold 200 people; ``at`` beyond the last one means that the round is over.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
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


def ahead(room: Mapping[str, Any]) -> list[str]:
    """Whose turn it is, and whose is still to come, in order."""
    turn = room.get("turn")
    return list(turn["order"][turn["at"] :]) if turn else []


def behind(room: Mapping[str, Any], who: str) -> Iterator[Change]:
    """Somebody whose turn is now, or to come, has it last; the next one is in their place."""
    if who in ahead(room)[:-1]:
        order = list(room["turn"]["order"])
        order.append(order.pop(order.index(who, room["turn"]["at"])))
        yield Change("room/turn/order", order)


def put_on(room: Mapping[str, Any], who: str) -> Iterator[Change]:
    """It is their turn now, wherever they stood, also once the round is over. Whoever was on has
    had theirs."""
    turn = room.get("turn") or {"order": [], "at": 0}
    if whose(room) != who:
        done = [member for member in turn["order"][: turn["at"] + 1] if member != who]
        rest = [member for member in turn["order"][turn["at"] + 1 :] if member != who]
        yield Change("room/turn", {"order": [*done, who, *rest], "at": len(done)})


def skip(room: Mapping[str, Any], gone: Container[str]) -> Iterator[Change]:
    """Take out those in ``gone`` from this turn on, up to the first one who is not."""
    rest = ahead(room)
    out = next((n for n, who in enumerate(rest) if who not in gone), len(rest))
    if out:
        turn = room["turn"]
        done = turn["order"][: turn["at"]]
        yield Change("room/turn", {"order": [*done, *rest[out:]], "at": len(done)})
