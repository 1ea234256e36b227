"""Moving: people come into a group and go while others are in theirs, and nobody stays alone."""

from __future__ import annotations

from collections.abc import Iterator

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Ctx, Effect, Refusal

from . import mates
from .floor import GRACE_MS, Floor


def moving(jam: Activity) -> None:
    """Give the kind what moves one person."""

    @jam.action(CLOCK)
    def settle(ctx: Ctx) -> Iterator[Effect]:
        """Whoever is alone by now joins another group."""
        if ctx.room["phase"] != "out":
            return
        gone, floor = ctx.state["vault"].get("gone", {}), Floor(ctx)
        waited = [who for who in floor.team if ctx.now - gone.get(who, -GRACE_MS) < GRACE_MS]
        floor.mend(waited)
        yield from floor.done()
        if floor.here(waited, waited) != floor.here(waited):
            yield After(GRACE_MS, "settle")
        else:
            yield Change("vault/looks")

    @jam.action(HOST, on=kit.boolean(True))
    def take_part(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Hosts stay with the room, unless they count themselves in."""
        yield from kit.flag(f"own/{ctx.me}", ctx.own, "with", on)

    @jam.action(HOST, phase="out", t=kit.text(12))
    def enter(ctx: Ctx, t: str) -> Iterator[Effect]:
        """Go into a group. They see who comes; what was said before is not shown."""
        floor = Floor(ctx)
        if t not in floor.held:
            raise Refusal("no_group")
        if floor.team.get(ctx.me) == t:
            return
        floor.go(ctx.me)
        floor.come(ctx.me, t, guest=True)
        floor.mend()
        yield from floor.done()
        yield from mates.answered(ctx, t)

    @jam.action(HOST, phase="out")
    def leave(ctx: Ctx) -> Iterator[Effect]:
        """Come out of a group again."""
        floor = Floor(ctx)
        floor.go(ctx.me)
        floor.mend()
        yield from floor.done()

    @jam.action(on=kit.boolean(True))
    def sit(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Not this one for me; or: with the others again."""
        yield from kit.marked(ctx, on)
        if ctx.room["phase"] != "out":
            return
        floor = Floor(ctx)
        if on:
            floor.go(ctx.me)
            floor.mend()
        elif ctx.own.get("out") and ctx.people.get(ctx.me, {}).get("here"):
            floor.place(ctx.me, again=True)
        yield from floor.done()


def came(ctx: Ctx) -> Iterator[Effect]:
    """Whoever comes joins a group, if there is time."""
    floor = Floor(ctx)
    floor.place(ctx.me)
    yield from floor.done()
