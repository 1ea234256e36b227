"""Held: what people give in secret, and bring out together in an order that tells nothing.

Each one's piece lies at ``own/<member>/<key>``; ``room/count`` says how many there are, and neither
whose nor in which order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from server.kit.activity import Ctx
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


def given(ctx: Ctx, key: str = "pick") -> list[tuple[str, Any]]:
    """Who gave what, by member id. For sums, and for what people signed: not to be shown so."""
    own = ctx.state["own"]
    return [(who, own[who][key]) for who in sorted(own) if key in own[who]]


def counted(ctx: Ctx, key: str = "pick") -> Iterator[Change]:
    """As many as have given, counted anew."""
    yield from put(ctx, "room/count", len(given(ctx, key)))


def shown(ctx: Ctx, name: str, pieces: Iterable[Any]) -> Iterator[Effect]:
    """All of it at once, at ``room/<name>``; whose it was is forgotten."""
    yield Change(f"room/{name}", mixed(ctx, pieces))
    yield Change("room/phase", "shown")
    yield Forget()


def mixed(ctx: Ctx, pieces: Iterable[Any]) -> list[Any]:
    """The pieces in chance order. Sorted first: the order in which they came would tell."""
    return ctx.rng.shuffled(sorted(pieces, key=lambda piece: json.dumps(piece, sort_keys=True)))
