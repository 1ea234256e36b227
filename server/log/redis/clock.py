"""Log time where Redis keeps it: this server's steady clock, and how far Redis is from it."""

from __future__ import annotations

from collections import deque

from server.log.clock import Millis, steady_ms

SAMPLES = 8


class RemoteClock:
    """The best of the latest samples: the one whose answer came back soonest is the truest."""

    def __init__(self, steady: Millis = steady_ms) -> None:
        self._steady = steady
        self._samples: deque[tuple[int, int]] = deque(maxlen=SAMPLES)  # (round trip, shift)
        self._shift = 0
        self._last = 0

    def heard(self, asked: int, answered: int, there: int) -> None:
        """Redis said it is `there`, between two moments of our steady clock (all in ms)."""
        trip = answered - asked
        self._samples.append((trip, there - (asked + trip // 2)))
        self._shift = min(self._samples)[1]

    def now(self) -> int:
        """Never runs backwards, whatever a better sample says."""
        self._last = max(self._last, self._steady() + self._shift)
        return self._last
