"""Together: one chord from everybody's key, lines to sing by one clock, and lines to echo.

All of it goes by log time, so that every phone turns the page and sounds at the same moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.together import chord, leading, singing, songs
from activities.together.songs import song_field, tongue_field
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect

jam = Activity(
    "together",
    options={
        **kit.question(),
        "form": kit.one_of("chord", "lyrics", "echo", default="chord"),
        "tongue": tongue_field,
        "song": song_field,
        "to": kit.one_of("leader", "track", default="leader"),
    },
    refusals={
        "pressed": "Your key is in the chord already.",
        "chord_full": "There are {max} keys in the chord.",
        "many_lines": "There is room for {max} lines.",
        "led": "Somebody leads already.",
        "no_line": "There is no such line.",
        "hearts_full": "You have given {max} hearts.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    room: dict[str, Any] = {"phase": "ready", "clock": None, "leader": "", "hearts": 0, "words": []}
    room |= {"song": [ctx.options["tongue"], ctx.options["song"]], "beat": 0}
    return room | {"came": 0, "at": 0, "pressed": [], "chord": None}


@jam.join
def join(ctx: Ctx) -> Iterator[Effect]:
    yield from chord.joined(ctx)


songs.songs(jam)
leading.leading(jam)


@jam.action(HOST, phase=("ready", "done"), tongue=tongue_field)
def begin(ctx: Ctx, tongue: str) -> Iterator[Effect]:
    """Count in: four beats, then the chord or the first line, of ``tongue`` if none is picked."""
    yield Change("room/phase", "run")
    yield from chord.begun(ctx) if ctx.options["form"] == "chord" else singing.begun(ctx, tongue)


chord.chord(jam)
singing.singing(jam)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from chord.erased(ctx)
    if ctx.room["leader"] == ctx.me:
        yield Change("room/leader", "")
    yield from kit.blanked(ctx, "words")
    if "hearts" in ctx.own:
        yield Change("room/hearts", ctx.room["hearts"] - ctx.own["hearts"])


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    yield from leading.mended(ctx)


@jam.heard
def heard(room: Any, options: Any, people: Any) -> list[str] | None:
    """While lines run, only who leads with their voice: a choir that comes late to every ear helps
    nobody. A chord is everybody's."""
    sung = options["form"] != "chord" and room["phase"] == "run" and kit.clock.runs(room)
    return [one for one in [room["leader"]] if one] if sung else None


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[kit.Piece]:
    """Nothing: a song is over when it is over. The picture of a chord is in the zine."""
    yield from ()
