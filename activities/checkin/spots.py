"""Spots: one dot each, on a drawn picture or on a dial, held until a host shows all of them.

A picture is 100 wide and 100 high; a dial goes from 0 to 10. Where a dot lies is told in regions,
which are the same for the page (region.js, same vectors).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server import kit
from server.kit import Activity, Change, Ctx, Effect, Forget, Piece, Refusal, Table

FULL: Final = 300
"""Dots in all, so that coming and going cannot fill the picture for ever."""
AWAY: Final = {"x": -1, "y": -1, "off": True}
"""A dot that was taken back: a list keeps its places."""
STEPS: Final = 10
# The first box that holds the dot says where it is: left, top, right, bottom (all within).
REGIONS: Final[dict[str, tuple[tuple[str, int, int, int, int], ...]]] = {
    "sea": (
        ("island", 60, 34, 92, 55),
        ("boat", 14, 40, 42, 63),
        ("sky", 0, 0, 100, 39),
        ("shore", 0, 81, 100, 100),
        ("water", 0, 0, 100, 100),
    ),
    "hill": (
        ("top", 33, 12, 67, 36),
        ("river", 0, 86, 100, 100),
        ("slope", 20, 37, 80, 64),
        ("sky", 0, 0, 100, 54),
        ("foot", 0, 0, 100, 100),
    ),
    "city": (
        ("roofs", 0, 21, 100, 40),
        ("sky", 0, 0, 100, 20),
        ("street", 0, 85, 100, 100),
        ("park", 60, 60, 100, 84),
        ("houses", 0, 0, 100, 100),
    ),
    "table": (
        ("bread", 38, 38, 62, 62),
        ("head", 20, 0, 80, 19),
        ("near", 20, 81, 80, 100),
        ("table", 20, 20, 80, 80),
        ("door", 0, 0, 100, 100),
    ),
}
SIDES: Final = ("first", "toward", "middle", "beyond", "second")
"""The parts of a line, in the order of reading."""

across = kit.integer(0, 100)
down = kit.integer(0, 100, default=0)


def region(shape: str, x: int, y: int) -> str:
    """Where on that picture a dot lies."""
    return next(
        name
        for name, left, top, right, bottom in REGIONS[shape]
        if left <= x <= right and top <= y <= bottom
    )


def side(x: int) -> str:
    """Where on a line a dot lies."""
    return SIDES[min(4, x // 20)]


def only(ctx: Ctx, *forms: str) -> str:
    """The form of this check-in, if it is one of these."""
    return kit.only(ctx, *forms)


def moving(ctx: Ctx) -> bool:
    """Whether everybody sees the dots move."""
    form = ctx.options["form"]
    return bool(form == "line" or (form == "dots" and ctx.options["live"]))


def name_of(ctx: Ctx, who: str) -> str:
    return str(ctx.people.get(who, {}).get("name", ""))


def signed(ctx: Ctx, who: str, named: bool) -> dict[str, str]:
    """A name, where the room and the person want it, and whose: somebody who takes another name can
    still take it back, and nobody who takes theirs can. What is unsigned says nothing of anybody.
    """
    name = name_of(ctx, who)
    return {"name": name, "by": who} if named and name and ctx.options["named"] else {}


def dot(ctx: Ctx, who: str, x: int, y: int, named: bool) -> dict[str, Any]:
    """What everybody sees of a dot; on a line there is no height."""
    at = {"x": x} if ctx.options["form"] == "line" else {"x": x, "y": y}
    return {**at, **signed(ctx, who, named)}


def fits(ctx: Ctx, x: int) -> None:
    if ctx.options["form"] == "dial" and x > STEPS:
        raise Refusal("not_a_number", field="x", min=0, max=STEPS)


def shown(ctx: Ctx) -> Iterator[Effect]:
    """All dots at once, in chance order; of a dial, how many stand at each step."""
    picks = [(who, pick) for who, pick in kit.held.given(ctx)]
    if ctx.options["form"] == "dial":
        sums = [0] * (STEPS + 1)
        for _, pick in picks:
            sums[pick["x"]] += 1
        yield Change("room/sums", sums)
        yield Change("room/phase", "shown")
        yield Forget()
    else:
        yield from kit.held.shown(ctx, "dots", [dot(ctx, who, **it) for who, it in picks])


def taken(ctx: Ctx, at: int) -> Iterator[Change]:
    """The late dot is taken back."""
    if ctx.options["form"] == "dial":
        yield Change(f"room/sums/{at}", ctx.room["sums"][at] - 1)
    else:
        yield Change(f"room/dots/{at}", AWAY)


def declare(jam: Activity) -> None:
    """What can be done with a dot."""

    @jam.action(phase="collect", x=across, y=down, named=kit.boolean(False))
    def place(ctx: Ctx, x: int, y: int, named: bool) -> Iterator[Effect]:
        """Put my dot down, or move it; nobody sees it yet."""
        form = only(ctx, "dots", "dial")
        fits(ctx, x)
        if form == "dial":
            y, named = 0, False
        yield from kit.held.give(ctx, {"x": x, "y": y, "named": named})

    @jam.action(phase=("shown", "still"), after=True, x=across, y=down, named=kit.boolean(False))
    def drop(ctx: Ctx, x: int, y: int, named: bool) -> Iterator[Effect]:
        """Put my dot down after the show; one each."""
        form = only(ctx, "dots", "dial", "line")
        fits(ctx, x)
        if "added" in ctx.own or "at" in ctx.own:
            raise Refusal("answered")
        if form == "dial":
            at, sums = x, ctx.room["sums"]
            if sum(sums) >= FULL:
                raise Refusal("sky_full")
            yield Change(f"room/sums/{x}", sums[x] + 1)
        else:
            at = len(ctx.room["dots"])
            if at >= FULL:
                raise Refusal("sky_full")
            yield Change(f"room/dots/{at}", dot(ctx, ctx.me, x, y, named))
        if moving(ctx):
            yield Change(f"own/{ctx.me}/at", at)
            return
        yield Change("room/count", ctx.room["count"] + 1)
        yield Change(f"own/{ctx.me}/added", at)


def told(room: Mapping[str, Any], ticked: Mapping[str, str]) -> Iterator[Piece]:
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
    names = [
        (place, ticked[one["by"]])
        for place, one in zip(where, dots, strict=True)
        if one.get("by") in ticked
    ]
    if names:
        yield Table("signed", (column, "name"), names, keyed=(column,))


def _where(shape: str, x: int, y: int = 0, **_: Any) -> str:
    return f"{shape}.{region(shape, x, y)}" if shape else side(x)
