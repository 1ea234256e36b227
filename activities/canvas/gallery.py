"""The wall on which sheets hang once they are shown: hearts, a host who tidies up, what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from activities.canvas.jam import jam
from server import kit
from server.kit import HOST, Change, Ctx, Effect, Picture, Piece, Refusal, Table

PIECES: Final = 200
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
            yield from down(ctx, i)
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


def down(ctx: Ctx, i: int) -> Iterator[Change]:
    """The i-th drawing is off the wall; its place stays."""
    if ctx.room["gallery"][i] != GONE:
        yield Change(f"room/gallery/{i}", GONE)
        yield Change("room/count", ctx.room["count"] - 1)
