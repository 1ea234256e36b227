"""Hearts: one each for every thing in a list. They are counted and never ranked, and nobody sees
who gave which.

Whose they are lies at ``own/<member>/hearts``, how many there are at ``room/hearts``.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.kit.activity import Ctx
from server.kit.change import Change
from server.kit.fields import Refusal


def give(ctx: Ctx, i: int, on: bool, most: int, things: int) -> Iterator[Change]:
    """Give the i-th of so many things a heart, or take it back. One person gives ``most`` of them.

    Refused with `hearts_full`.
    """
    given = ctx.own.get("hearts", {})
    if on == (str(i) in given):
        return
    if on and len(given) >= most:
        raise Refusal("hearts_full", max=most)
    yield Change(f"own/{ctx.me}/hearts/{i}", True) if on else Change(f"own/{ctx.me}/hearts/{i}")
    sums = list(ctx.room.get("hearts", []))
    if i < len(sums):
        yield Change(f"room/hearts/{i}", sums[i] + (1 if on else -1))
    else:  # the list is as long as it has to be
        sums += [0] * (things - len(sums))
        sums[i] += 1
        yield Change("room/hearts", sums)


def erased(ctx: Ctx) -> Iterator[Change]:
    """Mine count no more."""
    for i in ctx.own.get("hearts", {}):
        yield Change(f"room/hearts/{i}", ctx.room["hearts"][int(i)] - 1)


def mended(ctx: Ctx) -> Iterator[Change]:
    """As many as people have given."""
    owns = ctx.state["own"].values()
    for i, there in enumerate(ctx.room.get("hearts", [])):
        given = sum(str(i) in own.get("hearts", {}) for own in owns)
        if given != there:
            yield Change(f"room/hearts/{i}", given)
