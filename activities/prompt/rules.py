"""A prompt, music first: everyone adds songs to one list, gives hearts, and plays along at home.

The list keeps the order in which songs came: hearts are counted, never ranked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.prompt import songs
from activities.prompt.songs import place
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Lines, Piece

HEARTS: Final = 200
LEAD: Final = 1_500
"""Milliseconds until the count begins; three beats of a second follow."""

jam = Activity(
    "prompt",
    options={**kit.question(160), "about": kit.one_of("song", "open", default="song")},
    refusals={
        "enough": "You have {max} on the list. Take one back to add another.",
        "list_full": "The list is full.",
        "no_entry": "This one is not on the list.",
        "not_mine": "Only the person who added it can change it.",
        "hearts_full": "You have given {max} hearts. Take one back to give another.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    return {"entries": [], "hearts": [], "now": None}


songs.declare(jam)


@jam.action(i=place, on=kit.boolean(True))
def heart(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Give a heart, or take it back."""
    if on:
        songs.seen(ctx, i)
    yield from kit.hearts.give(ctx, i, on, HEARTS, len(ctx.room["entries"]))


@jam.action(HOST, i=place)
def play(ctx: Ctx, i: int) -> Iterator[Effect]:
    """Everyone plays this one from their own source: three beats of a second from `at`."""
    songs.seen(ctx, i)
    yield Change("room/now", {"i": i, "at": ctx.now + LEAD})


@jam.action(HOST)
def stop(ctx: Ctx) -> Iterator[Effect]:
    """Nothing is playing for the room any more."""
    yield from kit.put(ctx, "room/now", None)


@jam.action()
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass: leaves no mark."""
    yield from ()


@jam.action(HOST, i=place, on=kit.boolean(True))
def hide(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Take one off the list for everyone, or put it back."""
    entry = kit.thing(ctx, "entries", i, "no_entry", there="by")
    yield from kit.flag(f"room/entries/{i}", entry, "hidden", on)
    if on:
        yield from songs.silence(ctx, i)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from kit.emptied(ctx, "room/entries", songs.GONE)
    for i, entry in enumerate(ctx.room["entries"]):
        if entry["by"] == ctx.me:
            yield from songs.silence(ctx, i)
    yield from kit.hearts.erased(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Hearts are as many as people have given."""
    yield from kit.hearts.mended(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """The list; a name stands beside an entry only if that person wants it there."""
    shown = [entry for entry in room["entries"] if entry["on"] and not entry.get("hidden")]
    if shown:
        yield Lines("entries", [_line(entry, names.get(entry["by"], "")) for entry in shown])


def _line(entry: dict[str, Any], name: str) -> str:
    line = " – ".join(filter(None, (entry["title"], entry["who"])))
    return kit.beside(line, name)
