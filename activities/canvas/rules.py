"""A shared drawing: one list of marks in one order, undo of one's own, and a host who can tidy up.

A mark is `[member, group, ink, width, shape, points]`; index 6, once set, says whether it is put
away. Order matters, because an eraser (ink 12) takes away only what lies under it. Undo is a flag,
clear is a watermark, so nothing that anyone drew is lost by a slip of the finger.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, Final

from activities.canvas import allies, doors, gallery, own, parts, sheets
from activities.canvas.jam import SHAPES, SHEETS, jam, mode
from server import kit
from server.kit import HOST, Change, Effect, Picture, Piece, Refusal, Table
from server.kit.stroke import ERASER, HIGH, INKS, POINTS, WIDE, count

VISIBLE: Final = 5_000
MARKS: Final = 20_000
BYTES: Final = 8 * 1024 * 1024
TOGETHER: Final = 100
"""How many marks one undo takes back at most."""
REDOS: Final = 200
HIDDEN: Final = 200
AT_ONCE: Final = 900
"""The most marks that are emptied one by one; beyond, the list is sent anew as one change."""
EMPTY: Final[list[Any]] = ["", 0, 0, 0, 0, "", True]


def weight(mark: list[Any]) -> int:
    """What a mark is counted for against BYTES: about its length on the wire."""
    return len(mark[5]) + len(mark[0]) + 24


def _off(mark: list[Any]) -> bool:
    return len(mark) > 6 and bool(mark[6])


def shown(room: dict[str, Any]) -> Iterator[list[Any]]:
    """The marks that people see now, in their order."""
    hidden = room["hidden"]
    for mark in room["marks"][room["clear"] :]:
        if not _off(mark) and mark[0] not in hidden:
            yield mark


def _sums(ctx: kit.Ctx) -> dict[str, int]:
    return ctx.state["vault"].get("sums") or {"seen": 0, "bytes": 0}


def _seen(ctx: kit.Ctx, **parts: Any) -> Change:
    """The sums counted anew, for a room that differs in these parts."""
    room = {**ctx.room, **parts}
    size = sum(weight(its) for its in room["marks"] if its[0])
    return Change("vault/sums", {"seen": sum(1 for _ in shown(room)), "bytes": size})


def _paper(ctx: kit.Ctx) -> Any:
    """The shared paper; other modes have none."""
    if "marks" not in ctx.room:
        raise Refusal("not_now")
    return ctx.room


@jam.start
def start(ctx: kit.Ctx) -> Generator[Effect, None, dict[str, Any]]:
    its = mode(ctx)
    if its == "map":
        return allies.opening(ctx)
    if its in SHEETS:
        room = sheets.opening(ctx)
        if room["phase"] == "collect":
            yield from own.wind(ctx)
        return room
    paper = {"marks": [], "hidden": {}, "clear": 0, "lock": bool(ctx.options["lock"])}
    return {**paper, **(doors.opening(ctx) if its == "doors" else {})}


jam.live("cursor", to="room", x=kit.integer(0, WIDE), y=kit.integer(0, HIGH))
jam.live(
    "stroke",
    to="room",
    id=kit.integer(0, 2**31 - 1),
    seq=kit.integer(-1, 9_999),
    pen=kit.integer(0, ERASER * 4 + 3),
    points=kit.text(400, empty=True),
)


@jam.action(
    after=True,
    group=kit.integer(0, 2**31 - 1),
    ink=kit.integer(0, ERASER),
    width=kit.integer(0, 3),
    shape=kit.one_of(*SHAPES, default="free"),
    points=kit.text(POINTS),
)
def mark(
    ctx: kit.Ctx, group: int, ink: int, width: int, shape: str, points: str
) -> Iterator[Change]:
    """Put one mark on the paper: a stroke, a part of a long one, a line or a stamp."""
    room = _paper(ctx)
    if room["lock"] and ctx.role != "host":
        raise Refusal("locked")
    if ctx.me in room["hidden"]:
        raise Refusal("put_away")
    try:
        count(points)
    except (KeyError, ValueError):
        raise Refusal("bad_points") from None
    doors.admit(ctx, points)
    new = [ctx.me, group, ink, width, SHAPES.index(shape), points]
    sums, at, cost = _sums(ctx), len(room["marks"]), weight(new)
    if sums["seen"] >= VISIBLE:
        raise Refusal("board_full")
    if at >= MARKS or sums["bytes"] + cost > BYTES:
        # A sheet that was cleared and is still empty starts the list anew: from here on the clear
        # is for good, which is the price of a paper that can never fill up for ever.
        if room["clear"] < at:
            raise Refusal("board_full")
        yield Change("room/marks", [new])
        yield Change("room/clear", 0)
        yield Change("host/before")
        yield Change("vault/sums", {"seen": 1, "bytes": cost})
    else:
        yield Change(f"room/marks/{at}", new)
        yield Change("vault/sums", {"seen": sums["seen"] + 1, "bytes": sums["bytes"] + cost})
    if ctx.own.get("redo"):
        yield Change(f"own/{ctx.me}/redo", [])


@jam.action()
def undo(ctx: kit.Ctx) -> Iterator[Change]:
    """Take back my last group of marks that lies on the sheet."""
    marks, clear = _paper(ctx)["marks"], ctx.room["clear"]
    taken: list[int] = []
    for at in range(len(marks) - 1, clear - 1, -1):
        its = marks[at]
        if its[0] == ctx.me and not _off(its):
            if len(taken) == TOGETHER or (taken and its[1] != marks[taken[0]][1]):
                break
            taken.append(at)
    if not taken:
        return
    yield from (Change(f"room/marks/{at}/6", True) for at in taken)
    if ctx.me not in ctx.room["hidden"]:
        sums = _sums(ctx)
        yield Change("vault/sums", {**sums, "seen": sums["seen"] - len(taken)})
    redo = ctx.own.get("redo") or []
    if 0 < len(redo) < REDOS:
        yield Change(f"own/{ctx.me}/redo/{len(redo)}", taken)
    else:
        yield Change(f"own/{ctx.me}/redo", [*redo[1 - REDOS :], taken])


@jam.action()
def redo(ctx: kit.Ctx) -> Iterator[Change]:
    """Put back what my last undo took; a new mark of mine ends this."""
    room, sums = _paper(ctx), _sums(ctx)
    if not (undone := ctx.own.get("redo")):
        return
    if room["lock"] and ctx.role != "host":
        raise Refusal("locked")
    marks = room["marks"]
    back = [
        at
        for at in undone[-1]
        if room["clear"] <= at < len(marks) and marks[at][0] == ctx.me and _off(marks[at])
    ]
    away = ctx.me in room["hidden"]
    if not away and sums["seen"] + len(back) > VISIBLE:
        raise Refusal("board_full")
    yield Change(f"own/{ctx.me}/redo/{len(undone) - 1}")
    yield from (Change(f"room/marks/{at}/6", False) for at in back)
    if not away:
        yield Change("vault/sums", {**sums, "seen": sums["seen"] + len(back)})


@jam.action(by=HOST, who=kit.text(64), on=kit.boolean(True))
def hide(ctx: kit.Ctx, who: str, on: bool) -> Iterator[Change]:
    """Put one person's marks away, or bring them back; works for people who have left, too."""
    hidden = _paper(ctx)["hidden"]
    if on == (who in hidden):
        return
    if not on:
        yield Change(f"room/hidden/{who}")
        yield _seen(ctx, hidden={key: True for key in hidden if key != who})
    elif who not in ctx.people and not any(its[0] == who for its in ctx.room["marks"]):
        raise Refusal("nobody")
    elif len(hidden) >= HIDDEN:
        raise Refusal("hidden_full")
    else:
        yield Change(f"room/hidden/{who}", True)
        yield _seen(ctx, hidden={**hidden, who: True})


@jam.action(by=HOST)
def clear(ctx: kit.Ctx) -> Iterator[Change]:
    """A fresh sheet for everyone; `unclear` brings the last one back."""
    at, was = len(_paper(ctx)["marks"]), ctx.room["clear"]
    if at == was:
        return
    yield Change("room/clear", at)
    yield Change("host/before", was)
    yield _seen(ctx, clear=at)


@jam.action(by=HOST)
def unclear(ctx: kit.Ctx) -> Iterator[Change]:
    """The sheet before the last clear comes back, below what was drawn since."""
    _paper(ctx)
    if (before := ctx.state["host"].get("before")) is None:
        return
    yield Change("room/clear", before)
    yield Change("host/before")
    yield _seen(ctx, clear=before)


@jam.action(by=HOST, on=kit.boolean(True))
def lock(ctx: kit.Ctx, on: bool) -> Iterator[Change]:
    """While locked, only hosts draw."""
    if on != _paper(ctx)["lock"]:
        yield Change("room/lock", on)


@jam.join
def join(ctx: kit.Ctx) -> Iterator[Effect]:
    yield from sheets.joined(ctx) if mode(ctx) in SHEETS else doors.joined(ctx)


@jam.close
def close(ctx: kit.Ctx) -> Iterator[Effect]:
    """A mural is whole at the end, also where nobody tapped: tiles were drawn to be joined."""
    if mode(ctx) == "tiles" and ctx.room["phase"] == "collect":
        yield from sheets.reveal(ctx)


@jam.erase
def erase(ctx: kit.Ctx) -> Iterator[Effect]:
    """Nothing of the member stays: each mark is an empty place, so that the others keep theirs."""
    its = mode(ctx)
    if its == "map":
        yield from allies.erase(ctx)
    elif its in SHEETS:
        yield from parts.erase(ctx)
        yield from own.counted(ctx, {}) if ctx.room["phase"] != "shown" else gallery.erase(ctx)
    else:
        yield from _wiped(ctx)
        yield from doors.erase(ctx)


def _wiped(ctx: kit.Ctx) -> Iterator[Change]:
    marks = [EMPTY if its[0] == ctx.me else its for its in ctx.room["marks"]]
    mine = [at for at, its in enumerate(ctx.room["marks"]) if its[0] == ctx.me]
    if len(mine) > AT_ONCE:
        yield Change("room/marks", marks)
    else:
        yield from (Change(f"room/marks/{at}", EMPTY) for at in mine)
    yield Change(f"room/hidden/{ctx.me}")
    if mine:
        yield _seen(ctx, marks=marks, hidden={k: True for k in ctx.room["hidden"] if k != ctx.me})


@jam.mend
def mend(ctx: kit.Ctx) -> Iterator[Change]:
    if "marks" in ctx.room:
        yield _seen(ctx)
    elif ctx.room["phase"] == "shown":
        yield from gallery.mend(ctx)
    elif "count" in ctx.room:
        count = sum(own.filled(one) for one in ctx.state["own"].values())
        yield from kit.put(ctx, "room/count", count)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """The drawing, and how much of each ink is in it; never who drew."""
    if "bubbles" in room:
        yield from allies.harvest(room, names)
    elif "gallery" in room:
        yield from gallery.harvest(room, names)
    else:
        yield from _drawing(room)


def _drawing(room: dict[str, Any]) -> Iterator[Piece]:
    inks = [0] * (ERASER + 1)
    for its in shown(room):
        inks[its[2]] += 1
    if any(inks[:ERASER]):
        yield Picture("drawing")
        rows = [(name, n) for name, n in zip(INKS, inks, strict=False) if n]
        yield Table("inks", ("ink", "marks"), rows, keyed=("ink",))
