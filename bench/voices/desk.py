"""A server of voices in a process of its own, told what to do by lines.

{"do": "offer", "member": M, "sdp": T, "thin": bool} -> {"sdp": T} or {"after_ms": n}
{"do": "tier", "tier": "thin" | "normal"}            -> {}
{"do": "count"}                                      -> {"cpu", "wall", "ticks", "missed", "rss"}
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from typing import Any, Protocol


class Answers(Protocol):
    """A server of voices, as the bench sees it."""

    async def offer(self, member: str, sdp: str) -> dict[str, Any]: ...

    def tier(self, tier: str) -> None: ...

    def count(self) -> dict[str, Any]: ...


def cpu() -> float:
    """Seconds of this process, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def resident() -> float:
    """KiB of memory that are really there."""
    with open("/proc/self/statm") as info:
        return int(info.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024


async def answer(server: Answers) -> None:
    """Do as the lines say until there are no more."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        asked = json.loads(line)
        told: dict[str, Any] = {}
        if asked["do"] == "offer":
            told = await server.offer(asked["member"], asked["sdp"])
        elif asked["do"] == "tier":
            server.tier(asked["tier"])
        elif asked["do"] == "count":
            told = {"cpu": cpu(), "wall": time.monotonic(), "rss": resident(), **server.count()}
        print(json.dumps(told), flush=True)
