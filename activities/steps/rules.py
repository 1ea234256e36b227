"""Steps: a guided sequence, a picture and a line at a time, by one clock or each at their own pace.

What one skips or rests stays on one's own page. What a person shares at the end is held, and
unsigned.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.steps import finding, guiding, sharing
from activities.steps.sequences import SEQUENCES, calls, own_pace, written
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal

OWN: Final = 12
"""Steps of a sequence of a host's own."""

texts_field = kit.list_of(kit.text(80), OWN, default=[])
seconds_field = kit.list_of(kit.integer(5, 120), OWN, default=[])

jam = Activity(
    "steps",
    options={
        **kit.question(),
        "sequence": kit.one_of(*SEQUENCES, "blue", "own", default="rain"),
        "pace": kit.one_of("shared", "own", default="shared"),
        "sections": kit.integer(1, 3, default=3),
        "count": kit.integer(3, 8, default=5),
        "texts": texts_field,
        "seconds": seconds_field,
    },
    sealed=True,
    refusals={
        "no_steps": "There is no step yet.",
        "no_step": "There is no such step.",
        "no_share": "Nothing is shared at the end of this one.",
        "shared": "Your line is among them already.",
        "shares_full": "There are {max} lines; the page is full.",
        "no_line": "There is no such line.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    options = ctx.options
    room: dict[str, Any] = {"sections": 1, "clock": None, "came": 0, "count": 0}
    room |= {"found": [], "shared": []} | written(options["texts"], options["seconds"])
    if options["sequence"] == "blue":
        room["steps"] = calls(ctx)
    elif options["sequence"] != "own":
        room["steps"] = [list(step) for step in SEQUENCES[options["sequence"]]]
    return room | {"phase": "run" if own_pace(options) and room["steps"] else "ready"}


@jam.join
def join(ctx: Ctx) -> Iterator[Effect]:
    """Everyone is in a section: one here, one there, so that a wave goes through the room."""
    yield from kit.arrived(ctx, "place")


@jam.action(HOST, phase="ready", texts=texts_field, seconds=seconds_field)
def write(ctx: Ctx, texts: list[str], seconds: list[int]) -> Iterator[Effect]:
    """Write the steps of a sequence of our own."""
    if ctx.options["sequence"] != "own":
        raise Refusal("not_now")
    yield Change("host/by", ctx.me)
    for name, value in written(texts, seconds).items():
        yield Change(f"room/{name}", value)


guiding.guiding(jam)
finding.finding(jam)
sharing.sharing(jam, guiding.finished)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from kit.held.take(ctx)
    yield from kit.blanked(ctx, "texts")
    yield from sharing.added(ctx)
    yield from finding.erased(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Counts are as many as people have given."""
    yield from finding.mended(ctx)
    yield from kit.held.counted(ctx)


@jam.heard
def heard(room: Any, options: Any, people: Any) -> tuple[()] | None:
    """Nobody while all of us look, touch and listen, each for ourselves. Everywhere else laughing
    is half of it: at a stretch, at a find, at moves; and a storm is made of hands and feet."""
    quiet = options["sequence"] == "senses" and room["phase"] == "run" and kit.clock.runs(room)
    return () if quiet else None


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[kit.Piece]:
    """What was shared, unsigned."""
    yield from kit.written("shared", room["shared"])
