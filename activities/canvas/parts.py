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
from server import kit
from server.kit import CLOCK, HOST, After, Change, Ctx, Effect, stroke
from server.kit.willing import MARK as OUT

THREE: Final = 3
EDGE: Final = stroke.HIGH * 92 // 100
"""From this height on, what one draws is seen by the next: the join."""
JOIN: Final = 60
"""Marks of a join, the latest ones."""
BEAT: Final = 400


def sizes(many: int) -> list[int]:
    """Threes, and pairs where threes do not come out even; one alone is one."""
    if many < THREE:
        return [many] if many else []
    whole, rest = divmod(many, THREE)
    if rest == 1:
        return [THREE] * (whole - 1) + [2, 2]
    return [THREE] * whole + ([2] if rest else [])


def teams(ctx: Ctx) -> list[list[str]]:
    """Who draws with whom, from the top down; "" is a place that somebody left."""
    return [[*team] for team in ctx.state["vault"].get("teams") or []]


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
    yield from _told(made)
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
    yield from _seat(ctx)


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
        yield from _left(ctx)
    if on:
        yield from counted(ctx, {**ctx.own, OUT: True})


def joined(ctx: Ctx) -> Iterator[Effect]:
    """In a team that was asked before, nobody is asked again."""
    if not ctx.options["ask"] and ctx.room["phase"] == "collect" and "part" not in ctx.own:
        screen = ctx.people.get(ctx.me, {}).get("role") == "screen"
        if not screen and OUT not in ctx.own:
            yield from _seat(ctx)


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
    yield from _left(ctx)


def _join(marks: list[Any]) -> list[Any]:
    """The ends of marks that reach the edge."""
    found: list[Any] = []
    for ink, width, shape, points in reversed(marks):
        if len(found) < JOIN and (cut := stroke.below(points, EDGE)):
            found.append([ink, width, shape, cut])
    return found[::-1]


def _with(ctx: Ctx, who: str) -> tuple[list[list[str]], str]:
    """The teams once somebody has come, and whose empty place that was."""
    all_ = teams(ctx)
    own = ctx.state["own"]
    for team in all_:
        for at, other in enumerate(team):
            gone = not other or not (ctx.people.get(other, {}).get("here"))
            if gone and not (own.get(other) or {}).get("marks"):
                team[at] = who
                return all_, other
    small = [team for team in all_ if len(team) < THREE]
    if small:
        ctx.rng.choice(small).append(who)
        return all_, ""
    return [*all_, [who]], ""


def _seat(ctx: Ctx) -> Iterator[Change]:
    all_, other = _with(ctx, ctx.me)
    if "part" in (ctx.state["own"].get(other) or {}):
        yield Change(f"own/{other}/part")
    yield from _told(all_, ctx.me)


def _left(ctx: Ctx) -> Iterator[Change]:
    all_ = teams(ctx)
    for team in all_:
        if ctx.me in team:
            at = team.index(ctx.me)
            team[at] = ""
            yield Change("vault/teams", all_)
            after = team[at + 1] if at + 1 < len(team) else ""
            if (ctx.state["own"].get(after) or {}).get("join"):
                yield Change(f"own/{after}/join", [])


def _told(all_: list[list[str]], only: str = "") -> Iterator[Change]:
    """Everybody learns which part is theirs; with `only`, the team of that person."""
    yield Change("vault/teams", all_)
    for team in all_:
        if only and only not in team:
            continue
        for at, who in enumerate(team):
            if who:
                yield Change(f"own/{who}/part", {"at": at, "of": len(team)})
