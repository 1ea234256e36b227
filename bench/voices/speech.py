"""What guests say: something like speech, clicks that are found again, and silence, as packets."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.voice.mixer import TICK
from server.voice.opus import RATE, Decoder, Encoder, Sound

CLICK_HZ: Final = 3000.0
CLICK_MS: Final = 8
BLOCK: Final = RATE // 400
"""Samples of the stretch in which a click is looked for: 2.5 ms."""
EVERY_MS: Final = 500
"""About so far apart are two clicks."""
DTX: Final = bytes([0xF8, 0xFF, 0xFE])
"""A packet of 20 ms that says next to nothing, as browsers send one each 400 ms."""

_Wave = NDArray[np.float64]


def speech(seconds: float, seed: int, loud: float = 7000.0) -> Sound:
    """A voice that says nothing: vowels of a wandering pitch, four syllables a second, hisses."""
    rng = np.random.default_rng(seed)
    count = int(RATE * seconds)
    at = np.arange(count) / RATE
    base = rng.uniform(100, 210)
    pitch = base * (1 + 0.12 * np.sin(2 * np.pi * 0.7 * at + rng.uniform(0, 6)))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    formants = 500 + 300 * np.sin(2 * np.pi * 2.1 * at), 1500 + 600 * np.sin(2 * np.pi * 1.3 * at)
    wave: _Wave = np.zeros(count)
    for harmonic in range(1, 30):
        hertz = harmonic * pitch
        near = sum(np.exp(-(((hertz - middle) / 350) ** 2)) for middle in formants)
        wave += (0.05 + near) / harmonic**0.3 * np.sin(harmonic * phase)
    syllable = np.clip(np.sin(2 * np.pi * 4 * at + rng.uniform(0, 6)) + 0.3, 0, 1) ** 0.7
    hiss = rng.standard_normal(count) * np.clip(-np.sin(2 * np.pi * 4 * at) - 0.6, 0, 1)
    wave = wave * syllable + hiss
    whole: Sound = (wave / np.abs(wave).max() * loud).astype(np.int16)
    return whole


def clicks(seconds: float, seed: int) -> Sound:
    """Short high tones at times that have nothing to do with packets, and faint noise between."""
    rng = np.random.default_rng(seed)
    wave: _Wave = rng.standard_normal(int(RATE * seconds)) * 30
    length = RATE * CLICK_MS // 1000
    burst = 16_000 * np.sin(2 * np.pi * CLICK_HZ * np.arange(length) / RATE) * np.hanning(length)
    at = RATE // 4
    while at + length < len(wave):
        wave[at : at + length] += burst
        at += int(RATE * (EVERY_MS + rng.uniform(-60, 60)) / 1000)
    return wave.astype(np.int16)


def packets(sound: Sound, frame_ms: int = 20, bitrate: int = 24_000) -> list[bytes]:
    """As a browser would send it."""
    size = TICK * frame_ms // 20
    encoder = Encoder(bitrate=bitrate, complexity=9, fec=1, loss=10)
    return [encoder.encode(sound[at : at + size]) for at in range(0, len(sound) - size + 1, size)]


class Ear:
    """Finds the beginnings of clicks in packets that come one after the other."""

    def __init__(self) -> None:
        self._decoder = Decoder()
        self._since = 1 << 20  # samples since the last one was loud
        turn = 2 * np.pi * CLICK_HZ * np.arange(BLOCK) / RATE
        self._wave = np.exp(-1j * turn)

    def hear(self, packet: bytes) -> float | None:
        """Where in this packet a click begins, in ms; None: nowhere."""
        return self.sound(self._decoder.decode(packet))

    def sound(self, sound: Sound) -> float | None:
        """The same for what is decoded already."""
        found: float | None = None
        for at in range(0, len(sound) - BLOCK + 1, BLOCK):
            loud = abs(np.dot(sound[at : at + BLOCK], self._wave)) * 2 / BLOCK > 2500
            if loud and self._since > RATE * EVERY_MS // 2000:
                found = at * 1000 / RATE
            self._since = 0 if loud else self._since + BLOCK
        return found


def with_clicks(voice: list[bytes]) -> dict[int, float]:
    """In which of these packets a click begins, as everybody else will hear it, and where."""
    ear = Ear()
    heard = ((n, ear.hear(packet)) for n, packet in enumerate(voice))
    return {n: at for n, at in heard if at is not None}
