"""A tab that may come to any of the servers: it goes on with its outbox wherever it is let in."""

from __future__ import annotations

import json
from typing import Any

from server.room.position import opened

from ..client import RETRY_MS, Seat, Tab
from .history import differs, hold
from .stage import Stage


class FarTab(Tab):
    """As the other one, held against histories that may be cut."""

    stage: Stage  # type: ignore[assignment]

    def __init__(self, stage: Stage, seat: Seat, held: int) -> None:
        super().__init__(stage, seat, held)  # type: ignore[arg-type]
        self.home = stage.rng.choice(stage.servers)
        self.acked: dict[int, tuple[str, int]] = {}
        self.refused: set[int] = set()
        self.me = ""
        """Who this tab is; in a cut a seat may be lost with all who knew it."""
        self.shuts: list[int] = []

    @property
    def author(self) -> str:
        return f"{self.me}:{self.cid}"

    @property
    def idle(self) -> bool:
        """All is answered; what is not settled may still lie in the outbox."""
        open_ = [op for op in self.ops if op.n not in self.acked and op.n not in self.refused]
        return self.online and not open_ and self.parts is None and self.tree != {}

    def dial(self) -> None:
        rng, there = self.stage.rng, self.stage.awake or self.stage.alive
        if not there:
            self.retry_at = self.stage.clock + RETRY_MS
            return
        if self.home not in there or rng.random() < 0.3:
            self.home = rng.choice(there)
        self.gen += 1
        self.line = self.stage.dial(self.held, self.home)
        self.online, self.parts = False, None
        hello: dict[str, Any] = {"t": "hello", "v": 1, "cid": self.cid, "gen": self.gen}
        hello |= {"name": self.seat.name, "cap": self.seat.cap, "light": self.light}
        if self.seat.token:
            hello["token"] = self.seat.token
        if self.pos:
            hello["pos"] = self.pos
        hello["z"] = rng.random() < 0.3
        self.line.up.append(json.dumps(hello).encode())

    def closed(self, code: int) -> None:
        self.shuts.append(code)
        super().closed(code)

    def _trim(self, settled: int) -> None:
        self.settled = max(self.settled, settled)
        over = [op for op in self.ops if op.n <= settled
                and (op.n in self.acked or op.n in self.refused)]  # fmt: skip
        for op in over:
            self.ops.remove(op)
            self.base = max(self.base, op.n)

    def _welcome(self, frame: dict[str, Any]) -> None:
        was, self.seat.member = self.seat.member, frame["me"]["member"]
        self.me = self.seat.member
        same = was in ("", self.seat.member) or self.stage.store.cut
        hold(same, "the same person at every server", self.seat.name)
        self.seat.token = frame.get("token", self.seat.token)
        self.online, self.hold_until = True, 0
        n = frame["n"]
        self.seq = max(self.seq, n)
        self.base = n
        open_ = [op.n for op in self.ops if op.n not in self.acked and op.n not in self.refused]
        self.cursor = min([n, *(at - 1 for at in open_)])
        self._trim(frame["settled"])
        if frame["mode"] == "tail":
            self.tails += 1
            hold(self.tree, "a tail needs a state")
        else:
            self.snaps += 1
        self.pump()

    def _ack(self, frame: dict[str, Any]) -> None:
        for n, outcome, offset, *_ in frame["r"]:
            if outcome != "refused":
                self.acked[n] = (outcome, offset)
            else:
                self.refused.add(n)
                if n in self.sure:
                    self.sure.remove(n)
        self._trim(frame["settled"])

    def _same(self) -> None:
        """Equal position, equal state."""
        place = opened(self.pos)
        assert place is not None
        _, at, seal = place
        tree = self.stage.store.history.place(at, seal).tree
        for root in ("meet", "room"):
            if self.tree[root] != tree[root]:
                where = differs(self.tree[root], tree[root], root)
                hold(False, "equal position, equal state", self.seat.name, at, where)
        own = self.tree.get("own") or {}
        hold(set(own) <= {self.me}, "nobody else's own part", sorted(own))
        mine = {k: v for k, v in (own.get(self.me) or {}).items() if k != "live"}
        hold(mine == (tree["own"].get(self.me) or {}), "one's own part", self.seat.name, at, mine)
