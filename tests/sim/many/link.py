"""What stands between one server and the store: its calls on their way, the answers on theirs, and
the news of other servers. Any of it may be cut, late or lost."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from server.log import Entry, StorageError
from server.log.jobs import resolve
from server.log.rooms import RoomsLog
from server.log.shared import Follower, Head, KeyNews, Rescue

from .store import Store

if TYPE_CHECKING:
    from .loop import Loop

Call = tuple[Callable[[], Any], Callable[[Any], None]]
"""What to do at the store, and who is told."""
PAUSE_MS, BEAT_MS, DEAF_MS = 300, 2_000, 4_000


class Link(RoomsLog):
    """`Log` and `Shared` of one server."""

    def __init__(self, name: str, store: Store, loop: Loop, rng: Random) -> None:
        self.server, self.store, self.loop, self.rng = name, store, loop, rng
        self.pipe: deque[Call] = deque()
        self.asks: list[Call] = []
        self.told: deque[tuple[Callable[[Any], None], Any]] = deque()
        self.news: deque[tuple[Any, ...]] = deque()
        self.follower: Follower | None = None
        self.hears = True
        self.deaf_at = -1
        self.listen_at = 0
        self.beat_at = 0
        self.beating = False
        self.note = b""
        self.notes: list[bytes] | None = None
        """What the others say of themselves, as of the last beat."""
        self.loss = 0.0
        self.lossy = 0.0
        self.closed = False
        self._confirmed: asyncio.Future[None] | None = None

    @property
    def shared(self) -> Link:
        return self

    @property
    def quiet(self) -> bool:
        return not (self.pipe or self.asks or self.told or self.news)

    # -- Log

    def now(self) -> int:
        return self.store.now()

    def submit(self, room, epoch, author, n, p, payload, done):  # type: ignore[no-untyped-def]
        self.pipe.append((lambda: self.store.append(room, epoch, author, n, p, payload), done))

    async def _write(self, call: Callable[[Store], Any]) -> Any:  # type: ignore[override]
        answer = self._future()
        self.pipe.append((lambda: call(self.store), lambda value: resolve(answer, value)))
        return await answer

    async def _read(self, call: Callable[[Store], Any]) -> Any:  # type: ignore[override]
        answer = self._future()
        self.asks.append((lambda: call(self.store), lambda value: resolve(answer, value)))
        return await answer

    def _future(self) -> asyncio.Future[Any]:
        if self.closed:
            raise StorageError("closed")
        return self.loop.create_future()

    async def put_key(self, room: str, key: str, value: bytes) -> bool:
        return bool(await self._write(lambda store: store.put(self.server, key, value)))

    async def delete_key(self, room: str, key: str) -> bool:
        return bool(await self._write(lambda store: store.drop(self.server, key)))

    # -- Shared

    def announce(self, note: bytes) -> None:
        self.note = note

    def announced(self) -> list[bytes] | None:
        return self.notes

    async def follow(self, room: str, follower: Follower) -> None:
        self.follower = follower
        self._confirmed = self.loop.create_future()
        if self.hears:
            self.news.append(("subscribed",))
        try:
            async with asyncio.timeout(5):
                await self._confirmed
        except TimeoutError:
            self.follower = None
            raise StorageError("follow") from None

    async def unfollow(self, room: str, follower: Follower) -> None:
        if self.follower is not follower:
            return
        self.follower = None
        await self._write(lambda store: store.leave(self.server))

    def pass_on(self, room: str, data: bytes) -> None:
        self.pipe.append((lambda: self.store.publish("live", self.server, data), lambda _: None))

    async def fork(self, room: str, epoch: str) -> str:
        return str(await self._write(lambda store: store.fork(epoch)))

    async def missing(self, room: str) -> bool:
        return False

    async def restore(self, rescue: Rescue, before: Any) -> bool:
        return bool(await self._write(lambda store: store.restore(rescue, before)))

    async def repair(
        self, room: str, epoch: str, entry: Entry, before: int, past: Any = None
    ) -> Any:
        return await self._write(lambda store: store.repair(epoch, entry, before, past))

    # -- a step at a time

    def land(self, away: bool) -> None:
        """The store does one of the things it was asked for."""
        if self.pipe and (not self.asks or self.rng.random() < 0.6):
            call, done = self.pipe.popleft()
        elif self.asks:
            call, done = self.asks.pop(self.rng.randrange(len(self.asks)))
        else:
            return
        if away:
            self.told.append((done, StorageError("away")))
            return
        answer = call()
        if self.lossy and self.rng.random() < self.lossy:
            answer = StorageError("lost")
        self.told.append((done, answer))

    def answer(self) -> None:
        if self.told:
            done, answer = self.told.popleft()
            self.loop.inside(done, answer)

    def publish(self, sort: str, *news: Any) -> None:
        """The store has said something to everybody who listens."""
        if self.hears and self.deaf_at < 0 and self.rng.random() >= self.loss:
            self.news.append((sort, *news))

    def hear(self) -> None:
        """One piece of news arrives."""
        if self.news:
            sort, *rest = self.news.popleft()
            self.loop.inside(self._heard, sort, *rest)

    def _heard(self, sort: str, *news: Any) -> None:
        follower = self.follower
        if follower is None:
            return
        if sort == "op":
            follower.heard(*news)
        elif sort == "key":
            server, key, value = news
            if server != self.server:
                follower.key(KeyNews(key, value))
        elif sort == "saved":
            follower.saved(*news)
        elif sort == "live":
            server, data = news
            if server != self.server:
                follower.passed(data)
        elif sort == "beat":
            view, meta = news
            follower.others(view)
            follower.head(None if meta is None else Head(meta.epoch, meta.top, meta.tag))
        else:  # subscribed, forked, gone
            follower.doubt()
            if sort == "subscribed" and self._confirmed is not None:
                resolve(self._confirmed, None)

    def time(self, now: int) -> None:
        """Beats, and listening anew."""
        if not self.hears and now >= self.listen_at:
            self.hears = True
            self.news.append(("subscribed",))
        if 0 <= self.deaf_at <= now - DEAF_MS:
            self.silence(now)
        if now >= self.beat_at and self.follower is not None and not self.beating:
            self.beat_at, self.beating = now + BEAT_MS, True
            who = list(self.follower.present())

            def told(answer: Any) -> None:
                self.beating = False  # whether or not there is still a room to tell it to
                if not isinstance(answer, StorageError):
                    *beat, self.notes = answer
                    self._heard("beat", *beat)

            self.asks.append((lambda: self.store.beat(self.server, who, self.note), told))

    # -- what goes wrong

    def silence(self, now: int) -> None:
        """The line on which it listens is cut; some of what was said on it still arrives."""
        for _ in range(self.rng.randint(0, len(self.news))):
            self.news.pop()
        self.hears, self.deaf_at = False, -1
        self.listen_at = now + self.rng.choice((0, PAUSE_MS, 3_000))

    def cut(self, now: int, done: bool = True) -> None:
        """All lines to the store are cut; what was asked for may have been done or not."""
        many = self.rng.randint(0, len(self.pipe)) if done else 0
        for at, (call, tell) in enumerate(self.pipe):
            if at < many:
                call()
            self.told.append((tell, StorageError("cut")))
        self.pipe.clear()
        for _, tell in self.asks:
            self.told.append((tell, StorageError("cut")))
        self.asks.clear()
        self.silence(now)

    def off(self) -> None:
        """The process is gone. What it asked for may still be done."""
        for call, _ in list(self.pipe)[: self.rng.randint(0, len(self.pipe))]:
            call()
        self.pipe.clear()
        self.asks.clear()
        self.told.clear()
        self.news.clear()
        self.closed, self.hears = True, False
