"""Asked: what there is to choose from, one question after the other, and how it fell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server import kit
from server.kit import Change, Ctx, Effect, Piece, Table

CHOICES: Final = 8


def named(ctx: Ctx) -> list[str]:
    """The choices that the card brings; the browser has words where there are none."""
    most = CHOICES if ctx.options["form"] == "poll" else 2
    found = list(ctx.options["choices"][:most])
    return found if len(found) > 1 else []


def many(ctx: Ctx) -> int:
    """Without choices of its own a poll has three answers, anything else two."""
    return len(named(ctx)) or (3 if ctx.options["form"] == "poll" else 2)


def sums(ctx: Ctx) -> list[int]:
    """How many chose what."""
    return kit.tally.sums((at for _, at in kit.held.given(ctx)), many(ctx))


def opened(ctx: Ctx) -> dict[str, Any]:
    """Sums that everyone sees grow, where the card wants that."""
    held = ctx.options["hidden"] or ctx.options["form"] == "spectrum"
    return {} if held else {"sums": [0] * many(ctx)}


def again(ctx: Ctx) -> Iterator[Effect]:
    """Another question; nothing of the one before is left."""
    for who in sorted(ctx.state["own"]):
        if "added" in ctx.state["own"][who]:
            yield Change(f"own/{who}/added")
    for key in ("sums", "dots"):
        if key in ctx.room:
            yield Change(f"room/{key}")
    for key, value in opened(ctx).items():
        yield Change(f"room/{key}", value)
    yield Change("room/round", ctx.room["round"] + 1)
    yield Change("room/count", 0)
    yield Change("room/phase", "collect")


def told(room: Mapping[str, Any]) -> Iterator[Piece]:
    """How many chose what; a choice that the card did not name is told by its number."""
    names, found = room["choices"], room["sums"]
    column = "choice" if names or len(found) == 3 else "pair"
    rows = list(zip(names or map(str, range(len(found))), found, strict=True))
    yield Table("results", (column, "people"), rows, () if names else (column,))
