"""Moving: one leads with a move and all follow; or each adds one to a chain, which is then danced
from its beginning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server import kit
from server.kit import TURN, Activity, Change, Ctx, Effect, Refusal

MOVES: Final = (
    *("rub", "snap", "pat", "stomp", "clap", "sway", "reach", "roll"),
    *("wave", "nod", "turn", "shake", "breathe", "stretch", "wiggle", "rest"),
)
CHAIN: Final = 120
STEP: Final = 2_000
"""Milliseconds of one move of a chain."""
REPLAY: Final = 12
"""Moves of a chain that are shown again; a longer one begins further on."""


def moving(jam: Activity) -> None:
    """Give the kind its moves."""

    @jam.action(TURN, phase="run", move=kit.one_of(*MOVES))
    def show(ctx: Ctx, move: str) -> Iterator[Effect]:
        """Lead with a move, or add one to the chain, which is then danced from its beginning."""
        kit.only(ctx, "lead", "chain", code="other_form")
        chain = ctx.room["chain"]
        if ctx.options["form"] == "chain":
            if ctx.room["move"]:
                raise Refusal("shown")
            if len(chain) >= CHAIN:
                raise Refusal("full")
            yield Change(f"room/chain/{len(chain)}", {"by": ctx.me, "text": move})
            long = STEP * (1 + min(REPLAY, 1 + sum(bool(one["text"]) for one in chain)))
            yield from kit.bell.wind(ctx, long, "time")
        yield Change("room/move", move)
