"""Measure voices: our worker, what aiortc does by itself, and Janus where it is installed.

python -m bench voices                         all of it, about eight minutes
python -m bench voices --only ours --people 85 --no-write

CPU is that of the server's process alone. Ends with 1 where a packet costs more of the machine's
own `sendto` and SRTP than it should; a run in which ticks were left out is "starved" and proves
nothing either way.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench import report as tables
from bench.voices import janus, report, speech
from bench.voices.floor import floor
from bench.voices.latency import Clicker, Waits
from bench.voices.swarm import STARVED, Load, Swarm, rng, swarm

README = Path(__file__).resolve().parents[1] / "README.md"
PARTS = ("ours", "latency", "stock", "shared", "janus")
SPEAKERS = 3
MOST_FRAME = 8.0
"""A packet may cost so many times one `sendto` and one protect, speech and all."""


@dataclass
class Found:
    """What came out of one kind of run."""

    loads: list[Load] = field(default_factory=list)

    @property
    def middle(self) -> Load:
        """The run with the median cost, of those that were not starved if there are any."""
        whole = [one for one in self.loads if one.share >= STARVED] or self.loads
        return sorted(whole, key=lambda one: one.second)[len(whole) // 2]


@dataclass
class Voices:
    """All runs."""

    seconds: float
    people: list[int]
    found: dict[tuple[str, int], Found] = field(default_factory=dict)
    joins: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    waits: dict[str, list[Waits]] = field(default_factory=dict)
    floors: list[dict[str, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def keep(self, what: str, people: int, load: Load) -> None:
        """One more run."""
        self.found.setdefault((what, people), Found()).loads.append(load)
        starved = " STARVED" if load.share < STARVED else ""
        print(
            f"{what:8} {people:3} {load.second:7.1f} ms/s {load.each:6.2f} each "
            f"{load.frame:7.1f} us/packet {load.kbits:5.1f} kbit/s {load.share:.1%}{starved}",
            flush=True,
        )

    async def ours(self, people: int) -> None:
        """Join, silence, speech in both tiers."""
        async with swarm("ours", core(0)) as room:
            await room.join(1)  # what is loaded once is no part of a join
            await asyncio.sleep(0.5)
            rest = await room.measure(1.0)
            before = await room.server.ask(do="count")
            await room.join(people - 1)
            after = await room.server.ask(do="count")
            took = after["wall"] - before["wall"]
            cpu = after["cpu"] - before["cpu"] - rest.cpu / rest.seconds * took
            joined = (cpu * 1000 / (people - 1), (after["rss"] - before["rss"]) / (people - 1))
            self.joins.setdefault(people, []).append(joined)
            await asyncio.sleep(1)
            self.keep("silent", people, await room.measure(self.seconds))
            room.speak(VOICES)
            await asyncio.sleep(1)
            self.keep("20 ms", people, await room.measure(self.seconds))
            await room.server.ask(do="tier", tier="thin")
            await asyncio.sleep(1)
            self.keep("60 ms", people, await room.measure(self.seconds))

    async def latency(self, people: int) -> None:
        """Clicks before, in and after 5 % of loss on the way there."""
        for tier in ("normal", "thin"):
            async with swarm("ours", core(0)) as room:
                await room.join(people)
                await room.server.ask(do="tier", tier=tier)
                clicker = Clicker(room, 0, people - 1)
                # Each run has another phase between the speakers' 20 ms and the room's.
                for turn in range(2):
                    room.speak({})
                    await asyncio.sleep(1.2 + 0.006 * turn)
                    room.speak({0: clicker.packets, 1: SOFT[0], 2: SOFT[1]})
                    await asyncio.sleep(0.6)
                    for when, lost in (("before", 0.0), ("in", 0.05), ("after", 0.0)):
                        room.guests[0].lose = rng(turn, lost)
                        waits = await clicker.listen(self.seconds)
                        self.waits.setdefault(f"{tier} {when}", []).append(waits)
                        print(f"{tier} {when}: {waits.p50:.0f} / {waits.p95:.0f} ms", flush=True)

    async def peer(self, what: str, people: int) -> None:
        """Speech on another server."""
        host = janus.address() if what == "janus" else "127.0.0.1"
        more = (host,) if what == "janus" else ()
        async with swarm(what, core(0), *more, host=host) as room:
            await room.join(people)
            room.speak(VOICES)
            await asyncio.sleep(1)
            self.keep(what, people, await self._measured(room))

    async def _measured(self, room: Swarm) -> Load:
        """Who does not tell its ticks is judged by the packets that came."""
        load = await room.measure(self.seconds)
        load.ticks = load.sent / load.guests
        return load

    def dear(self) -> list[str]:
        """Runs that were not starved and cost too many times what the machine's own work does."""
        one = {key: median(each[key] for each in self.floors) for key in self.floors[0]}
        bare, bad = one["sendto"] + one["protect"], []
        for (what, people), found in self.found.items():
            load = found.middle
            if what == "20 ms" and people >= 50 and load.share >= STARVED:
                times = load.frame / bare
                print(f"{people}: a packet costs {times:.1f} x sendto and protect ({bare:.1f} us)")
                if times > MOST_FRAME:
                    bad.append(f"{people} people: {times:.1f} x, {MOST_FRAME:g} at most")
        return bad


VOICES = {who: speech.packets(speech.speech(6, who)) for who in range(SPEAKERS)}
SOFT = [speech.packets(speech.speech(6, seed, loud=500)) for seed in (8, 9)]
WORK = {
    "ours": (10, 25, 50, 85),
    "latency": (85,),
    "stock": (10, 25),
    "shared": (25, 85),
    "janus": (25, 50),
}


ONCE = ("latency", "janus")
"""What is measured in the first turn alone: it takes long."""


def core(number: int) -> str:
    """A core for the server, where there are two."""
    mine = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return str(mine[number]) if len(mine) > 1 else ""


@contextmanager
def aside() -> Iterator[None]:
    """Guests leave the server's core alone."""
    mine = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if len(mine) > 1:
        os.sched_setaffinity(0, sorted(mine)[1:])
    try:
        yield
    finally:
        if len(mine) > 1:
            os.sched_setaffinity(0, mine)


async def measure(voices: Voices, only: list[str], repeat: int) -> None:
    """All of it, in turns, so that the drift of the machine touches all alike."""
    if "janus" in only and (why := janus.missing()):
        voices.notes.append(f"Janus was not measured: {why}")
        print(voices.notes[-1])
        only = [what for what in only if what != "janus"]
    for turn in range(repeat):
        voices.floors.append(floor())
        print("floor", {key: round(value, 1) for key, value in voices.floors[-1].items()})
        for what in only:
            if turn and what in ONCE:
                continue
            for people in WORK[what]:
                if voices.people and people not in voices.people:
                    continue
                try:
                    call: Any = getattr(voices, what, None)
                    await (call(people) if call else voices.peer(what, people))
                except (OSError, RuntimeError, TimeoutError) as fault:
                    voices.notes.append(f"{what} with {people}: {type(fault).__name__} {fault}")
                    print(voices.notes[-1], flush=True)


def main(words: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench voices", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument("--people", default="", help="only with so many, as 25,85")
    parser.add_argument("--seconds", type=float, default=5.0, help="measured time of each run")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each; the median counts")
    parser.add_argument("--no-write", action="store_true", help="leave bench/README.md as it is")
    args = parser.parse_args(words)
    voices = Voices(args.seconds, [int(one) for one in args.people.split(",") if one])
    with aside():
        asyncio.run(measure(voices, args.only.split(","), args.repeat))
    bad = voices.dear()
    print("\n".join(bad))
    if not args.no_write:
        tables.write(README, "voices", report.text(voices, args))
    return int(bool(bad))
