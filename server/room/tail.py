"""The end of a room's log, as one server hears of it: from answers, from other servers, from reads.

All three come in any order and more than once; a room folds each op once and in its place. What is
early waits; what is missing is asked for (`wants`). No I/O: somebody reads the log and calls
`caught`. A store that only this server writes to knows answers alone; there nothing is ever early.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

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


Chain = Callable[[bytes, str, int, str, int, bytes], str]
"""The tag of an op, from the room's secret, the tag before it, ts, author, n and payload."""


class _Early(NamedTuple):
    """An op that has come, and whether the log itself said that it stands behind what is known."""

    ticket: Ticket
    ts: int
    tag: str
    sure: bool


class Tail:
    """Brings ops to a node in log order."""

    def __init__(
        self,
        node: Node,
        folded: Callable[[Ticket, int, int, str], None],
        now: Callable[[], int],
        chain: Chain | None = None,
    ) -> None:
        """`folded(ticket, offset, ts, tag)` is told of each op that the node has folded. Without
        `chain` all that comes is believed: where nobody else writes."""
        self.node, self._folded, self._now, self._chain = node, folded, now, chain
        self.wants = False
        """The log has to be read after the op that was folded last."""
        self._under_way: dict[tuple[str, int], list[Ticket]] = {}
        self._early: dict[int, _Early] = {}
        self._owed: list[tuple[int, Ticket]] = []  # repeated ops whose first one is to come
        self._read_at = -1  # what was known when all of the log was read last
        self._secrets = [node.fold.seed]  # a Forget changes it here first, and then at the log

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
        self._under_way.setdefault((ticket.author, ticket.n), []).append(ticket)

    def appended(self, ticket: Ticket, offset: int, ts: int, tag: str) -> None:
        """The log answers that it took the op."""
        if not self._settled(ticket):
            return  # another way was faster
        if offset <= self.known:  # a place that is taken: the log was cut, and goes on elsewhere
            self.wants = True
            self._undone(ticket)
        else:
            self._take(offset, _Early(ticket, ts, tag, self._chain is None))
            self._go_on()

    def duplicate(self, ticket: Ticket, offset: int) -> None:
        """The log answers that it had the op before; `offset` is that of its author's last one."""
        if self._settled(ticket):
            self._owed.append((offset, ticket))
            self._go_on()

    def failed(self, ticket: Ticket) -> None:
        """The log could not take the op; if it did after all, it will be heard of."""
        if self._settled(ticket):
            self._undone(ticket)

    def _settled(self, ticket: Ticket) -> bool:
        """The same op may be under way twice: its author has come back meanwhile."""
        key = (ticket.author, ticket.n)
        there = self._under_way.get(key, [])
        left = [one for one in there if one is not ticket]
        if len(left) == len(there):
            return False
        if left:
            self._under_way[key] = left
        else:
            del self._under_way[key]
        return True

    def _undone(self, ticket: Ticket) -> None:
        self.node.failed(ticket, self._now())

    # -- everybody's

    def heard(self, entry: Placed) -> None:
        """An op is on the log, whoever wrote it."""
        self._heard(entry, sure=False)

    def caught(self, entries: Iterable[Placed], top: int) -> None:
        """What a read found after an op that was folded here, of a log that ends at `top`."""
        for entry in entries:
            if not self._heard(entry, sure=True):
                return
        if self.known >= top:
            if self.waits and self._read_at == self.known:
                self.cut()  # for the second time it is not there
            self._read_at = self.known

    def _heard(self, entry: Placed, sure: bool) -> bool:
        """False if it is not what was folded there."""
        at = entry.offset
        if at <= self.known:
            if not self.at(at, entry.tag):
                self.wants = True
                return False
            return True
        if len(self._early) >= EARLY:
            self._again()
        ticket = Ticket(entry.author, entry.n, entry.payload)
        self._take(at, _Early(ticket, entry.ts, entry.tag, sure or self._chain is None))
        self._go_on()
        return True

    def _take(self, at: int, found: _Early) -> None:
        """Keep it until its turn. What the log said when it was read is right; where two others
        differ, it has to be asked."""
        there = self._early.get(at)
        if there is None:
            self._early[at] = found
        elif there.tag == found.tag:
            ticket = there.ticket if there.ticket.own else found.ticket
            self._early[at] = found._replace(ticket=ticket, sure=there.sure or found.sure)
        elif found.sure:
            self._early[at] = found
            self._undone(there.ticket)
        else:
            self.wants = True
            self._undone(found.ticket)

    def _again(self) -> None:
        """Too much to keep: all of it is read from the log."""
        self.wants = True
        for early in self._early.values():
            if early.ticket.own:  # its answer comes with what is read
                self.asked(early.ticket)
        self._early.clear()

    def cut(self) -> None:
        """The history has another name now: what is early may be on it no more. Its authors say
        theirs again."""
        early, self._early = self._early, {}
        owed, self._owed = self._owed, []
        for at in sorted(early):
            self._undone(early[at].ticket)
        for _, ticket in owed:
            self._undone(ticket)

    def at(self, offset: int, tag: str) -> bool:
        """Whether that place is on the history which was folded here; also where it is too long
        ago to tell."""
        return offset < self.node.ring.floor or self.has(offset, tag)

    def has(self, offset: int, tag: str) -> bool:
        """Whether that place is on the history which was folded here, for sure."""
        ring = self.node.ring
        return ring.floor <= offset <= ring.top and ring.tag_at(offset) == tag

    def _go_on(self) -> None:
        while (found := self._early.pop(self.known + 1, None)) is not None:
            ticket, ts, tag, sure = found
            if not (sure or self._chained(found)):
                self.wants = True  # the log was cut, and has grown past this place again
                self._undone(ticket)
                break
            if not ticket.own:  # heard of before its answer: it is our own op all the same
                ours = self._under_way.get((ticket.author, ticket.n), [ticket])[0]
                self._settled(ours)
                ticket = ours
            self.node.appended(ticket, self.known + 1, ts, tag)
            if self.node.fold.seed != self._secrets[-1]:
                self._secrets.append(self.node.fold.seed)
            self._folded(ticket, self.known, ts, tag)
        marks = self.node.intake.marks
        owed, self._owed = self._owed, []
        for offset, ticket in owed:
            if offset > self.known:
                self._owed.append((offset, ticket))
            elif ticket.session is None or marks.get(ticket.author, (0, 0))[0] >= ticket.n:
                self.node.duplicate(ticket, offset)
            else:  # the log had it before it was cut
                self._undone(ticket)

    def _chained(self, found: _Early) -> bool:
        """Whether it stands on the log behind the op that was folded last."""
        assert self._chain is not None
        ticket, before = found.ticket, self.node.standing.tag
        what = (found.ts, ticket.author, ticket.n, ticket.payload)
        for place, secret in enumerate(self._secrets):
            if self._chain(secret, before, *what) == found.tag:
                del self._secrets[:place]
                return True
        del self._secrets[:-2]
        return False
