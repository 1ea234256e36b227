"""A wall: notes on paper, in columns. Written in quiet and shown together, or seen at once.

Without names a note says nowhere in room/ whose it is: the tie lies under own/ alone, so that its
author can change it, and is forgotten when held notes are shown. Two things need it longer: "I can"
(until the card closes) and scoring (until the list is there), which gives nobody their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.wall import dots, meeting, order, scoring
from activities.wall.paper import (
    COLUMNS,
    EACH,
    EXTRAS,
    FREE,
    GONE,
    MOST,
    TRIES,
    fields,
    mine,
    piles,
    place,
    seen,
    standing,
    there,
    written,
)
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Forget, Lines, Piece, Refusal, Table

jam = Activity(
    "wall",
    options={
        "prompt": kit.optional(kit.integer(0, 99)),
        "text": kit.text(240, empty=True, default=""),
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


@jam.action(phase="quiet", k=kit.optional(kit.integer(0, EACH - 1)), **fields)
def write(ctx: Ctx, k: int | None, **paper: Any) -> Iterator[Effect]:
    """Write a note that nobody sees yet, or change my k-th."""
    held = list(ctx.own.get("held", []))
    note = written(ctx, **paper)
    if k is not None:
        if k >= len(held):
            raise Refusal("no_note")
        yield Change(f"own/{ctx.me}/held/{k}", note)
        return
    if len(held) >= EACH:
        raise Refusal("enough", max=EACH)
    if ctx.room["count"] >= MOST:
        raise Refusal("wall_full")
    yield Change(f"own/{ctx.me}/held", [*held, note])
    yield Change("room/count", ctx.room["count"] + 1)


@jam.action(phase="quiet", k=kit.integer(0, EACH - 1))
def unwrite(ctx: Ctx, k: int) -> Iterator[Effect]:
    """Take the k-th of my notes back, which nobody has seen."""
    held = list(ctx.own.get("held", []))
    if k >= len(held):
        raise Refusal("no_note")
    yield Change(f"own/{ctx.me}/held", held[:k] + held[k + 1 :])
    yield Change("room/count", ctx.room["count"] - 1)


@jam.action(HOST, phase="quiet")
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show all notes at once, in chance order."""
    given = kit.held.given(ctx, "held")
    order = kit.held.mixed(ctx, [{"note": n, "who": who} for who, held in given for n in held])
    yield Change("room/notes", [one["note"] for one in order])
    yield Change("room/phase", "shown")
    yield Change("room/count")
    for who, _ in given:
        yield Change(f"own/{who}/held")
        yield Change(f"own/{who}/notes", [i for i, one in enumerate(order) if one["who"] == who])
    if not ctx.options["can"] and not ctx.options["score"]:
        yield Forget()


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
        yield from show(ctx)
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
    if ctx.room["phase"] == "quiet" and ctx.own.get("held"):
        yield Change("room/count", ctx.room["count"] - len(ctx.own["held"]))
    for i in mine(ctx, ctx.me):
        yield from _gone(ctx, i)
    yield from dots.erased(ctx)
    yield from meeting.erased(ctx)
    yield from scoring.erased(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Sums are what people gave, as long as that is known."""
    if ctx.room.get("closed") or ctx.room["phase"] == "top":
        return
    owns = ctx.state["own"].values()
    if ctx.room["phase"] == "quiet":
        yield from kit.put(ctx, "room/count", sum(len(own.get("held", [])) for own in owns))
    elif "count" in ctx.room:
        yield Change("room/count")
    yield from dots.mended(ctx)
    yield from scoring.mended(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """The wall column by column, piles together; then answers, and the list of the scoring."""
    notes = room["notes"]
    heads = _heads(room)
    titles: list[str] = []
    for col in range(1 + max((note["col"] for note in notes), default=0)):
        title = heads[col] if col < len(heads) else "notes"
        titles.append(title if title not in titles else f"{title} {col + 1}")
    for col, title in enumerate(titles):
        rows = [
            [notes[i]["text"], n + 1 if len(pile) > 1 else "", *_more(room, names, i)]
            for n, pile in enumerate(p for p in piles(notes) if notes[p[0]]["col"] == col)
            for i in pile
        ]
        columns = ("note", "pile", "when", "where", "more", "hearts", "dots", "name")
        used = [at for at in range(len(columns)) if any(row[at] != "" for row in rows)]
        if used == [0]:
            yield Lines(title, [row[0] for row in rows])
        elif used:
            yield Table(title, [columns[at] for at in used], [[r[at] for at in used] for r in rows])
    readable = standing(notes)
    answers = [i for i in readable if notes[i].get("to") in readable]
    if answers:
        pairs = sorted((notes[i]["to"], i) for i in answers)
        rows = [[notes[j]["text"], notes[i]["text"]] for j, i in pairs]
        yield Table("answers", ("question", "answer"), rows)
    top = [[notes[i]["text"], total, n] for i, total, n in room.get("top", []) if i in readable]
    if top:
        yield Table("top", ("note", "sum", "scores"), top)


HEADS: Final[dict[str, tuple[str, ...]]] = {
    "open": ("notes",),
    "keep": ("keep", "drop", "try"),
    "offers": ("offers", "needs"),
    "questions": ("questions",),
    "ideas": ("ideas",),
    "front": ("headline", "picture", "said"),
}


def _heads(room: Any) -> tuple[str, ...]:
    """What stands over the columns: a word's key, or the host's own title."""
    if "titles" in room:
        # Keys are in small letters: a title is never taken for one.
        return tuple(title[:1].upper() + title[1:] for title in room["titles"])
    return HEADS[room["columns"]]


def _more(room: Any, names: dict[str, str], i: int) -> list[Any]:
    note = room["notes"][i]
    sums = [room.get(key, []) for key in ("hearts", "dots")]
    counts = [(s[i] if i < len(s) else 0) if any(s) else "" for s in sums]
    return [*(note.get(key, "") for key in EXTRAS), *counts, names.get(note.get("by", ""), "")]


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
