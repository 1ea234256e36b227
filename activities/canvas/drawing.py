"""Drawing on one's own sheet, which nobody else sees yet.

It lies at ``own/<id>/marks`` as `[ink, width, shape, points]`, what is written on it at
``own/<id>/note``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.canvas import parts
from activities.canvas.jam import SHAPES, SIGNS, mode
from activities.canvas.own import MARKS, counted, share
from server import kit
from server.kit import Activity, After, Change, Ctx, Effect, Refusal, stroke

text_field, year_field = kit.text(SIGNS, empty=True, default=""), kit.integer(0, 200, default=0)


def worded(ctx: Ctx, text: str, year: int, named: bool) -> dict[str, Any]:
    """What is written on a piece, as far as this round has room for it."""
    if len(text) > ctx.options["signs"]:
        raise Refusal("too_long", max=ctx.options["signs"])
    note: dict[str, Any] = {}
    if text:
        note["text"] = text
    if ctx.options["years"] and year:
        note["year"] = year
    if ctx.options["named"] and named:
        note["named"] = True
    return note


def declare(jam: Activity) -> None:
    """What everybody does with their own sheet."""

    @jam.action(
        phase=("gather", "collect"), **stroke.fields(kit.integer(0, len(SHAPES) - 1, default=0))
    )
    def draw(ctx: Ctx, ink: int, width: int, shape: int, points: str) -> Iterator[Effect]:
        """Put a mark on my own sheet; nobody else sees it yet."""
        stroke.legible(points)
        if mode(ctx) == "parts" and not parts.seated(ctx):
            raise Refusal("not_now")
        new = [ink, width, shape, points]
        marks = ctx.own.get("marks") or []
        if len(marks) >= MARKS or sum(map(stroke.weight, [*marks, new])) > share(ctx):
            raise Refusal("sheet_full")
        yield stroke.laid(f"own/{ctx.me}/marks", marks, new)
        if not marks:
            yield from counted(ctx, {**ctx.own, "marks": [new]})
        if mode(ctx) == "parts":
            yield from parts.touched(ctx)

    @jam.action(phase=("gather", "collect"))
    def rub(ctx: Ctx) -> Iterator[Effect]:
        """Take back the last mark of my own sheet."""
        marks = ctx.own.get("marks") or []
        if not marks:
            return
        yield Change(f"own/{ctx.me}/marks/{len(marks) - 1}")
        yield from counted(ctx, {**ctx.own, "marks": marks[:-1]})
        if mode(ctx) == "parts":
            yield from parts.touched(ctx)

    @jam.action(phase="collect", text=text_field, year=year_field, named=kit.boolean(False))
    def caption(ctx: Ctx, text: str, year: int, named: bool) -> Iterator[Effect]:
        """Write a few words on my sheet, and say whether my name may stand beside it."""
        note = worded(ctx, text, year, named)
        yield Change(f"own/{ctx.me}/note", note)
        yield from counted(ctx, {**ctx.own, "note": note})

    @jam.action(phase="collect")
    def pass_(ctx: Ctx) -> Iterator[Effect]:
        """Pass: my sheet is empty again, and nothing tells that I was asked."""
        yield from counted(ctx, {**ctx.own, "marks": [], "note": {}})
        for key in ("marks", "note", "done"):
            if key in ctx.own:
                yield Change(f"own/{ctx.me}/{key}")
        if ctx.own.get("marks") and mode(ctx) == "parts":
            yield from parts.touched(ctx)

    @jam.action(phase="collect", on=kit.boolean(True))
    def done(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """My sheet is ready; in a round that shows itself, all ready means that it is shown."""
        if on != bool(ctx.own.get("done")):
            yield Change(f"own/{ctx.me}/done", on)
        if not on or not ctx.options["auto"]:
            return
        own = ctx.state["own"]
        waited = [who for who in kit.willing(ctx) if who != ctx.me]
        if all(own.get(who, {}).get("done") for who in waited):
            yield After(1, "due")
