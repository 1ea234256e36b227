"""Finding: something is called, and whoever has found it taps; everybody sees how many."""

from __future__ import annotations

from collections.abc import Iterator

from server import kit
from server.kit import Activity, Change, Ctx, Effect, Refusal


def finding(jam: Activity) -> None:
    """Give the kind its finds."""

    @jam.action(phase=("run", "done"), i=kit.integer(0, 7))
    def found(ctx: Ctx, i: int) -> Iterator[Effect]:
        """I have found it. A call that is over counts, too."""
        if i >= len(ctx.room["found"]):
            raise Refusal("no_step")
        if str(i) not in ctx.own.get("found", {}):
            yield Change(f"own/{ctx.me}/found/{i}", True)
            yield Change(f"room/found/{i}", ctx.room["found"][i] + 1)


def erased(ctx: Ctx) -> Iterator[Effect]:
    """My finds count no more."""
    for i in ctx.own.get("found", {}):
        yield Change(f"room/found/{i}", ctx.room["found"][int(i)] - 1)


def mended(ctx: Ctx) -> Iterator[Effect]:
    """As many as have found it."""
    owns = list(ctx.state["own"].values())
    calls = range(len(ctx.room["found"]))
    sums = [sum(str(i) in own.get("found", {}) for own in owns) for i in calls]
    yield from kit.put(ctx, "room/found", sums)
