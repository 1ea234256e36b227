"""Places: what stands at a path, changed only where it then differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.kit.activity import Ctx
from server.kit.change import Change, get


def put(ctx: Ctx, path: str, value: Any) -> Iterator[Change]:
    """This value, if it is another one. Sums are counted anew with it."""
    if get(ctx.state, path) != value:
        yield Change(path, value)


def flag(path: str, there: Mapping[str, Any], name: str, on: bool) -> Iterator[Change]:
    """A mark on what is ``there``, or its end: ``on`` or nothing, never false."""
    if on and not there.get(name):
        yield Change(f"{path}/{name}", True)
    if not on and there.get(name):
        yield Change(f"{path}/{name}")


def emptied(ctx: Ctx, path: str, gone: Any, key: str = "by") -> Iterator[Change]:
    """All of mine in a list: each place stays, with ``gone`` on it, so that the others keep
    theirs."""
    for i, one in enumerate(get(ctx.state, path, [])):
        if one.get(key) == ctx.me:
            yield Change(f"{path}/{i}", gone)
