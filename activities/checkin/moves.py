"""Moves: dots that everybody sees move, on a line between two ends or on a picture.

A dot moves by its owner's own act, and the page says so beforehand. A host lets all of them stand
still; whoever likes says why, in the order of raising a mark. Whose a dot is stands under own/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.checkin import dot, late
from activities.checkin.dot import AWAY, across, down
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect


def fresh(ctx: Ctx) -> dict[str, Any]:
    return dot.shaped(ctx, {"phase": "move", "dots": [], "why": []})


def declare(jam: Activity) -> None:
    """What can be done while dots move, and while they stand still."""
    jam.live("dot", phase="move", i=kit.integer(-1, late.FULL - 1), x=across, y=down)

    @jam.action(phase="move", x=across, y=down, named=kit.boolean(False))
    def move(ctx: Ctx, x: int, y: int, named: bool) -> Iterator[Effect]:
        """Put my dot down, or move it; everybody sees it."""
        at = late.one_more(ctx.own.get("at", len(ctx.room["dots"])))
        mine = dot.seen(ctx, ctx.me, x, y, named)
        old = ctx.room["dots"][at] if "at" in ctx.own else {}
        if old.get("off"):
            mine["off"] = True  # what a host has hidden stays so wherever it goes
        if mine != old:
            yield Change(f"room/dots/{at}", mine)
        if "at" not in ctx.own:
            yield Change(f"own/{ctx.me}/at", at)

    @jam.action(HOST, phase=("move", "still"), on=kit.boolean(True))
    def freeze(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Let all dots stand still, or move again."""
        phase = "still" if on else "move"
        if phase != ctx.room["phase"]:
            yield Change("room/phase", phase)
            yield Change("room/why", [])

    @jam.action(phase="still", on=kit.boolean(True))
    def why(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """I can say why I stand here; or: no, I have said it."""
        if on != (ctx.me in ctx.room["why"]):
            yield from _why(ctx, ctx.me, on)

    @jam.action(HOST, phase="still", who=kit.member())
    def heard(ctx: Ctx, who: str) -> Iterator[Effect]:
        """This person has said why: their mark goes."""
        if who in ctx.room["why"]:
            yield from _why(ctx, who, False)


def taken(ctx: Ctx) -> Iterator[Effect]:
    """My dot goes, and my mark."""
    if "at" in ctx.own:
        yield Change(f"own/{ctx.me}/at")
        yield Change(f"room/dots/{ctx.own['at']}", AWAY)
    if ctx.me in ctx.room["why"]:
        yield from _why(ctx, ctx.me, False)


def gone(ctx: Ctx) -> Iterator[Effect]:
    """All of mine goes, and what I signed."""
    yield from taken(ctx)
    yield from late.wiped(ctx, "dots", AWAY)


def _why(ctx: Ctx, who: str, on: bool) -> Iterator[Change]:
    """The marks of those who have a seat, in the order of raising them."""
    rest = [one for one in ctx.room["why"] if one != who and one in ctx.people]
    yield Change("room/why", [*rest, who] if on else rest)
