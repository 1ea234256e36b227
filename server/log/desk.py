"""One connection to the file, made anew after a fault that it does not survive."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from .tables import SqliteRooms

PATIENCE = 1.0
"""Seconds to wait for a foreign program that has the file locked."""
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # each commit reaches the disk before it is answered
    "secure_delete=ON",  # with the cut below: deleted words stand in no file
    "temp_store=MEMORY",  # and in no scratch file
)


class Desk:
    """Where one thread works. Nothing here is shared with another thread at the same time."""

    def __init__(
        self,
        path: Path,
        factory: type[sqlite3.Connection],
        furnish: Callable[[sqlite3.Connection], SqliteRooms],
    ) -> None:
        self._path = path
        self._factory = factory
        self._furnish = furnish
        self._seat: tuple[sqlite3.Connection, SqliteRooms] | None = None

    def sit(self) -> tuple[sqlite3.Connection, SqliteRooms]:
        """The connection, outside of any transaction. Raises sqlite3.Error."""
        if self._seat is None:
            connection = sqlite3.connect(
                self._path,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
                factory=self._factory,
            )
            try:
                for pragma in _PRAGMAS:
                    connection.execute(f"PRAGMA {pragma}").fetchall()
            except sqlite3.Error:
                connection.close()
                raise
            self._seat = (connection, self._furnish(connection))
        return self._seat

    def rise(self) -> None:
        """Give up what is not committed, on the disk and in memory."""
        if self._seat is None:
            return
        connection, rooms = self._seat
        rooms.drop()
        if not connection.in_transaction:
            return
        try:
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            self.leave()  # the next one to sit connects anew

    def leave(self) -> None:
        if self._seat is not None:
            with contextlib.suppress(sqlite3.Error):
                self._seat[0].close()
            self._seat = None

    def cut(self) -> None:
        """Bring the journal into the file and empty it. Raises sqlite3.Error."""
        answer = self.sit()[0].execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if answer[0]:
            raise sqlite3.OperationalError("the journal is in use")
