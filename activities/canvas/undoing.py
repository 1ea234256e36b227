"""Undoing: one's own marks on the shared paper are taken back, put back, or leave no trace.

An undo is a flag on each of its marks; what it took lies at ``own/<member>/redo``.
"""

from __future__ import annotations

from collections.abc import Iterator

from activities.canvas.paper import (
    AT_ONCE,
    EMPTY,
    REDOS,
    TOGETHER,
    VISIBLE,
    off,
    seen,
    shared,
    sums,
)
from server.kit import Activity, Change, Ctx, Refusal


def declare(jam: Activity) -> None:
    """One's own undo and redo."""

    @jam.action()
    def undo(ctx: Ctx) -> Iterator[Change]:
        """Take back my last group of marks that lies on the sheet."""
        marks, clear = shared(ctx)["marks"], ctx.room["clear"]
        taken: list[int] = []
        for at in range(len(marks) - 1, clear - 1, -1):
            its = marks[at]
            if its[0] == ctx.me and not off(its):
                if len(taken) == TOGETHER or (taken and its[1] != marks[taken[0]][1]):
                    break
                taken.append(at)
        if not taken:
            return
        yield from (Change(f"room/marks/{at}/6", True) for at in taken)
        if ctx.me not in ctx.room["hidden"]:
            before = sums(ctx)
            yield Change("vault/sums", {**before, "seen": before["seen"] - len(taken)})
        redo = ctx.own.get("redo") or []
        if 0 < len(redo) < REDOS:
            yield Change(f"own/{ctx.me}/redo/{len(redo)}", taken)
        else:
            yield Change(f"own/{ctx.me}/redo", [*redo[1 - REDOS :], taken])

    @jam.action()
    def redo(ctx: Ctx) -> Iterator[Change]:
        """Put back what my last undo took; a new mark of mine ends this."""
        room, before = shared(ctx), sums(ctx)
        if not (undone := ctx.own.get("redo")):
            return
        if room["lock"] and ctx.role != "host":
            raise Refusal("locked")
        marks = room["marks"]
        back = [
            at
            for at in undone[-1]
            if room["clear"] <= at < len(marks) and marks[at][0] == ctx.me and off(marks[at])
        ]
        away = ctx.me in room["hidden"]
        if not away and before["seen"] + len(back) > VISIBLE:
            raise Refusal("board_full")
        yield Change(f"own/{ctx.me}/redo/{len(undone) - 1}")
        yield from (Change(f"room/marks/{at}/6", False) for at in back)
        if not away:
            yield Change("vault/sums", {**before, "seen": before["seen"] + len(back)})


def wiped(ctx: Ctx) -> Iterator[Change]:
    """Each mark of mine is an empty place, so that the others keep theirs."""
    marks = [EMPTY if its[0] == ctx.me else its for its in ctx.room["marks"]]
    mine = [at for at, its in enumerate(ctx.room["marks"]) if its[0] == ctx.me]
    if len(mine) > AT_ONCE:
        yield Change("room/marks", marks)
    else:
        yield from (Change(f"room/marks/{at}", EMPTY) for at in mine)
    yield Change(f"room/hidden/{ctx.me}")
    if mine:
        yield seen(ctx, marks=marks, hidden={k: True for k in ctx.room["hidden"] if k != ctx.me})
