"""Rooms as people make them, written as fast as the log takes it: for `bench.reopen whole`."""

import asyncio
import sys
from pathlib import Path

from server.log import Appended, Meta, open_log
from server.room import moment
from server.room.limits import Limits
from server.room.moment import Asked
from server.web import library
from server.web.guard import Addresses
from server.web.hub import Hub
from server.web.place import Place

STROKE = "AoGoG" + "UJ" * 60
"""A stroke of 62 points."""


async def fill(folder: Path, rooms: int, people: int) -> None:
    """Make rooms, say their join secrets, draw in all of them and say each answer, until killed."""
    log = open_log(folder)
    await log.open()
    kinds = library.kinds()
    cards, _ = library.cards(kinds)
    place = Place(log, kinds, cards, Limits(), lambda lang, taken, wish: wish)
    hub = Hub(place, Addresses())
    made = [await hub.create("", "en", []) for _ in range(rooms)]
    for one in made:
        print(one.room, one.join, flush=True)
    metas = [await log.meta(one.room) for one in made]

    async def write(meta: Meta, author: str, n: int, asked: Asked) -> None:
        p = None if author.startswith("sys:") else n - 1
        answer = await log.append(meta.room, meta.epoch, author, n, p, moment.encode(asked))
        assert isinstance(answer, Appended), answer
        print(meta.room, answer.offset, flush=True)

    async def draw(meta: Meta, member: str) -> None:
        n = 0
        while True:
            n += 1
            mark = {"group": n, "ink": n % 12, "width": 1, "shape": "free", "points": STROKE}
            await write(meta, f"{member}:tab", n, Asked("canvas.mark", member, 1, mark))

    async with asyncio.TaskGroup() as tasks:
        for meta in filter(None, metas):
            for index in range(people):
                told = {"member": f"m{index}", "name": f"M{index}", "role": "host"}
                await write(meta, f"sys:join:m{index}", 1, Asked("sys.join", d=told))
            opened = {"kind": "canvas", "options": {}, "card": None, "minutes": 0}
            opened["options"] = kinds["canvas"].clean_options({})
            await write(meta, "m0:first", 1, Asked("room.open", "m0", None, opened))
        for meta in filter(None, metas):
            for index in range(people):
                tasks.create_task(draw(meta, f"m{index}"))


if __name__ == "__main__":
    asyncio.run(fill(Path(sys.argv[1]), *map(int, sys.argv[2:])))
