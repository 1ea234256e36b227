"""Log time: wall time at the start, then steady, so that a set clock moves no timer."""

from __future__ import annotations

import time
from collections.abc import Callable

Millis = Callable[[], int]


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


# Both go on while the machine sleeps: the first on Linux, the second on a Mac.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def steady_ms() -> int:
    """Never set back; goes on while the machine sleeps, where the platform can tell."""
    nanoseconds = time.monotonic_ns() if _CLOCK is None else time.clock_gettime_ns(_CLOCK)
    return nanoseconds // 1_000_000


class LogClock:
    """Anchored to max(wall, the last ts on the store), then advanced by the steady clock."""

    def __init__(self, wall: Millis = wall_ms, steady: Millis = steady_ms) -> None:
        self._wall = wall
        self._steady = steady
        self._shift = 0
        self.anchor(0)

    def anchor(self, last: int) -> None:
        self._shift = max(self._wall(), last) - self._steady()

    def now(self) -> int:
        return self._steady() + self._shift
