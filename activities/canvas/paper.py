"""The shared paper: one list of marks in one order, of which everybody may put down more.

A mark is `[member, group, ink, width, shape, points]`; index 6, once set, says whether it is put
away. Order matters, because an eraser (ink 12) takes away only what lies under it. Undo is a flag,
clear is a watermark, so nothing that anyone drew is lost by a slip of the finger.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.canvas import doors
from activities.canvas.jam import SHAPES
from server import kit
from server.kit import Activity, Change, Ctx, Refusal
from server.kit.stroke import ERASER, POINTS, count

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


def opening(ctx: Ctx) -> dict[str, Any]:
    """A white paper for all."""
    return {"marks": [], "hidden": {}, "clear": 0, "lock": bool(ctx.options["lock"])}


def weight(mark: list[Any]) -> int:
    """What a mark is counted for against BYTES: about its length on the wire."""
    return len(mark[5]) + len(mark[0]) + 24


def off(mark: list[Any]) -> bool:
    """Is it put away?"""
    return len(mark) > 6 and bool(mark[6])


def shown(room: dict[str, Any]) -> Iterator[list[Any]]:
    """The marks that people see now, in their order."""
    hidden = room["hidden"]
    for mark in room["marks"][room["clear"] :]:
        if not off(mark) and mark[0] not in hidden:
            yield mark


def sums(ctx: Ctx) -> dict[str, int]:
    """How many marks people see, and what all of them weigh."""
    return ctx.state["vault"].get("sums") or {"seen": 0, "bytes": 0}


def seen(ctx: Ctx, **parts: Any) -> Change:
    """The sums counted anew, for a room that differs in these parts."""
    room = {**ctx.room, **parts}
    size = sum(weight(its) for its in room["marks"] if its[0])
    return Change("vault/sums", {"seen": sum(1 for _ in shown(room)), "bytes": size})


def shared(ctx: Ctx) -> Any:
    """The shared paper; other modes have none."""
    if "marks" not in ctx.room:
        raise Refusal("not_now")
    return ctx.room


def declare(jam: Activity) -> None:
    """Putting marks on it."""

    @jam.action(
        after=True,
        group=kit.integer(0, 2**31 - 1),
        ink=kit.integer(0, ERASER),
        width=kit.integer(0, 3),
        shape=kit.one_of(*SHAPES, default="free"),
        points=kit.text(POINTS),
    )
    def mark(
        ctx: Ctx, group: int, ink: int, width: int, shape: str, points: str
    ) -> Iterator[Change]:
        """Put one mark on the paper: a stroke, a part of a long one, a line or a stamp."""
        room = shared(ctx)
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
        before, at, cost = sums(ctx), len(room["marks"]), weight(new)
        if before["seen"] >= VISIBLE:
            raise Refusal("board_full")
        if at >= MARKS or before["bytes"] + cost > BYTES:
            # A sheet that was cleared and is still empty starts the list anew: from here on the
            # clear is for good, which is the price of a paper that can never fill up for ever.
            if room["clear"] < at:
                raise Refusal("board_full")
            yield Change("room/marks", [new])
            yield Change("room/clear", 0)
            yield Change("host/before")
            yield Change("vault/sums", {"seen": 1, "bytes": cost})
        else:
            yield Change(f"room/marks/{at}", new)
            yield Change(
                "vault/sums", {"seen": before["seen"] + 1, "bytes": before["bytes"] + cost}
            )
        if ctx.own.get("redo"):
            yield Change(f"own/{ctx.me}/redo", [])
