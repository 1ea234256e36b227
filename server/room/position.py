"""Where a client stands in a room's log: epoch, offset, and a salted tag, as one opaque string.

The tag chains the history, so equal tags at equal offsets mean equal pasts. It is salted with a
secret of the room because the bare chain would let people test guesses about hidden answers
(decisions.md 15).
"""

from __future__ import annotations

import hashlib

import msgspec


class Position(msgspec.Struct, frozen=True):
    epoch: str
    offset: int
    tag: str

    def seal(self, salt: bytes) -> str:
        """The string a client is given; it means nothing without the salt."""
        return f"{self.epoch}.{self.offset}.{salted(self.tag, salt)}"


class Standing:
    """Where a fold stands in its log, as its clients are told."""

    __slots__ = ("_made", "_of", "epoch", "epochs", "tag", "ts")

    def __init__(self) -> None:
        self.epoch = self.tag = ""
        self.ts = 0
        self.epochs: set[str] = set()
        """All names that this history has had here: a place in it keeps the one of its time."""
        self._of: tuple[int, bytes] = (-1, b"")  # what `_made` was made of
        self._made = ""

    def go_on(self, epoch: str) -> None:
        """The same history has this name from now on."""
        self.epoch, self._of = epoch, (-1, b"")
        self.epochs.add(epoch)

    def seal(self, offset: int, seed: bytes) -> str:
        """The place as a string."""
        if self._of != (offset, seed):
            self._of = (offset, seed)
            self._made = Position(self.epoch, offset, self.tag).seal(seed)
        return self._made


def salted(tag: str, salt: bytes) -> str:
    return hashlib.sha256(salt + tag.encode()).hexdigest()[:12]


def opened(text: str) -> tuple[str, int, str] | None:
    """(epoch, offset, salted tag) of a client's position, or None where it is no position."""
    parts = text.split(".")
    if len(parts) != 3 or len(text) > 80:
        return None
    epoch, offset, tag = parts
    if not offset.isdecimal() or not offset.isascii() or len(offset) > 15:
        return None
    return epoch, int(offset), tag
