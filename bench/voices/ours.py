"""The server that is measured: our worker."""

from __future__ import annotations

import asyncio
import cProfile
import sys
from typing import Any, Final

from bench.voices.desk import answer
from server.room.voices import Seat
from server.voice.port import Port
from server.voice.worker import Busy, Worker

MOST: Final = 500


class Ours:
    """`server.voice.worker`."""

    def __init__(self) -> None:
        self.port = Port("127.0.0.1")
        self.worker = Worker(self.port, [self.port.address], lambda *_: None)
        self.worker.arrange("room", 1, {f"guest{n}": Seat() for n in range(MOST)})
        self.members: list[str] = []

    async def offer(self, member: str, sdp: str) -> dict[str, Any]:
        try:
            told = self.worker.offer("room", member, sdp)
        except Busy as busy:
            return {"after_ms": busy.after_ms}
        self.members.append(member)
        return {"sdp": told}

    def tier(self, tier: str) -> None:
        for member in self.members:
            self.worker.choose("room", member, tier)

    def count(self) -> dict[str, Any]:
        return {
            "calls": self.worker.calls,
            "ticks": self.worker.ticks - self.worker.missed,
            "missed": self.worker.missed,
            "sent": self.port.burst.sent,
            "dropped": self.port.burst.dropped,
        }


async def main() -> None:
    """The process."""
    await answer(Ours())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--profile"]:
        cProfile.run("asyncio.run(main())", sys.argv[2])
    else:
        asyncio.run(main())
