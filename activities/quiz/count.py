"""Counting to twenty: whoever likes says the next number; two at once begin again from one.

Which taps are at once is decided by log time alone, so that it is the same for everyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Piece, Refusal, Table


def fresh(ctx: Ctx) -> dict[str, Any]:
    return {"phase": "count", "n": 0, "best": 0, "two": False, "at": 0}


def declare(jam: Activity) -> None:
    """The actions of this game."""

    @jam.action(phase="count")
    def tap(ctx: Ctx) -> Iterator[Effect]:
        """Say the next number."""
        room, last = ctx.room, ctx.state["vault"].get("last", "")
        soon = ctx.now - room["at"] <= ctx.options["window"]
        if room["two"] and soon:
            return  # a third one at once: back to one is far enough
        if last == ctx.me and len(kit.here(ctx)) > 1:
            raise Refusal("again")
        yield Change("room/at", ctx.now)
        if last and last != ctx.me and soon and room["n"]:
            yield Change("room/n", 0)
            yield Change("room/two", True)
            yield Change("vault/last")
            return
        n = room["n"] + 1
        yield Change("room/n", n)
        yield Change("room/two", False)
        yield Change("vault/last", ctx.me)
        yield Change(f"own/{ctx.me}/mine", n)
        if n > room["best"]:
            yield Change("room/best", n)
        if n >= ctx.options["goal"]:
            yield Change("room/phase", "done")

    @jam.action(HOST, phase=("count", "done"))
    def again(ctx: Ctx) -> Iterator[Effect]:
        """Begin again from one; what was reached stays."""
        yield Change("room/phase", "count")
        yield Change("room/n", 0)
        yield Change("room/two", False)
        yield Change("room/at", 0)
        if "last" in ctx.state["vault"]:
            yield Change("vault/last")


def gone(ctx: Ctx) -> Iterator[Change]:
    """Numbers know nobody; only the last one does, for a moment."""
    if ctx.state["vault"].get("last") == ctx.me:
        yield Change("vault/last")


def told(room: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Piece]:
    """How far we counted."""
    if room.get("best"):
        yield Table("counted", ("best",), [(room["best"],)])
