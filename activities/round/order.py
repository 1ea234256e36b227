"""How the turn of a round moves: on, past who is away, in at the end, out of the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from server import kit
from server.kit import After, Change, Ctx, Effect, turns


def brought(ctx: Ctx, who: str) -> bool:
    """Have they said what they bring?"""
    return any(one["by"] == who and one["text"] for one in ctx.room["brought"])


def drawn(ctx: Ctx) -> list[str]:
    """All who are here and willing, in chance order or as they came."""
    people = kit.willing(ctx)
    if ctx.options["form"] == "teach":
        people = [who for who in people if brought(ctx, who)]
    if ctx.options["order"] == "chance":
        return ctx.rng.shuffled(people)
    return sorted(people, key=lambda who: ctx.state["own"].get(who, {}).get("came", 0))


def begin(ctx: Ctx, people: list[str]) -> Iterator[Effect]:
    """A new round of these."""
    for who in people:
        if "later" in ctx.state["own"].get(who, {}):
            yield Change(f"own/{who}/later")
    yield from go(ctx, turns.begin(people))


def came(ctx: Ctx) -> Iterator[Effect]:
    """Who came when, for an order by arrival; one's own knowledge and nobody else's."""
    if "came" not in ctx.own:
        place = ctx.state["vault"].get("came", 0) + 1
        yield Change("vault/came", place)
        yield Change(f"own/{ctx.me}/came", place)


def enter(ctx: Ctx, brings: bool = False) -> Iterator[Effect]:
    """Last in the round; in a round that is over: on."""
    turn = ctx.room["turn"]
    if not turn or ctx.me in turn["order"]:
        return
    if ctx.options["form"] == "teach" and not (brings or brought(ctx, ctx.me)):
        return
    entered = list(turns.enter(ctx.room, ctx.me))
    yield from entered if turns.whose(ctx.room) else go(ctx, entered)


def leave(ctx: Ctx) -> Iterator[Effect]:
    """Not in the round any more; who has had a turn stays among those who had."""
    if turns.whose(ctx.room) == ctx.me:
        yield from go(ctx, turns.leave(ctx.room, ctx.me))
    elif ctx.me in turns.ahead(ctx.room):
        yield from turns.leave(ctx.room, ctx.me)


def go(ctx: Ctx, moved: Iterable[Change], wind: bool = True) -> Iterator[Effect]:
    """The turn moves: past who is away, and on with a clock of its own, or to the end.

    Without ``wind`` no timer is touched: an erase can be put back, and then they must be as they
    were. The one that is under way looks at the clock before it passes the turn on.
    """
    changes = list(moved)
    gone = {who for who in turns.ahead(_after(ctx, changes)) if not _here(ctx, who)}
    changes += list(turns.skip(_after(ctx, changes), gone))
    yield from changes
    for i, one in enumerate(ctx.room["brought"]):
        if one.get("on"):
            yield Change(f"room/brought/{i}/on", False)
    yield from (Change("room/move", ""), Change("room/more", 0))
    ms = 1_000 * ctx.options["seconds"] if turns.whose(_after(ctx, changes)) else 0
    if ms:
        yield from (Change("room/phase", "run"), Change("room/n", ctx.room["n"] + 1))
        yield from kit.clock.begin(kit.bell.since(ctx), ms)
    else:
        yield Change("room/phase", "done")
        yield from kit.clock.stop(ctx.room)
    if wind:
        yield from (After(0, "lost"), After(ms, "time"))
    elif ms and "left" in (ctx.room["clock"] or {}):
        yield Change("room/clock/left", ms)


def _after(ctx: Ctx, changes: list[Change]) -> Any:
    return kit.apply({"room": {"turn": ctx.room["turn"]}}, changes)["room"]


def _here(ctx: Ctx, who: str) -> bool:
    return bool(ctx.people.get(who, {}).get("here")) or who == ctx.me
