"""A wall: notes on paper, in columns. Written in quiet and shown together, or seen at once.

Without names a note says nowhere in room/ whose it is: the tie lies under own/ alone, so that its
author can change it, and is forgotten when held notes are shown. Two things need it longer: "I can"
(until the card closes) and scoring (until the list is there), which gives nobody their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.wall import dots, hung, kept, meeting, order, quiet, scoring
from activities.wall.paper import COLUMNS
from server import kit
from server.kit import Activity, Change, Ctx, Effect, Piece

jam = Activity(
    "wall",
    options={
        **kit.question(),
        "columns": kit.one_of(*COLUMNS, default="open"),
        "titles": kit.list_of(kit.text(40), 4, default=[]),
        "hold": kit.boolean(False),
        "signed": kit.boolean(False),
        "hearts": kit.boolean(False),
        "votes": kit.integer(0, 10, default=0),
        "can": kit.boolean(False),
        "score": kit.boolean(False),
        "tidy": kit.boolean(False),
    },
    sealed=True,
    refusals={
        "enough": "You have {max} notes there. Take one back to write another.",
        "wall_full": "The wall is full.",
        "no_note": "This note is not on the wall.",
        "not_mine": "Only the person who wrote it can change it.",
        "hearts_full": "You have given {max} hearts. Take one back to give another.",
        "dots_full": "You have given all your {max} dots. Take one back to give another.",
        "result_shown": "The result is there already.",
        "your_own": "This note is your own.",
        "cans_full": "You have offered {max} times. Take one back to offer another.",
        "too_few": "Scoring needs two notes and somebody who takes part.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    columns = ctx.options["columns"]
    room: dict[str, Any] = {"phase": "shown", "notes": [], "columns": columns}
    if columns == "custom":
        room["titles"] = ctx.options["titles"]
    return room | {"phase": "quiet", "count": 0} if ctx.options["hold"] else room


quiet.quiet(jam)
hung.hung(jam)
order.order(jam)
dots.hearts(jam)
dots.votes(jam)
meeting.meeting(jam)
kit.sit_out(jam)
scoring.scoring(jam)


@jam.reveal
def reveal(ctx: Ctx) -> Iterator[Effect]:
    """Held notes, the list of a scoring that is under way, the result of the dots."""
    if any(held for _, held in kit.held.given(ctx, "held")):
        yield from quiet.shown(ctx)
    elif ctx.room["phase"] == "score" and ctx.room["scored"]:
        yield from scoring.finished(ctx)
    elif ctx.room.get("laid"):
        yield from dots.counted(ctx)


@jam.close
def close(ctx: Ctx) -> Iterator[Effect]:
    """Sums can be counted anew until here: now it is forgotten who gave what."""
    yield Change("room/closed", True)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from quiet.erased(ctx)
    yield from hung.erased(ctx)
    yield from dots.erased(ctx)
    yield from meeting.erased(ctx)
    yield from scoring.erased(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Sums are what people gave, as long as that is known."""
    if ctx.room.get("closed") or ctx.room["phase"] == "top":
        return
    yield from quiet.mended(ctx)
    yield from dots.mended(ctx)
    yield from scoring.mended(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """The wall column by column, piles together; then answers, and the list of the scoring."""
    yield from kept.kept(room, names)
