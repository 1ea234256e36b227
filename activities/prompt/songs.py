"""Songs: what one puts on the list, or any other answer, and changes, takes back, puts back.

An entry is {"by", "title", "who", "on"}; it keeps its place, and the list the order in which its
entries came.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import Activity, Change, Ctx, Effect, Refusal

EACH: Final = 5
"""Songs of one member that are on the list."""
TRIES: Final = 20
"""Songs of one member, taken back ones counted."""
MOST: Final = 300
GONE: Final = {"by": "", "title": "", "who": "", "on": False}

place = kit.integer(0, MOST - 1)


def seen(ctx: Ctx, i: int) -> None:
    """Refused where nobody sees the i-th one."""
    entry = kit.thing(ctx, "entries", i, "no_entry", there="on")
    if entry.get("hidden"):
        raise Refusal("no_entry")


def mine(ctx: Ctx, i: int) -> Any:
    """The i-th one, on the list or taken back; refused where it is not mine."""
    return kit.mine(ctx, "entries", i, "no_entry", there="by")


def on_list(ctx: Ctx) -> int:
    """How many of mine are on the list."""
    return sum(entry["on"] for entry in ctx.room["entries"] if entry["by"] == ctx.me)


def silence(ctx: Ctx, i: int) -> Iterator[Change]:
    """What is no longer on the list is no longer playing."""
    now = ctx.room["now"]
    if now is not None and now["i"] == i:
        yield Change("room/now", None)


def declare(jam: Activity) -> None:
    """What everybody does with their own."""
    words: dict[str, Any] = {"title": kit.text(120), "who": kit.text(80, empty=True, default="")}

    @jam.action(after=True, **words)
    def add(ctx: Ctx, title: str, who: str) -> Iterator[Effect]:
        """Add a song, or any answer, to the end of the list."""
        at, tries = len(ctx.room["entries"]), [entry["by"] for entry in ctx.room["entries"]]
        if tries.count(ctx.me) >= TRIES or on_list(ctx) >= EACH:
            raise Refusal("enough", max=EACH)
        if at >= MOST:
            raise Refusal("list_full", max=MOST)
        yield Change(f"room/entries/{at}", {"by": ctx.me, "title": title, "who": who, "on": True})
        yield Change(f"room/hearts/{at}", 0)

    @jam.action(i=place, **words)
    def edit(ctx: Ctx, i: int, title: str, who: str) -> Iterator[Effect]:
        """Change one of mine."""
        mine(ctx, i)
        yield Change(f"room/entries/{i}/title", title)
        yield Change(f"room/entries/{i}/who", who)

    @jam.action(i=place)
    def withdraw(ctx: Ctx, i: int) -> Iterator[Effect]:
        """Take one of mine back."""
        if mine(ctx, i)["on"]:
            yield Change(f"room/entries/{i}/on", False)
            yield from silence(ctx, i)

    @jam.action(i=place)
    def restore(ctx: Ctx, i: int) -> Iterator[Effect]:
        """Put one of mine back that I took back."""
        if mine(ctx, i)["on"]:
            return
        if on_list(ctx) >= EACH:
            raise Refusal("enough", max=EACH)
        yield Change(f"room/entries/{i}/on", True)
