"""Hung: notes on the wall, and what their authors do with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.wall.paper import (
    EACH,
    EXTRAS,
    FREE,
    GONE,
    MOST,
    TRIES,
    fields,
    mine,
    place,
    seen,
    there,
    written,
)
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal


def hung(jam: Activity) -> None:
    """Let people hang notes, change them and take them off; and hosts hide them."""

    @jam.action(phase=FREE, after=True, to=kit.optional(place), **fields)
    def add(ctx: Ctx, to: int | None, **paper: Any) -> Iterator[Effect]:
        """Hang a note, or an answer to a question that a host has opened."""
        notes, own = ctx.room["notes"], mine(ctx, ctx.me)
        note = written(ctx, **paper)
        if to is not None:
            question = seen(ctx, to)
            if ctx.options["columns"] != "questions" or "to" in question:
                raise Refusal("no_note")
            if to != ctx.room.get("asked") and not question.get("done"):
                raise Refusal("not_now")
            note |= {"to": to, "col": question["col"]}
        if len(own) >= TRIES or sum(bool(notes[i]["text"]) for i in own) >= EACH:
            raise Refusal("enough", max=EACH)
        if len(notes) >= MOST:
            raise Refusal("wall_full")
        yield Change(f"room/notes/{len(notes)}", note)
        yield Change(f"own/{ctx.me}/notes", [*ctx.own.get("notes", []), len(notes)])

    @jam.action(i=place, **{key: fields[key] for key in ("text", *EXTRAS)})
    def edit(ctx: Ctx, i: int, **paper: Any) -> Iterator[Effect]:
        """Change the words of a note of mine."""
        note = _mine(ctx, i)
        fresh = written(ctx, col=note["col"], named=False, **paper)
        kept = {key: value for key, value in note.items() if key not in EXTRAS}
        yield Change(f"room/notes/{i}", {**kept, **fresh})

    @jam.action(i=place)
    def withdraw(ctx: Ctx, i: int) -> Iterator[Effect]:
        """Take a note of mine off the wall."""
        _mine(ctx, i)
        yield from _gone(ctx, i)

    @jam.action(HOST, i=place, on=kit.boolean(True))
    def hide(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
        """Take a note out of everybody's sight, or put it back."""
        yield from kit.flag(f"room/notes/{i}", there(ctx, i), "hidden", on)
        if on:
            yield from _unasked(ctx, i)


def erased(ctx: Ctx) -> Iterator[Effect]:
    """My notes go, as far as the room still knows which they are."""
    for i in mine(ctx, ctx.me):
        yield from _gone(ctx, i)


def _mine(ctx: Ctx, i: int) -> Any:
    note = there(ctx, i)
    if i not in mine(ctx, ctx.me):
        raise Refusal("not_mine")
    return note


def _gone(ctx: Ctx, i: int) -> Iterator[Effect]:
    """Its place stays, so that the others keep theirs, and so does the pile on it."""
    note = ctx.room["notes"][i]
    kept = {key: note[key] for key in ("on", "to") if key in note}
    yield Change(f"room/notes/{i}", {**GONE, "col": note["col"], **kept})
    yield from _unasked(ctx, i)


def _unasked(ctx: Ctx, i: int) -> Iterator[Effect]:
    if ctx.room.get("asked") == i:
        yield Change("room/asked")
