"""Starlette on uvicorn as their guides have it, on uvloop and httptools: stock.py PORT MODE."""

import asyncio
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

TICK = 0.05
PORT, MODE = int(sys.argv[1]), sys.argv[2]
rooms: dict[str, tuple[set[WebSocket], list[str]]] = {}
tasks: set[asyncio.Task[None]] = set()


async def everyone(lines: set[WebSocket], text: str) -> None:
    for line in list(lines):
        await line.send_text(text)


async def ticker(lines: set[WebSocket], said: list[str], phase: float, beat: bool) -> None:
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
            await everyone(lines, text)


async def endpoint(line: WebSocket) -> None:
    await line.accept(subprotocol="jam.v1")
    path = line.url.path
    if path not in rooms:
        rooms[path] = (set(), [])
        if MODE in ("tick", "beat"):
            tasks.add(
                asyncio.create_task(ticker(*rooms[path], len(rooms) % 10 * 0.005, MODE == "beat"))
            )
    lines, said = rooms[path]
    lines.add(line)
    try:
        while True:
            text = await line.receive_text()
            if MODE == "tick":
                said.append(text)
            elif MODE == "relay":
                await everyone(lines, text)
    except WebSocketDisconnect:
        pass
    finally:
        lines.discard(line)


uvicorn.run(
    Starlette(routes=[WebSocketRoute("/{room:path}", endpoint)]),
    host="127.0.0.1",
    port=PORT,
    loop="uvloop",
    http="httptools",
    ws="websockets-sansio",
    backlog=4096,
    log_level="warning",
)
