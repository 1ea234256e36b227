"""One run with many servers: a seed decides who comes, what they do, what goes wrong. Then rest."""

from __future__ import annotations

from random import Random
from typing import Any

from server.room.limits import Limits

from ..client import Seat
from ..stage import HOST, JOIN
from ..storm import Storm
from .server import Server
from .stage import Stage
from .tab import FarTab
from .verdict import verdict

STEPS = 260
WEIGHTS: dict[str, int] = {
    "act": 60, "up": 70, "down": 60, "land": 70, "answer": 60, "hear": 60, "time": 40, "turn": 20,
    "notice": 15, "live": 5, "beat": 5, "wrong": 2, "cut": 4, "reload": 2, "bye": 1, "visit": 2,
    "key": 1, "jump": 2, "save": 2, "keep": 3,
}  # fmt: skip
FAULTS = ("kill", "pause", "deaf", "lossy", "away", "break", "silence")
CUTS = ("rewind", "rewind", "rewind", "flush")
CALM, CUT, OVER = "calm", "cut", "over"


class Run(Storm):
    """Two servers or more, what stands between them and their store, and what happens to it."""

    stage: Stage  # type: ignore[assignment]
    tabs: list[FarTab]  # type: ignore[assignment]
    all: list[FarTab]  # type: ignore[assignment]
    make = FarTab
    times = (0, 1, 20, 30, 60, 200)
    jumps = (1, 5, 9)
    patience = 300

    def __init__(self, seed: int) -> None:
        self.rng = rng = Random(f"many {seed}")
        self.sort = rng.choice((CALM, CALM, CUT, CUT, CUT, OVER))
        self.servers = rng.random() < 0.5
        """What a cut loses comes back from the servers; else from the tabs, whatever happens to the
        servers. Which of them lives on is promised nobody."""
        self.limits = Limits(
            snapshot_ops=rng.choice((5, 20, 512)),
            ring_bytes=rng.choice((400, 20_000, 1_000_000)),
            part_bytes=rng.choice((1_000, 32_768)),
            ops_burst=rng.choice((6, 60)),
            in_flight=rng.choice((4, 240)),
            answers_kept=rng.choice((60, 256)),
            settle_ms=rng.choice((0, 5_000)) if self.sort != CUT else 0 if self.servers else 10**6,
            tick_ms=50, dim_ms=1_000, away_ms=4_000, away_restart_ms=6_000, rest_ms=8_000,
            seat_ms=20_000,
        )  # fmt: skip
        self.stage = Stage(rng, self.limits, rng.randint(2, 4))
        self.lines_held = rng.choice((6_000, 10**9))
        self.seats = [Seat("Host", HOST)]
        self.seats += [Seat(f"P{i}", JOIN) for i in range(rng.randint(2, 4))]
        self.tabs, self.all = [], []
        for server in self.stage.servers:
            server.link.loss = rng.choice((0, 0, 0.1))
        for seat in self.seats:
            self._come(seat)
        faults = [*FAULTS, *(CUTS if self.sort == CUT else ())]
        if self.sort == CUT and self.servers:
            faults.remove("kill")
        self.faults = rng.sample(faults, rng.randint(1, 5))
        if self.sort == CUT and not set(CUTS) & set(self.faults):
            self.faults.append(rng.choice(CUTS))

    @property
    def counts(self) -> dict[str, int]:
        """What happened in this run."""
        acked = sum(len(tab.acked) for tab in self.all)
        return {**self.stage.faults, "cuts": self.stage.store.cut, "ops acknowledged": acked}

    # -- the run

    def play(self, steps: int = STEPS) -> None:
        super().play(steps)

    def _over_with(self) -> None:
        for server in self.stage.alive:
            server.kill()

    def _play(self, steps: int) -> None:
        self._begin()
        self.stage.store.keep()
        weights = {**WEIGHTS, "hear": self.rng.choice((4, 20, 60, 60))}
        for at, what in enumerate(self.rng.choices(list(weights), [*weights.values()], k=steps)):
            getattr(self, "_" + what)()
            if self.rng.random() < 0.05:
                fault = self.rng.choice(self.faults)
                self.stage.count(fault)
                getattr(self, "_" + fault)()
            if self.sort == OVER and at == steps * 3 // 4:
                self._over()
            self.stage.turn()
            self._dial()
            self._whole()
        self.rest()

    def _server(self) -> Server | None:
        there = self.stage.awake
        return self.rng.choice(there) if there else None

    # -- what the store does

    def _land(self) -> None:
        there = self.stage.alive
        if there:
            server = self.rng.choice(there)
            for _ in range(self.rng.choice((1, 2, 6))):
                server.link.land(self.stage.away)

    def _answer(self) -> None:
        server = self._server()
        if server is not None:
            for _ in range(self.rng.choice((1, 2, 6))):
                server.link.answer()

    def _hear(self) -> None:
        server = self._server()
        if server is not None:
            for _ in range(self.rng.choice((1, 2, 6))):
                server.link.hear()

    def _turn(self) -> None:
        server = self._server()
        if server is not None:
            server.turn()

    def _save(self) -> None:
        server = self._server()
        if server is not None and server.room is not None:
            server.loop.inside(server.room.node.save)

    def _keep(self) -> None:
        self.stage.store.keep()

    # -- what goes wrong

    def _may_go(self) -> bool:
        """Where the tabs have to put back what is lost, they stay."""
        return self.sort != CUT or self.servers

    def _visit(self) -> None:
        """Somebody opens another tab, or somebody new comes."""
        if len(self.seats) < 8 and self.rng.random() < 0.5:
            self.seats.append(Seat(f"L{len(self.seats)}", JOIN))
        self._come(self.rng.choice(self.seats[-3:]))

    def _kill(self) -> None:
        server = self._server()
        if server is not None:
            server.kill()
            self.stage.start()

    def _pause(self) -> None:
        sleeping = [s for s in self.stage.alive if s.paused]
        if sleeping and (self.rng.random() < 0.6 or len(self.stage.awake) < 2):
            self.rng.choice(sleeping).paused = False
        elif len(self.stage.awake) > 1:
            server = self.rng.choice(self.stage.awake)
            server.paused = True
            for tab in self.tabs:  # they hear nothing, and try elsewhere
                if tab.home is server and self.rng.random() < 0.7:
                    tab.dropped()

    def _deaf(self) -> None:
        server = self._server()
        if server is not None and server.link.deaf_at < 0:
            server.link.deaf_at = self.stage.clock

    def _silence(self) -> None:
        server = self._server()
        if server is not None:
            server.link.silence(self.stage.clock)

    def _lossy(self) -> None:
        server = self._server()
        if server is not None:
            server.link.lossy = self.rng.choice((0, 0.3))

    def _away(self) -> None:
        self.stage.away = not self.stage.away

    def _break(self) -> None:
        server = self._server()
        if server is not None:
            server.link.cut(self.stage.clock, not self.stage.away)

    def _rewind(self) -> None:
        store = self.stage.store
        before = self.rng.random() < 0.5
        if not store.saved:
            return
        if before:  # what was on its way was done before
            for server in self.stage.alive:
                server.link.cut(self.stage.clock)
        store.rewind()
        if not before:
            for server in self.stage.alive:
                server.link.cut(self.stage.clock)

    def _flush(self) -> None:
        self.stage.store.flush()

    def _over(self) -> None:
        """The host ends the room, perhaps erases it."""
        host = self.tabs[0]
        if host.seat.member and host.tree:
            host.act("room.end", None, {"erase": self.rng.random() < 0.5}, sure=False)
            self.stage.over = True

    # -- and then

    def rest(self) -> None:
        """No more faults: everybody comes to rest, and what was promised is looked at."""
        stage = self.stage
        stage.away = False
        for server in stage.alive:
            server.paused = False
            link = server.link
            link.loss = link.lossy = 0
            if link.deaf_at >= 0:
                link.silence(stage.clock)
        self._wide()
        self._until(self._idle)
        for _ in range(14):
            self._calm_second()
        self._until(self._idle)
        verdict(stage, self.tabs, self.all)

    def _calm(self) -> bool:
        for server in self.stage.alive:
            room = server.room
            if not server.link.quiet or server.loading is not None:
                return False
            if room is not None and (room.node.delivery.pending or room.tail.wants
                                     or room.tail.waits or room._errands.tasks):  # fmt: skip
                return False
        return True

    def _stuck(self) -> Any:
        return [
            (s.name, s.link.quiet, r.tail.wants, r.tail.waits, len(r._errands.tasks),
             r.node.delivery.pending)
            for s in self.stage.alive if (r := s.room) is not None
        ]  # fmt: skip


def run(seed: int, steps: int = STEPS) -> Run:
    """Play one seed; raises Broken, or whatever the code under test raised."""
    made = Run(seed)
    made.play(steps)
    return made
