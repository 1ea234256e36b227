"""One run: a seed decides the limits, the people, what they do and what goes wrong. Then rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from server.kit import CLOCK, HOST
from server.log.base import ReadResult
from server.room.acts import room as room_actions
from server.room.limits import Limits

from . import stage as staging
from .client import Seat, Tab
from .kinds import KINDS, OPTIONS, arguments
from .line import Line
from .reference import TOKEN, hold
from .stage import Stage

STEPS = 300
WEIGHTS: dict[str, int] = {
    "act": 70, "up": 70, "down": 70, "land": 50, "answer": 50, "time": 35, "notice": 15,
    "live": 8, "beat": 6, "wrong": 3, "cut": 4, "reload": 2, "shut": 1, "bye": 1, "visit": 2,
    "kill": 1, "failing": 2, "jump": 2, "narrow": 2, "key": 1, "again": 2, "save": 1,
}  # fmt: skip


class Run:
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
        self.tokens = 0
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

    def _tab(self, online: bool = False) -> Tab | None:
        here = [t for t in self.tabs if t.open and (t.online or not online)]
        return self.rng.choice(here) if here else None

    def _line(self) -> Line | None:
        return self.rng.choice(self.stage.lines) if self.stage.lines else None

    # -- what people do

    def _token(self, tab: Tab) -> str:
        self.tokens += 1
        token = f"~{self.tokens}~"
        if tab.seat.member:
            self.stage.reference.wrote(token, tab.seat.member)
        return token

    def _now(self, tab: Tab) -> Any:
        meet: dict[str, Any] = tab.tree.get("meet") or {}
        return meet.get("now")

    def _act(self) -> None:
        for _ in range(self.rng.choice((1, 1, 2, 5))):
            self._one(self._tab())

    def _one(self, tab: Tab | None) -> None:
        if tab is None or not tab.seat.member or not tab.tree:
            return
        rng, now = self.rng, self._now(tab)
        people = tab.tree["meet"]["people"]
        host = people.get(tab.seat.member, {}).get("role") == "host"
        token = self._token(tab)
        if host and (now is None or rng.random() < 0.04):
            kind = rng.choice(("echo", "echo", "echo", *OPTIONS))
            told = {"kind": kind, "options": rng.choice(OPTIONS[kind])}
            tab.act("room.open", None, told, sure=True)
        elif now is None or rng.random() < 0.1:
            name = rng.choice(("hand", "hand", "rename", "title", "timer", "next", "lower"))
            action = room_actions.actions[name]
            d = arguments(rng, action.fields, list(people), token)
            tab.act(f"room.{name}", None, d, sure=False)
        else:
            kind = now["kind"]
            names = [n for n, a in KINDS[kind].actions.items()
                     if a.by != CLOCK and (host or a.by != HOST)]  # fmt: skip
            if kind == "echo":
                names += ["add", "add", "pop", "pop", "hide", "among"]
            if host:
                names += [name for name in ("show", "team", "team") if name in names]
            action = KINDS[kind].actions[rng.choice(names)]
            d = arguments(rng, action.fields, list(people), token)
            g = now["g"] if rng.random() < 0.9 else max(1, now["g"] - 1)
            tab.act(f"{kind}.{action.name}", g, d, sure=kind == "echo")

    def _wrong(self) -> None:
        """An op that is refused by its shape, and uses up its number."""
        tab = self._tab()
        if tab is not None and tab.seat.member:
            what, d = self.rng.choice(
                [("echo.add", {"text": 7}), ("room.hand", {}), ("nope.nope", {}), ("echo.bell", {})]
            )
            tab.act(what, None, d, sure=False)

    def _again(self) -> None:
        """A host brings back what ran before."""
        tab = self._tab()
        past = tab.tree["meet"]["past"] if tab is not None and tab.tree else []
        if tab is not None and past and tab.seat.cap == staging.HOST:
            tab.act("room.open", None, {"again": self.rng.choice(past)["g"]}, sure=False)

    def _live(self) -> None:
        tab = self._tab(online=True)
        if tab is None:
            return
        if self.rng.random() < 0.3:
            tab.say({"t": "eph", "key": "react", "d": {"r": self.rng.randint(0, 5)}})
            return
        key = self.rng.choice(("dot", "wink", "nudge", "note"))
        d = None if self.rng.random() < 0.2 else {"x": self.rng.randint(0, 99)}
        tab.say({"t": "eph", "key": key, "d": d})

    def _beat(self) -> None:
        tab = self._tab(online=True)
        if tab is not None:
            frame = {"t": "k", "ct": self.stage.clock, "hidden": self.rng.random() < 0.2}
            tab.say({**frame, "pos": tab.reached} if tab.reached else frame)

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
        for _ in range(45):
            self._calm_second()
        self._until(lambda: all(t.idle for t in self.tabs if t.open) and self._calm())
        self._check()

    def _calm(self) -> bool:
        stage = self.stage
        return not (stage.writes or stage.told or stage.forgets or stage.node is None or stage.lost
                    or stage.node.delivery.pending
                    or any(x.up or x.down or x.cut or x.closed is not None for x in stage.lines))

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

    def _check(self) -> None:
        stage, reference = self.stage, self.stage.reference
        node = stage.node
        assert node is not None
        top = len(reference.trees) - 1
        hold(node.fold.offset == top, "the node has all of the log", node.fold.offset, top)
        hold(node.fold.state == reference.trees[top], "the node's state is the log's")
        hold(node.fold.seed == reference.seeds[top], "the node's seed is the log's")
        here = {}
        for tab in self.tabs:
            if not tab.open:
                continue
            here[tab.seat.member] = True
            seen = {k: v for k, v in tab.tree.items() if k != "live"}
            want = reference.view(tab.seat.member, "", top)
            for root in ("meet", "room", "own", "host", "team"):
                mine = _bare(seen.get(root), root)
                ours = _bare(want.get(root), root)
                hold(mine == ours, "at rest everybody has their view", tab.seat.name, root,
                     staging._differs(mine, ours))  # fmt: skip
            for n in tab.sure:
                found = (tab.author, n) in reference.entries
                hold(found, "what was done is on the log", tab.seat.name, n)
        people = reference.trees[top]["meet"]["people"]
        for member, person in people.items():
            hold(person["here"] == (member in here), "who is here is here", person, here)
        for member in node.delivery.lives:
            hold(member in here, "live values go with their person", member)
        self._forgotten()

    def _forgotten(self) -> None:
        """What a Forget was to take is nowhere in the store."""
        reference = self.stage.reference
        page = self.stage.rooms.read(staging.ROOM, self.stage.rooms.meta(staging.ROOM).floor,  # type: ignore[union-attr]
                                     None, 10**6)  # fmt: skip
        assert isinstance(page, ReadResult)
        kept = set()
        for entry in page.entries:
            kept.update(TOKEN.findall(entry.payload.decode()))
        room = self.stage.rooms._rooms[staging.ROOM]
        for snapshot in room.snapshots:
            kept.update(TOKEN.findall(snapshot.blob.decode()))
        then = set(TOKEN.findall(json.dumps(reference.trees[reference.forgets[-1]])))
        for token in reference.hidden_then():
            hold(token in then or token not in kept, "what is forgotten has left the store", token)


def _bare(part: Any, root: str) -> Any:
    """A part without live values and without what is empty anyway."""
    if root in ("meet", "room"):
        return part
    found = {}
    for key, value in (part or {}).items():
        if key == "live":
            continue
        if root in ("own", "team") and isinstance(value, dict):
            value = {k: v for k, v in value.items() if k != "live"}
        if value not in ({}, None):
            found[key] = value
    return found


def run(seed: int, stage: type[Stage] = Stage, tab: type[Tab] = Tab, steps: int = STEPS) -> Run:
    """Play one seed; raises Broken, or whatever the code under test raised."""
    made = Run(seed, stage, tab)
    made.play(steps)
    return made
