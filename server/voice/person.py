"""What comes from one person of a room: packets as they like, sound at a steady pace.

No I/O, no clock.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from server.room.voices import Seat

from .jitter import Jitter
from .mixer import TICK
from .opus import Decoder, OpusError, Sound
from .stream import SILENCE

UNSEATED: Final = Seat(speaks=False)
"""Who has no seat, or not yet, listens with all others and is not heard."""


class Person:
    """Their packets and their place."""

    def __init__(self) -> None:
        self.seat = UNSEATED
        self.tier = "normal"
        self.jitter = Jitter()
        self.kept_at = -1e9
        self.ssrc = 0
        self.soft = 0
        """Ticks until they hear what is to be heard where they have come to."""
        self._decoder: Decoder | None = None
        self._waiting: Sound = SILENCE[:0]

    def hush(self) -> None:
        """It is not heard any more: what is left belongs to the past."""
        self.jitter.rest()
        self._decoder, self._waiting = None, SILENCE[:0]

    def next(self) -> Sound | None:
        """20 ms out of packets of any length; None: there is silence."""
        while len(self._waiting) < TICK:
            take = self.jitter.pull()
            if take.packet is None and not take.lost:
                if not len(self._waiting):
                    return None
                more = SILENCE
            else:
                more = self._sound(take.packet, take.fec)
            whole = np.concatenate([self._waiting, more]) if len(self._waiting) else more
            self._waiting = whole
        now, self._waiting = self._waiting[:TICK], self._waiting[TICK:]
        return now

    def _sound(self, packet: bytes | None, fec: bytes | None) -> Sound:
        if self._decoder is None:
            self._decoder = Decoder()
        try:
            if packet is not None:
                return self._decoder.decode(packet)
            if fec is not None:
                return self._decoder.recover(fec, self.jitter.frame)
        except OpusError:
            pass  # what cannot be read is as good as lost
        return self._decoder.conceal(self.jitter.frame)
