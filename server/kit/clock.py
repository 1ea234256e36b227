"""A clock that everyone sees: ``room/clock`` = {"at", "ms"}, with "left" while it stands.

``at`` is the log time at which it began, ``ms`` how long it runs. Nothing happens by itself at its
end: a kind yields an After for what should. Its twin is static/parts/clock.js (same vectors).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.kit.change import Change


def begin(at: int, ms: int) -> Iterator[Change]:
    """A fresh clock. Chains of turns take ``ctx.due`` for ``at``, so that they do not drift."""
    yield Change("room/clock", {"at": at, "ms": ms})


def left(room: Mapping[str, Any], now: int) -> int:
    """Milliseconds until its end; 0 without a clock, and once it is over."""
    clock = room.get("clock")
    if not clock:
        return 0
    if "left" in clock:
        return int(clock["left"])
    return max(0, int(clock["at"]) + int(clock["ms"]) - now)


def runs(room: Mapping[str, Any]) -> bool:
    """There is one, and it does not stand."""
    clock = room.get("clock")
    return clock is not None and "left" not in clock


def pause(room: Mapping[str, Any], now: int) -> Iterator[Change]:
    """Let it stand where it is."""
    clock = room.get("clock")
    if clock and "left" not in clock:
        yield Change("room/clock/left", left(room, now))


def resume(room: Mapping[str, Any], now: int) -> Iterator[Change]:
    """Let it run on from where it stood."""
    clock = room.get("clock")
    if clock and "left" in clock:
        yield from begin(now - (clock["ms"] - clock["left"]), clock["ms"])


def more(room: Mapping[str, Any], now: int, ms: int) -> Iterator[Change]:
    """So much longer, running or not. Whoever rings at its end winds that After anew, with the
    same ``left`` plus ``ms``; a clock that has run out runs on for ``ms`` from now."""
    clock = room.get("clock")
    if not clock:
        return
    if "left" in clock:
        yield Change("room/clock/left", clock["left"] + ms)
        yield Change("room/clock/ms", clock["ms"] + ms)
    else:
        over = max(0, now - (clock["at"] + clock["ms"]))
        yield Change("room/clock/ms", clock["ms"] + over + ms)


def stop(room: Mapping[str, Any]) -> Iterator[Change]:
    """Take it off the wall."""
    if room.get("clock"):
        yield Change("room/clock", None)
