"""VPROOF: a long evening: half an hour of 85 people with JAM_LONG=1, in the gate some seconds of
ten."""

import os
import random
from itertools import pairwise
from statistics import median

import pytest

from bench.voices.latency import Clicker, Waits
from bench.voices.speech import packets, speech
from bench.voices.swarm import swarm

LONG = os.environ.get("JAM_LONG") == "1"
PEOPLE, SECONDS, TURN_S = (85, 1800, 30) if LONG else (10, 2, 1)
pytestmark = [pytest.mark.asyncio, pytest.mark.timeout(2400 if LONG else 120)]


async def test_vproof16_an_evening_of_voices_neither_drifts_nor_grows() -> None:
    """Three speak at a time, others each turn, and one in four goes and comes again; the clock of
    the packets is that of the wall, a click takes as long at the end as it did at the beginning,
    and memory that is taken is given back."""
    chance = random.Random(7)
    voices = [packets(speech(4, seed)) for seed in range(3)]
    async with swarm("ours") as room:
        await room.join(PEOPLE)
        clicker = Clicker(room, 0, PEOPLE - 1)
        waits: list[Waits] = []
        memory: list[float] = []
        ticks, missed, wall = [], [], []
        for turn in range(SECONDS // TURN_S):
            speak = chance.sample(range(1, PEOPLE - 1), 2)
            room.speak({0: clicker.packets, **dict(zip(speak, voices, strict=False))})
            waits.append(await clicker.listen(TURN_S))
            now = await room.server.ask(do="count")
            memory.append(now["rss"])
            ticks.append(now["ticks"])
            missed.append(now["missed"])
            wall.append(now["wall"])
            if turn % 4 == 0:
                await room.again(chance.sample(range(1, PEOPLE - 1), PEOPLE // 4))
        assert now["calls"] == PEOPLE
        assert all(b > a for a, b in pairwise(ticks))
        # Every 20 ms have their tick; those a busy machine has left out are counted.
        assert ticks[-1] + missed[-1] - ticks[0] - missed[0] == pytest.approx(
            (wall[-1] - wall[0]) * 50, abs=10
        )
        assert abs(clicker.drift) < 250, "ms; a packet that waited for a busy machine is none"
        part = len(waits) // 4 + 1
        some, late = (
            [one for turn in some for one in turn.all] for some in (waits[:part], waits[-part:])
        )
        assert some and late, "clicks are found again"
        if LONG:
            assert median(late) <= median(some) + 20
            assert memory[-1] - memory[len(memory) // 4] < 4096, "KiB"
