"""One run: a seed decides the limits, the people, what they do and what goes wrong. Then rest."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from server.room.limits import Limits

from . import stage as staging
from .client import Seat, Tab
from .kinds import OPTIONS
from .line import Line
from .people import People
from .reference import hold
from .stage import Stage
from .verdict import verdict

STEPS = 300
WEIGHTS: dict[str, int] = {
    "act": 70, "up": 70, "down": 70, "land": 50, "answer": 50, "time": 35, "notice": 15,
    "live": 8, "beat": 6, "wrong": 3, "cut": 4, "reload": 2, "shut": 1, "bye": 1, "visit": 2,
    "kill": 1, "failing": 2, "jump": 2, "narrow": 2, "key": 1, "again": 2, "save": 1,
}  # fmt: skip


class Run(People):
    """The people and what happens to them."""

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
        self.seats = [Seat("Host", staging.HOST)]
        self.seats += [Seat(f"P{i}", staging.JOIN) for i in range(rng.randint(2, 5))]
        self.tabs: list[Tab] = []
        self.all: list[Tab] = []
        self.bad: set[str] = set()
        for seat in self.seats:
            self._come(seat)

    def _come(self, seat: Seat) -> None:
        if seat.member == "" and any(tab.seat is seat for tab in self.tabs):
            return  # a second tab opens once the first one has its token
        tab = self.make(self.stage, seat, self.lines_held)
        self.tabs.append(tab)
        self.all.append(tab)
        tab.dial()

    # -- the run

    def play(self, steps: int = STEPS) -> None:
        if self.rng.random() < 0.8:
            self._begin()
        names = list(WEIGHTS)
        weights = list(WEIGHTS.values())
        for what in self.rng.choices(names, weights, k=steps):
            getattr(self, "_" + what)()
            self._dial()
        self.rest()

    def _begin(self) -> None:
        """Most jams begin in peace: everybody comes in, and the host opens something."""
        self._until(lambda: all(t.idle for t in self.tabs) and self._calm())
        kind = self.rng.choice(("echo", "echo", "echo", *OPTIONS))
        told = {"kind": kind, "options": self.rng.choice(OPTIONS[kind])}
        self.tabs[0].act("room.open", None, told, sure=True)
        self._until(lambda: all(t.idle for t in self.tabs) and self._calm())

    def _dial(self) -> None:
        if self.stage.lost:
            self.stage.resync()
        if self.stage.node is None:
            if self.rng.random() < 0.8:
                return
            self.stage.boot()
        for tab in self.tabs:
            if tab.open and tab.line is None and self.stage.clock >= tab.retry_at:
                tab.dial()

    def _line(self) -> Line | None:
        return self.rng.choice(self.stage.lines) if self.stage.lines else None

    # -- what the lines and the log do

    def _up(self) -> None:
        line = self._line()
        if line is not None:
            for _ in range(self.rng.choice((1, 2, 8))):
                self.stage.up(line)

    def _down(self) -> None:
        tab = self._tab()
        if tab is not None and tab.line is not None:
            for _ in range(self.rng.choice((1, 2, 8))):
                self.deliver(tab)

    def deliver(self, tab: Tab) -> None:
        """One frame arrives at the tab, or the end of its line does."""
        line = tab.line
        if line is None:
            return
        if line.down:
            tab.read(line.down.popleft())
            node, session = self.stage.node, line.session
            if line.full and node is not None and session is not None and line.writable:
                line.full = False
                node.writable(session, self.stage.clock)
        elif line.closed is not None:
            tab.closed(line.closed)

    def _land(self) -> None:
        for _ in range(self.rng.choice((1, 2, 6))):
            self.stage.land()

    def _answer(self) -> None:
        for _ in range(self.rng.choice((1, 2, 6))):
            self.stage.answer()

    def _time(self) -> None:
        self.stage.time(self.rng.choice((0, 1, 20, 50, 60, 200)))
        for tab in self.tabs:
            tab.pump()
            if self.rng.random() < 0.1:
                tab.confirm()

    def _jump(self) -> None:
        """Time passes in which nothing else happens."""
        for _ in range(self.rng.choice((1, 5, 14, 40))):
            self.stage.time(1_000)

    def _notice(self) -> None:
        lines = [x for x in self.stage.lines if x.cut or x.closed is not None or x.gone]
        if lines:
            self.stage.notice(self.rng.choice(lines))

    # -- what goes wrong

    def _cut(self) -> None:
        tab = self._tab()
        if tab is not None:
            tab.dropped()

    def _reload(self) -> None:
        tab = self._tab()
        if tab is not None:
            tab.reload()

    def _shut(self) -> None:
        """A tab is closed, with all that was in its outbox."""
        tab = self._tab()
        if tab is not None and len(self.tabs) > 2 and tab.seat.member:
            tab.dropped()
            tab.open = False
            self.tabs.remove(tab)

    def _bye(self) -> None:
        tab = self._tab(online=True)
        if tab is not None and len(self.tabs) > 2 and not tab.ops:
            tab.say({"t": "bye"})
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

    def _key(self) -> None:
        """A member shows the host key."""
        tab = self._tab()
        if tab is not None and tab.seat.member:
            tab.seat.cap = staging.HOST
            tab.dropped()

    def _save(self) -> None:
        if self.stage.node is not None:
            self.stage.node.save()

    # -- and then

    def rest(self) -> None:
        """No more faults: everybody comes to rest, and what was promised is looked at."""
        stage = self.stage
        stage.failing = False
        for line in stage.lines:
            line.held = 10**9
        self.lines_held = 10**9
        for tab in self.tabs:
            tab.held = 10**9
        self._until(lambda: all(t.idle for t in self.tabs if t.open) and self._calm())
        for _ in range(75):
            self._calm_second()
        self._until(lambda: all(t.idle for t in self.tabs if t.open) and self._calm())
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
            or any(x.up or x.down or x.cut or x.closed is not None for x in stage.lines)
        )

    def _until(self, done: Callable[[], bool]) -> None:
        for _ in range(400):
            if done():
                return
            self._calm_second(100)
        stuck = [(t.seat.name, t.online, len(t.ops), t.line and t.line.closed) for t in self.tabs]
        hold(False, "everybody comes to rest", stuck, len(self.stage.lines))

    def _calm_second(self, ms: int = 1_000) -> None:
        stage = self.stage
        if stage.lost:
            stage.resync()
        if stage.node is None:
            stage.boot()
        for tab in self.tabs:
            if tab.open and tab.line is None and stage.clock >= tab.retry_at:
                tab.dial()
            tab.pump()
        for line in list(stage.lines):
            while line.up and not line.cut:
                stage.up(line)
            if line.cut or line.closed is not None:
                line.up.clear()
        while stage.writes or stage.told or stage.forgets:
            stage.land()
            stage.answer()
        stage.time(ms)
        for tab in self.tabs:
            for _ in range(2_000):
                if tab.line is None or not (tab.line.down or tab.line.closed is not None):
                    break
                self.deliver(tab)
            tab.confirm()
        for line in list(stage.lines):
            if line.cut or line.closed is not None or line.gone:
                stage.notice(line)


def run(seed: int, stage: type[Stage] = Stage, tab: type[Tab] = Tab, steps: int = STEPS) -> Run:
    """Play one seed; raises Broken, or whatever the code under test raised."""
    made = Run(seed, stage, tab)
    made.play(steps)
    return made
