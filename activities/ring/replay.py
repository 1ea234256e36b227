"""Replay: what went round, shown one chain after the other on one clock.

``room/chains`` [[piece]] are those that have been shown, ``host/queue`` those to come, the next one
last. ``room/at`` {"c", "p", "since", "run"}: chain, piece, and since when; while it runs, each
piece has EACH_MS.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect

EACH_MS: Final = 7_000


def now(room: dict[str, Any], at: int) -> int:
    """Which piece of the chain stands there at that time."""
    told = room["at"]
    on = (at - told["since"]) // EACH_MS if told["run"] else 0
    return int(max(0, min(len(room["chains"][told["c"]]) - 1, told["p"] + max(0, on))))


def forth(ctx: Ctx, whole: bool) -> Iterator[Change]:
    """The next piece, or with the last one, or for the ``whole`` chain, the next chain."""
    room, c = ctx.room, ctx.room["at"]["c"]
    p = now(room, ctx.now)
    if not whole and p + 1 < len(room["chains"][c]):
        yield stands(ctx, c, p + 1, True)
        return
    queue = ctx.state["host"].get("queue", [])
    if c + 1 < len(room["chains"]):
        yield stands(ctx, c + 1, 0, True)
    elif queue:
        yield Change(f"room/chains/{c + 1}", queue[-1])
        yield Change(f"host/queue/{len(queue) - 1}")
        yield stands(ctx, c + 1, 0, True)
    else:
        yield Change("room/phase", "free")


def back(ctx: Ctx) -> Iterator[Change]:
    """The piece before, which then stands still."""
    room, c = ctx.room, ctx.room["at"]["c"]
    p = now(room, ctx.now)
    if p:
        yield stands(ctx, c, p - 1, False)
    elif c:
        yield stands(ctx, c - 1, len(room["chains"][c - 1]) - 1, False)


def stilled(ctx: Ctx, on: bool) -> Iterator[Change]:
    """It stands where it is, or goes on from there."""
    if on == ctx.room["at"]["run"]:
        yield stands(ctx, ctx.room["at"]["c"], now(ctx.room, ctx.now), not on)


def freed(ctx: Ctx) -> Iterator[Change]:
    """All chains are there for everybody to look through."""
    shown = len(ctx.room["chains"])
    for at, chain in enumerate(reversed(ctx.state["host"].get("queue", []))):
        yield Change(f"room/chains/{shown + at}", chain)
    yield Change("host/queue")
    yield Change("room/phase", "free")


def stands(ctx: Ctx, c: int, p: int, run: bool) -> Change:
    """From now on it stands there, or runs on from there."""
    return Change("room/at", {"c": c, "p": p, "since": ctx.now, "run": run})


def shown_by(jam: Activity) -> None:
    """Give the kind what a host does while it is shown."""

    @jam.action(HOST, phase="shown", to=kit.one_of("piece", "chain", "back"))
    def go(ctx: Ctx, to: str) -> Iterator[Effect]:
        """The next piece, the next chain, or one back, on every screen."""
        yield from back(ctx) if to == "back" else forth(ctx, to == "chain")

    @jam.action(HOST, phase="shown", on=kit.boolean(True))
    def still(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Let the replay stand, or run on."""
        yield from stilled(ctx, on)

    @jam.action(HOST, phase="shown")
    def free(ctx: Ctx) -> Iterator[Effect]:
        """Everybody looks through all of it at their own pace."""
        yield from freed(ctx)
