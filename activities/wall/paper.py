"""Paper: one note of the wall as data, what can be read of it, and whose it is."""

from __future__ import annotations

from typing import Any, Final

from server import kit
from server.kit import Ctx, Refusal

MOST: Final = 400
"""Notes in all, taken back ones counted."""
EACH: Final = 20
"""Notes of one person that hang."""
TRIES: Final = 40
"""Notes of one person, taken back ones counted."""
COLUMNS: Final = {
    "open": 1,
    "keep": 3,
    "offers": 2,
    "questions": 1,
    "ideas": 1,
    "front": 3,
    "custom": 0,
}
GONE: Final[dict[str, Any]] = {"col": 0, "text": ""}
EXTRAS: Final = ("when", "where", "more")
FREE: Final = ("shown", "score", "top")
"""The phases in which the wall can be read."""

short = kit.text(40, empty=True, default="")
fields: Final[dict[str, Any]] = {
    "text": kit.text(240),
    "col": kit.integer(0, 3, default=0),
    "when": short,
    "where": short,
    "more": short,
    "named": kit.boolean(False),
}
place = kit.integer(0, MOST - 1)


def width(ctx: Ctx) -> int:
    """How many columns this wall has."""
    return COLUMNS[ctx.options["columns"]] or max(1, len(ctx.options["titles"]))


def fits(ctx: Ctx, col: int) -> None:
    if col >= width(ctx):
        raise Refusal("not_a_choice", field="col")


def written(ctx: Ctx, text: str, col: int, named: bool, **extras: str) -> dict[str, Any]:
    """A note as it hangs; whose it is stands on it only where card and person want that."""
    fits(ctx, col)
    note: dict[str, Any] = {"col": col, "text": text}
    if ctx.options["columns"] == "offers":
        note |= {key: extras[key] for key in EXTRAS if extras[key]}
    if named and ctx.options["signed"]:
        note["by"] = ctx.me
    return note


def there(ctx: Ctx, i: int) -> Any:
    """A note that has not been taken back; refused where there is none."""
    return kit.thing(ctx, "notes", i, "no_note")


def seen(ctx: Ctx, i: int) -> Any:
    """A note that everybody can read."""
    note = there(ctx, i)
    if note.get("hidden"):
        raise Refusal("no_note")
    return note


def mine(ctx: Ctx, who: str) -> list[int]:
    """The places of one person's notes, as far as the room still knows whose they are."""
    tied = ctx.state["own"].get(who, {}).get("notes", [])
    signed = [i for i, note in enumerate(ctx.room["notes"]) if note.get("by") == who]
    return sorted({*tied, *signed})


def author(ctx: Ctx, i: int) -> str:
    """Whose note it is; "" once that is forgotten."""
    by = ctx.room["notes"][i].get("by", "")
    found = [who for who, own in sorted(ctx.state["own"].items()) if i in own.get("notes", [])]
    return by or (found[0] if found else "")


def standing(notes: Any) -> list[int]:
    """Notes that can be read."""
    return [i for i, note in enumerate(notes) if note["text"] and not note.get("hidden")]


def piles(notes: Any) -> list[list[int]]:
    """Notes and answers apart: each pile's notes, the one on top first; most piles are one note."""
    found: dict[int, list[int]] = {}
    for i in standing(notes):
        if "to" not in notes[i]:
            found.setdefault(notes[i].get("on", i), []).append(i)
    return sorted([sorted(pile, key=lambda i: (i != root, i)) for root, pile in found.items()])
