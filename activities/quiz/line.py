"""A line between two ends: everybody has a dot on it, and dots that come late join the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server.kit import Change, Ctx, Piece, Refusal, Table

FULL: Final = 400
"""Dots on a line in all, late ones counted."""
AWAY: Final = -1
"""A dot that was taken back after the show: a list keeps its places."""


def drawn(ctx: Ctx) -> bool:
    """Is this a line?"""
    return bool(ctx.options["form"] == "spectrum")


def dotted(ctx: Ctx, at: int) -> Iterator[Change]:
    """My dot after the show, or in another place."""
    i = ctx.own.get("added", len(ctx.room["dots"]))
    if i >= FULL:
        raise Refusal("full")
    yield Change(f"room/dots/{i}", at)
    yield Change(f"own/{ctx.me}/added", i)


def taken(ctx: Ctx) -> Iterator[Change]:
    """The dot that I added is taken back."""
    yield Change(f"room/dots/{ctx.own['added']}", AWAY)


def told(room: Mapping[str, Any]) -> Iterator[Piece]:
    """How many dots lie where."""
    dots = [at for at in room["dots"] if at != AWAY]
    rows = [(at, dots.count(at)) for at in sorted(dict.fromkeys(dots))]
    yield Table("line", ("place", "people"), rows)
