"""Redis as the store of many servers: follow rooms, pass on, and put back what Redis has lost."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from server.log.base import Answer, Entry, Meta
from server.log.chain import is_fact
from server.log.memory import new_epoch
from server.log.shared import Board, Follower, Rescue

from . import names
from .answers import appended
from .board import RedisBoard
from .feed import Feed
from .graves import Graves
from .heart import Heart
from .writer import Word

if TYPE_CHECKING:
    from .store import RedisLog


class Sharing:
    """`Shared` on Redis."""

    def __init__(self, log: RedisLog) -> None:
        self._log = log
        self.server = secrets.token_hex(6)
        self.graves = Graves(log.redis, log.purge_again, log.end_again)
        self.feed = Feed(log.redis, self.server, self.graves.purged, self.graves.dig)
        self.board: Board = RedisBoard(log.redis)
        self.heart = Heart(
            log.redis,
            self.server,
            self.feed,
            log.scripts["beat"],
            log.teach,
            log.set_clock,
            self.graves.dig,
        )

    def start(self) -> None:
        self.feed.start()
        self.heart.start()

    async def stop(self) -> None:
        await self.heart.stop()
        await self.feed.stop()
        self.graves.stop()

    def announce(self, note: bytes) -> None:
        self.heart.note = note

    def announced(self) -> Sequence[bytes] | None:
        return self.heart.notes

    async def follow(self, room: str, follower: Follower) -> None:
        await self.feed.follow(room, follower)

    async def unfollow(self, room: str, follower: Follower) -> None:
        if await self.feed.unfollow(room, follower):
            await self.heart.leave(room)

    def pass_on(self, room: str, data: bytes) -> None:
        self.feed.pass_on(room, data)

    async def fork(self, room: str, epoch: str) -> str:
        args = [epoch, new_epoch(), names.news(room)]
        return await self._log.ask("fork", names.room(room), args, lambda raw: str(raw, "ascii"))

    async def missing(self, room: str) -> bool:
        return await self.graves.missing(room, names.lease(self.server))

    async def restore(self, rescue: Rescue, before: Meta | None) -> bool:
        room = rescue.room
        if before is None:
            await self.graves.called()
            if room in self.graves:
                return False
        keys = [*names.room(room), names.LIVES, names.DUES, names.grave(room)]
        was: tuple[Word, Word, Word] = (
            ("", 0, "") if before is None else (before.epoch, before.top, before.tag)
        )
        people = {a: mark for a, mark in rescue.marks.items() if not is_fact(a)}
        marks = [word for author, (n, at) in people.items() for word in (author, n, at)]
        opens = [word for key, value in rescue.keys.items() for word in (key, value)]
        args: list[Word] = [
            room, *was, new_epoch(), rescue.offset, rescue.tag, rescue.ts, rescue.blob,
            rescue.secret, rescue.expires, rescue.contents, names.news(room),
            rescue.forgotten, len(people), *marks, *opens,
        ]  # fmt: skip
        return await self._log.ask("restore", keys, args, bool)

    async def repair(self, room: str, epoch: str, entry: Entry, before: int) -> Answer:
        caps = self._log.caps
        args: list[Word] = [
            epoch, entry.author, entry.n, before, entry.payload, caps.ops, caps.size, entry.ts,
            names.news(room),
        ]  # fmt: skip
        return await self._log.ask("append", names.room(room), args, appended)
