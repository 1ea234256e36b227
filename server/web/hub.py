"""The hub: which rooms live on this server, who is connected to them, and when they go."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

from server.kit import Refusal
from server.log import CannotOpen, Exists, StorageError
from server.room import codes, fold, keys, shape, wire
from server.room.keys import Key
from server.room.life import DAY_MS, KEPT_MS, UNDATED_MS, life
from server.web.errands import Errands, failed
from server.web.frames import Frame
from server.web.guard import Addresses
from server.web.guest import Guest
from server.web.hosting import Hosted, NoRoom
from server.web.line import Socket
from server.web.place import Place
from server.web.reading import Later

LIFE_MS = UNDATED_MS
TOUCH_MS = 10 * 60 * 1000
IDLE_MS = 5 * 60 * 1000
_log = logging.getLogger("jam.hub")

__all__ = ["DAY_MS", "LIFE_MS", "CannotOpen", "Hub", "Made"]


class Made:
    """A new room: its id and the two secrets that are never stored."""

    __slots__ = ("host", "join", "room")

    def __init__(self, room: str, join: str, host: str) -> None:
        self.room, self.join, self.host = room, join, host


class Hub:
    """All rooms of one server process."""

    def __init__(self, place: Place, addresses: Addresses) -> None:
        self.place, self.addresses = place, addresses
        self.rooms: dict[str, Hosted] = {}
        self.draining = False
        self._loading: dict[str, asyncio.Task[Hosted]] = {}
        self._touched: dict[str, int] = {}
        self._errands = Errands("a hub's work")
        self.keep = self._errands.keep  # a drain waits for it
        self.on_host: Callable[[Hosted], None] = lambda hosted: None
        self.on_sweep: Callable[[], Awaitable[None]] = _nothing

    # -- rooms

    async def create(
        self,
        title: str,
        lang: str,
        steps: list[dict[str, Any]],
        starts: list[int] | None = None,
        minutes: int = 0,
    ) -> Made:
        """A new room with its two links. Raises Refusal (`full`) or StorageError."""
        stored = await self.place.log.rooms(self.wall())
        if stored.open + stored.ended >= self.place.limits.rooms:
            raise Refusal("full")
        made = Made(
            "".join(secrets.choice(keys.LETTERS) for _ in range(10)),
            secrets.token_urlsafe(keys.JOIN_BYTES),
            secrets.token_urlsafe(keys.HOST_BYTES),
        )
        log = self.place.log
        tree = shape.empty(title, lang, steps, starts or (), minutes)
        now = self.wall()
        try:
            meta = await log.create(made.room, life(tree["meet"], now)[0], secrets.token_bytes(32))
        except Exists:  # 50 bits met by chance: draw again
            return await self.create(title, lang, steps, starts, minutes)
        empty = fold.Fold(self.place.kinds, self.place.limits, meta.secret, tree, 0)
        await log.save_snapshot(made.room, meta.epoch, 0, meta.tag, empty.save(), 0)
        for secret, role in ((made.join, "member"), (made.host, "host")):
            await log.put_key(made.room, keys.key_id(secret), keys.encode(Key(role=role, at=now)))
        return made

    async def host(self, room: str) -> Hosted:
        """The living room of this id. Raises NoRoom or StorageError."""
        hosted = self.rooms.get(room)
        if hosted is not None:
            return hosted
        task = self._loading.get(room)
        if task is None:
            task = asyncio.ensure_future(Hosted.load(self.place, room, self._let_go))
            self._loading[room] = task
            task.add_done_callback(lambda done: self._loaded(room, done))
        return await asyncio.shield(task)

    def _loaded(self, room: str, done: asyncio.Task[Hosted]) -> None:
        del self._loading[room]
        if not done.cancelled() and done.exception() is None:
            hosted = self.rooms[room] = done.result()
            hosted.on_lived = lambda: self.lived(room)
            self.on_host(hosted)

    # -- sockets

    def attach(self, room: str, socket: Socket) -> None:
        """A socket was accepted for this room: wait for its greeting."""
        Guest(self, room, socket)

    def visited(self, room: str) -> None:
        """Somebody came in: the room's life is lengthened now, however short the visit is."""
        self.keep(self._touch(room))

    def lived(self, room: str) -> None:
        """What the room's life depends on has changed: set it anew now."""
        self._touched.pop(room, None)
        self.visited(room)

    async def _touch(self, room: str) -> None:
        now, hosted = self.wall(), self.rooms.get(room)
        if hosted is None:
            return
        meet = hosted.node.fold.state["meet"]
        # set ahead by the time to the next look; a short life is looked after more often
        pause = min(TOUCH_MS, int(meet.get("kept") or KEPT_MS) // 15)
        before = self._touched.get(room, 0)
        if now - before >= pause:
            self._touched[room] = now
            expires, contents = life(meet, now)
            try:
                await self.place.log.touch(room, expires, contents + pause)
            except StorageError:
                self._touched[room] = before  # the next sweep tries again

    # -- time

    async def run(self, every_s: float) -> None:
        """Look after rooms that are over, unused or due, until cancelled."""
        while True:
            try:
                await self.sweep()
            except StorageError:
                _log.warning("the store did not answer the sweep; trying again later")
            except Exception as wrong:  # whatever it was: rooms are still to be looked after
                failed("the sweep", wrong)
            await asyncio.sleep(every_s)

    async def sweep(self) -> None:
        """Lengthen the life of rooms in use, take rooms and contents whose time is over."""
        await self.on_sweep()
        now = self.wall()
        for room, hosted in list(self.rooms.items()):
            if hosted.node.seats.presence.sitting:
                hosted.used = self.place.log.now()
                await self._touch(room)
            elif hosted.idle and self.place.log.now() - hosted.used > IDLE_MS:
                del self.rooms[room]
                self._touched.pop(room, None)
                await hosted.close()
        swept = await self.place.log.sweep(now)
        for room in swept.purged:
            await self._gone(room)
        for room in swept.due:
            try:
                await self._clear(room)
            except StorageError:
                raise
            except Exception as wrong:  # the others are due, too
                failed("to clear a room", wrong)

    async def _clear(self, room: str) -> None:
        """The contents go, the room stays: links, title and plan (decisions.md 33)."""
        try:
            hosted = await self.host(room)
        except (NoRoom, Later):
            return
        if hosted.node.seats.presence.anyone:
            return  # in use after all: the next touch lengthens its life
        secret = secrets.token_bytes(32)
        rest = shape.remaining(hosted.node.fold.state)
        fresh = fold.Fold(self.place.kinds, self.place.limits, secret, rest, 0)
        top = hosted.node.fold.offset
        await self._drop(room)
        for key, value in (await self.place.log.keys(room)).items():
            found = keys.decode(value)
            if found.member and found.role != "out":  # who was removed stays so
                await self.place.log.delete_key(room, key)
        await self.place.log.clear(room, hosted.epoch, top, fresh.save(), secret)
        await self._gone(room)  # with its contents as they were

    def _let_go(self, room: str, erase: bool) -> None:
        """A room asks to be erased, or to be read again from its log."""
        hosted = self.rooms.get(room)
        code = codes.RESYNC if hosted is None else hosted.close_code
        self.keep(self._purge(room) if erase else self._drop(room, code))

    async def _purge(self, room: str) -> None:
        await asyncio.sleep(0.2)  # the last tick, which says that it is over, goes out first
        await self.erase(room)

    async def erase(self, room: str) -> None:
        """The whole room leaves memory and store, whoever is there. Raises StorageError."""
        await self._drop(room)
        await self.place.log.purge(room)
        await self._gone(room)

    async def _gone(self, room: str) -> None:
        """The store knows it no more: nor does memory, whoever asked for it in between."""
        while room in self._loading:
            await asyncio.wait([self._loading[room]])
        await self._drop(room)

    async def _drop(self, room: str, close: int = codes.NO_ROOM) -> None:
        """Out of memory with it, without a snapshot; whoever is connected hears why."""
        hosted = self.rooms.pop(room, None)
        self._touched.pop(room, None)
        if hosted is not None:
            if close == codes.NO_ROOM:  # nobody comes back to hear it
                hosted.node.delivery.last(self.place.log.now())
            for socket in list(hosted.lines):  # who waits for a seat included
                socket.close(close, codes.CLOSES[close])
            await hosted.close(save=False)

    async def drain(self, spread_ms: int = 3_000) -> None:
        """Before a stop: everybody is told to come back, each a little later than the other."""
        self.draining = True
        for hosted in list(self.rooms.values()):
            hosted.settle()
            for session in list(hosted.node.delivery.sessions):
                after = secrets.randbelow(spread_ms + 1)
                bye = {"t": "bye", "code": "flush", "say": codes.sentence("flush")}
                session.socket.send(Frame.text(wire.encode({**bye, "after_ms": after})))
                session.socket.close(codes.FLUSH, "flush")
        for hosted in list(self.rooms.values()):
            await hosted.close()
        await self._errands.over()

    def wall(self) -> int:
        return int(time.time() * 1000)


async def _nothing() -> None: ...
