"""Showing: everybody sees the way of each piece; thanks for one person alone go to that person.

Whose a piece is stands beside it only where its maker signed it. Whatever is shown, hosts can take
off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.ring import replay, seats, thanks
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Forget, Refusal

CHAINS: Final = 600
"""More than can be shown: 200 papers, or three thanks of 200 people."""
GONE: Final = {"t": "", "off": True}

Chain = list[dict[str, Any]]


def unsigned(piece: dict[str, Any], named: bool) -> dict[str, Any]:
    """A piece as everybody sees it: whose it is only where that was ticked."""
    by = {"by": piece["by"]} if named and piece.get("n") else {}
    return {**{key: piece[key] for key in ("t", "m", "x") if key in piece}, **by}


def ways(ctx: Ctx) -> list[Chain]:
    """What went round, as everybody sees it."""
    named = ctx.options["named"]
    if ctx.options["form"] == "thanks":
        lines = [] if thanks.private(ctx) else thanks.told(ctx)
        return [[thanks.shown(line, named, to=True)] for line in lines]
    found = [chain["p"] for chain in seats.collected(ctx) if chain["p"]]
    return [[unsigned(piece, named) for piece in pieces] for pieces in found]


def opened(ctx: Ctx, chains: list[Chain], together: bool) -> Iterator[Change]:
    """All of it is to be shown now: at once, or the first chain of many. In chance order."""
    mixed = kit.held.mixed(ctx, chains)
    first = len(mixed) if together else 1
    yield Change("room/chains", mixed[:first])
    yield Change("room/many", len(mixed))
    if len(mixed) <= first:
        yield Change("host/queue")
    else:
        yield Change("host/queue", mixed[:0:-1])
    if together or not mixed:
        yield Change("room/phase", "free")
    else:
        yield Change("room/phase", "shown")
        yield replay.stands(ctx, 0, 0, True)


def showing(jam: Activity) -> None:
    """Give the kind its show."""

    @jam.action(HOST, phase=("pass", "done"))
    def show(ctx: Ctx) -> Iterator[Effect]:
        """Show the way of each piece; who made which is forgotten, unless they signed."""
        yield from shown(ctx, ctx.options["form"] in ("thanks", "placed"))
        if not thanks.private(ctx):
            yield Forget()
            return
        # what is for one person alone must stay with that person: it goes when the activity closes
        lines = thanks.told(ctx)
        yield Change("room/private", True)
        yield Change("vault/lines", lines)
        yield from thanks.given_out(ctx, {})
        for who, got in sorted(thanks.delivered(lines, ctx.options["named"]).items()):
            if who in ctx.people:
                yield Change(f"own/{who}/got", got)

    @jam.action(
        HOST,
        phase=("shown", "free"),
        c=kit.integer(0, CHAINS - 1),
        p=kit.integer(0, 6),
        on=kit.boolean(True),
    )
    def hide(ctx: Ctx, c: int, p: int, on: bool) -> Iterator[Effect]:
        """Take one piece off, or put it back."""
        chains = ctx.room["chains"]
        if c >= len(chains) or p >= len(chains[c]) or chains[c][p] == GONE:
            raise Refusal("no_piece")
        yield from kit.flag(f"room/chains/{c}/{p}", chains[c][p], "off", on)


def shown(ctx: Ctx, together: bool) -> Iterator[Effect]:
    """All of it at once, or one chain after the other; whose it is says only what was signed."""
    yield from opened(ctx, ways(ctx), together)
    yield Change("room/count", 0)
    yield from kit.bell.stop(ctx, "strike")


def without(ctx: Ctx, who: str) -> Iterator[Change]:
    """What stands there with this person's name goes."""
    for path, chains in (
        ("room/chains", ctx.room.get("chains", [])),
        ("host/queue", ctx.state["host"].get("queue", [])),
    ):
        for c, chain in enumerate(chains):
            for p, piece in enumerate(chain):
                if who in (piece.get("by"), piece.get("to")):
                    yield Change(f"{path}/{c}/{p}", GONE)
