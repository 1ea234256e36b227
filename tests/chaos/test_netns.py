"""A server that Redis cannot be reached from, by a wire on which nothing comes and nothing says so.

The servers' hosts are network namespaces (netns.py), made and taken away by the test: it needs
root on Linux, and says aloud where it cannot be.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.chaos import netns
from tests.chaos.jam import ENV
from tests.chaos.many import DISK, Many, ManyJam
from tests.chaos.netns import Gate, Wire
from tests.chaos.relay import relayed
from tests.counts import count
from tests.redis_server import RedisServer
from tests.server.bot import Bot
from tests.server.running import JAM, Running

LONG = os.environ.get("JAM_LONG") == "1"
PORT = 6379
DEAF_S = 2.5
"""After two seconds in which nothing comes a server gives its line up."""
LEASE_S = 6.0
ROUNDS = 12
pytestmark = [pytest.mark.asyncio, pytest.mark.timeout(900 if LONG else 120)]


@contextlib.asynccontextmanager
async def apart(
    folder: Path, seed: int, args: tuple[str, ...] = JAM
) -> AsyncIterator[tuple[Many, Wire]]:
    """Three servers and a Redis; the first server and Redis have a host of their own each. The
    others reach Redis past the wire, through its socket in the file system."""
    with contextlib.ExitStack() as stack:
        wire = stack.enter_context(netns.wired())
        # What the system has to say of lines that Redis closed, it says once more and never again.
        wire.there.set("net.ipv4.tcp_orphan_retries", 1)
        listen = ("--bind", wire.there.address, "--port", str(PORT), "--protected-mode", "no")
        redis = RedisServer(*DISK, *listen, before=wire.there.before)
        stack.callback(redis.remove)
        redis.start()
        started = []
        for i in range(3):
            url = redis.url if i else f"redis://{wire.there.address}:{PORT}"
            before = () if i else wire.here.before
            env = {**ENV, "JAM_REDIS_URL": url}
            started.append(Running(folder / f"data{i}", env, args, before))
        stack.enter_context(Gate(wire.here.space, started[0].port))
        try:
            await asyncio.gather(*(asyncio.to_thread(server.start) for server in started))
            async with relayed([server.port for server in started], seed) as door:
                yield Many(redis, started, door, door), wire
                for server in started:
                    server.signal(15)
                await asyncio.gather(*(asyncio.to_thread(server.stop) for server in started))
        finally:
            for server in started:
                if hasattr(server, "process") and server.process.poll() is None:
                    server.kill()


class Lines:
    """What Redis knows of lines that come over the wire."""

    def __init__(self, servers: Many, wire: Wire) -> None:
        self._servers, self._from = servers, wire.here.address + ":"

    def all(self, sort: str = "") -> set[int]:
        """Their numbers; of that sort (`normal`, `pubsub`), or of both."""
        told = self._servers.store.client_list(**({"_type": sort} if sort else {}))
        return {int(line["id"]) for line in told if line["addr"].startswith(self._from)}

    def close(self) -> None:
        """Redis ends each, and what it says of it is lost: the other side holds half a line."""
        for number in self.all():
            self._servers.store.client_kill_filter(_id=str(number))

    async def anew(self, before: set[int], half: bool) -> None:
        """Until it listens to another line than before; where half lines were left, until all of
        its lines are new. (Else one that nobody spoke on meanwhile is as good as ever.)"""
        while not (self.all("pubsub") - before):  # noqa: ASYNC110 - in Redis
            await asyncio.sleep(0.05)
        while half and (self.all() & before or not self.all("normal")):  # noqa: ASYNC110 - there
            await asyncio.sleep(0.05)


async def met(jam: ManyJam) -> None:
    """What is not kept goes through again, from any server to any other: everybody is seen to be
    there by everybody, and so are their cursors."""
    everybody = [jam.host, *jam.bots]
    who = {bot.me["member"] for bot in everybody}

    def seen(bot: Bot) -> bool:
        live, people = bot.tree.get("live", {}), bot.tree["meet"]["people"]
        return all("cursor" in live.get(one, {}) and people[one]["here"] for one in who)

    while not all(seen(bot) for bot in everybody):
        for bot in everybody:  # a hand that moves; whose line is being made anew, says nothing
            await bot.say({"t": "eph", "key": "cursor", "d": {"x": 1000, "y": 7}})
        await asyncio.sleep(0.2)


async def partition(
    servers: Many, wire: Wire, jam: ManyJam, lose: Callable[[], None], seconds: float, half: bool
) -> None:
    """The first server and Redis do not reach each other for so long."""
    count("partitions")
    lines = Lines(servers, wire)
    before = lines.all()
    said = len(servers.servers[0].said)
    lose()
    await asyncio.sleep(0.2)
    if half:
        lines.close()
    await asyncio.sleep(seconds)
    await jam.acks(20)  # of whoever is at the others
    while not any("Redis" in line for line in servers.servers[0].said[said:]):  # noqa: ASYNC110
        await asyncio.sleep(0.05)  # it notices by itself
    wire.heal()
    await lines.anew(before, half)


async def well(server: Running) -> None:
    """Until that server has Redis back, and has heard its own probe again: only who was sure of a
    line says that it is cut."""
    words = ("Redis does not answer", "Redis is back")
    while True:
        told = [line for line in server.said if any(word in line for word in words)]
        if not told or words[1] in told[-1]:
            break
        await asyncio.sleep(0.05)
    await asyncio.sleep(1.5)


def able() -> None:
    """Skip, and say why, where there can be no namespaces."""
    if why := netns.missing():
        pytest.skip(f"no partition with network namespaces: {why}")


@pytest.mark.parametrize("seed", [random.SystemRandom().randrange(10**6)] if LONG else [4711])
async def test_many_27_a_server_that_redis_cannot_be_reached_from(
    tmp_path: Path, seed: int
) -> None:
    """MANY-27: what is sent either way, or both, is lost without a word, or the wire is pulled out;
    and Redis may have closed its lines meanwhile."""
    able()
    rng = random.Random(seed)
    print(f"seed {seed}")
    async with apart(tmp_path, seed) as (servers, wire):
        jam = ManyJam(servers, "canvas", 5)
        async with jam.going():
            await jam.acks(20)
            assert servers.servers[0].port in servers.door.lines.values(), "nobody is there"
            ways: list[Callable[[], None]] = [
                wire.lose, lambda: wire.lose(wire.here), lambda: wire.lose(wire.there), wire.pull,
            ]  # fmt: skip
            for turn in range(ROUNDS if LONG else 1):
                if turn:
                    await well(servers.servers[0])
                seconds = rng.choice((DEAF_S, LEASE_S, 2 * LEASE_S)) if LONG else 0.5
                await partition(servers, wire, jam, ways[turn % 4], seconds, half=turn % 8 < 4)
                await jam.acks(30)
                await met(jam)
        await jam.check()
        servers.calm()


if LONG:

    async def test_many_24_who_waits_on_half_a_line_is_found_out(tmp_path: Path) -> None:
        """MANY-24: nothing comes on it any more, and nobody looks."""
        able()
        bad = ("-m", "tests.chaos.badnode", "patient")
        with pytest.raises(TimeoutError):
            async with apart(tmp_path, 4711, bad) as (servers, wire):
                jam = ManyJam(servers, "canvas", 5)
                async with asyncio.timeout(25), jam.going():
                    await jam.acks(20)
                    await partition(servers, wire, jam, wire.lose, 0.5, half=True)
