"""Shown: all words at once, as a cloud, as a silent waterfall, or line after line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from activities.words.late import piece
from server import kit
from server.kit import After, Change, Ctx, Effect, Lines, Piece

QUIET: Final = 60_000
"""Milliseconds of quiet in which a waterfall is read."""
LINES: Final = 180_000
"""Milliseconds that all lines may take one after the other, each within FAST and SLOW."""
FAST, SLOW = 1_500, 4_000


def shown(ctx: Ctx) -> Iterator[Effect]:
    """All of it in chance order; whose it was is forgotten."""
    pieces = [
        piece(ctx, who, text, pick["named"])
        for who, pick in kit.held.given(ctx)
        for text in pick["texts"]
    ]
    yield Change("room/at", ctx.now)
    if ctx.options["show"] == "lines":
        yield Change("room/pace", max(FAST, min(SLOW, LINES // max(1, len(pieces)))))
    if ctx.options["show"] == "fall":
        yield from kit.clock.begin(ctx.now, QUIET)
    else:
        yield from kit.clock.stop(ctx.room)
    yield After(0, "drop")
    yield from kit.held.shown(ctx, "words", pieces)


def told(room: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Piece]:
    """What was shown, the same words together. A name stays only with what was signed, and whose
    owner has ticked that it may be kept."""
    there = [piece for piece in room.get("words", []) if not piece.get("off")]
    signed = [piece for piece in there if piece.get("by") in names]
    rest = [piece["text"] for piece in there if piece.get("by") not in names]
    lines = [kit.beside(piece["text"], names[piece["by"]]) for piece in signed]
    lines += [f"{text} × {n}" if n > 1 else text for text, n in kit.grouped(rest)]
    if lines:
        yield Lines("words", lines)
