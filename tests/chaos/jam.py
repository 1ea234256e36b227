"""People who draw and give hearts without a pause, and what must be true when they stop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

from tests.chaos.history import Broken, History, Witness, read
from tests.counts import count
from tests.server.running import Made, Running

DOT = "AAA"
WINDOW = 4
FULL = 5_000
"""Marks that a paper takes."""
ENV = {"JAM_LIMIT_BEAT_MS": "1000", "JAM_LIMIT_OPS_RATE": "30", "JAM_LIMIT_AWAY_MS": "4000"}


class Missing(Broken):
    """What somebody was told is not there, or not yet."""


class Jam:
    """One room with its people. `kind` is what they do: canvas marks or hearts for a song."""

    def __init__(self, server: Running, kind: str, people: int, port: Callable[[int], int]) -> None:
        self.server, self.kind = server, kind
        self.made: Made = server.make()
        self.history = History()
        room = self.made.room
        self.host = Witness(self.history, server.ws(room), self.made.host, name="Host")
        self.bots = [
            Witness(
                self.history, server.ws(room, port(i)), self.made.join, name=f"P{i}", z=i % 2 == 1
            )
            for i in range(people)
        ]
        self.stopping = False
        self.done: dict[str, int] = {}
        self._work: list[asyncio.Task[None]] = []

    async def _draw(self, bot: Witness) -> None:
        """One op after the other, a few under way at a time."""
        await bot.until(lambda bot: bot.tree)
        count = 0
        under_way: set[asyncio.Future[list[Any]]] = set()
        while not self.stopping:
            if self.kind == "canvas":
                mark = {"group": count, "ink": count % 12, "width": 1, "points": DOT}
                under_way.add(bot.act("canvas.mark", mark))
            else:
                under_way.add(bot.act("prompt.heart", {"i": 0, "on": count % 2 == 0}))
            count += 1
            if len(under_way) >= WINDOW:
                _, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        if under_way:
            await asyncio.wait(under_way)
        self.done[bot.me["member"]] = count

    @contextlib.asynccontextmanager
    async def going(self) -> AsyncIterator[Jam]:
        """Everybody is in and busy; at the end all is answered, equal and checked."""
        everybody = [self.host, *self.bots]
        for bot in everybody:
            await bot.__aenter__()
        try:
            await self.host.act("room.open", {"kind": self.kind})
            if self.kind == "prompt":
                await self.host.act("prompt.add", {"title": "Song", "who": ""})
            self._work = [asyncio.create_task(self._draw(bot)) for bot in self.bots]
            yield self
            self.stopping = True
            await asyncio.gather(*self._work)
            await self.same()
        finally:
            for task in self._work:
                task.cancel()
            await asyncio.gather(*self._work, return_exceptions=True)
            for bot in everybody:
                await bot.leave()

    async def acks(self, count: int) -> None:
        """Until that many more ops have been answered, whatever happens meanwhile."""
        goal = self.answered + count
        while self.answered < goal:
            self.history.hold()
            for task in self._work:
                if task.done():
                    task.result()
            await asyncio.sleep(0.02)

    @property
    def answered(self) -> int:
        return sum(told.answer is not None for told in self.history.told.values())

    async def same(self) -> None:
        """Everybody comes to the same place and the same state, and it holds all that was done."""
        await self.host.act("room.title", {"title": "over"})
        everybody = [self.host, *self.bots]
        for bot in everybody:
            await bot.until(lambda bot: bot.tree["meet"]["title"] == "over" and bot.online)
        while len({bot.pos for bot in everybody}) > 1:  # noqa: ASYNC110 - of several clients
            await asyncio.sleep(0.05)
        for bot in everybody:
            for root in ("meet", "room"):
                if bot.tree[root] != self.host.tree[root]:
                    raise Broken(f"{bot.hello['name']} ended with another {root}")
        if self.kind == "canvas":
            self._marks()
        else:
            self._hearts()

    def _marks(self) -> None:
        found: dict[str, list[int]] = {}
        full = len(self.host.tree["room"]["marks"]) >= FULL
        for mark in self.host.tree["room"]["marks"]:
            found.setdefault(mark[0], []).append(mark[1])
        for bot in self.bots:
            mine = [told for told in self.history.told.values() if told.bot is bot]
            made = {told.op.frame["d"]["group"]: told for told in mine}
            drawn = found.get(bot.me["member"], [])
            if drawn != sorted(set(drawn)):
                raise Broken("a mark is there twice, or in another order")
            for group, told in made.items():
                answer = told.answer or []
                if full and told.op.sent > 1:
                    continue  # an answer that is repeated may know the place alone
                # once the paper is full, a mark is refused in its place; "settled" says nothing
                known = answer[1] == "ok" if len(answer) > 1 else group in drawn
                if (group in drawn) != known:
                    told_at = f"{answer[1:]} at {told.at:.1f}, said {told.op.sent} times"
                    raise Missing(f"mark {group} was answered {told_at}: {group in drawn}")
            if len(drawn) != len(made) and not full:
                raise Missing(f"{len(made)} marks were made, {len(drawn)} are there")

    def _hearts(self) -> None:
        given = 0
        for bot in self.bots:
            hearts = bot.tree["own"].get(bot.me["member"], {}).get("hearts", {})
            if ("0" in hearts) != (self.done[bot.me["member"]] % 2 == 1):
                raise Missing("a heart is not as its giver left it")
            given += "0" in hearts
        if self.host.tree["room"]["hearts"] != [given]:
            raise Missing(f"{self.host.tree['room']['hearts']} hearts, {given} were given")

    def counted(self) -> None:
        """What has been held against the log, for the table of the hunts."""
        count("people", 1 + len(self.bots))
        count("ops answered", self.answered)

    async def check(self) -> None:
        """The answers against the log on disk; the server must have stopped."""
        entries, floor = await read(self.server.data, self.made.room)
        self.counted()
        self.history.check(entries, floor)
