"""Tally: a list of sums at ``room/<key>``, one for each choice, that says how many chose it.

Each one's own choice lies under own/, so that the sums can always be counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from server.kit.activity import Ctx
from server.kit.change import Change


def sums(chosen: Iterable[int], many: int) -> list[int]:
    """How often each of so many was chosen."""
    found = list(chosen)
    return [found.count(at) for at in range(many)]


def moved(ctx: Ctx, key: str, old: int | None, new: int | None) -> Iterator[Change]:
    """Somebody chooses ``new`` in place of ``old``; None is no choice."""
    there = ctx.room[key]
    if old == new:
        return
    if old is not None:
        yield Change(f"room/{key}/{old}", there[old] - 1)
    if new is not None:
        yield Change(f"room/{key}/{new}", there[new] + 1)
