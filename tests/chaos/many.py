"""Three servers at one redis-server, and the people who come to them through one door."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from server.log import Appended, Entry
from server.log.redis import RedisLog
from server.room.moment import Asked, encode
from tests.chaos.history import Broken, Witness, whole
from tests.chaos.jam import ENV, Jam, Missing
from tests.chaos.relay import Relay, relayed
from tests.redis_server import RedisServer
from tests.server.running import JAM, Made, Running, free_port

DISK = ("--appendonly", "yes", "--appendfsync", "everysec", "--rdbcompression", "no")
SERVERS = 3
LATE_S = 20.0
"""Until what somebody was told is done must be there again, on a busy machine."""


class Many:
    """All of it. The first server reaches Redis through `way`, the others directly."""

    def __init__(self, redis: RedisServer, servers: list[Running], door: Relay, way: Relay) -> None:
        self.redis, self.servers, self.door, self.way = redis, servers, door, way
        self.store: Any = redis.client()
        self.tops: dict[str, int] = {}  # where each log ended when its end was lost

    # -- as one server

    @property
    def data(self) -> Path:
        return self.servers[0].data

    def make(self) -> Made:
        return self.servers[-1].make()

    def ws(self, room: str, port: int | None = None) -> str:
        return self.servers[0].ws(room, port or self.door.port)

    # -- harm to servers

    async def kill(self, which: int) -> None:
        """Gone without a word, and back a while later; the others have its people meanwhile."""
        server = self.servers[which]
        self.door.left_out.add(server.port)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        self.door.left_out.discard(server.port)

    async def deploy(self, which: int) -> int:
        """Asked to stop as by an operator, and started anew; its exit code."""
        server = self.servers[which]
        self.door.left_out.add(server.port)
        code = await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        self.door.left_out.discard(server.port)
        return code

    def freeze(self, which: int) -> None:
        self.door.left_out.add(self.servers[which].port)
        self.servers[which].signal(signal.SIGSTOP)

    def thaw(self, which: int) -> None:
        self.servers[which].signal(signal.SIGCONT)
        self.door.left_out.discard(self.servers[which].port)

    # -- harm to Redis

    async def redis_dies(self) -> None:
        """Killed, and started again with the same files."""
        self.redis.signal(signal.SIGKILL)
        await asyncio.to_thread(self.redis.start)

    async def keep(self) -> None:
        """A copy of all that Redis holds now, for `rewind`."""
        await asyncio.to_thread(self.store.save)
        shutil.copy(self.redis.folder / "dump.rdb", self.redis.folder / "old.rdb")

    async def rewind(self) -> None:
        """Redis is killed and comes back with that copy."""
        await asyncio.to_thread(self.rewind_now)

    def rewind_now(self) -> None:
        folder = self.redis.folder
        for key in self.store.zrange("jam:lives", 0, -1):
            room = key.decode()
            self.tops[room] = int(self.store.hget(f"jam:{{r:{room}}}:m", "top"))
        self.redis.signal(signal.SIGKILL)
        shutil.rmtree(folder / "appendonlydir")
        shutil.copy(folder / "old.rdb", folder / "dump.rdb")
        kept, self.redis.options = self.redis.options, ("--rdbcompression", "no")
        self.redis.start()
        self.redis.options = kept
        self.store.config_set("appendonly", "yes")

    async def grow(self) -> None:
        """Somebody else appends to every room, so much that its end lies beyond what was lost."""
        log = RedisLog(self.redis.url)
        await log.open()
        for room in [key.decode() for key in self.store.zrange("jam:lives", 0, -1)]:
            meta = await log.meta(room)
            assert meta is not None
            for n in range(1, 2 + self.tops.get(room, 0) - meta.top):
                asked = Asked("sys.back", d={"member": "nobody"})
                author = f"sys:{meta.epoch}:{n}"
                answer = await log.append(room, meta.epoch, author, 1, None, encode(asked))
                assert isinstance(answer, Appended), answer
        await log.close()

    # -- looking

    async def read(self, room: str) -> tuple[list[Entry], int, str]:
        """The room's log, the offset up to which it was trimmed, and its epoch."""
        entries, meta = await whole(RedisLog(self.redis.url), room)
        return entries, meta.floor, meta.epoch

    def keys(self, room: str) -> list[str]:
        """What is kept of a room."""
        return sorted(key.decode()[-1:] for key in self.store.keys("*") if room.encode() in key)

    def calm(self) -> None:
        """No server has failed at anything that it did not expect."""
        for server in self.servers:
            said = "\n".join(server.said)
            assert "Traceback" not in said and " failed: " not in said, said


class ManyJam(Jam):
    """One room with its people, on many servers."""

    def __init__(self, many: Many, kind: str, people: int) -> None:
        super().__init__(many, kind, people, lambda i: many.door.port)  # type: ignore[arg-type]
        self.many = many

    async def check(self, moved: bool = False, since: float | None = None) -> None:
        """The answers against the log in Redis; places may be others where history was `moved`, or
        where ops that were answered after `since` have others."""
        entries, floor, _ = await self.many.read(self.made.room)
        self.counted()
        if not moved and since is not None:
            moved = self.history.moved(entries, floor, since)
        if moved:
            self.history.check_moved(entries, floor)
        else:
            self.history.check(entries, floor)

    async def epoch(self) -> str:
        return (await self.many.read(self.made.room))[2]

    async def same(self) -> None:
        """Also who comes now, to whichever server, is given the state that all have. What was lost
        in a cut may be on its way back still: a server may have noticed it only now."""
        end = time.monotonic() + LATE_S
        while True:
            try:
                await super().same()
                break
            except Missing:
                if time.monotonic() > end:
                    raise
            await asyncio.sleep(0.2)
        late = [
            Witness(self.history, server.ws(self.made.room), self.made.join, name=f"Late{i}")
            for i, server in enumerate(self.many.servers)
        ]
        async with contextlib.AsyncExitStack() as stack:
            for bot in late:
                await stack.enter_async_context(bot)
                await bot.until(lambda bot: bot.tree)
            while len({bot.pos for bot in (self.host, *late)}) > 1:  # noqa: ASYNC110 - of several
                await asyncio.sleep(0.05)
            for bot in late:
                if any(bot.tree[root] != self.host.tree[root] for root in ("meet", "room")):
                    raise Broken("a server has another state")


@contextlib.asynccontextmanager
async def many(
    folder: Path,
    seed: int,
    args: tuple[str, ...] = JAM,
    count: int = SERVERS,
    env: dict[str, str] | None = None,
) -> AsyncIterator[Many]:
    """All of them, running."""
    redis = RedisServer(*DISK, port=free_port()).start()
    started: list[Running] = []
    try:
        async with relayed([redis.port]) as way:
            for i in range(count):
                url = redis.url if i else f"redis://127.0.0.1:{way.port}"
                told = {**ENV, **(env or {}), "JAM_REDIS_URL": url}
                started.append(Running(folder / f"data{i}", told, args))
            await asyncio.gather(*(asyncio.to_thread(server.start) for server in started))
            async with relayed([server.port for server in started], seed) as door:
                yield Many(redis, started, door, way)
                for server in started:
                    server.signal(signal.SIGTERM)
                await asyncio.gather(*(asyncio.to_thread(server.stop) for server in started))
    finally:
        for server in started:
            if hasattr(server, "process") and server.process.poll() is None:
                server.kill()
        redis.remove()
