"""Having a turn: pass, go later, sit out, or write instead of speaking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.round import order
from activities.round.hosting import RUN
from server import kit
from server.kit import TURN, Activity, Change, Ctx, Effect, Refusal, turns

LATER: Final = 2
"""How often one may go behind the others in a round."""
READ: Final = 20_000
"""Milliseconds in which a text is read."""
SAID, EACH = 200, 5
"""Texts of a round, and of one person."""


def having(jam: Activity) -> None:
    """Give the kind what everybody does with a turn."""

    @jam.action(TURN, phase="run")
    def pass_(ctx: Ctx) -> Iterator[Effect]:
        """Pass, or be done: the next one's turn, and no mark of which it was."""
        yield from order.go(ctx, turns.advance(ctx.room))

    @jam.action(phase="run")
    def later(ctx: Ctx) -> Iterator[Effect]:
        """Go behind the others; twice in a round."""
        times = ctx.own.get("later", 0)
        if ctx.me not in turns.ahead(ctx.room):
            raise Refusal("not_now")
        if times >= LATER:
            raise Refusal("twice", max=LATER)
        moved = list(turns.behind(ctx.room, ctx.me))
        if not moved:
            raise Refusal("last")
        yield Change(f"own/{ctx.me}/later", times + 1)
        yield from order.go(ctx, moved) if turns.whose(ctx.room) == ctx.me else moved

    @jam.action(on=kit.boolean(True))
    def sit(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Not this one for me; or: give me a turn, at the end."""
        yield from kit.marked(ctx, on)
        yield from order.leave(ctx) if on else order.enter(ctx)

    @jam.action(phase=RUN, after=True, text=kit.text(240))
    def write(ctx: Ctx, text: str) -> Iterator[Effect]:
        """Write instead of speaking: large in my turn; after it, it joins what was said."""
        said = ctx.room["said"]
        mine = turns.whose(ctx.room) == ctx.me
        if not mine and ctx.me in turns.ahead(ctx.room):
            raise Refusal("not_yours")
        if sum(one["by"] == ctx.me for one in said) >= EACH:
            raise Refusal("enough", max=EACH)
        if len(said) >= SAID:
            raise Refusal("full")
        yield Change(f"room/said/{len(said)}", {"by": ctx.me, "text": text, "n": ctx.room["n"]})
        if mine and "left" not in ctx.room["clock"]:
            yield from kit.bell.wind(ctx, READ, "time")
