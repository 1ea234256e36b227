"""The socket layer of this project with nothing above it: direct.py PORT MODE.

What the room engine adds on top shows in the rows of the whole server.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from server.web.frames import Frame
from server.web.protocol import uvicorn_options
from server.web.socket import Socket, run_socket

TICK = 0.05
PORT, MODE = int(sys.argv[1]), sys.argv[2]
rooms: dict[str, "Room"] = {}


class Room:
    """Everyone on one path, and what was said since the last tick."""

    def __init__(self) -> None:
        self.lines: set[Socket] = set()
        self.said: list[bytes] = []
        self.loop = asyncio.get_running_loop()
        self.due = self.loop.time() + len(rooms) % 10 * 0.005
        if MODE in ("tick", "beat"):
            self.loop.call_at(self.due, self.tick)

    def tick(self) -> None:
        self.due += TICK
        self.loop.call_at(self.due, self.tick)
        if MODE == "beat":
            self.said.append(b"x" * 998)
        if self.said:
            self.everyone(b"[" + b",".join(self.said) + b"]")
            self.said.clear()

    def everyone(self, text: bytes) -> None:
        frame = Frame.text(text)
        for line in self.lines:
            line.send(frame)

    def attach(self, line: Socket) -> None:
        line.max_message = 32768
        self.lines.add(line)
        line.attach(self.heard, lambda: None, lambda code: self.lines.discard(line))

    def heard(self, data: bytes, text: bool) -> None:
        if MODE == "tick":
            self.said.append(data)
        elif MODE == "relay":
            self.everyone(data)


class Endpoint:
    """A WebSocket route of Starlette's, as the server has it."""

    def __init__(self, scope: Any, receive: Any, send: Any) -> None:
        self.call = run_socket(scope, receive, send, self.room(scope["path"]).attach)

    def room(self, path: str) -> Room:
        if path not in rooms:
            rooms[path] = Room()
        return rooms[path]

    def __await__(self) -> Any:
        return self.call.__await__()


uvicorn.run(
    Starlette(routes=[WebSocketRoute("/{room:path}", Endpoint)]),
    host="127.0.0.1",
    port=PORT,
    lifespan="off",
    log_level="warning",
    **uvicorn_options(),
)
