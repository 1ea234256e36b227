"""One mix as packets: encoded while somebody is heard, and next to nothing while nobody is."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from .mixer import TICK, faded_in
from .opus import AUDIO, VOIP, Encoder, Sound

COMFORT: Final = 20
"""Ticks between two packets while there is silence: 400 ms, as DTX does it (RFC 7587 §3.1.3)."""
TAIL: Final = 10
"""Ticks of silence that are still encoded behind the last word, which dies away in them."""
EFFORT: Final = 5
"""The encoder's, of 10, for what many hear."""
LITTLE: Final = 2
"""The same for one who is speaking and hears the others through that: a third less work, and the
least with which a packet still holds the one before."""
DYING: Final = {1: b"\x48", 3: b"\x58"}
"""Packets of nothing but their length, by ticks, as DTX sends them: at these a decoder lets die
away what was."""
SILENCE: Final[Sound] = np.zeros(TICK, dtype=np.int16)


class Tier(NamedTuple):
    """A quality: bits a second, how many ticks go into one packet, what the encoder is made for,
    and whether a packet also holds the one before."""

    name: str
    bitrate: int
    ticks: int
    application: int = VOIP
    fec: int = 1
    loss: int = 10


TIERS: Final = {
    tier.name: tier for tier in (Tier("normal", 23_500, 1), Tier("thin", 17_000, 3, loss=20))
}
"""Those of people. For less than 17,000, or for a line that is said to lose less, Opus leaves out
of its long packets what brings lost ones back."""
MUSIC: Final = Tier("music", 48_000, 1, AUDIO, fec=0)
"""What "normal" is while somebody near plays. Opus has no FEC in what it does for music."""
KINDS: Final = {**TIERS, MUSIC.name: MUSIC}


class Stream:
    """An encoder, and what waits for it."""

    def __init__(self, tier: Tier, effort: int = EFFORT) -> None:
        self.tier = tier
        self._encoder = Encoder(
            tier.application, bitrate=tier.bitrate, complexity=effort, fec=tier.fec, loss=tier.loss
        )
        self._parts: list[Sound] = []
        self._quiet = TAIL + 1  # ticks of silence; it has been silent before it began
        self._begins = False
        self.at = -2
        """The tick of its last part."""
        self._soft = True

    def resume(self, before: Sound | None) -> None:
        """It was not asked for until now. Where it goes on with a sound that others had, whose last
        20 ms were these, its first packet is no beginning.

        Heard with the packets of two encoders one behind the other: what Opus does for music jumps
        ten times as far as the sound itself, unless it has heard what was before; what it does for
        speech is loud for a moment, unless it has not."""
        self._encoder.reset()
        self._soft = before is None
        self._parts, self._begins, self._quiet = [], False, TAIL + 1
        if before is not None:
            self._quiet = 0
            if self.tier.application == AUDIO:
                self._encoder.encode(before)

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
            return DYING[self.tier.ticks], False
        if self._soft and sound is not None:
            self._soft, sound = False, faded_in(sound)
        self._parts.append(SILENCE if sound is None else sound)
        if len(self._parts) < self.tier.ticks:
            return None
        whole, self._parts = np.concatenate(self._parts), []
        begins, self._begins = self._begins, False
        return self._encoder.encode(whole), begins
