"""Scenes: thirty people and a host, who play what a picture needs, over the wire."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from scripts.doodles import WHOLE, drawn, patch
from server.kit import Rng
from server.rehearse.bot import Bot
from server.rehearse.player import Player
from server.rehearse.texts import NAMES
from tests.browser.house import House, Room
from tests.browser.loop import Loop
from tests.browser.phone import Phone

FULL = 30
PATIENCE_S = 15.0
ME = "Mésange bleue"
"""Who holds the phone that is photographed."""


class Company:
    """A host and thirty people in one room, over the wire, who play as their kinds say."""

    def __init__(self, loop: Loop, house: House, room: Room) -> None:
        self._loop, self._lines = loop, list[asyncio.Task[None]]()
        address = f"ws://127.0.0.1:{house.port}/ws/{room.id}"
        self.host = Bot(address, room.host_secret[2:], Rng(b"look/host", 0))
        names = iter(NAMES)
        self.people = [
            Bot(address, room.join_secret[2:], Rng(b"look/%d" % i, 0)) for i in range(FULL)
        ]
        self.strokes: dict[int, int] = {}
        for bot in self.people:
            bot.player.name = next(names)
        self.host.player.name = "Awa"
        self._loop.run(self._come())

    async def _come(self) -> None:
        for bot in (self.host, *self.people):
            self._lines.append(asyncio.create_task(bot.come()))
            await asyncio.wait_for(bot.ready.wait(), PATIENCE_S)

    @property
    def now(self) -> dict[str, Any]:
        """What runs, as the host sees it."""
        found: dict[str, Any] = self.host.player.tree["meet"].get("now") or {}
        return found

    @property
    def room(self) -> dict[str, Any]:
        """The state of what runs."""
        found: dict[str, Any] = self.host.player.tree["room"]
        return found

    def open(self, what: dict[str, Any]) -> None:
        """Everybody comes to this card."""
        before = self.now.get("g")
        self.strokes = {}
        self._loop.run(self.host.do("room.open", what))
        self.until(lambda: self.now.get("g") != before, f"open {what}")

    def ask(self, what: str, **args: Any) -> None:
        """The host does something."""
        refused = len(self.host.refused)
        name = what if "." in what else f"{self.now['kind']}.{what}"
        g = None if name.startswith("room.") else self.now["g"]
        self._loop.run(self.host.do(name, args, g))
        self.until(lambda: not self.host._doing, f"{name} {args}")
        if len(self.host.refused) > refused:
            raise RuntimeError(f"{name} {args}: {self.host.refused[-1]}, {self.room.get('phase')}")

    def play(self, rounds: int) -> None:
        """Everybody has so many goes."""
        for _ in range(rounds):
            self._loop.run(self._round())

    async def _round(self) -> None:
        for i, bot in enumerate(self.people):
            move = bot.player.move() if bot.here else None
            if move:
                what, g, args = move
                await bot.do(what, self._nicely(i, what, args), g)
            await asyncio.sleep(0.004)
        for _ in range(100):
            if not any(bot._doing for bot in self.people):
                break
            await asyncio.sleep(0.03)

    def _nicely(self, i: int, what: str, args: dict[str, Any]) -> dict[str, Any]:
        """What people draw is something, even where they play by chance."""
        if what == "canvas.place":
            left, top, wide, high = patch(i)
            return {**args, "size": i % 2, "x": left + wide // 2, "y": top + high // 2}
        if "points" not in args:
            return args
        nth = self.strokes[i] = self.strokes.get(i, -1) + 1
        box = WHOLE
        if what == "canvas.mark":
            doors = self.room.get("doors")
            box = patch(i)
            if doors:
                columns = (1, 2, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4)[doors]
                door = self.room["place"].get(self.people[i].player.me, 0)
                left, top, wide, high = patch(door, columns, -(-doors // columns))
                box = (left + i % 3 * wide // 3, top + high // 4, wide // 3, high // 2)
        return {**args, "points": drawn(i, nth, box), "ink": (i * 5 + 1) % 11, "width": 1}

    def follow(self, steps: list[Any]) -> None:
        """One step after the other."""
        for step in steps:
            if isinstance(step, int):
                self.play(step)
            elif isinstance(step, float):
                time.sleep(step)
            elif isinstance(step, str):
                self.ask(step)
            elif isinstance(step, dict):
                self.ask(step["do"], **{k: v for k, v in step.items() if k != "do"})
            else:
                step(self)

    def until(self, true: Callable[[], Any], what: str) -> None:
        """Wait until it is so."""
        end = time.monotonic() + PATIENCE_S
        while not true():
            if time.monotonic() > end:
                raise RuntimeError(f"{what} did not happen; {self.host.refused[-1:]}")
            time.sleep(0.03)

    def go(self) -> None:
        """Everybody goes."""

        async def end() -> None:
            for line in self._lines:
                line.cancel()
            await asyncio.gather(*self._lines, return_exceptions=True)

        self._loop.run(end())


ACT = """async ([at, what, args, g]) => {
  const { current } = await import(at);
  current().store.act(what, args, undefined, g);
}"""


def lonely(phone: Phone, opens: dict[str, Any], steps: list[Any]) -> None:
    """A host whom nobody has joined opens a card and goes as far as one can by oneself."""
    before = phone.state("meet", "now", "g")
    session = phone.module("screens/session.js")
    phone.page.evaluate(ACT, [session, "room.open", opens, None])
    while phone.state("meet", "now", "g") == before:
        phone.page.wait_for_timeout(50)
    kind, g = phone.state("meet", "now", "kind"), phone.state("meet", "now", "g")
    for step in steps:
        what = {"do": step} if isinstance(step, str) else step
        if isinstance(what, dict):
            args = {key: value for key, value in what.items() if key != "do"}
            phone.page.evaluate(ACT, [session, f"{kind}.{what['do']}", args, g])
            phone.page.wait_for_timeout(150)


def alone(phone: Phone, company: Company, rounds: int = 4) -> None:
    """The person before this page plays, as the first and only one."""
    player = Player(Rng(b"look/me", 0))
    player.script = 1
    for _ in range(rounds):
        player.tree = phone.state()
        me = next((m for m, who in player.tree["meet"]["people"].items() if who["name"] == ME), "")
        player.me, player.now = me, company.host.player.now
        move = player.move()
        if not move:
            continue
        what, g, args = move
        args = company._nicely(2, what, args)
        phone.page.evaluate(ACT, [phone.module("screens/session.js"), what, args, g])
        phone.page.wait_for_timeout(150)
