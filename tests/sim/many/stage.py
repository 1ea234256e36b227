"""The stage: the store, some servers, the lines to them, one clock."""

from __future__ import annotations

from random import Random
from typing import Any

from server.room.limits import Limits
from server.web.frames import Frame

from ..line import Line
from ..promise import hold
from ..tokens import Tokens, allowed
from .server import Room, Server
from .store import Store


class FarLine(Line):
    """A line to one of the servers."""

    server: Server
    room: Room | None = None

    def send(self, frame: Frame) -> bool:  # type: ignore[override]
        return super().send((frame.kind, frame.payload))


class Stage:
    """All of one run."""

    make: type[Server] = Server

    def __init__(self, rng: Random, limits: Limits, servers: int) -> None:
        self.rng, self.limits = rng, limits
        self.clock = 1_000_000
        self.store = Store(rng, lambda: self.clock, limits)
        self.store.publish = self._publish
        self.tokens = Tokens()
        self.wrong: list[BaseException] = []
        self.servers: list[Server] = []
        self.lines: list[FarLine] = []
        self.away = False
        self.over = False
        self.faults: dict[str, int] = {}
        self._numbers = self._lines = 0
        for _ in range(servers):
            self.start()

    def start(self) -> Server:
        self._numbers += 1
        server = self.make(self, self._numbers)
        self.servers.append(server)
        return server

    @property
    def alive(self) -> list[Server]:
        return [server for server in self.servers if server.alive]

    @property
    def awake(self) -> list[Server]:
        return [server for server in self.alive if not server.paused]

    def entropy(self, size: int) -> bytes:
        return self.rng.randbytes(size)

    def wall(self) -> int:
        return self.clock + 1_700_000_000_000

    def count(self, fault: str) -> None:
        self.faults[fault] = self.faults.get(fault, 0) + 1

    def _publish(self, sort: str, *news: Any) -> None:
        if sort == "op":
            past = self.store.past
            assert past.folded is not None
            self.tokens.changed(past.folded.changes)
        for server in self.alive:
            server.link.publish(sort, *news)

    # -- lines

    def dial(self, held: int, server: Server) -> FarLine:
        self._lines += 1
        line = FarLine(self._lines, held, server.sent)  # type: ignore[arg-type]
        line.server = server
        self.lines.append(line)
        server.lines.append(line)
        return line

    def up(self, line: FarLine) -> None:
        if not line.server.alive:
            line.up.clear()
            line.close(1006)
        elif not line.server.paused:
            line.server.up(line)

    def writable(self, line: FarLine) -> None:
        """A full line takes frames again."""
        server, room = line.server, line.room
        if server.alive and not server.paused and room and line.session:
            line.full = False
            server.loop.inside(room.node.writable, line.session, self.clock)
            server.loop.inside(room.settle_soon)

    def notice(self, line: FarLine) -> None:
        if line.server.alive:
            if line.server.paused:
                return
            line.server.notice(line)
        self.lines.remove(line)

    def refused(self, line: Line, close: int) -> None:
        """A server does not let somebody in."""

    def time(self, ms: int) -> None:
        self.clock += ms
        for server in self.rng.sample(self.awake, len(self.awake)):
            server.link.time(self.clock)
            server.turn()

    def turn(self) -> None:
        for server in self.awake:
            server.turn()

    def wake(self) -> None:
        """They are there, but for those that are paused."""

    def settle(self) -> None:
        """Nearly all that was asked of the store is done, and all that it said is heard."""
        for _ in range(6):
            self.turn()
            for server in self.awake:
                link = server.link
                for _ in range(40):
                    if not (link.pipe or link.asks):
                        break
                    link.land(self.away)
                while link.told:
                    link.answer()
                while link.news:
                    link.hear()

    # -- what leaves

    def frame(self, frame: dict[str, Any], data: bytes, session: Any, room: Room) -> None:
        """A frame leaves a server for this person."""
        history = self.store.history
        past = history.of.get(room.node.standing.tag)
        hold(past is not None, "what is sent is of some history")
        assert past is not None
        if frame["t"] == "ack":
            for n, outcome, *_ in frame["r"]:
                known = past.marks.get(session.author, 0) >= n
                hold(known or outcome == "refused", "no answer before its op is folded", n)
        names = allowed(past.tree, session.member, session.role)
        self.tokens.leaves(data, session.member, names)
