"""A ring: pass it on. Something goes from hand to hand, and at the end everybody sees its way.

What is made reaches the next one by the clock, at the end of a step. Whoever is away, late, passes
or sits out is skipped; an empty piece is never passed on. Nobody has to take part, and nobody can
see who does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.ring import (
    handing,
    kept,
    making,
    opening,
    passing,
    replay,
    seats,
    showing,
    thanks,
)
from server import kit
from server.kit import Activity, Ctx, Effect, Piece

jam = Activity(
    "ring",
    options={
        **kit.question(),
        "form": kit.one_of("telephone", "chain", "story", "thanks", "placed", default="telephone"),
        "shown": kit.one_of("all", "private", default="all"),
        "named": kit.boolean(False),
        "seconds": kit.integer(20, 180, default=60),
        "steps": kit.integer(2, 7, default=5),
        "least": kit.integer(2, 8, default=5),
        "most": kit.integer(2, 12, default=7),
    },
    sealed=True,
    refusals={
        "few": "It takes two to pass something on.",
        "moved": "It has gone on already, with what was on it by then.",
        "nothing": "There is nothing on this page yet.",
        "paper_full": "This paper is full.",
        "bad_points": "This stroke could not be read.",
        "no_piece": "There is no such piece.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    return {"phase": "ready", "step": 0, "steps": 0, "count": 0, "clock": None}


opening.opening(jam)
making.making(jam)
handing.handing(jam)
passing.clocked(jam)
showing.showing(jam)
replay.shown_by(jam)


@jam.away
def away(ctx: Ctx) -> Iterator[Effect]:
    if ctx.room["phase"] == "pass" and "job" in ctx.own:
        yield from passing.early(ctx)


@jam.reveal
def reveal(ctx: Ctx) -> Iterator[Effect]:
    """All of it at once, for there is no time left to go through it one by one."""
    if ctx.room["phase"] in ("pass", "done") and showing.ways(ctx):
        yield from showing.shown(ctx, True)
    elif ctx.room["phase"] == "shown":
        yield from replay.freed(ctx)


@jam.close
def close(ctx: Ctx) -> Iterator[Effect]:
    """What a host has begun to show is kept whole, also if there was no time for all of it."""
    if ctx.room["phase"] == "shown":
        yield from replay.freed(ctx)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    """Nothing of theirs goes on. What was shown unsigned belongs to nobody any more."""
    vault, gone = ctx.state["vault"], [ctx.me]
    if "cycle" in vault:
        gone += [who for who, to in vault["held"].items() if to == ctx.me and who != ctx.me]
        yield from thanks.without(ctx, ctx.me)
    else:
        yield from seats.without(ctx, ctx.me)
    yield from showing.without(ctx, ctx.me)
    yield from handing.erased(ctx, gone)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    yield from handing.mended(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """Each chain as a line, or as the pictures of its story."""
    yield from kept.kept(room, names)
