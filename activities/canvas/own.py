"""One's own sheet: how much it may hold, whether it counts, and the clock of its round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server.kit import After, Change, Ctx, Effect, clock
from server.kit.willing import MARK as OUT

MARKS: Final = 300
BYTES: Final = 48 * 1024
LEAST: Final = 6 * 1024
WALL: Final = 1024 * 1024
"""What all sheets may weigh together; each has an even share of it, BYTES at most."""
SLACK: Final = 3_000
"""After the clock of a round that shows itself: the last stroke is still under way."""


def wind(ctx: Ctx) -> Iterator[Effect]:
    """The clock of the round begins, where there is one; `auto` shows all at its end."""
    if ms := ctx.options["seconds"] * 1_000:
        yield from clock.begin(ctx.now, ms)
        if ctx.options["auto"]:
            yield After(ms + SLACK, "due")


def share(ctx: Ctx) -> int:
    """How many bytes a sheet may have here."""
    return max(LEAST, min(BYTES, WALL // max(1, len(ctx.people))))


def filled(own: Any) -> bool:
    """Is there something to show?"""
    return bool(own.get("marks") or (own.get("note") or {}).get("text")) and OUT not in own


def counted(ctx: Ctx, after: dict[str, Any]) -> Iterator[Change]:
    """The count of sheets, if mine has become one or is none any more."""
    by = filled(after) - filled(ctx.own)
    if by:
        yield Change("room/count", ctx.room["count"] + by)
