"""Rooms that are being written to, as the writer knows them without asking the tables.

The lock on the folder makes this process the only writer, so nobody changes a room behind the
shelf's back. Appends lie here until `flush` writes them, all together; the transaction they belong
to is the caller's. After a rollback `drop` is due: what lies here is then not so.
"""

from __future__ import annotations

import sqlite3

from . import chain
from .base import Entry, Mark, Meta

ROOMS = 2_000
"""Rooms kept at most; the one longest silent goes first and is read again when it speaks."""
MARKS = 200
"""Marks kept for one room at most: ten times as many people as sit in a usual one."""

_ENTRIES = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)"
_MARKS = (
    "INSERT INTO mark VALUES (?, ?, ?, ?, ?) ON CONFLICT (id, author)"
    " DO UPDATE SET n = excluded.n, offset = excluded.offset, ts = excluded.ts"
)
# What an append moves, and nothing else: no index is touched, and no other column written anew.
_ROOM = "UPDATE room SET top = ?, tag = ?, ts = ?, ops = ?, size = ?, fresh = ? WHERE id = ?"


class Kept:
    """One room in use. `marks` are those asked for lately, `owed` those not written yet."""

    __slots__ = ("at", "marks", "meta", "owed")

    def __init__(self, at: int, meta: Meta) -> None:
        self.at = at
        self.meta = meta
        self.marks: dict[str, Mark] = {}
        self.owed: dict[str, Mark] = {}


class Shelf:
    """Belongs to one connection, and to the thread that uses it."""

    def __init__(
        self, connection: sqlite3.Connection, rooms: int = ROOMS, marks: int = MARKS
    ) -> None:
        self._many = connection.executemany
        self._most = rooms
        self._marks = marks
        self._kept: dict[str, Kept] = {}  # the one longest silent comes first
        self._entries: list[tuple[int, int, int, str, str, int, bytes]] = []
        self._owing: dict[int, Kept] = {}

    def find(self, room: str) -> Kept | None:
        kept = self._kept.pop(room, None)
        if kept is not None:
            self._kept[room] = kept
        return kept

    def keep(self, at: int, meta: Meta) -> Kept:
        """The room as it stands in the tables."""
        if len(self._kept) >= self._most:
            self.take(next(iter(self._kept)))
        kept = self._kept[meta.room] = Kept(at, meta)
        return kept

    def take(self, room: str) -> None:
        """From here on the tables alone know this room, and they know all of it."""
        self.flush()
        self._kept.pop(room, None)

    def learn(self, kept: Kept, mark: Mark) -> None:
        """A mark as it stands in the tables."""
        if len(kept.marks) >= self._marks:
            self.flush()
            kept.marks.clear()
        kept.marks[mark.author] = mark

    def add(self, kept: Kept, meta: Meta, entry: Entry) -> None:
        """An op that may be appended, and the room after it."""
        author = entry.author
        mark = Mark(author, entry.n, entry.offset, entry.ts)
        if author not in kept.marks:
            self.learn(kept, mark)
        kept.marks[author] = kept.owed[author] = mark
        kept.meta = meta
        self._owing[kept.at] = kept
        self._entries.append(
            (kept.at, entry.offset, entry.ts, entry.tag, author, entry.n, entry.payload)
        )

    def flush(self) -> None:
        """Write what is owed. If it raises, `drop` is due."""
        if not self._entries:
            return
        self._many(_ENTRIES, self._entries)
        marks = []
        rooms = []
        for at, kept in self._owing.items():
            for mark in kept.owed.values():
                marks.append((at, mark.author, mark.n, mark.offset, mark.ts))
                if chain.is_fact(mark.author):  # said once: nobody will ask for it
                    kept.marks.pop(mark.author, None)
            kept.owed.clear()
            meta = kept.meta
            rooms.append((meta.top, meta.tag, meta.ts, meta.ops, meta.size, meta.fresh, at))
        self._many(_MARKS, marks)
        self._many(_ROOM, rooms)
        self._entries.clear()
        self._owing.clear()

    def drop(self) -> None:
        """Forget everything, also what is owed: the transaction was given up, or may have been."""
        self._kept.clear()
        self._entries.clear()
        self._owing.clear()
