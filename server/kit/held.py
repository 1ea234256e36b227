"""Held: what people give in secret, and bring out together in an order that tells nothing.

Each one's piece lies at ``own/<member>/<key>``; ``room/count`` says how many there are, and neither
whose nor in which order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from server.kit.activity import Activity, Ctx, Phase
from server.kit.change import Change
from server.kit.effect import Effect, Forget
from server.kit.place import put


def give(ctx: Ctx, value: Any, key: str = "pick") -> Iterator[Change]:
    """Put mine down, or another in its place."""
    if key not in ctx.own:
        yield Change("room/count", ctx.room.get("count", 0) + 1)
    yield Change(f"own/{ctx.me}/{key}", value)


def take(ctx: Ctx, key: str = "pick") -> Iterator[Change]:
    """Take mine back."""
    if key in ctx.own:
        yield Change("room/count", ctx.room["count"] - 1)
        yield Change(f"own/{ctx.me}/{key}")


def takeable(jam: Activity, name: str, told: str, phase: Phase = "collect") -> None:
    """Give a kind an action that takes back what one holds."""

    def run(ctx: Ctx) -> Iterator[Change]:
        yield from take(ctx)

    run.__name__, run.__doc__ = name, told
    jam.action(phase=phase)(run)


def given(ctx: Ctx, key: str = "pick") -> list[tuple[str, Any]]:
    """Who gave what, by member id. For sums, and for what people signed: not to be shown so."""
    own = ctx.state["own"]
    return [(who, own[who][key]) for who in sorted(own) if key in own[who]]


def counted(ctx: Ctx, key: str = "pick") -> Iterator[Change]:
    """As many as have given, counted anew."""
    yield from put(ctx, "room/count", len(given(ctx, key)))


def waits(ctx: Ctx, key: str = "pick") -> bool:
    """Has something been given that is still to be shown?"""
    return ctx.room["phase"] == "collect" and bool(given(ctx, key))


def shown(ctx: Ctx, name: str, pieces: Iterable[Any]) -> Iterator[Effect]:
    """All of it at once, at ``room/<name>``; whose it was is forgotten."""
    yield from summed(name, mixed(ctx, pieces))


def summed(name: str, sums: list[Any]) -> Iterator[Effect]:
    """What it comes to, at ``room/<name>``; who gave what is forgotten."""
    yield Change(f"room/{name}", sums)
    yield Change("room/phase", "shown")
    yield Forget()


def mixed(ctx: Ctx, pieces: Iterable[Any]) -> list[Any]:
    """The pieces in chance order. Sorted first: the order in which they came would tell."""
    return ctx.rng.shuffled(sorted(pieces, key=lambda piece: json.dumps(piece, sort_keys=True)))
