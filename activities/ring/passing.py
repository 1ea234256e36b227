"""Passing: the end of a step. What was made goes on, by the clock, a host, or because all have
handed in; in the last step it is laid down until a host shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.ring import papers, seats, thanks
from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Ctx, Effect

MORE: Final = 30_000
LONGEST: Final = 600_000
"""However often a step gets more time, no more than that is to come."""
AGAIN: Final = 5_000


def counts(own: Any) -> bool:
    """Has this person handed something in? Passes are not counted."""
    mine = own.get("mine") or {}
    return bool(mine.get("done")) and not mine.get("pass")


def missing(ctx: Ctx, but: str = "") -> bool:
    """Is somebody here still at it?"""
    own, here = ctx.state["own"], kit.willing(ctx)
    return any(
        who in here and who != but and not (own.get(who, {}).get("mine") or {}).get("done")
        for who in ctx.state["vault"].get("held", {})
    )


def early(ctx: Ctx) -> Iterator[Effect]:
    """Nobody else is at it any more: the clock need not run to its end."""
    if "left" not in (ctx.room["clock"] or {}) and not missing(ctx, but=ctx.me):
        yield After(1, "strike")


def clock(ctx: Ctx) -> Iterator[Effect]:
    """A fresh clock for a step."""
    yield from kit.bell.wind(ctx, ctx.options["seconds"] * 1000, "strike")


def on_(ctx: Ctx) -> Iterator[Effect]:
    """The next step, or the end of the last one."""
    step, steps = ctx.room["step"] + 1, ctx.room["steps"]
    if ctx.options["form"] == "thanks":
        lines, order = thanks.told(ctx), thanks.circle(ctx)
        passed = {*ctx.state["vault"].get("passed", [])}
        passed |= {w for w, own in ctx.state["own"].items() if (own.get("mine") or {}).get("pass")}
        to = thanks.owed(order, lines, passed, False) if step < thanks.STEPS else {}
        yield Change("vault/lines", lines)
        yield Change("vault/cycle", order)
        yield Change("vault/passed", sorted(passed))
        yield from thanks.given_out(ctx, to)
        goes_on, steps = bool(to), step + 1
    else:
        chains, rings = seats.collected(ctx), seats.seated(ctx)
        last = step >= steps
        held = {} if last else seats.dealt(ctx, rings, chains, step + 1 < steps)
        yield Change("vault/rings", rings)
        yield from papers.passed_on(ctx, held, chains)
        goes_on = bool(held)
    yield Change("room/count", 0)
    if goes_on:
        yield Change("room/step", step)
        yield Change("room/steps", max(steps, ctx.room["steps"]))
        yield from clock(ctx)
    else:
        yield Change("room/phase", "done")
        yield from kit.bell.stop(ctx, "strike")


def clocked(jam: Activity) -> None:
    """Give the kind the end of a step, and what a host does with its clock."""

    @jam.action(CLOCK, phase="pass")
    def strike(ctx: Ctx) -> Iterator[Effect]:
        """The step is over: everything goes on to the next one."""
        if kit.here(ctx):
            yield from on_(ctx)
        else:  # nobody is there to take it
            yield After(AGAIN, "strike")

    @jam.action(HOST, phase="pass")
    def pass_on(ctx: Ctx) -> Iterator[Effect]:
        """Pass everything on now."""
        yield from on_(ctx)

    @jam.action(HOST, phase="pass", on=kit.boolean(True))
    def pause(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Let the clock stand, or run on."""
        yield from kit.bell.hold(ctx, on, "strike")
        if not on and not missing(ctx):
            yield After(1, "strike")

    told = "Half a minute more for this step."
    kit.bell.extendable(jam, "more", "strike", MORE, LONGEST, told, phase="pass")
