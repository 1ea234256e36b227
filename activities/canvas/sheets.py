"""Private sheets: each draws alone, and all hang together once a host, or the clock, shows them.

What each draws lies under own/ (see drawing). `room/gallery` holds the pieces in chance order;
whose they were is forgotten, except where somebody signed.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, Final

from activities.canvas import drawing, gallery, late, own, parts
from activities.canvas.jam import SHEETS, jam, mode
from activities.canvas.own import SLACK, filled
from server import kit
from server.kit import CLOCK, HOST, After, Change, Ctx, Effect, Forget, clock

MINUTE: Final = 60_000
LONGEST: Final = 30 * MINUTE
SQUIGGLES: Final = 8


def opening(ctx: Ctx) -> Generator[Effect, None, dict[str, Any]]:
    """The room of private sheets."""
    its = mode(ctx)
    room: dict[str, Any] = {"phase": "collect", "count": 0, "gallery": []}
    if its == "squiggle":
        room["under"] = ctx.rng.below(SQUIGGLES)
    if its == "parts" and ctx.options["ask"]:
        return {**room, "phase": "gather"}
    yield from own.wind(ctx)
    return room


drawing.declare(jam)
late.declare(jam)


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


def erase(ctx: Ctx) -> Iterator[Effect]:
    """My sheet is empty, or off the wall."""
    yield from parts.erase(ctx)
    yield from own.counted(ctx, {}) if ctx.room["phase"] != "shown" else gallery.erase(ctx)


def mend(ctx: Ctx) -> Iterator[Change]:
    """As many sheets as there are."""
    if ctx.room["phase"] == "shown":
        yield from gallery.mend(ctx)
    else:
        count = sum(filled(one) for one in ctx.state["own"].values())
        yield from kit.put(ctx, "room/count", count)
