"""Logs in memory: for tests, the simulation, and a server that shall keep nothing."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from msgspec.structs import replace

from . import chain
from .base import (
    CIDS,
    TAIL,
    Answer,
    Appended,
    Caps,
    Counts,
    Done,
    Entry,
    Exists,
    Gone,
    Mark,
    Meta,
    ReadResult,
    Snapshot,
    StorageError,
    Swept,
)
from .clock import LogClock, Millis
from .jobs import settle, stored
from .rooms import Rooms, RoomsLog, T


def new_epoch() -> str:
    return secrets.token_hex(6)


class _Room:
    """Entries lie at `offset - floor - 1`."""

    def __init__(self, meta: Meta) -> None:
        self.meta = meta
        self.entries: list[Entry] = []
        self.marks: dict[str, Mark] = {}
        self.snapshots: list[Snapshot] = []
        self.keys: dict[str, bytes] = {}

    def tag_at(self, offset: int) -> str | None:
        meta = self.meta
        if offset == meta.floor:
            return meta.floor_tag
        if meta.floor < offset <= meta.top:
            return self.entries[offset - meta.floor - 1].tag
        return None

    def trim(self, floor: int) -> None:
        """Drop entries up to `floor`, and count again."""
        tag = self.tag_at(floor)
        if tag is not None:
            del self.entries[: floor - self.meta.floor]
            self.meta = replace(self.meta, floor=floor, floor_tag=tag)
        newest = self.snapshots[-1].offset if self.snapshots else -1
        self.meta = replace(
            self.meta,
            snapshot=newest,
            ops=len(self.entries),
            size=sum(len(entry.payload) for entry in self.entries),
            fresh=sum(len(entry.payload) for entry in self.entries if entry.offset > newest),
        )

    def remember(self, mark: Mark) -> None:
        if mark.author not in self.marks and not chain.is_fact(mark.author):
            prefix = chain.member_of(mark.author) + ":"
            tabs = [m for m in self.marks.values() if m.author.startswith(prefix)]
            if len(tabs) >= CIDS:
                del self.marks[min(tabs, key=lambda m: m.offset).author]
        self.marks[mark.author] = mark


class MemoryRooms:
    """The contract of `Log` as plain calls, for the simulation: time and epochs are handed in."""

    def __init__(
        self,
        now: Millis,
        caps: Caps | None = None,
        epochs: Callable[[], str] = new_epoch,
    ) -> None:
        self.now = now
        self._caps = caps or Caps()
        self._epochs = epochs
        self._rooms: dict[str, _Room] = {}

    def create(self, room: str, expires: int, secret: bytes) -> Meta:
        if room in self._rooms:
            raise Exists(room)
        meta = chain.begin(room, self._epochs(), self.now(), expires, secret)
        self._rooms[room] = _Room(meta)
        return meta

    def meta(self, room: str) -> Meta | None:
        found = self._rooms.get(room)
        return found.meta if found else None

    def append(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes
    ) -> Answer:
        found = self._rooms.get(room)
        mark = found.marks.get(author) if found else None
        meta = found.meta if found else None
        refusal = chain.refuse(meta, epoch, mark, n, p, len(payload), self._caps)
        if refusal is not None or found is None:
            return refusal or Gone()
        found.meta, entry = chain.follow(found.meta, author, n, payload, self.now())
        found.entries.append(entry)
        found.remember(Mark(author, n, entry.offset, entry.ts))
        return Appended(entry.offset, entry.ts, entry.tag)

    def read(self, room: str, after: int, tag: str | None, limit: int) -> ReadResult | Gone:
        found = self._rooms.get(room)
        if found is None:
            return Gone()
        meta = found.meta
        verdict = chain.verdict(meta, after, tag, found.tag_at(after))
        start = after - meta.floor
        entries = found.entries[start : start + limit] if verdict == "same" else []
        return ReadResult(meta, entries, verdict, dict(found.marks))

    def save_snapshot(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, marks_before_ts: int
    ) -> bool:
        found = self._rooms.get(room)
        if found is None or found.meta.epoch != epoch or offset <= found.meta.snapshot:
            return False
        if found.tag_at(offset) != tag:
            return False
        found.snapshots = [*found.snapshots[-1:], Snapshot(offset, tag, blob)]
        found.trim(offset - TAIL)
        for mark in list(found.marks.values()):
            old = mark.ts < marks_before_ts and mark.offset <= offset
            if old and chain.is_fact(mark.author):
                del found.marks[mark.author]
        return True

    def load_snapshot(self, room: str, before: int | None = None) -> Snapshot | None:
        found = self._rooms.get(room)
        kept = found.snapshots if found else []
        return next((s for s in reversed(kept) if before is None or s.offset < before), None)

    def forget(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, secret: bytes
    ) -> bool:
        found = self._rooms.get(room)
        if found is None or found.meta.epoch != epoch:
            return False
        meta = found.meta
        if offset <= meta.forgotten:
            return True
        if offset >= meta.floor and found.tag_at(offset) != tag:
            return False
        later = [snapshot for snapshot in found.snapshots if snapshot.offset > offset]
        found.snapshots = later or [Snapshot(offset, tag, blob)]
        found.meta = replace(meta, forgotten=offset, secret=secret)
        found.trim(offset)
        return True

    def clear(self, room: str, epoch: str, top: int, blob: bytes, secret: bytes) -> Meta | None:
        found = self._rooms.get(room)
        if found is None or found.meta.epoch != epoch or found.meta.top != top:
            return None
        fresh = _Room(chain.restart(found.meta, self._epochs(), secret))
        fresh.snapshots = [Snapshot(top, fresh.meta.tag, blob)]
        fresh.keys = found.keys
        self._rooms[room] = fresh
        return fresh.meta

    def put_key(self, room: str, key: str, value: bytes) -> bool:
        found = self._rooms.get(room)
        if found is None:
            return False
        found.keys[key] = value
        return True

    def get_key(self, room: str, key: str) -> bytes | None:
        return self.keys(room).get(key)

    def delete_key(self, room: str, key: str) -> bool:
        found = self._rooms.get(room)
        return found is not None and found.keys.pop(key, None) is not None

    def keys(self, room: str) -> dict[str, bytes]:
        found = self._rooms.get(room)
        return dict(found.keys) if found else {}

    def end(self, room: str, until: int) -> bool:
        found = self._rooms.get(room)
        if found is None:
            return False
        found.meta = replace(found.meta, state="ended", expires=until, content_expires=None)
        return True

    def touch(self, room: str, expires: int, content_expires: int | None) -> bool:
        found = self._rooms.get(room)
        if found is None or found.meta.state != "open":
            return False
        found.meta = replace(found.meta, expires=expires, content_expires=content_expires)
        return True

    def purge(self, room: str) -> bool:
        return self._rooms.pop(room, None) is not None

    def sweep(self, now_ms: int) -> Swept:
        purged = sorted(r for r, found in self._rooms.items() if found.meta.expires <= now_ms)
        for room in purged:
            del self._rooms[room]
        due = [
            room
            for room, found in sorted(self._rooms.items())
            if found.meta.content_expires is not None and found.meta.content_expires <= now_ms
        ]
        return Swept(purged, due)

    def rooms(self, now_ms: int) -> Counts:
        alive = [f.meta for f in self._rooms.values() if f.meta.expires > now_ms]
        ended = sum(meta.state == "ended" for meta in alive)
        return Counts(
            len(alive) - ended,
            ended,
            sum(meta.ops for meta in alive),
            sum(meta.size for meta in alive),
        )


class MemoryLog(RoomsLog):
    """Everything is gone with the process."""

    def __init__(self, now: Millis | None = None, caps: Caps | None = None) -> None:
        self.held = MemoryRooms(now or LogClock().now, caps)
        self._closed = False
        self._told: list[tuple[Done, Answer | StorageError]] = []

    async def open(self) -> None:
        self._closed = False

    async def close(self) -> None:
        """What was written stays readable: a test may look at it afterwards."""
        self._closed = True
        await self._heard()

    def now(self) -> int:
        return self.held.now()

    def submit(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes, done: Done
    ) -> None:
        answer: Answer | StorageError
        try:
            if self._closed:
                raise StorageError("closed")
            answer = self.held.append(room, epoch, author, n, p, payload)
        except Exception as error:
            answer = stored(error)
        if not self._told:
            asyncio.get_running_loop().call_soon(self._tell)
        self._told.append((done, answer))

    def _tell(self) -> None:
        told, self._told = self._told, []
        settle(told)

    async def _heard(self) -> None:
        """Who asked before is told before: `_tell` comes first in the next turn of the loop."""
        if self._told:
            await asyncio.sleep(0)

    async def _write(self, call: Callable[[Rooms], T]) -> T:
        if self._closed:
            raise StorageError("closed")
        try:
            return call(self.held)
        finally:
            await self._heard()

    async def _read(self, call: Callable[[Rooms], T]) -> T:
        return call(self.held)
