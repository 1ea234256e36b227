"""A map of allies: bubbles with aliases, and lines between them. Everybody sees it as it grows.

A bubble is `{by, name, hue, size, x, y, on}`; it keeps its place in its list, as lines do (see
ties), and what was taken away is a place for another one of the same person.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.canvas import ties
from activities.canvas.jam import jam
from activities.canvas.spots import BUBBLES, free, mine, spot, standing
from server import kit
from server.kit import HOST, Change, Ctx, Picture, Piece, Table, stroke

HUES: Final = ("trust", "growing", "gap")
EACH: Final = 20
NAME: Final = 40
GONE: Final[dict[str, Any]] = dict.fromkeys(("hue", "size", "x", "y"), 0) | {
    "by": "",
    "name": "",
    "on": False,
}
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
    at = free(ctx, "bubbles", BUBBLES, EACH)
    made = {"by": ctx.me, "name": name, "hue": hue, "size": size, "x": x, "y": y, "on": True}
    yield Change(f"room/bubbles/{at}", made)


@jam.action(phase="map", i=spot, name=name_field, hue=hue_field, size=size_field)
def change(ctx: Ctx, i: int, name: str, hue: int, size: int) -> Iterator[Change]:
    """Give a bubble of mine another name, colour or size."""
    was = mine(ctx, "bubbles", i)
    for key, value in (("name", name), ("hue", hue), ("size", size)):
        if was[key] != value:
            yield Change(f"room/bubbles/{i}/{key}", value)


@jam.action(phase="map", i=spot, x=x_field, y=y_field)
def move(ctx: Ctx, i: int, x: int, y: int) -> Iterator[Change]:
    """Move a bubble of mine."""
    was = mine(ctx, "bubbles", i)
    if (was["x"], was["y"]) != (x, y):
        yield Change(f"room/bubbles/{i}/x", x)
        yield Change(f"room/bubbles/{i}/y", y)


@jam.action(phase="map", i=spot)
def drop(ctx: Ctx, i: int) -> Iterator[Change]:
    """Take a bubble of mine away, and the lines that lead to it."""
    mine(ctx, "bubbles", i)
    yield Change(f"room/bubbles/{i}/on", False)
    yield from ties.loosen(ctx, {i})


ties.declare(jam)


@jam.action(HOST, phase="map", i=spot, on=kit.boolean(True))
def cover(ctx: Ctx, i: int, on: bool) -> Iterator[Change]:
    """Put a bubble away for everybody, or bring it back; its lines go with it."""
    bubble = kit.thing(ctx, "bubbles", i, "no_bubble", there="on")
    yield from kit.flag(f"room/bubbles/{i}", bubble, "hidden", on)


def erase(ctx: Ctx) -> Iterator[Change]:
    """My bubbles and lines go, and whatever led to my bubbles."""
    own = {i for i, bubble in enumerate(ctx.room["bubbles"]) if bubble["by"] == ctx.me}
    for i in sorted(own):
        yield Change(f"room/bubbles/{i}", GONE)
    yield from ties.erase(ctx, own)


def harvest(room: Any, names: dict[str, str]) -> Iterator[Piece]:
    """How much trust and how many gaps, and which lines: numbers in place of names."""
    seen = [i for i, bubble in enumerate(room["bubbles"]) if standing(bubble)]
    if not seen:
        return
    number = {i: at + 1 for at, i in enumerate(seen)}
    lines = [line for line in room["lines"] if line["on"] and {line["a"], line["b"]} <= {*seen}]
    yield Picture("map")
    yield Table(
        "bubbles",
        ("number", "trust", "lines"),
        [
            (
                number[i],
                HUES[room["bubbles"][i]["hue"]],
                sum(i in (line["a"], line["b"]) for line in lines),
            )
            for i in seen
        ],
        keyed=("trust",),
    )
    if lines:
        rows = [(number[tie["a"]], ties.TIES[tie["kind"]], number[tie["b"]]) for tie in lines]
        yield Table("ties", ("from", "kind", "to"), rows, keyed=("kind",))
