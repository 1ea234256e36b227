"""Many guests of one server: some speak, all others are quiet as browsers are with DTX."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from bench.voices import speech
from bench.voices.guest import Guest
from server.voice.mixer import TICK

QUIET_EVERY: Final = 20
"""Ticks between two packets of somebody quiet."""
CHECK_EVERY: Final = 250
"""Ticks between two checks, and two reports, of one guest."""
SILENT: Final = 127
LOUD: Final = 30
WIRE: Final = 28
"""Bytes of IPv4 and UDP before each packet."""
STARVED: Final = 0.97


class Server:
    """A process that answers lines."""

    def __init__(self, command: Sequence[str], core: str = "") -> None:
        self._command = [*(["taskset", "-c", core] if core else []), *command]

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=1 << 20
        )

    async def ask(self, **what: Any) -> dict[str, Any]:
        """One line, and the answer to it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        line = await asyncio.wait_for(self._process.stdout.readline(), 60)
        if not line:
            raise RuntimeError("the server is gone")
        found: dict[str, Any] = json.loads(line)
        return found

    async def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 10)
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


@dataclass
class Load:
    """What went on in a stretch of time."""

    seconds: float
    cpu: float
    ticks: float
    sent: int
    octets: int
    guests: int
    dropped: int = 0

    @property
    def share(self) -> float:
        """Of the ticks that should have been: below STARVED the machine had no time for us."""
        return self.ticks / (self.seconds * 50)

    @property
    def second(self) -> float:
        """ms of CPU in a second of the room, by the ticks that were done."""
        return self.cpu * 1000 / (self.ticks / 50)

    @property
    def each(self) -> float:
        """The same for one person."""
        return self.second / self.guests

    @property
    def frame(self) -> float:
        """us of CPU for a packet that was sent."""
        return self.cpu * 1e6 / self.sent if self.sent else 0.0

    @property
    def kbits(self) -> float:
        """On the wire to one person."""
        return (self.octets + self.sent * WIRE) * 8 / 1000 / self.guests / self.seconds


@dataclass
class Swarm:
    """The guests of one room. The first ones speak when there is speech."""

    server: Server
    host: str = "127.0.0.1"
    guests: list[Guest] = field(default_factory=list)
    voices: dict[int, list[bytes]] = field(default_factory=dict)
    """Who says what: a guest's number, and packets of 20 ms that go round."""
    said: list[tuple[float, int, int]] = field(default_factory=list)
    """When, who, which packet; kept while `log` is true."""
    log: bool = False
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def join(self, many: int) -> None:
        """So many more."""
        for _ in range(many):
            self.guests.append(await self._call(len(self.guests)))

    async def _call(self, number: int) -> Guest:
        guest = Guest(self.host)
        text, name = guest.offer, f"guest{number}"
        told = await self.server.ask(do="offer", member=name, sdp=text)
        while "after_ms" in told:
            await asyncio.sleep(told["after_ms"] / 1000)
            told = await self.server.ask(do="offer", member=name, sdp=text)
        await guest.accept(told["sdp"])
        guest.sleep()
        guest.level = LOUD if number in self.voices else SILENT
        return guest

    async def again(self, numbers: Iterable[int]) -> None:
        """These go and come again."""
        for number in numbers:
            await self.guests[number].close()
            self.guests[number] = await self._call(number)

    def speak(self, voices: dict[int, list[bytes]]) -> None:
        """From now on these say this; who is not named is quiet."""
        self.voices = voices
        for number, guest in enumerate(self.guests):
            guest.level = LOUD if number in voices else SILENT

    async def __aenter__(self) -> Swarm:
        await self.server.start()
        self._tasks.append(asyncio.create_task(self._go()))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for guest in self.guests:
            await guest.close()
        await self.server.close()

    async def _go(self) -> None:
        """Time goes by: who speaks has a phase of their own within the 20 ms."""
        begun, tick = time.monotonic(), 0
        while True:
            for number in sorted(self.voices):
                phase = 0.002 + 0.016 * (number % 5) / 5
                await _until(begun + tick * 0.02 + phase)
                if number < len(self.guests) and number in self.voices:
                    self._voice(number, tick)
            await _until(begun + tick * 0.02 + 0.0195)
            self._others(tick)
            tick += 1

    def _voice(self, number: int, tick: int) -> None:
        voice = self.voices[number]
        which = tick % len(voice)
        if self.log:
            self.said.append((time.monotonic() * 1000, number, which))
        self.guests[number].say(voice[which])

    def _others(self, tick: int) -> None:
        for number, guest in enumerate(self.guests):
            if number not in self.voices:
                if (tick + number) % QUIET_EVERY == 0:
                    guest.say(speech.DTX)
                else:
                    guest.rest(TICK)
            if (tick + 3 * number) % CHECK_EVERY == 0:
                guest.check()
                guest.report()
            if (tick + number) % 3 == 0:
                guest.drain()

    async def measure(self, seconds: float) -> Load:
        """CPU and packets of the next seconds."""
        before, got = await self.server.ask(do="count"), self._got()
        await asyncio.sleep(seconds)
        after, now = await self.server.ask(do="count"), self._got()
        took = after["wall"] - before["wall"]
        ticks = after["ticks"] - before["ticks"] if after.get("ticks") else took * 50
        return Load(
            took, after["cpu"] - before["cpu"], ticks, now[0] - got[0], now[1] - got[1],
            len(self.guests), after.get("dropped", 0) - before.get("dropped", 0),
        )  # fmt: skip

    def _got(self) -> tuple[int, int]:
        for guest in self.guests:
            guest.drain()
        return sum(one.packets for one in self.guests), sum(one.octets for one in self.guests)


async def _until(when: float) -> None:
    ahead = when - time.monotonic()
    if ahead > 0:
        await asyncio.sleep(ahead)


@asynccontextmanager
async def swarm(
    module: str, core: str = "", *more: str, host: str = "127.0.0.1"
) -> AsyncIterator[Swarm]:
    """A server out of this package, and its guests."""
    command = [sys.executable, "-m", f"bench.voices.{module}", *more]
    async with Swarm(Server(command, core), host) as made:
        yield made


def rng(seed: int, share: float) -> Any:
    """Loses so much of what goes through."""
    chance = random.Random(seed)
    return lambda: chance.random() < share
