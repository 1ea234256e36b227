"""Up: somebody's three lines are read, the others guess which is the wish, and the clock tells.

`room/up` is {"who", "lines", "count"}, and {"wish", "sums"} once it is known; which line it is lies
in the vault until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Ctx, Effect, Refusal

LINES: Final = 3
MOST: Final = 200
"""Wishes that are remembered."""


def declare(jam: Activity) -> None:
    """Guessing, and telling."""

    @jam.action(phase="up", i=kit.integer(0, LINES - 1))
    def guess(ctx: Ctx, i: int) -> Iterator[Effect]:
        """Guess which line is the wish, or guess again; nobody sees it yet."""
        up = _up(ctx)
        if up["who"] == ctx.me:
            raise Refusal("yours")
        if "wish" in up:
            raise Refusal("told")
        if "guess" not in ctx.own:
            yield Change("room/up/count", up["count"] + 1)
        yield Change(f"own/{ctx.me}/guess", i)

    @jam.action(phase="up")
    def tell(ctx: Ctx) -> Iterator[Effect]:
        """Let the wish be known: whoever is up may, and a host."""
        if _up(ctx)["who"] != ctx.me and ctx.role != HOST:
            raise Refusal("not_yours")
        if "wish" not in _up(ctx):
            yield After(1, "told")

    @jam.action(CLOCK, phase="up")
    def told(ctx: Ctx) -> Iterator[Effect]:
        """The wish is known, and how the others guessed."""
        yield from known(ctx)


def known(ctx: Ctx) -> Iterator[Effect]:
    """Whoever is up, if somebody is: the wish is known, and how the others guessed."""
    up = ctx.room["up"]
    if not up or "wish" in up:
        return
    wish = ctx.state["vault"]["wish"]
    yield Change("room/up/wish", wish)
    yield Change("room/up/sums", sums(ctx))
    if len(ctx.room["told"]) < MOST:
        one = {"who": up["who"], "wish": up["lines"][wish]}
        yield Change(f"room/told/{len(ctx.room['told'])}", one)


def down() -> Iterator[Effect]:
    """Nobody is up, and nothing of theirs comes out any more."""
    yield Change("room/up", None)
    yield Change("vault/wish")
    yield After(0, "told")


def sums(ctx: Ctx) -> list[int]:
    """How many guessed which line."""
    return kit.tally.sums((i for _, i in kit.held.given(ctx, "guess")), LINES)


def _up(ctx: Ctx) -> Any:
    if not ctx.room["up"]:
        raise Refusal("nobody_up")
    return ctx.room["up"]
