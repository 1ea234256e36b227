"""Rng: chance that every node and every Python version draws alike.

Block i is SHA-256("jam.rng" | seed | offset | i), offset and i as 8 bytes, big end first. A draw
takes the next 4 bytes; draws that would favour small numbers are thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")
_SPAN = 2**32


class Rng:
    """The chance of one op: ``seed`` is the room's secret, ``offset`` the op's place in the log."""

    __slots__ = ("_base", "_block", "_count")

    def __init__(self, seed: bytes, offset: int) -> None:
        self._base = b"jam.rng" + seed + offset.to_bytes(8, "big")
        self._count = 0
        self._block = b""

    def _draw(self) -> int:
        if not self._block:
            self._block = sha256(self._base + self._count.to_bytes(8, "big")).digest()
            self._count += 1
        word, self._block = self._block[:4], self._block[4:]
        return int.from_bytes(word, "big")

    def below(self, n: int) -> int:
        """An integer from 0 to n - 1, each as likely; 1 <= n <= 2**32."""
        if not 1 <= n <= _SPAN:
            raise ValueError(f"below({n})")
        limit = _SPAN - _SPAN % n
        while True:
            draw = self._draw()
            if draw < limit:
                return draw % n

    def choice(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """A new list in chance order. Sort first: what comes in must not depend on who was when."""
        out = list(items)
        for last in range(len(out) - 1, 0, -1):
            other = self.below(last + 1)
            out[last], out[other] = out[other], out[last]
        return out


def ratchet(seed: bytes, offset: int) -> bytes:
    """The seed after a Forget at ``offset``; the old one cannot be found from it."""
    return sha256(b"jam.ratchet" + seed + offset.to_bytes(8, "big")).digest()
