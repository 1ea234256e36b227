"""A browser's part in a call, played by aiortc's own connection; and a router that changes."""

from __future__ import annotations

import asyncio
import fractions
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aioice.ice
import av
import numpy as np
import pytest
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpTransceiver,
    RTCSessionDescription,
)

from server.voice import adapter, rtp
from server.voice.adapter import TRAILER, Peer
from server.voice.opus import Encoder, Sound
from server.voice.port import Port, monotonic
from tests.voice.sounds import ticks, tone

OWN = adapter.certificate()
LEVEL = 33
"""What a caller's packets say of their level."""


def needs(host: str) -> None:
    """Not every machine has IPv6."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as one:
            one.bind((host, 0))
    except OSError:
        pytest.skip(f"this machine has no {host}")


async def until(true: Callable[[], bool]) -> None:
    """Wait for it, for as long as a slow machine may need."""
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - of several ends
            await asyncio.sleep(0.01)


class Clock:
    """The real one, which can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return monotonic() + self.ahead


class Voice(MediaStreamTrack):
    """A tone as packets that were made before."""

    kind = "audio"

    def __init__(self, hertz: float) -> None:
        super().__init__()
        encoder = Encoder(bitrate=24_000)
        self._packets = [encoder.encode(part) for part in ticks(tone(hertz))]
        self._n = 0

    async def recv(self) -> av.Packet:
        await asyncio.sleep(0.02)
        packet = av.Packet(self._packets[self._n % len(self._packets)])
        packet.pts, packet.time_base = self._n * 960, fractions.Fraction(1, 48_000)
        self._n += 1
        return packet


class Caller:
    """One who calls; `hertz` is what they say, None for one who listens."""

    def __init__(self, hertz: float | None = None) -> None:
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        if hertz is None:
            self.line = self.connection.addTransceiver("audio", direction="recvonly")
        else:
            self.connection.addTrack(Voice(hertz))
            self.line = self.connection.getTransceivers()[0]
            _tell_level(self.line)

    async def offer(self) -> str:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return self.connection.localDescription.sdp

    async def accept(self, answer: str) -> None:
        await self.connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    async def hear(self, frames: int) -> Sound:
        """What comes, decoded, without its beginning."""
        heard = []
        for _ in range(frames + 10):
            frame: Any = await self.line.receiver.track.recv()
            heard.append(frame.to_ndarray()[0][::2])
        return np.concatenate(heard[10:])

    async def close(self) -> None:
        await self.connection.close()


def _tell_level(line: RTCRtpTransceiver) -> None:
    """Packets made before have no level with aiortc; a browser's have one."""
    real = line.sender._next_encoded_frame

    async def told(codec: Any) -> Any:
        if (frame := await real(codec)) is not None:
            frame.audio_level = -LEVEL
        return frame

    line.sender._next_encoded_frame = told  # type: ignore[method-assign]


class Speech:
    """What a room sends: a tone, in packets protected for each peer."""

    def __init__(self, hertz: float) -> None:
        encoder = Encoder(bitrate=24_000)
        self._packets = [encoder.encode(part) for part in ticks(tone(hertz))]
        self._n = 0

    def packet(self, peer: Peer) -> tuple[bytearray, int]:
        payload = self._packets[self._n % len(self._packets)]
        head = rtp.write(peer.payload_type, False, self._n, self._n * 960, peer.ssrc)
        buffer = bytearray(head + payload + bytes(TRAILER))
        return buffer, peer.protect(buffer, len(head) + len(payload))

    async def say(self, port: Port, *peers: Peer) -> None:
        while True:
            packets = []
            for peer in peers:
                buffer, length = self.packet(peer)
                if length and peer.address is not None:
                    packets.append((peer.address, buffer, length))
            port.send_all(packets)
            self._n += 1
            await asyncio.sleep(0.02)


def stripped(offer: str) -> str:
    """Without any candidate."""
    lines = offer.splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(("a=candidate", "a=end-of-candidates"))
    )


def begins(offer: str) -> str:
    """Of one who begins the keys, so that the answerer waits."""
    return offer.replace("a=setup:actpass", "a=setup:active")


@contextmanager
def addresses(*hosts: str) -> Iterator[None]:
    """aioice leaves loopback addresses out by itself; and looks after a call each 5 s."""
    real = aioice.ice.get_host_addresses, aioice.ice.CONSENT_INTERVAL
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: list(hosts)
    aioice.ice.CONSENT_INTERVAL = 0.1  # type: ignore[misc]
    try:
        yield
    finally:
        aioice.ice.get_host_addresses, aioice.ice.CONSENT_INTERVAL = real  # type: ignore[misc]


@asynccontextmanager
async def called(
    hertz: float | None = 440,
    host: str = "127.0.0.1",
    through: Router | None = None,
    edit: Callable[[str], str] = str,
    **wishes: Any,
) -> AsyncIterator[tuple[Port, Peer, Caller]]:
    """A call that stands, and that is taken down again."""
    port = Port(host, clock=wishes.pop("clock", monotonic), one_by_one=wishes.pop("plain", False))
    connected = asyncio.Event()
    caller = Caller(hertz)
    peer = None
    try:
        with addresses(host):
            offer = edit(await caller.offer())
            if through is not None:
                await through.start(port)
            where = through.front if through is not None else port.address
            peer = Peer(port, offer, OWN, [where], **wishes)
            peer.on_state = lambda state: connected.set()
            await caller.accept(peer.answer)
            await until(connected.is_set)
            await until(lambda: caller.connection.connectionState == "connected")
            yield port, peer, caller
    finally:
        if peer is not None:
            await peer.close()
        await caller.close()
        port.close()
        if through is not None:
            through.close()


class _Side(asyncio.DatagramProtocol):
    def __init__(self, give: Any) -> None:
        self.give = give

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.give(data, addr)


class Router:
    """Between a caller and the port; can change the address that the port sees, or fall silent."""

    front: tuple[str, int]

    async def start(self, port: Port) -> None:
        self._port = port.address
        self._caller: Any = None
        self._silent = False
        loop = asyncio.get_running_loop()
        self._inner, _ = await loop.create_datagram_endpoint(
            lambda: _Side(self._from_caller), local_addr=("127.0.0.1", 0)
        )
        self.front = self._inner.get_extra_info("sockname")[:2]
        self._sides: list[Any] = []
        await self.move()

    async def move(self) -> None:
        """Another address from now on."""
        loop = asyncio.get_running_loop()
        self._outer, _ = await loop.create_datagram_endpoint(
            lambda: _Side(self._from_port), local_addr=("127.0.0.1", 0)
        )
        for old in self._sides:
            old.close()
        self._sides = [self._outer]

    @property
    def back(self) -> Any:
        """The address that the port sees."""
        return self._outer.get_extra_info("sockname")

    def cut(self) -> None:
        """Nothing goes through any more."""
        self._silent = True

    def _from_caller(self, data: bytes, addr: Any) -> None:
        self._caller = addr
        if not self._silent:
            self._outer.sendto(data, self._port)

    def _from_port(self, data: bytes, addr: Any) -> None:
        if self._caller is not None and not self._silent:
            self._inner.sendto(data, self._caller)

    def close(self) -> None:
        for side in (self._inner, *self._sides):
            side.close()
