"""Calls: something is called, whoever has found it taps, and a number grows. No names, no ranks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Piece, Table

CALLED: Final = 60
"""Calls that are remembered; the first ones go first."""


def fresh(ctx: Ctx) -> dict[str, Any]:
    return {"phase": "count", "count": 0, "round": 0, "text": "", "by": "", "called": []}


def declare(jam: Activity) -> None:
    """Finding, and the next call."""

    @jam.action(phase="count")
    def found(ctx: Ctx) -> Iterator[Effect]:
        """I have found it."""
        if ctx.own.get("found") != ctx.room["round"]:
            yield Change(f"own/{ctx.me}/found", ctx.room["round"])
            yield Change("room/count", ctx.room["count"] + 1)

    @jam.action(HOST, phase="count", text=kit.text(120, empty=True, default=""))
    def call(ctx: Ctx, text: str) -> Iterator[Effect]:
        """Call the next thing: in my own words, or the next one of the deck."""
        kit.only(ctx, "count")
        room = ctx.room
        kept = [*room["called"], {key: room[key] for key in ("text", "by", "round", "count")}]
        yield Change("room/called", kept[-CALLED:])
        yield Change("room/round", room["round"] + 1)
        yield Change("room/count", 0)
        yield Change("room/text", text)
        yield Change("room/by", ctx.me if text else "")


def taken(ctx: Ctx) -> Iterator[Effect]:
    """I have not found it after all."""
    if ctx.own.get("found") == ctx.room["round"]:
        yield Change("room/count", ctx.room["count"] - 1)
    if "found" in ctx.own:
        yield Change(f"own/{ctx.me}/found")


def gone(ctx: Ctx) -> Iterator[Effect]:
    """Somebody leaves no trace: no find, and no words of theirs."""
    yield from taken(ctx)
    for i, one in enumerate(ctx.room["called"]):
        if one["by"] == ctx.me:
            yield Change(f"room/called/{i}", {**one, "text": "", "by": ""})
    if ctx.room["by"] == ctx.me:
        yield Change("room/text", "")
        yield Change("room/by", "")


def mended(ctx: Ctx) -> Iterator[Effect]:
    """As many as have found what is called."""
    count = sum(own.get("found") == ctx.room["round"] for own in ctx.state["own"].values())
    yield from kit.put(ctx, "room/count", count)


def told(room: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Piece]:
    """What was called, and how many found it."""
    if room["phase"] != "count":
        return
    calls = [*room["called"], {key: room[key] for key in ("text", "round", "count")}]
    rows = [(one["text"] or str(one["round"] + 1), one["count"]) for one in calls]
    if any(count for _, count in rows):
        yield Table("calls", ("call", "people"), rows)
