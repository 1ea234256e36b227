"""People whose server dies and who do not come back: how long the others see them."""

from __future__ import annotations

import asyncio
import contextlib
import json

from redis.exceptions import RedisError

from tests.chaos.many import Many, ManyJam
from tests.server.bot import Bot


class Ghosts:
    """Two of them, at the first server."""

    def __init__(self, servers: Many, jam: ManyJam) -> None:
        self.servers, self.jam = servers, jam
        url = servers.servers[0].ws(jam.made.room)
        self.bots = [Bot(url, jam.made.join, name=f"Ghost{i}") for i in range(2)]
        self.died = 0
        self._watch: asyncio.Task[int] | None = None

    def time(self) -> int:
        seconds, micros = self.servers.store.time()
        return int(seconds) * 1000 + int(micros) // 1000

    async def die(self) -> None:
        """Their server is killed, and they are gone with it; it starts anew."""
        for bot in self.bots:
            await bot.__aenter__()
        for bot in self.bots:
            await bot.until(lambda bot: bot.tree)
        server = self.servers.servers[0]
        self.servers.door.left_out.add(server.port)
        await asyncio.to_thread(server.kill)
        self.died = self.time()
        for bot in self.bots:
            await bot.leave()
        self._watch = asyncio.ensure_future(self._seen())
        await asyncio.to_thread(server.start)
        self.servers.door.left_out.discard(server.port)

    async def gone(self) -> int:
        """Until all see that they are away; how much later that stands in the log, in ms."""
        assert self._watch is not None
        return await self._watch

    async def _seen(self) -> int:
        who = {bot.me["member"] for bot in self.bots}
        for member in who:
            await self.jam.host.until(
                lambda bot, member=member: (
                    not bot.tree["meet"]["people"].get(member, {"here": True})["here"]
                )
            )
        stream = f"jam:{{r:{self.jam.made.room}}}:l"
        while True:  # Redis may be away just now
            with contextlib.suppress(RedisError):
                entries = [dict(fields) for _, fields in self.servers.store.xrange(stream)]
                break
            await asyncio.sleep(0.1)
        found = {}
        for entry in entries:
            if b"sys.away" in entry[b"b"]:
                found[json.loads(entry[b"b"])["d"]["member"]] = int(entry[b"ts"])
        return max(found[member] for member in who) - self.died
