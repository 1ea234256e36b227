"""What waits for the light lines of a room: two ticks a second, and few live values.

Their changes wait in the ring; what has to be kept beside it is who is dimmed, whose voice there is
and how many have reacted.
"""

from __future__ import annotations

from .lives import VOICE
from .ring import Wire

REACT = "live/room/react"
KEPT = VOICE | {"dim"}


class Light:
    """The light tick: whether there is something for it, and since when it may go."""

    def __init__(self, every_ms: int) -> None:
        self.waits = False
        """There is something for a light line, or an answer."""
        self.due = -(10**9)
        self.told = 0
        """As far as the last light tick has told of voices: `Lives.turn`."""
        self._every_ms = every_ms
        self._x: dict[str, Wire] = {}

    def keep(self, lives: list[Wire], changed: bool) -> None:
        """A full tick went out with these live values, and with changes or without."""
        for change in lives:
            path = change[0]
            if path == REACT and path in self._x:
                sums = [a + b for a, b in zip(self._x[path][1], change[1], strict=True)]
                self._x[path] = [path, sums]
            elif path == REACT or path.rpartition("/")[2] in KEPT:
                self._x[path] = change
        self.waits = self.waits or changed or bool(self._x)

    def taken(self, now: int) -> list[Wire]:
        """The live values of the light tick that goes out now; the next one has to wait."""
        lives, self._x = [*self._x.values()], {}
        self.waits, self.due = False, now + self._every_ms
        return lives
