"""Seats: how a greeted socket becomes a person's place in the room, and how it leaves it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from . import baton, codes, door, keys, wire
from .audience import labels_of, regroups
from .delivery import Delivery
from .door import Refused, Visit
from .fold import Fold
from .keyring import Keyring
from .keys import Key
from .limits import Limits
from .moment import Asked
from .port import Facts, Port
from .position import opened, salted
from .presence import Presence
from .session import Session, Socket

Namer = Callable[[str, set[str], str], str]
"""(language, names taken, name wished) -> the name to give; never one that is taken."""


class Seats:
    """The people side of a hosted room: greetings, links and tokens, presence."""

    def __init__(
        self,
        fold: Fold,
        delivery: Delivery,
        limits: Limits,
        port: Port,
        facts: Facts,
        opens: dict[str, Key],
        marks: dict[str, tuple[int, int]],
        names: Namer,
        now: int,
    ) -> None:
        self.fold, self.delivery, self.limits, self.port = fold, delivery, limits, port
        self.ring = delivery.ring
        self.facts, self.marks, self.names = facts, marks, names
        self.keyring = Keyring(port, opens)
        self.voice: Callable[[], int | None] = lambda: None  # 1: there are voices, 0: could be
        self.wary = False  # `Session.wary`, for all of them
        for member, person in fold.state["meet"]["people"].items():
            if person.get("out"):  # a server that went in between left their keys as they were
                self.keyring.expel(member)
        self.presence = Presence(limits)
        here = [m for m, p in fold.state["meet"]["people"].items() if p["here"]]
        self.presence.restore(here, now)

    def greet(self, socket: Socket, hello: wire.Hello, now: int) -> Session:
        """A greeting of a fresh socket. Raises Refused; otherwise `welcome` follows, soon."""
        door.check(hello)
        people = self.fold.state["meet"]["people"]
        opens, wall = self.keyring.seen_by(hello.cap, hello.cid), self.port.wall()
        visit = door.visit(hello, opens, people, self.limits.name_chars, wall)
        meet = self.fold.state["meet"]
        if meet["ended"] is not None and not visit.member:
            raise Refused(codes.NO_ROOM)
        if meet.get("locked") and not visit.known:
            raise Refused(codes.LOCKED)
        if not self.presence.seated(visit.member) and self.presence.seats >= self.limits.members:
            raise Refused(codes.FULL)
        session = Session(socket, now, self.limits)
        session.cid, session.gen = hello.cid, hello.gen
        session.light, session.zipped, session.wary = hello.light, hello.z, self.wary
        if visit.role == "screen":
            session.member, session.role = "", "screen"
            self._seat(session, hello, "", now)
        elif visit.member:
            session.member = visit.member
            self._return(session, hello, visit, now)
        else:
            self._join(session, hello, visit)
        return session

    def _join(self, session: Session, hello: wire.Hello, visit: Visit) -> None:
        member = _crockford(self.port.entropy(5))
        taken = {p["name"] for p in self.fold.state["meet"]["people"].values()}
        name = self.names(hello.lang or "en", taken, visit.name)
        session.member = member

        def then(ok: bool) -> None:
            if not ok or member not in self.fold.state["meet"]["people"]:
                session.socket.close(codes.FULL)
                return
            link = self.keyring.opens.get(visit.link)
            closed = bool(visit.link) and (link is None or not link.way_in)
            if closed:  # made anew while they were on the threshold
                for found in self.keyring.tokens(member):
                    self.keyring.drop(found)
            if closed or session.over:  # away after the grace, as anybody
                self.presence.came(member)
                self.presence.went(member, self.delivery.standing.ts)
                if closed:
                    session.socket.close(codes.LINK_CLOSED, codes.CLOSES[codes.LINK_CLOSED])
                return
            self._seat(session, hello, token, self.delivery.standing.ts)

        told = {"member": member, "name": name, "role": visit.role}
        write = partial(self.facts.write, f"join:{member}", Asked("sys.join", d=told), then)
        # the key first, so that no welcome gives a token which a crash could make unknown
        if visit.spends:
            token = self.keyring.token(member, visit.link)
            tell = partial(self._spent, session, token, write)
            self.keyring.spend(visit.spends, hello.cid, member, tell)
        else:
            token = self.keyring.token(member, visit.link, write)

    def _return(self, session: Session, hello: wire.Hello, visit: Visit, now: int) -> None:
        """The same person again. Facts about them are written, but nobody waits for them."""
        person = self.fold.state["meet"]["people"][visit.member]
        ended = self.fold.state["meet"]["ended"] is not None
        if visit.role == "host" and not ended and not baton.keyed(person):
            told = {"member": visit.member, "role": "host"}
            self.facts.once(f"role:{visit.member}", Asked("sys.role", d=told))
        if visit.spends:
            # a token of their own for this device; it is told when the pass is really spent
            token = self.keyring.token(visit.member, visit.link)
            seat = partial(self._passed, session, hello, token, now)
            tell = partial(self._spent, session, token, seat)
            self.keyring.spend(visit.spends, hello.cid, visit.member, tell)
            return
        self._seat(session, hello, "", now)
        self.welcome_back()

    def _spent(self, session: Session, token: str, then: Callable[[], None], ours: bool) -> None:
        """A key for one use is spent: by this greeting, or by a faster one at another server."""
        if ours:
            then()
        else:  # as for whoever comes with it later
            self.keyring.drop(keys.key_id(token))
            session.socket.close(codes.BAD_LINK, codes.CLOSES[codes.BAD_LINK])

    def _passed(self, session: Session, hello: wire.Hello, token: str, now: int) -> None:
        person = self.fold.state["meet"]["people"].get(session.member)
        if session.over:
            return
        if person is None or person.get("out"):
            session.socket.close(codes.REMOVED, codes.CLOSES[codes.REMOVED])
            return
        self._seat(session, hello, token, now)
        self.welcome_back()

    def expel(self, member: str, now: int) -> None:
        """Somebody was removed: nothing of theirs opens the room, and their lines end now."""
        self.keyring.expel(member)
        for session in [s for s in self.delivery.sessions if s.member == member]:
            if session.role != "screen":
                self.delivery.say(session, wire.error("removed"), now)
                self.left(session, now, bye=True)
                session.socket.close(codes.REMOVED, codes.CLOSES[codes.REMOVED])

    def welcome_back(self) -> None:
        """Whoever has a socket is here, also where an `away` was under way when they came back."""
        if self.fold.state["meet"]["ended"] is None:
            silent = self.fold.state["sys"]["silent"]  # resting hosts who lost the baton
            for member, person in self.fold.state["meet"]["people"].items():
                if person.get("out") or (person["here"] and member not in silent):
                    continue
                if self.presence.sits(member):
                    self.facts.once(f"back:{member}", Asked("sys.back", d={"member": member}))

    def _seat(self, session: Session, hello: wire.Hello, token: str, now: int) -> None:
        """Give a session its place: older tabs of the same seat go, then welcome and state."""
        if session.role != "screen":
            session.author = f"{session.member}:{session.cid}"
            for other in [s for s in self.delivery.sessions if s.author == session.author]:
                if other.gen > session.gen:
                    self.delivery.say(session, wire.error("stale"), now)
                    session.socket.close(codes.SUPERSEDED)
                    return
                self.left(other, now)
                other.socket.close(codes.SUPERSEDED)
            last, _ = self.marks.get(session.author, (0, 0))
            session.seen = session.logged = last
            person = self.fold.state["meet"]["people"].get(session.member)
            session.role = person["role"] if person else "member"
            if self.presence.came(session.member):
                self.delivery.live(f"live/{session.member}/dim", None, gone=True)
        session.labels = self.labels(session)
        session.seated = True
        place = opened(hello.pos) if hello.pos else None
        tail = place is not None and self._on_record(place)
        self.delivery.tally.resumes["tail" if tail else "snap" if place else "new"] += 1
        self.delivery.say(session, self._welcome(session, token, tail, now), now)
        self.delivery.sessions.append(session)
        if tail and place is not None:
            self.delivery.resume(session, place[1], now)
        else:
            self.delivery.show(session, now)

    def _welcome(self, session: Session, token: str, tail: bool, now: int) -> dict[str, Any]:
        return {
            "t": "welcome",
            "v": wire.VERSION,
            "me": {"member": session.member, "role": session.role},
            **({"token": token} if token else {}),
            "n": session.seen,
            "settled": session.settled(now),
            "mode": "tail" if tail else "snap",
            "now": now,
            **({} if (voice := self.voice()) is None else {"voice": voice}),
            "limits": {
                "op": self.limits.frame_bytes,
                "ops": self.limits.ops_rate,
                "ops_burst": self.limits.ops_burst,
            },
        }

    def _on_record(self, place: tuple[str, int, str]) -> bool:
        epoch, offset, tag = place
        if (
            epoch not in self.delivery.standing.epochs
            or not self.ring.floor <= offset <= self.ring.top
        ):
            return False
        if salted(self.ring.tag_at(offset), self.fold.seed) != tag:
            return False
        return not any(regroups(change) for change in self.ring.since(offset) or ())

    def labels(self, session: Session) -> frozenset[str]:
        teams = self.fold.state["room"].get("team") or {}
        return labels_of(session.member, session.role, teams)

    def left(self, session: Session, now: int, bye: bool = False) -> None:
        """The socket is closed, or as good as that. Twice does no harm."""
        if not session.seated:
            session.over = True
            return
        session.seated = False
        self.delivery.tally.sent += session.sent
        self.delivery.sessions.remove(session)
        if session.role != "screen" and self.presence.went(
            session.member, now, bye, session.hidden
        ):
            self.delivery.lives.still(session.member)

    def relabel(self, now: int) -> None:
        """Roles or teams have changed: whoever sees something else now gets it whole."""
        people = self.fold.state["meet"]["people"]
        self.delivery.anew()
        for session in list(self.delivery.sessions):
            if session.role != "screen":
                session.role = people.get(session.member, {}).get("role", session.role)
            labels = self.labels(session)
            if labels != session.labels:
                session.labels = labels
                self.delivery.show(session, now)


def _crockford(data: bytes) -> str:
    """Eight letters for five bytes: a person's public id in the room."""
    number = int.from_bytes(data, "big")
    return "".join(keys.LETTERS[number >> shift & 31] for shift in range(35, -1, -5))
