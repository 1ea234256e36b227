"""Ops that nobody waits for: in order, many answers at once, and never an answer too few."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from server.log import Answer, Appended, Duplicate, Log, Meta, StorageError, shelf, sqlite
from server.log.jobs import Job
from server.log.sqlite import SqliteLog
from tests.log.stage import FAR, MAKERS, SECRET, Stage, Time, opened, staged

Told = list[Answer | StorageError]


@asynccontextmanager
async def held(log: Log) -> AsyncIterator[None]:
    """The writer does nothing until the end of the block, so that what is asked in it comes as one
    batch."""
    gate = threading.Event()
    if isinstance(log, SqliteLog):
        loop, busy = asyncio.get_running_loop(), asyncio.Event()

        def wait(_: object) -> None:
            loop.call_soon_threadsafe(busy.set)
            gate.wait()

        log._jobs.put(Job(wait, lambda _: None))
        await busy.wait()
    try:
        yield
    finally:
        gate.set()


def submit(
    log: Log, meta: Meta, told: Told, author: str, n: int, payload: Any = b"x", p: int | None = None
) -> None:
    log.submit(meta.room, meta.epoch, author, n, p, payload, told.append)


async def all_told(log: Log) -> None:
    """Whoever asks now is answered after everybody before."""
    await log.put_key("nowhere", "k", b"")


@pytest.mark.parametrize("store", MAKERS)
@pytest.mark.asyncio
async def test_log_27_in_order_and_in_one_turn(store: str, tmp_path: Path) -> None:
    """LOG-27: nothing is told inside the call; all of a commit in one callback, in order."""
    async with staged(MAKERS[store], tmp_path) as s:
        metas = [await s.room(room) for room in "rst"]
        seen: list[Any] = []
        loop = asyncio.get_running_loop()

        def done(i: int) -> Callable[[object], None]:
            def told(answer: object) -> None:
                assert asyncio.get_running_loop() is loop
                seen.append((i, answer))
                loop.call_soon(seen.append, "next turn")

            return told

        async with held(s.log):
            for i in range(30):
                meta = metas[i % 3]
                s.log.submit(meta.room, meta.epoch, f"m{i}:a", 1, 0, b"%d" % i, done(i))
                assert seen == []
        await all_told(s.log)
        first, rest = seen[:30], seen[30:]
        assert [i for i, _ in first] == list(range(30))
        assert [answer.offset for _, answer in first] == [i // 3 + 1 for i in range(30)]
        assert set(rest) <= {"next turn"}
        for meta in metas:
            entries = (await s.see(meta)).entries
            assert [e.tag for e in entries] == [a.tag for i, a in first if metas[i % 3] is meta]


@pytest.mark.parametrize("store", MAKERS)
@pytest.mark.asyncio
async def test_log_27_in_order_with_calls_that_wait(store: str, tmp_path: Path) -> None:
    """LOG-27: effects and answers of all writes come in the order of the calls."""
    async with staged(MAKERS[store], tmp_path) as s:
        meta, told = await s.room(), Told()
        for n in range(1, 20, 2):
            submit(s.log, meta, told, "m1:a", n, p=n - 1)
            answer = await s.log.append("r", meta.epoch, "m1:a", n + 1, n, b"y")
            assert isinstance(answer, Appended) and answer.offset == n + 1
            assert len(told) == n // 2 + 1
        assert [a.offset for a in told if isinstance(a, Appended)] == list(range(1, 20, 2))
        submit(s.log, meta, told, "m1:a", 5)
        await s.log.end("r", FAR)
        assert told[-1] == Duplicate(20)


@pytest.mark.parametrize("store", MAKERS)
@pytest.mark.asyncio
async def test_log_28_a_done_that_raises(
    store: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """LOG-28: it is logged by kind and place, without its words, and the others are told."""
    async with staged(MAKERS[store], tmp_path) as s:
        meta, told = await s.room(), Told()

        def bad(_: object) -> None:
            raise ValueError("what somebody wrote")

        def worse(_: object) -> None:
            raise asyncio.CancelledError

        async with held(s.log):
            submit(s.log, meta, told, "m1:a", 1)
            s.log.submit("r", meta.epoch, "m1:a", 2, 1, b"x", bad)
            s.log.submit("r", meta.epoch, "m1:a", 3, 2, b"x", worse)
            submit(s.log, meta, told, "m1:a", 4, p=3)
        with caplog.at_level(logging.ERROR, "jam.log"):
            await all_told(s.log)
        assert [a.offset for a in told if isinstance(a, Appended)] == [1, 4]
        lines = [record.getMessage() for record in caplog.records]
        assert len(lines) == 2
        assert "ValueError in " in lines[0] and "test_submit" in lines[0]
        assert "CancelledError" in lines[1]
        assert "somebody wrote" not in caplog.text


@pytest.mark.parametrize("store", MAKERS)
@pytest.mark.asyncio
async def test_log_29_an_odd_op_fails_alone(
    store: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """LOG-29: whatever was wrong, it is told as a StorageError; submit raises nothing."""
    async with staged(MAKERS[store], tmp_path) as s:
        meta, told = await s.room(), Told()
        async with held(s.log):
            for i in range(7):
                submit(s.log, meta, told, f"m{i}:a", 1, None if i == 3 else b"x")
        await all_told(s.log)
        assert [type(answer).__name__ for answer in told] == [
            "StorageError" if i == 3 else "Appended" for i in range(7)
        ]
        assert [a.offset for a in told if isinstance(a, Appended)] == list(range(1, 7))
        assert "TypeError" in caplog.text


@pytest.mark.parametrize("store", MAKERS)
@pytest.mark.asyncio
async def test_log_29_around_the_close(store: str, tmp_path: Path) -> None:
    """LOG-29: what was submitted before the close is done, in order; later ops are told closed."""
    async with staged(MAKERS[store], tmp_path) as s:
        meta, told = await s.room(), Told()
        async with held(s.log):
            for n in range(1, 6):
                submit(s.log, meta, told, "m1:a", n, p=n - 1)
            closing = asyncio.ensure_future(s.log.close())
            await asyncio.sleep(0)
            submit(s.log, meta, told, "m1:a", 6, p=5)
        await closing
        submit(s.log, meta, told, "m1:a", 7, p=6)
        assert len(told) < 7
        await asyncio.sleep(0)
        assert [type(answer).__name__ for answer in told] == [
            *["Appended"] * 5, "StorageError", "StorageError",
        ]  # fmt: skip
        await s.log.open()
        submit(s.log, meta, told, "m1:a", 6, p=5)
        await all_told(s.log)
        assert isinstance(told[-1], Appended) and told[-1].offset == 6


# --- what the writer remembers


class Faulty(sqlite3.Connection):
    """Raises instead of the `at`-th statement from now on that begins with `word`."""

    word = "COMMIT"
    at = 0

    def look(self, sql: str) -> None:
        if sql.startswith(self.word):
            self.at -= 1
            if self.at == 0:
                raise sqlite3.OperationalError("disk I/O error")

    def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        self.look(sql)
        return super().execute(sql, *rest)

    def executemany(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        self.look(sql)
        return super().executemany(sql, *rest)


FAULTS = ["COMMIT", "INSERT INTO entry", "INSERT INTO mark", "UPDATE room"]


async def given_up_and_asked_again(data: Path, together: int, word: str) -> None:
    """A commit fails; who asks again finds the room as the disk has it."""
    log = await opened(data, factory=Faulty)
    try:
        stage, told = Stage(log, Time()), Told()
        meta = await log.create("r", FAR, SECRET)
        await stage.say(meta, "m1:a", 1)
        connection = log._writer.sit()[0]
        assert isinstance(connection, Faulty)
        heard = asyncio.Event()

        def done(answer: Answer | StorageError) -> None:
            told.append(answer)
            if len(told) == together:
                heard.set()

        async with held(log):
            connection.word = word
            connection.at = 2 if word == "COMMIT" else 1  # that of the one who holds it comes first
            for n in range(2, 2 + together):
                log.submit("r", meta.epoch, "m1:a", n, n - 1, b"%d" % n, done)
        await heard.wait()
        lost = together == 1  # of several calls each half is tried again
        assert [isinstance(answer, StorageError) for answer in told] == [lost] * together
        if lost:
            assert (await stage.now()).top == 1
            again = await stage.say(meta, "m1:a", 2, b"2", 1)
            assert again.offset == 2
            told = [again]
        await stage.say(meta, "m1:a", 2 + together, b"last", 1 + together)
        seen = await stage.see(meta)
        assert [e.n for e in seen.entries] == list(range(1, 3 + together))
        assert [e.offset for e in seen.entries] == list(range(1, 3 + together))
        assert [e.tag for e in seen.entries[1:-1]] == [
            answer.tag for answer in told if isinstance(answer, Appended)
        ]
        assert seen.meta.top == seen.meta.ops == 2 + together
    finally:
        await log.close()


@pytest.mark.parametrize("together", [1, 4])
@pytest.mark.parametrize("word", FAULTS)
@pytest.mark.asyncio
async def test_log_45_a_commit_that_fails(tmp_path: Path, word: str, together: int) -> None:
    """LOG-45: what was given up is not remembered."""
    await given_up_and_asked_again(tmp_path, together, word)


class KeepsAll(shelf.Shelf):
    """Known bad: remembers what was rolled back, and writes it later."""

    def drop(self) -> None:
        pass


class KeepsRooms(shelf.Shelf):
    """Known bad: writes none of it, but judges by it."""

    def drop(self) -> None:
        self._entries.clear()
        self._owing.clear()


class KeepsOwed(shelf.Shelf):
    """Known bad: judges by the tables, but writes what was given up."""

    def drop(self) -> None:
        self._kept.clear()


@pytest.mark.parametrize("together", [1, 4])
@pytest.mark.parametrize(
    ("bad", "word"), [(KeepsAll, "COMMIT"), (KeepsRooms, "COMMIT"), (KeepsOwed, "UPDATE room")]
)
@pytest.mark.asyncio
async def test_log_45_rejects(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bad: type[shelf.Shelf],
    word: str,
    together: int,
) -> None:
    """LOG-45: the check above fails for a writer that remembers."""
    monkeypatch.setattr("server.log.tables.Shelf", bad)
    with pytest.raises((AssertionError, StorageError)):
        await given_up_and_asked_again(tmp_path, together, word)


# --- when the writer commits


def commits(log: SqliteLog) -> list[str]:
    """The commits from now on."""
    seen: list[str] = []
    log._writer.sit()[0].set_trace_callback(
        lambda sql: seen.append(sql) if sql == "COMMIT" else None
    )
    return seen


@pytest.mark.asyncio
async def test_log_47_one_by_one_without_a_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-47: who waits for each answer does not wait for others to come."""
    monkeypatch.setattr(sqlite, "PAUSE", 3600)
    log = await opened(tmp_path)
    meta = await log.create("r", FAR, SECRET)
    seen = commits(log)
    await Stage(log, Time()).fill(meta, 20)
    assert len(seen) == 20
    await log.close()


@pytest.mark.asyncio
async def test_log_47_side_by_side_in_one_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-47: after a commit of several the next ones gather, and a close waits for nothing."""
    log = await opened(tmp_path)
    meta, told = await log.create("r", FAR, SECRET), Told()
    monkeypatch.setattr(sqlite, "PAUSE", 3600)
    seen = commits(log)
    async with held(log):
        submit(log, meta, told, "m0:a", 1)
        second = asyncio.ensure_future(log.append("r", meta.epoch, "m1:a", 1, 0, b"x"))
        await asyncio.sleep(0)
    await second
    assert len(seen) == 2  # that of the one who held it, and one more
    for i in range(2, 12):
        submit(log, meta, told, f"m{i}:a", 1)
        await log.meta("r")  # time for the writer to do what it should not
    assert len(seen) == 2
    assert len(told) == 1
    await log.close()
    assert len(seen) == 3
    assert [a.offset for a in told if isinstance(a, Appended)] == [1, *range(3, 13)]
