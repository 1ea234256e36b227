"""Teams: who draws one creature together, from the top down.

It lies in `vault/teams` and is nobody's to know; everybody is told which part is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server.kit import Change, Ctx

THREE: Final = 3


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


def seat(ctx: Ctx) -> Iterator[Change]:
    """Somebody comes into a team."""
    all_, other = _with(ctx, ctx.me)
    if "part" in (ctx.state["own"].get(other) or {}):
        yield Change(f"own/{other}/part")
    yield from told(all_, ctx.me)


def left(ctx: Ctx) -> Iterator[Change]:
    """My place is empty, and what was seen of my edge goes."""
    all_ = teams(ctx)
    for team in all_:
        if ctx.me in team:
            at = team.index(ctx.me)
            team[at] = ""
            yield Change("vault/teams", all_)
            after = team[at + 1] if at + 1 < len(team) else ""
            if (ctx.state["own"].get(after) or {}).get("join"):
                yield Change(f"own/{after}/join", [])


def told(all_: list[list[str]], only: str = "") -> Iterator[Change]:
    """Everybody learns which part is theirs; with `only`, the team of that person."""
    yield Change("vault/teams", all_)
    for team in all_:
        if only and only not in team:
            continue
        for at, who in enumerate(team):
            if who:
                yield Change(f"own/{who}/part", {"at": at, "of": len(team)})
