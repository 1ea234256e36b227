"""VPROOF: who hears whom, told by their tones, through real checks, keys and sockets."""

from itertools import pairwise

import numpy as np
import pytest

from server.room.voices import Seat
from server.voice import rtp
from server.voice.bridge import KEEP_MS
from server.voice.speakers import MOST
from tests.voice.party import Party, jump, party, said, step

pytestmark = pytest.mark.asyncio
TONES = {"ana": 400.0, "bo": 700.0, "cy": 1100.0, "di": 1700.0, "ed": 2300.0}


async def test_vproof1_each_hears_all_the_others_and_never_themselves() -> None:
    """Five speak and four are heard: a fifth takes the place of the quietest, who then hears the
    others as everybody does."""
    assert len(TONES) == MOST + 1
    async with party(*TONES, "listener") as room:
        voices = {who: said(hertz, 2) for who, hertz in TONES.items()}
        room.guests["di"].level = 45
        room.guests["ed"].level = 20
        four = {who: voices[who] for who in TONES if who != "ed"}
        room.run(0.8, four)
        matrix(room, {*four})
        room.clear()
        room.run(1.2, {**four, "ed": voices["ed"]})
        matrix(room, {*TONES} - {"di"})


def matrix(room: Party, speak: set[str]) -> None:
    """Each by each."""
    assert room.speaking == speak
    for who in room.guests:
        loud = room.ear(who, TONES)
        for one in TONES:
            if one in speak and one != who:
                assert loud[one] > 2500, f"{who} does not hear {one}"
            else:
                assert loud[one] < 200, f"{who} hears {one}"


async def test_vproof2_packets_of_any_length_are_heard_alike() -> None:
    async with party("ana", "bo", "cy", "listener") as room:
        room.frame_ms.update(ana=20, bo=40, cy=60)
        some = ("ana", "bo", "cy")
        room.run(1.2, {who: said(TONES[who], 1.2, room.frame_ms[who]) for who in some})
        assert room.hears("listener", TONES) == {*some}
        loud = room.ear("listener", TONES)
        assert max(loud[who] for who in some) < 1.3 * min(loud[who] for who in some)


async def test_vproof3_numbers_turn_over_and_a_stream_begins_anew_in_the_middle_of_a_word() -> None:
    async with party("ana", "bo") as room:
        ana, voice = room.guests["ana"], said(TONES["ana"], 4)
        ana.seq, ana.ts = 65_520, 2**32 - 9600
        room.run(0.8, {"ana": voice})
        assert ana.seq > rtp.SEQ and room.hears("bo", TONES) == {"ana"}
        ana.ssrc, ana.seq, ana.ts = ana.ssrc ^ 1, 7, 12_345
        room.clear()
        room.run(0.4, {"ana": voice[40:]})
        assert room.hears("bo", TONES) == {"ana"}
        assert len(room.heard["bo"]) == 20, "one packet for each 20 ms, whatever came"
        numbers = [head.seq for _, head, _ in room.heard["bo"]]
        assert [(b - a) % rtp.SEQ for a, b in pairwise(numbers)] == [1] * 19


async def test_vproof4_who_was_silent_for_a_turn_of_numbers_is_heard_again() -> None:
    """SRTP counts the turns of 65,536 packets; whose packets are never opened falls out of step."""
    async with party("ana", "bo") as room:
        ana = room.guests["ana"]
        peer = room.worker._halls["room"].lines["ana"].peer
        ana.level, ana.seq = 127, 30_000
        for _ in range(40_000):
            room.now += 20
            peer.media(ana.make(b"\xf8"))
        opened = 40_000 * 20 / KEEP_MS
        room._begun = room.now
        room._tick = 0
        ana.level = 30
        room.run(1.0, {"ana": said(TONES["ana"], 1)})
        assert room.hears("bo", TONES) == {"ana"}
        assert opened > 100


async def test_vproof5_groups_part_and_come_together_in_less_than_300_ms() -> None:
    people = ("ana", "bo", "cy", "di")
    async with party(*people) as room:
        voices = {who: said(TONES[who], 4) for who in ("ana", "cy")}

        def on(seconds: float) -> None:
            room.clear()
            room.run(seconds, voices)
            for who in voices:
                voices[who] = voices[who][int(seconds * 50) :]

        on(0.5)
        two = {"ana": Seat("a"), "bo": Seat("a"), "cy": Seat("b"), "di": Seat("b")}
        room.seat(**two)
        on(0.3)
        on(0.3)
        assert [room.hears(who, TONES) for who in people] == [set(), {"ana"}, set(), {"cy"}]
        room.seat()
        on(0.3)
        on(0.3)
        found = [room.hears(who, TONES) for who in people]
        assert found == [{"cy"}, {"ana", "cy"}, {"ana"}, {"ana", "cy"}]


@pytest.mark.parametrize("moves", [2, 7])
async def test_vproof6_who_goes_from_group_to_group_hears_no_click(moves: int) -> None:
    """One decoder hears the packets of one mix and then those of another; and the voices that come
    and go in it begin and end softly."""
    low = {"ana": 200.0, "bo": 300.0}
    async with party("ana", "bo", "goer") as room:
        voices = {who: said(hertz, 6, loud=4000) for who, hertz in low.items()}
        for n in range(moves + 1):
            room.seat(ana=Seat("a"), bo=Seat("b"), goer=Seat("ab"[n % 2], speaks=False))
            if n == 1:
                room.clear()
            room.run(0.5, voices)
            voices = {who: packets[25:] for who, packets in voices.items()}
        sound = room.sound("goer")
        assert jump(sound) < 2 * step([300.0], 4000)
        assert np.abs(sound.astype(float)).max() < 1.3 * 4000
        late = sound[-9600:]
        assert np.abs(late.astype(float)).max() > 3000
