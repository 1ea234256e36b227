"""How much servers at one Redis carry: `python -m bench.many rooms` and `... nodes`.

`nodes`: so many rooms on one server, then as many on each of two, and then all of these with half
of the people of each room at either. What a server spends for its rooms says how many it carries.
`rooms`: 200 rooms of 20 people, who draw more and more, on one server and on two.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench import jam
from bench.jam import JamRoom
from bench.run import Bench
from bench.servers import Running as Measured
from tests.redis_server import RedisServer
from tests.server.running import Running, free_port

DISK = ("--appendonly", "yes", "--appendfsync", "everysec")
PEOPLE = 20
EACH = 0.2
ROOMS, MANY = 40, 200
RATES = (0.05, 0.1, 0.2, 0.4, 0.8)
AIM_MS, TRIES = 200.0, 2
SECONDS, WARM = 8.0, 2.0
Lines = list[list[str]]


class Load(NamedTuple):
    """What one server had to do, and how soon people saw it."""

    cpu: float
    p50: float
    p99: float
    ops: float
    frames: float


class Servers:
    """Some servers at one Redis, and a load client for each."""

    def __init__(self, redis: RedisServer, servers: list[Running], build: Path) -> None:
        assert redis.process is not None
        self.servers = servers
        self.redis = Measured(redis.process, 0)
        self.measured = [Measured(server.process, server.port) for server in servers]
        self.benches = []
        for i, _ in enumerate(servers):
            folder = build / str(i)
            folder.mkdir()
            shutil.copy(build / "load", folder / "load")
            self.benches.append(Bench(folder, 0, SECONDS, WARM, 1, 0, 0))

    def rooms(self, count: int, apart: bool = False) -> list[Lines]:
        """So many rooms dealt to the servers, or each with its people dealt to them; what the load
        client of each is to open."""
        found: list[Lines] = [[] for _ in self.servers]
        for number in range(count):
            room = JamRoom.make(self.servers[number % len(self.servers)].port)
            for person in range(PEOPLE):
                at = (person if apart else number) % len(self.servers)
                line = [room.path, "jam.v1", "1", "2", *room.opening(person)]
                found[at].append(line)
        return found

    def run(self, lines: list[Lines], rate: float) -> tuple[list[Load], float]:
        """What each did, and the CPU of Redis a second."""
        before = self.redis.cpu()

        def drive(at: int) -> Load:
            found = self.benches[at].drive(
                self.measured[at], lines[at], "run", JamRoom.logged("rooms"), rate=rate, ack=True,
                digits=jam.DIGITS, stamp=jam.STAMPS["@t"],
            )  # fmt: skip
            return Load(
                found["cpu"] / SECONDS, found["p50"], found["p99"],
                found["sent"] / SECONDS, found["frames"] / SECONDS,
            )  # fmt: skip

        with ThreadPoolExecutor(len(self.servers)) as pool:
            loads = list(pool.map(drive, range(len(self.servers))))
        return loads, (self.redis.cpu() - before) / (SECONDS + WARM)


@contextmanager
def servers(count: int, stored: bool = True) -> Iterator[Servers]:
    """Running; without a Redis where nothing is `stored` there."""
    with ExitStack() as stack:
        build = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jam-nodes-")))
        if not Bench(build, 0, SECONDS, WARM, 1, 0, 0).compile():
            raise SystemExit(1)
        redis = RedisServer(*DISK, port=free_port()).start()
        stack.callback(redis.remove)
        env = {"JAM_REDIS_URL": redis.url} if stored else {}
        env["JAM_LIMIT_ADDRESS_ROOMS"] = "1000"
        started = [Running(build / f"data{i}", env) for i in range(count)]
        for server in started:
            server.start()
            stack.callback(server.stop)
        yield Servers(redis, started, build)


def told(loads: list[Load], redis: float) -> str:
    """One line."""
    spent = " + ".join(f"{load.cpu:.3f}" for load in loads)
    p50, p99 = (max(getattr(load, name) for load in loads) for name in ("p50", "p99"))
    ops = sum(load.ops for load in loads)
    return (
        f"{ops:.0f} ops/s, {sum(load.frames for load in loads):.0f} frames/s, cores {spent}, Redis"
        f" {redis:.3f}, p50 {p50:.0f} ms, p99 {p99:.0f} ms"
    )


def _nodes(rooms: int, turns: int) -> None:
    alone, sides, splits = [], [], []
    for _ in range(turns):  # in turn, so that the drift of the machine touches all alike
        with servers(1) as one:
            loads, redis = one.run(one.rooms(rooms), EACH)
            alone.append(loads[0].cpu)
            print(f"1 server, {rooms} rooms: {told(loads, redis)}", flush=True)
        with servers(2) as two:
            loads, redis = two.run(two.rooms(2 * rooms), EACH)
            sides.append(statistics.mean(load.cpu for load in loads))
            print(f"2 servers, {rooms} rooms each: {told(loads, redis)}", flush=True)
        with servers(2) as two:
            loads, redis = two.run(two.rooms(2 * rooms, apart=True), EACH)
            splits.append(statistics.mean(load.cpu for load in loads))
            print(f"2 servers, {2 * rooms} rooms on both: {told(loads, redis)}", flush=True)
    base = statistics.median(alone)
    for name, found in (("each room at one of them", sides), ("each room at both", splits)):
        print(f"two carry {2 * base / statistics.median(found):.2f} times the rooms, {name}")


async def nodes() -> None:
    """Rooms at the same CPU of a server."""
    await asyncio.to_thread(_nodes, ROOMS, 3)


def _rooms(rooms: int) -> None:
    for count, stored in ((1, False), (1, True), (2, True)):
        place = f"{count} server{'s' * (count > 1)}, {'Redis' if stored else 'SQLite'}"
        for rate in RATES:
            best = AIM_MS
            for _ in range(TRIES):  # other work on the machine makes one late, not both
                with servers(count, stored) as found:
                    loads, redis = found.run(found.rooms(rooms), rate)
                best = max(load.p99 for load in loads)
                print(f"{rooms} rooms of {PEOPLE}, {place}: {told(loads, redis)}", flush=True)
                if best < AIM_MS:
                    break
            if best >= AIM_MS:
                break


async def rooms() -> None:
    """200 rooms of 20, until the slowest hundredth takes longer than 200 ms."""
    await asyncio.to_thread(_rooms, MANY)
