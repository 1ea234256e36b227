"""Guiding: a host begins, lets all stand still, goes to a step, and ends; or each goes on alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.steps.sequences import calls, own_pace, times
from server import kit
from server.kit import CLOCK, HOST, Activity, Change, Ctx, Effect, Refusal

LEAD_MS: Final = 4_000


def guiding(jam: Activity) -> None:
    """Give the kind its steps, by one clock or at one's own pace."""

    @jam.action(HOST, phase=("ready", "done"))
    def begin(ctx: Ctx) -> Iterator[Effect]:
        """Begin, or begin anew: the first step comes after a short while."""
        if not ctx.room["steps"]:
            raise Refusal("no_steps")
        for who, own in sorted(ctx.state["own"].items()):
            for key in ("at", "found"):
                if key in own:
                    yield Change(f"own/{who}/{key}")
        room = dict(ctx.room)
        if ctx.options["sequence"] == "blue":
            if room["phase"] == "done":
                yield Change("room/steps", calls(ctx))
            yield Change("room/found", [0] * len(room["steps"]))
        if ctx.options["sequence"] == "rain":
            room["sections"] = max(1, min(ctx.options["sections"], len(kit.here(ctx))))
            yield Change("room/sections", room["sections"])
        yield Change("room/phase", "run")
        if not own_pace(ctx.options):
            yield from kit.bell.wind(ctx, sum(times(room)), "finish", LEAD_MS)

    kit.bell.pausable(jam, "finish", "Let the clock stand for everyone, or run on.")

    @jam.action(HOST, phase="run", to=kit.integer(0, 15))
    def go(ctx: Ctx, to: int) -> Iterator[Effect]:
        """Go to a step, for everyone."""
        each = times(ctx.room)
        if not ctx.room["clock"] or to >= len(each):
            raise Refusal("no_step")
        yield from kit.bell.move(ctx, sum(each[:to]), "finish")

    @jam.action(CLOCK, phase="run")
    def finish(ctx: Ctx) -> Iterator[Effect]:
        """The last step is over."""
        yield from finished(ctx)

    @jam.action(HOST, phase="run")
    def end(ctx: Ctx) -> Iterator[Effect]:
        """End it here, for everyone."""
        yield from finished(ctx)

    @jam.action(phase="run", to=kit.integer(0, 15))
    def step(ctx: Ctx, to: int) -> Iterator[Effect]:
        """At one's own pace: where I am. Nobody else sees it."""
        if ctx.room["clock"] or to > len(ctx.room["steps"]):
            raise Refusal("no_step")
        if to != ctx.own.get("at", 0):
            yield Change(f"own/{ctx.me}/at", to)


def finished(ctx: Ctx) -> Iterator[Effect]:
    """It is over, and the clock is off the wall."""
    yield Change("room/phase", "done")
    yield from kit.bell.stop(ctx, "finish")
