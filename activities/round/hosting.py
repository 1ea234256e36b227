"""Hosting: a round is begun, led on and ended; where nobody does that, the clock does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.round import order
from server import kit
from server.kit import CLOCK, HOST, Activity, After, Ctx, Effect, Refusal, turns

GATHER: Final = 20_000
"""Milliseconds in which people may say "not this one" before a round that begins by itself."""
HALF: Final = 30_000
"""What a host adds."""
LONGEST: Final = 15 * 60_000
RUN: Final = ("run", "done")


def hosting(jam: Activity) -> None:
    """Give the kind what hosts do, and the clock."""

    @jam.action(HOST, phase=("gather", "done"))
    def begin(ctx: Ctx) -> Iterator[Effect]:
        """Begin the round, or another one: everyone who is here and willing, in an order."""
        people = order.drawn(ctx)
        if not people:
            raise Refusal("nobody_yet")
        yield from order.begin(ctx, people)

    @jam.action(CLOCK, phase="gather")
    def opens(ctx: Ctx) -> Iterator[Effect]:
        """It begins by itself, as in a team without a host; it waits while nobody is in it."""
        people = order.drawn(ctx)
        yield from order.begin(ctx, people) if people else (After(GATHER, "opens"),)

    @jam.action(HOST, phase="run")
    def next_(ctx: Ctx) -> Iterator[Effect]:
        """The next one's turn."""
        yield from order.go(ctx, turns.advance(ctx.room))

    @jam.action(HOST, phase=RUN, who=kit.member())
    def put_on(ctx: Ctx, who: str) -> Iterator[Effect]:
        """Give somebody the turn now who is here and did not sit out."""
        if who not in kit.willing(ctx):
            raise Refusal("not_in")
        if turns.whose(ctx.room) != who:
            yield from order.go(ctx, turns.put_on(ctx.room, who))

    kit.bell.pausable(jam, "time", "Let the clock stand, or run on.")
    kit.bell.extendable(jam, "longer", "time", HALF, LONGEST, "Half a minute more for this turn.")

    @jam.action(CLOCK, phase="run")
    def time(ctx: Ctx) -> Iterator[Effect]:
        """The time of this turn is over; so nobody has to break a silence."""
        left = kit.clock.left(ctx.room, ctx.now)
        yield from (After(left, "time"),) if left else order.go(ctx, turns.advance(ctx.room))

    @jam.action(CLOCK, phase="run")
    def lost(ctx: Ctx) -> Iterator[Effect]:
        """Whose turn it was has been away for so long; they can have it at the end."""
        who = turns.whose(ctx.room)
        if who and not ctx.people.get(who, {}).get("here"):
            yield from order.go(ctx, ())
