"""V-PLAIN: calls by what the libraries have promised alone."""

import asyncio
import logging
import sys
from typing import Any

import av
import numpy as np
import pytest

from server.room.voices import Seat
from server.voice import adapter, means, plain
from server.voice.bridge import Bridge, Out
from server.voice.mixer import TICK
from server.voice.port import Port
from server.voice.rtp import Header
from tests.voice.calls import Caller, addresses, until
from tests.voice.sounds import strength, ticks, tone
from tests.voice.test_control import desk
from tests.voice.test_worker import TONES, stage

GONE = {
    "RTCIceTransport": ("_recv", "_send"),
    "RTCDtlsTransport": ("_set_role", "_rx_srtp", "_tx_srtp", "_task"),
}


class Bare:
    """Something of another version."""


@pytest.mark.asyncio
async def test_vplain2_all_that_is_private_is_there_and_each_name_is_missed() -> None:
    """With the pinned versions calls go the quick way."""
    assert adapter.missing() == []
    assert means.choose().peer is adapter.Peer
    for what, names in GONE.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(adapter, what, lambda *_: Bare())
            assert adapter.missing() == [*names]
            assert means.choose() is means.PLAIN
            assert means.choose(False).peer is adapter.Peer, "asked for is asked for"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adapter, "_DIRECT", ("srtp_no_such",))
        assert adapter.missing() == ["srtp_no_such"]
        patch.setattr(adapter, "_binding", lambda: None)
        assert adapter.missing() == [], "then the public way does it"
        patch.setattr(adapter, "RTCDtlsTransport", Bare)
        assert adapter.missing() == ["TypeError: Bare() takes no arguments"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, adapter.__name__, None)
        patch.delattr("server.voice.adapter")
        assert means.choose() is means.PLAIN is means.choose(False), "a name has moved"


@pytest.mark.asyncio
async def test_vplain3_where_a_private_name_is_gone_calls_go_on_and_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(adapter, "RTCIceTransport", lambda gatherer: Bare())
    with caplog.at_level(logging.INFO, "jam.voice"):
        async with stage() as room:
            [said] = [one.getMessage() for one in caplog.records if one.name == "jam.voice"]
            assert "plain" in said and said.endswith("not there: _recv, _send")
            await room.call("ana", TONES["ana"])
            bo = await room.call("bo")
            room.worker.choose("r", "bo", "thin")
            sound = await bo.hear(12)
            assert len(sound) == 12 * 3 * TICK, "60 ms in a packet"
            assert strength(sound[-4 * TICK :], TONES["ana"]) > 1500
            line = room.worker._halls["r"].lines["bo"].call
            assert isinstance(line, plain.Call)
            line.loss = line._due = -1.0
            await until(lambda: line.loss >= 0)
            room.worker.arrange("r", 9, {"ana": Seat(speaks=False)})
            await until(lambda: not room.worker.speaking("r"))
            await room.callers[0].close()
            await until(lambda: ("r", "ana", {"state": "closed"}) in room.told)


@pytest.mark.asyncio
@pytest.mark.parametrize("steps", [0, 3, 400])
async def test_vplain4_a_call_that_never_stands_leaves_nothing(steps: int) -> None:
    before = asyncio.all_tasks()
    port, caller, states = Port("127.0.0.1"), Caller(), []
    try:
        with addresses("127.0.0.1"):
            peer = plain.Peer(port, await caller.offer(), None, [port.address])
            peer.on_state = states.append
            for _ in range(steps):
                await asyncio.sleep(0)
            if steps == 400:
                await until(lambda: states == ["answered"])
                peer._nobody.cancel()
                peer._end()
            await peer.close()
            await peer.close()
        assert states[-1] == "closed" and states.count("closed") == 1
    finally:
        await caller.close()
        port.close()
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() <= before


@pytest.mark.asyncio
async def test_vplain5_the_answer_wishes_the_same_and_leads_where_people_can_come() -> None:
    port, caller = Port("127.0.0.1"), Caller()
    hosts = [("192.0.2.7", 1), ("2001:db8::7", 1)]
    try:
        with addresses("127.0.0.1"):
            offer = (await caller.offer()).replace("127.0.0.1", "no-such-name.local")
            peer = plain.Peer(port, offer, None, hosts, ptime=60, bitrate=24_000)
            await until(lambda: bool(peer.answer))
            lines = peer.answer.split("\r\n")
            await peer.close()
    finally:
        await caller.close()
        port.close()
    rtpmap = next(line for line in lines if line.startswith("a=rtpmap:"))
    assert sum(line.startswith("a=rtpmap:") for line in lines) == 1 and "opus/48000/2" in rtpmap
    for wanted in ("useinbandfec=1;usedtx=1;maxaveragebitrate=24000", "a=ptime:60", "a=sendonly"):
        assert sum(wanted in line for line in lines) == 1, wanted
    [way] = [line.split() for line in lines if line.startswith("a=candidate:")]
    assert way[4] == "192.0.2.7" and int(way[5]) > 1023
    assert not any("127.0.0.1" in line for line in lines)


def test_vplain5_addresses_from_outside_stand_for_those_of_the_machine() -> None:
    four, six = ("9", "10.0.0.5", "50000"), ("8", "fd00::5", "50001")
    assert plain.reached([four, six], ["10.0.0.5", "127.0.0.1"]) == [four]
    assert plain.reached([four, six], ["127.0.0.1", "::1"]) == [four, six]
    outside = [("9", "192.0.2.7", "50000"), ("8", "2001:db8::7", "50001")]
    assert plain.reached([four, six], ["192.0.2.7", "2001:db8::7"]) == outside
    assert plain.reached([], ["192.0.2.7"]) == []


# -- sound as packets


class Ear(Bridge):
    """What comes to a bridge."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[tuple[Header, bytes]] = []
        self.levels: list[int | None] = []

    def wants(self, member: str, header: Header, size: int, now: float) -> bool:
        self.levels.append(header.level)
        return header.level is not None and header.level < 100

    def packet(self, member: str, header: Header, payload: bytes, now: float) -> None:
        self.came.append((header, payload))


def frame(sound: Any, at: int, layout: str = "stereo") -> av.AudioFrame:
    both = sound if layout == "mono" else np.repeat(sound, 2)
    made = av.AudioFrame.from_ndarray(both.reshape(1, -1), "s16", layout)
    made.sample_rate, made.pts, made.time_base = 48_000, at, plain.BASE
    return made


def made() -> tuple[plain.Call, Ear]:
    class Nobody:
        state = "new"

    ear = Ear()
    ear.join("ana")
    return plain.Call("ana", ear, Nobody(), 0, lambda: 0.0), ear  # type: ignore[arg-type]


def test_vplain6_sound_of_any_length_is_packets_of_20_ms_with_their_level() -> None:
    call, ear = made()
    sound = np.concatenate(ticks(tone(440))[:9])
    at = 0
    for size in (2880, 960, 480, 1440, 2880):
        call.heard(frame(sound[at : at + size], at), 0)
        at += size
    assert [head.seq for head, _ in ear.came] == [*range(9)]
    assert [head.ts for head, _ in ear.came] == [n * TICK for n in range(9)]
    assert ear.levels == [plain.level(sound)] * 9 and 5 < plain.level(sound) < 30
    one, other = frame(sound[:960], 0), frame(sound[:960], 0, "mono")
    assert (plain.mono(one) == plain.mono(other)).all()
    assert plain.level(np.zeros(960, dtype=np.int16)) == 127
    assert plain.level(np.full(960, -32_768, dtype=np.int16)) == 0
    full = plain.level(np.full(960, 32_767, dtype=np.int16))
    assert full == 0 and strength(sound, 440) > 1000


def test_vplain7_what_is_missing_is_lost_and_more_than_that_was_silence() -> None:
    call, ear = made()
    part, none = ticks(tone(440))[0], np.zeros(TICK, dtype=np.int16)
    seqs = []
    for at, sound in ((0, part), (3, part), (23, part), (24, none), (25, part), (2, part)):
        call.heard(frame(sound, at * TICK), 0)
        seqs.append(call._seq)
    assert seqs == [1, 4, 5, 6, 7, 8]
    assert [head.seq for head, _ in ear.came] == [0, 3, 4, 6, 7], "silence is not encoded"
    assert [head.ts // TICK for head, _ in ear.came] == [0, 3, 23, 25, 2]


@pytest.mark.asyncio
async def test_vplain8_late_sound_is_none_and_before_it_stands_nothing_is_sent() -> None:
    call, _ = made()
    call.fill(Out(("ana",), b"\x48", TICK, False), 0)
    assert not call.sent
    mix = plain._Mix()
    for n in range(plain.BEHIND + 5):
        packet: Any = av.Packet(b"\x48")
        packet.pts = n
        mix.put(packet)
    assert [(await mix.recv()).pts for _ in range(plain.BEHIND)] == [*range(5, plain.BEHIND + 5)]


@pytest.mark.asyncio
async def test_vplain9_a_late_answer_goes_to_the_call_it_is_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(means, "choose", lambda wanted: means.PLAIN)
    async with desk() as one:
        one.seats(1)
        callers = Caller(TONES["ana"]), Caller(TONES["ana"])
        one.callers += callers
        for name, caller in zip(("first", "second"), callers, strict=True):
            sdp = await caller.offer()
            one.order("offer", server="s", call=name, member="ana", sdp=sdp)
        await until(lambda: any(said["is"] == "answer" for _, said in one.told))
        [answer] = [said for _, said in one.told if said["is"] == "answer"]
        assert answer["call"] == "second" and one.states() == [("s", "first", "closed")]
        await callers[1].accept(answer["sdp"])
        await until(lambda: ("s", "second", "connected") in one.states())
        one.order("hang", server="s", member="ana", call="second")
        await until(lambda: callers[1].connection.connectionState == "closed")
