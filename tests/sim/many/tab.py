"""A tab that may come to any of the servers: it goes on with its outbox wherever it is let in."""

from __future__ import annotations

from typing import Any

from server.room.position import opened

from ..client import RETRY_MS, Seat, Tab
from ..promise import hold
from .stage import Stage


class FarTab(Tab):
    """As the other one, held against histories that may be cut."""

    stage: Stage  # type: ignore[assignment]

    me = ""
    """In a cut a seat may be lost with all who knew it; this tab has still been who it was."""

    def __init__(self, stage: Stage, seat: Seat, held: int) -> None:
        super().__init__(stage, seat, held)  # type: ignore[arg-type]
        self.home = stage.rng.choice(stage.servers)
        self.acked: dict[int, tuple[str, int]] = {}
        self.refused: set[int] = set()
        self.shuts: list[int] = []

    @property
    def idle(self) -> bool:
        """All is answered; what is not settled may still lie in the outbox."""
        return self.online and not self._open and self.parts is None and self.tree != {}

    @property
    def free(self) -> bool:
        return self.idle

    @property
    def _open(self) -> list[int]:
        """The ops that had no answer yet."""
        return [op.n for op in self.ops if not self._answered(op.n)]

    def _answered(self, n: int) -> bool:
        return n in self.acked or n in self.refused

    def dial(self) -> None:
        rng, there = self.stage.rng, self.stage.awake or self.stage.alive
        if not there:
            self.retry_at = self.stage.clock + RETRY_MS
            return
        if self.home not in there or rng.random() < 0.3:
            self.home = rng.choice(there)
        self._greet(self.stage.dial(self.held, self.home))

    def closed(self, code: int) -> None:
        self.shuts.append(code)
        super().closed(code)

    def _trim(self, settled: int) -> None:
        self.settled = max(self.settled, settled)
        over = [op for op in self.ops if op.n <= settled and self._answered(op.n)]
        for op in over:
            self.ops.remove(op)
            self.base = max(self.base, op.n)

    def _known(self, member: str) -> None:
        same = self.seat.member in ("", member) or self.stage.store.cut
        self.seat.member = self.me = member
        hold(same, "the same person at every server", self.seat.name)

    def _from(self, n: int) -> int:
        """What has had no answer is said again, wherever it was read."""
        return min([n, *(at - 1 for at in self._open)])

    def _ack(self, frame: dict[str, Any]) -> None:
        for n, outcome, offset, *_ in frame["r"]:
            if outcome != "refused":
                self.acked[n] = (outcome, offset)
            else:
                self.refused.add(n)
                if n in self.sure:
                    self.sure.remove(n)
        self._trim(frame["settled"])

    def _past(self) -> dict[str, Any]:
        place = opened(self.pos)
        assert place is not None
        _, at, seal = place
        tree: dict[str, Any] = self.stage.store.history.place(at, seal).tree
        return tree
