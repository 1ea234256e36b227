"""Where a room's ordered log lives."""

from __future__ import annotations

from pathlib import Path

from .base import (
    AlreadyOpen,
    Answer,
    Appended,
    CannotOpen,
    Caps,
    Counts,
    Done,
    Duplicate,
    Entry,
    Exists,
    Full,
    Gap,
    Gone,
    Log,
    Mark,
    Meta,
    ReadResult,
    Snapshot,
    StorageError,
    Swept,
    WrongEpoch,
)

__all__ = [
    "AlreadyOpen", "Answer", "Appended", "CannotOpen", "Caps", "Counts", "Done", "Duplicate",
    "Entry", "Exists", "Full", "Gap", "Gone", "Log", "Mark", "Meta", "ReadResult", "Snapshot",
    "StorageError", "Swept", "WrongEpoch", "open_log",
]  # fmt: skip


def open_log(data: Path | None) -> Log:
    """The log in this folder, or one in memory. `await log.open()` comes next."""
    if data is None:
        from .memory import MemoryLog

        return MemoryLog()
    from .sqlite import SqliteLog  # sqlite3 is loaded only where it is used

    return SqliteLog(data)
