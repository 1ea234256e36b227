"""A clock with a bell: ``room/clock``, and the action that the server's clock rings at its end.

``bell`` is that action's name. Whatever moves the clock moves its bell, so that both always say the
same. ``pausable`` and ``extendable`` give a kind what its hosts do with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server.kit import clock
from server.kit.activity import HOST, Activity, Ctx, Phase
from server.kit.change import Change
from server.kit.effect import After, Effect
from server.kit.fields import boolean

LATE: Final = 2_000
"""A chain counts from when it was due, unless the bell rang later than this after it."""


def since(ctx: Ctx) -> int:
    """The moment from which a fresh clock counts."""
    return ctx.due if 0 <= ctx.now - ctx.due < LATE else ctx.now


def wind(ctx: Ctx, ms: int, bell: str, lead: int = 0) -> Iterator[Effect]:
    """A fresh clock; it begins after ``lead``."""
    yield from clock.begin(since(ctx) + lead, ms)
    yield After(lead + ms, bell)


def hold(ctx: Ctx, on: bool, bell: str) -> Iterator[Effect]:
    """Let it stand, or run on from there."""
    now = ctx.room.get("clock")
    if now and on and "left" not in now:
        yield from clock.pause(ctx.room, ctx.now)
        yield After(0, bell)
    if now and not on and "left" in now:
        yield from clock.resume(ctx.room, ctx.now)
        yield After(max(1, now["left"]), bell)


def more(ctx: Ctx, ms: int, most: int, bell: str) -> Iterator[Effect]:
    """So much longer, as long as there are no more than ``most`` to come."""
    now, left = ctx.room.get("clock"), clock.left(ctx.room, ctx.now)
    ms = min(ms, most - left)
    if not now or ms <= 0:
        return
    yield from clock.more(ctx.room, ctx.now, ms)
    if "left" not in now:
        yield After(left + ms, bell)


def move(ctx: Ctx, passed: int, bell: str, whole: int | None = None) -> Iterator[Effect]:
    """As if ``passed`` ms of it were over, or of ``whole``; it stands if it stood."""
    now = ctx.room["clock"]
    ms = now["ms"] if whole is None else whole
    if "left" in now:
        yield Change("room/clock", {"at": ctx.now - passed, "ms": ms, "left": ms - passed})
    else:
        yield from clock.begin(ctx.now - passed, ms)
        yield After(max(1, ms - passed), bell)


def stop(ctx: Ctx, bell: str) -> Iterator[Effect]:
    """Take it off the wall; it rings no more."""
    yield from clock.stop(ctx.room)
    yield After(0, bell)


def pausable(jam: Activity, bell: str, told: str, phase: Phase = "run") -> None:
    """Give a kind the action ``pause {on}``: let it stand, or run on."""

    def pause(ctx: Ctx, on: bool) -> Iterator[Effect]:
        yield from hold(ctx, on, bell)

    pause.__doc__ = told
    jam.action(HOST, phase=phase, on=boolean(True))(pause)


def extendable(
    jam: Activity, name: str, bell: str, ms: int, most: int, told: str, phase: Phase = "run"
) -> None:
    """Give a kind the action ``name``: so much longer, with no more than ``most`` to come."""

    def run(ctx: Ctx) -> Iterator[Effect]:
        yield from more(ctx, ms, most, bell)

    run.__name__, run.__doc__ = name, told
    jam.action(HOST, phase=phase)(run)
