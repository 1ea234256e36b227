"""What an append costs: CPU time of the whole process, loop and writer thread, for each op.

`python -m bench.append [runs]`: one author who waits for each answer, 85 who do so at once, and 50
rooms with 40 ops a second each for three seconds. `await` asks as `append`, with a task for each
op; `submit` as the hub does. `memory` runs the same on a log without a disk: what is left there is
the driver's own share and the rules'.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from server.log import Appended, Log, open_log

PEOPLE = 85
ROOMS = 50
RATE = 40
SECONDS = 3
PAYLOAD = b"x" * 200


class Ran(NamedTuple):
    """One run: how many ops, and the seconds of wall and CPU time that they took."""

    ops: int
    wall: float
    cpu: float


def ask(log: Log, room: str, epoch: str, author: str, n: int, way: str) -> Awaitable[object]:
    """One op on its way."""
    if way != "submit":
        return asyncio.ensure_future(log.append(room, epoch, author, n, n - 1, PAYLOAD))
    future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    log.submit(room, epoch, author, n, n - 1, PAYLOAD, future.set_result)
    return future


async def speak(log: Log, epoch: str, author: str, ops: int, way: str) -> None:
    for n in range(2, ops + 2):
        answer = await ask(log, "room0", epoch, author, n, way)
        assert isinstance(answer, Appended), answer


async def alone(log: Log, epochs: list[str], way: str) -> int:
    await speak(log, epochs[0], "m0:tab", 400, way)
    return 400


async def at_once(log: Log, epochs: list[str], way: str) -> int:
    await asyncio.gather(*(speak(log, epochs[0], f"m{i}:tab", 60, way) for i in range(PEOPLE)))
    return PEOPLE * 60


async def paced(log: Log, epochs: list[str], way: str) -> int:
    """Ops come one by one, evenly, from 20 people in each room; nobody waits for an answer."""
    loop = asyncio.get_running_loop()
    total = ROOMS * RATE * SECONDS
    left = total
    whole = loop.create_future()

    def done(answer: object) -> None:
        nonlocal left
        assert isinstance(answer, Appended), answer
        left -= 1
        if left == 0:
            whole.set_result(None)

    begin = loop.time()
    for i in range(total):
        turn, room = divmod(i, ROOMS)
        author, n = f"m{turn % 20}:tab", turn // 20 + 2
        if way == "submit":
            log.submit(f"room{room}", epochs[room], author, n, n - 1, PAYLOAD, done)
        else:
            work = log.append(f"room{room}", epochs[room], author, n, n - 1, PAYLOAD)
            asyncio.ensure_future(work).add_done_callback(lambda task: done(task.result()))
        ahead = begin + (i + 1) / (ROOMS * RATE) - loop.time()
        if ahead > 0:
            await asyncio.sleep(ahead)
    await whole
    return total


LOADS = (alone, at_once, paced)


async def measure(
    load: Callable[[Log, list[str], str], Awaitable[int]], way: str, folder: Path | None
) -> Ran:
    log = open_log(folder)
    await log.open()
    epochs = [(await log.create(f"room{i}", 10**15, bytes(32))).epoch for i in range(ROOMS)]
    people = [(i, j) for i in range(ROOMS) for j in range(20 if i else PEOPLE)]
    await asyncio.gather(  # everybody has said something before
        *(log.append(f"room{i}", epochs[i], f"m{j}:tab", 1, 0, b"") for i, j in people)
    )
    wall, cpu = time.perf_counter(), time.process_time()
    ops = await load(log, epochs, "submit" if way == "submit" else "await")
    ran = Ran(ops, time.perf_counter() - wall, time.process_time() - cpu)
    await log.close()
    return ran


def main(runs: int) -> None:
    print(f"{'load':10}{'way':10}{'us CPU/op':>10}{'ops/s':>10}   (median of {runs})")
    for load in LOADS:
        for way in ("await", "submit", "memory"):
            found = []
            for _ in range(runs):
                with tempfile.TemporaryDirectory() as folder:
                    place = None if way == "memory" else Path(folder)
                    found.append(asyncio.run(measure(load, way, place)))
            cost = statistics.median(ran.cpu / ran.ops * 1e6 for ran in found)
            pace = statistics.median(ran.ops / ran.wall for ran in found)
            print(f"{load.__name__:10}{way:10}{cost:10.0f}{pace:10.0f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
