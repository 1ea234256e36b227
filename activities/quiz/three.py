"""Two truths and one wish: whoever likes writes three lines; one after the other is up, and the
others guess which one is the wish.

Lines lie with their author until a host calls them up. Which one is the wish, and how the others
guessed, comes out by the clock. Nobody is called up who did not write, or who tapped "only guess".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Ctx, Effect, Refusal

LINES: Final = 3
MOST: Final = 200
"""Wishes that are remembered."""
GONE: Final = {"who": "", "wish": ""}


def fresh() -> dict[str, Any]:
    return {"phase": "write", "count": 0, "up": None, "told": []}


def declare(jam: Activity) -> None:
    """The actions of this game."""

    @jam.action(
        phase=("write", "up"),
        lines=kit.list_of(kit.text(120), LINES),
        wish=kit.integer(0, LINES - 1),
    )
    def write(ctx: Ctx, lines: list[str], wish: int) -> Iterator[Effect]:
        """Put my three lines down, or others in their place; nobody sees them yet."""
        if len(lines) != LINES:
            raise Refusal("three_lines")
        if ctx.own.get("been"):
            raise Refusal("been")
        yield from kit.held.give(ctx, {"lines": lines, "wish": wish})
        yield from kit.marked(ctx, False)

    @jam.action(phase=("write", "up"), on=kit.boolean(True))
    def sit(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Only guess this time; or: I may be called up after all."""
        yield from kit.marked(ctx, on)
        up = ctx.room.get("up")
        if on and up and up["who"] == ctx.me:
            yield from _down()

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
        yield from ended(ctx)


def ended(ctx: Ctx) -> Iterator[Effect]:
    """Whoever is up, if somebody is: the wish is known, and how the others guessed."""
    up = ctx.room["up"]
    if not up or "wish" in up:
        return
    wish = ctx.state["vault"]["wish"]
    yield Change("room/up/wish", wish)
    yield Change("room/up/sums", _sums(ctx))
    if len(ctx.room["told"]) < MOST:
        one = {"who": up["who"], "wish": up["lines"][wish]}
        yield Change(f"room/told/{len(ctx.room['told'])}", one)


def call(ctx: Ctx) -> Iterator[Effect]:
    """Call up whoever chance says, among those who are here, have written and are willing."""
    own = ctx.state["own"]
    ready = [who for who in kit.willing(ctx) if "pick" in own.get(who, {})]
    yield Change("room/phase", "up")
    yield from _down()
    for who in sorted(own):
        if "guess" in own[who]:
            yield Change(f"own/{who}/guess")
    if not ready:
        return
    who = ctx.rng.choice(ready)
    pick = own[who]["pick"]
    order = ctx.rng.shuffled(list(range(LINES)))
    yield Change("room/up", {"who": who, "lines": [pick["lines"][k] for k in order], "count": 0})
    yield Change("vault/wish", order.index(pick["wish"]))
    yield Change(f"own/{who}/pick")
    yield Change(f"own/{who}/been", True)
    yield Change("room/count", ctx.room["count"] - 1)


def gone(ctx: Ctx) -> Iterator[Effect]:
    """Somebody leaves no trace."""
    yield from kit.held.take(ctx)
    up = ctx.room["up"]
    if up and up["who"] == ctx.me:
        yield from _down()
    elif up and "guess" in ctx.own:
        yield Change("room/up/count", up["count"] - 1)
        if "sums" in up:
            i = ctx.own["guess"]
            yield Change(f"room/up/sums/{i}", up["sums"][i] - 1)
    yield from kit.emptied(ctx, "room/told", GONE, key="who")


def mended(ctx: Ctx) -> Iterator[Effect]:
    """As many are waiting and guessing as the sums say."""
    yield from kit.held.counted(ctx)
    if ctx.room["up"]:
        yield from kit.put(ctx, "room/up/count", sum(_sums(ctx)))


def _up(ctx: Ctx) -> Any:
    if not ctx.room["up"]:
        raise Refusal("nobody_up")
    return ctx.room["up"]


def _down() -> Iterator[Effect]:
    """Nobody is up, and nothing of theirs comes out any more."""
    yield Change("room/up", None)
    yield Change("vault/wish")
    yield After(0, "told")


def _sums(ctx: Ctx) -> list[int]:
    guesses = [i for _, i in kit.held.given(ctx, "guess")]
    return [guesses.count(i) for i in range(LINES)]
