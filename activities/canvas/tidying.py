"""Tidying: hosts put one person's marks away, lay a fresh sheet on the shared paper, or lock it."""

from __future__ import annotations

from collections.abc import Iterator

from activities.canvas.paper import HIDDEN, seen, shared
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Refusal


def declare(jam: Activity) -> None:
    """What hosts do on the shared paper."""

    @jam.action(by=HOST, who=kit.text(64), on=kit.boolean(True))
    def hide(ctx: Ctx, who: str, on: bool) -> Iterator[Change]:
        """Put one person's marks away, or bring them back; works for people who have left, too."""
        hidden = shared(ctx)["hidden"]
        if on == (who in hidden):
            return
        if not on:
            yield Change(f"room/hidden/{who}")
            yield seen(ctx, hidden={key: True for key in hidden if key != who})
        elif who not in ctx.people and not any(its[0] == who for its in ctx.room["marks"]):
            raise Refusal("nobody")
        elif len(hidden) >= HIDDEN:
            raise Refusal("hidden_full")
        else:
            yield Change(f"room/hidden/{who}", True)
            yield seen(ctx, hidden={**hidden, who: True})

    @jam.action(by=HOST)
    def clear(ctx: Ctx) -> Iterator[Change]:
        """A fresh sheet for everyone; `unclear` brings the last one back."""
        at, was = len(shared(ctx)["marks"]), ctx.room["clear"]
        if at == was:
            return
        yield Change("room/clear", at)
        yield Change("host/before", was)
        yield seen(ctx, clear=at)

    @jam.action(by=HOST)
    def unclear(ctx: Ctx) -> Iterator[Change]:
        """The sheet before the last clear comes back, below what was drawn since."""
        shared(ctx)
        if (before := ctx.state["host"].get("before")) is None:
            return
        yield Change("room/clear", before)
        yield Change("host/before")
        yield seen(ctx, clear=before)

    @jam.action(by=HOST, on=kit.boolean(True))
    def lock(ctx: Ctx, on: bool) -> Iterator[Change]:
        """While locked, only hosts draw."""
        if on != shared(ctx)["lock"]:
            yield Change("room/lock", on)
