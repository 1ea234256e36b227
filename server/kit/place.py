"""Places: what stands at a path, changed only where it then differs; and the things in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from server.kit.activity import Ctx
from server.kit.change import Change, get
from server.kit.fields import Refusal


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


def thing(ctx: Ctx, key: str, i: int, code: str, there: str = "text") -> Any:
    """The i-th thing of ``room/<key>``. One without ``there`` has been taken back: refused, as one
    that never was."""
    things = ctx.room.get(key, [])
    if i >= len(things) or not things[i].get(there):
        raise Refusal(code)
    return things[i]


def mine(ctx: Ctx, key: str, i: int, code: str, there: str = "text") -> Any:
    """The same, if it is of ``ctx.me``; else refused with `not_mine`."""
    found = thing(ctx, key, i, code, there)
    if found["by"] != ctx.me:
        raise Refusal("not_mine")
    return found


def blanked(ctx: Ctx, key: str) -> Iterator[Change]:
    """The lines at ``room/<key>`` are blank now, if ``ctx.me`` is the host who wrote them for
    everybody; ``host/by`` says who that was."""
    if ctx.state["host"].get("by") == ctx.me:
        yield Change("host/by")
        yield Change(f"room/{key}", [""] * len(ctx.room[key]))


def arrived(ctx: Ctx, key: str, given: Callable[[int], Any] = int) -> Iterator[Change]:
    """Whoever comes for the first time gets what is ``given`` to the next one: 0, 1, 2 …;
    ``room/came`` says how many have come."""
    if key not in ctx.own:
        yield Change(f"own/{ctx.me}/{key}", given(ctx.room["came"]))
        yield Change("room/came", ctx.room["came"] + 1)
