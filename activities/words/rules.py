"""Words: each person writes in private; all of it is shown at once, by a host or by the clock.

As a cloud, as a silent waterfall, or line after line. What erase cannot do: once shown, an unsigned
text belongs to nobody, so it cannot be found again; whoever wants it back takes it back before.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, Final

from server import kit
from server.kit import (
    CLOCK,
    HOST,
    Activity,
    After,
    Change,
    Ctx,
    Effect,
    Lines,
    Piece,
    Refusal,
)

LONGEST: Final = 140
EACH: Final = 3
FULL: Final = 800
"""Texts in all, so that coming and going cannot fill the page for ever."""
QUIET: Final = 60_000
"""Milliseconds of quiet in which a waterfall is read."""
GONE: Final = {"text": "", "off": True}

text_field = kit.text(LONGEST)

jam = Activity(
    "words",
    options={
        "prompt": kit.optional(kit.integer(0, 99)),
        "text": kit.text(240, empty=True, default=""),
        "show": kit.one_of("cloud", "fall", "lines", default="cloud"),
        "most": kit.integer(1, LONGEST, default=60),
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


@jam.action(phase="collect", texts=kit.list_of(text_field, EACH), named=kit.boolean(False))
def write(ctx: Ctx, texts: list[str], named: bool) -> Iterator[Effect]:
    """Put down what I want to give, or something else in its place; nobody sees it yet."""
    if not texts:
        raise Refusal("too_short", field="texts")
    if len(texts) > ctx.options["each"]:
        raise Refusal("enough", max=ctx.options["each"])
    for text in texts:
        _fits(ctx, text)
    yield from kit.held.give(ctx, {"texts": texts, "named": named})


@jam.action(phase="collect")
def withdraw(ctx: Ctx) -> Iterator[Effect]:
    """Take mine back."""
    yield from kit.held.take(ctx)


@jam.action(phase="collect")
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass: takes mine back, and leaves no mark that I was asked."""
    yield from kit.held.take(ctx)


@jam.action(HOST, phase="collect")
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show all of it at once, in chance order; whose it was is forgotten here and in store."""
    pieces = [
        _piece(ctx, who, text, pick["named"])
        for who, pick in kit.held.given(ctx)
        for text in pick["texts"]
    ]
    yield Change("room/at", ctx.now)
    if ctx.options["show"] == "lines":
        yield Change("room/pace", max(1_500, min(4_000, 180_000 // max(1, len(pieces)))))
    if ctx.options["show"] == "fall":
        yield from kit.clock.begin(ctx.now, QUIET)
    else:
        yield from kit.clock.stop(ctx.room)
    yield After(0, "drop")
    yield from kit.held.shown(ctx, "words", pieces)


@jam.action(CLOCK, phase="collect")
def drop(ctx: Ctx) -> Iterator[Effect]:
    """The time that was given is over: show all of it."""
    yield from show(ctx)


@jam.action(HOST, phase="collect")
def wait(ctx: Ctx) -> Iterator[Effect]:
    """Let the clock rest: a host will show it."""
    yield from kit.bell.stop(ctx, "drop")


@jam.action(phase="shown", after=True, text=text_field, named=kit.boolean(False))
def add(ctx: Ctx, text: str, named: bool) -> Iterator[Effect]:
    """Add one after the show."""
    _fits(ctx, text)
    mine = ctx.own.get("added", [])
    if len(mine) >= ctx.options["each"]:
        raise Refusal("enough", max=ctx.options["each"])
    at = len(ctx.room["words"])
    if at >= FULL:
        raise Refusal("full")
    yield Change(f"room/words/{at}", _piece(ctx, ctx.me, text, named))
    yield Change(f"own/{ctx.me}/added", [*mine, at])


@jam.action(phase="shown")
def remove(ctx: Ctx) -> Iterator[Effect]:
    """Take back the last one that I added after the show."""
    mine = ctx.own.get("added", [])
    if mine:
        yield Change(f"room/words/{mine[-1]}", GONE)
        yield Change(f"own/{ctx.me}/added", list(mine[:-1]))


kit.aside(jam, "hide", "words", FULL, code="no_words", phase="shown")


@jam.reveal
def reveal(ctx: Ctx) -> Iterator[Effect]:
    if ctx.room["phase"] == "collect" and kit.held.given(ctx):
        yield from show(ctx)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from kit.held.take(ctx)
    yield from kit.emptied(ctx, "room/words", GONE)
    for i in ctx.own.get("added", []):
        yield Change(f"room/words/{i}", GONE)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """The count says how many people have given."""
    if ctx.room["phase"] == "collect":
        yield from kit.held.counted(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """What was shown, the same words together. A name stays only with what was signed, and whose
    owner has ticked that it may be kept."""
    shown = [piece for piece in room.get("words", []) if not piece.get("off")]
    signed = [piece for piece in shown if piece.get("by") in names]
    rest = [piece["text"] for piece in shown if piece.get("by") not in names]
    lines = [kit.beside(piece["text"], names[piece["by"]]) for piece in signed]
    lines += [f"{text} × {n}" if n > 1 else text for text, n in kit.grouped(rest)]
    if lines:
        yield Lines("words", lines)


def _fits(ctx: Ctx, text: str) -> None:
    if len(text) > ctx.options["most"]:
        raise Refusal("too_long", max=ctx.options["most"], field="text")


def _piece(ctx: Ctx, who: str, text: str, named: bool) -> dict[str, Any]:
    """An unsigned text knows nobody."""
    return {"text": text, "by": who} if named and ctx.options["named"] else {"text": text}
