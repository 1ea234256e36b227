"""How long a room lives: the hub over a log in memory, with the wall clock in our hand."""

import asyncio
import json
from typing import Any

import pytest

from server.kit import Refusal
from server.log.memory import MemoryLog
from server.room import keys
from server.room.life import AHEAD_MS, HOUR_MS, PAST_MS, dates, life, upcoming
from server.room.limits import Limits
from server.web import library
from server.web.guard import Addresses
from server.web.hosting import Hosted, NoRoom
from server.web.hub import DAY_MS, LIFE_MS, TOUCH_MS, Hub
from server.web.line import Socket
from server.web.place import Place

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
        self.hub.wall = self.clock  # type: ignore[method-assign]

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


NOW = 1_800_000_000_000
LONG = 90 * MINUTE


@pytest.mark.parametrize(
    ("meet", "room", "contents"),
    [
        ({}, 14 * DAY_MS, DAY_MS),  # a room of an older server
        ({"starts": [], "minutes": 90}, 14 * DAY_MS, DAY_MS),
        ({"kept": 15 * MINUTE}, 14 * DAY_MS, 15 * MINUTE),
        ({"kept": 7 * DAY_MS}, 14 * DAY_MS, 7 * DAY_MS),
        ({"starts": [NOW + DAY_MS], "minutes": 90}, 2 * DAY_MS + LONG, DAY_MS),
        ({"starts": [NOW + 60 * DAY_MS, NOW], "minutes": 90}, 61 * DAY_MS + LONG, DAY_MS),
        ({"starts": [NOW - LONG], "minutes": 90}, DAY_MS, DAY_MS),  # just over
        ({"starts": [NOW - 9 * DAY_MS], "minutes": 90}, DAY_MS, DAY_MS),  # never sooner than a day
        # between dates contents stay if the group was asked, and nobody said no
        *(
            ({"starts": [NOW + DAY_MS], "minutes": 90, "keep": keep}, 2 * DAY_MS + LONG, stay)
            for keep, stay in (
                (None, DAY_MS), ({"yes": 0, "no": 0}, DAY_MS), ({"yes": 5, "no": 1}, DAY_MS),
                ({"yes": 1, "no": 0}, 2 * DAY_MS + LONG),
            )
        ),
        ({"starts": [NOW], "minutes": 90, "keep": {"yes": 1, "no": 0}}, DAY_MS + LONG, DAY_MS),
        ({"keep": {"yes": 1, "no": 0}}, 14 * DAY_MS, DAY_MS),  # no date lies ahead
    ],
)  # fmt: skip
async def test_LIF1_one_function_says_how_long_a_room_lives(
    meet: dict[str, Any], room: int, contents: int
) -> None:
    assert life(meet, NOW) == (NOW + room, NOW + contents)


async def test_LIF2_dates_are_taken_at_their_limits_and_refused_beyond() -> None:
    first, last = NOW - PAST_MS, NOW + AHEAD_MS
    assert dates(None, None, NOW) == ([], 0) and dates(None, 5, NOW) == ([], 5)
    assert dates([last, first, last], 1440, NOW) == ([first, last], 1440)
    assert dates(NOW, None, NOW) == ([NOW], 90)
    assert len(dates([NOW + at for at in range(60)], 5, NOW)[0]) == 60
    for starts, minutes, code in (
        (first - 1, 90, "not_a_number"), (last + 1, 90, "not_a_number"),
        ([NOW, "x"], 90, "not_a_number"), (True, 90, "not_a_number"), ({}, 90, "not_a_number"),
        ([NOW + at for at in range(61)], 90, "not_a_list"), (float(NOW), 90, "not_a_number"),
        (NOW, 4, "not_a_number"), (NOW, 1441, "not_a_number"), (NOW, "90", "not_a_number"),
        (NOW, True, "not_a_number"), (None, 0, "not_a_number"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as no:
            dates(starts, minutes, NOW)
        assert no.value.code == code, (starts, minutes)


async def test_LIF3_the_next_date_counts_until_its_planned_end() -> None:
    meet = {"starts": [NOW, NOW + DAY_MS], "minutes": 90}
    assert upcoming(meet, NOW + LONG - 1) == NOW
    assert upcoming(meet, NOW + LONG) == NOW + DAY_MS
    assert upcoming(meet, NOW + DAY_MS + LONG) is None and upcoming({}, NOW) is None


async def test_LIF4_a_dated_room_lives_until_a_day_after_its_last_date() -> None:
    world = World()
    await world.log.open()
    last = world.clock.ms + 40 * DAY_MS
    made = await world.hub.create("x", "en", [], [world.clock.ms + DAY_MS, last], 90)
    await world.pass_(20 * DAY_MS)  # nobody came yet: longer than an undated one would stand
    (await world.enter(made.room, made.join)).close(1001)
    await world.pass_(last + LONG + DAY_MS - HOUR_MS - world.clock.ms)
    assert await world.alive(made.room)
    await world.pass_(HOUR_MS)
    assert not await world.alive(made.room)


async def meta_of(world: World, room: str) -> tuple[int, int]:
    """How long the store lets room and contents live from now on."""
    meta = await world.log.meta(room)
    assert meta is not None and meta.content_expires is not None
    return meta.expires - world.clock.ms, meta.content_expires - world.clock.ms


async def test_LIF5_a_life_is_set_anew_as_soon_as_what_it_depends_on_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    monkeypatch.setattr(Hosted, "wall", lambda _: world.clock())
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    socket = await world.enter(made.room, made.host)
    assert await meta_of(world, made.room) == (LIFE_MS, DAY_MS + TOUCH_MS)
    start = world.clock.ms + 3 * DAY_MS
    dated = {"starts": [start], "minutes": 90}
    steps: list[tuple[str, dict[str, Any], int, int]] = [
        ("room.kept", {"ms": 15 * MINUTE}, LIFE_MS, 16 * MINUTE),
        ("room.kept", {"ms": 7 * DAY_MS}, LIFE_MS, 7 * DAY_MS + TOUCH_MS),
        ("room.dates", dated, 10 * DAY_MS + LONG, 7 * DAY_MS + TOUCH_MS),
        ("room.kept", {"ms": DAY_MS}, 4 * DAY_MS + LONG, DAY_MS + TOUCH_MS),
        ("room.ask", {"on": True}, 4 * DAY_MS + LONG, DAY_MS + TOUCH_MS),
        ("room.agree", {"yes": True}, 4 * DAY_MS + LONG, 4 * DAY_MS + LONG + TOUCH_MS),
        ("room.agree", {"yes": False}, 4 * DAY_MS + LONG, DAY_MS + TOUCH_MS),
    ]
    for n, (do, d, room, contents) in enumerate(steps, 1):
        op = {"t": "op", "n": n, "do": do, "d": d}
        socket.on_message(json.dumps(op).encode(), True)
        await world.still()
        assert await meta_of(world, made.room) == (room, contents), do


async def test_LIF6_contents_that_may_stay_wait_for_the_next_date_and_what_is_planned_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    monkeypatch.setattr(Hosted, "wall", lambda _: world.clock())
    await world.log.open()
    start = world.clock.ms + 5 * DAY_MS
    for agreed in (True, False):
        made = await world.hub.create("Ours", "pt", [], [start, start + 7 * DAY_MS], 60)
        socket = await world.enter(made.room, made.host)
        for n, (do, d) in enumerate((("ask", {"on": True}), ("agree", {"yes": agreed})), 1):
            op = {"t": "op", "n": n, "do": f"room.{do}", "d": d}
            socket.on_message(json.dumps(op).encode(), True)
            await world.still()
        socket.close(1001)
        await world.pass_(3 * DAY_MS)
        hosted = await world.hub.host(made.room)
        meet = hosted.node.fold.state["meet"]
        assert bool(meet["people"]) is agreed
        assert (meet["starts"], meet["minutes"]) == ([start, start + 7 * DAY_MS], 60)
        start = world.clock.ms + 5 * DAY_MS


async def test_LIF7_short_lived_contents_go_when_it_was_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fifteen minutes are at most seventeen, however short the visit."""
    world = World()
    monkeypatch.setattr(Hosted, "wall", lambda _: world.clock())
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    socket = await world.enter(made.room, made.host)
    op = {"t": "op", "n": 1, "do": "room.kept", "d": {"ms": 15 * MINUTE}}
    socket.on_message(json.dumps(op).encode(), True)
    await world.pass_(7 * MINUTE)
    socket.close(1001)
    await world.pass_(14 * MINUTE)
    assert (await world.hub.host(made.room)).node.fold.state["meet"]["people"]
    await world.pass_(3 * MINUTE)
    assert not (await world.hub.host(made.room)).node.fold.state["meet"]["people"]


@pytest.mark.parametrize("turns", range(12))
async def test_LIF8_a_room_that_is_asked_for_while_it_is_swept_does_not_live_on(
    turns: int,
) -> None:
    """LIF8: at whatever moment of its sweeping somebody asks, memory forgets it with the store.

    A load that was under way used to put a purged room back; it went on answering until a restart.
    """
    world = World()
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    world.clock.ms += LIFE_MS
    for name in ("meta", "load_snapshot", "read", "keys", "sweep"):
        setattr(world.log, name, _slowly(getattr(world.log, name)))
    ask = asyncio.ensure_future(world.hub.host(made.room))
    for _ in range(turns):
        await asyncio.sleep(0)
    await world.hub.sweep()
    await asyncio.wait([ask])
    await world.still()
    assert await world.log.meta(made.room) is None
    assert not await world.alive(made.room), "it lives on in memory"


def _slowly(call: Any) -> Any:
    """A store with waits: its answer takes a few turns of the loop."""

    async def slow(*args: Any, **more: Any) -> Any:
        found = await call(*args, **more)
        for _ in range(3):
            await asyncio.sleep(0)
        return found

    return slow
