"""Scoring: everybody who is willing gets five of everyone's notes, one at a time, and gives each
one to five; then the list, by the average in whole numbers. Who is dealt what: see deal.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.wall import average, dots
from activities.wall.deal import HAND, dealt, least
from activities.wall.paper import mine, piles
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Forget, Refusal

BEST: Final = 5


def scoring(jam: Activity) -> None:
    """Give the wall its scoring."""

    @jam.action(HOST, phase="shown")
    def begin(ctx: Ctx) -> Iterator[Effect]:
        """Deal five notes to everybody who is willing."""
        if not ctx.options["score"]:
            raise Refusal("not_now")
        notes = _cards(ctx)
        hands = dealt(ctx.rng, notes, {who: mine(ctx, who) for who in kit.willing(ctx)})
        if len(notes) < 2 or not any(hands.values()):
            raise Refusal("too_few")
        for who, hand in hands.items():
            yield Change(f"own/{who}/hand", hand)
            yield Change(f"own/{who}/marks", [])
        yield Change("room/phase", "score")
        yield Change("room/dealt", sum(map(len, hands.values())))
        yield Change("room/scored", 0)

    @jam.action(phase="score")
    def deal(ctx: Ctx) -> Iterator[Effect]:
        """Take part after all: the notes that were dealt least, never mine."""
        if ctx.own.get("hand"):
            return
        load = dict.fromkeys(_cards(ctx), 0)
        for own in ctx.state["own"].values():
            for i in own.get("hand", []):
                load[i] = load.get(i, 0) + 1
        hand = least(ctx.rng, load, mine(ctx, ctx.me), HAND)
        if not hand:
            raise Refusal("too_few")
        yield Change(f"own/{ctx.me}/hand", ctx.rng.shuffled(sorted(hand)))
        yield Change(f"own/{ctx.me}/marks", [])
        yield Change("room/dealt", ctx.room["dealt"] + len(hand))

    @jam.action(phase="score", k=kit.integer(0, HAND - 1), n=kit.integer(0, BEST))
    def mark(ctx: Ctx, k: int, n: int) -> Iterator[Effect]:
        """One to five for the k-th of my notes; nought passes it."""
        marks = ctx.own.get("marks", [])
        if k > len(marks) or k >= len(ctx.own.get("hand", [])):
            raise Refusal("no_note")
        if k < len(marks) and marks[k] == n:
            return
        yield Change(f"own/{ctx.me}/marks/{k}", n)
        if k == len(marks):
            yield Change("room/scored", ctx.room["scored"] + 1)

    @jam.action(HOST, phase="score")
    def finish(ctx: Ctx) -> Iterator[Effect]:
        """Show the list; who gave what is forgotten here and in store."""
        yield from finished(ctx)
        if not ctx.options["can"]:
            yield Forget()


def finished(ctx: Ctx) -> Iterator[Change]:
    """The list, of the scores that were given, and the result of the dots."""
    yield Change("room/top", average.top(ctx))
    yield Change("room/phase", "top")
    yield from dots.counted(ctx)


def erased(ctx: Ctx) -> Iterator[Change]:
    """Their scores count no more, as long as it is known which they are."""
    if "hand" not in ctx.own:
        return
    if ctx.room["phase"] == "score":
        yield Change("room/dealt", ctx.room["dealt"] - len(ctx.own["hand"]))
        yield Change("room/scored", ctx.room["scored"] - len(ctx.own["marks"]))
    elif "top" in ctx.room:
        yield Change("room/top", average.top(ctx, but=ctx.me))


def mended(ctx: Ctx) -> Iterator[Change]:
    """How many notes are dealt and scored."""
    if ctx.room["phase"] != "score":
        return
    for key, part in (("dealt", "hand"), ("scored", "marks")):
        count = sum(len(own.get(part, [])) for own in ctx.state["own"].values())
        yield from kit.put(ctx, f"room/{key}", count)


def _cards(ctx: Ctx) -> list[int]:
    """What is dealt: the top note of every pile."""
    return sorted(pile[0] for pile in piles(ctx.room["notes"]))
