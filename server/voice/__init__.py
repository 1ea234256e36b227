"""Voices: one mixed stream for each person, made by a process of its own (the extra `audio`)."""

from importlib.util import find_spec
from typing import Final

PACKAGES: Final = ("aiortc", "av", "numpy")


def installed() -> bool:
    """Whether what it takes is here; nothing of it is loaded."""
    return all(find_spec(name) is not None for name in PACKAGES)
