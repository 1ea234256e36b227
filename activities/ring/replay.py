"""Replay: what went round, shown one chain after the other on one clock.

``room/chains`` [[piece]] are those that have been shown, ``host/queue`` those to come, the next one
last. ``room/at`` {"c", "p", "since", "run"}: chain, piece, and since when; while it runs, each
piece has EACH_MS.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.ring import papers, thanks
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal

EACH_MS: Final = 7_000
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
    found = [chain["p"] for chain in papers.collected(ctx) if chain["p"]]
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
        yield _at(ctx, 0, 0, True)


def now(room: dict[str, Any], at: int) -> int:
    """Which piece of the chain stands there at that time."""
    told = room["at"]
    on = (at - told["since"]) // EACH_MS if told["run"] else 0
    return int(max(0, min(len(room["chains"][told["c"]]) - 1, told["p"] + max(0, on))))


def forth(ctx: Ctx, whole: bool) -> Iterator[Change]:
    """The next piece, or with the last one, or for the ``whole`` chain, the next chain."""
    room, c = ctx.room, ctx.room["at"]["c"]
    p = now(room, ctx.now)
    if not whole and p + 1 < len(room["chains"][c]):
        yield _at(ctx, c, p + 1, True)
        return
    queue = ctx.state["host"].get("queue", [])
    if c + 1 < len(room["chains"]):
        yield _at(ctx, c + 1, 0, True)
    elif queue:
        yield Change(f"room/chains/{c + 1}", queue[-1])
        yield Change(f"host/queue/{len(queue) - 1}")
        yield _at(ctx, c + 1, 0, True)
    else:
        yield Change("room/phase", "free")


def back(ctx: Ctx) -> Iterator[Change]:
    """The piece before, which then stands still."""
    room, c = ctx.room, ctx.room["at"]["c"]
    p = now(room, ctx.now)
    if p:
        yield _at(ctx, c, p - 1, False)
    elif c:
        yield _at(ctx, c - 1, len(room["chains"][c - 1]) - 1, False)


def stilled(ctx: Ctx, on: bool) -> Iterator[Change]:
    """It stands where it is, or goes on from there."""
    if on == ctx.room["at"]["run"]:
        yield _at(ctx, ctx.room["at"]["c"], now(ctx.room, ctx.now), not on)


def freed(ctx: Ctx) -> Iterator[Change]:
    """All chains are there for everybody to look through."""
    shown = len(ctx.room["chains"])
    for at, chain in enumerate(reversed(ctx.state["host"].get("queue", []))):
        yield Change(f"room/chains/{shown + at}", chain)
    yield Change("host/queue")
    yield Change("room/phase", "free")


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


def told(at: int, piece: dict[str, Any]) -> list[Any]:
    """A piece of a story as a row: its pictures by their names, and its words."""
    pictures = [papers.PICTURES[i] for i in piece.get("x", [])]
    return [at, *pictures, *[""] * (5 - len(pictures)), piece.get("t", "")]


def line(piece: dict[str, Any], names: dict[str, str]) -> str:
    """A piece as words; a name stands there only of who ticked it."""
    text = " ".join(filter(None, ("✎" if "m" in piece else "", piece.get("t", ""))))
    if to := names.get(piece.get("to", "")):
        text = f"{to}: {text}"
    return kit.beside(text, names.get(piece.get("by", "")))


def _at(ctx: Ctx, c: int, p: int, run: bool) -> Change:
    return Change("room/at", {"c": c, "p": p, "since": ctx.now, "run": run})


def shown_by(jam: Activity) -> None:
    """Give the kind what a host does while it is shown."""

    @jam.action(HOST, phase="shown", to=kit.one_of("piece", "chain", "back"))
    def go(ctx: Ctx, to: str) -> Iterator[Effect]:
        """The next piece, the next chain, or one back, on every screen."""
        yield from back(ctx) if to == "back" else forth(ctx, to == "chain")

    @jam.action(HOST, phase="shown", on=kit.boolean(True))
    def still(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Let the replay stand, or run on."""
        yield from stilled(ctx, on)

    @jam.action(HOST, phase="shown")
    def free(ctx: Ctx) -> Iterator[Effect]:
        """Everybody looks through all of it at their own pace."""
        yield from freed(ctx)

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
