"""Two truths and one wish: whoever likes writes three lines; one after the other is up, and the
others guess which one is the wish.

Lines lie with their author until a host calls them up. Which one is the wish, and how the others
guessed, comes out by the clock. Nobody is called up who did not write, or who tapped "only guess".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from activities.quiz import up
from activities.quiz.up import LINES
from server import kit
from server.kit import Activity, Change, Ctx, Effect, Piece, Refusal

GONE: Final = {"who": "", "wish": ""}


def fresh(ctx: Ctx) -> dict[str, Any]:
    return {"phase": "write", "count": 0, "up": None, "told": []}


def declare(jam: Activity) -> None:
    """The actions of this game."""
    fields: dict[str, Any] = {
        "lines": kit.list_of(kit.text(120), LINES),
        "wish": kit.integer(0, LINES - 1),
    }

    @jam.action(phase=("write", "up"), **fields)
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
        now = ctx.room.get("up")
        if on and now and now["who"] == ctx.me:
            yield from up.down()

    up.declare(jam)


def call(ctx: Ctx) -> Iterator[Effect]:
    """Call up whoever chance says, among those who are here, have written and are willing."""
    own = ctx.state["own"]
    ready = [who for who in kit.willing(ctx) if "pick" in own.get(who, {})]
    yield Change("room/phase", "up")
    yield from up.down()
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


def ended(ctx: Ctx) -> Iterator[Effect]:
    """Who is not called up was promised that nobody sees their lines: these stay with them."""
    yield from up.known(ctx)


def gone(ctx: Ctx) -> Iterator[Effect]:
    """Somebody leaves no trace."""
    yield from kit.held.take(ctx)
    now = ctx.room["up"]
    if now and now["who"] == ctx.me:
        yield from up.down()
    elif now and "guess" in ctx.own:
        yield Change("room/up/count", now["count"] - 1)
        if "sums" in now:
            i = ctx.own["guess"]
            yield Change(f"room/up/sums/{i}", now["sums"][i] - 1)
    yield from kit.emptied(ctx, "room/told", GONE, key="who")


def mended(ctx: Ctx) -> Iterator[Effect]:
    """As many are waiting and guessing as the sums say."""
    yield from kit.held.counted(ctx)
    if ctx.room["up"]:
        yield from kit.put(ctx, "room/up/count", sum(up.sums(ctx)))


def told(room: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Piece]:
    """The wishes that are known."""
    yield from kit.written("wishes", room.get("told", []), names, text="wish", by="who")
