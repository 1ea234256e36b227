"""Calls: who of a room talks with the voice worker through this server, and what it is told.

Sound never comes here: an offer goes to the worker, its answer comes back, and the worker is kept
told who hears whom, which is the room's state (`voices.seats`). Nothing of it is logged or stored
(decisions.md 25). The room does not need any of it: where the worker is away, people hear so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

from .delivery import Delivery
from .fold import Fold
from .limits import Bucket, Limits
from .session import Session
from .voices import Seat, Wrong, seats
from .wire import Rtc

LETTERS: Final = 40
"""Of the id that a client gives to one exchange."""
SEATS_MS: Final = 5_000
"""So often the worker is told all again, changed or not: a message to it may be lost."""
SPREAD_MS: Final = 2_000
"""Whoever has to call again does so within this time, each at another moment."""
SCREEN: Final = "~"
"""Begins the name of a big screen at the worker: it has no seat in the room and listens only."""
TIERS: Final = {"auto": None, "normal": "normal", "thin": "thin"}


class Switch(Protocol):
    """The way from one room to the voice worker that has it. Calls return at once."""

    def place(self) -> str:
        """Which worker it is, as a name that a worker begun anew has not; "": there is none."""

    def say(self, message: Mapping[str, Any]) -> bool:
        """Pass this on; False: nobody is there."""

    def ice(self) -> list[dict[str, Any]]:
        """By which servers of ours a line may go that lets nothing else through, for an hour."""

    def token(self) -> str:
        """A name for a call that nobody guesses."""

    def chance(self) -> float:
        """From 0 to 1."""


class Call:
    """One person's call. `id` is what their page calls it, `token` what the worker does."""

    __slots__ = ("connected", "id", "member", "session", "speaks", "token")

    def __init__(self, member: str, session: Session, id: str, token: str) -> None:
        self.member, self.session, self.id, self.token = member, session, id, token
        self.connected = False
        self.speaks = True  # as their page was told


class Calls:
    """The calls of one room, of people who are at this server."""

    def __init__(self, fold: Fold, delivery: Delivery, limits: Limits, wrong: Wrong) -> None:
        """`wrong` hears of a kind's mistake about who is heard; it mutes nobody."""
        self._fold, self._delivery, self._limits, self._wrong = fold, delivery, limits, wrong
        self.switch: Switch | None = None
        self._calls: dict[str, Call] = {}  # by member
        self._buckets: dict[str, Bucket] = {}
        self._speaking: frozenset[str] = frozenset()
        self._place = ""
        self._offset, self._told_at = -1, -SEATS_MS
        self._seats: dict[str, Seat] = {}

    @property
    def many(self) -> int:
        """Calls through this server."""
        return len(self._calls)

    # -- from people

    def frame(self, session: Session, frame: Rtc, size: int, now: int) -> None:
        """What a page asks for. Never raises for what a person can send."""
        asked = frame.d if isinstance(frame.d, dict) else {}
        if not 1 <= len(frame.id) <= LETTERS or size > self._limits.rtc_bytes:
            self._say(session, frame.id[:LETTERS], now, code="voice_bad")
        elif asked.get("hang"):
            self._hang(session, self._calls.get(_name(session)))
        elif self.switch is None:
            self._say(session, frame.id, now, code="voice_off")
        elif asked.get("still"):  # as often as a bad line comes back
            self._still(session, frame.id, now)
        elif "offer" in asked and not self.switch.place():  # costs nothing: it has to be tried
            self._say(session, frame.id, now, code="voice_away", retry_ms=SPREAD_MS)
        elif wait := self._too_fast(session, now):
            self._say(session, frame.id, now, code="too_fast", retry_ms=wait)
        elif asked.get("ask"):
            self._say(session, frame.id, now, ice=self.switch.ice())
        elif asked.get("tier") in TIERS:
            self._tier(session, TIERS[asked["tier"]])
        elif isinstance(asked.get("offer"), str):
            self._offer(self.switch, session, frame.id, asked, now)
        else:
            self._say(session, frame.id, now, code="voice_bad")

    def _too_fast(self, session: Session, now: int) -> int:
        bucket = self._buckets.get(_name(session))
        if bucket is None:
            bucket = self._buckets[_name(session)] = Bucket(1, 60, now)
        cost = 60 // self._limits.rtc_per_minute
        return 0 if bucket.take(now, cost) else bucket.wait_ms(now, cost)

    def _offer(
        self, switch: Switch, session: Session, id: str, asked: dict[str, Any], now: int
    ) -> None:
        name = _name(session)
        if self._people().get(name, {}).get("hall"):
            self._say(session, id, now, code="voice_hall")
            return
        call = Call(name, session, id, switch.token())
        self.moved(now)
        self._tell_seats(now)
        offer = {"do": "offer", "call": call.token, "member": name, "sdp": asked["offer"]}
        if not switch.say({**offer, "thin": asked.get("thin") is True}):
            self._say(session, id, now, code="voice_away", retry_ms=SPREAD_MS)
            return
        before = self._calls.get(name)
        if before is not None:
            self._end(before, now)  # the worker ends it by itself
        self._calls[name] = call
        self._tell_speaks(now)

    def _still(self, session: Session, id: str, now: int) -> None:
        """A page came back on another line, with a call that may go on."""
        call = self._calls.get(_name(session))
        if call is None or call.id != id:
            self._say(session, id, now, gone=1, after_ms=0)
            return
        call.session = session
        if call.connected:
            self._say(session, id, now, state="connected")

    def _tier(self, session: Session, tier: str | None) -> None:
        call = self._calls.get(_name(session))
        if call is not None and self.switch is not None:
            self.switch.say({"do": "tier", "member": call.member, "tier": tier})

    def left(self, session: Session) -> None:
        """The line is gone. A person's call goes on as long as they may come back."""
        if session.role == "screen":
            self._hang(session, self._calls.get(_name(session)))
            self._buckets.pop(_name(session), None)

    def _hang(self, session: Session, call: Call | None) -> None:
        if call is None or call.session is not session:
            return
        self._over(call)

    def _over(self, call: Call, token: str | None = None) -> None:
        """It is over here, and so it is to be at the worker; `token` "": whichever it has."""
        del self._calls[call.member]
        self._unheard(call.member)
        if self.switch is not None:
            one = (call.token if token is None else token) or None
            self.switch.say({"do": "hang", "member": call.member, "call": one})

    def _end(self, call: Call, now: int) -> None:
        """It is over at the worker: whose it was hears so."""
        del self._calls[call.member]
        self._unheard(call.member)
        self._say(call.session, call.id, now, state="closed")

    def _unheard(self, member: str) -> None:
        self._delivery.heard(member, "voice", False)
        if member in self._speaking:
            self._speaking -= {member}
            self._delivery.heard(member, "speaks", False)

    # -- from the worker

    def told(self, message: Mapping[str, Any], now: int) -> None:
        """What a worker says of this room."""
        if message.get("is") == "speaking":
            self._speak(frozenset(message.get("members", ())) & self._people().keys())
            return
        token = message.get("call")
        call = next((one for one in self._calls.values() if one.token == token), None)
        if call is None:
            return
        if message["is"] == "answer":
            self._say(call.session, call.id, now, answer=message["sdp"])
        elif message["is"] == "no":
            self._over(call, "")  # one that they had before is none any more
            more = {"retry_ms": message["retry_ms"]} if message.get("retry_ms") else {}
            self._say(call.session, call.id, now, code=message["code"], **more)
        elif message.get("state") == "connected":
            call.connected = True
            self._say(call.session, call.id, now, state="connected")
            if not call.member.startswith(SCREEN):
                self._delivery.heard(call.member, "voice", True)
        elif message.get("state") == "closed":
            self._end(call, now)

    def _speak(self, now_speaking: frozenset[str]) -> None:
        for member in sorted(self._speaking ^ now_speaking):
            self._delivery.heard(member, "speaks", member in now_speaking)
        self._speaking = now_speaking

    def moved(self, now: int) -> None:
        """Another worker may have this room now: its people call again."""
        place = self.switch.place() if self.switch is not None else ""
        if place == self._place:
            return
        self._place, self._seats, self._told_at = place, {}, -SEATS_MS
        self._speak(frozenset())
        for call in [*self._calls.values()]:
            del self._calls[call.member]
            self._delivery.heard(call.member, "voice", False)
            after = int(SPREAD_MS * self.switch.chance()) if self.switch is not None else 0
            self._say(call.session, call.id, now, gone=1, after_ms=after)

    # -- who hears whom

    def follow(self, now: int) -> None:
        """After a tick: what has changed for the voices goes to the worker."""
        if not self._calls:
            return
        here = self._people()
        for call in [*self._calls.values()]:
            person = here.get(call.member, {})
            if not call.member.startswith(SCREEN) and not (
                person.get("here") and not person.get("out") and not person.get("hall")
            ):
                self._say(call.session, call.id, now, state="closed")
                self._over(call)
                self._delivery.lives.voiceless(call.member)
        if self._fold.offset != self._offset or now - self._told_at >= SEATS_MS:
            self._tell_seats(now)

    def _tell_seats(self, now: int) -> None:
        self._offset = self._fold.offset
        found = seats(self._fold.kinds, self._fold.state, self._wrong)
        if self.switch is None or (found == self._seats and now - self._told_at < SEATS_MS):
            return
        self._seats, self._told_at = found, now
        self._tell_speaks(now)
        self.switch.say({
            "do": "seats", "epoch": self._delivery.standing.epoch, "offset": self._offset,
            "seats": {member: [*seat] for member, seat in found.items()},
        })  # fmt: skip

    def _tell_speaks(self, now: int) -> None:
        """Whoever may be heard no more, or again, is told: they would speak to nobody."""
        for call in self._calls.values():
            seat = self._seats.get(call.member)
            if seat is not None and seat.speaks != call.speaks:
                call.speaks = seat.speaks
                self._say(call.session, call.id, now, speaks=seat.speaks)

    def close(self) -> None:
        """This server hosts the room no more."""
        for call in [*self._calls.values()]:
            self._over(call)
        if self.switch is not None and self._seats:
            self.switch.say({"do": "forget"})

    def _people(self) -> Mapping[str, Any]:
        people: Mapping[str, Any] = self._fold.state["meet"]["people"]
        return people

    def _say(self, session: Session, id: str, now: int, **d: Any) -> None:
        self._delivery.say(session, {"t": "rtc", "id": id, "d": d}, now)


def _name(session: Session) -> str:
    """What this line is called at the worker."""
    return session.member or SCREEN + session.cid[:16]
