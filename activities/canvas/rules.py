"""A shared drawing, and other ways to draw together: each mode is a module beside this one.

Here they come together: how a paper begins, who comes, what is left at the end, and of whom.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from activities.canvas import allies, doors, gallery, paper, sheets, tidying, undoing
from activities.canvas.jam import SHEETS, jam, mode
from server import kit
from server.kit import Change, Effect, Picture, Piece, Table
from server.kit.stroke import ERASER, HIGH, INKS, WIDE


@jam.start
def start(ctx: kit.Ctx) -> Generator[Effect, None, dict[str, Any]]:
    its = mode(ctx)
    if its == "map":
        return allies.opening(ctx)
    if its in SHEETS:
        return (yield from sheets.opening(ctx))
    return {**paper.opening(ctx), **(doors.opening(ctx) if its == "doors" else {})}


jam.live("cursor", to="room", x=kit.integer(0, WIDE), y=kit.integer(0, HIGH))
jam.live(
    "stroke",
    to="room",
    id=kit.integer(0, 2**31 - 1),
    seq=kit.integer(-1, 9_999),
    pen=kit.integer(0, ERASER * 4 + 3),
    points=kit.text(400, empty=True),
)


paper.declare(jam)
undoing.declare(jam)
tidying.declare(jam)


@jam.join
def join(ctx: kit.Ctx) -> Iterator[Effect]:
    yield from sheets.joined(ctx) if mode(ctx) in SHEETS else doors.joined(ctx)


@jam.close
def close(ctx: kit.Ctx) -> Iterator[Effect]:
    """A mural is whole at the end, also where nobody tapped: tiles were drawn to be joined."""
    if mode(ctx) == "tiles" and ctx.room["phase"] == "collect":
        yield from sheets.reveal(ctx)


@jam.erase
def erase(ctx: kit.Ctx) -> Iterator[Effect]:
    """Nothing of the member stays: each mark is an empty place, so that the others keep theirs."""
    its = mode(ctx)
    if its == "map":
        yield from allies.erase(ctx)
    elif its in SHEETS:
        yield from sheets.erase(ctx)
    else:
        yield from undoing.wiped(ctx)
        yield from doors.erase(ctx)


@jam.mend
def mend(ctx: kit.Ctx) -> Iterator[Change]:
    if "marks" in ctx.room:
        yield paper.seen(ctx)
    elif "gallery" in ctx.room:
        yield from sheets.mend(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """The drawing, and how much of each ink is in it; never who drew."""
    if "bubbles" in room:
        yield from allies.harvest(room, names)
    elif "gallery" in room:
        yield from gallery.harvest(room, names)
    else:
        yield from _drawing(room)


def _drawing(room: dict[str, Any]) -> Iterator[Piece]:
    inks = [0] * (ERASER + 1)
    for its in paper.shown(room):
        inks[its[2]] += 1
    if any(inks[:ERASER]):
        yield Picture("drawing")
        rows = [(name, n) for name, n in zip(INKS, inks, strict=False) if n]
        yield Table("inks", ("ink", "marks"), rows, keyed=("ink",))
