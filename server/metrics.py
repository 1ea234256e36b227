"""What a server counts of itself for whoever watches over it: sums, never a room or a person.

An addition is all that counting costs. What costs more, such as looking at the time, happens only
where JAM_METRICS is set (`on`), and what can be summed when it is asked for is summed then
(`server/web/figures.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from time import perf_counter
from typing import Final, TypeVar

Answer = TypeVar("Answer")

BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds: the upper bounds of every histogram."""

REFUSED: Final[Counter[tuple[str, str]]] = Counter()
"""What was refused outside of rooms: (`door` or `http`, code)."""


class Spread:
    """How long something took: how often up to each bound, and the sum."""

    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def note(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    def buckets(self) -> list[tuple[str, float]]:
        """Cumulated, as a histogram is written."""
        names = [*map(str, BOUNDS), "+Inf"]
        sums = [sum(self.counts[: at + 1]) for at in range(len(names))]
        return [(name, float(count)) for name, count in zip(names, sums, strict=True)]


class Metrics:
    """The counts of one server that have no other place."""

    __slots__ = ("answers", "appends", "on", "rereads")

    def __init__(self) -> None:
        self.on = False
        self.answers: Counter[str] = Counter()
        """What the log answered to ops: `appended`, `duplicate`, `storageerror` and so on."""
        self.appends = Spread()
        """From asking the log to its answer."""
        self.rereads: Counter[str] = Counter()
        """Rooms read on from the log, by what was found: `same`, `rewound` and so on."""

    def timed(self, done: Callable[[Answer], None]) -> Callable[[Answer], None]:
        """`done`, with the answer counted and timed on its way; as it is where nobody watches."""
        if not self.on:
            return done
        begun = perf_counter()

        def told(answer: Answer) -> None:
            self.appends.note(perf_counter() - begun)
            self.answers[type(answer).__name__.lower()] += 1
            done(answer)

        return told
