"""The contract of `Log` as plain calls, and the `Log` that makes such calls somewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from .base import Answer, Counts, Gone, Meta, ReadResult, Snapshot, Swept

T = TypeVar("T")


class Rooms(Protocol):
    """What each call means stands at `Log`."""

    def create(self, room: str, expires: int, secret: bytes) -> Meta: ...

    def meta(self, room: str) -> Meta | None: ...

    def append(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes
    ) -> Answer: ...

    def read(self, room: str, after: int, tag: str | None, limit: int) -> ReadResult | Gone: ...

    def save_snapshot(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, marks_before_ts: int
    ) -> bool: ...

    def load_snapshot(self, room: str, before: int | None = None) -> Snapshot | None: ...

    def forget(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, secret: bytes
    ) -> bool: ...

    def clear(self, room: str, epoch: str, top: int, blob: bytes, secret: bytes) -> Meta | None: ...

    def put_key(self, room: str, key: str, value: bytes) -> bool: ...

    def get_key(self, room: str, key: str) -> bytes | None: ...

    def delete_key(self, room: str, key: str) -> bool: ...

    def keys(self, room: str) -> dict[str, bytes]: ...

    def end(self, room: str, until: int) -> bool: ...

    def touch(self, room: str, expires: int, content_expires: int | None) -> bool: ...

    def purge(self, room: str) -> bool: ...

    def sweep(self, now_ms: int) -> Swept: ...

    def rooms(self, now_ms: int) -> Counts: ...


class RoomsLog:
    """A `Log` but for its opening: says where calls are made by `_write` and `_read`."""

    async def _write(self, call: Callable[[Rooms], T]) -> T:
        raise NotImplementedError

    async def _read(self, call: Callable[[Rooms], T]) -> T:
        raise NotImplementedError

    async def create(self, room: str, expires: int, secret: bytes) -> Meta:
        return await self._write(lambda at: at.create(room, expires, secret))

    async def meta(self, room: str) -> Meta | None:
        return await self._read(lambda at: at.meta(room))

    async def append(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes
    ) -> Answer:
        return await self._write(lambda at: at.append(room, epoch, author, n, p, payload))

    async def read(self, room: str, after: int, tag: str | None, limit: int) -> ReadResult | Gone:
        return await self._read(lambda at: at.read(room, after, tag, limit))

    async def save_snapshot(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, marks_before_ts: int
    ) -> bool:
        return await self._write(
            lambda at: at.save_snapshot(room, epoch, offset, tag, blob, marks_before_ts)
        )

    async def load_snapshot(self, room: str, before: int | None = None) -> Snapshot | None:
        return await self._read(lambda at: at.load_snapshot(room, before))

    async def forget(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, secret: bytes
    ) -> bool:
        return await self._write(lambda at: at.forget(room, epoch, offset, tag, blob, secret))

    async def clear(
        self, room: str, epoch: str, top: int, blob: bytes, secret: bytes
    ) -> Meta | None:
        return await self._write(lambda at: at.clear(room, epoch, top, blob, secret))

    async def put_key(self, room: str, key: str, value: bytes) -> bool:
        return await self._write(lambda at: at.put_key(room, key, value))

    async def get_key(self, room: str, key: str) -> bytes | None:
        return await self._read(lambda at: at.get_key(room, key))

    async def delete_key(self, room: str, key: str) -> bool:
        return await self._write(lambda at: at.delete_key(room, key))

    async def keys(self, room: str) -> dict[str, bytes]:
        return await self._read(lambda at: at.keys(room))

    async def end(self, room: str, until: int) -> bool:
        return await self._write(lambda at: at.end(room, until))

    async def touch(self, room: str, expires: int, content_expires: int | None) -> bool:
        return await self._write(lambda at: at.touch(room, expires, content_expires))

    async def purge(self, room: str) -> bool:
        return await self._write(lambda at: at.purge(room))

    async def sweep(self, now_ms: int) -> Swept:
        return await self._write(lambda at: at.sweep(now_ms))

    async def rooms(self, now_ms: int) -> Counts:
        return await self._read(lambda at: at.rooms(now_ms))
