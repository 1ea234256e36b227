"""Run as a process of its own: writes to a log and prints what was acknowledged, until killed.

python -m tests.log.appender FOLDER ROOM RUN
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from server.log import Appended, Log, open_log


async def write(log: Log, room: str, epoch: str, author: str) -> None:
    n = 0
    while True:
        n += 1
        word = f"{author} {n}".encode()
        answer = await log.append(room, epoch, author, n, n - 1, word)
        assert isinstance(answer, Appended), answer
        sys.stdout.write(f"{author} {n} {answer.offset}\n")
        sys.stdout.flush()
        if n % 40 == 0:  # snapshots go on under it
            await log.save_snapshot(room, epoch, answer.offset, answer.tag, b"s" * 5000, 0)


async def main(folder: str, room: str, run: str) -> None:
    log = open_log(Path(folder))
    await log.open()
    meta = await log.meta(room) or await log.create(room, 10**15, bytes(32))
    async with asyncio.TaskGroup() as tasks:
        for tab in range(4):
            tasks.create_task(write(log, room, meta.epoch, f"m{tab}:{run}"))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
