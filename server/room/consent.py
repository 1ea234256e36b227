"""Dates, how long contents stay, and whether the group agreed that they stay between dates."""

from __future__ import annotations

from collections.abc import Iterator

from server.kit import Change, Refusal

from .life import HOUR_MS
from .moment import Moment

SHORTEST_MS = HOUR_MS // 4
LONGEST_MS = 7 * 24 * HOUR_MS


def dated(at: Moment, starts: list[int], minutes: int) -> Iterator[Change]:
    """`room.dates {starts, minutes}`: when the group meets, sorted; none for a room without."""
    yield Change("meet/starts", sorted(set(starts)))
    yield Change("meet/minutes", minutes)


def kept(at: Moment, ms: int) -> Iterator[Change]:
    """`room.kept {ms}`: how long contents stay after the last person has left."""
    yield Change("meet/kept", ms)


def copied(at: Moment, g: int, on: bool) -> Iterator[Change]:
    """`room.copy {g, on}`: whether copies hold what was made in activity `g`. Raises `closed`."""
    places = [(f"meet/past/{i}", told) for i, told in enumerate(at.meet["past"])]
    if at.meet["now"] is not None:
        places.append(("meet/now", at.meet["now"]))
    found = next(((path, told) for path, told in places if told["g"] == g), None)
    if found is None or "again" in found[1]:
        raise Refusal("closed")
    path, told = found
    if on == ("out" in told):
        yield Change(f"{path}/out") if on else Change(f"{path}/out", True)


def asked(at: Moment, on: bool) -> Iterator[Change]:
    """`room.ask {on}`: ask the group whether contents stay between dates, or withdraw it."""
    if on != (at.meet["keep"] is not None):
        yield Change("meet/keep", {"yes": 0, "no": 0} if on else None)
        yield Change("sys/agreed", {})


def agreed(at: Moment, yes: bool) -> Iterator[Change]:
    """`room.agree {yes}`: one's own answer, or another one. Nobody sees who gave which."""
    keep = at.meet["keep"]
    if keep is None:
        raise Refusal("not_now")
    before = at.sys["agreed"].get(at.me)
    if before is yes:
        return
    names = {True: "yes", False: "no"}
    if before is not None:
        yield Change(f"meet/keep/{names[before]}", keep[names[before]] - 1)
    yield Change(f"meet/keep/{names[yes]}", keep[names[yes]] + 1)
    yield Change(f"sys/agreed/{at.me}", yes)
