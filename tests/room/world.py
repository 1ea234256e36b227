"""A room without a network: sockets that remember, a log in memory, time by hand."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any

from server.kit import Activity, Change, Rng, apply
from server.log import Appended, Duplicate
from server.log.memory import MemoryRooms
from server.room import fold as folding
from server.room import keys, wire
from server.room.door import Refused
from server.room.keys import Key
from server.room.library import Card, Library
from server.room.limits import Limits
from server.room.node import Node
from server.room.port import Ticket
from server.room.ring import Ring, Turn
from server.room.session import Session
from server.room.snapshot import merged
from server.web import library

ROOM = "0123456789"
JOIN, HOST = "j" * 22, "h" * 43
KINDS = library.kinds()
CARDS, _ = library.cards(KINDS)


def name_of(lang: str, taken: set[str], wished: str) -> str:
    return wished or f"Guest {len(taken)}"


class World:
    """One room, one node at a time, and the people around it. It is the node's port."""

    def __init__(
        self,
        kinds: dict[str, Activity] | None = None,
        limits: Limits | None = None,
        cards: dict[str, Card] | None = None,
        plan: list[dict[str, Any]] | None = None,
        secret: bytes = b"s" * 32,
    ) -> None:
        self.clock = 1_000_000
        self.kinds = KINDS if kinds is None else kinds
        self.limits = limits or Limits()
        self.library = CARDS if cards is None else Library(cards)
        self.rooms = MemoryRooms(lambda: self.clock, epochs=lambda: "e1")
        self.chance = Rng(b"world", 1)
        self.waiting: list[tuple[Ticket, int, int | None]] = []
        self.faults: list[str] = []
        self.lives = 0
        self.answered: list[tuple[str, bool]] = []
        self.over: list[tuple[int, bool]] = []
        self.broken = False
        meta = self.rooms.create(ROOM, 2**50, secret)
        steps = self.library.steps(plan or [], self.kinds, self.limits)
        empty = folding.Fold(
            self.kinds, self.limits, secret, folding.empty("Our jam", "en", steps), 0
        )
        self.rooms.save_snapshot(ROOM, meta.epoch, 0, meta.tag, empty.save(), 0)
        for cap, role in ((JOIN, "member"), (HOST, "host")):
            self.rooms.put_key(ROOM, keys.key_id(cap), keys.encode(Key(role=role)))
        self.node: Node
        self.boot()

    def boot(self) -> None:
        """A fresh server process reads the room from its log."""
        self.waiting = []
        meta = self.rooms.meta(ROOM)
        snapshot = self.rooms.load_snapshot(ROOM)
        assert meta is not None and snapshot is not None
        state = folding.load(self.kinds, self.limits, meta.secret, snapshot.blob, snapshot.offset)
        ring = Ring(snapshot.offset, snapshot.tag, self.limits.ring_bytes, self.limits.ring_ms)
        page = self.rooms.read(ROOM, snapshot.offset, None, 10**6)
        tag, ts = snapshot.tag, meta.ts
        for entry in page.entries:  # type: ignore[union-attr]
            folded = state.apply(entry)
            ring.push(Turn(entry.offset, entry.tag, entry.ts, folded.changes, len(entry.payload)))
            if folded.forget:
                ring.empty()
            tag, ts = entry.tag, entry.ts
        marks = {a: (m.n, m.offset) for a, m in page.marks.items()}  # type: ignore[union-attr]
        opens = {k: keys.decode(v) for k, v in self.rooms.keys(ROOM).items()}
        self.node = Node(
            state, ring, self.library, self.limits, self, opens, marks,
            (text, binary), meta.epoch, tag, ts, name_of, self.clock,
        )  # fmt: skip

    # -- the node's port

    def append(self, ticket: Ticket, n: int, p: int | None) -> None:
        self.waiting.append((ticket, n, p))

    def snapshot(self, offset: int, tag: str, blob: Callable[[], bytes]) -> None:
        self.rooms.save_snapshot(ROOM, "e1", offset, tag, blob(), self.clock - 600_000)

    def forget(self, offset: int, tag: str, blob: bytes, seed: bytes) -> None:
        assert self.rooms.forget(ROOM, "e1", offset, tag, blob, seed)

    def put_key(self, key: str, value: bytes, then: Callable[[], None] | None = None) -> None:
        self.rooms.put_key(ROOM, key, value)
        if then is not None:
            then()

    def delete_key(self, key: str, then: Callable[[bool], None] | None) -> None:
        there = self.rooms.delete_key(ROOM, key)
        if then is not None:
            then(there)

    def lived(self) -> None:
        self.lives += 1

    def let(self, knock: str, let_in: bool) -> None:
        self.answered.append((knock, let_in))

    def ended(self, until: int, erase: bool) -> None:
        self.over.append((until, erase))
        self.rooms.end(ROOM, until)

    def entropy(self, size: int) -> bytes:
        return bytes(self.chance.below(256) for _ in range(size))

    def wall(self) -> int:
        return self.clock + 1_700_000_000_000

    def fault(self, where: str) -> None:
        self.faults.append(where)

    # -- time

    def commit(self, count: int = 10**9) -> None:
        """The log answers the oldest `count` appends, in order."""
        while self.waiting and count > 0:
            count -= 1
            ticket, n, p = self.waiting.pop(0)
            if self.broken:
                self.node.failed(ticket, self.clock)
                continue
            answer = self.rooms.append(ROOM, "e1", ticket.author, n, p, ticket.payload)
            if isinstance(answer, Appended):
                self.node.appended(ticket, answer.offset, answer.ts, answer.tag)
            elif isinstance(answer, Duplicate):
                self.node.duplicate(ticket, answer.offset)
            else:
                self.node.failed(ticket, self.clock)

    def settle(self) -> None:
        """Everything under way arrives, and one tick passes."""
        for _ in range(3):
            self.commit()
            self.clock += self.limits.tick_ms
            self.node.tick(self.clock)

    def wait(self, ms: int) -> None:
        """Time passes in steps of at most a second."""
        until = self.clock + ms
        while self.clock < until:
            self.clock = min(until, max(self.clock + 1, min(self.node.wake(), self.clock + 1000)))
            self.node.tick(self.clock)
            self.commit()
        self.settle()

    # -- people

    def person(self, name: str = "", cap: str = JOIN, **hello: Any) -> Person:
        """Somebody who opens the link; `.settled` world afterwards."""
        person = Person(self, cap, name, **hello)
        person.connect()
        self.settle()
        person.read()
        return person

    def host(self, name: str = "Host") -> Person:
        return self.person(name, HOST)


def text(body: bytes) -> tuple[str, bytes]:
    return ("text", body)


def binary(body: bytes) -> tuple[str, bytes]:
    return ("binary", body)


class Wire:
    """A socket whose line can be narrowed: it takes `room` more bytes, then refuses frames."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.raw: list[bytes] = []
        self.kinds: set[str] = set()
        self.closed: int | None = None
        self.room: int | None = None

    @property
    def writable(self) -> bool:
        return self.closed is None and (self.room is None or self.room > 0)

    def send(self, frame: tuple[str, bytes]) -> bool:
        kind, body = frame
        if not self.writable:
            return False
        if self.room is not None:
            self.room -= len(body)
        self.kinds.add(kind)
        data = zlib.decompress(body) if kind == "binary" else body
        self.raw.append(data)
        self.frames.append(json.loads(data))
        return True

    def close(self, code: int, reason: str = "") -> None:
        if self.closed is None:
            self.closed = code


class Person:
    """An outside client in a few lines: applies what comes, counts its ops."""

    def __init__(self, world: World, cap: str | None, name: str, **hello: Any) -> None:
        self.world, self.name = world, name
        self.hello: dict[str, Any] = {
            "v": 1, "cid": world.entropy(16).hex(), "gen": 0, "cap": cap, "name": name, **hello
        }  # fmt: skip
        self.n = 0
        self.me = ""
        self.tree: dict[str, Any] = {}
        self.pos = ""
        self.answers: dict[int, list[Any]] = {}
        self.seen = 0
        self.wire = Wire()
        self.session: Session | None = None

    def connect(self, wire_: Wire | None = None) -> None:
        self.wire = wire_ or Wire()
        self.seen = 0
        self.hello["gen"] += 1
        if self.pos:
            self.hello["pos"] = self.pos
        greeting = wire.decode(json.dumps({"t": "hello", **_given(self.hello)}).encode())
        assert isinstance(greeting, wire.Hello)
        try:
            self.session = self.world.node.greet(self.wire, greeting, self.world.clock)
        except Refused as no:
            self.wire.close(no.close)

    def drop(self) -> None:
        """The line breaks."""
        if self.session is not None:
            self.world.node.gone(self.session, self.world.clock)
        self.wire.close(1006)

    def say(self, frame: dict[str, Any] | bytes) -> None:
        data = frame if isinstance(frame, bytes) else json.dumps(frame).encode()
        assert self.session is not None
        self.world.node.receive(self.session, data, self.world.clock)

    def do(self, action: str, g: int | None = None, **d: Any) -> int:
        """Send an op; its number."""
        self.read()
        self.n += 1
        if g is None and not action.startswith("room."):
            now = self.state["meet"]["now"]
            g = now["g"] if now else None
        self.say(_given({"t": "op", "n": self.n, "do": action, "g": g, "d": d}))
        return self.n

    def ask(self, action: str, g: int | None = None, **d: Any) -> list[Any]:
        """Send an op, let the world settle, return the answer."""
        n = self.do(action, g, **d)
        self.world.settle()
        self.read()
        return self.answers[n]

    def read(self) -> list[dict[str, Any]]:
        """Apply the frames that came since; return them."""
        fresh = self.wire.frames[self.seen :]
        self.seen = len(self.wire.frames)
        for frame in fresh:
            kind = frame["t"]
            if kind == "welcome":
                self.me = frame["me"]["member"]
                self.n = frame["n"]
                if "token" in frame:
                    self.hello["token"] = frame["token"]
            elif kind == "snap":
                self.tree = frame["st"] if frame["i"] == 0 else merged(self.tree, frame["st"])
                if frame["i"] == frame["k"] - 1:
                    self.pos = frame["pos"]
            elif kind == "tick":
                self.tree = apply(self.tree, map(Change.of, frame.get("c", [])))
                self.pos = frame["pos"]
            elif kind == "ack":
                for answer in frame["r"]:
                    self.answers[answer[0]] = answer
        return fresh

    @property
    def state(self) -> dict[str, Any]:
        self.read()
        return self.tree


def _given(frame: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in frame.items() if value is not None}
