"""V-PORT: one port for all."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from server.voice import burst
from server.voice import port as port_module
from server.voice.burst import Burst
from server.voice.port import CONSENT_MS, LARGEST, PATHS, QUIET_MS, Port
from tests.voice.calls import needs, until
from tests.voice.test_stun import check

A, B, C = ("127.0.0.1", 4001), ("127.0.0.1", 4002), ("127.0.0.1", 4003)
DTLS, MEDIA = b"\x16" + b"d" * 20, b"\x80" + b"m" * 20


class Ear:
    """One peer, and what it is told."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    def nominated(self) -> None:
        self.got.append("nominated")

    def dtls(self, data: bytes) -> None:
        self.got.append(data)

    def media(self, data: bytes) -> None:
        self.got.append(data)

    def lost(self) -> None:
        self.got.append("lost")


class Time:
    def __init__(self) -> None:
        self.now = 1e6

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def listening(host: str = "127.0.0.1", **wishes: Any) -> AsyncIterator[tuple[Port, Time]]:
    time = Time()
    port = Port(host, clock=time, **wishes)
    try:
        yield port, time
    finally:
        port.close()


def chosen(name: str) -> bytes:
    return check(name, "w" * 22, USE_CANDIDATE=None)


def seen(name: str) -> bytes:
    return check(name, "w" * 22)


@pytest.mark.asyncio
async def test_vport1_packets_go_to_whom_their_address_belongs() -> None:
    async with listening() as (port, _):
        ann, bob = Ear(), Ear()
        port.open("ann", "w" * 22, ann)
        route = port.open("bob", "w" * 22, bob)
        port.receive(MEDIA, A)
        assert not ann.got and port.counts.stranger == 1, "nobody's before a check"
        port.receive(seen("ann"), A)
        port.receive(chosen("bob"), B)
        for address, data in ((A, MEDIA), (B, DTLS), (A, DTLS), (B, MEDIA)):
            port.receive(data, address)
        assert ann.got == [MEDIA, DTLS] and bob.got == ["nominated", DTLS, MEDIA]
        for odd in (b"", b"\x04abc", b"\x40abc", b"\x7fabc", b"\xc0abc", b"\x80" * (LARGEST + 1)):
            port.receive(odd, A)
        assert port.counts.alien == 6 and len(ann.got) == 2
        port.shut(route)
        port.shut(route)
        port.receive(MEDIA, B)
        port.receive(chosen("bob"), B)
        assert len(bob.got) == 3 and route.address is None


@pytest.mark.asyncio
async def test_vport2_the_last_nomination_counts_and_older_ways_stay_open_for_a_while() -> None:
    async with listening() as (port, time):
        ann = Ear()
        route = port.open("ann", "w" * 22, ann)
        port.receive(seen("ann"), A)
        assert route.address is None, "a check alone chooses nothing"
        for address in (A, B, A):
            port.receive(chosen("ann"), address)
            assert route.address == address
        assert ann.got == ["nominated"] * 3
        port.receive(MEDIA, B)
        assert ann.got[-1] == MEDIA
        for n in range(10):
            time.now += 1
            port.receive(seen("ann"), ("127.0.0.1", 5000 + n))
        assert route.address == A and len(route.paths) == PATHS


@pytest.mark.asyncio
async def test_vport3_an_address_that_fell_silent_gives_way_to_one_that_checks() -> None:
    async with listening() as (port, time):
        route = port.open("ann", "w" * 22, Ear())
        port.receive(chosen("ann"), A)
        time.now += QUIET_MS
        port.receive(seen("ann"), B)
        assert route.address == A
        time.now += 1
        port.receive(seen("ann"), B)
        assert route.address == B
        port.open("bob", "w" * 22, Ear())
        port.receive(chosen("bob"), B)
        assert route.address is None, "somebody else's now"
        port.receive(seen("ann"), C)
        assert route.address == C


@pytest.mark.asyncio
async def test_vport4_nothing_is_sent_30_s_after_the_last_check() -> None:
    async with listening(one_by_one=True) as (port, time):
        ann, never = Ear(), Ear()
        route = port.open("ann", "w" * 22, ann)
        port.open("never", "w" * 22, never)
        packet = [(A, bytearray(MEDIA), len(MEDIA))]
        assert port.send_all(packet) == 0, "not before a check"
        port.receive(chosen("ann"), A)
        time.now += CONSENT_MS - 2000
        port.receive(seen("ann"), A)
        time.now += CONSENT_MS - 2000
        port.sweep()
        assert port.send_all(packet) == 1 and ann.got == ["nominated"]
        assert never.got == ["lost"]
        time.now += 1000
        port.sweep()
        assert port.send_all(packet) == 0 and ann.got == ["nominated", "lost"]
        assert route.address is None
        port.send(route, DTLS)
        assert port.burst.sent == 1 and port.burst.unknown == 2


@pytest.mark.asyncio
async def test_vport5_an_address_belongs_to_who_checked_from_it_last() -> None:
    async with listening() as (port, _):
        ann, bob = Ear(), Ear()
        first = port.open("ann", "w" * 22, ann)
        port.open("bob", "w" * 22, bob)
        port.receive(chosen("ann"), A)
        port.receive(chosen("bob"), A)
        port.receive(MEDIA, A)
        assert bob.got == ["nominated", MEDIA] and first.address is None
        port.shut(first)
        assert port.send_all([(A, bytearray(MEDIA), 4)]) == 1, "bob's stays open"


def ends(count: int, family: int = socket.AF_INET, host: str = "127.0.0.1") -> list[socket.socket]:
    made = [socket.socket(family, socket.SOCK_DGRAM) for _ in range(count)]
    for one in made:
        one.settimeout(20)
        one.bind((host, 0))
    return made


@pytest.mark.asyncio
@pytest.mark.parametrize("one_by_one", [False, True], ids=["at once", "one by one"])
@pytest.mark.parametrize(
    ("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
async def test_vport6_many_packets_go_at_once_each_to_its_own(
    family: int, host: str, one_by_one: bool
) -> None:
    needs(host)
    people = ends(20, family, host)
    async with listening(host, one_by_one=one_by_one) as (port, _):
        packets = []
        for n, one in enumerate(people):
            port.open(f"n{n}", "w" * 22, Ear())
            port.receive(chosen(f"n{n}"), one.getsockname())
            one.recv(2000)  # the answer to the check
            packets.append((one.getsockname(), bytearray(b"%03d-and-more" % n), 3))
        assert port.burst.at_once is not one_by_one
        stranger = (*people[0].getsockname()[:1], 9, *people[0].getsockname()[2:])
        assert port.send_all([*packets, (stranger, bytearray(4), 4)]) == 20
        assert [one.recv(2000) for one in people] == [b"%03d" % n for n in range(20)]
        assert (port.burst.sent, port.burst.unknown, port.burst.dropped) == (20, 1, 0)
    for one in people:
        one.close()


@pytest.mark.asyncio
async def test_vport7_one_socket_is_for_ipv4_and_ipv6() -> None:
    needs("::1")
    (four,), (six,) = ends(1), ends(1, socket.AF_INET6, "::1")
    async with listening("::") as (port, _):
        if not port.burst.at_once:
            pytest.skip("without sendmmsg the guard of the tests sees no loopback address here")
        number = port.address[1]
        got: list[Ear] = []
        for name, one, to in (("four", four, "127.0.0.1"), ("six", six, "::1")):
            got.append(Ear())
            route = port.open(name, "w" * 22, got[-1])
            one.sendto(chosen(name), (to, number))
            one.sendto(DTLS, (to, number))
            await until(lambda: got[-1].got == ["nominated", DTLS])
            assert route.address is not None
            assert port.send_all([(route.address, bytearray(MEDIA), len(MEDIA))]) == 1
        assert four.recv(2000) == MEDIA
        assert six.recv(2000)[0] == 1 and six.recv(2000) == MEDIA
    four.close()
    six.close()


def test_vport8_what_cannot_go_keeps_nothing_else_back(monkeypatch: pytest.MonkeyPatch) -> None:
    (here, there) = ends(2)
    for one_by_one in (False, True):
        out = Burst(here, one_by_one)
        where, nobody = there.getsockname(), ("127.0.0.1", 0)
        for address in (where, nobody):
            out.name(address)
        packets = [(nobody, bytearray(b"no"), 2), (where, bytearray(b"yes"), 3)] * 2
        assert out.send(packets) == 2 and out.dropped == 2
        assert [there.recv(10) for _ in range(2)] == [b"yes"] * 2
        large = [(where, bytearray(b"%04d" % n), 4) for n in range(burst.MOST + 5)]
        here.setblocking(True)
        assert out.send(large) == len(large), "more than one call takes"
        there.setblocking(False)
        try:
            while there.recv(10):
                pass
        except BlockingIOError:
            there.settimeout(20)
    monkeypatch.setattr(burst, "_call", lambda: None)
    assert not Burst(here).at_once
    here.close()
    there.close()


@pytest.mark.asyncio
async def test_vport9_a_flood_is_read_in_turns_and_no_log_is_told_an_address(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(port_module, "AT_ONCE", 10)
    (one,) = ends(1)
    async with listening() as (port, _):
        ear = Ear()
        port.open("ann", "w" * 22, ear)
        where = ("127.0.0.1", port.address[1])
        one.sendto(chosen("ann"), where)
        for _ in range(60):
            one.sendto(MEDIA, where)
        one.sendto(b"\0" * 40, where)
        turns, before = 0, -1
        while port.checks.ignored == 0:
            await asyncio.sleep(0)
            assert port.counts.media - before <= 11
            turns, before = turns + (port.counts.media > before), port.counts.media
        assert turns >= 6 and port.counts.media == 60
        assert one.recv(2000)[0] == 1
    one.close()
    assert "127.0.0.1" not in caplog.text


@pytest.mark.asyncio
async def test_vport10_a_port_that_is_taken_is_told_so() -> None:
    async with listening() as (port, _):
        with pytest.raises(OSError):
            Port("127.0.0.1", port.address[1])


@pytest.mark.asyncio
async def test_vport11_a_system_without_ipv6_has_a_port_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = socket.socket

    def without(family: int, kind: int) -> socket.socket:
        if family == socket.AF_INET6:
            raise OSError("address family not supported")
        return real(family, kind)

    monkeypatch.setattr(port_module.socket, "socket", without)
    async with listening("::") as (port, _):
        assert port.address[0] == "0.0.0.0"
    with pytest.raises(OSError):
        Port("::1")
