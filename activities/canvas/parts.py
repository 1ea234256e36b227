"""Creatures in parts: each draws a top, a middle or a bottom, and sees of the part above only the
edge where it goes on. Who draws with whom is nobody's to know: it lies in `vault/teams`.

Whoever taps "not this one" is in no creature and draws a sheet that stays with them; nobody can
tell who did.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from activities.canvas.jam import jam, mode
from activities.canvas.own import counted, wind
from activities.canvas.teams import left, seat, sizes, teams, told
from server import kit
from server.kit import CLOCK, HOST, After, Change, Ctx, Effect, stroke
from server.kit.willing import MARK as OUT

EDGE: Final = stroke.HIGH * 92 // 100
"""From this height on, what one draws is seen by the next: the join."""
JOIN: Final = 60
"""Marks of a join, the latest ones."""
BEAT: Final = 400


def seated(ctx: Ctx) -> bool:
    """May this person draw: a part of a creature, or a sheet that stays with them?"""
    return "part" in ctx.own or bool(ctx.own.get(OUT))


@jam.action(HOST, phase="gather")
def begin(ctx: Ctx) -> Iterator[Effect]:
    """Put people together in threes by chance; whoever tapped "not this one" is left alone."""
    order = ctx.rng.shuffled(kit.willing(ctx))
    made = []
    for size in sizes(len(order)):
        made.append([order.pop() for _ in range(size)])
    yield from told(made)
    yield Change("room/phase", "collect")
    yield from wind(ctx)


@jam.action(phase="collect")
def come(ctx: Ctx) -> Iterator[Effect]:
    """Come along after the beginning: a free part, else a third for two, else a new creature."""
    if mode(ctx) != "parts" or "part" in ctx.own:
        return
    if OUT in ctx.own:
        yield from kit.marked(ctx, False)
        yield from counted(ctx, {k: v for k, v in ctx.own.items() if k != OUT})
    yield from seat(ctx)


@jam.action(phase=("gather", "collect"), on=kit.boolean(True))
def sit(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """Not this one for me; or: pick me again."""
    if mode(ctx) != "parts":
        return
    yield from kit.marked(ctx, on)
    if on and "part" in ctx.own:
        yield Change(f"own/{ctx.me}/part")
        if "join" in ctx.own:
            yield Change(f"own/{ctx.me}/join")
        yield from left(ctx)
    if on:
        yield from counted(ctx, {**ctx.own, OUT: True})


def joined(ctx: Ctx) -> Iterator[Effect]:
    """In a team that was asked before, nobody is asked again."""
    if not ctx.options["ask"] and ctx.room["phase"] == "collect" and "part" not in ctx.own:
        screen = ctx.people.get(ctx.me, {}).get("role") == "screen"
        if not screen and OUT not in ctx.own:
            yield from seat(ctx)


def touched(ctx: Ctx) -> Iterator[Effect]:
    """My part has changed: in a moment the next one sees how it ends."""
    yield After(BEAT, "pass_on")


@jam.action(CLOCK, phase="collect")
def pass_on(ctx: Ctx) -> Iterator[Effect]:
    """Each sees of the part above what goes over its edge, and nothing else."""
    own = ctx.state["own"]
    for team in teams(ctx):
        for above, below in pairwise(team):
            if below not in own:
                continue
            now = _join((own.get(above) or {}).get("marks") or [])
            if now != (own[below].get("join") or []):
                yield Change(f"own/{below}/join", now)


def creatures(ctx: Ctx) -> list[dict[str, Any]]:
    """What the teams have drawn, from top to bottom."""
    own = ctx.state["own"]
    made = []
    for team in teams(ctx):
        parts = [(own.get(who) or {}).get("marks") or [] for who in team]
        if any(parts):
            made.append({"marks": [], "parts": parts})
    return made


def erase(ctx: Ctx) -> Iterator[Change]:
    """My place in a creature is free, and what was seen of my edge goes."""
    yield from left(ctx)


def _join(marks: list[Any]) -> list[Any]:
    """The ends of marks that reach the edge."""
    found: list[Any] = []
    for ink, width, shape, points in reversed(marks):
        if len(found) < JOIN and (cut := stroke.below(points, EDGE)):
            found.append([ink, width, shape, cut])
    return found[::-1]
