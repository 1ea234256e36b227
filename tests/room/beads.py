"""A small kind in two revisions: what the laws of revisions play. In the second one the state has
another shape, an action takes more, and one more option is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Effect, Lines, Nest, Refusal
from tests.room.world import KINDS as REAL

one = Activity("beads", options={"most": kit.integer(1, 9, default=5)})


@one.start
def start_one(ctx: Any) -> dict[str, Any]:
    return {"string": [], "rung": 0}


@one.action(after=True, colour=kit.integer(0, 11))
def thread(ctx: Any, colour: int) -> Iterator[Effect]:
    """Thread a bead."""
    laid = ctx.own.get("laid", 0)
    if laid >= ctx.options["most"]:
        raise Refusal("enough")
    yield Change(f"room/string/{len(ctx.room['string'])}", [ctx.me, colour])
    yield Change(f"own/{ctx.me}/laid", laid + 1)
    yield After(1_000, "ring")


@one.action(CLOCK)
def ring(ctx: Any) -> Iterator[Change]:
    """It shines."""
    yield Change("room/rung", ctx.room["rung"] + 1)


one.live("hover", colour=kit.integer(0, 11))


@one.erase
def erase_one(ctx: Any) -> Iterator[Change]:
    for at, bead in enumerate(ctx.room["string"]):
        if bead and bead[0] == ctx.me:
            yield Change(f"room/string/{at}", None)


@one.harvest
def harvest_one(room: Any, names: Any) -> Iterator[Lines]:
    yield Lines("beads", [str(bead[1]) for bead in room["string"] if bead])


two = Activity(
    "beads",
    options={"most": kit.integer(1, 9, default=5), "long": kit.integer(1, 3, default=2)},
    revision=2,
    before=one,
)


@two.start
def start_two(ctx: Any) -> dict[str, Any]:
    return {"strings": {}, "rung": 0}


@two.action(after=True, colour=kit.integer(0, 11), size=kit.integer(1, 9))
def thread(ctx: Any, colour: int, size: int) -> Iterator[Effect]:  # noqa: F811 - two revisions
    """Thread a bead of some size on the string of its colour."""
    name = str(colour)
    string = ctx.room["strings"].get(name, [])
    yield Change(f"room/strings/{name}", [*string, {"by": ctx.me, "size": size}])
    yield After(1_000 * ctx.options["long"], "ring")


@two.action(CLOCK)
def ring(ctx: Any) -> Iterator[Change]:  # noqa: F811 - two revisions
    """It shines twice."""
    yield Change("room/rung", ctx.room["rung"] + 2)


two.live("hover", colour=kit.integer(0, 11), size=kit.integer(1, 9))


@two.erase
def erase_two(ctx: Any) -> Iterator[Change]:
    for name, string in sorted(ctx.room["strings"].items()):
        for at, bead in enumerate(string):
            if bead and bead["by"] == ctx.me:
                yield Change(f"room/strings/{name}/{at}", None)


@two.harvest
def harvest_two(room: Any, names: Any) -> Iterator[Lines]:
    for name, string in sorted(room["strings"].items()):
        yield Lines(f"beads {name}", [str(bead["size"]) for bead in string if bead])


tables = Activity("tables")


@tables.start
def start_tables(ctx: Any) -> dict[str, Any]:
    return {"team": {}}


@tables.action(HOST)
def sit(ctx: Any) -> Iterator[Effect]:
    """Everybody sits at a table of their own, with beads on it."""
    for who in sorted(ctx.people):
        yield Change(f"room/team/{who}", who)
    for who in sorted(ctx.people):
        yield Nest(who, "beads")


@tables.erase
def erase_tables(ctx: Any) -> None:
    """Nothing here is anybody's."""


OLD = {**REAL, "beads": one, "tables": tables}
"""What a server of the version before has."""
NEW = {**REAL, "beads": two, "tables": tables}
ALONE = {**REAL, "beads": Activity("beads", revision=2, options=two.options), "tables": tables}
"""A version that has dropped the first one's rules."""
