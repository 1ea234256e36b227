"""Raw WebSocket lines for the socket tests: frames as a client writes them, and two servers."""

import asyncio
import base64
import contextlib
import os
import struct
from collections.abc import AsyncIterator, Callable
from typing import Any

import uvicorn
from websockets.speedups import apply_mask

from server.web.line import LARGEST_MESSAGE, Socket
from server.web.protocol import uvicorn_options
from server.web.socket import run_socket

TEXT, BINARY, CLOSE, PING, PONG, CONT = 1, 2, 8, 9, 10, 0
MASK = b"\x11\x22\x33\x44"


def frame(data: bytes = b"", opcode: int = TEXT, *, first: int | None = None) -> bytes:
    """One masked frame; `first` overrides the first byte (fin, reserved bits, opcode)."""
    head = bytes([0x80 | opcode if first is None else first])
    size = len(data)
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65536:
        head += bytes([0x80 | 126]) + struct.pack("!H", size)
    else:
        head += bytes([0x80 | 127]) + struct.pack("!Q", size)
    return head + MASK + apply_mask(data, MASK)


def upgrade(protocol: str = "jam.v1", path: str = "/ws/room") -> bytes:
    """A handshake request."""
    key = base64.b64encode(b"0123456789abcdef").decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: {protocol}\r\n\r\n"
    ).encode()


class Peer:
    """What stands behind the sockets of a test server: it keeps what happened."""

    def __init__(self) -> None:
        self.sockets: list[Socket] = []
        self.got: list[tuple[bytes, bool]] = []
        self.closed: list[int] = []
        self.room = 0
        self.limit = LARGEST_MESSAGE
        self.on_message: Callable[[Socket, bytes, bool], None] = lambda *_: None
        self.changed = asyncio.Event()

    def attach(self, socket: Socket) -> None:
        socket.max_message = self.limit
        self.sockets.append(socket)
        socket.attach(lambda data, text: self._message(socket, data, text), self._room, self._close)
        self.changed.set()

    def _message(self, socket: Socket, data: bytes, text: bool) -> None:
        self.got.append((data, text))
        self.changed.set()
        self.on_message(socket, data, text)

    def _room(self) -> None:
        self.room += 1
        self.changed.set()

    def _close(self, code: int) -> None:
        self.closed.append(code)
        self.changed.set()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something that happened made `true` true."""
        while not true():
            self.changed.clear()
            await self.changed.wait()

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await run_socket(scope, receive, send, self.attach)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"hello"})


class Client:
    """A client that sees every byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def open(cls, port: int, protocol: str = "jam.v1") -> "Client":
        client = cls(*await asyncio.open_connection("127.0.0.1", port))
        client.writer.write(upgrade(protocol))
        head = await client.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head
        return client

    def send(self, *frames: bytes) -> None:
        self.writer.write(b"".join(frames))

    async def read(self) -> tuple[int, bytes]:
        """The next frame from the server: opcode and payload."""
        head = await self.reader.readexactly(2)
        assert head[0] & 0xF0 == 0x80, "servers send whole frames without reserved bits"
        size = head[1]
        if size == 126:
            size = int.from_bytes(await self.reader.readexactly(2), "big")
        elif size == 127:
            size = int.from_bytes(await self.reader.readexactly(8), "big")
        return head[0] & 15, await self.reader.readexactly(size)

    async def code(self) -> int:
        """Read on until the close frame and return its code; 1006 if the line breaks off."""
        try:
            while True:
                opcode, data = await self.read()
                if opcode == CLOSE:
                    return int.from_bytes(data[:2], "big")
        except (asyncio.IncompleteReadError, ConnectionError):
            return 1006

    async def close(self) -> None:
        self.writer.close()
        with contextlib.suppress(ConnectionError):
            await self.writer.wait_closed()


STOCK: dict[str, Any] = {"ws": "websockets-sansio", "access_log": False, "log_level": "error"}


@contextlib.asynccontextmanager
async def serving(app: Any, options: dict[str, Any] | None = None) -> AsyncIterator[int]:
    """A uvicorn in this event loop on a free port; yields the port."""
    chosen = uvicorn_options() if options is None else options
    config = uvicorn.Config(
        app, **{"lifespan": "off", "interface": "asgi3", "log_level": "error", **chosen}
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    port = int(os.environ.get("JAM_TEST_SOCKET_PORT", "0"))
    config.host, config.port = "127.0.0.1", port
    await server.startup()
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await server.shutdown()
