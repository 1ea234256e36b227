"""A map of allies: bubbles with aliases, and lines between them. Everybody sees it as it grows.

A bubble is `{by, name, hue, size, x, y, on}`, a line `{by, a, b, kind, on}`; both keep their place
in their list, and what was taken away is a place for another one of the same person.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, Final

from activities.canvas.jam import jam
from server import kit
from server.kit import HOST, Change, Ctx, Picture, Piece, Refusal, Table, stroke

HUES: Final = ("trust", "growing", "gap")
TIES: Final = ("works", "could", "tension")
BUBBLES: Final = 120
EACH: Final = 20
LINES: Final = 240
LINES_EACH: Final = 40
NAME: Final = 40
GONE: Final[dict[str, Any]] = dict.fromkeys(("hue", "size", "x", "y"), 0) | {
    "by": "",
    "name": "",
    "on": False,
}
LOOSE: Final[dict[str, Any]] = {"by": "", "a": 0, "b": 0, "kind": 0, "on": False}

spot = kit.integer(0, BUBBLES - 1)
name_field = kit.text(NAME)
hue_field, size_field = kit.integer(0, len(HUES) - 1, default=0), kit.integer(0, 2, default=1)
x_field, y_field = kit.integer(0, stroke.WIDE), kit.integer(0, stroke.HIGH)


def opening(ctx: Ctx) -> dict[str, Any]:
    return {"phase": "map", "bubbles": [], "lines": []}


@jam.action(
    phase="map", after=True, name=name_field, hue=hue_field, size=size_field, x=x_field, y=y_field
)
def place(ctx: Ctx, name: str, hue: int, size: int, x: int, y: int) -> Iterator[Change]:
    """Put a bubble on the map: somebody with whom we could work, under a name of your choice."""
    at = _free(ctx, "bubbles", BUBBLES, EACH)
    made = {"by": ctx.me, "name": name, "hue": hue, "size": size, "x": x, "y": y, "on": True}
    yield Change(f"room/bubbles/{at}", made)


@jam.action(phase="map", i=spot, name=name_field, hue=hue_field, size=size_field)
def change(ctx: Ctx, i: int, name: str, hue: int, size: int) -> Iterator[Change]:
    """Give a bubble of mine another name, colour or size."""
    was = _mine(ctx, "bubbles", i)
    for key, value in (("name", name), ("hue", hue), ("size", size)):
        if was[key] != value:
            yield Change(f"room/bubbles/{i}/{key}", value)


@jam.action(phase="map", i=spot, x=x_field, y=y_field)
def move(ctx: Ctx, i: int, x: int, y: int) -> Iterator[Change]:
    """Move a bubble of mine."""
    was = _mine(ctx, "bubbles", i)
    if (was["x"], was["y"]) != (x, y):
        yield Change(f"room/bubbles/{i}/x", x)
        yield Change(f"room/bubbles/{i}/y", y)


@jam.action(phase="map", i=spot)
def drop(ctx: Ctx, i: int) -> Iterator[Change]:
    """Take a bubble of mine away, and the lines that lead to it."""
    _mine(ctx, "bubbles", i)
    yield Change(f"room/bubbles/{i}/on", False)
    yield from _loosen(ctx, {i})


@jam.action(phase="map", a=spot, b=spot, kind=kit.integer(0, len(TIES) - 1))
def tie(ctx: Ctx, a: int, b: int, kind: int) -> Iterator[Change]:
    """Draw a line between two bubbles, or change the kind of mine."""
    _seen(ctx, a)
    _seen(ctx, b)
    if a == b:
        raise Refusal("no_bubble")
    a, b = min(a, b), max(a, b)
    for at, line in enumerate(ctx.room["lines"]):
        if line["on"] and (line["a"], line["b"], line["by"]) == (a, b, ctx.me):
            if line["kind"] != kind:
                yield Change(f"room/lines/{at}/kind", kind)
            return
    at = _free(ctx, "lines", LINES, LINES_EACH)
    yield Change(f"room/lines/{at}", {"by": ctx.me, "a": a, "b": b, "kind": kind, "on": True})


@jam.action(phase="map", i=kit.integer(0, LINES - 1))
def untie(ctx: Ctx, i: int) -> Iterator[Change]:
    """Take a line of mine away."""
    _mine(ctx, "lines", i)
    yield Change(f"room/lines/{i}/on", False)


@jam.action(HOST, phase="map", i=spot, on=kit.boolean(True))
def cover(ctx: Ctx, i: int, on: bool) -> Iterator[Change]:
    """Put a bubble away for everybody, or bring it back; its lines go with it."""
    bubble = kit.thing(ctx, "bubbles", i, "no_bubble", there="on")
    yield from kit.flag(f"room/bubbles/{i}", bubble, "hidden", on)


def erase(ctx: Ctx) -> Iterator[Change]:
    """My bubbles and lines go, and whatever led to my bubbles."""
    mine = {i for i, bubble in enumerate(ctx.room["bubbles"]) if bubble["by"] == ctx.me}
    for i in sorted(mine):
        yield Change(f"room/bubbles/{i}", GONE)
    lost = [i for i, line in enumerate(ctx.room["lines"]) if line["by"] == ctx.me]
    for i in lost:
        yield Change(f"room/lines/{i}", LOOSE)
    yield from _loosen(ctx, mine, {*lost})


def harvest(room: Any, names: dict[str, str]) -> Iterator[Piece]:
    """How much trust and how many gaps, and which lines: numbers in place of names."""
    seen = [i for i, bubble in enumerate(room["bubbles"]) if standing(bubble)]
    if not seen:
        return
    number = {i: at + 1 for at, i in enumerate(seen)}
    ties = [line for line in room["lines"] if line["on"] and {line["a"], line["b"]} <= {*seen}]
    yield Picture("map")
    yield Table(
        "bubbles",
        ("number", "trust", "lines"),
        [
            (
                number[i],
                HUES[room["bubbles"][i]["hue"]],
                sum(i in (line["a"], line["b"]) for line in ties),
            )
            for i in seen
        ],
        keyed=("trust",),
    )
    if ties:
        rows = [(number[tie["a"]], TIES[tie["kind"]], number[tie["b"]]) for tie in ties]
        yield Table("ties", ("from", "kind", "to"), rows, keyed=("kind",))


def standing(bubble: Any) -> bool:
    """Does everybody see it?"""
    return bool(bubble.get("on") and not bubble.get("hidden"))


def _free(ctx: Ctx, what: str, most: int, each: int) -> int:
    """A place in the list: one that was left, by me or by somebody who is erased, or its end."""
    all_ = ctx.room[what]
    if sum(its["by"] == ctx.me and its["on"] for its in all_) >= each:
        raise Refusal("enough", max=each)
    for at, its in enumerate(all_):
        if not its["on"] and its["by"] in ("", ctx.me):
            return at
    if len(all_) >= most:
        raise Refusal("map_full")
    return len(all_)


def _mine(ctx: Ctx, what: str, i: int) -> Any:
    return kit.mine(ctx, what, i, "no_bubble", there="on")


def _seen(ctx: Ctx, i: int) -> None:
    bubbles = ctx.room["bubbles"]
    if i >= len(bubbles) or not standing(bubbles[i]):
        raise Refusal("no_bubble")


def _loosen(ctx: Ctx, bubbles: set[int], done: Container[int] = ()) -> Iterator[Change]:
    for at, line in enumerate(ctx.room["lines"]):
        if line["on"] and at not in done and (line["a"] in bubbles or line["b"] in bubbles):
            yield Change(f"room/lines/{at}/on", False)
