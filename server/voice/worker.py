"""The voices of many rooms in one process: calls on one port, and one clock that ticks for all.

Nothing here reads or writes anything but the port. Who may call, and who sits where, is told from
outside (`offer`, `arrange`), and what changes is told to `tell`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from server.room.limits import Bucket
from server.room.voices import Seat

from . import means
from .bridge import Bridge
from .burst import Packet
from .means import Peer, Talk
from .offer import OfferError
from .port import Port, monotonic
from .stream import TIERS

TICK_MS: Final = 20
LATE: Final = 5
"""Ticks that are made up for at once; what is later is left out, for sound of the past is none."""
TURNS: Final = 5
"""One of so many people is looked after each 100 ms: is a report due, what can the line carry."""
CALM: Final = 25
"""Ticks in which nobody has said anything, after which two of them are done at once."""
FEW: Final = 8
"""Calls beyond which packets are read only before each tick, in which alone they are heard."""
DAY_S: Final = 86_400
RICH: Final = 64_000
PLAIN: Final = 24_000
"""Bits a second that somebody may send at most, who alone decides; and on a thin line."""
THIN_MS: Final = 60
"""Sound in one packet of theirs on a thin line."""
JOINS: Final = 10
"""Calls that may begin in a second: each costs 8 ms, and the others' sound must not wait."""

Tell = Callable[[str, str, dict[str, Any]], None]
"""Is told of a room, a member ("" for everybody) and what has happened."""


class Busy(Exception):
    """Too many calls begin at this moment; `after_ms` later there is room."""

    def __init__(self, after_ms: int) -> None:
        super().__init__(after_ms)
        self.after_ms = after_ms


@dataclass
class _Line:
    peer: Peer
    call: Talk


@dataclass
class _Hall:
    """One room's voices."""

    bridge: Bridge = field(default_factory=Bridge)
    lines: dict[str, _Line] = field(default_factory=dict)
    speaking: tuple[str, ...] = ()


@dataclass
class _Plan:
    """Who sits where in one room, and as of when."""

    epoch: str
    offset: int
    seats: Mapping[str, Seat]


class Worker:
    """Made inside a running loop."""

    def __init__(
        self,
        port: Port,
        candidates: Sequence[tuple[str, int]],
        tell: Tell,
        clock: Callable[[], float] = monotonic,
        wall: Callable[[], float] = time.time,
        plain: bool | None = None,
    ) -> None:
        """`candidates`: where people can reach the port. `plain`: how calls are made; None: as well
        as can be."""
        self.port, self.candidates = port, candidates
        self.ticks = self.missed = 0
        self._tell, self._clock, self._wall = tell, clock, wall
        self._halls: dict[str, _Hall] = {}
        self._plans: dict[str, _Plan] = {}
        self._means = means.choose(plain)
        self._own, self._own_at = self._means.certificate(), wall()
        self._joins = Bucket(JOINS, JOINS, int(clock()))
        self._begun = clock()
        self._now: float | None = None
        self._stirred = 0  # the tick in which somebody said something last
        self._closing: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(TICK_MS / 1000, self._wake)

    async def close(self) -> None:
        """Everybody's call ends."""
        self._timer.cancel()
        for room in [*self._halls]:
            for member in [*self._halls[room].lines]:
                self.hang_up(room, member)
        await asyncio.gather(*self._closing, return_exceptions=True)
        self.port.close()

    # -- who calls

    def offer(self, room: str, member: str, text: str, thin: bool = False) -> str:
        """Somebody's offer; the answer to it, or "" where that is told later. A call that they had
        before ends. Raises OfferError, and Busy where too many come at once. `thin`: they want to
        send and get little."""
        self._take_turn()
        self.hang_up(room, member)
        hall = self._halls.get(room)
        if hall is None:
            hall = _Hall()
            if (plan := self._plans.get(room)) is not None:
                hall.bridge.arrange(plan.offset, plan.seats)
        own, most = self._certificate(), PLAIN if thin else RICH
        ptime = THIN_MS if thin else None
        peer = self._means.peer(self.port, text, own, self.candidates, ptime=ptime, bitrate=most)
        self._halls[room] = hall
        hall.bridge.join(member)
        call = self._means.call(member, hall.bridge, peer, self._clock(), self._wall)
        if thin:
            call.chosen = "thin"
            hall.bridge.tier(member, "thin")
        hall.lines[member] = _Line(peer, call)
        self.port.watch(self.calls <= FEW)
        peer.on_packet = lambda data: self._heard(hall.bridge, call, data)
        peer.on_state = lambda state: self._state(room, member, peer, state)
        return peer.answer

    def _heard(self, bridge: Bridge, call: Talk, data: Any) -> None:
        now = self._clock()
        bridge.late = now > self._begun + (self.ticks + 2) * TICK_MS
        call.heard(data, now if self._now is None else self._now)

    def _take_turn(self) -> None:
        now = int(self._clock())
        if not self._joins.take(now):
            raise Busy(self._joins.wait_ms(now))

    def _certificate(self) -> Any:
        if self._wall() - self._own_at > DAY_S:
            self._own, self._own_at = self._means.certificate(), self._wall()
        return self._own

    def hang_up(self, room: str, member: str) -> None:
        """This call ends, if there is one."""
        hall = self._halls.get(room)
        line = hall.lines.get(member) if hall else None
        if line is None:
            return
        line.peer.on_state = line.peer.on_packet = lambda data: None
        self._drop(room, member)
        task = self._loop.create_task(line.peer.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _drop(self, room: str, member: str) -> None:
        hall = self._halls[room]
        del hall.lines[member]
        hall.bridge.leave(member)
        self.port.watch(self.calls <= FEW)
        if not hall.lines:
            del self._halls[room]
            if hall.speaking:
                self._tell(room, "", {"speaking": []})

    def _state(self, room: str, member: str, peer: Peer, state: str) -> None:
        hall = self._halls.get(room)
        line = hall.lines.get(member) if hall else None
        if line is None or line.peer is not peer:
            return
        if state == "closed":
            self.hang_up(room, member)
        answered = state == "answered"
        self._tell(room, member, {"answer": peer.answer} if answered else {"state": state})

    @property
    def calls(self) -> int:
        """How many there are."""
        return sum(len(hall.lines) for hall in self._halls.values())

    def speaking(self, room: str) -> tuple[str, ...]:
        """Who was heard there last."""
        return self._halls[room].speaking if room in self._halls else ()

    # -- who hears whom

    def arrange(self, room: str, offset: int, seats: Mapping[str, Seat], epoch: str = "") -> None:
        """As the room's log has it at `offset`; also of a room in which nobody calls yet. What is
        older than the last one of its epoch is left aside; a new epoch begins anew."""
        before = self._plans.get(room)
        if before is not None and before.epoch == epoch and offset < before.offset:
            return
        self._plans[room] = _Plan(epoch, offset, seats)
        if room in self._halls:
            self._halls[room].bridge.arrange(offset, seats, before is None or before.epoch != epoch)

    def forget(self, room: str) -> None:
        """The room is no business of this worker any more."""
        for member in [*self._halls[room].lines] if room in self._halls else ():
            self.hang_up(room, member)
        self._plans.pop(room, None)

    def choose(self, room: str, member: str, tier: str | None) -> None:
        """This person wants that tier; None: what the line can carry. Raises KeyError for one that
        there is not."""
        if tier is not None:
            tier = TIERS[tier].name
        hall = self._halls.get(room)
        if hall and member in hall.lines:
            call = hall.lines[member].call
            call.chosen = tier
            hall.bridge.tier(member, call.tier)

    # -- the clock

    def _wake(self) -> None:
        expected = int((self._clock() - self._begun) / TICK_MS)
        stood = expected - self.ticks > LATE
        if stood:
            self.missed += expected - self.ticks - LATE
            self.ticks = expected - LATE
        try:
            # Packets came before this tick and have waited for nothing else: to the jitter buffer
            # all of them came with it, however late it is itself.
            self._now = self._begun + expected * TICK_MS
            self.port.read()
            self._now = None
            for hall in self._halls.values() if stood else ():
                hall.bridge.skip()
            while self.ticks < expected:
                self.ticks += 1
                self._tick(self.ticks - 1)
        finally:  # one mistake does not silence everybody
            self._now = None
            # While nobody says anything, waking is most of the work.
            calm = self.ticks - self._stirred > CALM and not self.port.watched
            ahead = self._begun + (expected + 1 + calm) * TICK_MS - self._clock()
            self._timer = self._loop.call_later(max(0.0, ahead) / 1000, self._wake)

    def _tick(self, tick: int) -> None:
        now = self._clock()
        packets: list[Packet] = []
        for room, hall in [*self._halls.items()]:
            lines = hall.lines
            for out in hall.bridge.tick(now):
                for member in out.people:
                    made = lines[member].call.fill(out, tick)
                    if made is not None:
                        packets.append(made)
            if hall.bridge.stirs or hall.bridge.speaking:
                hall.bridge.stirs, self._stirred = False, tick
            if hall.bridge.speaking != hall.speaking:
                hall.speaking = hall.bridge.speaking
                self._tell(room, "", {"speaking": list(hall.speaking)})
        self.port.send_all(packets)
        if not tick % 5:
            self._reports(now, tick // 5 % TURNS)

    def _reports(self, now: float, turn: int) -> None:
        packets: list[Packet] = []
        for hall in self._halls.values():
            for n, (member, line) in enumerate(hall.lines.items()):
                if n % TURNS != turn:
                    continue
                hall.bridge.tier(member, line.call.tier)
                made = line.call.report(now)
                if made is not None:
                    packets.append(made)
        self.port.send_all(packets)


__all__ = ["Busy", "OfferError", "Worker"]
