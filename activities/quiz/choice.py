"""Choices: a poll, would you rather, or a place on a line between two ends.

What people choose is held until a host shows how it fell, unless the card wants everybody to see
the sums grow. Once it is shown, a choice belongs to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from activities.quiz import asked, line
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Piece, Refusal


def fresh(ctx: Ctx) -> dict[str, Any]:
    room = {"phase": "collect", "count": 0, "round": 0, "choices": asked.named(ctx)}
    return {**room, **asked.opened(ctx)}


def declare(jam: Activity) -> None:
    """Choosing, and the show."""

    @jam.action(phase=("collect", "shown"), at=kit.integer(0, 100))
    def choose(ctx: Ctx, at: int) -> Iterator[Effect]:
        """Choose one, or another: its number, or a place on the line."""
        if not line.drawn(ctx) and at >= asked.many(ctx):
            raise Refusal("not_a_choice", field="at")
        if ctx.room["phase"] == "collect":
            yield from kit.held.give(ctx, at)
            yield from _counted(ctx, ctx.own.get("pick"), at)
        elif line.drawn(ctx):
            yield from line.dotted(ctx, at)
        else:
            yield from _counted(ctx, ctx.own.get("added"), at)
            yield Change(f"own/{ctx.me}/added", at)

    @jam.action(phase=("collect", "shown"))
    def withdraw(ctx: Ctx) -> Iterator[Effect]:
        """Take my choice back; after the show, the one that I added late."""
        yield from gone(ctx)

    @jam.action(HOST, phase="collect")
    def show(ctx: Ctx) -> Iterator[Effect]:
        """Show how all of it fell; who chose what is forgotten here and in store."""
        yield from shown(ctx)


def shown(ctx: Ctx) -> Iterator[Effect]:
    """All dots of a line in chance order, or how many chose what."""
    if line.drawn(ctx):
        yield from kit.held.shown(ctx, "dots", [at for _, at in kit.held.given(ctx)])
    else:
        yield from kit.held.summed("sums", asked.sums(ctx))


def passed(ctx: Ctx) -> Iterator[Effect]:
    """What I hold is taken back."""
    yield from kit.held.take(ctx)
    if "pick" in ctx.own:
        yield from _counted(ctx, ctx.own["pick"], None)


def gone(ctx: Ctx) -> Iterator[Effect]:
    """All of mine is taken back: what I hold, and what I added late."""
    yield from passed(ctx)
    if "added" in ctx.own:
        yield Change(f"own/{ctx.me}/added")
        if "dots" in ctx.room:
            yield from line.taken(ctx)
        else:
            yield from _counted(ctx, ctx.own["added"], None)


def mended(ctx: Ctx) -> Iterator[Effect]:
    """Sums are of what people hold."""
    if ctx.room["phase"] == "collect":
        yield from kit.held.counted(ctx)
        if "sums" in ctx.room:
            yield from kit.put(ctx, "room/sums", asked.sums(ctx))


def told(room: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Piece]:
    """How it fell."""
    if room.get("phase") == "shown" and "sums" in room:
        yield from asked.told(room)
    if room.get("phase") == "shown" and "dots" in room:
        yield from line.told(room)


def _counted(ctx: Ctx, old: int | None, new: int | None) -> Iterator[Change]:
    """Where everybody sees the sums, they say so at once."""
    if "sums" in ctx.room:
        yield from kit.tally.moved(ctx, "sums", old, new)
