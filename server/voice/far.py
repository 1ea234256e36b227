"""Voice workers of many servers, found in Redis: each room belongs to one of them.

Which one follows from the names of all that are there (rendezvous hashing), so servers need not
agree, and a worker that comes or goes moves no rooms but its own. One that says goodbye is gone at
once; one that does not, when nobody listens on its channel any more or its lease is over.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Mapping
from typing import Any, Final

from server.log.jobs import finish, report
from server.log.redis.feed import AWAY

from . import line, radio
from .line import Bye, Moved, Told, Up
from .radio import Radio

LOOK_S: Final = 2.0
AGAIN_S: Final = 0.5
"""The next look, where somebody seems to be gone."""
SURE: Final = 2
"""Looks in a row in which nobody listens on a worker's channel, after which it is gone."""
GRACE: Final = 4
"""Looks after Redis was away in which nobody is taken to be gone: they have to come back, too."""

_log = logging.getLogger("jam.voice")


class Far:
    """`Line` to all workers that share a Redis."""

    def __init__(self, url: str) -> None:
        self.name = secrets.token_hex(6)
        self.boots: tuple[str, ...] = ()
        """The workers that are there, each by its start."""
        self._radio = Radio(url, radio.site(self.name), self._take, self._news)
        self._task: asyncio.Task[None] | None = None
        self._deaf: dict[str, int] = {}
        self._away = False
        self._grace = self._rebuilt = 0
        self._told: Told = lambda told: None
        self._moved: Moved = lambda: None

    def place(self, room: str) -> str:
        return max(self.boots, key=lambda boot: weight(room, boot), default="")

    def say(self, room: str, message: Mapping[str, Any]) -> bool:
        boot = self.place(room)
        if not boot or self._away or not self._radio.hears:
            return False
        self._radio.send(radio.worker(boot), line.write(message))
        return True

    async def open(self, on_told: Told, on_moved: Moved) -> None:
        self._told, self._moved = on_told, on_moved
        self._radio.start()
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            await finish(self._task)
            self._task = None
            await self._radio.stop()

    # -- what is said

    def _take(self, data: bytes) -> None:
        told = line.word(data)
        if told is not None and not isinstance(told, Up | Bye):
            self._told(line.plain(told))

    def _news(self, data: bytes) -> None:
        told = line.word(data)
        if isinstance(told, Up):
            self._settle({*self.boots, told.boot})
        elif isinstance(told, Bye):
            self._settle({*self.boots} - {told.boot})

    # -- who is there

    async def _run(self) -> None:
        while True:
            try:
                await self._look()
                self._away = False
            except AWAY as error:
                if not self._away:
                    _log.warning("Redis does not answer (%s)", type(error).__name__)
                self._away, self._grace = True, GRACE
            except Exception as error:
                report("looking for voice workers failed", error)
            await asyncio.sleep(AGAIN_S if self._deaf or self._away else LOOK_S)

    async def _look(self) -> None:
        redis = self._radio.redis
        listed = sorted(raw.decode() for raw in await redis.smembers(radio.WORKERS))
        there: set[str] = set()
        if listed:
            pipe = redis.pipeline(transaction=False)
            pipe.mget([radio.lease(boot) for boot in listed])
            pipe.pubsub_numsub(*map(radio.worker, listed))
            leases, counts = await pipe.execute()
            there = {boot for boot, held in zip(listed, leases, strict=True) if held is not None}
            listeners = dict(counts)
            self._deaf = {
                boot: self._deaf.get(boot, 0) + 1
                for boot in there
                if not listeners.get(radio.worker(boot).encode())
            }
            there -= {boot for boot, times in self._deaf.items() if times >= SURE}
            over = [boot for boot, held in zip(listed, leases, strict=True) if held is None]
            if over:
                await redis.srem(radio.WORKERS, *over)
        else:
            self._deaf = {}
        if self._radio.rebuilt != self._rebuilt or not self._radio.hears:
            self._rebuilt, self._grace = self._radio.rebuilt, GRACE
        if self._grace:
            self._grace -= 1
            there |= {*self.boots}
        self._settle(there)

    def _settle(self, boots: set[str]) -> None:
        if boots == {*self.boots}:
            return
        self.boots = tuple(sorted(boots))
        try:
            self._moved()
        except Exception as error:
            report("that a voice worker came or went was not taken", error)


def weight(room: str, boot: str) -> bytes:
    """The worker that has most of it has the room."""
    return hashlib.blake2b(f"{room}\n{boot}".encode(), digest_size=16).digest()
