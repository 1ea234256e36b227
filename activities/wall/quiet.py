"""Quiet: notes that nobody sees yet, until all of them are hung up at once, in chance order.

They lie at ``own/<member>/held``; `room/count` says how many there are, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.wall.paper import EACH, MOST, fields, written
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Forget, Refusal


def quiet(jam: Activity) -> None:
    """Let people write before anything hangs."""

    @jam.action(phase="quiet", k=kit.optional(kit.integer(0, EACH - 1)), **fields)
    def write(ctx: Ctx, k: int | None, **paper: Any) -> Iterator[Effect]:
        """Write a note that nobody sees yet, or change my k-th."""
        held = list(ctx.own.get("held", []))
        note = written(ctx, **paper)
        if k is not None:
            if k >= len(held):
                raise Refusal("no_note")
            yield Change(f"own/{ctx.me}/held/{k}", note)
            return
        if len(held) >= EACH:
            raise Refusal("enough", max=EACH)
        if ctx.room["count"] >= MOST:
            raise Refusal("wall_full")
        yield Change(f"own/{ctx.me}/held", [*held, note])
        yield Change("room/count", ctx.room["count"] + 1)

    @jam.action(phase="quiet", k=kit.integer(0, EACH - 1))
    def unwrite(ctx: Ctx, k: int) -> Iterator[Effect]:
        """Take the k-th of my notes back, which nobody has seen."""
        held = list(ctx.own.get("held", []))
        if k >= len(held):
            raise Refusal("no_note")
        yield Change(f"own/{ctx.me}/held", held[:k] + held[k + 1 :])
        yield Change("room/count", ctx.room["count"] - 1)

    @jam.action(HOST, phase="quiet")
    def show(ctx: Ctx) -> Iterator[Effect]:
        """Show all notes at once, in chance order."""
        yield from shown(ctx)


def shown(ctx: Ctx) -> Iterator[Effect]:
    """All of them hang; whose they are is forgotten, unless something needs it longer."""
    given = kit.held.given(ctx, "held")
    order = kit.held.mixed(ctx, [{"note": n, "who": who} for who, held in given for n in held])
    yield Change("room/notes", [one["note"] for one in order])
    yield Change("room/phase", "shown")
    yield Change("room/count")
    for who, _ in given:
        yield Change(f"own/{who}/held")
        yield Change(f"own/{who}/notes", [i for i, one in enumerate(order) if one["who"] == who])
    if not ctx.options["can"] and not ctx.options["score"]:
        yield Forget()


def erased(ctx: Ctx) -> Iterator[Change]:
    """Mine count no more."""
    if ctx.room["phase"] == "quiet" and ctx.own.get("held"):
        yield Change("room/count", ctx.room["count"] - len(ctx.own["held"]))


def mended(ctx: Ctx) -> Iterator[Change]:
    """As many as there are; on a wall that is shown nothing is counted any more."""
    if ctx.room["phase"] == "quiet":
        held = sum(len(own.get("held", [])) for own in ctx.state["own"].values())
        yield from kit.put(ctx, "room/count", held)
    elif "count" in ctx.room:
        yield Change("room/count")
