"""V-WORK: calls from people with real connections, mixed and sent back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from server.room.voices import Seat
from server.voice import worker as module
from server.voice.offer import OfferError
from server.voice.port import Port
from server.voice.worker import Busy, Worker
from tests.voice.calls import Caller, addresses, until
from tests.voice.sounds import strength

pytestmark = pytest.mark.asyncio
TONES = {"ana": 400.0, "bo": 700.0, "cy": 1100.0}
BOTH = pytest.mark.parametrize("plain", [False, True], ids=["quick", "plain"])
"""VPLAIN1: either way of having calls."""


class Stage:
    """A worker, and who calls it."""

    def __init__(self, plain: bool | None = None) -> None:
        self.told: list[tuple[str, str, dict[str, Any]]] = []
        self.port = Port("127.0.0.1")
        self.worker = Worker(self.port, [self.port.address], self._tell, plain=plain)
        self.worker.arrange("r", 0, {who: Seat() for who in TONES})
        self.callers: list[Caller] = []

    def _tell(self, room: str, member: str, what: dict[str, Any]) -> None:
        self.told.append((room, member, what))

    async def call(self, member: str, hertz: float | None = None, room: str = "r") -> Caller:
        caller = Caller(hertz)
        self.callers.append(caller)
        begun = len(self.told)
        answer = self.worker.offer(room, member, await caller.offer())
        if not answer:
            await until(lambda: any("answer" in what for _, _, what in self.told[begun:]))
            answer = next(what["answer"] for _, _, what in self.told[begun:] if "answer" in what)
        await caller.accept(answer)
        await until(lambda: (room, member, {"state": "connected"}) in self.told[begun:])
        return caller


@asynccontextmanager
async def stage(plain: bool | None = None) -> AsyncIterator[Stage]:
    before = asyncio.all_tasks()
    with addresses("127.0.0.1"):
        made = Stage(plain)
        try:
            yield made
        finally:
            for caller in made.callers:
                await caller.close()
            await made.worker.close()
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() <= before, "no task is left"


async def hear(caller: Caller, voices: set[str]) -> bool:
    """Wait until these voices, and no others, are in what comes: on a machine that is busy with
    other work some of it is late, and then it is left out."""
    async with asyncio.timeout(30):
        while True:
            sound = await caller.hear(30)
            late = sound[len(sound) // 3 :]
            if {who for who, hertz in TONES.items() if strength(late, hertz) > 1500} == voices:
                return True


@BOTH
async def test_vwork1_everybody_hears_all_the_others_and_nobody_themselves(plain: bool) -> None:
    async with stage(plain) as room:
        callers = {who: await room.call(who, hertz) for who, hertz in TONES.items()}
        callers["listener"] = await room.call("listener")
        await until(lambda: len(_speaking(room)) == 3)
        wanted = ((caller, {*TONES} - {who}) for who, caller in callers.items())
        assert all(await asyncio.gather(*(hear(*one) for one in wanted)))
        assert not room.worker.port.burst.unknown


def _speaking(room: Stage) -> list[str]:
    told = [what["speaking"] for _, _, what in room.told if "speaking" in what]
    return told[-1] if told else []


@BOTH
async def test_vwork2_groups_part_and_rooms_are_apart(plain: bool) -> None:
    async with stage(plain) as room:
        room.worker.arrange("r", 3, {"ana": Seat("a"), "bo": Seat("a"), "cy": Seat("b")})
        for who in TONES:
            await room.call(who, TONES[who])
        near = await room.call("near")
        await room.call("far", room="other")
        await until(lambda: len(_speaking(room)) == 3)
        room.worker.arrange("r", 4, {"ana": Seat("a"), "near": Seat("a")})
        room.worker.arrange("r", 2, {})
        before = room.worker._halls["other"].lines["far"].call.sent
        ticks = room.worker.ticks
        assert await hear(near, {"ana"})
        after = room.worker._halls["other"].lines["far"].call.sent
        past = (room.worker.ticks - ticks) / 50
        assert 0 < after - before < 4 + 4 * past, "silence, of which a second is three packets"


@BOTH
async def test_vwork3_a_second_call_of_one_person_ends_the_first(plain: bool) -> None:
    async with stage(plain) as room:
        await room.call("ana", TONES["ana"])
        again = await room.call("ana", TONES["ana"])
        listener = await room.call("listener")
        assert await hear(listener, {"ana"})
        room.worker.hang_up("r", "ana")
        room.worker.hang_up("r", "ana")
        await until(lambda: _speaking(room) == [])
        assert again.connection is not None


async def test_vwork4_a_room_with_nobody_in_it_costs_nothing_and_a_forgotten_one_is_gone() -> None:
    async with stage() as room:
        room.worker.arrange("r", 2, {"ana": Seat("a")})
        room.worker.arrange("r", 1, {})
        await room.call("ana", TONES["ana"])
        assert room.worker._halls["r"].bridge._voices["ana"].seat == Seat("a")
        room.worker.forget("r")
        assert not room.worker._halls and not room.worker._plans
        room.worker.forget("never")


@BOTH
async def test_vwork5_what_is_no_offer_is_refused_and_leaves_nothing(plain: bool) -> None:
    async with stage(plain) as room:
        for bad in ("", "v=0\r\n", "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n"):
            with pytest.raises(OfferError):
                room.worker.offer("r", "ana", bad)
        assert not room.worker._halls
        with pytest.raises(KeyError):
            room.worker.choose("r", "ana", "golden")


async def test_vwork6_ten_may_begin_at_once_and_the_eleventh_waits_a_moment() -> None:
    async with stage() as room:
        for _ in range(module.JOINS):
            with pytest.raises(OfferError):
                room.worker.offer("r", "ana", "")
        with pytest.raises(Busy) as told:
            room.worker.offer("r", "ana", "")
        assert 0 < told.value.after_ms <= 1000 / module.JOINS + 1


async def test_vwork7_a_clock_that_stood_still_goes_on_where_it_is() -> None:
    """Sound of the past is none: after a second without a core no second of packets follows."""
    now = [0.0]
    port = Port("127.0.0.1")
    worker = Worker(port, [port.address], lambda *_: None, clock=lambda: now[0])
    try:
        ticked: list[int] = []
        worker._tick = ticked.append  # type: ignore[method-assign]
        now[0] = 200.0
        worker._wake()
        assert (worker.ticks, worker.missed, ticked) == (10, 5, [5, 6, 7, 8, 9])
        now[0] = 220.0
        worker._wake()
        assert (worker.ticks, worker.missed, ticked[5:]) == (11, 5, [10])
    finally:
        await worker.close()
