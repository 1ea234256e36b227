"""V-CONTROL: what servers say to a worker is done, and what happens there is told to them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.room.voices import Seat
from server.voice import control as module
from server.voice import line
from server.voice.control import Control
from server.voice.line import Lines, Word
from server.voice.port import Port
from server.voice.worker import JOINS, PLAIN, RICH, Worker
from tests.voice.calls import Caller, addresses, until

ANA = {"ana": ["", True, True, False]}


class Desk:
    """A worker under orders, and what it says to whom."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.now = 0.0
        self.callers: list[Caller] = []
        self.port = Port("127.0.0.1")
        self.control = Control(self._worker, self._send, lambda: self.now, "w")

    def _worker(self, tell: Any) -> Worker:
        return Worker(self.port, [self.port.address], tell)

    def _send(self, server: str, word: Word) -> None:
        self.told.append((server, json.loads(line.write(word))))

    def order(self, do: str, **more: Any) -> None:
        self.control.take(line.write({"do": do, "room": "r", **more}))

    def seats(self, offset: int, seats: Any = ANA, epoch: str = "e", server: str = "s") -> None:
        self.order("seats", server=server, epoch=epoch, offset=offset, seats=seats)

    async def call(self, name: str, member: str = "ana", server: str = "s", **more: Any) -> Caller:
        caller = Caller()
        self.callers.append(caller)
        sdp = await caller.offer()
        self.order("offer", server=server, call=name, member=member, sdp=sdp, **more)
        assert self.told[-1][0] == server and self.told[-1][1]["is"] == "answer"
        await caller.accept(self.told[-1][1]["sdp"])
        return caller

    def states(self) -> list[tuple[str, str, str]]:
        return [(who, said["call"], said["state"]) for who, said in self.told if "state" in said]


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    with addresses("127.0.0.1"):
        made = Desk()
        try:
            yield made
        finally:
            for caller in made.callers:
                await caller.close()
            await made.control.worker.close()


@pytest.mark.asyncio
async def test_vctl1_the_highest_offset_of_an_epoch_counts_and_a_new_epoch_stands_above() -> None:
    async with desk() as one:

        def groups() -> dict[str, str]:
            plan = one.control.worker._plans["r"]
            return {who: seat.group for who, seat in plan.seats.items()}

        for offset, group, epoch, want in (
            (5, "a", "e", "a"),
            (4, "b", "e", "a"),
            (5, "c", "e", "c"),
            (6, "d", "e", "d"),
            (1, "f", "new", "f"),
            (0, "g", "new", "f"),
        ):
            one.seats(offset, {"ana": [group, True, True, False]}, epoch)
            assert groups() == {"ana": want}
        await one.call("c1")
        voices = one.control.worker._halls["r"].bridge._voices
        assert voices["ana"].seat == Seat("f")
        one.seats(0, {"ana": ["h", True, True, True]}, "newer")
        assert voices["ana"].seat == Seat("h", music=True)


@pytest.mark.asyncio
async def test_vctl2_a_call_is_its_server_s_and_its_end_is_told_once() -> None:
    async with desk() as one:
        one.seats(1)
        one.seats(1, server="t")
        first = await one.call("c1")
        await until(lambda: one.states() == [("s", "c1", "connected")])
        one.order("hang", member="ana", call="c0")
        assert one.control.worker.calls == 1, "that call was another"
        await one.call("c2", server="t")
        assert one.states()[1:] == [("s", "c1", "closed")], "they call from elsewhere now"
        one.order("hang", member="ana", call="c1")
        await until(lambda: ("t", "c2", "connected") in one.states())
        one.order("hang", member="ana", call=None)
        one.order("hang", member="ana", call=None)
        one.order("hang", member="bo", call=None)
        assert one.states()[3:] == [("t", "c2", "closed")]
        assert one.control.worker.calls == 0 and first.connection is not None


@pytest.mark.asyncio
async def test_vctl2_an_end_that_comes_by_itself_is_told_too() -> None:
    async with desk() as one:
        caller = await one.call("c1")
        await until(lambda: len(one.states()) == 1)
        await caller.close()
        await until(lambda: one.states()[1:] == [("s", "c1", "closed")])


@pytest.mark.asyncio
async def test_vctl3_a_room_is_forgotten_when_no_server_has_it() -> None:
    async with desk() as one:
        one.seats(1)
        one.seats(1, server="t")
        await one.call("c1")
        one.order("forget", server="t")
        one.order("forget", server="nobody")
        assert one.control.worker.calls == 1
        one.order("forget", server="s")
        assert one.states()[-1] == ("s", "c1", "closed")
        assert not one.control.worker._plans and not one.control._rooms
        one.order("forget", server="s")


@pytest.mark.asyncio
async def test_vctl3_what_nobody_speaks_of_is_forgotten_after_a_minute_unless_somebody_calls() -> (
    None
):
    async with desk() as one:
        one.seats(1)
        await one.call("c1")
        one.now = module.HELD_MS - 1
        one.seats(1, server="t")
        one.now = module.HELD_MS * 1.5
        one.control.sweep()
        assert [*one.control._rooms["r"].servers] == ["t"], "the other one is gone"
        one.now *= 2
        one.control.sweep()
        assert one.control.worker.calls == 1, "the sound goes on"
        one.order("hang", member="ana", call=None)
        one.control.sweep()
        assert not one.control.worker._plans and not one.control._rooms


@pytest.mark.asyncio
async def test_vctl4_who_speaks_is_told_to_all_who_have_the_room_and_to_who_comes_later() -> None:
    async with desk() as one:
        one.seats(1)
        one.seats(1, server="t")
        await one.call("c1")
        one.control._told("r", "", {"speaking": ["ana"]})
        heard = [said for said in one.told if said[1]["is"] == "speaking"]
        assert heard == [(s, {"is": "speaking", "room": "r", "members": ["ana"]}) for s in "st"]
        one.control.worker._halls["r"].speaking = ("ana",)
        one.seats(1, server="u")
        one.seats(1, server="u")
        assert [said for said in one.told if said[0] == "u"] == [("u", heard[0][1])]
        one.order("hang", member="ana", call=None)
        assert one.told[-2][1] == {"is": "speaking", "room": "r", "members": []}
        one.control._told("elsewhere", "", {"speaking": ["ana"]})


@pytest.mark.asyncio
async def test_vctl5_what_cannot_be_is_refused_with_a_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with desk() as one:
        one.seats(1)
        await one.call("c1")
        one.order("offer", server="s", call="c2", member="ana", sdp="v=0")
        assert [said for _, said in one.told[-2:]] == [
            {**one.told[-2][1], "call": "c1", "state": "closed"},
            {"is": "no", "server": "s", "call": "c2", "code": "voice_bad"},
        ]
        one.order("offer", server="s", call="c3", member="ana", sdp="x" * 20_000)
        assert one.told[-1][1]["code"] == "voice_bad"
        for _ in range(JOINS + 1):
            one.order("offer", server="s", call="c4", member="bo", sdp="v=0")
        assert one.told[-1][1]["code"] == "voice_full" and one.told[-1][1]["retry_ms"] > 0
        monkeypatch.setattr(module, "ROOMS", 1)
        late = {"do": "offer", "server": "s", "call": "c5", "room": "r2", "member": "bo"}
        one.control.take(line.write({**late, "sdp": "v=0"}))
        one.control.take(line.write({**late, "do": "seats", "epoch": "", "offset": 0, "seats": {}}))
        assert one.told[-1][1]["retry_ms"] == module.LATER_MS
        assert [*one.control._rooms] == ["r"]


@pytest.mark.asyncio
async def test_vctl6_a_thin_offer_is_thin_both_ways_until_another_word() -> None:
    async with desk() as one:
        await one.call("c1", thin=True)
        said = one.told[0][1]["sdp"]
        assert "a=ptime:60" in said and f"maxaveragebitrate={PLAIN}" in said
        hall = one.control.worker._halls["r"]
        assert hall.bridge._voices["ana"].tier == "thin"
        one.order("tier", member="ana", tier=None)
        await until(lambda: hall.bridge._voices["ana"].tier == "normal")
        one.order("tier", member="ana", tier="thin")
        one.order("tier", member="ana", tier="golden")
        one.order("tier", member="nobody", tier="thin")
        await until(lambda: hall.bridge._voices["ana"].tier == "thin")
        await one.call("c2", member="bo")
        said = one.told[-1][1]["sdp"]
        assert "a=ptime" not in said and f"maxaveragebitrate={RICH}" in said


# -- what is no message


@pytest.fixture(scope="module")
def quiet() -> Iterator[Control]:
    """A worker that nobody has called, in a loop that stands still."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)

    async def made() -> Control:
        return Desk().control

    control = loop.run_until_complete(made())
    yield control
    loop.run_until_complete(control.worker.close())
    asyncio.set_event_loop(None)
    loop.close()


NAMES = ("offer", "hang", "tier", "seats", "forget", "server", "room", "member", "call", "sdp")
_WORDS = st.sampled_from((*NAMES, "do", "is", "epoch", "offset", "thin", "r", "s"))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=5),
    max_leaves=12,
)


@given(st.binary(max_size=200) | _VALUES.map(lambda value: json.dumps(value).encode()))
def test_vctl7_junk_does_no_harm(quiet: Control, data: bytes) -> None:
    quiet.take(data)
    line.word(data)
    assert quiet.worker.calls == 0


def test_vctl7_an_order_or_a_field_of_a_later_version_is_passed_over(quiet: Control) -> None:
    quiet.take(b'{"do":"dance","room":"r"}')
    assert not quiet._rooms
    more = {"server": "s", "epoch": "", "offset": 1, "seats": {}, "colour": "red"}
    quiet.take(line.write({"do": "seats", "room": "r", **more}))
    assert [*quiet._rooms] == ["r"]
    assert line.order(b" " * (line.LONGEST + 1)) is None
    assert line.order(b"[" * 100_000) is None


@given(st.lists(st.binary(max_size=30), max_size=8), st.integers(1, 20))
def test_vctl8_lines_come_out_whole_however_they_are_cut(parts: list[bytes], longest: int) -> None:
    lines = Lines(longest)
    got = [one for part in parts for one in lines.feed(part)]
    whole = b"".join(parts).split(b"\n")[:-1]
    assert got == [one for one in whole if 0 < len(one) <= longest]
