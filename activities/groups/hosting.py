"""Hosting: hosts begin a round, lead it from stage to stage and bring everybody back; so does the
clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server import kit
from server.kit import HOST, Activity, After, Change, Ctx, Effect, Refusal

from . import drawing, forms
from .floor import PARTS, takers

ROUNDS: Final = 12
MOST_MS: Final = 60 * 60_000


def hosting(jam: Activity) -> None:
    """Give the kind its rounds."""

    @jam.action(HOST, phase=("gather", "home"))
    def begin(ctx: Ctx) -> Iterator[Effect]:
        """Begin the next round: everybody is moved into a group."""
        if ctx.room["round"] >= ROUNDS:
            raise Refusal("rounds_over", max=ROUNDS)
        if len(takers(ctx)) < 2:
            raise Refusal("too_few")
        yield Change("room/round", ctx.room["round"] + 1)
        yield Change("room/stage", 0)
        yield Change("room/said", None)
        yield Change("room/walk")
        yield from _timed(ctx, 0)
        if ctx.options["form"] == "merge":
            yield Change("room/phase", "solo")
        else:
            yield from drawing.drawn(ctx)

    @jam.action(HOST, phase=("solo", "out"))
    def on(ctx: Ctx) -> Iterator[Effect]:
        """Go on to the next stage; after the last one all come back. The clock does it, too."""
        form, stage = ctx.options["form"], ctx.room["stage"] + 1
        if form == "clinic" and stage < forms.TURNS * PARTS:
            yield Change("room/stage", stage)
            yield from _timed(ctx, stage)
        elif form == "merge" and stage == 1 and len(takers(ctx)) > 1:
            yield Change("room/stage", stage)
            yield from _timed(ctx, stage)
            yield from drawing.drawn(ctx)
        elif form == "merge" and stage == 2 and len({*ctx.room["team"].values()}) > 1:
            yield Change("room/stage", stage)
            yield from _timed(ctx, stage)
            yield from drawing.merged(ctx)
        else:
            yield from ended(ctx)

    @jam.action(HOST, phase=("solo", "out"))
    def home(ctx: Ctx) -> Iterator[Effect]:
        """Bring everybody back now."""
        yield from ended(ctx)

    told = "A minute more for all groups; an hour at most."
    kit.bell.extendable(jam, "more", "on", 60_000, MOST_MS, told, phase=("solo", "out"))

    @jam.action(HOST, text=kit.text(200, empty=True))
    def tell(ctx: Ctx, text: str) -> Iterator[Effect]:
        """Say something to all groups; nothing takes it away."""
        yield Change("room/said", {"by": ctx.me, "text": text, "at": ctx.now} if text else None)


def ended(ctx: Ctx) -> Iterator[Effect]:
    """Everybody is back, and no clock waits any more."""
    yield from forms.home(ctx)
    yield After(0, "on")
    yield After(0, "settle")
    if ctx.state["vault"].get("looks"):
        yield Change("vault/looks")


def _timed(ctx: Ctx, stage: int) -> Iterator[Effect]:
    yield from kit.bell.wind(ctx, forms.length(ctx, stage), "on")
