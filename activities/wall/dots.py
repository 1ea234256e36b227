"""Dots: hearts, which everybody sees grow, and dot votes, which a host shows all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.wall.paper import place, seen
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal

HEARTS: Final = 200


def hearts(jam: Activity) -> None:
    """Give the wall its hearts."""

    @jam.action(phase="shown", i=place, on=kit.boolean(True))
    def heart(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
        """Give a heart, or take it back."""
        if on and seen(ctx, i) and not ctx.options["hearts"]:
            raise Refusal("not_now")
        yield from kit.hearts.give(ctx, i, on, HEARTS, len(ctx.room["notes"]))


def votes(jam: Activity) -> None:
    """Give the wall its dots."""

    @jam.action(phase="shown", i=place, n=kit.integer(0, 10))
    def vote(ctx: Ctx, i: int, n: int) -> Iterator[Effect]:
        """Lay so many of my dots on a note; nobody sees where before the result."""
        budget, given = ctx.options["votes"], ctx.own.get("dots", {})
        if not budget:
            raise Refusal("not_now")
        if "dots" in ctx.room:
            raise Refusal("result_shown")
        before = given.get(str(i), 0)
        if n == before:
            return
        if n and "to" in seen(ctx, i):
            raise Refusal("no_note")
        if n > before and sum(given.values()) - before + n > budget:
            raise Refusal("dots_full", max=budget)
        yield Change(f"own/{ctx.me}/dots/{i}", n) if n else Change(f"own/{ctx.me}/dots/{i}")
        yield Change("room/laid", ctx.room.get("laid", 0) + n - before)

    @jam.action(HOST, phase="shown")
    def result(ctx: Ctx) -> Iterator[Effect]:
        """Show how many dots lie where; from here on they stay."""
        if not ctx.options["votes"]:
            raise Refusal("not_now")
        if "dots" in ctx.room:
            raise Refusal("result_shown")
        yield from counted(ctx)


def counted(ctx: Ctx) -> Iterator[Change]:
    """The result of the dots, where there is none yet."""
    if ctx.options["votes"] and "dots" not in ctx.room:
        yield Change("room/dots", _sums(ctx))


def erased(ctx: Ctx) -> Iterator[Change]:
    """What this person gave is taken out of the sums."""
    dots = ctx.own.get("dots", {})
    yield from kit.hearts.erased(ctx)
    if dots:
        yield Change("room/laid", ctx.room["laid"] - sum(dots.values()))
    if "dots" in ctx.room:
        for i, n in dots.items():
            yield Change(f"room/dots/{i}", ctx.room["dots"][int(i)] - n)


def mended(ctx: Ctx) -> Iterator[Change]:
    """The sums as they are in everybody's own part."""
    yield from kit.hearts.mended(ctx)
    for i, n in enumerate(_sums(ctx)[: len(ctx.room.get("dots", []))]):
        yield from kit.put(ctx, f"room/dots/{i}", n)
    if "laid" in ctx.room:
        laid = sum(sum(own.get("dots", {}).values()) for own in ctx.state["own"].values())
        yield from kit.put(ctx, "room/laid", laid)


def _sums(ctx: Ctx) -> list[int]:
    sums = [0] * len(ctx.room["notes"])
    for own in ctx.state["own"].values():
        for i, n in own.get("dots", {}).items():
            sums[int(i)] += int(n)
    return sums
