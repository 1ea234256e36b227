"""The latest changes of a room, so that a short absence is mended without the whole state.

Bounded by bytes and by age (decisions.md 32). What a resumed client gets is filtered by its
audience of today; a change that it may not see is dropped here, not there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import Any

import msgspec

Wire = list[Any]
"""One change as it goes out: [path, value], or [path] for a deletion."""


class Turn(msgspec.Struct, frozen=True):
    """What one entry of the log changed: its place, its tag, and its changes."""

    offset: int
    tag: str
    ts: int
    changes: Sequence[Wire]
    size: int


class Ring:
    """Turns in log order without a gap; `floor` is the place before the first one kept."""

    def __init__(self, offset: int, tag: str, max_bytes: int, max_ms: int) -> None:
        self.floor = offset
        self.floor_tag = tag
        self.bytes = 0
        self.pushed = 0
        """Bytes of all turns there have ever been."""
        self._turns: deque[Turn] = deque()
        self._max_bytes = max_bytes
        self._max_ms = max_ms

    def push(self, turn: Turn) -> None:
        self._turns.append(turn)
        self.bytes += turn.size
        self.pushed += turn.size
        oldest = turn.ts - self._max_ms
        while self.bytes > self._max_bytes or (self._turns and self._turns[0].ts < oldest):
            self._drop()

    def empty(self) -> None:
        """Forget all of it: after Forget() no answer may be repaired from here."""
        while self._turns:
            self._drop()

    def since(self, offset: int) -> list[Wire] | None:
        """All changes after `offset`, oldest first; None if that place is not on record."""
        if offset < self.floor or offset > self.top:
            return None
        found: list[Wire] = []
        for turn in islice(self._turns, offset - self.floor, None):
            found.extend(turn.changes)
        return found

    def tag_at(self, offset: int) -> str:
        """The log's tag at a place on record."""
        if offset == self.floor:
            return self.floor_tag
        return self._turns[offset - self.floor - 1].tag

    @property
    def top(self) -> int:
        return self.floor + len(self._turns)

    def _drop(self) -> None:
        turn = self._turns.popleft()
        self.bytes -= turn.size
        self.floor, self.floor_tag = turn.offset, turn.tag
