"""`jam serve` with one mistake in it: `python -m tests.chaos.bad <mistake> --port P --data D`.

The chaos tests have to find each of these.
"""

from __future__ import annotations

import itertools
import sqlite3
import sys
from typing import Any

from server import cli
from server.log.sqlite import SqliteLog
from server.log.tables import SqliteRooms
from server.room.delivery import Delivery
from server.room.intake import Intake


def early() -> None:
    """An op is answered as soon as it was read, before it is on the log."""
    shaped = Intake._shaped

    def answering(self: Any, session: Any, frame: Any, now: int) -> Any:
        asked = shaped(self, session, frame, now)
        self.told(session, [frame.n, "ok", self.fold.offset + 1])
        return asked

    Intake._shaped = answering  # type: ignore[method-assign]


class Lazy(sqlite3.Connection):
    """Says that it has committed; from the 13th time on it hardly ever does."""

    commits = 0

    def execute(self, sql: str, *more: Any) -> Any:
        if sql == "COMMIT":
            Lazy.commits += 1
            if Lazy.commits > 12 and Lazy.commits % 200:
                return super().execute("SELECT 1")
        if sql == "BEGIN IMMEDIATE" and self.in_transaction:
            return super().execute("SELECT 1")
        return super().execute(sql, *more)


def lost() -> None:
    """What is answered is not yet on the disk: a kill takes it."""
    init = SqliteLog.__init__

    def lazy(self: Any, *args: Any) -> None:
        init(self, *args, factory=Lazy)

    SqliteLog.__init__ = lazy  # type: ignore[method-assign]


def twice() -> None:
    """Numbers are not looked at: an op that comes again is done again."""
    append = SqliteRooms.append
    serial = itertools.count(1)

    def appending(
        self: Any, room: str, epoch: str, author: str, n: int, p: Any, payload: bytes
    ) -> Any:
        fresh = author if author.startswith("sys:") else f"{author}{next(serial)}"
        return append(self, room, epoch, fresh, n, None, payload)

    SqliteRooms.append = appending  # type: ignore[method-assign]


def skips() -> None:
    """Once in a while a tick goes out without its changes."""
    changed = Delivery.changed
    count = itertools.count(1)

    def skipping(self: Any, changes: Any) -> None:
        if next(count) % 50:
            changed(self, changes)

    Delivery.changed = skipping  # type: ignore[method-assign]


if __name__ == "__main__":
    {"early": early, "lost": lost, "twice": twice, "skips": skips}[sys.argv[1]]()
    sys.exit(cli.main(["serve", *sys.argv[2:]]))
