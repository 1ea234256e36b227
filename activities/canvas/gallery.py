"""The wall on which sheets hang once they are shown: late ones, hearts, a host who tidies up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from activities.canvas.jam import SHAPES, SIGNS, jam, mode
from server import kit
from server.kit import HOST, Change, Ctx, Effect, Picture, Piece, Refusal, Table, stroke

PIECES: Final = 200
LATE: Final = 120
"""Marks of a piece that comes late: it travels whole, so it is smaller."""
LATE_BYTES: Final = 16 * 1024
HUNG: Final = 2 * 1024 * 1024
"""What a wall with late pieces weighs at most."""
MOTIFS: Final = 6
GONE: Final[dict[str, Any]] = {"marks": [], "off": True}

place = kit.integer(0, PIECES - 1)


def hang(ctx: Ctx, pieces: list[dict[str, Any]]) -> Iterator[Effect]:
    """All of them at once."""
    yield Change("room/gallery", pieces)
    yield Change("room/count", len(pieces))
    yield Change("room/phase", "shown")
    if ctx.options["hearts"]:
        yield Change("room/hearts", [0] * len(pieces))


def standing(room: Any) -> Iterable[tuple[int, Any]]:
    """The pieces that people see, with their places."""
    found = enumerate(room.get("gallery") or [])
    return [(i, piece) for i, piece in found if not piece.get("off")]


@jam.action(
    phase="shown",
    after=True,
    marks=kit.list_of(kit.text(stroke.POINTS + 12), LATE, default=[]),
    text=kit.text(SIGNS, empty=True, default=""),
    year=kit.integer(0, 200, default=0),
    named=kit.boolean(False),
    tile=kit.integer(0, MOTIFS - 1, default=0),
)
def add(
    ctx: Ctx, marks: list[str], text: str, year: int, named: bool, tile: int
) -> Iterator[Effect]:
    """Hang up a drawing after the show; each mark is `ink.width.shape.points`. One each."""
    its = mode(ctx)
    if its == "parts":
        raise Refusal("not_now")
    if "added" in ctx.own:
        raise Refusal("hung")
    if len(text) > ctx.options["signs"]:
        raise Refusal("too_long", max=ctx.options["signs"])
    made: dict[str, Any] = {"marks": [_mark(one) for one in marks]}
    if not made["marks"] and not text:
        raise Refusal("too_short")
    weight = sum(map(stroke.weight, made["marks"]))
    if weight > LATE_BYTES:
        raise Refusal("sheet_full")
    pieces = ctx.room["gallery"]
    hung = sum(stroke.weight(mark) for piece in pieces for mark in piece.get("marks", ()))
    at = len(pieces)
    if at >= PIECES or hung + weight > HUNG:
        raise Refusal("gallery_full")
    if text:
        made["text"] = text
    if ctx.options["years"] and year:
        made["year"] = year
    made.update(kit.signed(ctx, ctx.me, named))
    if its == "tiles":
        made["tile"] = tile
    yield Change(f"room/gallery/{at}", made)
    yield Change("room/count", ctx.room["count"] + 1)
    yield Change(f"own/{ctx.me}/added", at)
    if "hearts" in ctx.room:
        yield Change(f"room/hearts/{at}", 0)


@jam.action(phase="shown")
def withdraw(ctx: Ctx) -> Iterator[Effect]:
    """Take down the drawing that I added late."""
    at = ctx.own.get("added")
    if at is not None:
        yield Change(f"own/{ctx.me}/added")
        yield from _down(ctx, at)


@jam.action(HOST, phase="shown", i=place, on=kit.boolean(True))
def aside(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Take one drawing off the wall, or put it back."""
    pieces = ctx.room["gallery"]
    if i >= len(pieces) or pieces[i] == GONE:
        raise Refusal("no_piece")
    yield from kit.flag(f"room/gallery/{i}", pieces[i], "off", on)


@jam.action(phase="shown", i=place, on=kit.boolean(True))
def heart(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Give a drawing a heart, or take it back; hearts are counted, never ranked."""
    hearts = ctx.room.get("hearts")
    if hearts is None or i >= len(hearts) or ctx.room["gallery"][i].get("off"):
        raise Refusal("no_piece")
    yield from kit.hearts.give(ctx, i, on, PIECES, len(hearts))


def erase(ctx: Ctx) -> Iterator[Change]:
    """What I signed, what I added and the hearts I gave go."""
    for i, piece in enumerate(ctx.room["gallery"]):
        if piece.get("by") == ctx.me or ctx.own.get("added") == i:
            yield from _down(ctx, i)
    yield from kit.hearts.erased(ctx)


def mend(ctx: Ctx) -> Iterator[Change]:
    """The sums anew."""
    count = sum(piece != GONE for piece in ctx.room["gallery"])
    yield from kit.put(ctx, "room/count", count)
    yield from kit.hearts.mended(ctx)


def harvest(room: Any, names: dict[str, str]) -> Iterator[Piece]:
    """The wall as a picture, and what was written on it; a name only where its owner ticked it."""
    shown = [piece for _, piece in standing(room)]
    if not shown:
        return
    yield Picture("gallery")
    told = [piece for piece in shown if piece.get("text")]
    if any(piece.get("year") or piece.get("by") in names for piece in told):
        rows = [
            (piece["text"], piece.get("year") or "", names.get(piece.get("by", ""), ""))
            for piece in told
        ]
        yield Table("captions", ("text", "year", "name"), rows)
    else:
        yield from kit.written("captions", told)


def _down(ctx: Ctx, i: int) -> Iterator[Change]:
    if ctx.room["gallery"][i] != GONE:
        yield Change(f"room/gallery/{i}", GONE)
        yield Change("room/count", ctx.room["count"] - 1)


def _mark(text: str) -> list[Any]:
    """`ink.width.shape.points` as a mark."""
    head = text.split(".", 3)
    if len(head) < 4 or not all(one.isascii() and one.isdigit() for one in head[:3]):
        raise Refusal("bad_points")
    ink, width, shape = (int(one[:3]) for one in head[:3])
    if ink > stroke.ERASER or width > 3 or shape >= len(SHAPES) or not stroke.good(head[3]):
        raise Refusal("bad_points")
    return [ink, width, shape, head[3]]
