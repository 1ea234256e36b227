"""Known-bad servers at a shared store: each breaks one promise; the simulation has to see it."""

from __future__ import annotations

from typing import Any

import pytest

from server.room.intake import Intake
from server.room.tail import Tail, _Early
from server.web.following import Following
from server.web.mending import Mending

from ..variants import Variants
from .link import Link
from .server import SimPlace
from .store import Store

VARIANTS = Variants()
variant = VARIANTS.add


@variant
def no_gap_check(p: pytest.MonkeyPatch) -> None:
    """What is early is never missed."""
    p.setattr(Tail, "waits", property(lambda self: False))
    p.setattr(Following, "head", lambda self, head: None)


@variant
def folds_early_ops(p: pytest.MonkeyPatch) -> None:
    """An op is folded when it comes, whatever is missing before it."""

    def go_on(self: Tail) -> None:
        for at in sorted(self._early):
            ticket, ts, tag, _ = self._early.pop(at)
            self.node.appended(ticket, self.known + 1, ts, tag)
            self._folded(ticket, self.known, ts, tag)

    p.setattr(Tail, "_go_on", go_on)


@variant
def answers_before_the_fold(p: pytest.MonkeyPatch) -> None:
    real = Tail.appended

    def appended(self: Tail, ticket: Any, offset: int, *more: Any) -> None:
        if ticket.session is not None and offset > self.known + 1:
            self.node.intake.told(ticket.session, [ticket.n, "ok", offset])
            self.node.delivery.flush(self._now() + 1_000)
        real(self, ticket, offset, *more)

    p.setattr(Tail, "appended", appended)


@variant
def duplicate_answered_at_once(p: pytest.MonkeyPatch) -> None:
    """Before its first one is folded here."""

    def duplicate(self: Tail, ticket: Any, offset: int) -> None:
        if self._settled(ticket):
            self.node.duplicate(ticket, offset)
            self.node.delivery.flush(self._now() + 1_000)

    p.setattr(Tail, "duplicate", duplicate)


@variant
def drops_foreign_marks(p: pytest.MonkeyPatch) -> None:
    """What others wrote is folded, and not remembered."""
    real = Intake.placed

    def placed(self: Intake, ticket: Any, *more: Any) -> None:
        if ticket.session is not None:
            real(self, ticket, *more)

    p.setattr(Intake, "placed", placed)


@variant
def no_tag_check(p: pytest.MonkeyPatch) -> None:
    """News is believed, whatever it follows."""
    real = SimPlace.__init__

    def made(self: SimPlace, *more: Any) -> None:
        real(self, *more)
        self.chain = None

    p.setattr(SimPlace, "__init__", made)


@variant
def reads_without_a_tag(p: pytest.MonkeyPatch) -> None:
    """A place is known again by its number alone."""
    real = Link.read

    async def read(self: Link, room: str, after: int, tag: Any, limit: int) -> Any:
        return await real(self, room, after, None, limit)

    p.setattr(Link, "read", read)


@variant
def rescue_without_comparing_the_end(p: pytest.MonkeyPatch) -> None:
    p.setattr(Mending, "_holds", lambda self, found: True)


@variant
def rescue_whatever_happens_meanwhile(p: pytest.MonkeyPatch) -> None:
    """The store puts it back, also where it went on after it was looked at."""
    real = Store.restore
    p.setattr(Store, "restore", lambda self, rescue, before: real(
        self, rescue, self.room.meta if self.room is not None else None))  # fmt: skip


@variant
def rescue_of_an_ended_room(p: pytest.MonkeyPatch) -> None:
    """The grave is not looked at, nor the end."""
    real = Store.restore

    def restore(self: Store, rescue: Any, before: Any) -> bool:
        self.graves.clear()
        return real(self, rescue, before)

    p.setattr(Store, "restore", restore)


@variant
def append_again_without_dedupe(p: pytest.MonkeyPatch) -> None:
    def repair(self: Store, epoch: str, entry: Any, before: int, past: Any) -> Any:
        if self.room is not None:
            self.room.marks.pop(entry.author, None)
        return self.append("0123456789", epoch, entry.author, entry.n, None, entry.payload,
                           ts=entry.ts)  # fmt: skip

    p.setattr(Store, "repair", repair)


@variant
def append_again_of_forgotten_ops(p: pytest.MonkeyPatch) -> None:
    p.setattr(Mending, "forgot", lambda self, offset: None)


@variant
def nothing_is_appended_again(p: pytest.MonkeyPatch) -> None:
    async def nothing(self: Mending, meta: Any) -> None: ...

    p.setattr(Mending, "_append_again", nothing)


@variant
def appended_again_in_an_epoch_that_is_over(p: pytest.MonkeyPatch) -> None:
    async def once(self: Mending, epoch: str, one: Any) -> Any:
        answer = await self._shared.repair(self._hosted.room, "e1", one.entry, one.before)
        return epoch, answer

    p.setattr(Mending, "_again", once)


@variant
def double_fold_of_own_ops(p: pytest.MonkeyPatch) -> None:
    """What was heard of before its answer is folded with its answer once more."""

    def appended(self: Tail, ticket: Any, offset: int, ts: int, tag: str) -> None:
        self._settled(ticket)
        at = max(offset, self.known + 1)
        self._early[at] = _Early(ticket, ts, tag, True)
        self._go_on()

    p.setattr(Tail, "appended", appended)


@variant
def early_ops_outlive_a_cut(p: pytest.MonkeyPatch) -> None:
    """And are believed without their tag."""
    p.setattr(Tail, "cut", lambda self: None)
    p.setattr(Tail, "_chained", lambda self, found: True)


@variant
def forgets_the_second_of_two_tickets(p: pytest.MonkeyPatch) -> None:
    """The same op under way twice: only the later one is ever answered."""

    def asked(self: Tail, ticket: Any) -> None:
        self._under_way[ticket.author, ticket.n] = [ticket]

    p.setattr(Tail, "asked", asked)


@variant
def doubts_nothing(p: pytest.MonkeyPatch) -> None:
    """Neither a new line nor a fork makes a server read."""
    p.setattr(Following, "doubt", lambda self: None)
    p.setattr(Following, "head", lambda self, head: None)


@variant
def old_room_unfollows_the_new_one(p: pytest.MonkeyPatch) -> None:
    async def unfollow(self: Link, room: str, follower: Any) -> None:
        self.follower = None

    p.setattr(Link, "unfollow", unfollow)


@variant
def forget_lost_in_a_fork(p: pytest.MonkeyPatch) -> None:
    """The store is told once to forget, under a name that is over."""

    async def forget(log: Any, room: str, epoch: str, *more: Any) -> None:
        await log.forget(room, "e0" if epoch != "e1" else epoch, *more)

    p.setattr("server.web.hosting.forget", forget)
    p.setattr(Mending, "promised", lambda self, meta: None)


@variant
def logged_is_what_was_folded(p: pytest.MonkeyPatch) -> None:
    """Whoever is sent back says that the op before is not on the log, while it is on its way."""
    real = Intake.stalled

    def stalled(self: Intake, session: Any, n: int, now: int) -> None:
        real(self, session, n, now)
        session.logged = self.marks.get(session.author, (0, 0))[0]

    p.setattr(Intake, "stalled", stalled)
