"""The heart of a server at Redis: its lease, who is connected through it, and the ends of logs.

Every second a probe for the feed; every two seconds one piece for all rooms. A server that is gone
is known to be so when its lease is over: nothing needs it to say so.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from redis.exceptions import NoScriptError

from server.log.jobs import finish, report
from server.log.shared import Follower, Head

from . import names
from .feed import AWAY, Feed
from .scripts import Script

PROBE_S = 1.0
BEATS = 2
"""Probes from one beat to the next."""
LEASE_MS = 6_000
PIECE = 100
"""Rooms in one piece."""
_log = logging.getLogger("jam.redis")


class Heart:
    """Beats for all rooms that a feed follows."""

    def __init__(
        self,
        redis: Any,
        server: str,
        feed: Feed,
        beat: Script,
        teach: Callable[[], Awaitable[None]],
        clock: Callable[[], Awaitable[None]],
        lost: Callable[[], None],
    ) -> None:
        """`lost` is told that Redis may have lost something."""
        self._redis, self.server, self._feed, self._beat = redis, server, feed, beat
        self._teach, self._clock, self._lost = teach, clock, lost
        self._task: asyncio.Task[None] | None = None
        self._away = self._leased = False
        self.note = b""
        """What the others shall know of this server; it stands in the lease."""
        self.notes: list[bytes] | None = None
        """What the others that are alive say of themselves, as of the last beat."""

    def start(self) -> None:
        self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        """The lease goes, so that the others need not wait for it."""
        if self._task is not None:
            await finish(self._task)
            self._task = None
            with suppress(*AWAY):
                await self._redis.srem(names.SERVERS, self.server)
                await self._redis.delete(names.lease(self.server))

    async def _run(self) -> None:
        count = 0
        while True:
            try:
                if count % BEATS == 0:
                    await self._beat_all()
                await self._redis.publish(names.probe(self.server), b"")
                if self._away:
                    _log.warning("Redis is back")
                self._away = False
            except NoScriptError:
                with suppress(*AWAY):
                    await self._teach()
                continue
            except AWAY as error:
                if not self._away:
                    _log.warning("Redis does not answer (%s)", type(error).__name__)
                self._away = True
            except Exception as error:
                report("a beat failed", error)
            count += 1
            await asyncio.sleep(PROBE_S)

    async def _beat_all(self) -> None:
        lease = names.lease(self.server)
        pipe = self._redis.pipeline(transaction=False)
        pipe.set(lease, self.note, px=LEASE_MS, get=True)
        pipe.sadd(names.SERVERS, self.server)
        pipe.pexpire(names.SERVERS, LEASE_MS)
        pipe.smembers(names.SERVERS)
        had, *_, servers = await pipe.execute()
        if had is None and self._leased:  # it was over, or Redis has come back without it
            self._lost()
        self._leased = True
        await self._look_round(sorted(raw.decode() for raw in servers))
        await self._clock()
        rooms = list(self._feed.followers.items())
        for at in range(0, len(rooms), PIECE):
            await self._piece(rooms[at : at + PIECE])

    async def _look_round(self, servers: list[str]) -> None:
        """What the others say in their leases; whose lease is over is struck off."""
        others = [server for server in servers if server != self.server]
        found = await self._redis.mget([names.lease(server) for server in others]) if others else []
        self.notes = [note for note in found if note is not None]
        gone = [server for server, note in zip(others, found, strict=True) if note is None]
        if gone:
            await self._redis.srem(names.SERVERS, *gone)

    async def _piece(self, rooms: list[tuple[str, Follower]]) -> None:
        pipe = self._redis.pipeline(transaction=False)
        for room, follower in rooms:
            self._ask(pipe, room, json.dumps(list(follower.present())))
        answers = await pipe.execute()
        for (room, follower), answer in zip(rooms, answers, strict=True):
            if self._feed.followers.get(room) is follower:
                self._tell(follower, answer)

    def _ask(self, pipe: Any, room: str, who: str) -> None:
        keys = names.room(room)
        pipe.execute_command(
            "EVALSHA", self._beat.sha, len(keys), *keys, self.server, who, names.lease("")
        )

    def _tell(self, follower: Follower, answer: Any) -> None:
        if answer is None:
            follower.head(None)
            return
        epoch, top, tag, there = answer
        view: dict[str, frozenset[str]] = {}
        for server, who in zip(there[::2], there[1::2], strict=True):
            if server.decode() != self.server:
                view[server.decode()] = frozenset(json.loads(who))
        follower.others(_sorted(view))
        follower.head(Head(epoch.decode(), int(top), tag.decode()))

    async def leave(self, room: str) -> None:
        """Nobody is connected to this room through this server any more."""
        pipe = self._redis.pipeline(transaction=False)
        self._ask(pipe, room, "")
        with suppress(*AWAY):
            await pipe.execute()


def _sorted(view: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {server: view[server] for server in sorted(view)}
