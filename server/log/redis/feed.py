"""What other servers do, as Redis tells it: one subscribed connection, watched and made anew.

A channel may lose messages and not say so. So each subscription that Redis confirms makes its room
doubt, the server listens to its own probe, and a line on which nothing comes for two seconds is
given up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from redis.exceptions import RedisError

from server.log.base import Entry, StorageError
from server.log.jobs import finish, report
from server.log.shared import Follower, KeyNews

from . import names

DEAF_S = 2.0
"""Probes come every second (`heart`)."""
CONFIRM_S = 5.0
PAUSES_S = (0.05, 0.1, 0.25, 0.5, 1.0)
"""Between two tries to listen again."""
AWAY = (RedisError, OSError, TimeoutError, RuntimeError)
"""The last is what uvloop says where a line has been closed a moment ago."""
CUT = (*AWAY, AttributeError)
"""The last is what redis-py says where another task takes the same line down at this moment."""
_log = logging.getLogger("jam.redis")


class Feed:
    """All followed rooms of one server."""

    def __init__(
        self,
        redis: Any,
        server: str,
        purged: Callable[[str], None],
        lost: Callable[[], None],
    ) -> None:
        """`purged` hears of rooms that are gone, `lost` that somebody misses one."""
        self._redis, self._server = redis, server.encode()
        self._purged, self._lost = purged, lost
        self.followers: dict[str, Follower] = {}
        self.hears = False
        """The line is subscribed and echoes."""
        self.rebuilt = 0
        """How often the line was made anew."""
        self._routes: dict[bytes, Callable[[bytes], None]] = {
            names.LOST.encode(): lambda data: self._lost()
        }
        self._confirmed: dict[bytes, asyncio.Future[None]] = {}
        self._line: Any = None
        self._echo = 0.0
        self._task: asyncio.Task[None] | None = None
        self._outbox: list[tuple[str, bytes]] = []
        self._sending: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        for task in (self._task, self._sending):
            if task is not None:
                await finish(task)
        self._task = self._sending = None

    # -- who follows what

    async def follow(self, room: str, follower: Follower) -> None:
        self.followers[room] = follower
        news, passing = names.news(room).encode(), names.passing(room).encode()
        self._routes[news] = lambda data: self._news(room, follower, data)
        self._routes[passing] = lambda data: self._passed(follower, data)
        sure = self._confirmed[news] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(CONFIRM_S):
                if self._line is not None:
                    with suppress(*CUT):  # the line to come takes all of them
                        await self._line.subscribe(news, passing)
                await sure
        except AWAY as error:
            await self.unfollow(room, follower)
            raise StorageError(type(error).__name__) from None
        finally:
            self._confirmed.pop(news, None)

    async def unfollow(self, room: str, follower: Follower) -> bool:
        """Whether it followed that room until now."""
        if self.followers.get(room) is not follower:
            return False
        del self.followers[room]
        channels = [names.news(room).encode(), names.passing(room).encode()]
        for channel in channels:
            self._routes.pop(channel, None)
        if self._line is not None:
            with suppress(*CUT):
                await self._line.unsubscribe(*channels)
        return True

    # -- listening

    async def _run(self) -> None:
        tries = 0
        while True:
            try:
                await self._listen()
            except AWAY as error:
                if self.hears:
                    _log.warning("the line to Redis is cut (%s); listening anew", _kind(error))
                    tries = 0
            except Exception as error:  # never deaf for good
                report("listening to Redis failed", error)
            self.hears, self._line = False, None
            await asyncio.sleep(PAUSES_S[min(tries, len(PAUSES_S) - 1)])
            tries += 1
            self.rebuilt += 1

    async def _listen(self) -> None:
        """Until the line is cut, or nothing comes."""
        loop = asyncio.get_running_loop()
        probe = names.probe(self._server.decode()).encode()
        line = self._redis.pubsub()
        try:
            async with asyncio.timeout(CONFIRM_S):
                await line.subscribe(probe, *self._routes)
            self._line, self._echo = line, loop.time()
            while True:
                message = await line.get_message(timeout=1.0)
                if loop.time() - self._echo > DEAF_S:
                    raise TimeoutError
                if message is None:
                    continue
                channel, sort = message["channel"], message["type"]
                if channel == probe:
                    self._echo = loop.time()
                    self.hears = self.hears or sort == "message"
                elif sort == "message":
                    self._take(channel, message["data"])
                elif sort == "subscribe":
                    self._subscribed(channel)
        finally:
            self._line = None
            with suppress(*AWAY, asyncio.CancelledError):
                await line.aclose()

    def _subscribed(self, channel: bytes) -> None:
        """From here on nothing is missed; what was said before may be."""
        for room, follower in self.followers.items():
            if names.news(room).encode() == channel:
                follower.doubt()
        sure = self._confirmed.pop(channel, None)
        if sure is not None and not sure.done():
            sure.set_result(None)

    def _take(self, channel: bytes, data: bytes) -> None:
        route = self._routes.get(channel)
        if route is None:
            return
        try:
            route(data)
        except Exception as error:
            report("news of a room was not taken", error)

    def _news(self, room: str, follower: Follower, data: bytes) -> None:
        sort, _, rest = data.partition(b"\n")
        if sort == b"e":
            epoch, place, author, payload = rest.split(b"\n", 3)
            offset, tag, ts, n = place.split()
            entry = Entry(int(offset), int(ts), tag.decode(), author.decode(), int(n), payload)
            follower.heard(epoch.decode(), entry)
        elif sort == b"k":
            server, key, value = rest.split(b"\n", 2)
            if server != self._server:
                follower.key(KeyNews(key.decode(), value))
        elif sort == b"d":
            server, key = rest.split(b"\n", 1)
            if server != self._server:
                follower.key(KeyNews(key.decode(), None))
        elif sort == b"s":
            follower.saved(int(rest))
        else:  # forked, cleared, purged, or what a later version has to say: the log knows
            if sort == b"g":
                self._purged(room)
            follower.doubt()

    def _passed(self, follower: Follower, data: bytes) -> None:
        server, _, rest = data.partition(b"\n")
        if server != self._server:
            follower.passed(rest)

    # -- speaking

    def pass_on(self, room: str, data: bytes) -> None:
        """All that is passed on in one turn of the loop goes out together."""
        self._outbox.append((names.passing(room), self._server + b"\n" + data))
        if self._sending is None or self._sending.done():
            self._sending = asyncio.ensure_future(self._send())

    async def _send(self) -> None:
        while self._outbox:
            sent, self._outbox = self._outbox, []
            pipe = self._redis.pipeline(transaction=False)
            for channel, data in sent:
                pipe.publish(channel, data)
            with suppress(*AWAY):  # nothing of it is kept anywhere
                await pipe.execute()


def _kind(error: BaseException) -> str:
    return type(error).__name__
