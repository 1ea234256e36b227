"""The jitter buffer of one speaker: packets come when they like, sound is taken at a steady pace.

Its depth follows the line. A packet's *lateness* is how much later it came than the quickest of the
last seconds, as counted from its own timestamp; the depth is what covers 95 of 100 of them. It
grows while a voice is silent, before the next one begins, and shrinks by leaving out one packet at
a time (the idea of NetEq's delay manager, without its stretching of sound). No clock of its own,
no I/O.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from typing import Final, NamedTuple

from .rtp import CLOCK, SEQ, TS, nearest

MOST: Final = 12
"""Packets kept at most; of what comes beyond, the oldest goes."""
LEAST: Final = 2
"""Packets to wait for on the best of lines: what a lost one held is in the next."""
DEEPEST_MS: Final = 200
"""A line that needs more than this has gaps instead."""
WINDOW: Final = 150
"""Packets whose lateness is remembered: three seconds of 20 ms."""
COVERED: Final = 0.95
SLACK_MS: Final = 1.0
"""Lateness that is none: where packets are read together, it counts in whole ticks."""
CONCEALED: Final = 5
"""Packets in a row that are made up before the voice counts as silent."""
SPARE: Final = 2
"""Packets above the depth before one is left out."""
PATIENCE: Final = 25
"""Packets between two that are left out: half a second."""
JUMP: Final = 1000
"""A step of numbers beyond which the sender has begun anew (RFC 3550 appendix A.1 allows 3,000)."""
QUIET: Final = 2
"""A payload of no more bytes says that there is silence (DTX)."""


class Take(NamedTuple):
    """What to do for the next stretch of sound: decode `packet`; or else make it up, from what the
    next packet holds of it (`fec`) where that is here. Both None: there is silence."""

    packet: bytes | None = None
    lost: bool = False
    fec: bytes | None = None


SILENCE: Final = Take()


class Jitter:
    """Packets of one speaker in their order."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[int, bytes]] = {}  # number -> (timestamp, payload)
        self._last: int | None = None  # the highest number so far, never cut
        self._ts = 0  # and its timestamp
        self._next = 0  # the number to be taken next, while it plays
        self._plays = False
        self._made_up = self._since = 0
        self._frame = CLOCK // 50
        self._transits: deque[float] = deque()
        self._sorted: list[float] = []
        self.received = self.lost = self.late = 0

    # -- what comes in

    def push(self, seq: int, ts: int, payload: bytes, now: float | None) -> None:
        """A packet as it has come; `now` in milliseconds of any clock that only goes on, None where
        nobody knows."""
        at, when = self._place(seq, ts)
        self.received += 1
        if now is not None:
            self._learn(now - when / (CLOCK / 1000))
        if self._plays and at < self._next:
            self.late += 1
            return
        if len(payload) <= QUIET:
            # Nothing to play, and nothing that has gone missing.
            payload = b""
        self._waiting[at] = (when, payload)
        if len(self._waiting) > MOST:
            oldest = min(self._waiting)
            del self._waiting[oldest]
            if self._plays:
                self._next = max(self._next, oldest + 1)

    def _place(self, seq: int, ts: int) -> tuple[int, int]:
        """Number and timestamp without their turns; whose sender began anew starts here anew."""
        if self._last is None:
            self._last, self._ts = seq + SEQ, ts + TS
            return self._last, self._ts
        at, when = nearest(seq, self._last, SEQ), nearest(ts, self._ts, TS)
        if abs(at - self._last) > JUMP:
            self.anew()
            return self._place(seq, ts)
        if at > self._last:
            step, span = at - self._last, when - self._ts
            if 0 < span <= step * 5760 and span % step == 0:
                self._frame = span // step
            self._last, self._ts = at, when
        return at, when

    def _learn(self, transit: float) -> None:
        self._transits.append(transit)
        insort(self._sorted, transit)
        if len(self._transits) > WINDOW:
            del self._sorted[bisect_left(self._sorted, self._transits.popleft())]

    def rest(self) -> None:
        """Drop what waits; the next voice begins with what comes from now on."""
        self._waiting.clear()
        self._plays, self._made_up = False, 0

    def skip(self) -> None:
        """We ourselves were late: of what has piled up meanwhile only the end is played, and how
        late it came says nothing of the line."""
        self._transits.clear()
        self._sorted.clear()
        while len(self._waiting) > LEAST:
            del self._waiting[min(self._waiting)]
        if self._plays and self._waiting:
            self._next = max(self._next, min(self._waiting))

    def anew(self) -> None:
        """Forget all that belongs to one stream; what is known of the line goes with it."""
        self.rest()
        self._transits.clear()
        self._sorted.clear()
        self._last = None

    # -- what goes out

    @property
    def depth(self) -> int:
        """How many packets should wait before a voice begins."""
        if not self._sorted:
            return LEAST
        at = min(len(self._sorted) - 1, int(len(self._sorted) * COVERED))
        needed = min(self._sorted[at] - self._sorted[0], DEEPEST_MS)
        frame_ms = self._frame * 1000 / CLOCK
        return max(LEAST, min(MOST - SPARE, 1 + int(-(-(needed - SLACK_MS) // frame_ms))))

    @property
    def waiting(self) -> int:
        """How many packets are here."""
        return len(self._waiting)

    @property
    def frame(self) -> int:
        """Samples of one packet, as its sender makes them now."""
        return self._frame

    def pull(self) -> Take:
        """The next stretch of sound, of one packet's length."""
        self._since += 1
        if not self._plays and not self._begin():
            return SILENCE
        if len(self._waiting) > self.depth + SPARE and self._since > PATIENCE:
            self._since = 0
            self._waiting.pop(self._next, None)
            self._next += 1
        found = self._waiting.pop(self._next, None)
        self._next += 1
        if found is not None:
            self._made_up = 0
            if found[1]:
                return Take(found[1])
            self._plays = False
            return SILENCE
        return self._missing()

    def _begin(self) -> bool:
        """A voice begins when enough of it is here. What only says silence is no voice."""
        while self._waiting and not self._waiting[first := min(self._waiting)][1]:
            del self._waiting[first]
        if len(self._waiting) < self.depth:
            return False
        self._next, self._plays, self._made_up = min(self._waiting), True, 0
        return True

    def _missing(self) -> Take:
        self._made_up += 1
        if self._made_up > CONCEALED and not self._waiting:
            self._plays = False
            return SILENCE
        after = self._waiting.get(self._next)
        if self._waiting:
            self.lost += 1
        return Take(lost=True, fec=after[1] or None if after else None)
