"""One hosted room on one server: greetings, frames, appended ops and time in; frames out.

No I/O: a `Port` is asked to write to the log, and the log's answer comes back as a call of
`appended`, `duplicate` or `failed`. The same class runs under the hub and in the simulation.
"""

from __future__ import annotations

from typing import Any

import msgspec

from . import codes, moment, wire
from .afar import Afar
from .calls import Calls
from .delivery import Delivery
from .fold import Fold, Folded
from .intake import Intake
from .keys import Key
from .library import Library
from .life import SHAPES_LIFE
from .limits import Limits
from .moment import Asked
from .port import Facts, Port, Ticket
from .position import opened
from .pulse import Pulse
from .revision import Openings
from .ring import Ring, Turn
from .seats import Namer, Seats
from .session import Session, Socket
from .tick import Framer
from .watch import Watch


class _Entry(msgspec.Struct, frozen=True):
    offset: int
    ts: int
    payload: bytes


class Node:
    """A room as one server hosts it."""

    def __init__(
        self,
        fold: Fold,
        ring: Ring,
        library: Library,
        limits: Limits,
        port: Port,
        opens: dict[str, Key],
        marks: dict[str, tuple[int, int]],
        framers: tuple[Framer, Framer],
        epoch: str,
        tag: str,
        ts: int,
        names: Namer,
        now: int,
    ) -> None:
        self.fold, self.ring, self.limits, self.port = fold, ring, limits, port
        self.delivery = Delivery(fold, ring, limits, *framers)
        self.standing = self.delivery.standing
        self.standing.tag, self.standing.ts = tag, ts
        self.standing.go_on(epoch)
        self.intake = Intake(fold, self.delivery, library, limits, self._append, port.wall)
        self.intake.marks = marks
        self.facts = Facts(port)
        self.seats = Seats(fold, self.delivery, limits, port, self.facts, opens, marks, names, now)
        self.calls = Calls(fold, self.delivery, limits, port.fault)
        self.afar: Afar | None = None  # the same room on other servers, where the store is shared
        self.leads = True  # of all servers that host this room, the one that looks after it
        self._fresh_ops = self._fresh_bytes = 0
        self.pulse = Pulse(self.delivery, limits)
        self.chores_at = 0  # when there is more to do than to send; 0: look now
        self.watch = Watch(fold, self.delivery, self.seats.presence, self.facts, limits, now)

    def opens_by(self, openings: Openings) -> None:
        """By which revisions this server opens things."""
        self.intake.openings = self.watch.openings = openings

    # -- sockets

    def greet(self, socket: Socket, hello: wire.Hello, now: int) -> Session:
        """A greeting of a fresh socket. Raises Refused; otherwise `welcome` follows, soon."""
        self.chores_at = 0
        return self.seats.greet(socket, hello, now)

    def receive(self, session: Session, data: bytes, now: int) -> None:
        """One text frame of a greeted socket. Never raises for what a person can send."""
        if not session.seated:
            return  # a client that does not wait for its welcome says all of it again
        try:
            frame = wire.decode(data)
        except wire.BadFrame as bad:
            self.delivery.say(session, wire.error(bad.code), now)
            return
        if type(frame) is wire.Eph:
            if len(data) > self.limits.live_bytes:
                self.delivery.say(session, wire.error("too_large"), now)
            else:
                self.intake.live(session, frame, now)
        elif isinstance(frame, wire.Op):
            self.intake.op(session, frame, now)
        elif isinstance(frame, wire.Beat):
            self._beat(session, frame, now)
        elif isinstance(frame, wire.Bye):
            self._leaves(session, now, bye=True)
            session.socket.close(1000)
        elif isinstance(frame, wire.Rtc):
            self.calls.frame(session, frame, len(data), now)
        else:
            self.delivery.say(session, wire.error("bad_hello"), now)

    def _beat(self, session: Session, frame: wire.Beat, now: int) -> None:
        session.hide(frame.hidden)
        place = opened(frame.pos) if frame.pos else None
        if place is not None and place[0] in self.standing.epochs:
            session.confirmed(place[1], now)
        if frame.ct is not None:
            self.delivery.beat(session, now, ct=frame.ct)
        if frame.light not in (None, session.light):
            session.light = not session.light
            if session.light:  # what is under way comes with the light ticks
                self.delivery.answer(session)
            else:  # all of it, what is live included
                self.delivery.show(session, now)
        elif session.behind:
            self.delivery.catch_up(session, now)

    def writable(self, session: Session, now: int) -> None:
        """The socket takes frames again."""
        if session.seated and session.behind:
            self.delivery.catch_up(session, now)

    def gone(self, session: Session, now: int) -> None:
        """The socket is closed, or as good as that. Twice does no harm."""
        self._leaves(session, now)

    def _leaves(self, session: Session, now: int, bye: bool = False) -> None:
        self.chores_at = 0
        if session.role == "host" and session.seated:
            self.watch.host_seen = now
        self.calls.left(session)
        self.seats.left(session, now, bye)

    # -- the log

    def _append(self, session: Session, author: str, n: int, p: int | None, payload: bytes) -> None:
        self.port.append(Ticket(author, n, payload, session), n, p)

    def appended(self, ticket: Ticket, offset: int, ts: int, tag: str) -> None:
        """The log took it, at this place. Called in log order."""
        self.chores_at = 0
        folded = self._folded(ticket, offset, ts, tag)
        if not ticket.author.startswith("sys:"):
            self.intake.placed(ticket, offset, folded)
        if ticket.then is not None:
            ticket.then(folded.outcome == "ok")

    def _folded(self, ticket: Ticket, offset: int, ts: int, tag: str) -> Folded:
        g = self._generation()
        folded = self.fold.apply(_Entry(offset, ts, ticket.payload))
        self.standing.tag, self.standing.ts = tag, ts
        self.ring.push(Turn(offset, tag, ts, folded.changes, len(ticket.payload)))
        self.delivery.changed(folded.changes)
        self._fresh_ops += 1
        self._fresh_bytes += len(ticket.payload)
        if folded.fault:
            self.port.fault(folded.fault)
        if folded.forget:
            self._forget(offset, tag)
        if self._generation() != g:
            self.delivery.lives.moved_on()
        self._notice(folded.changes, ts)
        self._answer(ticket, folded)
        # the others wait a little longer for the snapshot of who leads
        most, size = self.limits.snapshot_ops, self.limits.snapshot_bytes
        if not self.leads:
            most, size = most + most // 4, size + size // 4
        if self._fresh_ops >= most or self._fresh_bytes >= size:
            self.save()
        return folded

    def _answer(self, ticket: Ticket, folded: Folded) -> None:
        """Whoever waits at the door hears what a host has answered."""
        if any(change[0].startswith("desk/knocks/") for change in folded.changes):
            asked = moment.decode(ticket.payload)
            if asked.do == "room.let":
                self.port.let(asked.d["knock"], asked.d["in"])

    def duplicate(self, ticket: Ticket, offset: int) -> None:
        """It was on the log before: once is enough, and the author hears so."""
        self.chores_at = 0
        if ticket.session is not None:
            self.intake.answered(ticket.session, ticket.n)
            self.intake.told(ticket.session, [ticket.n, "ok", offset])
        if ticket.then is not None:
            ticket.then(True)

    def failed(self, ticket: Ticket, now: int) -> None:
        """The log could not take it, or an op before it: the author keeps it."""
        self.chores_at = 0
        session = ticket.session
        if session is not None and self.intake.answered(session, ticket.n):
            self.intake.stalled(session, ticket.n, now)
        if ticket.then is not None:
            ticket.then(False)

    def save(self) -> None:
        """Ask for a snapshot of this moment."""
        self._fresh_ops = self._fresh_bytes = 0
        self.port.snapshot(self.fold.offset, self.standing.tag, self.fold.freeze())

    def lead(self, leads: bool) -> None:
        """Whether this server looks after the room, of all that host it."""
        self.leads = self.watch.leads = leads

    def saved(self) -> None:
        """Another server saved a snapshot: this one need not, for a while."""
        self._fresh_ops = self._fresh_bytes = 0

    @property
    def unsaved(self) -> int:
        """Ops since the last snapshot was asked for."""
        return self._fresh_ops

    def _forget(self, offset: int, tag: str) -> None:
        self._fresh_ops = self._fresh_bytes = 0
        # whoever is moved by this very op gets it whole, and no more of what they were moved out of
        self.seats.relabel(self.standing.ts)
        self.delivery.forget()
        self.port.forget(offset, tag, self.fold.save(), self.fold.seed)

    def _generation(self) -> int:
        return int(self.fold.state["sys"]["g"])

    def _notice(self, changes: list[list[Any]], now: int) -> None:
        """What the engine itself must do about a change of people, teams or the end."""
        for change in changes:
            if change[0].endswith("/out") and change[0].startswith("meet/people/"):
                self.seats.expel(change[0].split("/")[2], now)
        for change in changes:
            path = change[0]
            if path == "room" or path.startswith("room/team") or path.endswith("/role"):
                if path.endswith("/role"):
                    self.watch.host_seen = now  # until now there may have been one
                self.seats.relabel(now)
            elif path == "meet/ended":
                self.port.ended(change[1]["until"], change[1]["erase"])
            elif path.startswith(SHAPES_LIFE):
                self.port.lived()
            elif path.startswith("meet/shut") or path.endswith("/shut"):
                self.intake.hush()

    # -- time

    def tick(self, now: int) -> None:
        """Whatever is due at `now`."""
        if now >= self.chores_at:
            self._chores(now)
        if self.delivery.pending and now >= self.delivery.due():
            self.delivery.flush(now)
            if self.afar is not None:
                self.afar.flush()
            self.calls.follow(now)

    def _chores(self, now: int) -> None:
        """All that is due by time. Between two of them only what came in can bring on another:
        most ticks do nothing but send, and fifty rooms have a thousand of them a second."""
        delivery = self.delivery
        dim, away = self.seats.presence.due(now)
        for member in dim:
            delivery.live(f"live/{member}/dim", True)
        for member in away:
            delivery.live(f"live/{member}/dim", None, gone=True)
            self._away(member, now)
        self.watch.tick(now)
        for session in self.pulse.slow(now):
            session.socket.close(codes.SLOW)
            self.gone(session, now)
        if now >= self.pulse.due:
            self.seats.welcome_back()
            self.pulse.beat(now)
        dims = self.seats.presence.next_due
        due = [self.pulse.due, *self.watch.due()]
        self.chores_at = min(due if dims is None else [dims, *due])

    def _away(self, member: str, now: int) -> None:
        def then(ok: bool) -> None:
            if not ok and not self.seats.presence.here(member):
                self.seats.presence.again(member, now)

        if self.fold.state["meet"]["ended"] is None:
            self.facts.once(f"away:{member}", Asked("sys.away", d={"member": member}), then)

    def wake(self) -> int:
        """When `tick` should be called next at the latest (log time, ms)."""
        if self.delivery.pending:
            return min(self.chores_at, self.delivery.due())
        return self.chores_at
