"""Private sheets: each draws alone, and all hang together once a host, or the clock, shows them.

A sheet lies at ``own/<id>/marks`` as `[ink, width, shape, points]`, what is written on it at
``own/<id>/note``. `room/gallery` holds the pieces in chance order; whose they were is forgotten,
except where somebody signed. A sheet has its share of one wall: with many people it is smaller, so
that what is shown together never grows with the crowd.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.canvas import gallery, parts
from activities.canvas.jam import SHAPES, SHEETS, SIGNS, jam, mode
from activities.canvas.own import MARKS, SLACK, counted, filled, share
from server import kit
from server.kit import CLOCK, HOST, After, Change, Ctx, Effect, Forget, Refusal, clock, stroke

MINUTE: Final = 60_000
LONGEST: Final = 30 * MINUTE
SQUIGGLES: Final = 8


def opening(ctx: Ctx) -> dict[str, Any]:
    """The room of private sheets."""
    its = mode(ctx)
    room: dict[str, Any] = {"phase": "collect", "count": 0, "gallery": []}
    if its == "squiggle":
        room["under"] = ctx.rng.below(SQUIGGLES)
    if its == "parts" and ctx.options["ask"]:
        return {**room, "phase": "gather"}
    return room


@jam.action(
    phase=("gather", "collect"), **stroke.fields(kit.integer(0, len(SHAPES) - 1, default=0))
)
def draw(ctx: Ctx, ink: int, width: int, shape: int, points: str) -> Iterator[Effect]:
    """Put a mark on my own sheet; nobody else sees it yet."""
    stroke.legible(points)
    if mode(ctx) == "parts" and not parts.seated(ctx):
        raise Refusal("not_now")
    new = [ink, width, shape, points]
    marks = ctx.own.get("marks") or []
    if len(marks) >= MARKS or sum(map(stroke.weight, [*marks, new])) > share(ctx):
        raise Refusal("sheet_full")
    yield stroke.laid(f"own/{ctx.me}/marks", marks, new)
    if not marks:
        yield from counted(ctx, {**ctx.own, "marks": [new]})
    if mode(ctx) == "parts":
        yield from parts.touched(ctx)


@jam.action(phase=("gather", "collect"))
def rub(ctx: Ctx) -> Iterator[Effect]:
    """Take back the last mark of my own sheet."""
    marks = ctx.own.get("marks") or []
    if not marks:
        return
    yield Change(f"own/{ctx.me}/marks/{len(marks) - 1}")
    yield from counted(ctx, {**ctx.own, "marks": marks[:-1]})
    if mode(ctx) == "parts":
        yield from parts.touched(ctx)


text_field, year_field = kit.text(SIGNS, empty=True, default=""), kit.integer(0, 200, default=0)


def worded(ctx: Ctx, text: str, year: int, named: bool) -> dict[str, Any]:
    """What is written on a piece, as far as this round has room for it."""
    if len(text) > ctx.options["signs"]:
        raise Refusal("too_long", max=ctx.options["signs"])
    note: dict[str, Any] = {}
    if text:
        note["text"] = text
    if ctx.options["years"] and year:
        note["year"] = year
    if ctx.options["named"] and named:
        note["named"] = True
    return note


@jam.action(phase="collect", text=text_field, year=year_field, named=kit.boolean(False))
def caption(ctx: Ctx, text: str, year: int, named: bool) -> Iterator[Effect]:
    """Write a few words on my sheet, and say whether my name may stand beside it."""
    note = worded(ctx, text, year, named)
    yield Change(f"own/{ctx.me}/note", note)
    yield from counted(ctx, {**ctx.own, "note": note})


@jam.action(phase="collect")
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass: my sheet is empty again, and nothing tells that I was asked."""
    yield from counted(ctx, {**ctx.own, "marks": [], "note": {}})
    for key in ("marks", "note", "done"):
        if key in ctx.own:
            yield Change(f"own/{ctx.me}/{key}")
    if ctx.own.get("marks") and mode(ctx) == "parts":
        yield from parts.touched(ctx)


@jam.action(phase="collect", on=kit.boolean(True))
def done(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """My sheet is ready; in a round that shows itself, all ready means that it is shown."""
    if on != bool(ctx.own.get("done")):
        yield Change(f"own/{ctx.me}/done", on)
    if not on or not ctx.options["auto"]:
        return
    own = ctx.state["own"]
    waited = [who for who in kit.willing(ctx) if who != ctx.me]
    if all(own.get(who, {}).get("done") for who in waited):
        yield After(1, "due")


def joined(ctx: Ctx) -> Iterator[Effect]:
    """Whoever comes is given a tile, or a part of a creature where nobody is asked."""
    if mode(ctx) == "tiles" and "tile" not in ctx.own and ctx.room["phase"] == "collect":
        yield Change(f"own/{ctx.me}/tile", ctx.rng.below(gallery.MOTIFS))
    if mode(ctx) == "parts":
        yield from parts.joined(ctx)


@jam.action(HOST, phase="collect")
def show(ctx: Ctx) -> Iterator[Effect]:
    """Hang up all sheets at once, in chance order; whose they are is forgotten."""
    yield from reveal(ctx)


@jam.action(CLOCK, phase="collect")
def due(ctx: Ctx) -> Iterator[Effect]:
    """The clock of the round is over, or all are ready: the sheets are shown."""
    yield from reveal(ctx)


@jam.reveal
def ended(ctx: Ctx) -> Iterator[Effect]:
    """What has been drawn by the end is shown; where nothing was, nothing is."""
    drawn = any(filled(own) for own in ctx.state["own"].values())
    if mode(ctx) in SHEETS and ctx.room["phase"] == "collect" and drawn:
        yield from reveal(ctx)


@jam.action(HOST, phase="collect")
def longer(ctx: Ctx) -> Iterator[Effect]:
    """One more minute to draw."""
    now = ctx.room.get("clock")
    ms = min(LONGEST, clock.left(ctx.room, ctx.now) + MINUTE)
    if now:
        yield from clock.begin(ctx.now, ms)
        if ctx.options["auto"]:
            yield After(ms + SLACK, "due")


def reveal(ctx: Ctx) -> Iterator[Effect]:
    """All pieces in chance order, and the tie to their makers is cut."""
    if mode(ctx) == "parts":
        pieces = parts.creatures(ctx)
    else:
        own = ctx.state["own"]
        pieces = [piece(ctx, who, own[who]) for who in sorted(own) if filled(own[who])]
    yield from gallery.hang(ctx, kit.held.mixed(ctx, pieces)[: gallery.PIECES])
    yield from clock.stop(ctx.room)
    yield After(0, "due")
    yield Forget()


def piece(ctx: Ctx, who: str, own: Any) -> dict[str, Any]:
    """One sheet as everybody will see it."""
    note = own.get("note") or {}
    made: dict[str, Any] = {"marks": own.get("marks") or []}
    made.update({key: note[key] for key in ("text", "year") if key in note})
    made.update(kit.signed(ctx, who, bool(note.get("named"))))
    if mode(ctx) == "tiles":
        made["tile"] = own.get("tile", 0)
    return made
