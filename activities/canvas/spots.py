"""Spots of the map: the places in its two lists, which of them are free, mine, or seen by all."""

from __future__ import annotations

from typing import Any, Final

from server import kit
from server.kit import Ctx, Refusal

BUBBLES: Final = 120

spot = kit.integer(0, BUBBLES - 1)


def standing(bubble: Any) -> bool:
    """Does everybody see it?"""
    return bool(bubble.get("on") and not bubble.get("hidden"))


def free(ctx: Ctx, what: str, most: int, each: int) -> int:
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


def mine(ctx: Ctx, what: str, i: int) -> Any:
    """The i-th one, which I put there."""
    return kit.mine(ctx, what, i, "no_bubble", there="on")


def seen(ctx: Ctx, i: int) -> None:
    """Refused where nobody sees that bubble."""
    bubbles = ctx.room["bubbles"]
    if i >= len(bubbles) or not standing(bubbles[i]):
        raise Refusal("no_bubble")
