"""How soon a store that was killed while it wrote is open again, with all of its rooms read.

`python -m bench.reopen [runs]`: 50 rooms of 500 ops each. A process writes them as people would,
all at once, and is killed with signal 9 while it goes on. Then a new process opens the folder and
reads every room to its end; its time counts from before the interpreter starts. The journal that
it finds is as long as the kill left it. Whatever was acknowledged has to be there.

`python -m bench.reopen whole [runs]`: the same for the whole server. The rooms hold real people
and strokes, the new process is `jam serve`, and the time runs until a client was welcomed in
each of the 50 rooms and has its whole state.
"""

import asyncio
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from websockets.asyncio.client import connect

from server.log import Appended, ReadResult, open_log

ROOT = Path(__file__).resolve().parent.parent
ROOMS = 50
OPS = 500
PEOPLE = 20
PAYLOAD = b"x" * 200
EXTRA = 500
"""Acknowledged ops beyond the 500 of each room before the kill comes."""
TARGET = 2.0


class Reopened(NamedTuple):
    """One run: seconds of wall and CPU time, the same for the log alone, and what was found."""

    wall: float
    cpu: float
    inner: float
    ops: int


def name(index: int) -> str:
    return f"room{index:06d}"


async def write(folder: Path) -> None:
    """Fill every room, say so, and go on until killed; each op is told after its answer."""
    log = open_log(folder)
    await log.open()
    tell = sys.stdout.buffer

    async def person(room: str, epoch: str, member: int) -> None:
        n = 0
        while True:
            n += 1
            answer = await log.append(room, epoch, f"m{member}:tab", n, n - 1, PAYLOAD)
            assert isinstance(answer, Appended), answer
            tell.write(f"{room} {answer.offset}\n".encode())
            tell.flush()

    made = [await log.create(name(index), 10**15, bytes(32)) for index in range(ROOMS)]
    async with asyncio.TaskGroup() as tasks:
        for meta in made:
            for member in range(PEOPLE):
                tasks.create_task(person(meta.room, meta.epoch, member))


async def read(folder: Path) -> None:
    """Open the folder and read all rooms; print seconds and the top of each room."""
    started = time.perf_counter()
    log = open_log(folder)
    await log.open()
    tops = []
    for index in range(ROOMS):
        await log.load_snapshot(name(index))
        await log.keys(name(index))
        page = await log.read(name(index), 0, None, 100_000)
        assert isinstance(page, ReadResult)
        assert [entry.offset for entry in page.entries] == list(range(1, page.meta.top + 1))
        tops.append(page.meta.top)
    taken = time.perf_counter() - started
    print(taken, *tops, flush=True)
    os._exit(0)  # the way out is not part of what is measured


def kill_while_writing(folder: Path) -> dict[str, int]:
    """The highest acknowledged offset of each room."""
    command = [sys.executable, "-m", "bench.reopen", "write", str(folder)]
    tops: dict[str, int] = {}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        extra = 0
        while extra < EXTRA:
            room, offset = child.stdout.readline().decode().split()
            tops[room] = max(int(offset), tops.get(room, 0))
            extra += len(tops) == ROOMS and min(tops.values()) >= OPS
        child.kill()
        for line in child.stdout.read().splitlines(keepends=True):
            if line.endswith(b"\n"):
                room, offset = line.decode().split()
                tops[room] = max(int(offset), tops[room])
    return tops


def once() -> Reopened:
    """Write, kill, open, compare."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        acknowledged = kill_while_writing(folder)
        journal = (folder / "jam.db-wal").stat().st_size
        assert journal > 0, "the kill came between two writes: nothing to recover"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        command = [sys.executable, "-m", "bench.reopen", "read", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        wall = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        inner, *tops = done.stdout.decode().split()
        for index in range(ROOMS):
            assert int(tops[index]) >= acknowledged[name(index)], "an acknowledged op is gone"
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Reopened(wall, cpu, float(inner), sum(map(int, tops)))


def kill_while_filling(
    folder: Path, rooms: int = ROOMS, ops: int = OPS
) -> tuple[dict[str, str], dict[str, int]]:
    """The join secret of each room, and its highest acknowledged offset."""
    command = [sys.executable, "-m", "bench.whole", str(folder), str(rooms), str(PEOPLE)]
    joins: dict[str, str] = {}
    tops: dict[str, int] = {}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            room, told = line.split()
            if room in joins:
                tops[room] = int(told)
            else:
                joins[room] = told
            if len(tops) == rooms and min(tops.values()) >= ops:
                break
        child.kill()
    return joins, tops


async def welcomed(port: int, room: str, join: str) -> int:
    """Come into a room and read its whole state; the offset that it stands at."""
    url = f"ws://127.0.0.1:{port}/ws/{room}"
    async with connect(url, subprotocols=["jam.v1"], compression=None, proxy=None) as line:  # type: ignore[list-item]
        hello = {"t": "hello", "v": 1, "cid": room.encode().hex()[:20] + "0" * 12, "cap": join}
        await line.send(json.dumps(hello))
        while True:
            frame = json.loads(await line.recv())
            if frame["t"] == "snap" and frame["i"] == frame["k"] - 1:
                return int(frame["pos"].split(".")[1])


async def serve(folder: Path, joins: dict[str, str]) -> tuple[float, float, dict[str, int]]:
    """Seconds from the start of `jam serve` to listening and to the last welcome; the tops."""
    started = time.perf_counter()
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server.cli", "serve", "--port", "0", "--data", str(folder)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        said = (await server.stdout.readline()).decode()
        listening = time.perf_counter() - started
        port = int(said.rsplit(":", 1)[1])
        found = await asyncio.gather(*(welcomed(port, *pair) for pair in joins.items()))
        return listening, time.perf_counter() - started, dict(zip(joins, found, strict=True))
    finally:
        server.kill()
        await server.wait()


def once_whole() -> Reopened:
    """Fill, kill, serve, come in."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        joins, acknowledged = kill_while_filling(folder)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        listening, wall, tops = asyncio.run(serve(folder, joins))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        for room, top in acknowledged.items():
            assert tops[room] > top, "an acknowledged op is gone"
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Reopened(wall, cpu, listening, sum(acknowledged.values()))


def whole(runs: int) -> None:
    """Measure and print one row for the table of bench/README.md."""
    found = [once_whole() for _ in range(runs)]
    walls = sorted(run.wall for run in found)
    listening, cpu, ops = (statistics.median(run[at] for run in found) for at in (2, 1, 3))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {runs} runs")
    print("| kill -9 -> all rooms answer | median | best | worst | listening | CPU s | target |")
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {ROOMS} rooms, {int(ops)} ops | {statistics.median(walls):.3f} s | {walls[0]:.3f} s "
        f"| {walls[-1]:.3f} s | {listening:.3f} s | {cpu:.2f} | {TARGET} s |"
    )


def main(runs: int) -> None:
    """Measure and print one row for the table of bench/README.md."""
    found = [once() for _ in range(runs)]
    walls = sorted(run.wall for run in found)
    cpu = statistics.median(run.cpu for run in found)
    inner = statistics.median(run.inner for run in found)
    ops = int(statistics.median(run.ops for run in found))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {runs} runs")
    print("| kill -9 -> all rooms read | median | best | worst | log alone | CPU s | target |")
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {ROOMS} rooms, {ops} ops | {statistics.median(walls):.3f} s | {walls[0]:.3f} s "
        f"| {walls[-1]:.3f} s | {inner:.3f} s | {cpu:.2f} | {TARGET} s |"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", folder]:
            asyncio.run(write(Path(folder)))
        case ["read", folder]:
            asyncio.run(read(Path(folder)))
        case ["whole", *rest]:
            whole(int(rest[0]) if rest else 5)
        case rest:
            main(int(rest[0]) if rest else 5)
