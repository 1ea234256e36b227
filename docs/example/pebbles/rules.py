"""Pebbles: everybody lays pebbles on one heap, and each sees how many are their own."""

from server import kit
from server.kit import Activity, Change

jam = Activity("pebbles", options={"most": kit.integer(1, 20, default=5)})


@jam.start
def start(ctx):
    return {"heap": []}


@jam.action(colour=kit.integer(0, 11))
def lay(ctx, colour):
    """Lay a pebble."""
    mine = ctx.own.get("laid", 0)
    if mine >= ctx.options["most"]:
        raise kit.Refusal("enough", max=ctx.options["most"])
    yield Change(f"room/heap/{len(ctx.room['heap'])}", colour)  # everybody sees this,
    yield Change(f"own/{ctx.me}/laid", mine + 1)  # and only you see that


@jam.erase
def erase(ctx):
    """A pebble has no name on it; what is under own/ goes by itself."""


@jam.harvest
def harvest(room, names):
    yield kit.Lines("pebbles", [str(len(room["heap"]))])
