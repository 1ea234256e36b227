"""Late: one answer each, added once all of them are shown; and what is found again of somebody.

``own/<member>/added`` says which place of the list, or which step of a dial, that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server.kit import Change, Ctx, Refusal

FULL: Final = 300
"""Answers in all, so that coming and going cannot fill the page for ever."""


def alone(ctx: Ctx) -> None:
    """Refused for somebody whose answer is there already."""
    if "added" in ctx.own or "at" in ctx.own:
        raise Refusal("answered")


def one_more(many: int) -> int:
    """The place of one more, where there are so many."""
    if many >= FULL:
        raise Refusal("sky_full")
    return many


def counted(ctx: Ctx, at: int) -> Iterator[Change]:
    """There is one more, and it is mine."""
    yield Change("room/count", ctx.room["count"] + 1)
    yield Change(f"own/{ctx.me}/added", at)


def undone(ctx: Ctx, taken: Change) -> Iterator[Change]:
    """What I added goes: ``taken`` is what becomes of its place."""
    yield Change(f"own/{ctx.me}/added")
    yield taken
    yield Change("room/count", ctx.room["count"] - 1)


def wiped(ctx: Ctx, key: str, gone: dict[str, Any]) -> Iterator[Change]:
    """What I signed goes; what came late went with the rest of me."""
    late = ctx.own.get("added", ctx.own.get("at"))
    signed = [i for i, one in enumerate(ctx.room.get(key, [])) if one.get("by") == ctx.me]
    rest = [i for i in signed if i != late]
    for i in rest:
        yield Change(f"room/{key}/{i}", gone)
    if rest and "count" in ctx.room:
        yield Change("room/count", ctx.room["count"] - len(rest) - ("added" in ctx.own))
