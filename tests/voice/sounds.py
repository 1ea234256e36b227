"""Tones to speak with, and an ear for them."""

import math

import numpy as np

from server.voice.mixer import TICK
from server.voice.opus import RATE, Sound


def tone(hertz: float, seconds: float = 1.0, loud: float = 8000.0) -> Sound:
    """A steady tone."""
    at = np.arange(int(RATE * seconds))
    return (loud * np.sin(2 * np.pi * hertz * at / RATE)).astype(np.int16)


def ticks(sound: Sound, size: int = TICK) -> list[Sound]:
    """The sound in stretches."""
    return [sound[at : at + size] for at in range(0, len(sound) - size + 1, size)]


def strength(sound: Sound, hertz: float) -> float:
    """How loud a tone is in a sound, as the height of its wave (Goertzel's algorithm, 1958)."""
    turn = 2 * math.cos(2 * math.pi * hertz / RATE)
    one = two = 0.0
    for sample in sound.astype(float):
        one, two = sample + turn * one - two, one
    power = one * one + two * two - turn * one * two
    return 2 * math.sqrt(max(0.0, power)) / len(sound)
