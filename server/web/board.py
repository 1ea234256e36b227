"""A board for short notes that every server of a site can read: spoken codes, people at the door.

With one server it is a dict; with a shared store it is that store's. Notes go by themselves.
"""

from __future__ import annotations

from collections.abc import Callable

from server.log.shared import Board, Shared


class OwnBoard:
    """The board of a server that is alone. `wall` is the wall clock in ms."""

    def __init__(self, wall: Callable[[], int]) -> None:
        self._wall = wall
        self._notes: dict[str, tuple[bytes, int]] = {}
        self._counts: dict[str, int] = {}

    async def put(self, name: str, note: bytes, until: int) -> None:
        now = self._wall()
        for old in [old for old, (_, end) in self._notes.items() if end <= now]:
            del self._notes[old]
        self._notes[name] = (note, until)

    async def get(self, name: str) -> bytes | None:
        note, until = self._notes.get(name, (b"", 0))
        return note if until > self._wall() else None

    async def drop(self, name: str) -> None:
        self._notes.pop(name, None)

    async def count(self, name: str, more: int = 0) -> int:
        self._counts[name] = self._counts.get(name, 0) + more
        return self._counts[name]


def board(shared: Shared | None, wall: Callable[[], int]) -> Board:
    """The one that all servers of this site read."""
    return OwnBoard(wall) if shared is None else shared.board
