"""Words: each person writes in private; all of it is shown at once, by a host or by the clock.

As a cloud, as a silent waterfall, or line after line. What erase cannot do: once shown, an unsigned
text belongs to nobody, so it cannot be found again; whoever wants it back takes it back before.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, Final

from activities.words import late, shown
from server import kit
from server.kit import CLOCK, HOST, Activity, Ctx, Effect, Piece, Refusal

EACH: Final = 3

jam = Activity(
    "words",
    options={
        **kit.question(),
        "show": kit.one_of("cloud", "fall", "lines", default="cloud"),
        "most": kit.integer(1, late.LONGEST, default=60),
        "each": kit.integer(1, EACH, default=1),
        "named": kit.boolean(False),
        "ms": kit.optional(kit.integer(5_000, 3_600_000)),
    },
    sealed=True,
    refusals={
        "enough": "You have {max} among them. Take one back to add another.",
        "full": "The page is full.",
        "no_words": "There is no such text.",
    },
)


@jam.start
def start(ctx: Ctx) -> Generator[Effect, None, dict[str, Any]]:
    ms = ctx.options["ms"]
    if ms is not None:
        yield from kit.bell.wind(ctx, ms, "drop")
    return {"phase": "collect", "count": 0}


@jam.action(phase="collect", texts=kit.list_of(late.text_field, EACH), named=kit.boolean(False))
def write(ctx: Ctx, texts: list[str], named: bool) -> Iterator[Effect]:
    """Put down what I want to give, or something else in its place; nobody sees it yet."""
    if not texts:
        raise Refusal("too_short", field="texts")
    if len(texts) > ctx.options["each"]:
        raise Refusal("enough", max=ctx.options["each"])
    for text in texts:
        late.fits(ctx, text)
    yield from kit.held.give(ctx, {"texts": texts, "named": named})


kit.held.takeable(jam, "withdraw", "Take mine back.")
kit.held.takeable(jam, "pass_", "Pass: takes mine back, and leaves no mark that I was asked.")


@jam.action(HOST, phase="collect")
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show all of it at once, in chance order; whose it was is forgotten here and in store."""
    yield from shown.shown(ctx)


@jam.action(CLOCK, phase="collect")
def drop(ctx: Ctx) -> Iterator[Effect]:
    """The time that was given is over: show all of it."""
    yield from show(ctx)


@jam.action(HOST, phase="collect")
def wait(ctx: Ctx) -> Iterator[Effect]:
    """Let the clock rest: a host will show it."""
    yield from kit.bell.stop(ctx, "drop")


late.declare(jam)


@jam.reveal
def reveal(ctx: Ctx) -> Iterator[Effect]:
    if kit.held.waits(ctx):
        yield from show(ctx)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from kit.held.take(ctx)
    yield from late.erased(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """The count says how many people have given."""
    if ctx.room["phase"] == "collect":
        yield from kit.held.counted(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """What was shown, the same words together."""
    yield from shown.told(room, names)
