"""One mix as packets: encoded while somebody is heard, and next to nothing while nobody is."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from .mixer import TICK
from .opus import VOIP, Encoder, Sound

COMFORT: Final = 20
"""Ticks between two packets while there is silence: 400 ms, as DTX does it (RFC 7587 §3.1.3)."""
TAIL: Final = 10
"""Ticks of silence that are still encoded behind the last word, which dies away in them."""
SILENCE: Final[Sound] = np.zeros(TICK, dtype=np.int16)


class Tier(NamedTuple):
    """A quality: bits a second, and how many ticks go into one packet."""

    name: str
    bitrate: int
    ticks: int


TIERS: Final = {tier.name: tier for tier in (Tier("normal", 24_000, 1), Tier("thin", 16_000, 3))}


class Stream:
    """An encoder, and what waits for it."""

    def __init__(self, tier: Tier) -> None:
        self.tier = tier
        self._encoder = Encoder(VOIP, bitrate=tier.bitrate, complexity=5, fec=1, loss=10)
        self._parts: list[Sound] = []
        self._quiet = TAIL + 1  # ticks of silence; it has been silent before it began
        self._begins = False

    def push(self, sound: Sound | None) -> tuple[bytes, bool] | None:
        """20 ms in, None for silence; out, where one is due, a packet of what came up to here, and
        whether it is the first one behind a silence."""
        if sound is None:
            self._quiet += 1
        else:
            self._begins = self._begins or self._quiet > TAIL
            self._quiet = 0
        if self._quiet > TAIL and not self._parts:
            if self._quiet % COMFORT:
                return None
            return self._encoder.encode(np.tile(SILENCE, self.tier.ticks)), False
        self._parts.append(SILENCE if sound is None else sound)
        if len(self._parts) < self.tier.ticks:
            return None
        whole, self._parts = np.concatenate(self._parts), []
        begins, self._begins = self._begins, False
        return self._encoder.encode(whole), begins
