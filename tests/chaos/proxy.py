"""A bad line: a TCP proxy that delays, slows down, cuts into bytes, stalls, resets and goes dead.

All it does comes from its seed and from the order of connections.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator

WAYS = ("plain", "delay", "rate", "slices", "stall", "reset", "half")


class Way:
    """What one connection does to its bytes."""

    def __init__(self, rng: random.Random) -> None:
        self.kind = rng.choice(WAYS)
        self.delay = rng.uniform(0.01, 0.15)
        self.rate = rng.randint(8_000, 64_000)
        self.after = rng.randint(200, 30_000)  # bytes until it stalls, resets or goes dead
        self.pause = rng.uniform(0.2, 1.5)


class Proxy:
    """`port` leads to the server's port, in the ways of its seed; `calm` ends all mischief."""

    def __init__(self, target: int, seed: int) -> None:
        self.target, self.rng = target, random.Random(seed)
        self.port = 0
        self.calm = False
        self.seen: list[str] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def _met(self, up: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        way = Way(self.rng)
        self.seen.append(way.kind)
        try:
            down, forth = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            back.transport.abort()
            return
        ends = [asyncio.create_task(self._carry(way, r, w)) for r, w in ((up, forth), (down, back))]
        self._tasks.update(ends)
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for task in ends:
            task.cancel()
        await asyncio.gather(*ends, return_exceptions=True)
        self._tasks.difference_update(ends)
        for writer in (back, forth):
            writer.transport.abort()

    async def _carry(
        self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                passed += len(data)
                kind = "plain" if self.calm else way.kind
                if kind == "delay":
                    await asyncio.sleep(way.delay)
                elif kind == "rate":
                    await asyncio.sleep(len(data) / way.rate)
                elif kind == "slices":
                    for at in range(min(len(data), 60)):
                        if writer.is_closing():
                            return
                        writer.write(data[at : at + 1])
                        await asyncio.sleep(0)
                    data = data[60:]
                elif passed > way.after and kind == "stall":
                    way.after += 30_000
                    await asyncio.sleep(way.pause)
                elif passed > way.after and kind == "reset":
                    return
                elif passed > way.after and kind == "half":
                    await asyncio.Event().wait()  # neither bytes nor an end: who waits must notice
                if writer.is_closing():
                    return
                writer.write(data)
                await writer.drain()


@contextlib.asynccontextmanager
async def proxied(target: int, seed: int) -> AsyncIterator[Proxy]:
    """A proxy in front of that port."""
    proxy = Proxy(target, seed)
    door = await asyncio.start_server(proxy._met, "127.0.0.1", 0)
    proxy.port = door.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        door.close()
        for task in list(proxy._tasks):
            task.cancel()
        await asyncio.sleep(0)
