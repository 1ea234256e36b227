"""Late: a drawing that somebody hangs up after the show, and takes down again; one each.

It travels whole, so it is smaller than one that was drawn in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.canvas import gallery
from activities.canvas.jam import SHAPES, SIGNS, mode
from server import kit
from server.kit import Activity, Change, Ctx, Effect, Refusal, stroke

LATE: Final = 120
"""Marks of a piece that comes late: it travels whole, so it is smaller."""
LATE_BYTES: Final = 16 * 1024
HUNG: Final = 2 * 1024 * 1024
"""What a wall with late pieces weighs at most."""


def declare(jam: Activity) -> None:
    """One more on the wall."""

    @jam.action(
        phase="shown",
        after=True,
        marks=kit.list_of(kit.text(stroke.POINTS + 12), LATE, default=[]),
        text=kit.text(SIGNS, empty=True, default=""),
        year=kit.integer(0, 200, default=0),
        named=kit.boolean(False),
        tile=kit.integer(0, gallery.MOTIFS - 1, default=0),
    )
    def add(
        ctx: Ctx, marks: list[str], text: str, year: int, named: bool, tile: int
    ) -> Iterator[Effect]:
        """Hang up a drawing after the show; each mark is `ink.width.shape.points`. One each."""
        its = mode(ctx)
        if its == "parts":
            raise Refusal("not_now")
        if "added" in ctx.own:
            raise Refusal("hung")
        if len(text) > ctx.options["signs"]:
            raise Refusal("too_long", max=ctx.options["signs"])
        made: dict[str, Any] = {"marks": [_mark(one) for one in marks]}
        if not made["marks"] and not text:
            raise Refusal("too_short")
        weight = sum(map(stroke.weight, made["marks"]))
        if weight > LATE_BYTES:
            raise Refusal("sheet_full")
        pieces = ctx.room["gallery"]
        hung = sum(stroke.weight(mark) for piece in pieces for mark in piece.get("marks", ()))
        at = len(pieces)
        if at >= gallery.PIECES or hung + weight > HUNG:
            raise Refusal("gallery_full")
        if text:
            made["text"] = text
        if ctx.options["years"] and year:
            made["year"] = year
        made.update(kit.signed(ctx, ctx.me, named))
        if its == "tiles":
            made["tile"] = tile
        yield Change(f"room/gallery/{at}", made)
        yield Change("room/count", ctx.room["count"] + 1)
        yield Change(f"own/{ctx.me}/added", at)
        if "hearts" in ctx.room:
            yield Change(f"room/hearts/{at}", 0)

    @jam.action(phase="shown")
    def withdraw(ctx: Ctx) -> Iterator[Effect]:
        """Take down the drawing that I added late."""
        at = ctx.own.get("added")
        if at is not None:
            yield Change(f"own/{ctx.me}/added")
            yield from gallery.down(ctx, at)


def _mark(text: str) -> list[Any]:
    """`ink.width.shape.points` as a mark."""
    head = text.split(".", 3)
    if len(head) < 4 or not all(one.isascii() and one.isdigit() for one in head[:3]):
        raise Refusal("bad_points")
    ink, width, shape = (int(one[:3]) for one in head[:3])
    if ink > stroke.ERASER or width > 3 or shape >= len(SHAPES) or not stroke.good(head[3]):
        raise Refusal("bad_points")
    return [ink, width, shape, head[3]]
