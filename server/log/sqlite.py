"""Logs in one SQLite file: what is answered survives a power cut.

One thread writes: it takes all calls that wait, runs them in one transaction and answers them
together after the commit. Another thread reads, on a connection of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from .base import CannotOpen, Caps, Exists, StorageError
from .clock import LogClock
from .desk import Desk
from .folder import ELSEWHERE, Folder
from .rooms import Rooms, RoomsLog, T
from .tables import SCHEMA, VERSION, SqliteRooms

BATCH = 512
"""Calls in one transaction at most."""


class _Job(NamedTuple):
    call: Callable[[Rooms], Any]
    future: asyncio.Future[Any]


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
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._quiet = threading.Lock()  # no read is under way while the journal is cut
        self._running = False
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
        self._thread.start()
        self._running = True

    async def close(self) -> None:
        if not self._running:
            return
        self._running = False
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        await asyncio.to_thread(self._readers.shutdown)
        self._reader.leave()
        self._writer.leave()  # the last one out takes the journal away
        self._folder.release()

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
        self._jobs.put(_Job(call, future))
        return await future

    def _work(self) -> None:
        """The writer thread: ends at the None that `close` puts last."""
        last = False
        while not last:
            batch: list[_Job] = []
            job = self._jobs.get()
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
                answers = self._commit(batch)
                with contextlib.suppress(RuntimeError):  # the loop may be gone already
                    self._loop.call_soon_threadsafe(_settle, batch, answers)

    def _commit(self, batch: list[_Job]) -> list[Any]:
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
            return [error for _ in batch]
        if scrubbed or self._owed:
            failed = self._scrub()
            if failed is not None:  # what was written stands; what was deleted may still be seen
                for index in scrubbed:
                    answers[index] = failed
        return answers

    def _transact(self, batch: list[_Job]) -> tuple[list[Any], list[int]]:
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


def _settle(batch: list[_Job], answers: list[Any]) -> None:
    for job, answer in zip(batch, answers, strict=True):
        if job.future.done():
            continue
        if isinstance(answer, BaseException):
            job.future.set_exception(answer)
        else:
            job.future.set_result(answer)
