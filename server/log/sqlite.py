"""Logs in one SQLite file: what is answered survives a power cut.

One thread writes: it takes all calls that wait, runs them in one transaction and answers them
together after the commit. Another thread reads, on a connection of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from .base import CannotOpen, Caps, Done, Exists, StorageError
from .clock import LogClock
from .desk import Desk
from .folder import ELSEWHERE, Folder
from .jobs import Job, resolve, settle, stored
from .rooms import Rooms, RoomsLog, T
from .schema import SCHEMA, VERSION
from .tables import SqliteRooms

BATCH = 512
"""Calls in one transaction at most."""
PAUSE = 0.01
"""Seconds between two commits while calls come side by side. A commit costs as much for one call as
for twenty; answers leave in ticks of 50 ms, so nobody sees the wait. It begins only after a commit
of several calls: somebody who asks one by one is answered as fast as the disk can."""


class SqliteLog(RoomsLog):
    """The embedded default. `factory` lets a test hand in a connection that fails."""

    def __init__(
        self,
        data: Path,
        caps: Caps | None = None,
        clock: LogClock | None = None,
        factory: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> None:
        self._folder = Folder(data)
        self._caps = caps or Caps()
        self._clock = clock or LogClock()
        self._factory = factory
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._closing = threading.Event()
        self._late: list[tuple[Done, StorageError]] = []  # asked after `close` and not told yet
        self._quiet = threading.Lock()  # no read is under way while the journal is cut
        self._running = False
        self._shut = True  # the writer thread is not there
        self._owed = False  # something was deleted, and the journal could not be cut since
        self._writer = self._desk()
        self._reader = self._desk()

    def _desk(self) -> Desk:
        return Desk(
            self._folder.database, self._factory, lambda c: SqliteRooms(c, self.now, self._caps)
        )

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._readers = ThreadPoolExecutor(1, "jam-log-read")
        try:
            await self._loop.run_in_executor(self._readers, self._open)
        except BaseException:
            self._readers.shutdown(wait=False)
            raise
        self._thread = threading.Thread(target=self._work, name="jam-log-write", daemon=True)
        self._closing.clear()
        self._thread.start()
        self._running, self._shut = True, False

    async def close(self) -> None:
        if not self._running:
            return
        self._running = False
        self._jobs.put(None)
        self._closing.set()
        await asyncio.to_thread(self._thread.join)
        await asyncio.to_thread(self._readers.shutdown)
        self._reader.leave()
        self._writer.leave()  # the last one out takes the journal away
        self._folder.release()
        self._shut = True
        self._refuse()

    def now(self) -> int:
        return self._clock.now()

    def _open(self) -> None:
        self._folder.hold()
        try:
            connection, rooms = self._writer.sit()
            self._prepare(connection)
            self._writer.cut()  # a process that was killed may have left forgotten words in it
            self._clock.anchor(rooms.last_ts())
            self._reader.sit()
        except BaseException as error:
            self._reader.leave()
            self._writer.leave()
            self._folder.release()
            if isinstance(error, sqlite3.Error):
                raise CannotOpen(
                    f"The store in {self._folder.path} cannot be opened ({error}): {ELSEWHERE}."
                ) from error
            raise

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables in an empty file. Raises CannotOpen for a file that is not ours."""
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            return
        if version > VERSION:
            raise CannotOpen(
                f"The store in {self._folder.path} comes from a newer jam: start that one, "
                f"or {ELSEWHERE}."
            )
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise CannotOpen(f"The store in {self._folder.path} is not ours: {ELSEWHERE}.")
        connection.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version={VERSION};COMMIT;")

    async def _read(self, call: Callable[[Rooms], T]) -> T:
        if not self._running:
            raise StorageError("closed")
        return await self._loop.run_in_executor(self._readers, self._look, call)

    def _look(self, call: Callable[[Rooms], T]) -> T:
        with self._quiet:
            try:
                connection, rooms = self._reader.sit()
                connection.execute("BEGIN")
                return call(rooms)
            except sqlite3.Error as error:
                raise StorageError(str(error)) from error
            finally:
                self._reader.rise()

    async def _write(self, call: Callable[[Rooms], T]) -> T:
        if not self._running:
            raise StorageError("closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put(Job(call, partial(resolve, future)))
        return await future

    def submit(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes, done: Done
    ) -> None:
        if self._running:
            self._jobs.put(
                Job(lambda at: at.append(room, epoch, author, n, p, payload), done, True)
            )
            return
        self._late.append((done, StorageError("closed")))
        if self._shut:  # until then it is told after those who asked before the close
            asyncio.get_running_loop().call_soon(self._refuse)

    def _refuse(self) -> None:
        late, self._late = self._late, []
        settle(late)

    def _work(self) -> None:
        """The writer thread: ends at the None that `close` puts last."""
        last = False
        soonest = 0.0
        while not last:
            batch: list[Job] = []
            job = self._jobs.get()
            rest = soonest - time.monotonic()
            if rest > 0 and job is not None and self._jobs.qsize() < BATCH:
                self._closing.wait(rest)  # not `get`: that would wake this thread for every call
            while job is not None:
                batch.append(job)
                if len(batch) == BATCH:
                    break
                try:
                    job = self._jobs.get_nowait()
                except Empty:
                    break
            last = job is None
            if batch:
                try:
                    answers = self._commit(batch)
                except Exception as error:  # without this thread nothing would ever be answered
                    answers = [stored(error)] * len(batch)
                soonest = time.monotonic() + PAUSE if len(batch) > 1 else 0.0
                told = zip([job.done for job in batch], answers, strict=True)
                with contextlib.suppress(RuntimeError):  # the loop may be gone already
                    self._loop.call_soon_threadsafe(settle, told)

    def _commit(self, batch: list[Job]) -> list[Any]:
        """One answer a job: what its call returned, or the exception it gets."""
        try:
            answers, scrubbed = self._transact(batch)
        except Exception as error:
            self._writer.rise()
            self._owed = True  # whether it was written after all is for the disk to know
            if len(batch) > 1 and not _is_busy(error):
                # One call may be at fault: the others shall not fail with it.
                half = len(batch) // 2
                return self._commit(batch[:half]) + self._commit(batch[half:])
            if isinstance(error, sqlite3.Error):
                return [StorageError(str(error)) for _ in batch]
            return [stored(error) if job.plain else error for job in batch]
        if scrubbed or self._owed:
            failed = self._scrub()
            if failed is not None:  # what was written stands; what was deleted may still be seen
                for index in scrubbed:
                    answers[index] = failed
        return answers

    def _transact(self, batch: list[Job]) -> tuple[list[Any], list[int]]:
        """The answers, and which of the calls deleted what the files must not keep."""
        connection, rooms = self._writer.sit()
        answers: list[Any] = []
        scrubbed: list[int] = []
        connection.execute("BEGIN IMMEDIATE")
        for index, job in enumerate(batch):
            rooms.scrub = False
            try:
                answers.append(job.call(rooms))
            except Exists as error:  # an answer like any other, before anything was written
                answers.append(error)
            if rooms.scrub:
                scrubbed.append(index)
        rooms.flush()
        connection.execute("COMMIT")
        return answers, scrubbed

    def _scrub(self) -> StorageError | None:
        self._owed = True
        try:
            with self._quiet:
                self._writer.cut()
        except sqlite3.Error as error:
            return StorageError(str(error))
        self._owed = False
        return None


def _is_busy(error: Exception) -> bool:
    """A foreign program has the file: another try would wait as long again."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
