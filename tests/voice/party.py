"""A room of guests with real keys, whose time is ours: a second takes as long as its work does.

Each packet goes through STUN's address, DTLS's keys and a socket; only the clock of the worker and
the delay of the line are made up.
"""

from __future__ import annotations

import asyncio
import heapq
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

import numpy as np

from bench.voices.guest import Guest
from server.room.voices import Seat
from server.voice import rtp
from server.voice.jitter import Jitter, Take
from server.voice.opus import RATE, Decoder, Encoder, Sound
from server.voice.port import Port
from server.voice.worker import Worker
from tests.voice.calls import until
from tests.voice.sounds import ticks, tone

PHASE_MS = 10.0
"""Within a tick, when guests speak."""


def said(hertz: float, seconds: float, frame_ms: int = 20, loud: float = 5000) -> list[bytes]:
    """A tone as packets."""
    encoder = Encoder(bitrate=32_000, fec=1, loss=10)
    return [encoder.encode(part) for part in ticks(tone(hertz, seconds, loud), 48 * frame_ms)]


def loudness(sound: Sound, hertz: float) -> float:
    """How loud a tone is in a sound, as the height of its wave."""
    turn = np.exp(-2j * np.pi * hertz * np.arange(len(sound)) / RATE)
    return float(abs(np.dot(sound.astype(float), turn))) * 2 / max(1, len(sound))


class Way:
    """A guest's line to the room: what is lost on it, and how late the rest comes."""

    def __init__(
        self, seed: int = 1, loss: float = 0, jitter_ms: float = 0, burst: int = 0
    ) -> None:
        """`burst`: once in 100 packets so many are lost, one behind the other."""
        self._chance = random.Random(seed)
        self._loss, self._jitter, self._burst, self._n = loss, jitter_ms, burst, 0

    def __call__(self) -> float | None:
        """The delay of the next packet in ms; None: it is lost."""
        self._n += 1
        if self._chance.random() < self._loss or self._n % 100 < self._burst:
            return None
        return self._chance.random() * self._jitter


class Party:
    """`now` is in ms."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.port = Port("127.0.0.1")
        self.worker = Worker(self.port, [self.port.address], self._tell, clock=lambda: self.now)
        self.naps: Callable[[int], bool] = lambda tick: False  # which ticks the worker sleeps over
        self.guests: dict[str, Guest] = {}
        self.frame_ms: dict[str, int] = defaultdict(lambda: 20)
        self.ways: dict[str, Way] = defaultdict(Way)
        self.heard: dict[str, list[tuple[float, rtp.Header, bytes]]] = defaultdict(list)
        self._coming: list[tuple[float, int, Guest, bytes]] = []
        self._offset = self._n = self._tick = 0

    def _tell(self, room: str, member: str, what: dict[str, Any]) -> None:
        self.told.append((member, what))

    @property
    def speaking(self) -> set[str]:
        return set(self.worker.speaking("room"))

    def seat(self, **seats: Seat) -> None:
        """All others sit together and may speak."""
        self._offset += 1
        others = dict.fromkeys(self.guests, Seat())
        self.worker.arrange("room", self._offset, {**others, **seats})

    async def join(self, *people: str) -> None:
        for who in people:
            self.now += 100  # or too many would come at once
            guest = Guest()
            self.guests[who] = guest
            self.seat()
            await guest.accept(self.worker.offer("room", who, guest.offer))
            await until(lambda who=who: (who, {"state": "connected"}) in self.told)  # type: ignore[misc]
            guest.sleep()
            guest.level = 30
            guest.got = self._ear(who, guest)
        self.worker._wake()
        self._tick = 0
        self._begun = self.now

    def _ear(self, who: str, guest: Guest) -> Callable[[bytes, float], None]:
        def got(data: bytes, _: float) -> None:
            self.heard[who].append((self.now, rtp.read(data), guest.open(data)))

        return got

    def run(self, seconds: float, voices: dict[str, list[bytes]] | None = None) -> None:
        """These say that, each from its beginning."""
        for at in range(int(seconds * 50)):
            self._tick += 1
            until = self._begun + self._tick * 20
            for who, packets in (voices or {}).items():
                length = self.frame_ms[who]
                if at * 20 % length == 0 and at * 20 // length < len(packets):
                    self._say(who, packets[at * 20 // length], until - 20 + PHASE_MS)
            while self._coming and self._coming[0][0] <= until:
                self.now, _, guest, data = heapq.heappop(self._coming)
                if self.naps(self._tick):
                    guest.send(data)
                else:
                    self.throw(guest, data)
            self.now = until
            if not self.naps(self._tick):
                self.worker._wake()
            for guest in self.guests.values():
                guest.drain()

    def _say(self, who: str, payload: bytes, when: float) -> None:
        data = self.guests[who].make(payload, 48 * self.frame_ms[who])
        if (late := self.ways[who]()) is not None:
            self._n += 1
            heapq.heappush(self._coming, (when + late, self._n, self.guests[who], data))

    def throw(self, guest: Guest, data: bytes) -> None:
        """A packet from there, and it has come."""
        before, waited = self._all, time.monotonic()
        guest.send(data)
        while self._all == before and time.monotonic() < waited + 5:
            self.port.read()

    @property
    def _all(self) -> int:
        counts = self.port.counts
        return counts.stun + counts.dtls + counts.media + counts.stranger + counts.alien

    # -- what came of it

    def clear(self) -> None:
        self.heard.clear()

    def sound(self, who: str) -> Sound:
        """What this person has heard since `clear`."""
        decoder = Decoder()
        heard = [decoder.decode(payload) for _, _, payload in self.heard[who]]
        return np.concatenate([np.zeros(1, dtype=np.int16), *heard])

    def ear(self, who: str, tones: dict[str, float]) -> dict[str, float]:
        """How loud each voice was, in the last half of that."""
        sound = self.sound(who)
        late = sound[len(sound) // 2 :]
        return {one: loudness(late, hertz) for one, hertz in tones.items()}

    def hears(self, who: str, tones: dict[str, float]) -> set[str]:
        return {one for one, loud in self.ear(who, tones).items() if loud > 1500}

    async def close(self) -> None:
        for guest in self.guests.values():
            await guest.close()
        await self.worker.close()


@asynccontextmanager
async def party(*people: str) -> AsyncIterator[Party]:
    """These people have come. What goes wrong in the loop is a failure of the test."""
    faults: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: faults.append(what))
    made = Party()
    try:
        await made.join(*people)
        yield made
    finally:
        await made.close()
    assert not faults, faults


class Tally:
    """What jitter buffers have given out: how much of it was made up, and what FEC brought back."""

    def __init__(self) -> None:
        self.played = self.found = self.made_up = 0

    def count(self, take: Take) -> Take:
        self.played += take.packet is not None
        self.found += take.lost and take.fec is not None
        self.made_up += take.lost and take.fec is None
        return take

    @property
    def concealed(self) -> float:
        return self.made_up / max(1, self.played + self.found + self.made_up)


def tallied(monkeypatch: Any) -> Tally:
    """Counts from now on."""
    tally, pull = Tally(), Jitter.pull
    monkeypatch.setattr(Jitter, "pull", lambda self: tally.count(pull(self)))
    return tally


def jump(sound: Sound) -> float:
    """The largest step from one sample to the next."""
    return float(np.abs(np.diff(sound.astype(float))).max(initial=0))


def step(hertz: Iterable[float], loud: float) -> float:
    """The largest step that such tones have together."""
    return sum(2 * np.pi * one * loud / RATE for one in hertz)
