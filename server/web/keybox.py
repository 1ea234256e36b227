"""The keys of one room on their way into the store: in order, and until they are there."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeVar

from server.log import Log, StorageError
from server.web.line import describe

T = TypeVar("T")
WRITTEN_S = 5.0
_log = logging.getLogger("jam.keys")


class Keybox:
    """One write after the other: one that is tried again must not undo a later one."""

    def __init__(self, log: Log, room: str) -> None:
        self._log, self._room = log, room
        self._owed: deque[tuple[Callable[[], Awaitable[bool]], Callable[[bool], None]]]
        self._owed = deque()
        self._asked = self._done = 0
        self._moved = asyncio.Event()

    def put(self, key: str, value: bytes, then: Callable[[], None]) -> bool:
        """As all writes here: True if nobody is at work yet, and `work` has to be called. `then`
        is called when the store has it."""
        return self._owe(lambda: self._log.put_key(self._room, key, value), lambda _: then())

    def delete(self, key: str, then: Callable[[bool], None]) -> bool:
        """`then` is called when the store has forgotten it, with whether it was there: of all who
        delete a key at once, one hears so. Who had to ask again may be told that it was not."""
        return self._owe(lambda: self._log.delete_key(self._room, key), then)

    def _owe(self, call: Callable[[], Awaitable[bool]], then: Callable[[bool], None]) -> bool:
        self._asked += 1
        self._owed.append((call, then))
        return self._asked == self._done + 1

    @property
    def asked(self) -> int:
        """How many writes have been asked for."""
        return self._asked

    async def work(self) -> None:
        """Until nothing is owed."""
        while self._owed:
            call, then = self._owed.popleft()
            try:
                then(await surely(call))
            except Exception as wrong:  # one key must not keep the next ones from the store
                _log.error("a key was not written: %s", describe(wrong))
            self._done += 1
            self._moved.set()

    async def written(self) -> None:
        """Whatever was asked for before is in the store. Raises StorageError."""
        asked = self._asked
        try:
            async with asyncio.timeout(WRITTEN_S):
                while self._done < asked:
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError as late:
            raise StorageError("keys are not written yet") from late


async def surely(call: Callable[[], Awaitable[T]]) -> T:
    """Until it is done it is tried again: what people were promised must leave the store."""
    pause = 0.1
    while True:
        try:
            return await call()
        except StorageError:
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)
