"""Bringing: what one would teach, and the others wish to see more of; or what one would play on,
and whoever conducts lights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.round import order
from server import kit
from server.kit import TURN, Activity, Change, Ctx, Effect, Refusal, turns

BROUGHT: Final = 200
OBJECT: Final = 40
"""Characters of what somebody would play on."""


def bringing(jam: Activity) -> None:
    """Give the kind what belongs to teaching and to conducting."""

    @jam.action(text=kit.text(60, empty=True))
    def bring(ctx: Ctx, text: str) -> Iterator[Effect]:
        """What I would teach, or what I would play on; an empty text takes it back."""
        form = kit.only(ctx, "teach", "conduct", code="other_form")
        if form == "conduct" and len(text) > OBJECT:
            raise Refusal("too_long", max=OBJECT, field="text")
        brought = ctx.room["brought"]
        at = next((i for i, one in enumerate(brought) if one["by"] == ctx.me), len(brought))
        if at >= BROUGHT:
            raise Refusal("full")
        if text or at < len(brought):
            yield Change(f"room/brought/{at}", {"by": ctx.me, "text": text})
        if form == "teach" and not text and turns.whose(ctx.room) != ctx.me:
            yield from order.leave(ctx)
        elif form == "teach" and not ctx.own.get("out"):
            yield from order.enter(ctx, brings=bool(text))

    @jam.action(TURN, phase="run", i=kit.integer(0, BROUGHT - 1), on=kit.boolean(True))
    def light(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
        """Conduct: light the one who plays, or let them rest."""
        kit.only(ctx, "conduct", code="other_form")
        if on != kit.thing(ctx, "brought", i, "no_tile").get("on", False):
            yield Change(f"room/brought/{i}/on", on)

    @jam.action(phase="run")
    def wish(ctx: Ctx) -> Iterator[Effect]:
        """Show me more: one tap a turn, and nobody sees whose."""
        kit.only(ctx, "teach", code="other_form")
        if ctx.own.get("wish") != ctx.room["n"] and turns.whose(ctx.room) != ctx.me:
            yield Change(f"own/{ctx.me}/wish", ctx.room["n"])
            yield Change("room/more", ctx.room["more"] + 1)


def erased(ctx: Ctx) -> Iterator[Change]:
    """My wish in this turn counts no more."""
    if ctx.own.get("wish") == ctx.room["n"] and ctx.room["more"]:
        yield Change("room/more", ctx.room["more"] - 1)


def mended(ctx: Ctx) -> Iterator[Change]:
    """As many ask for more as did in this turn."""
    if ctx.room["n"]:
        more = sum(own.get("wish") == ctx.room["n"] for own in ctx.state["own"].values())
        yield from kit.put(ctx, "room/more", more)
