"""Leading: one person's voice, which the others sing with; and applause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server import kit
from server.kit import Activity, Change, Ctx, Effect, Refusal

HEARTS: Final = 30


def leading(jam: Activity) -> None:
    """Give the kind its leader and its hearts."""

    @jam.action(on=kit.boolean(True))
    def lead(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """I lead with my voice, or no longer; a host may end it for somebody."""
        kit.only(ctx, "lyrics", "echo")
        leader = ctx.room["leader"]
        if on and leader not in ("", ctx.me):
            raise Refusal("led")
        if on and not leader:
            yield Change("room/leader", ctx.me)
        if not on and leader and (leader == ctx.me or ctx.role == "host"):
            yield Change("room/leader", "")

    @jam.action(phase=("run", "done"))
    def heart(ctx: Ctx) -> Iterator[Effect]:
        """Applause: a heart for whoever sings."""
        kit.only(ctx, "lyrics", "echo")
        mine = ctx.own.get("hearts", 0)
        if mine >= HEARTS:
            raise Refusal("hearts_full", max=HEARTS)
        yield Change(f"own/{ctx.me}/hearts", mine + 1)
        yield Change("room/hearts", ctx.room["hearts"] + 1)


def mended(ctx: Ctx) -> Iterator[Effect]:
    """Hearts are as many as people have given."""
    given = sum(own.get("hearts", 0) for own in ctx.state["own"].values())
    yield from kit.put(ctx, "room/hearts", given)
