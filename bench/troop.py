"""A troop: players on lines of their own, who do what their pages would offer them."""

from __future__ import annotations

import asyncio

from server.rehearse.player import Player
from tests.browser.crowd import PATIENCE, Bot

Troop = list[tuple[Bot, Player]]


async def acted(bot: Bot, player: Player) -> tuple[str, str] | None:
    """One thing that this player would do now, also in what their team plays: what, and what
    became of it; None where they only watch."""
    player.tree, player.me = bot.tree, bot.member
    move = player.move()
    if move is None:
        return None
    what, g, args = move
    if g == (bot.tree["meet"].get("now") or {}).get("g", 0):
        return what, await bot._do(what, args)
    answer: asyncio.Future[list[object]] = asyncio.get_running_loop().create_future()
    bot._n += 1
    bot._acks[bot._n] = answer
    bot._ops[bot._n] = {"t": "op", "n": bot._n, "do": what, "d": args, "g": g}
    await bot._say(bot._ops[bot._n])
    outcome = await asyncio.wait_for(answer, PATIENCE)
    return what, str(outcome[2] if len(outcome) > 2 else outcome[0])


async def moves(troop: Troop, over_s: float) -> int:
    """Everybody does one thing that they would do, spread over this time; how many were taken."""

    async def one(i: int, bot: Bot, player: Player) -> bool:
        await asyncio.sleep(over_s * i / len(troop))
        done = await acted(bot, player)
        return done is not None and done[1] == "ok"

    return sum(await asyncio.gather(*(one(i, *its) for i, its in enumerate(troop))))
