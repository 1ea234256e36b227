"""The pulse of a room: every line hears something every three seconds, whatever happens.

A client says how far it has read when it hears something, so a silent line could never show that
it keeps up; whoever is behind is asked like everybody else.
"""

from __future__ import annotations

from .delivery import Delivery
from .limits import Limits
from .session import Session

SOON_MS = 500
"""Lines whose heartbeat is due within this time get it together."""


class Pulse:
    """When each line of one room is to be given a sign of life; `due` says when to look again."""

    def __init__(self, delivery: Delivery, limits: Limits) -> None:
        self.due = 0
        self._delivery, self._limits = delivery, limits

    def slow(self, now: int) -> list[Session]:
        """Sessions without any progress for too long; the caller closes them 4008."""
        if not self._delivery.stuck:
            return []
        behind = [session for session in self._delivery.sessions if session.behind]
        self._delivery.stuck = bool(behind)
        return [s for s in behind if now - s.progress > self._limits.slow_ms]

    def beat(self, now: int) -> None:
        """Speak on lines that have been silent, and try again where one could not be served."""
        limits, delivery = self._limits, self._delivery
        self.due = now + limits.beat_ms
        for session in list(delivery.sessions):
            if session.behind:
                delivery.catch_up(session, now)
            due = session.last_sent + (limits.hidden_beat_ms if session.hidden else limits.beat_ms)
            if due - now <= SOON_MS:
                delivery.beat(session, now)
            else:
                self.due = min(self.due, due)
            if session.behind:  # its time is measured
                self.due = min(self.due, max(now + 1, session.progress + limits.slow_ms + 1))
