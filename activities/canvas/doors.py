"""Doors: the shared paper is cut into doors, one for each person or group, and at the end a host
leads everybody from door to door. Who is at which door stands at `room/place`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.canvas.jam import DOORS, jam
from server import kit
from server.kit import HOST, Change, Ctx, Refusal, stroke

CLOSED: Final = -1
PLACES: Final = 200
COLUMNS: Final = (1, 2, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4)
"""How many doors stand side by side, by how many there are."""


def opening(ctx: Ctx) -> dict[str, Any]:
    """How many doors: what the card says, else one for each who is here, twelve at most."""
    return {"doors": _many(ctx), "place": {}, "tour": CLOSED}


def joined(ctx: Ctx) -> Iterator[Change]:
    """While the paper is white there is a further door for whoever comes."""
    if "doors" in ctx.room and not ctx.room["marks"] and _many(ctx) > ctx.room["doors"]:
        yield Change("room/doors", _many(ctx))


def _many(ctx: Ctx) -> int:
    return max(2, min(DOORS, ctx.options["doors"] or len(kit.here(ctx))))


def rect(door: int, many: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a door in page units; its twin is in doors.js."""
    columns = COLUMNS[many]
    rows = -(-many // columns)
    column, row = door % columns, door // columns
    wide, high = stroke.WIDE + 1, stroke.HIGH + 1
    left, top = wide * column // columns, high * row // rows
    return left, top, wide * (column + 1) // columns, high * (row + 1) // rows


def admit(ctx: Ctx, points: str) -> None:
    """A mark belongs where its middle lies; it must be one's own door."""
    many = ctx.room.get("doors")
    if many is None:
        return
    door = ctx.room["place"].get(ctx.me)
    if door is None:
        raise Refusal("no_door")
    spots = stroke.read(points)
    across = [spot.x for spot in spots]
    down = [spot.y for spot in spots]
    x, y = (min(across) + max(across)) // 2, (min(down) + max(down)) // 2
    left, top, right, bottom = rect(door, many)
    if not (left <= x < right and top <= y < bottom):
        raise Refusal("no_door")


@jam.action(door=kit.integer(0, DOORS - 1))
def enter(ctx: Ctx, door: int) -> Iterator[Change]:
    """Take a door, or join those who are there."""
    many = ctx.room.get("doors")
    if many is None:
        raise Refusal("not_now")
    if door >= many:
        raise Refusal("no_door")
    places = ctx.room["place"]
    if len(places) >= PLACES and ctx.me not in places:
        gone = sorted(who for who in places if who not in ctx.people)
        yield from (Change(f"room/place/{who}") for who in gone)
        if not gone:
            raise Refusal("no_door")
    if places.get(ctx.me) != door:
        yield Change(f"room/place/{ctx.me}", door)


@jam.action(HOST, door=kit.integer(CLOSED, DOORS - 1))
def visit(ctx: Ctx, door: int) -> Iterator[Change]:
    """Lead everybody to a door; -1 ends the tour."""
    if "doors" not in ctx.room:
        raise Refusal("not_now")
    if door >= ctx.room["doors"]:
        raise Refusal("no_door")
    if door != ctx.room["tour"]:
        yield Change("room/tour", door)


def erase(ctx: Ctx) -> Iterator[Change]:
    """I am at no door."""
    if ctx.me in (ctx.room.get("place") or {}):
        yield Change(f"room/place/{ctx.me}")
