"""Which rooms are gone, as this server remembers it: Redis may lose even that.

A purged room leaves a grave in Redis, so that no server that slept meanwhile puts it back. Where
Redis comes back empty, or as it was a while ago, the graves are dug anew from memory; whoever wants
to put a room back out of nothing says so first, and waits until everybody can have done it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from server.log.base import StorageError

from . import names
from .feed import AWAY

KEPT_MS = 24 * 60 * 60 * 1000
"""A purged room cannot be brought back for a day, by whom ever."""
MOST = 10_000
WAIT_S = 2.5
"""A call may get lost where a line is cut: by then every living server has seen it at a beat."""

DOUBT_S = 10.0
"""For so long after a loss nobody is told that a room does not exist."""


class Graves:
    """What is gone, and until when that must be known."""

    def __init__(
        self,
        redis: Any,
        purge: Callable[[str], Awaitable[object]],
        end: Callable[[str, int], Awaitable[object]],
    ) -> None:
        self._redis, self._purge, self._end = redis, purge, end
        self._known: dict[str, tuple[int, int]] = {}  # room -> until, its end (0: it was purged)
        self._doubt_until, self._due = 0.0, False
        self._work: asyncio.Task[None] | None = None

    def __contains__(self, room: str) -> bool:
        return room in self._known

    def purged(self, room: str) -> None:
        self._note(room, 0)

    def ended(self, room: str, until: int) -> None:
        self._note(room, until)

    def _note(self, room: str, end: int) -> None:
        now = int(time.time() * 1000)
        self._known.pop(room, None)
        self._known[room] = (now + KEPT_MS, end)
        for old, (until, _) in list(self._known.items()):
            if until > now and len(self._known) <= MOST:
                break
            del self._known[old]

    async def called(self) -> None:
        """Before a room is put back out of nothing. Raises StorageError."""
        try:
            await self._redis.publish(names.LOST, b"")
        except AWAY as error:
            raise StorageError(type(error).__name__) from None
        await asyncio.sleep(WAIT_S)

    async def missing(self, room: str, lease: str) -> bool:
        """Whether a room that is not there may be put back still: Redis has lost something a
        moment ago, as this server's own lease shows. Raises StorageError."""
        try:
            had, buried = (
                await self._redis.exists(lease),
                await self._redis.exists(names.grave(room)),
            )
        except AWAY as error:
            raise StorageError(type(error).__name__) from None
        if room in self or buried:
            return False
        return not had or time.monotonic() < self._doubt_until

    def dig(self) -> None:
        """Redis has lost something: all of it once more, soon."""
        self._doubt_until = time.monotonic() + DOUBT_S
        self._due = True
        if self._work is None or self._work.done():
            self._work = asyncio.ensure_future(self._work_off())

    async def _work_off(self) -> None:
        while self._due:
            self._due = False
            await self._dig()

    async def _dig(self) -> None:
        now = int(time.time() * 1000)
        for room, (until, end) in list(self._known.items()):
            with suppress(StorageError, *AWAY):
                if end:
                    await self._end(room, end)
                else:
                    await self._purge(room)
                left = max(until - now, 1)
                await self._redis.set(names.grave(room), b"", px=left, nx=True)

    def stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
