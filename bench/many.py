"""What many servers at one Redis cost, and how soon they are themselves again.

`python -m bench.many [part ...] [--kills N]`: `appends` through one server's store; `memory` of a
room of 5,000 ops; `reach` of an op to people at another server; `resume` after a kill with 85
people; `ghosts`; `nodes` and `rooms`: see `bench/nodes.py`; `peer`: see `bench/resumed.py`;
`kills`: ops while servers are killed again and again (100 in the long form).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench import nodes, resumed
from server.log import Appended
from server.log.redis import RedisLog
from tests.chaos.many import Many, ManyJam, many
from tests.redis_server import RedisServer
from tests.server.bot import Bot

PAYLOAD = b"x" * 200
PEOPLE = 85
OPS = 10_000


def spread(found: list[float]) -> str:
    """Median and 99th percentile, in ms."""
    found.sort()
    return (
        f"p50 {statistics.median(found):.0f} ms, p99 {found[int(len(found) * 0.99) - 1]:.0f} ms"
        f" (n = {len(found)})"
    )


async def filled(log: RedisLog, room: str, authors: int, each: int) -> float:
    """So many ops by so many authors at once, each with a few under way; the seconds it took."""
    meta = await log.create(room, 10**15, bytes(32))
    loop = asyncio.get_running_loop()
    left = authors * each
    over: asyncio.Future[None] = loop.create_future()
    sent = [0] * authors

    def more(author: int) -> None:
        if sent[author] < each:
            sent[author] += 1
            n = sent[author]
            log.submit(
                room, meta.epoch, f"m{author}:tab", n, n - 1, PAYLOAD,
                lambda answer: done(author, answer),
            )  # fmt: skip

    def done(author: int, answer: object) -> None:
        nonlocal left
        assert isinstance(answer, Appended), answer
        left -= 1
        if left == 0:
            over.set_result(None)
        more(author)

    begun = time.perf_counter()
    for _ in range(4):
        for author in range(authors):
            more(author)
    await over
    return time.perf_counter() - begun


async def appends() -> None:
    """How many a second, and how long Redis works at each."""
    redis = RedisServer("--appendonly", "yes").start()
    log = RedisLog(redis.url)
    await log.open()
    store: Any = redis.client()
    await filled(log, "warm", PEOPLE, 20)
    paces, works = [], []
    for turn in range(5):
        store.config_resetstat()
        paces.append(PEOPLE * 118 / await filled(log, f"room{turn}", PEOPLE, 118))
        works.append(store.info("commandstats")["cmdstat_evalsha"]["usec_per_call"])
    await log.close()
    redis.remove()
    print(f"appends a second, one server process: {sorted(map(round, paces))}")
    print(f"Redis time an append, us: {sorted(works)}")


async def memory() -> None:
    """All keys of a room of 5,000 ops of 200 bytes, with a snapshot and without."""
    redis = RedisServer().start()
    log = RedisLog(redis.url)
    await log.open()
    store: Any = redis.client()
    await filled(log, "room", 20, 250)
    size = sum(store.memory_usage(key, samples=0) for key in store.keys("*{r:room}*"))
    print(f"memory of 5,000 ops without a snapshot: {size / 1e6:.2f} MB")
    meta = await log.meta("room")
    assert meta is not None
    await log.save_snapshot("room", meta.epoch, meta.top, meta.tag, b"x" * 200_000, 0)
    size = sum(store.memory_usage(key, samples=0) for key in store.keys("*{r:room}*"))
    print(f"with a snapshot of 200 KB and the 1,000 ops before it: {size / 1e6:.2f} MB")
    await log.close()
    redis.remove()


class Crowd:
    """People in one room, half of them at each of the first two servers."""

    def __init__(self, servers: Many, count: int) -> None:
        self.made = servers.make()
        first, second = servers.servers[:2]
        self.host = Bot(first.ws(self.made.room), self.made.host, name="Host")
        self.bots = [
            Bot((first, second)[i % 2].ws(self.made.room), self.made.join, name=f"P{i}")
            for i in range(count)
        ]

    async def __aenter__(self) -> Crowd:
        for bot in (self.host, *self.bots):
            await bot.__aenter__()
        for bot in (self.host, *self.bots):
            await bot.until(lambda bot: bot.tree)
        await self.host.act("room.open", {"kind": "canvas"})
        for bot in self.bots:
            await bot.until(lambda bot: (bot.tree["meet"]["now"] or {}).get("kind") == "canvas")
        return self

    async def __aexit__(self, *_: object) -> None:
        for bot in (self.host, *self.bots):
            await bot.__aexit__()


async def reach() -> None:
    """From an op at one server until somebody at another one has it in their state."""
    with tempfile.TemporaryDirectory() as folder:
        async with many(Path(folder), 1) as servers, Crowd(servers, 20) as crowd:
            here, there = crowd.bots[0], crowd.bots[1]
            found = []
            for n in range(300):
                begun = time.perf_counter()
                here.act("canvas.mark", {"group": n, "ink": 1, "width": 1, "points": "AAA"})
                await there.until(lambda bot, n=n: len(bot.tree["room"]["marks"]) > n)
                found.append((time.perf_counter() - begun) * 1000)
                await asyncio.sleep(random.uniform(0.02, 0.12))
            print(f"op to another server, 20 people, about 12 ops a second: {spread(found)}")


async def resume() -> None:
    """85 people at two servers, one of which is killed: until each of its people is back."""
    with tempfile.TemporaryDirectory() as folder:
        env = {"JAM_LIMIT_MEMBERS": "120"}
        async with many(Path(folder), 1, env=env) as servers:
            made = servers.make()
            bots = [Bot(servers.ws(made.room), made.join, name=f"P{i}") for i in range(PEOPLE)]
            for bot in bots:
                await bot.__aenter__()
            for bot in bots:
                await bot.until(lambda bot: bot.tree)
            found: list[float] = []
            for which in range(3):
                gens = [bot.gen for bot in bots]
                begun = time.perf_counter()

                async def back(bot: Bot, gen: int, begun: float = begun) -> float:
                    await bot.until(lambda bot: bot.gen > gen and bot.online)
                    return (time.perf_counter() - begun) * 1000

                waits = [
                    asyncio.ensure_future(back(*pair)) for pair in zip(bots, gens, strict=True)
                ]
                port = servers.servers[which].port
                hit = [1 for target in servers.door.lines.values() if target == port]
                await servers.kill(which)
                while sum(wait.done() for wait in waits) < len(hit):  # noqa: ASYNC110 - of several
                    await asyncio.sleep(0.02)
                found += [wait.result() for wait in waits if wait.done()]
                for wait in waits:
                    wait.cancel()
                await asyncio.gather(*waits, return_exceptions=True)
            for bot in bots:
                await bot.__aexit__()
            print(f"resume after a kill, {PEOPLE} people: {spread(found)}")


async def ghosts() -> None:
    """From a kill until the others are shown that those people are not there."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        async with many(Path(folder), 1) as servers:
            for which in (1, 2, 1):
                made = servers.make()
                first, other = servers.servers[0], servers.servers[which]
                async with (
                    Bot(first.ws(made.room), made.host) as host,
                    Bot(other.ws(made.room), made.join) as ghost,
                ):
                    await host.until(lambda bot: bot.tree)
                    await ghost.until(lambda bot: bot.tree)
                    who = ghost.me["member"]
                    await asyncio.sleep(3)  # until Redis has it that they are there
                    await asyncio.to_thread(other.kill)
                    begun = time.perf_counter()
                    await ghost.__aexit__()
                    await host.until(
                        lambda bot, who=who: (
                            bot.tree.get("live", {}).get(who, {}).get("dim")
                            or not bot.tree["meet"]["people"][who]["here"]
                        )
                    )
                    found.append(time.perf_counter() - begun)
                    await asyncio.to_thread(other.start)
    print(f"ghosts, s: {', '.join(f'{s:.1f}' for s in sorted(found))}")


async def kills(count: int) -> None:
    """People draw without a pause while one server after the other is killed; the checks of
    tests/chaos hold every answer against the log and the state."""
    with tempfile.TemporaryDirectory() as folder:
        answered = 0
        async with many(Path(folder), 1) as servers:
            for turn in range(0, count, 5):
                jam = ManyJam(servers, "canvas", 8)
                async with jam.going():
                    for which in range(turn, min(turn + 5, count)):
                        await jam.acks(OPS // 100)
                        await servers.kill(which % 3)
                await jam.check()
                answered += jam.answered
        print(f"{answered} ops, {count} kills: none that was acknowledged is lost, none is double")


def conditions() -> str:
    load = os.getloadavg()[0]
    return f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, load now {load:.1f}"


PARTS: dict[str, Callable[[], Awaitable[None]]] = {
    "appends": appends, "memory": memory, "reach": reach, "resume": resume, "ghosts": ghosts,
    "nodes": nodes.nodes, "rooms": nodes.rooms, "peer": resumed.peer,
}  # fmt: skip


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=[*PARTS, "kills"])
    parser.add_argument("--kills", type=int, default=100)
    asked = parser.parse_args()
    for part in asked.parts:
        print(json.dumps({"part": part, "conditions": conditions()}), flush=True)
        await (kills(asked.kills) if part == "kills" else PARTS[part]())


if __name__ == "__main__":
    asyncio.run(main())
