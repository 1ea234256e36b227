"""Sockets without a client around them: for what no client of ours would say."""

from __future__ import annotations

import json
import socket
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.server.running import Running

CID = "c" * 32


def dial(server: Running, room: str, **more: Any) -> connect:
    """A bare line with our subprotocol."""
    given = {"subprotocols": ["jam.v1"], "compression": None, "proxy": None, **more}
    return connect(server.ws(room), **given)


def hello(cap: str, **more: Any) -> str:
    return json.dumps({"t": "hello", "v": 1, "cid": CID, "cap": cap, **more})


async def ended(line: ClientConnection) -> tuple[list[Any], int]:
    """All frames until the server closes, and its code."""
    frames: list[Any] = []
    try:
        while True:
            data = await line.recv()
            frames.append(data)
    except ConnectionClosed as end:
        return frames, end.rcvd.code if end.rcvd else 1006


def handshake(server: Running, path: str, headers: list[tuple[str, str]]) -> int:
    """The status that a WebSocket handshake with these headers is answered with."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    lines += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
    lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    lines += [f"{name}: {value}" for name, value in headers]
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        said = b""
        while b"\r\n" not in said:
            read = line.recv(4096)
            if not read:
                break
            said += read
    return int(said.split(b" ")[1]) if said else 0
