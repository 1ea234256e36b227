"""What servers say to a worker, done; and what happens there, said to the servers it concerns.

A call belongs to the server that offered it, a room to all that have sent its seats. No I/O here:
messages come in as bytes and go out by `send`. Nothing of an offer is kept or logged.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from server.log.jobs import report
from server.room.voices import Seat

from . import line
from .line import Answer, Choose, Forget, Hang, No, Offer, Seats, Speaking, State, Up, Word
from .offer import OfferError
from .worker import Busy, Worker

BEAT_S: Final = 2.0
"""Between two signs of life."""
HELD_MS: Final = 60_000
"""A room in which nobody calls, and a server that says nothing of a room, are held so long."""
ROOMS: Final = 10_000
"""Rooms that are held at most. Offers of a room beyond them are told to come later."""
LATER_MS: Final = 5_000

Send = Callable[[str, Word], None]
"""To this server."""


class _Call(NamedTuple):
    server: str
    name: str


class _Room:
    """One room, as this worker knows it."""

    def __init__(self) -> None:
        self.servers: dict[str, float] = {}  # which have it, and when they said so last
        self.calls: dict[str, _Call] = {}  # by member


class Control:
    """One worker's orders and words. `name` is told with each start of it."""

    def __init__(
        self,
        make: Callable[[Callable[[str, str, dict[str, Any]], None]], Worker],
        send: Send,
        clock: Callable[[], float],
        name: str,
    ) -> None:
        """`make` makes the worker, which tells what happens to what it is given."""
        self.name, self.boot = name, secrets.token_hex(8)
        self._send, self._clock = send, clock
        self._rooms: dict[str, _Room] = {}
        self.worker = make(self._told)

    # -- what comes

    def take(self, data: bytes) -> None:
        """One message. What is nothing of ours is passed over, and nothing raises."""
        said = line.order(data)
        try:
            match said:
                case Offer():
                    self._offer(said)
                case Hang():
                    self._hang(said)
                case Choose():
                    self.worker.choose(said.room, said.member, said.tier)
                case Seats():
                    self._arrange(said)
                case Forget():
                    self._forget(said.room, said.server)
        except Exception as error:
            report("an order was not carried out", error)

    def _offer(self, said: Offer) -> None:
        room = self._room(said.room, said.server)
        if room is None:
            self._no(said, "voice_full", LATER_MS)
            return
        try:
            answer = self.worker.offer(said.room, said.member, said.sdp, said.thin)
        except Busy as busy:
            self._no(said, "voice_full", busy.after_ms)
            return
        except OfferError:
            self._ended(said.room, said.member)
            self._no(said, "voice_bad")
            return
        self._ended(said.room, said.member)
        room.calls[said.member] = _Call(said.server, said.call)
        if answer:
            self._send(said.server, Answer(said.server, said.call, answer))

    def _no(self, said: Offer, code: str, retry_ms: int | None = None) -> None:
        self._send(said.server, No(said.server, said.call, code, retry_ms))

    def _hang(self, said: Hang) -> None:
        room = self._rooms.get(said.room)
        call = room.calls.get(said.member) if room else None
        if call is not None and said.call in (None, call.name):
            self.worker.hang_up(said.room, said.member)
            self._ended(said.room, said.member)

    def _arrange(self, said: Seats) -> None:
        room = self._room(said.room, said.server)
        if room is not None:
            seats = {member: Seat(*seat) for member, seat in said.seats.items()}
            self.worker.arrange(said.room, said.offset, seats, said.epoch)

    def _room(self, name: str, server: str) -> _Room | None:
        """That room, which this server has; None where there are too many."""
        room = self._rooms.get(name)
        if room is None:
            if len(self._rooms) >= ROOMS:
                return None
            room = self._rooms[name] = _Room()
        if server not in room.servers and (heard := self.worker.speaking(name)):
            self._send(server, Speaking(name, [*heard]))
        room.servers[server] = self._clock()
        return room

    def _forget(self, name: str, server: str) -> None:
        room = self._rooms.get(name)
        if room is None or room.servers.pop(server, None) is None:
            return
        if not room.servers:
            self._drop(name)

    def _drop(self, name: str) -> None:
        self.worker.forget(name)
        for member in [*self._rooms[name].calls]:
            self._ended(name, member)
        del self._rooms[name]

    def _ended(self, name: str, member: str) -> None:
        """The call that they had, if any, is over: its server hears so."""
        call = self._rooms[name].calls.pop(member, None)
        if call is not None:
            self._send(call.server, State(call.server, name, member, call.name, "closed"))

    # -- what happens

    def _told(self, name: str, member: str, what: dict[str, Any]) -> None:
        room = self._rooms.get(name)
        if room is None:
            return
        if "speaking" in what:
            for server in room.servers:
                self._send(server, Speaking(name, what["speaking"]))
        elif what.get("state") == "closed":
            self._ended(name, member)
        elif (call := room.calls.get(member)) is None:
            return
        elif "answer" in what:
            self._send(call.server, Answer(call.server, call.name, what["answer"]))
        else:
            self._send(call.server, State(call.server, name, member, call.name, "connected"))

    # -- time

    def up(self) -> Up:
        """A sign of life."""
        return Up(self.name, self.boot, self.worker.calls)

    def sweep(self) -> None:
        """Forget rooms of which nobody has said anything for long, and in which nobody calls."""
        oldest = self._clock() - HELD_MS
        for name, room in [*self._rooms.items()]:
            if not room.calls and all(at < oldest for at in room.servers.values()):
                self._drop(name)
            elif len(room.servers) > 1:
                there = {server: at for server, at in room.servers.items() if at >= oldest}
                room.servers = there or room.servers
