"""Singing by one clock: the lines of a song, or calls and their echoes, faster or slower."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.together.chord import LEAD_MS
from activities.together.songs import LINES, slots
from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Ctx, Effect, Refusal

FAST_MS: Final = 1_500
SLOW_MS: Final = 12_000


def begun(ctx: Ctx, tongue: str) -> Iterator[Effect]:
    """The first line, of ``tongue`` if no song is picked, after a breath and four beats."""
    room = dict(ctx.room)
    if not room["song"][0]:
        room["song"] = [tongue or "en", room["song"][1]]
        yield Change("room/song", room["song"])
    many, ms = slots(room, ctx.options["form"])
    beat = room["beat"] or ms
    yield Change("room/beat", beat)
    yield from kit.bell.wind(ctx, many * beat, "finish", LEAD_MS)


def singing(jam: Activity) -> None:
    """Give the kind what a host does with the lines, and how they end."""
    kit.bell.pausable(jam, "finish", "Let the lines stand, or run on.")

    @jam.action(HOST, phase="run", faster=kit.boolean())
    def pace(ctx: Ctx, faster: bool) -> Iterator[Effect]:
        """A little faster or slower, from where we are."""
        now, was = ctx.room["clock"], ctx.room["beat"]
        beat = max(FAST_MS, was * 5 // 6) if faster else min(SLOW_MS, was * 6 // 5)
        if not now or beat == was:
            return
        passed = now["ms"] - kit.clock.left(ctx.room, ctx.now)
        passed = passed * beat // was if passed > 0 else passed
        yield Change("room/beat", beat)
        yield from kit.bell.move(ctx, passed, "finish", now["ms"] // was * beat)

    @jam.action(HOST, phase="run", to=kit.integer(0, 2 * LINES - 1))
    def go(ctx: Ctx, to: int) -> Iterator[Effect]:
        """Go to a line, for everyone."""
        now, beat = ctx.room["clock"], ctx.room["beat"]
        if not now or to * beat >= now["ms"]:
            raise Refusal("no_line")
        yield from kit.bell.move(ctx, to * beat, "finish")

    @jam.action(CLOCK, phase="run")
    def finish(ctx: Ctx) -> Iterator[Effect]:
        """The last line is over."""
        yield Change("room/phase", "done")
        yield from kit.bell.stop(ctx, "finish")
        yield After(0, "sound")

    @jam.action(HOST, phase="run")
    def end(ctx: Ctx) -> Iterator[Effect]:
        """End it here, for everyone."""
        yield from finish(ctx)
