"""The server's side of a simulated room: a log that answers late, a node that may die."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from server.log import Appended, Duplicate, Entry, StorageError
from server.log.memory import MemoryRooms
from server.room import codes, keys, wire
from server.room import fold as folding
from server.room.door import Refused
from server.room.fold import Fold
from server.room.keys import Key
from server.room.limits import Limits
from server.room.node import Node
from server.room.port import Ticket
from server.room.position import opened
from server.room.ring import Ring, Turn
from tests.room.world import CARDS, name_of

from .kinds import KINDS, PLAN
from .line import Line, binary, text
from .promise import differs, hold
from .reference import Reference

ROOM = "0123456789"
JOIN, HOST = "j" * 22, "h" * 43
SECRET = b"s" * 32
Write = Callable[[], Callable[[], None] | None]
"""A write of the log; it gives back what to tell the node about it."""


class Stage:
    """One room: its log, its node or none, its lines. It is the node's port."""

    make: type[Node] = Node

    def __init__(self, rng: Random, limits: Limits) -> None:
        self.rng, self.limits = rng, limits
        self.clock = 1_000_000
        self.rooms = MemoryRooms(lambda: self.clock, epochs=lambda: "e1")
        meta = self.rooms.create(ROOM, 2**50, SECRET)
        steps = CARDS.steps(PLAN, KINDS, limits)
        self.reference = Reference(limits, SECRET, steps)
        self.tokens = self.reference.tokens
        first = Fold(KINDS, limits, SECRET, folding.empty("Our jam", "en", steps), 0)
        self.rooms.save_snapshot(ROOM, meta.epoch, 0, meta.tag, first.save(), 0)
        for cap, role in ((JOIN, "member"), (HOST, "host")):
            self.rooms.put_key(ROOM, keys.key_id(cap), keys.encode(Key(role=role)))
        self.node: Node | None = None
        self.lines: list[Line] = []
        self.writes: list[Write] = []
        self.told: list[Callable[[], None]] = []
        self.forgets: list[Write] = []
        self.failing = False
        self.over = False
        self.booted = 0
        self.lost = False
        self._lines = 0

    # -- the process

    def boot(self) -> None:
        """A fresh server process reads the room from its log."""
        self.writes, self.told, self.forgets, self.lost = [], [], [], False
        meta, snapshot = self.rooms.meta(ROOM), self.rooms.load_snapshot(ROOM)
        assert meta is not None and snapshot is not None
        state = folding.load(KINDS, self.limits, meta.secret, snapshot.blob, snapshot.offset)
        ring = Ring(snapshot.offset, snapshot.tag, self.limits.ring_bytes, self.limits.ring_ms)
        page = self.rooms.read(ROOM, snapshot.offset, None, 10**6)
        tag = snapshot.tag
        for entry in page.entries:  # type: ignore[union-attr]
            folded = state.apply(entry)
            ring.push(Turn(entry.offset, entry.tag, entry.ts, folded.changes, len(entry.payload)))
            if folded.forget:
                ring.empty()
                # the server may have died between the op and what it promised
                self.forget(entry.offset, entry.tag, state.save(), state.seed)
            tag = entry.tag
        want = self.reference.trees[state.offset]
        hold(state.state == want, "a restart keeps the state", differs(state.state, want))
        hold(state.seed == self.reference.seeds[state.offset], "a restart keeps the seed")
        marks = {a: (m.n, m.offset) for a, m in page.marks.items()}  # type: ignore[union-attr]
        opens = {k: keys.decode(v) for k, v in self.rooms.keys(ROOM).items()}
        self.booted += 1
        self.node = self.make(
            state, ring, CARDS, self.limits, self, opens, marks, (text, binary), meta.epoch,
            tag, meta.ts, name_of, self.clock,
        )  # fmt: skip

    def kill(self) -> None:
        """kill -9: what was asked of the log may land or not; no answer arrives."""
        for _ in range(self.rng.randint(0, len(self.writes))):
            self.land()
        self.node = None
        self.writes, self.told, self.forgets = [], [], []
        for line in list(self.lines):
            line.dies(self.rng)

    # -- the node's port

    def append(self, ticket: Ticket, n: int, p: int | None) -> None:
        def write() -> Callable[[], None]:
            landed = not self.failing or self.rng.random() < 0.2
            answer: Any = None
            if landed:
                answer = self.rooms.append(ROOM, "e1", ticket.author, n, p, ticket.payload)
                if isinstance(answer, Appended):
                    entry = Entry(answer.offset, answer.ts, answer.tag, ticket.author, n,
                                  ticket.payload)  # fmt: skip
                    self.reference.land(entry)
            if self.failing:
                answer = StorageError()
            return lambda: self._answered(ticket, answer)

        self.writes.append(write)

    def _answered(self, ticket: Ticket, answer: Any) -> None:
        if self.node is None or self.lost:
            return
        known = self.node.fold.offset
        if (isinstance(answer, Appended) and answer.offset != known + 1) or (
            isinstance(answer, Duplicate) and answer.offset > known
        ):
            self.lost = True  # its commit seemed to fail: the room is read again
        elif isinstance(answer, Appended):
            self.node.appended(ticket, answer.offset, answer.ts, answer.tag)
            self._bounded()
        elif isinstance(answer, Duplicate):
            self.node.duplicate(ticket, answer.offset)
        else:
            self.node.failed(ticket, self.clock)

    def snapshot(self, offset: int, tag: str, blob: Callable[[], bytes]) -> None:
        def write() -> None:
            if not self.failing and not self.forgets:
                data = blob()
                self.rooms.save_snapshot(ROOM, "e1", offset, tag, data, self.clock - 600_000)

        self.writes.append(write)

    def forget(self, offset: int, tag: str, blob: bytes, seed: bytes) -> None:
        def write() -> None:
            if self.failing:
                self.forgets.append(write)  # until it is done it is tried again
            else:
                done = self.rooms.forget(ROOM, "e1", offset, tag, blob, seed)
                hold(done, "the log forgets where it was asked to", offset)

        self.writes.append(write)

    def put_key(self, key: str, value: bytes, then: Callable[[], None] | None = None) -> None:
        def write() -> None:
            self.rooms.put_key(ROOM, key, value)
            if then is not None:
                then()

        self.writes.append(write)

    def delete_key(self, key: str, then: Callable[[bool], None] | None) -> None:
        def write() -> None:
            there = self.rooms.delete_key(ROOM, key)
            if then is not None:
                then(there)

        self.writes.append(write)

    def lived(self) -> None: ...

    def let(self, knock: str, let_in: bool) -> None: ...

    def ended(self, until: int, erase: bool) -> None:
        self.over = True

    def entropy(self, size: int) -> bytes:
        return self.rng.randbytes(size)

    def wall(self) -> int:
        return self.clock + 1_700_000_000_000

    def fault(self, where: str) -> None:
        hold(where.startswith(("echo.broken", "room.open")), "a fault where none was made", where)

    # -- what happens, a step at a time

    def land(self) -> None:
        """The log does the oldest thing it was asked for."""
        if not self.failing and self.forgets:
            self.forgets.pop(0)()
        elif self.writes:
            tell = self.writes.pop(0)()
            if tell is not None:
                self.told.append(tell)

    def answer(self) -> None:
        """The node hears of the oldest thing that was done."""
        if self.told:
            self.told.pop(0)()

    def wake(self) -> None:
        """The server is there again."""
        if self.lost:
            self.resync()
        if self.node is None:
            self.boot()

    def settle(self) -> None:
        """All that was asked for is done and answered."""
        while self.writes or self.told or self.forgets:
            self.land()
            self.answer()

    def resync(self) -> None:
        """An op whose commit seemed to fail is on the log after all: read the room again."""
        for line in list(self.lines):
            line.close(codes.RESYNC)
            line.gone = True
        while self.writes or (self.forgets and not self.failing):
            self.land()
        self.node = None
        self.boot()

    def dial(self, held: int) -> Line:
        self._lines += 1
        line = Line(self._lines, held, self._sent)
        self.lines.append(line)
        return line

    def up(self, line: Line) -> None:
        """One frame arrives at the server."""
        if not line.up:
            return
        data = line.up.popleft()
        if self.node is None:  # nobody is there to take the call
            line.close(1006)
            line.gone = True
        if self.node is None or line.gone or line.closed is not None:
            return
        if line.greeted:
            self.node.receive(line.session, data, self.clock)
            return
        hello = wire.decode(data)
        assert isinstance(hello, wire.Hello)
        line.greeted = True
        place = opened(hello.pos) if hello.pos else None
        line.place = place[1] if place else -1
        try:
            line.session = self.node.greet(line, hello, self.clock)
        except Refused as no:
            line.close(no.close)

    def writable(self, line: Line) -> None:
        """A full line takes frames again."""
        if self.node is not None and line.session is not None:
            line.full = False
            self.node.writable(line.session, self.clock)

    def notice(self, line: Line) -> None:
        """The server sees that a line is closed."""
        if not line.gone:
            line.gone = True
            if self.node is not None and line.session is not None:
                self.node.gone(line.session, self.clock)
        self.lines.remove(line)

    def time(self, ms: int) -> None:
        self.clock += ms
        if self.node is not None:
            self.node.tick(self.clock)

    # -- checks

    def _sent(self, line: Line, data: bytes) -> None:
        """A frame leaves: here, because what leaves may be read, whether it arrives or not."""
        assert self.node is not None
        session = line.session
        if session is None:  # the greeting is under way: the welcome names who it is
            frame = json.loads(data)
            if frame["t"] == "welcome" and frame["mode"] == "tail":
                since = self.reference.forgotten(self.node.fold.offset)
                hold(line.place >= since, "no tail from before a Forget", line.place, since)
            if frame["t"] in ("welcome", "err"):
                return
            session = self.node.delivery.sessions[-1]
        self.reference.frame(data, session.member, session.role, self.node.fold.offset)

    def _bounded(self) -> None:
        node = self.node
        assert node is not None
        hold(node.ring.bytes <= self.limits.ring_bytes, "the ring is bounded", node.ring.bytes)
        for kept in node.intake.answers.values():
            hold(len(kept) <= self.limits.answers_kept, "kept answers are bounded", len(kept))
        since = self.reference.forgotten(node.fold.offset)
        hold(node.ring.floor >= since, "a Forget empties the ring", node.ring.floor, since)
