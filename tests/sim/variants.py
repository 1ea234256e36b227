"""Known-bad servers and clients: each breaks one promise, and the simulation has to see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

import pytest

from server.kit import Tree
from server.log import chain
from server.room import audience, tick
from server.room.delivery import Delivery
from server.room.fold import Fold
from server.room.intake import Intake
from server.room.node import Node
from server.room.presence import Presence
from server.room.ring import Ring
from server.room.seats import Seats
from server.room.session import Session

from .client import Tab
from .stage import Stage

Patch = Callable[[pytest.MonkeyPatch], None]


class Variants(dict[str, Patch]):
    """Patches by their names."""

    def add(self, patch: Patch) -> Patch:
        self[patch.__name__] = patch
        return patch


VARIANTS = Variants()
variant = VARIANTS.add


@variant
def no_dedupe(p: pytest.MonkeyPatch) -> None:
    """The log takes an op a second time."""
    real = chain.refuse

    def refuse(meta: Any, epoch: str, mark: Any, n: int, last: Any, *more: Any) -> Any:
        return real(meta, epoch, None, n, None, *more)

    p.setattr(chain, "refuse", refuse)


@variant
def tail_one_too_late(p: pytest.MonkeyPatch) -> None:
    real = Ring.since
    p.setattr(Ring, "since", lambda ring, at: real(ring, min(at + 1, ring.top)))


@variant
def answers_before_changes(p: pytest.MonkeyPatch) -> None:
    real = Delivery.flush

    def flush(self: Delivery, now: int) -> None:
        for session in self.sessions:
            if session.answers and not session.behind:
                self._acks(session, now)
        real(self, now)

    p.setattr(Delivery, "flush", flush)


@variant
def ring_kept_at_forget(p: pytest.MonkeyPatch) -> None:
    p.setattr(Delivery, "forget", lambda self: self.anew())


@variant
def catch_up_skips(p: pytest.MonkeyPatch) -> None:
    """Only the latest half of what was missed arrives."""
    real = Delivery._missed
    p.setattr(
        Delivery, "_missed", lambda self, to, missed: real(self, to, missed[len(missed) // 2 :])
    )


@variant
def answered_and_never_logged(p: pytest.MonkeyPatch) -> None:
    turn = count(1)

    def append(self: Intake, session: Session, *more: Any) -> None:
        if next(turn) % 9:
            real(self, session, *more)
        else:
            session.under_way.pop()
            self.in_flight -= 1
            self.told(session, [more[1], "ok", self.fold.offset])

    def real(self: Intake, session: Session, *more: Any) -> None:
        self.write(session, *more)  # type: ignore[attr-defined]

    first = Intake.__init__

    def made(self: Intake, *more: Any) -> None:
        first(self, *more)
        self.write = self.append  # type: ignore[attr-defined]
        self.append = lambda *said: append(self, *said)

    p.setattr(Intake, "__init__", made)


@variant
def snapshot_of_a_later_moment(p: pytest.MonkeyPatch) -> None:
    """The state is encoded when it is written, not as it was when it was asked for."""
    p.setattr(Fold, "freeze", lambda self: self.save)


@variant
def hidden_label_leaks(p: pytest.MonkeyPatch) -> None:
    real = audience.label
    p.setattr(tick, "label", lambda path: "all" if path.startswith("own/") else real(path))


@variant
def team_label_leaks(p: pytest.MonkeyPatch) -> None:
    real = audience.label
    p.setattr(tick, "label", lambda path: "all" if path.startswith("team/") else real(path))


@variant
def nobody_is_ever_away(p: pytest.MonkeyPatch) -> None:
    real = Presence.due
    p.setattr(Presence, "due", lambda self, now: (real(self, now)[0], []))


@variant
def away_though_back(p: pytest.MonkeyPatch) -> None:
    """Who came back while their `away` was under way stays away."""
    p.setattr(Seats, "welcome_back", lambda self: None)


@variant
def outbox_trimmed_at_send(p: pytest.MonkeyPatch) -> None:
    real = Tab.pump

    def pump(self: Tab) -> None:
        real(self)
        self.ops = [op for op in self.ops if op.n > self.cursor]

    p.setattr(Tab, "pump", pump)


@variant
def settled_is_the_last_answer(p: pytest.MonkeyPatch) -> None:
    p.setattr(Session, "settled", property(lambda self: self.answers[-1][0]))


@variant
def caught_up_gets_all_again(p: pytest.MonkeyPatch) -> None:
    """A list takes the first changes of a tick a second time."""
    real = Delivery.changed

    def changed(self: Delivery, changes: Iterable[Any]) -> None:
        real(self, changes)
        self._since = 10**9

    p.setattr(Delivery, "changed", changed)


@variant
def snapshot_kept_across_teams(p: pytest.MonkeyPatch) -> None:
    real = Delivery.forget

    def forget(self: Delivery) -> None:
        real(self)
        self._shared = None

    p.setattr(Delivery, "anew", lambda self: None)
    p.setattr(Delivery, "forget", forget)


@variant
def hold_not_told_on_a_full_line(p: pytest.MonkeyPatch) -> None:
    p.setattr(Delivery, "owe", lambda self, session, frame, now: self.say(session, frame, now))


@variant
def numbers_lost_at_restart(p: pytest.MonkeyPatch) -> None:
    real: Any = Node.__init__

    def made(self: Node, *more: Any) -> None:
        real(self, *more[:6], {}, *more[7:])

    p.setattr(Node, "__init__", made)


@variant
def team_heard_of_behind_a_forget(p: pytest.MonkeyPatch) -> None:
    """Who is on a light line and out of their team now is told what it got before."""

    def forget(self: Node, offset: int, tag: str) -> None:
        self.delivery.forget()
        self.port.forget(offset, tag, self.fold.save(), self.fold.seed)

    p.setattr(Node, "_forget", forget)


@variant
def old_seed_kept(p: pytest.MonkeyPatch) -> None:
    """The new chance is not written with the Forget."""
    real = Stage.forget
    p.setattr(Stage, "forget", lambda self, at, tag, blob, seed: real(
        self, at, tag, blob, self.rooms.meta("0123456789").secret))  # fmt: skip


@variant
def forget_lost_in_a_crash(p: pytest.MonkeyPatch) -> None:
    """A server that died between a Forget's op and its write does not make up for it."""
    real = Stage.boot

    def boot(self: Stage) -> None:
        keep = Stage.forget
        Stage.forget = lambda *told: None  # type: ignore[method-assign]
        try:
            real(self)
        finally:
            Stage.forget = keep  # type: ignore[method-assign]

    p.setattr(Stage, "boot", boot)


@variant
def half_an_op(p: pytest.MonkeyPatch) -> None:
    """Steps that landed before the one that failed are not taken back."""
    p.setattr(Tree, "rollback", Tree.commit)


@variant
def welcome_says_too_much(p: pytest.MonkeyPatch) -> None:
    """It counts one op as read that was not."""
    real = Seats._welcome

    def welcome(self: Seats, session: Session, *more: Any) -> dict[str, Any]:
        return {**real(self, session, *more), "n": session.seen + 1, "settled": session.seen + 1}

    p.setattr(Seats, "_welcome", welcome)


@variant
def desk_label_leaks(p: pytest.MonkeyPatch) -> None:
    """Notes to the hosts reach everybody."""
    real = audience.label
    p.setattr(tick, "label", lambda path: "all" if path.startswith("desk/") else real(path))
