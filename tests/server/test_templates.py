"""PLAN8-PLAN9: every ready plan, and one made to measure, is played from its first block to its
last by players whom a player leads."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from server.kit import HOST, Rng
from server.rehearse.bot import Bot
from server.rehearse.troupe import Troupe
from server.web.library import cards, kinds
from tests.server.running import Made, Running

ENV = {"JAM_LIMIT_ADDRESS_ROOMS": "99"}
MANY = 7
PACE = 40
THINKS_S = 0.06
PATIENCE_S = 60
WISHES = {"measured": {"minutes": 60, "size": 9, "mood": "music", "turn": 1}}
KINDS = kinds()
PLANS = [*cards(KINDS)[0].plans, *WISHES]
FOLLOWED = frozenset({("steps", "welcome"), ("steps", "rain"), ("steps", "stretch")})
"""Steps in which all follow the host's clock, and nobody has anything to tap."""


def asks(step: dict[str, Any]) -> bool:
    """Whether members have something to do in this step."""
    kind, options = step["kind"], step["options"]
    if kind == "breath":
        return bool(options["form"] == "floor")
    return (kind, options.get("sequence")) not in FOLLOWED


class Evening:
    """A room, its players, and a host who leads them. `wrong` is what should not have been."""

    def __init__(self, server: Running, made: Made, seed: bytes) -> None:
        self.server, self.made, self.wrong = server, made, list[str]()
        self.troupe = Troupe(server.ws(made.room), made.join, MANY, seed, PACE)
        self.host = Bot(server.ws(made.room), made.host, Rng(seed + b"/host", 0), self.troupe.news)
        self.holds: set[str] = set()

    @property
    def meet(self) -> dict[str, Any]:
        found: dict[str, Any] = self.host.player.tree["meet"]
        return found

    async def until(self, true: Callable[[], Any], what: str) -> None:
        """Wait for news until something holds."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not true():
                    self.troupe.news.clear()
                    await self.troupe.news.wait()
        except TimeoutError:
            raise AssertionError(f"{what}: {self.done()} {self.host.did}") from None

    def done(self) -> Counter[str]:
        """What members did."""
        return sum((bot.did for bot in self.troupe.bots), Counter[str]())

    async def play(self) -> None:
        """From the first block to the last, and to the end."""
        coming = asyncio.create_task(self.host.come())
        await self.host.ready.wait()
        playing = asyncio.create_task(self.troupe.run())
        leading = asyncio.create_task(self._lead())
        try:
            await self.until(lambda: sum(bot.here for bot in self.troupe.bots) > 3, "nobody came")
            for i, step in enumerate(self.meet["plan"]):
                await self._block(i, step)
                if i == 1:
                    await self._lose_one()
            await self.until(self._one_view, "somebody sees another room than the host")
            leading.cancel()
            await self.host.do("room.end", {"erase": False})
            await asyncio.wait_for(playing, PATIENCE_S)  # who is left goes home by themselves
        finally:
            for task in (leading, playing, coming):
                task.cancel()
            await asyncio.gather(leading, playing, coming, return_exceptions=True)

    async def _lead(self) -> None:
        while True:
            await asyncio.sleep(THINKS_S)
            await self.host.act(self.holds)

    async def _block(self, i: int, step: dict[str, Any]) -> None:
        """On to step i: some members do something, the host leads, teams do what is theirs."""
        kind, inner = step["kind"], step["options"].get("inside") or ""
        before = [bot.did.copy() for bot in self.troupe.bots]
        led = self.host.did.copy()
        self.holds = {"groups.on"} if inner else set()
        await self.host.do("room.next", {}, None)
        await self.until(lambda: self.meet["at"] == i, f"step {i} does not open")

        def who(kind: str) -> int:
            now = [bot.did - was for bot, was in zip(self.troupe.bots, before, strict=True)]
            return sum(any(name.startswith(f"{kind}.") for name in did) for did in now)

        def hosted() -> bool:
            own = {f"{kind}.{n}" for n, action in KINDS[kind].actions.items() if action.by == HOST}
            return bool(own & set(self.host.did - led)) or (kind, step["card"]) in UNLED

        if asks(step):
            await self.until(lambda: who(kind) >= MANY // 2, f"{step['card']}: nothing is done")
        if inner:
            await self.until(lambda: who(inner) >= 2, f"{step['card']}: nothing in the teams")
        await self.until(hosted, f"{step['card']}: the host does nothing")

    async def _lose_one(self) -> None:
        """Somebody's line breaks: they come back, and go on."""
        lost = next(bot for bot in self.troupe.bots if bot.here and bot.done < 9)
        await lost.drop()
        await lost.do("room.hand", {"up": True})  # goes nowhere, and holds nothing up
        await self.until(lambda: not lost.here, "the line holds")
        await self.until(lambda: lost.here, "who was lost stays away")
        before, mine = lost.done, lost.player.tree["meet"]["people"][lost.player.me]
        await lost.do("room.hand", {"up": "hand" not in mine})
        await self.until(lambda: lost.done > before, "who was lost does nothing")

    def _one_view(self) -> bool:
        rooms = [bot.player.tree["room"] for bot in self.troupe.bots if bot.here]
        return len(rooms) > 3 and all(room == self.host.player.tree["room"] for room in rooms)


UNLED = frozenset({("prompt", "recap"), ("canvas", "allies"), ("canvas", "map")})
"""Steps in which a host does what everybody does."""


@pytest.fixture(scope="module")
def evenings(server: Running) -> dict[str, Evening]:
    """All plans, played at once: they wait for each other's pauses."""

    async def play() -> dict[str, Evening]:
        found = {}
        for name in PLANS:
            made = server.make(**({"wish": WISHES[name]} if name in WISHES else {"plan": name}))
            found[name] = Evening(server, made, name.encode())

        async def one(evening: Evening) -> None:
            try:
                await evening.play()
            except (AssertionError, TimeoutError) as wrong:
                evening.wrong.append(str(wrong) or repr(wrong))

        await asyncio.gather(*(one(evening) for evening in found.values()))
        return found

    return asyncio.run(play())


@pytest.mark.parametrize("plan", PLANS)
def test_plan8_players_play_it_from_the_first_block_to_the_last(
    evenings: dict[str, Evening], plan: str
) -> None:
    """PLAN8: in every block members do something and the host leads, whoever falls out comes back
    and goes on, nobody is stuck, little is refused, and there is something to take home."""
    evening = evenings[plan]
    assert not evening.wrong
    bots = [evening.host, *evening.troupe.bots]
    refused = [told for bot in bots for told in bot.refused]
    assert len(refused) * 5 <= sum(bot.done for bot in bots), Counter(refused)
    path = f"/api/rooms/{evening.made.room}/harvest.md?lang=fr"
    token = {"Authorization": f"Bearer {evening.host.token}"}
    page = evening.server.ask("GET", path, headers=token).body.decode()
    assert page.count("\n## ") >= 1, page


def test_plan9_no_kind_has_failed(server: Running, evenings: dict[str, Evening]) -> None:
    """PLAN9: whatever players and their host did, and whenever they came and went."""
    assert len(evenings) == len(PLANS)
    assert not [line for line in server.said if "fail" in line]
