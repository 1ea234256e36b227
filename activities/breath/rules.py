"""Breath: being quiet, breathing or dancing together, on one clock, without any words.

Nobody is picked and nothing is kept: whoever has enough goes, and no one is told.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, Final

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Ctx, Effect, Piece

MINUTE: Final = 60_000
LEAD: Final = {"circle": 0, "quiet": 0, "floor": 4_500}
"""Milliseconds until it begins: a dance has a count-in of three seconds, seen by all at once."""
READY: Final = 10_000
"""Before it begins by itself, as in a team without a host."""
LONGEST: Final = 30 * MINUTE

jam = Activity(
    "breath",
    options={
        **kit.question(),
        "form": kit.one_of("circle", "quiet", "floor", default="circle"),
        "minutes": kit.integer(1, 20, default=3),
        "pace": kit.one_of("slow", "even", "quick", default="even"),
        "auto": kit.boolean(False),
    },
)


@jam.start
def start(ctx: Ctx) -> Generator[Effect, None, dict[str, Any]]:
    if ctx.options["auto"]:
        yield After(READY, "opens")
    return {"phase": "ready", "clock": None, "dancing": 0}


@jam.action(HOST, phase=("ready", "over"))
def begin(ctx: Ctx) -> Iterator[Effect]:
    """Begin, for everyone at once."""
    yield from opens(ctx)


@jam.action(CLOCK, phase="ready")
def opens(ctx: Ctx) -> Iterator[Effect]:
    """It begins by itself."""
    lead, ms = LEAD[ctx.options["form"]], ctx.options["minutes"] * MINUTE
    yield Change("room/phase", "run")
    yield After(0, "opens")
    yield from kit.bell.wind(ctx, ms, "ring", lead)


kit.bell.pausable(jam, "ring", "Let it rest for everyone, or go on.")
kit.bell.extendable(jam, "longer", "ring", MINUTE, LONGEST, "A minute more.")


@jam.action(HOST, phase="run")
def finish(ctx: Ctx) -> Iterator[Effect]:
    """End it now, softly: the bell is the same."""
    yield from ring(ctx)


@jam.action(on=kit.boolean(True))
def dance(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """I am dancing; or no more. Everyone sees how many, and nobody who."""
    if on and "dance" not in ctx.own:
        yield Change(f"own/{ctx.me}/dance", True)
        yield Change("room/dancing", ctx.room["dancing"] + 1)
    if not on and "dance" in ctx.own:
        yield Change(f"own/{ctx.me}/dance")
        yield Change("room/dancing", ctx.room["dancing"] - 1)


@jam.action(CLOCK, phase="run")
def ring(ctx: Ctx) -> Iterator[Effect]:
    """The time is over: the bell, and nothing closes."""
    yield Change("room/phase", "over")
    yield from kit.bell.stop(ctx, "ring")


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from dance(ctx, False)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """As many dance as said so."""
    dancing = sum("dance" in own for own in ctx.state["own"].values())
    yield from kit.put(ctx, "room/dancing", dancing)


@jam.heard
def heard(room: Any, options: Any, people: Any) -> tuple[()] | None:
    """Nobody while we are quiet or breathe; a dance may be loud, and so may a rest."""
    calm = options["form"] != "floor" and room["phase"] == "run" and kit.clock.runs(room)
    return () if calm else None


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """A quiet minute leaves nothing, and that is what it is for."""
    yield from ()
