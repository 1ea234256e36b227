"""One door, several servers behind it: each new line goes to one that lives, drawn by a seed.

With one server behind it, it is that server's way to Redis, which can be held or cut.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
from collections.abc import AsyncIterator, Sequence


class Relay:
    """`port` leads to `targets`. Those in `left_out` get no new line; what they have, they keep."""

    def __init__(self, targets: Sequence[int], seed: int) -> None:
        self.targets, self.rng = list(targets), random.Random(seed)
        self.left_out: set[int] = set()
        self.port = 0
        self.lines: dict[asyncio.Task[None], int] = {}  # to which target each goes
        self._flows = asyncio.Event()
        self._flows.set()

    def hold(self) -> None:
        """Neither bytes nor an end, in either direction, until `flow`."""
        self._flows.clear()

    def flow(self) -> None:
        self._flows.set()

    def cut(self, share: float = 1.0) -> int:
        """End that share of all lines without a word; how many these were."""
        ended = [line for line in self.lines if self.rng.random() < share]
        for line in ended:
            line.cancel()
        return len(ended)

    async def _met(self, up: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """To the first that answers, of those that may be asked."""
        order = self.rng.sample(self.targets, len(self.targets))
        for target in [t for t in order if t not in self.left_out]:
            with contextlib.suppress(OSError):
                down, forth = await asyncio.open_connection("127.0.0.1", target)
                line = asyncio.ensure_future(self._carry(up, back, down, forth))
                self.lines[line] = target
                line.add_done_callback(self.lines.pop)
                return
        back.transport.abort()

    async def _carry(
        self,
        up: asyncio.StreamReader,
        back: asyncio.StreamWriter,
        down: asyncio.StreamReader,
        forth: asyncio.StreamWriter,
    ) -> None:
        ways = [asyncio.ensure_future(self._pass(*way)) for way in ((up, forth), (down, back))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for writer in (back, forth):
                writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()


@contextlib.asynccontextmanager
async def relayed(
    targets: Sequence[int], seed: int = 0, heard: socket.socket | None = None
) -> AsyncIterator[Relay]:
    """A relay, open; its door is a socket that is `heard` already, or a new one."""
    relay = Relay(targets, seed)
    heard = heard or socket.create_server(("127.0.0.1", 0))
    door = await asyncio.start_server(relay._met, sock=heard)
    relay.port = door.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        door.close()
        relay.flow()
        relay.cut()
        await asyncio.gather(*relay.lines, return_exceptions=True)
