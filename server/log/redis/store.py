"""The contract of `Log` on Redis: every write a script, so that servers need not agree first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from server.log.base import (
    TAIL,
    Answer,
    CannotOpen,
    Caps,
    Counts,
    Done,
    Exists,
    Gone,
    Meta,
    ReadResult,
    Snapshot,
    StorageError,
    Swept,
)
from server.log.clock import Millis, steady_ms
from server.log.jobs import resolve, settle, stored
from server.log.memory import new_epoch

from . import answers, names, scripts
from .client import client
from .clock import RemoteClock
from .feed import AWAY
from .graves import KEPT_MS
from .sharing import Sharing
from .writer import Call, Word, Writer

T = TypeVar("T")
MANY = 10_000
"""Rooms that one sweep looks at."""


class RedisLog:
    """All rooms of all servers that share this Redis. `now` is the clock of a test."""

    def __init__(self, url: str, caps: Caps | None = None, now: Millis | None = None) -> None:
        self.url = url
        self.redis: Any = client(url, "jam")
        self.caps = caps or Caps()
        self._clock = RemoteClock()
        self._given = now
        self.scripts = scripts.load()
        self._writer = Writer(self.redis, self.scripts)
        self.shared = Sharing(self)
        self._closed = True

    # -- life

    async def open(self) -> None:
        try:
            await self.teach()
            await self.set_clock()
        except AWAY as error:
            await self.redis.aclose()
            raise CannotOpen(
                f"Redis does not answer ({type(error).__name__}): look at JAM_REDIS_URL,"
                " and whether Redis runs there."
            ) from None
        self._closed = False
        self._writer.start()
        self.shared.start()

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        await self.shared.stop()
        await self._writer.stop()
        await self.redis.aclose()

    async def teach(self) -> None:
        """Redis learns the scripts: at the start, and when it has come back without them."""
        await self._writer.teach()

    async def set_clock(self) -> None:
        """Ask Redis for the time: at the start, and now and then."""
        asked = steady_ms()
        seconds, micros = await self.redis.time()
        self._clock.heard(asked, steady_ms(), seconds * 1000 + micros // 1000)

    def now(self) -> int:
        return self._given() if self._given is not None else self._clock.now()

    # -- asking

    def _call(
        self,
        script: str,
        keys: Sequence[str],
        args: Sequence[Word],
        read: Callable[[Any], Any],
        done: Callable[[Any], None],
    ) -> None:
        if self._closed:
            raise StorageError("closed")
        for word in args:
            if not isinstance(word, str | bytes | int):
                raise TypeError(script)
        words: list[Word] = [len(keys), *keys, *args]
        self._writer.ask(Call(self.scripts[script], words, read, done))

    async def ask(
        self, script: str, keys: Sequence[str], args: Sequence[Word], read: Callable[[Any], T]
    ) -> T:
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._call(script, keys, args, read, lambda value: resolve(answer, value))
        return await answer

    async def _look(self, asking: Awaitable[T]) -> T:
        try:
            return await asking
        except AWAY as error:
            raise StorageError(type(error).__name__) from None

    def _ts(self) -> str:
        return "" if self._given is None else str(self._given())

    # -- the contract

    async def create(self, room: str, expires: int, secret: bytes) -> Meta:
        keys = [*names.room(room), names.LIVES]
        args: list[Word] = [room, new_epoch(), expires, secret, self._ts()]
        if not await self.ask("create", keys, args, bool):
            raise Exists(room)
        meta = await self.meta(room)
        if meta is None:
            raise StorageError("gone at once")
        return meta

    async def meta(self, room: str) -> Meta | None:
        told = await self._look(self.redis.hgetall(names.key(room, "m")))
        return answers.meta(room, told) if told else None

    async def append(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes
    ) -> Answer:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.submit(room, epoch, author, n, p, payload, lambda value: resolve(answer, value))
        return await answer

    def submit(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes, done: Done
    ) -> None:
        try:
            args: list[Word] = [
                epoch, author, n, "" if p is None else p, payload, self.caps.ops, self.caps.size,
                self._ts(), names.news(room),
            ]  # fmt: skip
            self._call("append", names.room(room), args, answers.appended, done)
        except Exception as error:
            self._fail(done, stored(error))

    def _fail(self, done: Done, error: StorageError) -> None:
        if self._writer.works:  # behind the answers of those who asked before
            nothing = Call(self.scripts["append"], (), lambda raw: raw, done, error)
            self._writer.ask(nothing)
        else:
            asyncio.get_running_loop().call_soon(settle, [(done, error)])

    async def read(self, room: str, after: int, tag: str | None, limit: int) -> ReadResult | Gone:
        script = self.scripts["read"]
        args = [max(after, -1), "-" if tag is None else tag, max(limit, 0)]
        words = [len(names.PARTS), *names.room(room), *args]
        asking = self.redis.execute_command("EVALSHA", script.sha, *words)
        try:
            raw = await self._look(asking)
        except StorageError as error:
            if str(error) != "NoScriptError":
                raise
            await self._look(self.teach())
            raw = await self._look(self.redis.execute_command("EVALSHA", script.sha, *words))
        return answers.read(room, raw)

    async def save_snapshot(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, marks_before_ts: int
    ) -> bool:
        args: list[Word] = [epoch, offset, tag, blob, marks_before_ts, TAIL, names.news(room)]
        return await self.ask("snap", names.room(room), args, bool)

    async def load_snapshot(self, room: str, before: int | None = None) -> Snapshot | None:
        fields = ["1o", "1t", "1b", *(() if before is None else ("0o", "0t", "0b"))]
        found: list[bytes | None] = await self._look(self.redis.hmget(names.key(room, "s"), fields))
        for at in range(0, len(fields), 3):
            kept = answers.snapshot(found[at : at + 3])
            if kept is not None and (before is None or kept.offset < before):
                return kept
        return None

    async def forget(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, secret: bytes
    ) -> bool:
        args: list[Word] = [epoch, offset, tag, blob, secret, names.news(room)]
        return await self.ask("forget", names.room(room), args, bool)

    async def clear(
        self, room: str, epoch: str, top: int, blob: bytes, secret: bytes
    ) -> Meta | None:
        args: list[Word] = [room, epoch, top, new_epoch(), blob, secret, names.news(room)]
        keys = [*names.room(room), names.DUES]
        return await self.meta(room) if await self.ask("clear", keys, args, bool) else None

    async def put_key(self, room: str, key: str, value: bytes) -> bool:
        args: list[Word] = ["put", key, value, names.news(room), self.shared.server]
        return await self.ask("key", names.room(room), args, bool)

    async def get_key(self, room: str, key: str) -> bytes | None:
        found: bytes | None = await self._look(self.redis.hget(names.key(room, "k"), key))
        return found

    async def delete_key(self, room: str, key: str) -> bool:
        args: list[Word] = ["del", key, b"", names.news(room), self.shared.server]
        return await self.ask("key", names.room(room), args, bool)

    async def keys(self, room: str) -> dict[str, bytes]:
        found: dict[bytes, bytes] = await self._look(self.redis.hgetall(names.key(room, "k")))
        return {key.decode(): value for key, value in found.items()}

    async def end(self, room: str, until: int) -> bool:
        done = await self.end_again(room, until)
        if done:
            self.shared.graves.ended(room, until)
        return done

    async def end_again(self, room: str, until: int) -> bool:
        """The same, for a room that is known to have ended."""
        keys = [*names.room(room), names.LIVES, names.DUES]
        return await self.ask("end", keys, [room, until], bool)

    async def touch(self, room: str, expires: int, content_expires: int | None) -> bool:
        keys = [*names.room(room), names.LIVES, names.DUES]
        args: list[Word] = [room, expires, "" if content_expires is None else content_expires]
        return await self.ask("touch", keys, args, bool)

    async def purge(self, room: str) -> bool:
        return await self._purge(room, "")

    async def _purge(self, room: str, if_over_at: Word) -> bool:
        done = await self.purge_again(room, if_over_at)
        if done:
            self.shared.graves.purged(room)
        return done

    async def purge_again(self, room: str, if_over_at: Word = "") -> bool:
        """The same, for a room that is known to be gone, or that must be over by then."""
        keys = [*names.room(room), names.LIVES, names.DUES, names.grave(room)]
        args: list[Word] = [room, if_over_at, KEPT_MS, names.news(room)]
        return await self.ask("purge", keys, args, bool)

    async def sweep(self, now_ms: int) -> Swept:
        over = await self._until(names.LIVES, now_ms)
        purged = [room for room in over if await self._purge(room, now_ms)]
        return Swept(purged, await self._until(names.DUES, now_ms))

    async def _until(self, index: str, now_ms: int) -> list[str]:
        asking = self.redis.zrange(index, "-inf", now_ms, byscore=True, offset=0, num=MANY)
        return sorted(raw.decode() for raw in await self._look(asking))

    async def rooms(self, now_ms: int) -> Counts:
        alive = await self._look(self.redis.zrange(names.LIVES, f"({now_ms}", "+inf", byscore=True))
        pipe = self.redis.pipeline(transaction=False)
        for raw in alive:
            pipe.hmget(names.key(raw.decode(), "m"), ["state", "ops", "size"])
        told = [row for row in await self._look(pipe.execute()) if row[0] is not None]
        ended = sum(row[0] == b"ended" for row in told)
        return Counts(
            len(told) - ended,
            ended,
            sum(int(row[1]) for row in told),
            sum(int(row[2]) for row in told),
        )
