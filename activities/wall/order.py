"""Order: notes find their column and their pile, and questions are opened one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from activities.wall.paper import FREE, fits, piles, place, seen
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal


def order(jam: Activity) -> None:
    """Let hosts, or everybody, tidy up; and let hosts ask."""

    @jam.action(phase=FREE, i=place, col=kit.integer(0, 3), on=kit.optional(place))
    def move(ctx: Ctx, i: int, col: int, on: int | None) -> Iterator[Effect]:
        """Put a note, with all that lies on it, into another column or onto another note."""
        if not ctx.options["tidy"] and ctx.role != HOST:
            raise Refusal("host_only")
        fits(ctx, col)
        note, notes = seen(ctx, i), ctx.room["notes"]
        root = note.get("on", i)
        under = root
        if on is not None:
            target = seen(ctx, on)
            under, col = target.get("on", on), target["col"]
            if "to" in target:
                raise Refusal("no_note")
        if "to" in note:
            raise Refusal("no_note")
        together = any(pile[0] == i for pile in piles(notes))
        for j in [j for j, n in enumerate(notes) if n.get("on", j) == root] if together else [i]:
            if notes[j]["col"] != col:
                yield Change(f"room/notes/{j}/col", col)
            if under != root and notes[j].get("on") != under:
                yield Change(f"room/notes/{j}/on", under)
        if on is None and not together:
            yield Change(f"room/notes/{i}/on")

    @jam.action(HOST, phase=FREE, i=kit.optional(place))
    def ask(ctx: Ctx, i: int | None) -> Iterator[Effect]:
        """Open one question, large on all screens; the one before is done. None closes it."""
        before = ctx.room.get("asked")
        if i is not None and (ctx.options["columns"] != "questions" or "to" in seen(ctx, i)):
            raise Refusal("no_note")
        if before == i:
            return
        if before is not None:
            yield Change(f"room/notes/{before}/done", True)
        if i is None:
            yield Change("room/asked")
        else:
            yield Change("room/asked", i)
