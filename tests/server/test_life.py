"""How long a room lives: the hub over a log in memory, with the wall clock in our hand."""

import asyncio
import json
from typing import Any

import pytest

from server.kit import Refusal
from server.log.memory import MemoryLog
from server.room import keys
from server.room.limits import Limits
from server.web import library
from server.web.guard import Addresses
from server.web.hosting import Hosted, NoRoom, Place
from server.web.hub import DAY_MS, LIFE_MS, TOUCH_MS, Hub
from server.web.line import Socket

pytestmark = pytest.mark.asyncio
MINUTE = 60_000


class Clock:
    """Wall and log time."""

    def __init__(self) -> None:
        self.ms = 1_800_000_000_000

    def __call__(self) -> int:
        return self.ms


class Deaf(Socket):
    """A socket that takes everything; `ended` is the code it was closed with."""

    def __init__(self) -> None:
        super().__init__()
        self.writable, self.ended, self.sent = True, 0, 0

    def send(self, frame: Any) -> bool:
        self.sent += 1
        return True

    def unsent(self) -> int:
        return 0

    def close(self, code: int, reason: str = "") -> None:
        if not self.ended:
            self.ended = code
            self.on_close(code)

    def abort(self) -> None:
        self.close(1006)


class World:
    """A hub, its store and its time."""

    def __init__(self, **limits: int) -> None:
        self.clock = Clock()
        self.log = MemoryLog()
        self.log.now = self.clock  # type: ignore[method-assign]
        kinds = library.kinds()
        cards, _ = library.cards(kinds)
        place = Place(
            self.log, kinds, cards, Limits(**limits), lambda lang, taken, wish: wish or "Jo"
        )
        self.hub = Hub(place, Addresses())
        self.hub._wall = self.clock  # type: ignore[method-assign]

    async def pass_(self, ms: int) -> None:
        """Time goes by, with a look every minute at first and every hour later."""
        end = self.clock.ms + ms
        while self.clock.ms < end:
            step = MINUTE if ms <= 2 * 60 * MINUTE else 60 * MINUTE
            self.clock.ms = min(end, self.clock.ms + step)
            for hosted in self.hub.rooms.values():
                hosted.settle()
            await self.hub.sweep()
            await self.still()

    async def still(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    async def enter(self, room: str, secret: str) -> Deaf:
        socket = Deaf()
        self.hub.attach(room, socket)
        cid = keys.key_id(secret + str(self.clock.ms))
        hello = json.dumps({"t": "hello", "v": 1, "cid": cid, "cap": secret})
        socket.on_message(hello.encode(), True)
        await self.still()
        assert socket.sent and not socket.ended
        return socket

    async def alive(self, room: str) -> bool:
        try:
            await self.hub.host(room)
        except NoRoom:
            return False
        return True


async def test_srv27_a_room_nobody_enters_lives_fourteen_days() -> None:
    world = World()
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    await world.pass_(LIFE_MS - 1)
    assert await world.log.meta(made.room)
    await world.pass_(1)
    assert not await world.alive(made.room)


async def test_srv27_fourteen_days_count_from_the_last_use() -> None:
    world = World()
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    await world.pass_(10 * DAY_MS)
    (await world.enter(made.room, made.join)).close(1001)
    left = world.clock.ms
    await world.pass_(LIFE_MS - 2 * 60 * MINUTE)
    assert await world.alive(made.room)
    await world.pass_(left + LIFE_MS + TOUCH_MS - world.clock.ms)
    assert not await world.alive(made.room)


@pytest.mark.parametrize("stay", [0, 30_000, 45 * MINUTE])
async def test_srv28_contents_go_a_day_after_the_last_person_left(stay: int) -> None:
    """Even when the visit was shorter than the time between two looks; links, title, plan stay."""
    world = World()
    await world.log.open()
    made = await world.hub.create("Ours", "pt", [])
    socket = await world.enter(made.room, made.host)
    if stay:
        await world.pass_(stay)
    socket.close(1001)
    hosted = await world.hub.host(made.room)
    assert hosted.node.fold.state["meet"]["people"]
    await world.pass_(DAY_MS - TOUCH_MS)
    hosted = await world.hub.host(made.room)
    epoch = hosted.epoch
    assert hosted.node.fold.state["meet"]["people"]
    await world.pass_(2 * TOUCH_MS)
    await world.pass_(60 * MINUTE)
    hosted = await world.hub.host(made.room)
    meet = hosted.node.fold.state["meet"]
    assert (meet["people"], meet["title"], meet["lang"]) == ({}, "Ours", "pt")
    assert hosted.epoch != epoch
    assert len(await world.log.keys(made.room)) == 2  # both links, and nobody's token
    await world.enter(made.room, made.join)


async def test_srv28_while_somebody_is_there_nothing_goes() -> None:
    world = World()
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    socket = await world.enter(made.room, made.join)
    await world.pass_(20 * DAY_MS)
    assert not socket.ended
    hosted = await world.hub.host(made.room)
    assert len(hosted.node.fold.state["meet"]["people"]) == 1


async def test_srv29_a_keepsake_waits_a_day_then_everybody_hears_that_it_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    monkeypatch.setattr(Hosted, "wall", lambda _: world.clock())
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    socket = await world.enter(made.room, made.host)
    socket.on_message(b'{"t":"op","n":1,"do":"room.end","d":{}}', True)
    await world.still()
    await world.pass_(DAY_MS - 60 * MINUTE)
    assert await world.alive(made.room) and not socket.ended
    await world.pass_(60 * MINUTE)
    assert not await world.alive(made.room)
    assert socket.ended == 4504


async def test_srv30_an_idle_room_leaves_memory_and_comes_back_the_same() -> None:
    world = World()
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    (await world.enter(made.room, made.join)).close(1001)
    before = (await world.hub.host(made.room)).node
    await world.pass_(10 * MINUTE)
    assert made.room not in world.hub.rooms
    after = (await world.hub.host(made.room)).node
    assert after is not before and after.fold.offset == before.fold.offset
    assert after.fold.state == before.fold.state


async def test_srv6_rooms_are_counted_where_they_are_kept() -> None:
    world = World(rooms=2)
    await world.log.open()
    for _ in range(2):
        await world.hub.create("x", "en", [])
    with pytest.raises(Refusal, match="full"):
        await world.hub.create("x", "en", [])
    await world.pass_(LIFE_MS)
    await world.hub.create("x", "en", [])


async def test_srv34_a_greeting_in_time_waits_for_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is slow to read makes nobody an impolite guest."""
    monkeypatch.setattr("server.web.guest.GREETING_S", 0.0)
    world = World()
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    read, meta = asyncio.Event(), world.log.meta

    async def slow(room: str) -> Any:
        await read.wait()
        return await meta(room)

    monkeypatch.setattr(world.log, "meta", slow)
    guest, gone, silent = Deaf(), Deaf(), Deaf()
    for socket in (guest, gone):
        world.hub.attach(made.room, socket)
        cid = keys.key_id(str(id(socket)))
        hello = json.dumps({"t": "hello", "v": 1, "cid": cid, "cap": made.join})
        socket.on_message(hello.encode(), True)
    world.hub.attach(made.room, silent)
    await world.still()
    gone.on_close(1001)
    read.set()
    await world.still()
    assert guest.sent and not guest.ended
    assert not gone.sent  # it left before the room was there
    assert silent.ended == 4500
    people = (await world.hub.host(made.room)).node.fold.state["meet"]["people"]
    assert len(people) == 1
