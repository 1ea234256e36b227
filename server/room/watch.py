"""What time alone brings about: bells, the next step, the silence of all hosts, the end of what was
kept.

Each is a fact for the log; nothing is decided here. The fold judges at the fact's offset.
"""

from __future__ import annotations

from . import agenda, journal
from .delivery import Delivery
from .fold import Fold
from .limits import Limits
from .moment import Asked
from .port import Facts
from .presence import Presence
from .revision import Openings

SECOND_MS = 1_000
"""A bell that the leading server has not rung by then is rung by another one."""


class Watch:
    """Looks at the clock for one hosted room."""

    def __init__(
        self,
        fold: Fold,
        delivery: Delivery,
        presence: Presence,
        facts: Facts,
        limits: Limits,
        now: int,
    ) -> None:
        self.fold, self.delivery, self.presence = fold, delivery, presence
        self.facts, self.limits = facts, limits
        # after a restart hosts have the longer grace to come back
        self.host_seen = now + limits.away_restart_ms - limits.baton_ms
        self._handed = False  # this silence of all hosts is in the log
        self._cleaning = self._going = False
        self._ringing: tuple[str, int, int] | None = None
        self._rung_for: tuple[str, int, int] | None = None
        self.openings = Openings(fold.kinds)
        self.leads = True
        """Of all servers that host this room: it writes; the others ring, late, if it does not."""

    def tick(self, now: int) -> None:
        """Write down whatever is due."""
        self._ring(now)
        self._listen(now)
        if self.leads:
            self._clean(now)
            self._go_on(now)

    def due(self) -> list[int]:
        """When `tick` has something to write."""
        found = [self._baton_due()]
        if self.leads:
            found += [
                None if self._cleaning else journal.due(self.fold.state),
                None if self._going else agenda.auto_due(self.fold.state["meet"]),
            ]
        timer = self.fold.next_timer()
        if timer is not None and self._ringing != timer[1:]:
            found.append(timer[0] + self._late)
        return [at for at in found if at is not None]

    # -- bells

    @property
    def _late(self) -> int:
        return 0 if self.leads else SECOND_MS

    def _ring(self, now: int) -> None:
        timer = self.fold.next_timer()
        if timer is not None and timer[0] + self._late <= now and self._ringing != timer[1:]:
            _, name, serial, g = timer
            self._ringing = timer[1:]
            key = f"timer:{g}.{name}.{serial}"
            asked = Asked("sys.timer", d={"g": g, "name": name, "serial": serial})
            if self._rung_for == self._ringing:
                self.facts.once(key, asked)
            else:
                self.facts.write(key, asked, self._rung)

    def _rung(self, ok: bool) -> None:
        """Where the timer is still there, its key was used up by a kind's mistake, or in a history
        that was cut: it rings once more, under another key, and then no more."""
        self._rung_for, self._ringing = self._ringing if ok else self._rung_for, None

    # -- the baton

    def _listen(self, now: int) -> None:
        """Once in each silence: no host has had a line for a while, and somebody is here."""
        if any(session.role == "host" for session in self.delivery.sessions) or self._elsewhere():
            self.host_seen, self._handed = now, False
            return
        due = self._baton_due()
        if due is not None and due <= now:
            self._handed = True
            people = self.fold.state["meet"]["people"]
            resting = [m for m, p in people.items() if p["role"] == "host" and p["here"]]
            self.facts.once("baton", Asked("sys.baton", d={"silent": resting}), self._heard)

    def _elsewhere(self) -> bool:
        """A host has a line to another server."""
        people = self.fold.state["meet"]["people"]
        return any(people.get(m, {}).get("role") == "host" for m in self.presence.elsewhere)

    def _heard(self, ok: bool) -> None:
        if not ok:  # the log could not take it: again in a while
            self._handed = False
            self.host_seen = self.delivery.standing.ts + self.limits.beat_ms - self.limits.baton_ms

    def _baton_due(self) -> int | None:
        if (
            not self.leads
            or self._handed
            or not self.presence.anyone
            or self.fold.state["meet"]["ended"] is not None
        ):
            return None
        return self.host_seen + self.limits.baton_ms

    # -- what was taken back

    def _clean(self, now: int) -> None:
        due = journal.due(self.fold.state)
        if due is not None and due <= now and not self._cleaning:
            self._cleaning = True
            self.facts.once("clean", Asked("sys.clean", d={"due": due}), self._cleaned)

    def _cleaned(self, ok: bool) -> None:
        self._cleaning = False

    # -- the room goes on by itself

    def _go_on(self, now: int) -> None:
        meet = self.fold.state["meet"]
        due = agenda.auto_due(meet)
        if due is not None and due <= now and not self._going:
            self._going = True
            g = meet["now"]["g"]
            asked = Asked("sys.next", d=self.openings.stamped({"g": g}))
            self.facts.once(f"next:{g}", asked, self._gone_on)

    def _gone_on(self, ok: bool) -> None:
        self._going = False
