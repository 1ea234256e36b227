"""What people miss while servers are killed, beside a peer: `python -m bench.many peer`.

Three servers at one Redis, one room of 20 people, each of whom says five things a second; a server
is killed every three seconds and comes back. The peer is socket.io with its adapter on Redis
streams, connection state recovery and messages that are said again until they are acknowledged; in
`bench/peers/{recover,people}.js` it is set up as its documentation has it. What it does not
recover, its documentation leaves to the application.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.servers import PEERS
from tests.chaos.many import DISK, many
from tests.chaos.relay import Relay, relayed
from tests.redis_server import RedisServer
from tests.server.bot import Bot
from tests.server.running import free_port

PEOPLE, RATE = 20, 5.0
KILLS, EVERY_S, QUIET_S = 10, 3.0, 6.0
SECONDS = (KILLS + 1) * EVERY_S
Kill = Callable[[int], Awaitable[None]]


async def kills(kill: Kill) -> None:
    """One server after the other, each at its time."""
    begun = time.monotonic()
    for turn in range(KILLS):
        await asyncio.sleep(max(0.0, begun + (turn + 1) * EVERY_S - time.monotonic()))
        await kill(turn % 3)


def told(name: str, found: dict[str, Any]) -> None:
    """One line."""
    lines = (
        f"; lines recovered {found['recovered']}, anew {found['anew']}" if "anew" in found else ""
    )
    print(
        f"{name}: {found['acked']} of {found['said']} acknowledged, {KILLS} kills;"
        f" {found['missed']} of these were missed by somebody ({found['pairs']} times),"
        f" {found['twice']} heard twice{lines}",
        flush=True,
    )


# -- the peer


class Peer:
    """One socket.io server, on a port that it keeps."""

    def __init__(self, url: str) -> None:
        self.port, self._url = free_port(), url

    def start(self) -> None:
        command = ["node", str(PEERS / "recover.js"), str(self.port), self._url]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout and "open" in self._process.stdout.readline()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


async def _peer() -> dict[str, Any]:
    redis = RedisServer(*DISK, port=free_port()).start()
    servers = [Peer(redis.url) for _ in range(3)]
    for server in servers:
        server.start()
    async with relayed([server.port for server in servers], 1) as door:
        args = [door.port, PEOPLE, RATE, SECONDS, QUIET_S]
        people = await asyncio.create_subprocess_exec(
            "node", str(PEERS / "people.js"), *map(str, args), stdout=asyncio.subprocess.PIPE
        )
        assert people.stdout and await people.stdout.readline() == b"start\n"
        await kills(lambda which: _killed(door, servers[which]))
        found: dict[str, Any] = json.loads((await people.communicate())[0])
    for server in servers:
        server.kill()
    redis.remove()
    return found


async def _killed(door: Relay, server: Peer) -> None:
    door.left_out.add(server.port)
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)
    door.left_out.discard(server.port)


# -- ours


async def _ours() -> dict[str, Any]:
    acked: set[tuple[str, int]] = set()
    said = 0
    with tempfile.TemporaryDirectory() as folder:
        async with many(Path(folder), 1) as servers, contextlib.AsyncExitStack() as stack:
            made = servers.make()
            host = await stack.enter_async_context(Bot(servers.ws(made.room), made.host))
            await host.until(lambda bot: bot.tree)
            await host.act("room.open", {"kind": "canvas"})
            bots = [Bot(servers.ws(made.room), made.join, name=f"P{i}") for i in range(PEOPLE)]
            for bot in bots:
                await stack.enter_async_context(bot)
            for bot in bots:
                await bot.until(lambda bot: bot.tree and bot.tree["meet"]["now"])

            async def speak(bot: Bot) -> None:
                nonlocal said
                answers = []
                end = time.monotonic() + SECONDS
                n = 0
                while time.monotonic() < end:
                    mark = {"group": n, "ink": 1, "width": 1, "points": "AAA"}
                    answers.append(bot.act("canvas.mark", mark))
                    said, n = said + 1, n + 1
                    await asyncio.sleep(1 / RATE)
                done, _ = await asyncio.wait(answers, timeout=QUIET_S)
                for n, answer in enumerate(answers):
                    if answer in done and "refused" not in answer.result():
                        acked.add((bot.me["member"], n))

            await asyncio.gather(kills(servers.kill), *(speak(bot) for bot in bots))
            await asyncio.sleep(QUIET_S)
            missed: set[tuple[str, int]] = set()
            pairs = twice = 0
            for bot in (host, *bots):
                seen = [(mark[0], mark[1]) for mark in bot.tree["room"]["marks"]]
                twice += len(seen) - len(set(seen))
                pairs += len(acked - set(seen))
                missed |= acked - set(seen)
    return {
        "said": said, "acked": len(acked), "missed": len(missed), "pairs": pairs, "twice": twice,
    }  # fmt: skip


async def peer() -> None:
    """Both, one after the other."""
    told("Jam Room", await _ours())
    if shutil.which("node") and (PEERS / "node_modules/@socket.io/redis-streams-adapter").exists():
        told("socket.io, Redis streams adapter, connection state recovery", await _peer())
    else:
        print("the peer was not measured: npm ci in bench/peers brings it")
