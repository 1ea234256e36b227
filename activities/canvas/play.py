"""How people use a canvas in each of its modes: a few short strokes, a word, a door, a bubble."""

from __future__ import annotations

from server.kit import Move, Seen, stroke
from server.kit.stroke import Point

SIGHT = 6
"""About so many strokes, then a person looks at what the others do."""


def play(seen: Seen) -> Move | None:
    """Draw, write, take back; hosts show what has been drawn when most have drawn."""
    its = seen.options.get("mode", "shared")
    if its == "map":
        return _map(seen)
    if its in ("shared", "doors"):
        return _paper(seen, its)
    if seen.room["phase"] == "shown":
        return _wall(seen, its)
    return _sheet(seen, its)


def _points(seen: Seen, left: int = 0, top: int = 0, wide: int = 10_000, high: int = 7_500) -> str:
    """A short wavy stroke somewhere in a part of the page."""
    rng = seen.rng
    x, y = left + wide // 8 + rng.below(wide // 2), top + high // 8 + rng.below(high // 2)
    step, lift = wide // 40, high // 20
    spots = [Point(x + i * step, y + rng.below(lift)) for i in range(4 + rng.below(4))]
    return stroke.write(spots)


def _mark(seen: Seen, points: str) -> dict[str, int | str]:
    ink = stroke.ERASER if seen.chance(5) else seen.rng.below(stroke.ERASER)
    return {"ink": ink, "width": seen.rng.below(4), "points": points}


def _paper(seen: Seen, its: str) -> Move | None:
    room = seen.room
    mine = [mark for mark in room["marks"] if mark[0] == seen.me and len(mark) < 7]
    box = (0, 0, 10_000, 7_500)
    if its == "doors":
        door = room["place"].get(seen.me)
        if door is None:
            return "enter", {"door": seen.rng.below(room["doors"])}
        columns = (1, 2, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4)[room["doors"]]
        rows = -(-room["doors"] // columns)
        wide, high = 10_000 // columns, 7_500 // rows
        box = (door % columns * wide, door // columns * high, wide, high)
        if seen.hosting and len(mine) > 2 and seen.chance(40):
            return "visit", {"door": (room["tour"] + 2) % (room["doors"] + 1) - 1}
    if mine and seen.chance(10):
        return "undo", {}
    if len(mine) < SIGHT and (seen.me not in room["hidden"]) and not room["lock"]:
        return "mark", {"group": len(room["marks"]), **_mark(seen, _points(seen, *box))}
    return None


def _sheet(seen: Seen, its: str) -> Move | None:
    room, own = seen.room, seen.own
    if room["phase"] == "gather":
        if seen.hosting and seen.chance(40):
            return "begin", {}
        return ("sit", {"on": True}) if seen.chance(4) else None
    if its == "parts" and "part" not in own and not own.get("out"):
        return "come", {}
    marks = own.get("marks") or []
    enough = len(marks) >= SIGHT - 2
    if seen.hosting and enough and room["count"] * 3 > seen.others * 2 and seen.chance(40):
        return "show", {}
    if marks and seen.chance(6):
        return "rub", {}
    if not marks and seen.chance(3):
        return "pass_", {}
    if not enough:
        return "draw", _mark(seen, _points(seen))
    if not own.get("note") and its != "parts" and seen.options["signs"]:
        year = 1 + seen.rng.below(40) if seen.options["years"] else 0
        text = seen.write(seen.options["signs"])
        return "caption", {"text": text, "year": year, "named": seen.chance(30)}
    return None if own.get("done") else ("done", {})


def _wall(seen: Seen, its: str) -> Move | None:
    pieces = seen.room["gallery"]
    given = seen.own.get("hearts") or {}
    liked = [i for i, one in enumerate(pieces) if not one.get("off") and str(i) not in given]
    if "hearts" in seen.room and liked and seen.chance(60):
        return "heart", {"i": seen.rng.choice(liked)}
    if its != "parts" and "added" not in seen.own and seen.chance(4):
        return "add", {"marks": [f"{seen.rng.below(12)}.1.0.{_points(seen)}"]}
    return None


def _map(seen: Seen) -> Move | None:
    rng, bubbles, lines = seen.rng, seen.room["bubbles"], seen.room["lines"]
    up = [i for i, one in enumerate(bubbles) if one["on"] and not one.get("hidden")]
    mine = [i for i in up if bubbles[i]["by"] == seen.me]
    if len(mine) < 2:
        spot = {"x": rng.below(10_000), "y": rng.below(7_500)}
        return "place", {"name": seen.write(30), "hue": rng.below(3), "size": rng.below(3), **spot}
    tied = sum(line["by"] == seen.me and line["on"] for line in lines)
    if len(up) > 1 and tied < 3 and seen.chance(50):
        a, b = rng.shuffled(up)[:2]
        return "tie", {"a": a, "b": b, "kind": rng.below(3)}
    if seen.chance(20):
        return "move", {"i": rng.choice(mine), "x": rng.below(10_000), "y": rng.below(7_500)}
    return None
