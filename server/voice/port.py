"""The one UDP port of a process: gives what comes to whom it belongs, and sends to all at once.

A packet's first byte tells what it is (RFC 7983 §7), its source address whose it is: the address is
a peer's once a valid check came from there. Where to send is what the peer nominated last, so a
phone that changes from one network to another stays in the call. Nothing is sent to an address from
which no valid check came for 30 seconds (RFC 7675). No address is written to any log.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final, Protocol

from .burst import Address, Burst, Packet
from .stun import Responder

CONSENT_MS: Final = 30_000
SWEEP_MS: Final = 1000
"""Time between two looks at who has gone quiet: one too old by the next look goes now."""
LARGEST: Final = 1500
"""Bytes of a packet; what is longer is no part of a call."""
AT_ONCE: Final = 256
"""Packets that are read before others have their turn, so that a flood does not stop the sound."""
QUIET_MS: Final = 12_000
"""A nominated address from which no check came for so long gives way to one from which checks do
come: not every browser nominates again after its address has changed. They check each 2 to 6 s."""
PATHS: Final = 4
"""Addresses from which one peer's packets are taken at a time."""
BUFFER: Final = 1 << 20
"""Bytes that the system should keep for us, each way, where it lets us ask."""


class Receiver(Protocol):
    """Who is at the other end of a route."""

    def nominated(self) -> None:
        """There is an address now, or another one."""

    def dtls(self, data: bytes) -> None:
        """A packet of DTLS."""

    def media(self, data: bytes) -> None:
        """A packet of SRTP or SRTCP, as it came."""

    def lost(self) -> None:
        """Nothing may be sent any more; the route is closed."""


class Route:
    """The way to one peer."""

    __slots__ = ("address", "begun", "name", "paths", "receiver", "since")

    def __init__(self, name: str, receiver: Receiver, now: float) -> None:
        self.name, self.receiver, self.since = name, receiver, now
        self.address: Address | None = None
        """Where to send; None before a check has nominated it and after the last was too old."""
        self.begun = False  # whether there has ever been one
        self.paths: dict[Address, float] = {}  # address -> the last valid check from there


class Counts:
    """Packets by what became of them; addresses are in none of it."""

    __slots__ = ("alien", "answered", "dtls", "media", "stranger", "stun")

    def __init__(self) -> None:
        self.stun = self.dtls = self.media = 0
        self.answered = 0
        self.stranger = 0
        """From an address that no check came from."""
        self.alien = 0
        """Of none of the three kinds, or too long."""


def monotonic() -> float:
    """Milliseconds."""
    return time.monotonic() * 1000


def bind(host: str, port: int) -> socket.socket:
    """A socket for this address; `::` is for IPv4 too where the system can do both."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        sock = socket.socket(family, socket.SOCK_DGRAM)
    except OSError:
        if host != "::":
            raise
        family, host = socket.AF_INET, "0.0.0.0"  # a system without any IPv6
        sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        for which in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            with suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, which, BUFFER)
        sock.bind((host, port))
    except BaseException:
        sock.close()
        raise
    return sock


class Port:
    """Made inside a running loop that can watch sockets (every one but Windows' Proactor)."""

    def __init__(
        self,
        host: str = "::",
        port: int = 0,
        *,
        one_by_one: bool = False,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._socket = bind(host, port)
        self._clock = clock
        self._responder = Responder()
        self._routes: dict[str, Route] = {}
        self._paths: dict[Address, Route] = {}
        self.burst = Burst(self._socket, one_by_one)
        self.counts = Counts()
        self._loop = asyncio.get_running_loop()
        self.watched = False
        self.watch(True)
        self._timer = self._loop.call_later(SWEEP_MS / 1000, self._tick)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        host, port = self._socket.getsockname()[:2]
        return host, port

    @property
    def checks(self) -> Responder:
        """Who answers the checks, with its counts."""
        return self._responder

    def close(self) -> None:
        """Listen no more. Routes are not told."""
        self._timer.cancel()
        self.watch(False)
        self._socket.close()

    # -- peers

    def open(self, name: str, password: str, receiver: Receiver) -> Route:
        """A route for the peer whose checks have this name and password."""
        route = self._routes[name] = Route(name, receiver, self._clock())
        self._responder.add(name, password)
        return route

    def shut(self, route: Route) -> None:
        """Nothing is taken from this peer or sent to it any more."""
        if self._routes.pop(route.name, None) is None:
            return
        self._responder.remove(route.name)
        for address in list(route.paths):
            self._leave(route, address)
        route.address = None

    def _leave(self, route: Route, address: Address) -> None:
        route.paths.pop(address, None)
        if self._paths.get(address) is route:
            del self._paths[address]
            self.burst.forget(address)
        if route.address == address:
            route.address = None

    def sweep(self) -> None:
        """Let go of addresses, and of peers, from which no valid check came for too long."""
        oldest = self._clock() - CONSENT_MS + SWEEP_MS
        for route in list(self._routes.values()):
            for address, checked in list(route.paths.items()):
                if checked <= oldest:
                    self._leave(route, address)
            if route.address is None and route.since <= oldest:
                self.shut(route)
                route.receiver.lost()

    def _tick(self) -> None:
        self._timer = self._loop.call_later(SWEEP_MS / 1000, self._tick)
        self.sweep()

    # -- what comes

    def watch(self, on: bool) -> None:
        """Read each packet when it comes; or else all that have come, when `read` is called. To be
        woken costs many times what reading a packet does."""
        if on != self.watched:
            self.watched = on
            if on:
                self._loop.add_reader(self._socket, self.read)
            else:
                self._loop.remove_reader(self._socket)

    def read(self) -> None:
        """What has come; of a flood some, for others have to have their turn."""
        for _ in range(AT_ONCE if self.watched else AT_ONCE + 2 * len(self._routes)):
            try:
                data, address = self._socket.recvfrom(LARGEST + 1)
            except (BlockingIOError, InterruptedError):
                return
            except OSError:  # what an earlier packet met on its way
                continue
            self.receive(data, address)

    def receive(self, data: bytes, address: Address) -> None:
        """One packet."""
        first = data[0] if 0 < len(data) <= LARGEST else 255
        if first < 4:
            self.counts.stun += 1
            self._check(data, address)
        elif 128 <= first <= 191:
            if (route := self._paths.get(address)) is not None:
                self.counts.media += 1
                route.receiver.media(data)
            else:
                self.counts.stranger += 1
        elif 20 <= first <= 63:
            if (route := self._paths.get(address)) is not None:
                self.counts.dtls += 1
                route.receiver.dtls(data)
            else:
                self.counts.stranger += 1
        else:
            self.counts.alien += 1

    def _check(self, data: bytes, address: Address) -> None:
        now = self._clock()
        heard = self._responder.receive(data, address, now)
        if heard.answer is not None:
            self.counts.answered += 1
            with suppress(OSError):
                self._socket.sendto(heard.answer, address)
        route = self._routes.get(heard.name) if heard.name is not None else None
        if route is None:
            return
        self._arrive(route, address, now)
        if route.address != address and (heard.nominates or self._quiet(route, now)):
            route.address, route.begun = address, True
            route.receiver.nominated()

    def _quiet(self, route: Route, now: float) -> bool:
        if route.address is None:
            return route.begun
        return now - route.paths[route.address] > QUIET_MS

    def _arrive(self, route: Route, address: Address, now: float) -> None:
        owner = self._paths.get(address)
        if owner is not route:
            if owner is not None:
                self._leave(owner, address)
            self._paths[address] = route
            self.burst.name(address)
        route.paths[address] = route.since = now
        if len(route.paths) > PATHS:
            others = (path for path in route.paths if path not in (address, route.address))
            self._leave(route, min(others, key=route.paths.__getitem__))

    # -- what goes

    def send(self, route: Route, data: bytes) -> None:
        """One packet to this peer, if there is an address for it."""
        if route.address is not None:
            self.burst.send([(route.address, bytearray(data), len(data))])

    def send_all(self, packets: Iterable[Packet]) -> int:
        """Many packets at once; what goes nowhere any more is left out. How many went."""
        return self.burst.send(packets)
