"""A prompt, music first: everyone adds songs to one list, gives hearts, and plays along at home.

The list keeps the order in which songs came: hearts are counted, never ranked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Lines, Piece, Refusal

EACH: Final = 5
"""Songs of one member that are on the list."""
TRIES: Final = 20
"""Songs of one member, taken back ones counted."""
MOST: Final = 300
HEARTS: Final = 200
LEAD: Final = 1_500
"""Milliseconds until the count begins; three beats of a second follow."""
GONE: Final = {"by": "", "title": "", "who": "", "on": False}

place = kit.integer(0, MOST - 1)
title_field, who_field = kit.text(120), kit.text(80, empty=True, default="")

jam = Activity(
    "prompt",
    options={
        "prompt": kit.optional(kit.integer(0, 99)),
        "text": kit.text(160, empty=True, default=""),
        "about": kit.one_of("song", "open", default="song"),
    },
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


@jam.action(title=title_field, who=who_field, after=True)
def add(ctx: Ctx, title: str, who: str) -> Iterator[Effect]:
    """Add a song, or any answer, to the end of the list."""
    entries = ctx.room["entries"]
    mine = [entry for entry in entries if entry["by"] == ctx.me]
    if len(mine) >= TRIES or sum(entry["on"] for entry in mine) >= EACH:
        raise Refusal("enough", max=EACH)
    if len(entries) >= MOST:
        raise Refusal("list_full", max=MOST)
    at = len(entries)
    yield Change(f"room/entries/{at}", {"by": ctx.me, "title": title, "who": who, "on": True})
    yield Change(f"room/hearts/{at}", 0)


@jam.action(i=place, title=title_field, who=who_field)
def edit(ctx: Ctx, i: int, title: str, who: str) -> Iterator[Effect]:
    """Change one of mine."""
    _mine(ctx, i)
    yield Change(f"room/entries/{i}/title", title)
    yield Change(f"room/entries/{i}/who", who)


@jam.action(i=place)
def withdraw(ctx: Ctx, i: int) -> Iterator[Effect]:
    """Take one of mine back."""
    if _mine(ctx, i)["on"]:
        yield Change(f"room/entries/{i}/on", False)
        yield from _silence(ctx, i)


@jam.action(i=place)
def restore(ctx: Ctx, i: int) -> Iterator[Effect]:
    """Put one of mine back that I took back."""
    if _mine(ctx, i)["on"]:
        return
    if sum(entry["on"] for entry in ctx.room["entries"] if entry["by"] == ctx.me) >= EACH:
        raise Refusal("enough", max=EACH)
    yield Change(f"room/entries/{i}/on", True)


@jam.action(i=place, on=kit.boolean(True))
def heart(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Give a heart, or take it back."""
    if on:
        _seen(ctx, i)
    yield from kit.hearts.give(ctx, i, on, HEARTS, len(ctx.room["entries"]))


@jam.action(HOST, i=place)
def play(ctx: Ctx, i: int) -> Iterator[Effect]:
    """Everyone plays this one from their own source: three beats of a second from `at`."""
    _seen(ctx, i)
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
    yield from kit.flag(f"room/entries/{i}", _entry(ctx, i), "hidden", on)
    if on:
        yield from _silence(ctx, i)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from kit.emptied(ctx, "room/entries", GONE)
    for i, entry in enumerate(ctx.room["entries"]):
        if entry["by"] == ctx.me:
            yield from _silence(ctx, i)
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


def _entry(ctx: Ctx, i: int) -> Any:
    """An entry that has not been erased; refused where there is none."""
    entries = ctx.room["entries"]
    if i >= len(entries) or not entries[i]["by"]:
        raise Refusal("no_entry")
    return entries[i]


def _seen(ctx: Ctx, i: int) -> None:
    entry = _entry(ctx, i)
    if not entry["on"] or entry.get("hidden"):
        raise Refusal("no_entry")


def _mine(ctx: Ctx, i: int) -> Any:
    entry = _entry(ctx, i)
    if entry["by"] != ctx.me:
        raise Refusal("not_mine")
    return entry


def _silence(ctx: Ctx, i: int) -> Iterator[Change]:
    """What is no longer on the list is no longer playing."""
    now = ctx.room["now"]
    if now is not None and now["i"] == i:
        yield Change("room/now", None)
