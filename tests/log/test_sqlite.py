"""What the SQLite store promises beyond the contract: the folder, the disk, and a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from server.log import Appended, CannotOpen, Exists, StorageError, desk, open_log, sqlite
from server.log.sqlite import SqliteLog
from tests.log.stage import CAPS, FAR, OTHER, SECRET, Stage, Time, opened

CANARY = b"CANARYxCANARYxCANARY"


def inside(data: Path) -> bytes:
    """All bytes in the folder, read by another process: one that closes a file drops its locks."""
    files = [path for path in sorted(data.iterdir()) if path.stat().st_size]
    return subprocess.run(["cat", *files], capture_output=True, check=True).stdout


def writer(log: SqliteLog) -> sqlite3.Connection:
    return log._writer.sit()[0]


# --- what stays and what goes


@pytest.mark.asyncio
async def test_log_34_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    """LOG-34: rooms, entries, marks, snapshots, keys and lives; log time goes on from the last."""
    time = Time()
    log = await opened(tmp_path, caps=CAPS, clock=time.clock())
    stage = Stage(log, time)
    meta = await stage.room()
    said = await stage.fill(meta, 5)
    await log.save_snapshot("r", meta.epoch, 2, said[1].tag, b"two", 0)
    await log.put_key("r", "k", b"v")
    await log.touch("r", FAR, 77)
    before = await stage.see(meta)
    await log.close()
    time.wall -= 60_000  # the machine's clock was set back meanwhile
    log = await opened(tmp_path, caps=CAPS, clock=time.clock())
    stage = Stage(log, time)
    assert await stage.see(meta) == before
    kept = await log.load_snapshot("r")
    assert kept is not None
    assert kept.blob == b"two"
    assert await log.keys("r") == {"k": b"v"}
    assert log.now() == said[-1].ts
    time.pass_(10)
    assert (await stage.say(meta, "m1:a", 6, p=5)).ts == said[-1].ts + 10
    await log.close()


async def shown(log: SqliteLog) -> tuple[Stage, Any, list[Appended]]:
    """A room with the word in every place that can hold one."""
    stage = Stage(log, Time())
    word = CANARY.decode()
    meta = await log.create("r", FAR, CANARY + b"-" * 12)
    said = []
    for n in range(1, 41):
        said.append(await stage.say(meta, f"m1:{word}", n, CANARY * (n * 20), n - 1))
    for n in (10, 20):
        await log.save_snapshot("r", meta.epoch, n, said[n - 1].tag, CANARY * 1000, 0)
    await log.put_key("r", word, CANARY)
    return stage, meta, said


@pytest.mark.parametrize("way", ["purge", "sweep", "end", "clear", "forget"])
@pytest.mark.asyncio
async def test_log_35_forgotten_words_are_in_no_file(tmp_path: Path, way: str) -> None:
    """LOG-35: not in the database, its journal or its index, from the answer on."""
    log = await opened(tmp_path)
    _, meta, said = await shown(log)
    await log.create("other", FAR, SECRET)
    assert inside(tmp_path).count(CANARY) > 1000
    if way == "purge":
        await log.purge("r")
    elif way == "sweep":
        await log.touch("r", 5, None)
        await log.sweep(5)
    elif way == "end":
        await log.end("r", 5)
        await log.sweep(5)
    else:
        await log.delete_key("r", CANARY.decode())
        assert inside(tmp_path).count(CANARY) > 1000
        last = said[-1]
        if way == "clear":
            await log.clear("r", meta.epoch, last.offset, b"c", OTHER)
        else:
            await log.forget("r", meta.epoch, last.offset, last.tag, b"f", OTHER)
    left = 1 if way == "forget" else 0  # after forget the author's mark stays: he sends no op twice
    assert inside(tmp_path).count(CANARY) == left
    await log.close()
    assert inside(tmp_path).count(CANARY) == left


@pytest.mark.asyncio
async def test_log_35_a_key_goes_for_good(tmp_path: Path) -> None:
    """LOG-35"""
    log = await opened(tmp_path)
    await log.create("r", FAR, SECRET)
    await log.put_key("r", "k", CANARY)
    assert CANARY in inside(tmp_path)
    await log.delete_key("r", "k")
    assert CANARY not in inside(tmp_path)
    await log.close()


class KeepsDeleted(sqlite3.Connection):
    """Known bad: deleted bytes stay in the pages."""

    def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        return super().execute(sql.replace("secure_delete=ON", "secure_delete=OFF"), *rest)


class KeepsTheJournal(sqlite3.Connection):
    """Known bad: says that the journal was cut."""

    def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        return super().execute("SELECT 0, 0, 0" if "wal_checkpoint" in sql else sql, *rest)


@pytest.mark.parametrize("lax", [KeepsDeleted, KeepsTheJournal])
@pytest.mark.asyncio
async def test_log_35_needs_both(tmp_path: Path, lax: type[sqlite3.Connection]) -> None:
    """LOG-35: known-bad stores without one of the two keep copies, and the search finds them."""
    log = await opened(tmp_path, factory=lax)
    await shown(log)
    await log.purge("r")
    assert inside(tmp_path).count(CANARY) > 0
    await log.close()


@pytest.mark.asyncio
async def test_log_35_a_journal_in_use_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-35: while somebody reads the file, forget says so; asked again it does it."""
    monkeypatch.setattr(desk, "PATIENCE", 0.01)
    log = await opened(tmp_path)
    _, meta, said = await shown(log)
    foreign = sqlite3.connect(tmp_path / "jam.db", isolation_level=None)
    foreign.execute("BEGIN")
    foreign.execute("SELECT count(*) FROM entry").fetchone()
    last = said[-1]
    for _ in range(2):
        with pytest.raises(StorageError, match="in use"):
            await log.forget("r", meta.epoch, last.offset, last.tag, b"f", OTHER)
    assert isinstance(await log.append("r", meta.epoch, "m2:a", 1, 0, b"on"), Appended)
    foreign.execute("ROLLBACK")
    foreign.close()
    assert isinstance(await log.append("r", meta.epoch, "m2:a", 2, 1, b"on"), Appended)
    assert inside(tmp_path).count(CANARY) == 3  # mark and key only: made up for at once
    assert await log.forget("r", meta.epoch, last.offset, last.tag, b"f", OTHER)
    await log.close()


# --- a disk that fails


@pytest.mark.parametrize("how", ["full", "readonly", "locked"])
@pytest.mark.asyncio
async def test_log_36_a_disk_that_fails_and_recovers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """LOG-36: the append fails alone, reads go on, the next try works, nothing is there twice."""
    monkeypatch.setattr(desk, "PATIENCE", 0.01)
    log = await opened(tmp_path)
    stage = Stage(log, Time())
    meta = await stage.room()
    await stage.fill(meta, 3)
    foreign = sqlite3.connect(tmp_path / "jam.db", isolation_level=None)
    if how == "full":
        (pages,) = writer(log).execute("PRAGMA page_count").fetchone()
        writer(log).execute(f"PRAGMA max_page_count={pages}").fetchone()
    elif how == "readonly":
        writer(log).execute("PRAGMA query_only=ON")
    else:
        foreign.execute("BEGIN IMMEDIATE")
    big = b"x" * 100_000
    for _ in range(3):
        with pytest.raises(StorageError):
            await log.append("r", meta.epoch, "m1:a", 4, 3, big)
        assert (await stage.see(meta)).meta.top == 3
    together = await asyncio.gather(
        *(log.append("r", meta.epoch, f"m{i}:b", 1, 0, big) for i in range(5)),
        return_exceptions=True,
    )
    assert all(isinstance(answer, StorageError) for answer in together)
    writer(log).execute("PRAGMA max_page_count=1000000").fetchone()
    writer(log).execute("PRAGMA query_only=OFF")
    foreign.close()
    assert (await stage.say(meta, "m1:a", 4, big, 3)).offset == 4
    assert [e.n for e in (await stage.see(meta)).entries] == [1, 2, 3, 4]
    await log.close()


@pytest.mark.asyncio
async def test_log_36_one_bad_call_fails_alone(tmp_path: Path) -> None:
    """LOG-36: the others of its transaction are kept, in order."""
    log = await opened(tmp_path)
    meta = await log.create("r", FAR, SECRET)
    (pages,) = writer(log).execute("PRAGMA page_count").fetchone()
    writer(log).execute(f"PRAGMA max_page_count={pages + 4}").fetchone()
    calls = [
        log.append("r", meta.epoch, f"m{i}:a", 2**70 if i == 5 else 1, None, payload)
        for i, payload in enumerate([b"x", b"y" * 10**6, b"z", b"x", b"x", b"odd", b"x"])
    ]
    answers = await asyncio.gather(*calls, log.create("r", FAR, SECRET), return_exceptions=True)
    kinds = ["Appended", "StorageError", *["Appended"] * 3, "OverflowError", "Appended", "Exists"]
    assert [type(answer).__name__ for answer in answers] == kinds
    assert [a.offset for a in answers if isinstance(a, Appended)] == [1, 2, 3, 4, 5]
    await log.close()


class Fails(sqlite3.Connection):
    """Raises at the `at`-th statement of all connections, before it is done or after."""

    at = 0
    count = 0
    late = False

    def execute(self, *args: Any) -> sqlite3.Cursor:
        return self._count(super().execute, *args)

    def executemany(self, *args: Any) -> sqlite3.Cursor:
        return self._count(super().executemany, *args)

    def _count(self, run: Callable[..., sqlite3.Cursor], *args: Any) -> sqlite3.Cursor:
        Fails.count += 1
        wrong = Fails.count == Fails.at
        if wrong and not Fails.late:
            raise sqlite3.OperationalError("disk I/O error")
        cursor = run(*args)
        if wrong:
            cursor.close()
            raise sqlite3.OperationalError("disk I/O error")
        return cursor


async def patient(call: Callable[[], Any]) -> Any:
    """Asks until the store can."""
    for _ in range(3):
        try:
            return await call()
        except (StorageError, CannotOpen):
            continue
    raise AssertionError("a fault that does not pass")


async def story(data: Path) -> tuple[Any, ...]:
    """A short life with every kind of write, and what is left at the end."""
    time = Time()
    log = SqliteLog(data, clock=time.clock(), factory=Fails)
    await patient(log.open)
    try:
        with contextlib.suppress(Exists):
            await patient(lambda: log.create("r", FAR, SECRET))
        meta = await patient(lambda: log.meta("r"))
        for n in (1, 2, 3):
            await patient(partial(log.append, "r", meta.epoch, "m1:a", n, n - 1, b"%d" % n))
        tabs = [partial(log.append, "r", meta.epoch, f"m{i}:b", 1, 0, b"y") for i in range(3)]
        await asyncio.gather(*(patient(tab) for tab in tabs))  # several in one transaction
        seen = await patient(lambda: log.read("r", 0, None, 10))
        tags = [entry.tag for entry in seen.entries]
        await patient(lambda: log.save_snapshot("r", meta.epoch, 1, tags[0], b"s", 0))
        await patient(lambda: log.forget("r", meta.epoch, 2, tags[1], b"f", OTHER))
        await patient(lambda: log.put_key("r", "k", b"v"))
        await patient(lambda: log.touch("r", FAR, 9))
        left = await patient(lambda: log.read("r", 2, tags[1], 10))
        kept = await patient(lambda: log.load_snapshot("r"))
        keys = await patient(lambda: log.keys("r"))
        due = await patient(lambda: log.sweep(9))
        with contextlib.suppress(Exists):
            await patient(lambda: log.create("s", FAR, CANARY + SECRET))
        await patient(lambda: log.purge("s"))
        await patient(lambda: log.touch("r", FAR, None))
        assert CANARY not in inside(data)
        return (
            [e.offset for e in left.entries],
            sorted((e.author, e.n, e.payload) for e in left.entries),
            sorted((mark.author, mark.n) for mark in left.marks.values()),
            left.verdict, left.meta.secret, left.meta.ops, kept.offset, kept.blob, keys, due.due,
        )  # fmt: skip
    finally:
        await log.close()


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.asyncio
async def test_log_37_fails_at_the_nth_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    """LOG-37: whichever statement fails, whoever asks again ends at the same room."""
    monkeypatch.setattr(sqlite, "PAUSE", 0)  # hundreds of logs: nobody waits for others here
    for name, value in (("at", 0), ("count", 0), ("late", late)):
        monkeypatch.setattr(Fails, name, value)
    want = await story(tmp_path / "good")
    statements = Fails.count
    assert statements > 80
    for at in range(1, statements + 1):
        Fails.at, Fails.count = at, 0
        assert await story(tmp_path / str(at)) == want, at


@pytest.mark.asyncio
async def test_log_38_calls_around_the_close(tmp_path: Path) -> None:
    """LOG-38: what was asked before the close is done; later calls fail, and open works again."""
    log = await opened(tmp_path)
    meta = await log.create("r", FAR, SECRET)
    tasks = [
        asyncio.ensure_future(log.append("r", meta.epoch, f"m{i}:a", 1, 0, b"x")) for i in range(20)
    ]
    await asyncio.sleep(0)  # each has been asked for
    tasks[3].cancel()  # nobody waits for this one: it lands, and no one else is disturbed
    await log.close()
    done = [task.result() for i, task in enumerate(tasks) if i != 3]
    assert [a.offset for a in done if isinstance(a, Appended)] == [*range(1, 4), *range(5, 21)]
    for call in (log.append("r", meta.epoch, "m:a", 1, 0, b"x"), log.meta("r")):
        with pytest.raises(StorageError):
            await call
    await log.open()
    assert (await Stage(log, Time()).now()).top == 20
    await log.close()


@pytest.mark.asyncio
async def test_log_38_open_log_chooses(tmp_path: Path) -> None:
    """LOG-38"""
    assert isinstance(open_log(tmp_path), SqliteLog)
    log = open_log(None)
    await log.open()
    await log.create("r", FAR, SECRET)
    await log.close()
    assert os.listdir(tmp_path) == []
