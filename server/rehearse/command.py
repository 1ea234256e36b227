"""`jam rehearse LINK`: a copy of a room on a running server, and players in it."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from server.kit import Rng

from .bot import Bot
from .troupe import MOST, Troupe, copy_of

PATIENCE_S = 20
TITLE = 80


class CannotRehearse(Exception):
    """One sentence for who asked."""


class Rehearsal:
    """The copy of one room. `host_url` is its host's way in."""

    def __init__(self, link: str, many: int, seed: int) -> None:
        parts = urlsplit(link)
        room = parts.path.rpartition("/r/")[2]
        if parts.scheme not in ("http", "https") or not room or not parts.fragment.startswith("h."):
            raise CannotRehearse("That is not a host's link; it looks like https://…/r/…#h.…")
        if not 1 <= many <= MOST:
            raise CannotRehearse(f"A rehearsal has 1 to {MOST} players.")
        self.base = f"{parts.scheme}://{parts.netloc}"
        self.room, self.cap, self.many, self.seed = room, parts.fragment[2:], many, seed
        self.host_url = self.join_cap = ""

    def sockets(self, room: str) -> str:
        """The address of a room's sockets."""
        return f"ws{self.base.removeprefix('http')}/ws/{room}"

    async def copy(self) -> None:
        """Make the copy. Raises CannotRehearse."""
        meet = await self._meet()
        wish = copy_of(meet, f"Rehearsal: {meet['title']}"[:TITLE].strip())
        made = await asyncio.to_thread(self._made, wish)
        self.host_url, self.join_cap = made["host_url"], made["join_url"].partition("#j.")[2]
        self.room = made["room"]

    async def play(self, pace: int = 1) -> None:
        """Play until it is cancelled."""
        seed = b"%d" % self.seed
        await Troupe(self.sockets(self.room), self.join_cap, self.many, seed, pace).run()

    async def _meet(self) -> dict[str, Any]:
        """What the room is like, as its host sees it."""
        bot = Bot(self.sockets(self.room), self.cap, Rng(b"%d" % self.seed, 1))
        line = asyncio.create_task(bot.come())
        try:
            arrived = asyncio.create_task(bot.ready.wait())
            await asyncio.wait([line, arrived], timeout=PATIENCE_S, return_when="FIRST_COMPLETED")
            arrived.cancel()
        finally:
            await bot.leave()
            line.cancel()
            with suppress(asyncio.CancelledError):
                await line
        meet: dict[str, Any] | None = bot.player.tree.get("meet")
        if not meet or bot.player.role != "host":
            raise CannotRehearse("This link does not lead into a room as its host.")
        return meet

    def _made(self, wish: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        body = json.dumps(wish).encode()
        request = urllib.request.Request(f"{self.base}/api/rooms", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                found: dict[str, Any] = json.loads(answer.read())
        except (OSError, urllib.error.URLError) as no:
            raise CannotRehearse("The server has not made a copy of the room.") from no
        return found


def run(link: str, many: int, seed: int) -> None:
    """Play until Ctrl+C. Raises CannotRehearse."""

    async def rehearse() -> None:
        rehearsal = Rehearsal(link, many, seed)
        await rehearsal.copy()
        print(f"The rehearsal is open: {rehearsal.host_url}", flush=True)
        print(f"{many} players are on their way. Press Ctrl+C to end it.", flush=True)
        await rehearsal.play()

    asyncio.run(rehearse())
