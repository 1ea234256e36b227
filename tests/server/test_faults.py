"""When the server itself makes a mistake: it is said once, without anybody's words, and the room is
read again from its log, rather than stand still with its people in it."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from server.log import StorageError
from server.log.memory import MemoryLog
from server.room import codes
from server.room.limits import Limits
from server.web import library
from server.web.errands import unheard, wordless
from server.web.guard import Addresses
from server.web.hosting import Hosted
from server.web.hub import Hub, Made
from server.web.line import FAULT, Socket
from server.web.place import Place

pytestmark = pytest.mark.asyncio
SECRET = "what Amina wrote"


class Line(Socket):
    """A socket that keeps what it was given; `ended` is the code it was closed with."""

    def __init__(self) -> None:
        super().__init__()
        self.writable, self.ended = True, 0
        self.frames: list[dict[str, Any]] = []

    def send(self, frame: Any) -> bool:
        self.frames.append(json.loads(frame.payload))
        return True

    def unsent(self) -> int:
        return 0

    def close(self, code: int, reason: str = "") -> None:
        if not self.ended:
            self.ended, self.writable = code, False
            self.on_close(code)

    def abort(self) -> None:
        self.close(1006)

    def say(self, **frame: Any) -> None:
        self.on_message(json.dumps(frame).encode(), True)

    def got(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["t"] == kind]


class World:
    """A hub over a log in memory, and one room in it."""

    def __init__(self) -> None:
        self.log = MemoryLog()
        kinds = library.kinds()
        cards, _ = library.cards(kinds)
        naming: Callable[[str, set[str], str], str] = lambda lang, taken, wish: wish or "Jo"  # noqa: E731
        self.hub = Hub(Place(self.log, kinds, cards, Limits(), naming), Addresses())
        self.made: Made

    @property
    def room(self) -> Hosted:
        return self.hub.rooms[self.made.room]

    async def open(self) -> "World":
        await self.log.open()
        self.made = await self.hub.create("x", "en", [])
        return self

    async def enter(self, cid: str, token: str = "", gen: int = 1) -> Line:
        line = Line()
        self.hub.attach(self.made.room, line)
        who = {"token": token} if token else {"cap": self.made.join}
        line.say(t="hello", v=1, cid=cid * 32, gen=gen, **who)
        await until(lambda: line.got("snap") or line.ended)
        return line


async def until(true: Callable[[], Any]) -> None:
    """Wait for it, turn by turn of the loop and of the store."""
    for _ in range(2_000):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("in vain")


def once(wrong: Exception, real: Callable[..., Any]) -> Callable[..., Any]:
    """As `real`, but for the first call."""
    left = [wrong]

    def call(*args: Any, **more: Any) -> Any:
        if left:
            raise left.pop()
        return real(*args, **more)

    return call


async def test_srv40_a_tick_that_fails_brings_the_room_back_from_its_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world = await World().open()
    line = await world.enter("a")
    before = world.room
    monkeypatch.setattr(
        before.node.delivery, "flush", once(KeyError(SECRET), before.node.delivery.flush)
    )
    line.say(t="op", n=1, do="room.hand", d={"up": True})
    await until(lambda: line.ended)
    assert line.ended == codes.RESYNC and codes.comes_back(line.ended)
    again = await world.enter("a", line.got("welcome")[0]["token"], 2)
    assert again.got("welcome")[0]["n"] == 1  # what was on the log is on the log
    assert world.room is not before
    told = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(told) == 1 and "KeyError" in told[0].getMessage()
    assert SECRET not in caplog.text


async def test_srv41_an_answer_that_fails_half_way_is_given_on_the_next_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The op is on the log and nobody was told: the fold of this server is not to be trusted."""
    world = await World().open()
    one, other = await world.enter("a"), await world.enter("b")
    node = world.room.node
    monkeypatch.setattr(node, "_notice", once(ValueError(SECRET), node._notice))
    one.say(t="op", n=1, do="room.hand", d={"up": True})
    await until(lambda: one.ended and other.ended)
    assert {one.ended, other.ended} == {codes.RESYNC}
    assert not one.got("ack")
    again = await world.enter("a", one.got("welcome")[0]["token"], 2)
    again.say(t="op", n=1, do="room.hand", d={"up": True})
    await until(lambda: again.got("ack"))
    assert again.got("ack")[0]["r"][0][:2] == [1, "ok"]
    assert SECRET not in caplog.text


async def test_srv42_work_in_the_background_that_fails_is_said_and_the_room_comes_back(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world = await World().open()
    line = await world.enter("a")
    before = world.room
    monkeypatch.setattr(
        world.log, "save_snapshot", once(TypeError(SECRET), world.log.save_snapshot)
    )
    before.node.save()
    await until(lambda: line.ended)
    assert line.ended == codes.RESYNC
    await world.enter("a", line.got("welcome")[0]["token"], 2)
    assert world.room is not before
    assert "a room's work failed: TypeError" in caplog.text and SECRET not in caplog.text


async def test_srv43_a_store_that_is_away_is_no_fault_of_the_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = await World().open()
    line = await world.enter("a")
    before = world.room
    monkeypatch.setattr(world.log, "save_snapshot", once(StorageError("away"), lambda *a: True))
    before.node.save()
    await until(lambda: not before._errands.tasks)
    assert not line.ended and world.room is before


async def test_srv44_who_waits_for_a_seat_while_the_room_is_lost_is_told_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = await World().open()
    await world.enter("a")
    node = world.room.node
    monkeypatch.setattr(node, "appended", once(ValueError(SECRET), node.appended))
    late = await world.enter("b")  # its coming is what fails
    assert late.ended == codes.RESYNC
    assert not (await world.enter("b", gen=2)).ended


async def test_srv45_who_comes_to_a_room_that_cannot_be_read_is_told_so_and_not_kept(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world = await World().open()
    monkeypatch.setattr(Hosted, "load", once(KeyError(SECRET), Hosted.load))
    line = await world.enter("a")
    assert line.ended == FAULT and codes.comes_back(line.ended)
    assert not (await world.enter("a", gen=2)).ended
    assert "KeyError" in caplog.text and SECRET not in caplog.text


async def test_srv46_a_room_that_cannot_be_cleared_keeps_no_other_from_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world = await World().open()
    other = await world.hub.create("y", "en", [])
    due = [world.made.room, other.room]
    for room in due:
        await world.log.touch(room, 2**50, 1)
    cleared: list[str] = []
    real = world.hub._clear

    async def clear(room: str) -> None:
        if not cleared and room == due[0]:
            cleared.append("")
            raise KeyError(SECRET)
        await real(room)
        cleared.append(room)

    monkeypatch.setattr(world.hub, "_clear", clear)
    looking = asyncio.create_task(world.hub.run(0.01))
    await until(lambda: set(due) <= set(cleared))
    looking.cancel()
    assert SECRET not in caplog.text


async def test_srv49_whoever_takes_an_erased_room_away_it_is_said_before(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """SRV49: a room was erased and a sweep came in between: its lines were closed at once, and
    who had asked for it never heard that it was done."""
    world = await World().open()
    line = Line()
    world.hub.attach(world.made.room, line)
    line.say(t="hello", v=1, cid="a" * 32, gen=1, cap=world.made.host)
    await until(lambda: line.got("snap"))
    room = world.room
    room.settle = lambda: None  # type: ignore[method-assign]  # a server that has no time for it
    line.say(t="op", n=1, do="room.end", d={"erase": True})
    await until(lambda: room.node.fold.state["meet"]["ended"])
    for _ in range(100):
        meta = await world.log.meta(world.made.room)
        if meta is None or meta.state != "open":
            break
        await asyncio.sleep(0.005)
    assert meta is not None and meta.state == "ended"
    await world.hub.sweep()
    assert line.ended == codes.NO_ROOM
    assert [row[:2] for frame in line.got("ack") for row in frame["r"]] == [[1, "ok"]]
    assert not caplog.records


async def test_srv47_what_nobody_hears_of_is_said_without_anybodys_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(unheard)

    def wrong() -> None:
        raise ValueError(SECRET)

    loop.call_soon(wrong)
    await asyncio.sleep(0.01)
    loop.call_exception_handler({"message": SECRET})
    assert "ValueError" in caplog.text and SECRET not in caplog.text
    assert len(caplog.records) == 2


async def test_srv48_a_call_that_fails_is_printed_without_anybodys_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What carries our calls prints their mistakes with all that stands in them."""
    logger = logging.getLogger("jam.test.carrier")
    logger.addFilter(wordless)
    try:
        raise ValueError(SECRET)
    except ValueError as wrong:
        logger.error("Exception in ASGI application\n", exc_info=wrong)
    assert "Exception in ASGI application: ValueError in" in caplog.text
    assert SECRET not in caplog.text
