"""One run: a seed decides the limits, the people, what they do and what goes wrong. Then rest."""

from __future__ import annotations

from random import Random

from server.room.limits import Limits

from .client import Seat, Tab
from .stage import HOST, JOIN, Stage
from .storm import Storm
from .verdict import verdict

STEPS = 300
WEIGHTS: dict[str, int] = {
    "act": 70, "up": 70, "down": 70, "land": 50, "answer": 50, "time": 35, "notice": 15,
    "live": 8, "beat": 6, "wrong": 3, "cut": 4, "reload": 2, "shut": 1, "bye": 1, "visit": 2,
    "kill": 1, "failing": 2, "jump": 2, "narrow": 2, "key": 1, "again": 2, "save": 1,
}  # fmt: skip


class Run(Storm):
    """One server, which may die and come back."""

    def __init__(self, seed: int, stage: type[Stage] = Stage, tab: type[Tab] = Tab) -> None:
        self.rng = rng = Random(seed)
        self.limits = Limits(
            snapshot_ops=rng.choice((5, 5, 20, 512)),
            ring_bytes=rng.choice((400, 1_500, 20_000)),
            part_bytes=rng.choice((300, 1_000, 32_768)),
            unacked_bytes=rng.choice((2_000, 256 * 1024)),
            ops_rate=rng.choice((5, 20)),
            ops_burst=rng.choice((6, 60)),
            room_ops_rate=rng.choice((20, 300)),
            room_ops_burst=rng.choice((20, 600)),
            in_flight=rng.choice((4, 240)),
            answers_kept=rng.choice((60, 256)),
            people=rng.choice((16, 200)),
            tick_ms=rng.choice((50, 600)),
        )
        self.stage = stage(rng, self.limits)
        self.stage.boot()
        self.make = tab
        self.lines_held = rng.choice((1_500, 6_000, 10**9))
        self.seats = [Seat("Host", HOST)]
        self.seats += [Seat(f"P{i}", JOIN) for i in range(rng.randint(2, 5))]
        self.tabs, self.all = [], []
        for seat in self.seats:
            self._come(seat)

    # -- the run

    def play(self, steps: int = STEPS) -> None:
        super().play(steps)

    def _play(self, steps: int) -> None:
        if self.rng.random() < 0.8:
            self._begin()
        for what in self.rng.choices(list(WEIGHTS), [*WEIGHTS.values()], k=steps):
            getattr(self, "_" + what)()
            self._back()
        self.rest()

    def _back(self) -> None:
        """The server comes back after a while, and so do the people."""
        if self.stage.lost:
            self.stage.resync()
        if self.stage.node is None:
            if self.rng.random() < 0.8:
                return
            self.stage.boot()
        self._dial()

    # -- what the log does

    def _land(self) -> None:
        for _ in range(self.rng.choice((1, 2, 6))):
            self.stage.land()

    def _answer(self) -> None:
        for _ in range(self.rng.choice((1, 2, 6))):
            self.stage.answer()

    # -- what goes wrong

    def _shut(self) -> None:
        """A tab is closed, with all that was in its outbox."""
        tab = self._tab()
        if tab is not None and len(self.tabs) > 2 and tab.seat.member:
            tab.dropped()
            tab.open = False
            self.tabs.remove(tab)

    def _visit(self) -> None:
        self._come(self.rng.choice(self.seats))

    def _kill(self) -> None:
        if self.stage.node is not None:
            self.stage.kill()

    def _failing(self) -> None:
        self.stage.failing = not self.stage.failing

    def _narrow(self) -> None:
        line = self._line()
        if line is not None:
            line.held = self.rng.choice((0, 500, 5_000))

    def _save(self) -> None:
        if self.stage.node is not None:
            self.stage.node.save()

    # -- and then

    def rest(self) -> None:
        """No more faults: everybody comes to rest, and what was promised is looked at."""
        self.stage.failing = False
        self._wide()
        self._until(self._idle)
        for _ in range(75):
            self._calm_second()
        self._until(self._idle)
        verdict(self.stage, self.tabs)

    def _calm(self) -> bool:
        stage = self.stage
        return not (
            stage.writes
            or stage.told
            or stage.forgets
            or stage.node is None
            or stage.lost
            or stage.node.delivery.pending
        )


def run(seed: int, stage: type[Stage] = Stage, tab: type[Tab] = Tab, steps: int = STEPS) -> Run:
    """Play one seed; raises Broken, or whatever the code under test raised."""
    made = Run(seed, stage, tab)
    made.play(steps)
    return made
