"""Ties: lines between two bubbles of the map. A line is `{by, a, b, kind, on}`."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, Final

from activities.canvas.spots import free, mine, seen, spot
from server import kit
from server.kit import Activity, Change, Ctx, Refusal

TIES: Final = ("works", "could", "tension")
LINES: Final = 240
LINES_EACH: Final = 40
LOOSE: Final[dict[str, Any]] = {"by": "", "a": 0, "b": 0, "kind": 0, "on": False}


def declare(jam: Activity) -> None:
    """Drawing lines, and taking them away."""

    @jam.action(phase="map", a=spot, b=spot, kind=kit.integer(0, len(TIES) - 1))
    def tie(ctx: Ctx, a: int, b: int, kind: int) -> Iterator[Change]:
        """Draw a line between two bubbles, or change the kind of mine."""
        seen(ctx, a)
        seen(ctx, b)
        if a == b:
            raise Refusal("no_bubble")
        a, b = min(a, b), max(a, b)
        for at, line in enumerate(ctx.room["lines"]):
            if line["on"] and (line["a"], line["b"], line["by"]) == (a, b, ctx.me):
                if line["kind"] != kind:
                    yield Change(f"room/lines/{at}/kind", kind)
                return
        at = free(ctx, "lines", LINES, LINES_EACH)
        yield Change(f"room/lines/{at}", {"by": ctx.me, "a": a, "b": b, "kind": kind, "on": True})

    @jam.action(phase="map", i=kit.integer(0, LINES - 1))
    def untie(ctx: Ctx, i: int) -> Iterator[Change]:
        """Take a line of mine away."""
        mine(ctx, "lines", i)
        yield Change(f"room/lines/{i}/on", False)


def erase(ctx: Ctx, bubbles: set[int]) -> Iterator[Change]:
    """My lines go, and whatever led to these bubbles."""
    lost = [i for i, line in enumerate(ctx.room["lines"]) if line["by"] == ctx.me]
    for i in lost:
        yield Change(f"room/lines/{i}", LOOSE)
    yield from loosen(ctx, bubbles, {*lost})


def loosen(ctx: Ctx, bubbles: set[int], done: Container[int] = ()) -> Iterator[Change]:
    """Whatever led to these bubbles is taken away."""
    for at, line in enumerate(ctx.room["lines"]):
        if line["on"] and at not in done and (line["a"] in bubbles or line["b"] in bubbles):
            yield Change(f"room/lines/{at}/on", False)
