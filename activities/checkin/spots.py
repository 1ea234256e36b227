"""Spots: one dot each, on a drawn picture or on a dial, held until a host shows all of them.

A dial goes from 0 to 10: what is shown of it is how many stand at each step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from activities.checkin import dot, late
from activities.checkin.regions import REGIONS, SIDES, region, side
from server import kit
from server.kit import Activity, Change, Ctx, Effect, Piece, Table


def fresh(ctx: Ctx) -> dict[str, Any]:
    return dot.shaped(ctx, {"phase": "collect", "count": 0})


def shown(ctx: Ctx) -> Iterator[Effect]:
    """All dots at once, in chance order; of a dial, how many stand at each step."""
    picks = kit.held.given(ctx)
    if ctx.options["form"] == "dial":
        steps = (pick["x"] for _, pick in picks)
        yield from kit.held.summed("sums", kit.tally.sums(steps, dot.STEPS + 1))
    else:
        yield from kit.held.shown(ctx, "dots", [dot.seen(ctx, who, **it) for who, it in picks])


def taken(ctx: Ctx) -> Iterator[Effect]:
    """My dot goes; after the show, the one that I added."""
    yield from kit.held.take(ctx)
    if "added" not in ctx.own:
        return
    at = ctx.own["added"]
    if ctx.options["form"] == "dial":
        yield from late.undone(ctx, Change(f"room/sums/{at}", ctx.room["sums"][at] - 1))
    else:
        yield from late.undone(ctx, Change(f"room/dots/{at}", dot.AWAY))


def gone(ctx: Ctx) -> Iterator[Effect]:
    """All of mine goes, and what I signed."""
    yield from taken(ctx)
    yield from late.wiped(ctx, "dots", dot.AWAY)


def mended(ctx: Ctx) -> Iterator[Effect]:
    """The count says how many dots there are."""
    if ctx.room["phase"] == "collect":
        yield from kit.held.counted(ctx)
    elif "sums" in ctx.room:
        yield from kit.put(ctx, "room/count", sum(ctx.room["sums"]))
    else:
        yield from kit.put(ctx, "room/count", sum(one["x"] >= 0 for one in ctx.room["dots"]))


def declare(jam: Activity) -> None:
    """What can be done with a dot."""
    fields: dict[str, Any] = {"x": dot.across, "y": dot.down, "named": kit.boolean(False)}

    @jam.action(phase="collect", **fields)
    def place(ctx: Ctx, x: int, y: int, named: bool) -> Iterator[Effect]:
        """Put my dot down, or move it; nobody sees it yet."""
        form = kit.only(ctx, "dots", "dial")
        dot.fits(ctx, x)
        if form == "dial":
            y, named = 0, False
        yield from kit.held.give(ctx, {"x": x, "y": y, "named": named})

    @jam.action(phase=("shown", "still"), after=True, **fields)
    def drop(ctx: Ctx, x: int, y: int, named: bool) -> Iterator[Effect]:
        """Put my dot down after the show; one each."""
        form = kit.only(ctx, "dots", "dial", "line")
        dot.fits(ctx, x)
        late.alone(ctx)
        if form == "dial":
            at, sums = x, ctx.room["sums"]
            late.one_more(sum(sums))
            yield Change(f"room/sums/{x}", sums[x] + 1)
        else:
            at = late.one_more(len(ctx.room["dots"]))
            yield Change(f"room/dots/{at}", dot.seen(ctx, ctx.me, x, y, named))
        if dot.moving(ctx):
            yield Change(f"own/{ctx.me}/at", at)
        else:
            yield from late.counted(ctx, at)


def told(room: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Piece]:
    """How many dots lie where; a name only with a dot that was signed, and if its owner ticked."""
    if "sums" in room and any(room["sums"]):
        yield Table("dial", ("step", "people"), list(enumerate(room["sums"])))
    dots = [one for one in room.get("dots", []) if not one.get("off")]
    if not dots:
        return
    shape = room.get("shape", "")
    column = "region" if shape else "side"
    where = [
        f"{shape}.{region(shape, it['x'], it['y'])}" if shape else side(it["x"]) for it in dots
    ]
    order = [f"{shape}.{name}" for name, *_ in REGIONS[shape]] if shape else [*SIDES]
    rows = [(place, where.count(place)) for place in order if place in where]
    yield Table("dots", (column, "people"), rows, keyed=(column,))
    pairs = zip(where, dots, strict=True)
    signed = [(place, names[one["by"]]) for place, one in pairs if one.get("by") in names]
    if signed:
        yield Table("signed", (column, "name"), signed, keyed=(column,))
