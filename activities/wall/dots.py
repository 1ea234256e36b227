"""Dots: hearts, which everybody sees grow, and dot votes, which a host shows all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.wall.paper import place, seen
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal

HEARTS: Final = 200


def hearts(jam: Activity) -> None:
    """Give the wall its hearts."""

    @jam.action(phase="shown", i=place, on=kit.boolean(True))
    def heart(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
        """Give a heart, or take it back."""
        given = ctx.own.get("hearts", {})
        if on == (str(i) in given):
            return
        if on:
            seen(ctx, i)
            if not ctx.options["hearts"]:
                raise Refusal("not_now")
            if len(given) >= HEARTS:
                raise Refusal("hearts_full", max=HEARTS)
            yield Change(f"own/{ctx.me}/hearts/{i}", True)
        else:
            yield Change(f"own/{ctx.me}/hearts/{i}")
        yield from _added(ctx, "hearts", {i: 1 if on else -1})


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
        yield Change("room/dots", _sums(ctx, "dots"))


def erased(ctx: Ctx) -> Iterator[Change]:
    """What this person gave is taken out of the sums."""
    dots = ctx.own.get("dots", {})
    yield from _added(ctx, "hearts", {int(i): -1 for i in ctx.own.get("hearts", {})})
    if dots:
        yield Change("room/laid", ctx.room["laid"] - sum(dots.values()))
    if "dots" in ctx.room:
        yield from _added(ctx, "dots", {int(i): -n for i, n in dots.items()})


def mended(ctx: Ctx) -> Iterator[Change]:
    """The sums as they are in everybody's own part."""
    if "hearts" in ctx.room:
        yield from _corrected(ctx, "hearts")
    if "dots" in ctx.room:
        yield from _corrected(ctx, "dots")
    laid = sum(sum(own.get("dots", {}).values()) for own in ctx.state["own"].values())
    if "laid" in ctx.room and laid != ctx.room["laid"]:
        yield Change("room/laid", laid)


def _added(ctx: Ctx, key: str, by: dict[int, int]) -> Iterator[Change]:
    """Sums grow; the list is as long as it has to be."""
    sums = list(ctx.room.get(key, []))
    if by and max(by) >= len(sums):
        fresh = sums + [0] * (len(ctx.room["notes"]) - len(sums))
        for i, n in by.items():
            fresh[i] += n
        yield Change(f"room/{key}", fresh)
        return
    for i, n in by.items():
        yield Change(f"room/{key}/{i}", sums[i] + n)


def _sums(ctx: Ctx, key: str) -> list[int]:
    sums = [0] * len(ctx.room["notes"])
    for own in ctx.state["own"].values():
        for i, n in own.get(key, {}).items():
            sums[int(i)] += int(n)
    return sums


def _corrected(ctx: Ctx, key: str) -> Iterator[Change]:
    there: Any = ctx.room[key]
    for i, n in enumerate(_sums(ctx, key)[: len(there)]):
        if n != there[i]:
            yield Change(f"room/{key}/{i}", n)
