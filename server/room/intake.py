"""What a person's frames ask for, judged at the door by shape, size, rate and bare role.

What passes goes to the log; phase, turn, generation and meaning are judged later, by the fold, at
the op's offset (decisions.md 12). A refusal here consumes the op's number; over-rate and storage
failures do not: the client goes back to that number (decisions.md 13).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server import kit
from server.kit import CLOCK, HOST, Live, Refusal

from . import acts, aim, evening, life, moment, talk, wire
from .delivery import Delivery
from .fold import Fold, Folded
from .library import Library
from .limits import Bucket, Limits
from .lives import MIC, VOICE
from .moment import Asked
from .port import Ticket
from .revision import Openings, asked_of
from .session import Answer, Session

REACTIONS = 6
KEEPSAKE_MS = 24 * 60 * 60 * 1000
WORDS = frozenset(("room.line", "room.lost"))
"""Words to others have a rate of their own: a line that nobody can flood."""
RENAME_COST = 10
"""Seconds of its bucket that a new name takes: two at once, then one in ten seconds."""

Append = Callable[[Session, str, int, int | None, bytes], None]
"""(session, author, n, p, payload): write it to the log; the answer comes back to the node."""


class Intake:
    """Reads ops and live values of all sessions of one room."""

    def __init__(
        self,
        fold: Fold,
        delivery: Delivery,
        library: Library,
        limits: Limits,
        append: Append,
        wall: Callable[[], int],
    ) -> None:
        self.fold, self.delivery, self.library, self.limits = fold, delivery, library, limits
        self.append, self.wall = append, wall
        self.marks: dict[str, tuple[int, int]] = {}  # author -> (last n on the log, its offset)
        self.answers: dict[str, dict[int, Answer]] = {}
        self.in_flight = 0
        self._members: dict[str, Bucket] = {}
        self._aims: dict[tuple[str, str], tuple[Live, str, bool]] = {}  # true at one offset
        self._aimed_at = -1
        self._words: dict[str, Bucket] = {}
        self.openings = Openings(fold.kinds)
        self._room = Bucket(limits.room_ops_rate, limits.room_ops_burst, 0)

    # -- ops

    def op(self, session: Session, frame: wire.Op, now: int) -> None:
        n = frame.n
        before = frame.p if frame.p is not None else n - 1
        if session.hold is not None:
            if n > session.seen and before > session.seen:
                return  # the client was told to go back; what does not follow is repeated
            session.hold = session.owed = None
        if n <= session.seen:
            self._repeat(session, n)
            return
        if before > session.seen:
            self._hold(session, "gap", session.seen + 1, 0, now)
            return
        if (known := self.answers.get(session.author, {}).get(n)) is not None:
            session.seen = n  # judged on a line that broke
            session.logged = session.logged if known[1] == "refused" else n
            self.delivery.answer(session, known)
            return
        if wait := self._too_fast(session, frame.do, now):
            self._hold(session, "too_fast", n, wait, now)
            return
        session.seen = n
        try:
            asked = self._shaped(session, frame, now)
        except Refusal as no:
            self.told(session, [n, "refused", 0, no.code, no.facts])
            return
        self.in_flight += 1
        session.under_way.append((n, session.round))
        self.append(session, session.author, n, session.logged, moment.encode(asked))
        session.logged = n

    def answered(self, session: Session, n: int) -> bool:
        """The log has answered op n; False where its client has been sent back to before it."""
        self.in_flight -= 1
        for place, (there, turn) in enumerate(session.under_way):  # mostly the first
            if there == n:
                del session.under_way[place]
                again = n > session.seen or any(n == other for other, _ in session.under_way)
                return turn == session.round or not again
        return False

    def placed(self, ticket: Ticket, offset: int, folded: Folded) -> None:
        """An op has its place. Another server's is remembered, too: its author may come here."""
        self.marks[ticket.author] = (ticket.n, offset)
        more = [folded.code, folded.args] if folded.code else []
        answer: Answer = [ticket.n, folded.outcome, offset, *more]
        if ticket.session is None:
            self._remember(ticket.author, answer)
        else:
            self.answered(ticket.session, ticket.n)
            self.told(ticket.session, answer)

    def told(self, session: Session, answer: Answer) -> None:
        """Answer an op, and remember the answer for a client that asks again."""
        self._remember(session.author, answer)
        self.delivery.tally.answered(answer)
        self.delivery.answer(session, answer)

    def _remember(self, author: str, answer: Answer) -> None:
        kept = self.answers.setdefault(author, {})
        kept[answer[0]] = answer
        while len(kept) > self.limits.answers_kept:
            del kept[next(iter(kept))]

    def stalled(self, session: Session, n: int, now: int) -> None:
        """The log could not take op n: the client keeps it and comes back with it."""
        session.round += 1
        session.seen = n - 1
        before = [there for there, _ in session.under_way if there < n]  # perhaps on the log
        session.logged = max(self.marks.get(session.author, (0, 0))[0], *before, 0)
        self._hold(session, "stalled", n, 1_000, now)

    def _hold(self, session: Session, code: str, n: int, retry_ms: int, now: int) -> None:
        session.hold = n
        self.delivery.owe(session, wire.error(code, n=n, retry_ms=retry_ms), now)

    def _repeat(self, session: Session, n: int) -> None:
        known = self.answers.get(session.author, {}).get(n)
        if known is not None:
            self.delivery.answer(session, known)
        else:
            last, offset = self.marks.get(session.author, (0, 0))
            if n <= last:  # its own answer is gone with time; that it is on the log is what counts
                self.delivery.answer(session, [n, "ok", offset])

    def _too_fast(self, session: Session, do: str, now: int) -> int:
        if do in WORDS:
            words = self._words.get(session.member)
            if words is None:
                words = Bucket(self.limits.words_rate, self.limits.words_burst, now)
                self._words[session.member] = words
            if not words.take(now):
                return words.wait_ms(now)
        bucket = self._members.get(session.member)
        if bucket is None:
            bucket = Bucket(self.limits.ops_rate, self.limits.ops_burst, now)
            self._members[session.member] = bucket
        if not bucket.take(now):
            return bucket.wait_ms(now)
        if not self._room.take(now):
            return self._room.wait_ms(now)
        return 200 if self.in_flight >= self.limits.in_flight else 0

    def _shaped(self, session: Session, frame: wire.Op, now: int) -> Asked:
        """The op as it will be logged: every field cleaned. Raises Refusal."""
        try:
            wire.plain(frame.d)
        except wire.BadFrame as bad:
            raise Refusal(bad.code) from None
        kind, dot, name = frame.do.partition(".")
        if not dot:
            raise Refusal("no_action")
        kinds, meet = self.fold.kinds, self.fold.state["meet"]
        if meet["ended"] is not None:
            raise Refusal("ended")
        rules = acts.room if kind == "room" else asked_of(kinds, meet, kind, frame.g)
        action = rules.actions.get(name) if rules is not None else None
        if action is None or action.by == CLOCK or session.role == "screen":
            raise Refusal("no_action")
        if action.by == HOST and session.role != "host":
            told = aim.inside(self.fold.state, session.member)  # in a team everybody leads
            if told is None or (told["kind"], told["g"]) != (kind, frame.g):
                raise Refusal("host_only")
        if kind == "room" and name in evening.BY_CARD:
            d = self.library.resolved(name, frame.d, self.openings.kinds(), self.limits)
        else:
            d = action.check(frame.d, meet["people"])
        if frame.do in evening.OPENS and "again" not in d:
            d = self.openings.stamped(d)
        if frame.do == "room.end":
            d["until"] = self.wall() + KEEPSAKE_MS
        if frame.do == "room.dates":
            known = meet["starts"]  # those that are over may stay in a series
            fresh = [start for start in d["starts"] if start not in known]
            life.dates(fresh, d["minutes"] or None, self.wall())
        if frame.do == "room.rename" and not session.rename_bucket.take(now, RENAME_COST):
            raise Refusal("too_fast")
        g = frame.g if kind != "room" else None
        return Asked(frame.do, session.member, g, d)

    # -- live values

    def live(self, session: Session, frame: wire.Eph, now: int) -> None:
        """Pass a declared live value on, or drop it; only a wrong shape is answered."""
        try:
            if frame.key == "react":
                self._react(session, frame.d, now)
            elif frame.key == MIC:
                self._mic(session, frame.d, now)
            else:
                self._live(session, frame, now)
        except Refusal as no:
            self.delivery.say(session, wire.error(no.code), now)

    def _react(self, session: Session, d: Any, now: int) -> None:
        which = d.get("r") if isinstance(d, dict) else None
        if type(which) is not int or not 0 <= which < REACTIONS:
            raise Refusal("not_a_choice")
        if session.react_bucket.take(now):
            self.delivery.react([int(i == which) for i in range(REACTIONS)])

    def _mic(self, session: Session, d: Any, now: int) -> None:
        """A microphone is on or off, whatever runs. A phone in the hall has none, nor has a screen;
        that one is off is always taken."""
        on = d.get("on") if isinstance(d, dict) else None
        if type(on) is not bool:
            raise Refusal("not_a_choice")
        person = self.fold.state["meet"]["people"].get(session.member, {})
        if on and (not person or person.get("hall") or not session.live_bucket.take(now)):
            return
        self.delivery.heard(session.member, MIC, on)

    def _live(self, session: Session, frame: wire.Eph, now: int) -> None:
        if self._aimed_at != self.fold.offset:
            self._aimed_at = self.fold.offset
            self._aims.clear()
        aim = self._aims.get((session.member, frame.key))
        if aim is None:
            aim = self._aims[session.member, frame.key] = self._aim(session, frame.key)
        live, path, public = aim
        if not path:
            return
        value = frame.d
        if value is not None:
            if not isinstance(value, dict):
                raise Refusal("unknown")
            value = kit.check_all(live.fields, value)
        if not session.live_bucket.take(now):
            return
        if public:
            self.delivery.lives.put(session.member, frame.key, value)
        self.delivery.live(path, value, gone=value is None)

    def _aim(self, session: Session, key: str) -> tuple[Live, str, bool]:
        """What a live value of this person is, its path ("" where it is dropped), and whether it is
        everybody's. The same until the next entry of the log: a hand that moves asks for it once.
        Raises Refusal."""
        live, team, phase = aim.declared(self.fold.kinds, self.fold.state, session.member, key)
        if live is None or session.role == "screen":
            raise Refusal("no_action")
        if (live.phase and phase not in live.phase) or self.shut(session.member, session.role):
            return live, "", False
        path = aim.path(self.fold.state, session.member, live.to, key) or ""
        if team and path:
            return live, kit.mounted(path, team), False
        return live, path, live.to == "room"

    def shut(self, member: str, role: str) -> bool:
        """Whether a host has closed the work for everybody or for this person."""
        return role != "host" and talk.shut_for(self.fold.state["meet"], member, "work")

    def hush(self) -> None:
        """Whose work was closed: their cursors and half strokes go from all screens."""
        lives = self.delivery.lives
        for member in [*lives]:
            person = self.fold.state["meet"]["people"].get(member, {})
            if self.shut(member, person.get("role", "")):
                lives.still(member, VOICE)
