"""From a click in a packet that is sent to the same click in the packet that somebody hears.

A click is as late as its packet and its place in there, at both ends. What the codec itself delays
on the way in is not counted, for the click is found by decoding what is sent. What is counted is
the wait for the room's next 20 ms, the jitter buffer, the mix, and the 6.5 ms by which the room's
encoder looks ahead.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from bench.voices.speech import Ear, clicks, packets, with_clicks
from bench.voices.swarm import Swarm
from server.voice import rtp

SECONDS: Final = 12.0
LONGEST_MS: Final = 400.0


@dataclass
class Waits:
    """Of the clicks of a stretch of time, in ms."""

    all: list[float] = field(default_factory=list)
    said: int = 0

    @property
    def p50(self) -> float:
        """The median."""
        return median(self.all) if self.all else float("nan")

    @property
    def p95(self) -> float:
        """The one that 19 of 20 do not exceed."""
        return sorted(self.all)[int(len(self.all) * 0.95)] if self.all else float("nan")


class Clicker:
    """One guest says clicks, and another, who is quiet, opens and decodes what comes."""

    def __init__(self, room: Swarm, speaker: int, probe: int) -> None:
        self.speaker = speaker
        self.packets = packets(clicks(SECONDS, 4))
        self._begin = with_clicks(self.packets)
        self._room, self._ear = room, Ear()
        self._heard: list[float] = []
        self._stamps: list[tuple[float, int]] = []  # when a packet came, and its time
        room.log = True
        self._probe = room.guests[probe]
        self._probe.drain()  # what has waited there has no time
        self._probe.got = self._got
        self._probe.wake()

    def _got(self, data: bytes, now: float) -> None:
        self._stamps[1:] = [(now, rtp.read(data).ts)]
        if (at := self._ear.hear(self._probe.open(data))) is not None:
            self._heard.append(now + at)

    async def listen(self, seconds: float) -> Waits:
        """The clicks of the next seconds."""
        self._room.said.clear()
        self._heard.clear()
        await asyncio.sleep(seconds + LONGEST_MS / 1000)
        all_said = self._room.said
        said = [at + self._begin[n] for at, who, n in all_said if self._is(who, n)]
        said = [at for at in said if at < said[0] + seconds * 1000]
        waits = Waits(said=len(said))
        for at in said:
            waits.all += [there - at for there in self._heard if 0 < there - at < LONGEST_MS][:1]
        return waits

    def _is(self, who: int, which: int) -> bool:
        return who == self.speaker and which in self._begin

    @property
    def drift(self) -> float:
        """By how many ms the clock of the packets has left the wall's since the first one."""
        if len(self._stamps) < 2:
            return 0.0
        (first, begun), (last, ended) = self._stamps
        return ((ended - begun) % rtp.TS) / (rtp.CLOCK / 1000) - (last - first)
