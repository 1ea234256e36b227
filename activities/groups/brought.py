"""Brought: the lines that groups bring back, to which everybody may put more, and what they made,
through which a host leads everyone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal

from .forms import BACK

MADE: Final = 600
"""More than twelve rounds of a hundred people can make."""
AWAY: Final = "Take something that a group made out of the walk, or put it back."


def brought(jam: Activity) -> None:
    """Give the kind what can be done with it."""
    kit.aside(jam, "hide", "back", BACK, code="no_line")
    kit.aside(jam, "put_away", "made", MADE, code="no_line", there="who", told=AWAY)

    @jam.action(HOST, phase="home", i=kit.integer(0, MADE - 1))
    def walk(ctx: Ctx, i: int) -> Iterator[Effect]:
        """Lead everyone to something that a group made; each can look around all the same."""
        if i >= len(ctx.room["made"]):
            raise Refusal("no_line")
        yield Change("room/walk", i)

    @jam.action(phase="home", after=True, text=kit.text(240))
    def add(ctx: Ctx, text: str) -> Iterator[Effect]:
        """Put one more line to what the groups have brought."""
        at = len(ctx.room["back"])
        if at >= BACK:
            raise Refusal("page_full", max=BACK)
        yield Change(f"room/back/{at}", {"text": text})
        yield Change("vault/wrote", [*ctx.state["vault"].get("wrote", [""] * at), ctx.me])
