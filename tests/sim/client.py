"""A tab, as the wire's rules ask of one: an outbox until settled, one place in the log, one seat.

It trims its outbox at `settled` and nothing else, goes back where an `err` says so, resumes from
its position, and holds each state it comes to against the reference.
"""

from __future__ import annotations

import json
from typing import Any

from server.kit import Change, apply
from server.room import codes
from server.room.position import opened
from server.room.snapshot import merged

from .line import Line
from .promise import differs, hold
from .stage import Stage
from .tokens import audience

RETRY_MS = 200


class Sent:
    """One op of the outbox. `sure`: it has to come onto the log, whatever happens."""

    __slots__ = ("d", "do", "g", "n", "sure")

    def __init__(self, n: int, do: str, g: int | None, d: dict[str, Any], sure: bool) -> None:
        self.n, self.do, self.g, self.d, self.sure = n, do, g, d, sure

    def frame(self, p: int) -> bytes:
        frame = {"t": "op", "n": self.n, "do": self.do, "d": self.d}
        if p != self.n - 1:
            frame["p"] = p
        if self.g is not None:
            frame["g"] = self.g
        return json.dumps(frame).encode()


class Seat:
    """A person: what their browser keeps for all tabs, and who they are once welcomed."""

    def __init__(self, name: str, cap: str) -> None:
        self.name, self.cap = name, cap
        self.token = ""
        self.member = ""


class Tab:
    """One tab of a person. `reload` keeps what sessionStorage keeps."""

    def __init__(self, stage: Stage, seat: Seat, held: int) -> None:
        self.stage, self.seat, self.held = stage, seat, held
        self.cid = stage.entropy(16).hex()
        self.gen = 0
        self.ops: list[Sent] = []
        self.sure: list[int] = []
        self.seq = self.base = self.cursor = self.settled = 0
        self.hold_until = 0
        self.tree: dict[str, Any] = {}
        self.parts: dict[str, Any] | None = None
        self.part = -1
        self.pos = ""
        self.line: Line | None = None
        self.online = False
        self.retry_at = 0
        self.open = True
        self.reached = ""
        self.fresh = False
        self.tails = self.snaps = 0
        self.light = stage.rng.random() < 0.25

    @property
    def me(self) -> str:
        """Who this tab is."""
        return self.seat.member

    @property
    def author(self) -> str:
        return f"{self.me}:{self.cid}"

    @property
    def offset(self) -> int:
        place = opened(self.pos)
        return place[1] if place else -1

    @property
    def free(self) -> bool:
        """Nothing would be lost if it left now."""
        return not self.ops

    @property
    def idle(self) -> bool:
        return self.online and not self.ops and self.parts is None and self.tree != {}

    # -- lines

    def dial(self) -> None:
        """A fresh line, and the greeting on it."""
        self._greet(self.stage.dial(self.held))

    def _greet(self, line: Line) -> None:
        self.gen += 1
        self.line = line
        self.online, self.parts = False, None
        hello: dict[str, Any] = {"t": "hello", "v": 1, "cid": self.cid, "gen": self.gen}
        hello |= {"name": self.seat.name, "cap": self.seat.cap, "light": self.light}
        if self.seat.token:
            hello["token"] = self.seat.token
        if self.pos:
            hello["pos"] = self.pos
        hello["z"] = self.stage.rng.random() < 0.3
        self.line.up.append(json.dumps(hello).encode())

    def reload(self) -> None:
        self.dropped()
        self.tree, self.pos = {}, ""

    def dropped(self) -> None:
        """The line is broken, or this tab breaks it; the server will notice in its own time."""
        if self.line is not None:
            self.line.cut = True
            self.line.down.clear()
            for _ in range(self.stage.rng.randint(0, len(self.line.up))):
                self.line.up.pop()
        self.lose()

    def lose(self) -> None:
        self.line, self.online, self.parts = None, False, None
        self.retry_at = self.stage.clock + RETRY_MS

    def closed(self, code: int) -> None:
        """The server has closed the line."""
        self.lose()
        if not codes.comes_back(code):
            self.open = False

    # -- ops

    def act(self, do: str, g: int | None, d: dict[str, Any], sure: bool) -> None:
        self.seq += 1
        self.ops.append(Sent(self.seq, do, g, d, sure))
        if sure:
            self.sure.append(self.seq)
        self.pump()

    def pump(self) -> None:
        """Send what may go."""
        if not self.online or self.line is None or self.stage.clock < self.hold_until:
            return
        before = self.base
        for op in self.ops:
            if op.n > self.cursor:
                self.line.up.append(op.frame(before))
                self.cursor = op.n
            before = op.n

    def say(self, frame: dict[str, Any]) -> None:
        if self.online and self.line is not None:
            self.line.up.append(json.dumps(frame).encode())

    def confirm(self) -> None:
        """Say how far the line has been read, if anything came since the last time."""
        if self.online and self.reached and self.fresh:
            self.fresh = False
            self.say({"t": "k", "pos": self.reached})

    def _trim(self, settled: int) -> None:
        self.settled = max(self.settled, settled)
        while self.ops and self.ops[0].n <= self.settled:
            op = self.ops.pop(0)
            self.base = max(self.base, op.n)
            if op.sure:
                found = (self.author, op.n) in self.stage.reference.entries
                hold(found, "what is settled is on the log", self.seat.name, op.n, op.do)

    # -- frames

    def read(self, data: bytes) -> None:
        frame = json.loads(data)
        self.fresh = True
        self.reached = frame.get("pos", self.reached)
        getattr(self, "_" + frame["t"])(frame)

    def _welcome(self, frame: dict[str, Any]) -> None:
        self._known(frame["me"]["member"])
        self.seat.token = frame.get("token", self.seat.token)
        self.online, self.hold_until = True, 0
        self.base = n = frame["n"]
        self.seq = max(self.seq, n)
        self.cursor = self._from(n)
        self._trim(frame["settled"])
        if frame["mode"] == "tail":
            self.tails += 1
            hold(self.tree, "a tail needs a state")
        else:
            self.snaps += 1
        self.pump()

    def _known(self, member: str) -> None:
        """Who the server says that this is."""
        self.seat.member = member

    def _from(self, n: int) -> int:
        """The op after which it goes on, where the server has read them up to `n`."""
        return n

    def _snap(self, frame: dict[str, Any]) -> None:
        self.part = self.part + 1 if self.parts is not None and frame["i"] else 0
        hold(frame["i"] == self.part, "parts in their order", frame["i"], self.part)
        self.parts = merged(self.parts, frame["st"]) if frame["i"] else frame["st"]
        if frame["i"] == frame["k"] - 1:
            assert self.parts is not None
            self.tree, self.parts = self.parts, None
            self.pos = frame["pos"]
            self._same()

    def _tick(self, frame: dict[str, Any]) -> None:
        hold(self.parts is None, "no tick between the parts of a snapshot")
        hold(self.tree, "no tick before the state")
        before = self.offset
        self.tree = apply(self.tree, map(Change.of, frame.get("c", ())))
        for change in frame.get("x", ()):
            few = change[0] == "live/room/react" or change[0].endswith("/dim")
            hold(few or not self.light, "a light line gets few live values", change[0])
            if change[0] != "live/room/react":
                self.tree = apply(self.tree, [Change.of(change)])
        self.pos = frame["pos"]
        hold(self.offset >= before, "the position never goes back", before, self.offset)
        self._same()

    def _ack(self, frame: dict[str, Any]) -> None:
        reference = self.stage.reference
        for n, outcome, offset, *_ in frame["r"]:
            if outcome == "refused":
                continue
            at = reference.entries.get((self.author, n))
            hold(at is not None and at <= offset, "what is answered is on the log", n, outcome)
            assert at is not None
            folded = reference.folded[at]
            assert folded is not None
            hold(at != offset or outcome == "ok" or folded.outcome == outcome,
                 "the answer is the log's own", outcome, folded.outcome)  # fmt: skip
            mine = reference.allowed(self.seat.member, "", at)
            visible = any(audience(change[0]) in mine for change in folded.changes)
            hold(not visible or self.offset >= at, "no answer before its change", n, at)
        self._trim(frame["settled"])

    def _k(self, frame: dict[str, Any]) -> None:
        """A heartbeat moves the position past what was hidden from this tab."""
        if "pos" in frame and self.parts is None and self.tree:
            hold(opened(frame["pos"])[1] >= self.offset, "the position never goes back")  # type: ignore[index]
            self.pos = frame["pos"]
            self._same()

    def _err(self, frame: dict[str, Any]) -> None:
        hold(frame["code"] in codes.REFUSALS and frame["say"], "a code and a sentence", frame)
        if "n" in frame:
            n = frame["n"]
            self.cursor = min(self.cursor, n - 1)
            self.hold_until = self.stage.clock + frame["retry_ms"]
            if frame["code"] == "gap":
                self.base = min(self.base, n - 1)

    def _bye(self, frame: dict[str, Any]) -> None:
        """The close follows."""

    def _same(self) -> None:
        """Equal position, equal state: what everybody sees, and one's own."""
        me, at, tree = self.me, self.offset, self._past()
        for root in ("meet", "room"):
            if self.tree[root] != tree[root]:
                where = differs(self.tree[root], tree[root], root)
                hold(False, "equal position, equal state", self.seat.name, at, where)
        own = self.tree.get("own") or {}
        hold(set(own) <= {me}, "nobody else's own part", sorted(own))
        mine = {k: v for k, v in (own.get(me) or {}).items() if k != "live"}
        hold(mine == (tree["own"].get(me) or {}), "one's own part", self.seat.name, at, mine)

    def _past(self) -> dict[str, Any]:
        """The state of the place where this tab is."""
        return self.stage.reference.trees[self.offset]
