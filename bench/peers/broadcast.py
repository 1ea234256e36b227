"""websockets 17 with its own broadcast(), on uvloop; modes as ws.js: broadcast.py PORT MODE."""

import asyncio
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

TICK = 0.05
rooms: dict[str, tuple[set[ServerConnection], list[str]]] = {}
tasks: set[asyncio.Task[None]] = set()


async def ticker(lines: set[ServerConnection], said: list[str], phase: float, beat: bool) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time() + phase
    while True:
        due += TICK
        await asyncio.sleep(due - loop.time())
        if beat:
            said.append("x" * 998)
        if said:
            text = "[" + ",".join(said) + "]"
            said.clear()
            broadcast(lines, text)


async def main(port: int, mode: str) -> None:
    async def handler(line: ServerConnection) -> None:
        path = line.request.path if line.request else ""
        if path not in rooms:
            rooms[path] = (set(), [])
            if mode in ("tick", "beat"):
                tasks.add(
                    asyncio.create_task(
                        ticker(*rooms[path], len(rooms) % 10 * 0.005, mode == "beat")
                    )
                )
        lines, said = rooms[path]
        lines.add(line)
        try:
            async for text in line:
                if mode == "tick":
                    said.append(str(text))
                elif mode == "relay":
                    broadcast(lines, text)
        finally:
            lines.discard(line)

    async with serve(handler, "127.0.0.1", port, compression=None, subprotocols=["jam.v1"]):  # type: ignore[list-item]
        await asyncio.Event().wait()


uvloop.run(main(int(sys.argv[1]), sys.argv[2]))
