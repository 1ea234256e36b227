"""Where a room's ordered log lives."""

from __future__ import annotations

from pathlib import Path

from . import shared
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
    "StorageError", "Swept", "WrongEpoch", "open_log", "sharing",
]  # fmt: skip


def open_log(data: Path | None, redis_url: str = "") -> Log:
    """The log in this folder, in Redis where there is a URL, or else in memory. `await log.open()`
    comes next."""
    if redis_url:
        from .redis import RedisLog  # redis-py takes 0.3 s: only where it is used

        return RedisLog(redis_url)
    if data is None:
        from .memory import MemoryLog

        return MemoryLog()
    from .sqlite import SqliteLog  # sqlite3 is loaded only where it is used

    return SqliteLog(data)


def sharing(log: Log) -> shared.Shared | None:
    """What this log offers to many servers; None where only one may open it."""
    found: shared.Shared | None = getattr(log, "shared", None)
    return found
