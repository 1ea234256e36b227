"""Kept: the wall as people take it home: column by column, piles together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.wall.paper import EXTRAS, piles, standing
from server.kit import Lines, Piece, Table

HEADS: Final[dict[str, tuple[str, ...]]] = {
    "open": ("notes",),
    "keep": ("keep", "drop", "try"),
    "offers": ("offers", "needs"),
    "questions": ("questions",),
    "ideas": ("ideas",),
    "front": ("headline", "picture", "said"),
}
ROW: Final = ("note", "pile", "when", "where", "more", "hearts", "dots", "name")


def kept(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """The columns; then answers, and the list of the scoring."""
    notes = room["notes"]
    for col, title in enumerate(_titles(room)):
        rows = [
            [notes[i]["text"], n + 1 if len(pile) > 1 else "", *_more(room, names, i)]
            for n, pile in enumerate(p for p in piles(notes) if notes[p[0]]["col"] == col)
            for i in pile
        ]
        used = [at for at in range(len(ROW)) if any(row[at] != "" for row in rows)]
        if used == [0]:
            yield Lines(title, [row[0] for row in rows])
        elif used:
            yield Table(title, [ROW[at] for at in used], [[row[at] for at in used] for row in rows])
    readable = standing(notes)
    answers = [i for i in readable if notes[i].get("to") in readable]
    if answers:
        pairs = sorted((notes[i]["to"], i) for i in answers)
        rows = [[notes[j]["text"], notes[i]["text"]] for j, i in pairs]
        yield Table("answers", ("question", "answer"), rows)
    top = [[notes[i]["text"], total, n] for i, total, n in room.get("top", []) if i in readable]
    if top:
        yield Table("top", ("note", "sum", "scores"), top)


def _titles(room: Any) -> list[str]:
    """What stands over the columns that have notes, each another one."""
    heads = _heads(room)
    titles: list[str] = []
    for col in range(1 + max((note["col"] for note in room["notes"]), default=0)):
        title = heads[col] if col < len(heads) else "notes"
        titles.append(title if title not in titles else f"{title} {col + 1}")
    return titles


def _heads(room: Any) -> tuple[str, ...]:
    """What stands over the columns: a word's key, or the host's own title."""
    if "titles" in room:
        # Keys are in small letters: a title is never taken for one.
        return tuple(title[:1].upper() + title[1:] for title in room["titles"])
    return HEADS[room["columns"]]


def _more(room: Any, names: dict[str, str], i: int) -> list[Any]:
    """Beside a note: when, where and more, its hearts and dots, and a name that may stand there."""
    note = room["notes"][i]
    sums = [room.get(key, []) for key in ("hearts", "dots")]
    counts = [(s[i] if i < len(s) else 0) if any(s) else "" for s in sums]
    return [*(note.get(key, "") for key in EXTRAS), *counts, names.get(note.get("by", ""), "")]
