"""The worker's way to all servers, through Redis: a lease, and a channel of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from server.log.jobs import finish
from server.log.redis.feed import AWAY

from . import line, radio
from .line import Bye, Up, Word
from .radio import Radio

FIRST_S: Final = 1.0
"""So long the first sign of life waits for the line on which one can be called."""
LEAVE_S: Final = 2.0
"""The last word has so long."""

_log = logging.getLogger("jam.voice")


class Post:
    """`Way` to many servers. Where Redis is away, calls go on as they are."""

    def __init__(self, url: str, boot: str) -> None:
        self._url, self._boot = url, boot
        self._radio: Radio | None = None
        self._beating: asyncio.Task[None] | None = None
        self._away = self._there = False

    async def open(self, take: Callable[[bytes], None], ended: Callable[[], None]) -> None:
        """There is no end by itself: servers come and go."""
        self._radio = Radio(self._url, radio.worker(self._boot), take, lambda news: None)
        self._radio.start()

    def say(self, server: str, word: Word) -> None:
        if self._radio is not None:
            self._radio.send(radio.site(server), line.write(word))

    async def beat(self, up: Up) -> None:
        """Nobody is to find a worker that does not hear."""
        if self._radio is None or (self._beating is not None and not self._beating.done()):
            return
        if not self._there:  # the first time as soon as it can be found
            with suppress(TimeoutError):
                async with asyncio.timeout(FIRST_S):
                    await self._radio.ready.wait()
        if self._radio.hears:
            self._beating = asyncio.create_task(self._beat(self._radio, line.write(up)))
        else:
            self._there = False

    async def _beat(self, own: Radio, told: bytes) -> None:
        pipe = own.redis.pipeline(transaction=False)
        pipe.set(radio.lease(self._boot), told, px=radio.LEASE_MS)
        pipe.sadd(radio.WORKERS, self._boot)
        pipe.pexpire(radio.WORKERS, radio.LEASE_MS)
        if not self._there:
            pipe.publish(radio.NEWS, told)
        try:
            await pipe.execute()
            self._there, self._away = True, False
        except AWAY as error:
            if not self._away:
                _log.warning("Redis does not answer (%s)", type(error).__name__)
            self._away, self._there = True, False

    async def close(self, bye: Bye) -> None:
        if self._radio is None:
            return
        if self._beating is not None:
            await finish(self._beating)
        with suppress(*AWAY):
            async with asyncio.timeout(LEAVE_S):
                pipe = self._radio.redis.pipeline(transaction=False)
                pipe.delete(radio.lease(self._boot))
                pipe.srem(radio.WORKERS, self._boot)
                pipe.publish(radio.NEWS, line.write(bye))
                await pipe.execute()
        await self._radio.stop()
