"""Killed at any moment: what was acknowledged is there, once, without a hole."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from server.log import Appended, ReadResult, open_log
from server.log.jobs import Job, resolve, settle
from server.log.sqlite import SqliteLog
from tests.log.stage import FAR, SECRET

HERE = Path(__file__).resolve().parents[2]


async def entries(data: Path, room: str) -> list[tuple[int, str, int, bytes]]:
    """The log that a new process finds, and that it is whole."""
    log = open_log(data)
    await log.open()
    try:
        meta = await log.meta(room)
        seen = await log.read(room, meta.floor if meta else 0, None, 10**6)
    finally:
        await log.close()
    assert isinstance(seen, ReadResult)
    found = [(e.offset, e.author, e.n, e.payload) for e in seen.entries]
    assert [entry[0] for entry in found] == list(range(seen.meta.floor + 1, seen.meta.top + 1))
    for author, mark in seen.marks.items():
        mine = [entry for entry in found if entry[1] == author]
        if mine:
            assert (mark.offset, mark.n) == (mine[-1][0], mine[-1][2])
    return found


def killed(data: Path, run: int, lines: int) -> dict[tuple[str, int], int]:
    """What a writing process acknowledged until it was killed after so many lines."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.log.appender", data, "r", str(run)],
        stdout=subprocess.PIPE,
        cwd=HERE,
    )
    assert child.stdout is not None
    text = b"".join(child.stdout.readline() for _ in range(lines))
    child.kill()  # SIGKILL
    text += child.stdout.read()
    child.stdout.close()
    child.wait()
    told = {}
    for line in text.splitlines(keepends=True):
        if line.endswith(b"\n"):  # the last one may be cut
            author, n, offset = line.decode().split()
            told[author, int(n)] = int(offset)
    assert len(told) >= lines
    return told


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.asyncio
async def test_log_40_kill_minus_nine(tmp_path: Path, seed: int) -> None:
    """LOG-40: several kills in one folder; every printed op is there once, in its order."""
    chance = random.Random(seed)
    printed: dict[tuple[str, int], int] = {}
    for run in range(3):
        printed |= killed(tmp_path, run, chance.randrange(1, 90))
        found = await entries(tmp_path, "r")
        places = {(author, n): offset for offset, author, n, _ in found}
        assert len(places) == len(found)  # no op twice
        for key, offset in printed.items():
            assert places[key] == offset, key
        for author in {entry[1] for entry in found}:
            mine = [entry[2] for entry in found if entry[1] == author]
            assert mine == list(range(1, len(mine) + 1))


def copied(data: Path, copy: Path) -> Path:
    """The files as they are now; the index is made anew from the journal."""
    copy.mkdir(parents=True)
    for name in ("jam.db", "jam.db-wal"):
        subprocess.run(["cp", data / name, copy / name], check=True)
    return copy


async def on_disk_at_the_answer(log: SqliteLog, data: Path, copies: Path) -> None:
    """What a power cut at the moment of each answer would leave holds that op."""
    meta = await log.create("r", FAR, SECRET)
    for n in range(1, 6):
        answer = await log.append("r", meta.epoch, "m1:a", n, n - 1, b"%d" % n)
        assert isinstance(answer, Appended)
        copy = copied(data, copies / str(n))
        found = [entry[2] for entry in await entries(copy, "r")]
        assert found == list(range(1, n + 1)), n


@pytest.mark.asyncio
async def test_log_41_on_disk_before_the_answer(tmp_path: Path) -> None:
    """LOG-41: written and synced before anybody is told."""
    log = SqliteLog(tmp_path / "d")
    await log.open()
    connection = log._writer.sit()[0]
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL: each commit syncs
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    await on_disk_at_the_answer(log, tmp_path / "d", tmp_path / "copies")
    await log.close()


class AnswersFirst(SqliteLog):
    """Known bad: says yes to an op before the commit, which comes with the next batch."""

    _before: list[Job] | None = None

    def _commit(self, batch: list[Job]) -> list[Any]:
        connection, rooms = self._writer.sit()
        if rooms.meta("r") is None:
            return super()._commit(batch)
        if self._before is not None:
            super()._commit(self._before)
        self._before = batch
        connection.execute("BEGIN IMMEDIATE")
        try:
            return [job.call(rooms) for job in batch]
        finally:
            self._writer.rise()


@pytest.mark.asyncio
async def test_log_41_rejects_an_answer_before_the_commit(tmp_path: Path) -> None:
    """LOG-41: the check above fails for a log that answers first."""
    log = AnswersFirst(tmp_path / "d")
    await log.open()
    with pytest.raises(AssertionError, match=r"assert \[\] == \[1\]"):
        await on_disk_at_the_answer(log, tmp_path / "d", tmp_path / "copies")
    await log.close()


@pytest.mark.asyncio
async def test_log_42_a_torn_journal(tmp_path: Path) -> None:
    """LOG-42: wherever the journal breaks off, the beginning of what was written is found."""
    data = tmp_path / "d"
    log = open_log(data)
    await log.open()
    meta = await log.create("r", FAR, SECRET)
    for n in range(1, 31):
        await log.append("r", meta.epoch, "m1:a", n, n - 1, b"%d" % n * 50)
    copy = copied(data, tmp_path / "copy")
    await log.close()
    journal = (copy / "jam.db-wal").read_bytes()
    seen = set()
    for cut in random.Random(1).sample(range(0, len(journal), 509), 40):
        torn = tmp_path / f"torn{cut}"
        torn.mkdir()
        shutil.copy(copy / "jam.db", torn)
        (torn / "jam.db-wal").write_bytes(journal[:cut])
        log = open_log(torn)
        await log.open()
        found = await log.meta("r")
        await log.close()
        if found is not None:
            ops = await entries(torn, "r")
            assert [entry[2] for entry in ops] == list(range(1, len(ops) + 1))
            assert found.top == len(ops)
            seen.add(found.top)
    assert len(seen) > 5


@pytest.mark.asyncio
async def test_log_43_answers_to_nobody(tmp_path: Path) -> None:
    """LOG-43: a caller that is gone by the time of the answer disturbs nobody."""
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    other: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    future.cancel()
    settle([(partial(resolve, future), 1), (partial(resolve, other), 2)])
    assert other.result() == 2


def test_log_44_the_loop_ends_first(tmp_path: Path) -> None:
    """LOG-44: a loop that ends without closing leaves a whole store behind."""

    script = (
        "import asyncio,sys,pathlib\nfrom server.log import open_log\n"
        "async def main():\n"
        " log=open_log(pathlib.Path(sys.argv[1])); await log.open()\n"
        " meta=await log.create('r', 10**15, bytes(32))\n"
        " for i in range(50):\n"
        "  asyncio.ensure_future(log.append('r', meta.epoch, f'm{i}:a', 1, 0, b'x'))\n"
        " await asyncio.sleep(0)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path], capture_output=True, text=True, cwd=HERE,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    connection = sqlite3.connect(tmp_path / "jam.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
