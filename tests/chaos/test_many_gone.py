"""What has gone stays gone: rooms that ended, were erased or are over; words that were to go."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from server.log.redis import RedisLog
from tests.chaos.many import Many, many
from tests.counts import count
from tests.server.bot import Bot
from tests.server.running import JAM, Made

LONG = os.environ.get("JAM_LONG") == "1"
pytestmark = [pytest.mark.asyncio, pytest.mark.timeout(900 if LONG else 120)]
WAYS = ("ended", "erased", "over", "kept")
WORD = b"Zanzibarkanari"


class Four:
    """Four rooms: three that will be gone, in three ways, and one that stays. In each, a host at
    the second server and Ana at the first."""

    def __init__(self, servers: Many) -> None:
        self.servers = servers
        self.made: dict[str, Made] = {way: servers.make() for way in WAYS}
        first, second = servers.servers[:2]
        self.hosts = {
            way: Bot(second.ws(made.room), made.host, name="Host")
            for way, made in self.made.items()
        }
        self.guests = {
            way: Bot(first.ws(made.room), made.join, name="Ana") for way, made in self.made.items()
        }

    @contextlib.asynccontextmanager
    async def met(self):  # type: ignore[no-untyped-def]
        """Everybody is in and sees the other."""
        async with contextlib.AsyncExitStack() as stack:
            everybody = [*self.hosts.values(), *self.guests.values()]
            for bot in everybody:
                await stack.enter_async_context(bot)
            for bot in everybody:
                await bot.until(lambda bot: len(bot.tree.get("meet", {}).get("people", {})) == 2)
            yield

    async def go(self) -> None:
        """Each in its way."""
        assert (await self.hosts["ended"].act("room.end"))[1] == "ok"
        second = self.servers.servers[1]
        token = {"Authorization": f"Bearer {self.hosts['erased'].token}"}
        path = f"/api/rooms/{self.made['erased'].room}"
        reply = await asyncio.to_thread(second.ask, "DELETE", path, None, token)
        assert reply.status == 204
        log = RedisLog(self.servers.redis.url)
        await log.open()
        assert await log.purge(self.made["over"].room)  # as a sweep does when its time is over
        await log.close()

    def back(self) -> list[str]:
        """Which of the three that are gone are there again."""
        found = [way for way in ("erased", "over") if "m" in self.kept(way)]
        store = self.servers.store
        if store.hget(f"jam:{{r:{self.made['ended'].room}}}:m", "state") == b"open":
            found.append("ended")
        return found

    def kept(self, way: str) -> list[str]:
        return self.servers.keys(self.made[way].room)

    async def let_go(self, way: str) -> bool:
        """Whether the first server has no such room any more."""
        path = f"/api/rooms/{self.made[way].room}"
        reply = await asyncio.to_thread(self.servers.servers[0].ask, "GET", path)
        return reply.status == 404


ROUNDS = [(still, lost) for still in (True, False) for lost in (True, False)]
"""Whether the first server stands still or is cut off, and whether Redis then loses everything."""


async def away(folder: Path, rounds: list[tuple[bool, bool]], args: tuple[str, ...] = JAM) -> None:
    """The first server misses what goes; whoever has it puts it back, or does not."""
    async with many(folder, 1, args) as servers:
        for still, lost in rounds:
            four = Four(servers)
            async with four.met():
                if still:
                    servers.freeze(0)
                else:
                    servers.way.hold()
                    servers.way.cut()
                for guest in four.guests.values():
                    guest.act("room.hand", {"up": True})  # for that server to do when it is back
                await four.go()
                count("faults")
                if lost:
                    count("faults")
                    servers.store.flushall()
                if still:
                    servers.thaw(0)
                else:
                    servers.way.flow()
                assert (await four.hosts["kept"].act("room.title", {"title": "on"}))[1] == "ok"
                await four.guests["kept"].until(lambda bot: bot.tree["meet"]["title"] == "on")
                for way in ("erased", "over"):
                    while not await four.let_go(way):
                        assert not four.back(), (still, lost)
                        await asyncio.sleep(0.1)
                await four.guests["ended"].until(
                    lambda bot: bot.closes or bot.tree["meet"]["ended"]
                )
                assert not four.back(), (still, lost)
                assert "m" in four.kept("kept")
        servers.calm()


async def test_many_22_what_is_gone_does_not_come_back(tmp_path: Path) -> None:
    """MANY-22: a server stood still, or was cut off, while rooms ended, were erased or were over;
    then Redis may lose everything. That server lets go of them, and puts none of them back."""
    await away(tmp_path, ROUNDS * 10 if LONG else ROUNDS[:1])


if LONG:

    async def test_many_24_servers_that_forget_what_is_gone_are_found_out(tmp_path: Path) -> None:
        """MANY-24: Redis alone knows it, and loses it."""
        with pytest.raises(AssertionError):
            await away(tmp_path, [(False, True)], ("-m", "tests.chaos.badnode", "forgetful"))


def holding(servers: Many) -> list[str]:
    """In which keys and files the word is."""
    found = []
    for key in servers.store.keys("*"):
        if WORD in (servers.store.dump(key) or b""):
            found.append(key.decode()[-1:])
    for path in servers.redis.folder.rglob("*"):
        if path.is_file() and WORD in path.read_bytes():
            found.append(path.name)
    return found


async def test_many_23_what_is_forgotten_is_in_no_key_and_no_file(tmp_path: Path) -> None:
    """MANY-23: a word that was taken back is nowhere after the show, not even within the bytes of
    the stream; nor in the file of Redis, once it is written anew. MANY-25: Redis was empty before,
    and who came just then, to a server without the room, got in all the same."""
    async with many(tmp_path, 1) as servers:
        made = servers.make()
        async with (
            Bot(servers.servers[0].ws(made.room), made.host, name="Host") as host,
            Bot(servers.servers[1].ws(made.room), made.join, name="Ana") as ana,
        ):
            await host.until(lambda bot: bot.tree)
            await ana.until(lambda bot: bot.tree)
            servers.store.flushall()
            async with Bot(servers.servers[2].ws(made.room), made.join, name="Bo") as bo:
                await bo.until(lambda bot: bot.tree)
            await host.act("room.open", {"kind": "checkin"})
            await ana.until(lambda bot: (bot.tree["meet"]["now"] or {}).get("kind") == "checkin")
            answer = await ana.act("checkin.choose", {"icon": "sun", "word": WORD.decode()})
            assert answer[1] == "ok"
            assert "l" in holding(servers)
            answer = await ana.act("checkin.choose", {"icon": "sun", "word": "else"})
            assert answer[1] == "ok"
            assert (await host.act("checkin.show"))[1] == "ok"
            await ana.until(lambda bot: bot.tree["room"].get("answers"))
            while any(len(name) == 1 for name in holding(servers)):  # noqa: ASYNC110 - in Redis
                await asyncio.sleep(0.05)
            servers.store.bgrewriteaof()
            while holding(servers):  # noqa: ASYNC110 - of another process
                await asyncio.sleep(0.1)
        servers.calm()
