"""The end of a room's log, as one server hears of it: from answers, from other servers, from reads.

All three come in any order and more than once; a room folds each op once and in its place. What is
early waits; what is missing is asked for (`wants`). No I/O: somebody reads the log and calls
`caught`. A store that only this server writes to knows answers alone; there nothing is ever early.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from .node import Node
from .port import Ticket

EARLY = 1_000
"""Ops that wait for one before them; with more, all is read from the log."""


class Placed(Protocol):
    """An op at its place on the log."""

    @property
    def offset(self) -> int: ...
    @property
    def ts(self) -> int: ...
    @property
    def tag(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def payload(self) -> bytes: ...


class Tail:
    """Brings ops to a node in log order."""

    def __init__(self, node: Node, folded: Callable[[Ticket, int, int, str], None]) -> None:
        """`folded(ticket, offset, ts, tag)` is told of each op that the node has folded."""
        self.node, self._folded = node, folded
        self.wants = False
        """The log has to be read after the op that was folded last."""
        self._under_way: dict[tuple[str, int], Ticket] = {}
        self._early: dict[int, tuple[Ticket, int, str]] = {}  # offset -> (ticket, ts, tag)
        self._owed: list[tuple[int, Ticket]] = []  # repeated ops whose first one is to come

    @property
    def known(self) -> int:
        """The offset of the last op that was folded."""
        return self.node.fold.offset

    @property
    def waits(self) -> bool:
        """Something is early: the ops before it are on their way, or lost."""
        return bool(self._early or self._owed)

    # -- own ops

    def asked(self, ticket: Ticket) -> None:
        """This op is on its way to the log."""
        self._under_way[ticket.author, ticket.n] = ticket

    def appended(self, ticket: Ticket, offset: int, ts: int, tag: str, now: int) -> None:
        """The log answers that it took the op."""
        if not self._settled(ticket):
            return  # another way was faster
        if offset <= self.known:  # a place that is taken: the log was cut, and goes on elsewhere
            self.wants = True
            self.node.failed(ticket, now)
        else:
            self._early[offset] = (ticket, ts, tag)
            self._go_on()

    def duplicate(self, ticket: Ticket, offset: int) -> None:
        """The log answers that it had the op before; `offset` is that of its author's last one."""
        if self._settled(ticket):
            self._owed.append((offset, ticket))
            self._go_on()

    def failed(self, ticket: Ticket, now: int) -> None:
        """The log could not take the op; if it did after all, it will be heard of."""
        if self._settled(ticket):
            self.node.failed(ticket, now)

    def _settled(self, ticket: Ticket) -> bool:
        key = (ticket.author, ticket.n)
        if self._under_way.get(key) is not ticket:
            return False
        del self._under_way[key]
        return True

    # -- everybody's

    def heard(self, entry: Placed) -> None:
        """An op is on the log, whoever wrote it."""
        at = entry.offset
        if at <= self.known:
            if not self.at(at, entry.tag):
                self.wants = True  # it is not what was folded there
            return
        if at not in self._early:
            if len(self._early) >= EARLY:
                self._early.clear()
                self.wants = True
            ticket = Ticket(entry.author, entry.n, entry.payload)
            self._early[at] = (ticket, entry.ts, entry.tag)
            self._go_on()

    def caught(self, entries: Iterable[Placed]) -> None:
        """What a read found after the op that was folded last."""
        for entry in entries:
            self.heard(entry)

    def at(self, offset: int, tag: str) -> bool:
        """Whether that place is on the history which was folded here; also where it is too long
        ago to tell."""
        ring = self.node.ring
        return offset < ring.floor or (offset <= ring.top and ring.tag_at(offset) == tag)

    def _go_on(self) -> None:
        while (found := self._early.pop(self.known + 1, None)) is not None:
            ticket, ts, tag = found
            # heard of before its answer: it is our own op all the same
            ours = self._under_way.pop((ticket.author, ticket.n), ticket)
            self.node.appended(ours, self.known + 1, ts, tag)
            self._folded(ours, self.known, ts, tag)
        owed, self._owed = self._owed, []
        for offset, ticket in owed:
            if offset <= self.known:
                self.node.duplicate(ticket, offset)
            else:
                self._owed.append((offset, ticket))
