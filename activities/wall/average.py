"""Average: the notes in the order of their scores, in whole numbers, so that it is exact."""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

from server.kit import Ctx

Score = tuple[int, int, int]
"""A note's place, its sum, and how many scores that is."""


def top(ctx: Ctx, but: str = "") -> list[list[int]]:
    """Each note that was scored, the best first; what ``but`` gave is left out."""
    sums: dict[int, list[int]] = {}
    for who, own in ctx.state["own"].items():
        for i, n in zip(own.get("hand", []), own.get("marks", []), strict=False):
            if n and who != but:
                sums.setdefault(i, []).append(n)
    found = [(i, sum(given), len(given)) for i, given in sums.items()]
    return [list(score) for score in sorted(found, key=cmp_to_key(better))]


def better(one: Score, other: Score) -> int:
    """Below nought if the first has the greater average, or the same out of more scores."""
    a: Any = (other[1] * one[2] - one[1] * other[2], other[2] - one[2], one[0] - other[0])
    return int(next((n for n in a if n), 0))
