"""What happens in every run, with one server or with many: frames that arrive, time that passes,
lines that break, people who come, reload and go; and how all of it comes to rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .client import Seat, Tab
from .kinds import OPTIONS
from .line import Line
from .people import People
from .promise import broken, hold
from .stage import HOST, Stage


class Storm(People):
    """The people and what happens to them."""

    stage: Stage
    seats: list[Seat]
    tabs: list[Tab]
    all: list[Tab]
    make: Callable[..., Tab]
    lines_held: int
    times: tuple[int, ...] = (0, 1, 20, 50, 60, 200)
    jumps: tuple[int, ...] = (1, 5, 14, 40)
    patience = 400
    """So many tenths of a second are enough to come to rest."""

    def _come(self, seat: Seat) -> None:
        if seat.member == "" and any(tab.seat is seat for tab in self.tabs):
            return  # a second tab opens once the first one has its token
        tab = self.make(self.stage, seat, self.lines_held)
        self.tabs.append(tab)
        self.all.append(tab)
        tab.dial()

    # -- the run

    def play(self, steps: int) -> None:
        """Raises Broken, or whatever the code under test raised."""
        broken.clear()
        try:
            self._play(steps)
        finally:
            self._over_with()
        self._whole()

    def _whole(self) -> None:
        if broken:
            raise broken[0]

    def _play(self, steps: int) -> None:
        raise NotImplementedError

    def _over_with(self) -> None:
        """Whatever is still at work goes no further."""

    def _begin(self) -> None:
        """Everybody comes in, in peace, and the host opens something."""
        self._until(self._idle)
        kind = self.rng.choice(("echo", "echo", "echo", *OPTIONS))
        told = {"kind": kind, "options": self.rng.choice(OPTIONS[kind])}
        self.tabs[0].act("room.open", None, told, sure=True)
        self._until(self._idle)

    def _dial(self) -> None:
        for tab in self.tabs:
            if tab.open and tab.line is None and self.stage.clock >= tab.retry_at:
                tab.dial()

    def _line(self) -> Line | None:
        return self.rng.choice(self.stage.lines) if self.stage.lines else None

    # -- what the lines do

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
            if line.full and line.writable:
                self.stage.writable(line)
        elif line.closed is not None:
            tab.closed(line.closed)

    def _time(self) -> None:
        self.stage.time(self.rng.choice(self.times))
        for tab in self.tabs:
            tab.pump()
            if self.rng.random() < 0.1:
                tab.confirm()

    def _jump(self) -> None:
        """Time passes in which nothing else happens."""
        for _ in range(self.rng.choice(self.jumps)):
            self.stage.time(1_000)

    def _notice(self) -> None:
        lines = [x for x in self.stage.lines if x.over]
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

    def _bye(self) -> None:
        tab = self._tab(online=True)
        if tab is not None and len(self.tabs) > 2 and tab.free and self._may_go():
            tab.say({"t": "bye"})
            tab.open = False
            self.tabs.remove(tab)

    def _may_go(self) -> bool:
        return True

    def _key(self) -> None:
        """A member shows the host key."""
        tab = self._tab()
        if tab is not None and tab.seat.member:
            tab.seat.cap = HOST
            tab.dropped()

    # -- and then

    def _wide(self) -> None:
        """Lines take whatever comes."""
        for line in self.stage.lines:
            line.held = 10**9
        for tab in self.tabs:
            tab.held = 10**9
        self.lines_held = 10**9

    def _idle(self) -> bool:
        """Nothing is on its way any more."""
        if any(x.up or x.down or x.cut or x.closed is not None for x in self.stage.lines):
            return False
        return all(t.idle for t in self.tabs if t.open) and self._calm()

    def _calm(self) -> bool:
        """Neither is anything at the servers and in the store."""
        raise NotImplementedError

    def _until(self, done: Callable[[], bool]) -> None:
        for _ in range(self.patience):
            if done():
                return
            self._calm_second(100)
        stuck = [(t.seat.name, t.online, len(t.ops), t.line and t.line.closed) for t in self.tabs
                 if not t.idle]  # fmt: skip
        hold(False, "everybody comes to rest", stuck, self._stuck(), len(self.stage.lines))

    def _stuck(self) -> Any:
        """What else keeps it from rest."""

    def _calm_second(self, ms: int = 1_000) -> None:
        """All that can happen happens, and time passes."""
        stage = self.stage
        stage.wake()
        self._dial()
        for tab in self.tabs:
            tab.pump()
        for line in list(stage.lines):
            while line.up and not line.cut:
                before = len(line.up)
                stage.up(line)
                if len(line.up) == before:
                    break  # its server does not listen just now
            if line.cut or line.closed is not None:
                line.up.clear()
        stage.settle()
        stage.time(ms)
        for tab in self.tabs:
            for _ in range(2_000):
                if tab.line is None or not (tab.line.down or tab.line.closed is not None):
                    break
                self.deliver(tab)
            tab.confirm()
        for line in list(stage.lines):
            if line.over:
                stage.notice(line)
