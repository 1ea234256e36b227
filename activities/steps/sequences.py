"""Sequences: which steps there are, and which of them is now.

That follows from log time and ``room/steps`` alone; its twin is moment.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

from server.kit import Ctx

SEQUENCES: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "rain": (
        ("rub", 20_000), ("snap", 20_000), ("pat", 20_000), ("stomp", 24_000),
        ("pat", 20_000), ("snap", 20_000), ("rub", 20_000), ("rest", 16_000),
    ),
    "stretch": (
        ("turn", 35_000), ("roll", 35_000), ("reach", 35_000),
        ("stretch", 40_000), ("shake", 30_000), ("breathe", 40_000),
    ),
    "senses": (
        ("see", 60_000), ("touch", 50_000), ("hear", 50_000), ("smell", 40_000), ("taste", 40_000),
    ),
    "follow": (
        ("sway", 16_000), ("nod", 14_000), ("roll", 16_000), ("clap", 16_000), ("reach", 16_000),
        ("wave", 16_000), ("wiggle", 16_000), ("pat", 16_000), ("shake", 16_000), ("rest", 16_000),
    ),
    "welcome": (("wave", 40_000), ("rest", 40_000), ("breathe", 45_000), ("nod", 40_000)),
}  # fmt: skip
"""Each step and how many milliseconds it lasts."""
CALLS: Final = 24
CALL_MS: Final = 25_000
EACH_MS: Final = 20_000
"""A step of the host's own, where none is given."""
OWN_PACE: Final = ("stretch", "senses", "own")
"""Where a card may let each go at their own pace."""


def own_pace(options: Mapping[str, Any]) -> bool:
    """Does each go at their own pace here?"""
    return bool(options["pace"] == "own" and options["sequence"] in OWN_PACE)


def times(room: Mapping[str, Any]) -> list[int]:
    """How long each moment of the room lasts. Sections enter one step after the other, so the last
    step lasts until all of them have had it."""
    each = [int(ms) for _, ms in room["steps"]]
    return each + each[-1:] * (int(room["sections"]) - 1)


def moment(each: list[int], passed: int) -> tuple[int, int]:
    """Which moment it is after so many ms, and how long it still lasts. Before the first one it is
    -1; after the last one as many as there are, with nothing left."""
    if passed < 0:
        return -1, -passed
    for at, ms in enumerate(each):
        if passed < ms:
            return at, ms - passed
        passed -= ms
    return len(each), 0


def calls(ctx: Ctx) -> list[list[Any]]:
    """One call out of each part of the deck: they get sillier, and are others each time."""
    many = ctx.options["count"]
    parts = pairwise(CALLS * at // many for at in range(many + 1))
    return [[f"c{low + ctx.rng.below(high - low)}", CALL_MS] for low, high in parts]


def written(texts: list[str], seconds: list[int]) -> dict[str, Any]:
    """Steps of a host's own."""
    ms = [1000 * second for second in seconds[: len(texts)]]
    ms += [EACH_MS] * (len(texts) - len(ms))
    return {"texts": list(texts), "steps": [[f"own{at}", each] for at, each in enumerate(ms)]}
