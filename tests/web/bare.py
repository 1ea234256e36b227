"""A JamProtocol without a network: bytes go in by hand, and what it writes is kept."""

import asyncio
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from server.web.protocol import JamProtocol, uvicorn_options
from tests.web.lines import Peer, upgrade


class Transport(asyncio.Transport):
    """Keeps what is written; `full` behaves as a peer that does not read."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.loop = loop
        self.protocol: Any = None
        self.written = bytearray()
        self.full = False
        self.closing = False
        self.aborted = False

    def write(self, data: bytes) -> None:  # type: ignore[override]
        assert isinstance(data, bytes)
        self.written += data

    def write_eof(self) -> None:
        pass

    def can_write_eof(self) -> bool:
        return True

    def is_closing(self) -> bool:
        return self.closing

    def get_write_buffer_size(self) -> int:
        return len(self.written) if self.full else 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def close(self) -> None:
        if not self.closing:
            self.closing = True
            if not self.full:
                self.loop.call_soon(self.protocol.connection_lost, None)

    def abort(self) -> None:
        if not self.aborted:
            self.aborted = True
            if not self.closing or self.full:
                self.closing = True
                self.loop.call_soon(self.protocol.connection_lost, None)


class Bare:
    """One connection, handshake done, and the Peer behind it."""

    def __init__(self, peer: Peer | None = None, app: Any = None) -> None:
        self.peer = peer or Peer()
        config = uvicorn.Config(
            app or self.peer.app,
            interface="asgi3",
            lifespan="off",
            log_config=None,
            **uvicorn_options(),
        )
        config.load()
        self.loop = asyncio.get_running_loop()
        self.state = ServerState()
        self.protocol = JamProtocol(config, self.state, {})
        self.transport = Transport(self.loop)
        self.transport.protocol = self.protocol
        self.protocol.connection_made(self.transport)

    async def open(self) -> "Bare":
        self.protocol.data_received(upgrade())
        await self.peer.until(lambda: bool(self.peer.sockets))
        assert self.transport.written.startswith(b"HTTP/1.1 101")
        self.transport.written.clear()
        return self

    def feed(self, data: bytes) -> None:
        self.protocol.data_received(data)

    async def turn(self, times: int = 1) -> None:
        """Let the loop go round."""
        for _ in range(times):
            await asyncio.sleep(0)

    @property
    def code(self) -> int | None:
        """The code of the close frame that was written last, if any was."""
        out = bytes(self.transport.written)
        at = out.rfind(b"\x88")
        return int.from_bytes(out[at + 2 : at + 4], "big") if at >= 0 else None

    async def end(self) -> None:
        """Leave nothing pending behind a test."""
        self.transport.full = False
        self.protocol.cut()
        await self.turn(3)
        await asyncio.gather(*self.state.tasks)
