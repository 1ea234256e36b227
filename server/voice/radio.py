"""How servers and voice workers meet in Redis: what keys and channels are called, and a line on
which one listens to a channel of one's own.

Nothing is kept there but who is there, for a few seconds. As elsewhere (`server.log.redis.feed`) a
line may be deaf and not say so: it hears its own probe each second, or is made anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from server.log.jobs import finish, report
from server.log.redis.client import client
from server.log.redis.feed import AWAY, CONFIRM_S, PAUSES_S

WORKERS: Final = "jam:v:workers"
"""Set: each start of a worker whose lease may still hold."""
NEWS: Final = "jam:v:news"
"""Channel: a worker has come, or leaves."""
LEASE_MS: Final = 6_000
PROBE_S: Final = 1.0
DEAF_S: Final = 3.0
MANY: Final = 10_000
"""Messages that may wait for Redis; what comes then is lost."""

_log = logging.getLogger("jam.voice")


def lease(boot: str) -> str:
    """Lives as long as the worker, and a few seconds more: its `Up`."""
    return f"jam:v:l:{boot}"


def worker(boot: str) -> str:
    """Channel of a worker."""
    return f"jam:v:w:{boot}"


def site(name: str) -> str:
    """Channel of a server."""
    return f"jam:v:s:{name}"


class Radio:
    """Listens on `own`, and on NEWS; speaks to whichever channel."""

    def __init__(
        self, url: str, own: str, take: Callable[[bytes], None], news: Callable[[bytes], None]
    ) -> None:
        self.redis: Any = client(url, "jam-voice")
        self.hears = False
        self.ready = asyncio.Event()
        """Set once it has heard itself."""
        self.rebuilt = 0
        """How often the line was made anew."""
        self._own, self._take, self._on_news = own, take, news
        self._echo = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._outbox: list[tuple[str, bytes]] = []
        self._sending: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._probe())]

    async def stop(self) -> None:
        """What was said is sent; nothing is heard any more."""
        if self._sending is not None:
            await asyncio.wait([self._sending], timeout=PROBE_S)
            await finish(self._sending)
        for task in self._tasks:
            await finish(task)
        self._tasks, self.hears = [], False
        with suppress(*AWAY):
            await self.redis.aclose()

    # -- listening

    async def _run(self) -> None:
        tries = 0
        while True:
            try:
                await self._listen()
            except AWAY as error:
                if self.hears or not tries:
                    _log.warning("the line to Redis is cut (%s)", type(error).__name__)
                tries = 0 if self.hears else tries
            except Exception as error:  # never deaf for good
                report("listening to Redis failed", error)
            self.hears = False
            self.rebuilt += 1
            await asyncio.sleep(PAUSES_S[min(tries, len(PAUSES_S) - 1)])
            tries += 1

    async def _listen(self) -> None:
        """Until the line is cut, or nothing comes."""
        clock = asyncio.get_running_loop().time
        line = self.redis.pubsub()
        try:
            async with asyncio.timeout(CONFIRM_S):
                await line.subscribe(self._own, NEWS)
            self._echo = clock()
            while True:
                message = await line.get_message(timeout=PROBE_S)
                if clock() - self._echo > DEAF_S:
                    raise TimeoutError
                if message is not None and message["type"] == "message":
                    self._heard(message["channel"].decode(), message["data"], clock())
        finally:
            with suppress(*AWAY, asyncio.CancelledError):
                await line.aclose()

    def _heard(self, channel: str, data: bytes, now: float) -> None:
        try:
            if channel == NEWS:
                self._on_news(data)
            elif data:
                self._take(data)
            else:
                self._echo, self.hears = now, True
                self.ready.set()
        except Exception as error:
            report("a message was not taken", error)

    async def _probe(self) -> None:
        while True:
            self.send(self._own, b"")
            await asyncio.sleep(PROBE_S if self.hears else PROBE_S / 10)

    # -- speaking

    def send(self, channel: str, data: bytes) -> None:
        """All that is said in one turn of the loop goes out together."""
        if len(self._outbox) < MANY:
            self._outbox.append((channel, data))
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send())

    async def _send(self) -> None:
        while self._outbox:
            sent, self._outbox = self._outbox, []
            pipe = self.redis.pipeline(transaction=False)
            for channel, data in sent:
                pipe.publish(channel, data)
            with suppress(*AWAY):  # nothing of it is kept anywhere
                await pipe.execute()
