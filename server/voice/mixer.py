"""One mix for all who listen, and one without their own voice for each who speaks (mix-minus).

Sound is 48 kHz, mono, in stretches of 20 ms. A voice that comes or goes is faded over 5 ms, so
nothing clicks; where voices add up to more than there is room for, a limiter turns the whole down
and lets it come back slowly, instead of clipping. No I/O, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .opus import RATE, Sound

TICK: Final = RATE // 50
"""Samples of one stretch: 20 ms."""
RAMP: Final = RATE // 200
"""Samples of a fade: 5 ms."""
SHORTEST: Final = RATE // 1000
"""Samples in which a limiter goes down at the quickest: 1 ms."""
CEILING: Final = 32_000.0
RELEASE: Final = 1.06
"""How much of the lost loudness comes back in a stretch: 10 dB take half a second."""

_Wave = NDArray[np.float32]
_UP: Final = np.linspace(0, 1, RAMP, endpoint=False, dtype=np.float32)


class Limiter:
    """Keeps a mix below the ceiling. Going down takes 1 to 5 ms, coming back half a second."""

    def __init__(self) -> None:
        self._gain = 1.0

    def __call__(self, wave: _Wave) -> Sound:
        peak = float(np.abs(wave).max(initial=0.0))
        before = self._gain
        allowed = CEILING / peak if peak > CEILING else 1.0
        self._gain = min(allowed, before * RELEASE, 1.0)
        if before == self._gain == 1.0:
            return wave.astype(np.int16)
        gain = np.full(len(wave), self._gain, dtype=np.float32)
        # Down before it gets too loud, as far as that is still ahead.
        loud = int(np.argmax(np.abs(wave) * before > CEILING)) if self._gain < before else RAMP
        ramp = min(RAMP, max(SHORTEST, loud))
        gain[:ramp] = np.linspace(before, self._gain, ramp, endpoint=False)
        held: Sound = np.clip(wave * gain, -CEILING, CEILING).astype(np.int16)
        return held


class Mixer:
    """The mix of one room, or of one group in it."""

    def __init__(self) -> None:
        self._before: dict[str, Sound] = {}  # who was in the last stretch, and their last samples
        self._all = Limiter()
        self._own: dict[str, Limiter] = {}

    def mix(self, voices: Mapping[str, Sound]) -> tuple[Sound | None, dict[str, Sound]]:
        """Each voice's next 20 ms in; what all others hear, and what each speaker hears, out.

        What all hear is None where nobody speaks. Who has just stopped is faded out here.
        """
        waves = {who: self._faded_in(who, sound) for who, sound in voices.items()}
        for who, last in self._before.items():
            if who not in waves:
                waves[who] = _faded_out(last)
        self._before = dict(voices)
        if not waves:
            self._own.clear()
            return None, {}
        whole = np.zeros(TICK, dtype=np.float32)
        for wave in waves.values():
            whole += wave
        minus: dict[str, Sound] = {}
        for who in voices:
            limit = self._own.setdefault(who, Limiter())
            minus[who] = limit(whole - waves[who])
        self._own = {who: limit for who, limit in self._own.items() if who in voices}
        return self._all(whole), minus

    def _faded_in(self, who: str, sound: Sound) -> _Wave:
        wave = sound.astype(np.float32)
        if who not in self._before:
            wave[:RAMP] *= _UP
        return wave


def faded_in(sound: Sound) -> Sound:
    """Its beginning comes up within 5 ms."""
    wave = sound.astype(np.float32)
    wave[:RAMP] *= _UP
    return wave.astype(np.int16)


def _faded_out(last: Sound) -> _Wave:
    """5 ms of what was said last, turned round and dying away: it begins where that ended."""
    wave = np.zeros(TICK, dtype=np.float32)
    wave[:RAMP] = last[::-1][:RAMP] * (1 - _UP)
    return wave
