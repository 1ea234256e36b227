"""A round: one after the other has the room, for as long as the clock says, and anybody may pass.

Nothing here needs a microphone: ``room/turn`` says whose turn it is, and so whose voice is open.
Who taps "not this one" is in no order; that somebody is in none may as well mean that they were
away.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, Final

from activities.round import bringing, having, hosting, moving, order
from server import kit
from server.kit import Activity, After, Ctx, Effect, turns

GRACE: Final = 10_000
"""Milliseconds in which a lost line is waited for."""
GONE: Final = {"by": "", "text": ""}

jam = Activity(
    "round",
    options={
        **kit.question(),
        "form": kit.one_of("say", "teach", "lead", "chain", "conduct", default="say"),
        "seconds": kit.integer(15, 300, default=60),
        "order": kit.one_of("chance", "host", default="chance"),
        "auto": kit.boolean(False),
    },
    refusals={
        "nobody_yet": "Nobody is in the round yet.",
        "twice": "You have moved back {max} times. Pass, or write instead.",
        "last": "Nobody is behind you. Pass, or write instead.",
        "not_in": "This person is not in the round now.",
        "enough": "You have written {max}.",
        "full": "The page is full.",
        "shown": "Your move is in the chain already.",
        "other_form": "This round goes without that.",
        "no_tile": "This one is not there any more.",
    },
)


@jam.start
def start(ctx: Ctx) -> Generator[Effect, None, dict[str, Any]]:
    if ctx.options["auto"]:
        yield After(hosting.GATHER, "opens")
    return {"phase": "gather", "turn": None, "clock": None, "n": 0, "said": [],
            "brought": [], "chain": [], "move": "", "more": 0}  # fmt: skip


hosting.hosting(jam)
having.having(jam)
bringing.bringing(jam)
moving.moving(jam)


@jam.join
def join(ctx: Ctx) -> Iterator[Effect]:
    yield from order.came(ctx)
    if ctx.room["phase"] == "run":
        yield from order.enter(ctx)


@jam.away
def away(ctx: Ctx) -> Iterator[Effect]:
    if turns.whose(ctx.room) == ctx.me:
        yield After(GRACE, "lost")


@jam.back
def back(ctx: Ctx) -> Iterator[Effect]:
    yield from order.came(ctx)
    if ctx.room["phase"] == "run" and not ctx.own.get("out"):
        yield from order.enter(ctx)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    for key in ("said", "brought", "chain"):
        yield from kit.emptied(ctx, f"room/{key}", GONE)
    if turns.whose(ctx.room) == ctx.me:
        yield from order.go(ctx, turns.leave(ctx.room, ctx.me), wind=False)
    else:
        yield from turns.leave(ctx.room, ctx.me)
        yield from bringing.erased(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """As many ask for more as did in this turn; a turn whose time is over goes on."""
    yield from bringing.mended(ctx)
    if ctx.room["phase"] == "run" and not kit.clock.left(ctx.room, ctx.now):
        yield After(1, "time")


@jam.heard
def heard(room: Any, options: Any, people: Any) -> set[str] | None:
    """One open microphone: whose turn it is; and beside the one who conducts, those who play."""
    who = turns.whose(room)
    return {who} | {one["by"] for one in room["brought"] if one.get("on")} if who else None


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[kit.Piece]:
    """What was written, brought and danced; a name stands beside it only if that person wants."""
    for key in ("said", "brought"):
        yield from kit.written(key, room[key], names)
    moves = [[one["text"]] for one in room["chain"] if one["text"]]
    if moves:
        yield kit.Table("chain", ("move",), moves, keyed=("move",))
