"""Troupe: so many players in one room, who come late, pass, fall out of their line and leave as
people do. All chance comes from one seed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Final

from server.kit import Rng

from .bot import Bot

MOST: Final = 60
LATE, DROPS, LEAVES = 20, 10, 5
"""Per cent of people who come late, lose their line on the way and come back, leave early."""
SOON_S, LATE_S = 4, 90
THINKS_S = (2, 9)
"""How long somebody thinks before they do the next thing."""
AWAY_S = (3, 25)


class Troupe:
    """`run` plays until everybody has left, or it is cancelled. `pace` over 1 plays so many times
    as fast. `news` is set with whatever one of them hears."""

    def __init__(self, address: str, cap: str, many: int, seed: bytes = b"", pace: int = 1) -> None:
        self.pace, self.news = pace, asyncio.Event()
        self.rngs = [Rng(seed + b"/%d" % i, 0) for i in range(min(many, MOST))]
        self.bots = [Bot(address, cap, rng, self.news) for rng in self.rngs]

    async def run(self, alone_s: float = 0) -> None:
        """Everybody plays, each in their own time. With `alone_s` they go home once no host has
        been there for so long."""
        async with asyncio.TaskGroup() as group:
            pairs = zip(self.bots, self.rngs, strict=True)
            tasks = [group.create_task(self._live(bot, rng)) for bot, rng in pairs]
            if alone_s:
                await self._led(tasks, alone_s)

    async def _led(self, tasks: list[asyncio.Task[None]], alone_s: float) -> None:
        """Returns when all have gone, or have been sent home."""
        clock = asyncio.get_running_loop().time
        led = clock()
        while (await asyncio.wait(tasks, timeout=alone_s / 8))[1]:
            if any(bot.player.led for bot in self.bots if bot.here):
                led = clock()
            elif clock() - led >= alone_s:
                for task in tasks:
                    task.cancel()

    async def _live(self, bot: Bot, rng: Rng) -> None:
        late = rng.below(100) < LATE
        falls = rng.below(100) < DROPS
        leaves = rng.below(100) < LEAVES
        await self._sleep(rng, 0, LATE_S if late else SOON_S)
        line = asyncio.create_task(bot.come())
        moves = 0
        try:
            while True:
                await self._sleep(rng, *THINKS_S)
                moves += await bot.act()
                if leaves and moves > 12:
                    await bot.leave()
                    return
                if falls and moves % 8 == 7 and rng.below(2):
                    await bot.drop()
                    await asyncio.wait([line])
                    await self._sleep(rng, *AWAY_S)
                    moves += 1
                if bot.over:
                    return
                if line.done():
                    await self._sleep(rng, 1, 3)
                    line = asyncio.create_task(bot.come())
        finally:
            line.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await line

    async def _sleep(self, rng: Rng, least: int, most: int) -> None:
        ms = (least * 1000 + rng.below((most - least) * 1000 + 1)) // self.pace
        await asyncio.sleep(ms / 1000)


def copy_of(meet: dict[str, Any], title: str) -> dict[str, Any]:
    """What to ask for a room that is like this one and has nothing in it yet."""
    plan = [
        {"card": step["card"], "options": step["options"], "minutes": step["minutes"]}
        if step["card"]
        else {"kind": step["kind"], "options": step["options"], "minutes": step["minutes"]}
        for step in meet["plan"]
    ]
    wish: dict[str, Any] = {"title": title, "lang": meet["lang"], "plan": plan}
    return {**wish, "minutes": meet["minutes"]} if meet["minutes"] else wish
