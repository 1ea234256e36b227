"""Who is really there: sockets come and go, people only after a grace.

A person whose last socket is gone is dimmed after a moment, `away` in the log after 12 s (30 s
after a restart), and their seat is kept for 120 s (decisions.md 20). Whose page was hidden when
the line went, as with a locked phone, rests: `away` after 60 s. Nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Iterable

from .limits import Limits


class Presence:
    """Sockets by member, and what is due for those who have none."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._sockets: dict[str, int] = {}
        self._lost: dict[str, int] = {}  # member -> when the last socket went
        self._dimmed: set[str] = set()
        self._away_at: dict[str, int] = {}  # member -> when `away` is due
        self._inherited: set[str] = set()  # lost elsewhere, or before this server began
        self.elsewhere: frozenset[str] = frozenset()
        """Members with a socket at another server."""

    def restore(self, members: Iterable[str], now: int) -> None:
        """After a restart: these were here, and get a longer grace to come back."""
        self.inherit(members, now, self._limits.away_restart_ms)

    def inherit(self, members: Iterable[str], now: int, grace: int) -> None:
        """These were here, and nobody knows them now: a server may be gone."""
        for member in members:
            if not self.here(member) and member not in self._lost:
                self._lost[member] = now
                self._away_at[member] = now + grace
                self._inherited.add(member)

    def hasten(self, members: Iterable[str], now: int, grace: int) -> None:
        """Of those who were inherited, these are at no server that is alive: the longer grace is
        for a server that comes back with everybody behind it."""
        for member in members:
            if member in self._inherited and member in self._away_at:
                self._away_at[member] = min(self._away_at[member], now + grace)

    def others(self, elsewhere: frozenset[str], leads: bool) -> list[str]:
        """Who has a socket at another server; who of them was dimmed here. Only the server that
        leads looks after those whom no server knows."""
        self.elsewhere = elsewhere
        for member in [*elsewhere, *([] if leads else self._inherited)]:
            if self._lost.pop(member, None) is not None:
                self._away_at.pop(member, None)
        self._inherited &= self._lost.keys()
        bright = sorted(self._dimmed & elsewhere)
        self._dimmed -= elsewhere
        return bright

    def came(self, member: str) -> bool:
        """One more socket; True where others saw this person dimmed."""
        self._sockets[member] = self._sockets.get(member, 0) + 1
        self._lost.pop(member, None)
        self._away_at.pop(member, None)
        self._inherited.discard(member)
        if member in self._dimmed:
            self._dimmed.discard(member)
            return True
        return False

    def went(self, member: str, now: int, bye: bool = False, hidden: bool = False) -> bool:
        """One socket less; True if it was the last one. A `bye` needs no grace, and who rests
        has a longer one."""
        left = self._sockets.get(member, 0) - 1
        if left > 0:
            self._sockets[member] = left
            return False
        self._sockets.pop(member, None)
        if member in self.elsewhere:
            return False
        self._lost[member] = now
        grace = self._limits.rest_ms if hidden else self._limits.away_ms
        self._away_at[member] = now if bye else now + grace
        return True

    def due(self, now: int) -> tuple[list[str], list[str]]:
        """(members to dim now, members whose `away` is due now), each named once."""
        dim = sorted(
            member
            for member, at in self._lost.items()
            if self._waits(member) and now - at >= self._limits.dim_ms
        )
        self._dimmed.update(dim)
        away = sorted(member for member, at in self._away_at.items() if at <= now)
        for member in away:
            del self._away_at[member]
            self._dimmed.discard(member)
        for member in [m for m, at in self._lost.items() if now - at > self._limits.seat_ms]:
            del self._lost[member]
        return [m for m in dim if m not in away], away

    def again(self, member: str, now: int) -> None:
        """The `away` could not be written: it is due once more in a while."""
        if member not in self._sockets:
            self._away_at[member] = now + self._limits.beat_ms

    @property
    def next_due(self) -> int | None:
        """When `due` has something to say at the earliest."""
        dims = [at + self._limits.dim_ms for m, at in self._lost.items() if self._waits(m)]
        return min([*dims, *self._away_at.values()], default=None)

    def _waits(self, member: str) -> bool:
        """Gone, but not yet `away` and not yet shown dimmed."""
        return member in self._away_at and member not in self._dimmed

    def here(self, member: str) -> bool:
        """A socket, at this server or at another one."""
        return member in self._sockets or member in self.elsewhere

    def sits(self, member: str) -> bool:
        """A socket at this server."""
        return member in self._sockets

    @property
    def sitting(self) -> list[str]:
        """Who has a socket at this server."""
        return sorted(self._sockets)

    @property
    def seats(self) -> int:
        """Seats taken: everybody with a socket, and those who went less than 120 s ago."""
        return len(self._sockets.keys() | self.elsewhere) + len(self._lost)

    @property
    def anyone(self) -> bool:
        """At this server or at another one."""
        return bool(self._sockets or self.elsewhere)

    def seated(self, member: str) -> bool:
        """Whether this person's seat is kept, so that a full room still lets them back in."""
        return self.here(member) or member in self._lost
