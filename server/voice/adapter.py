"""One call, from the offer of a browser to raw packets: all that is not public in the libraries is
touched here and nowhere else.

Of aiortc it uses the reading and writing of SDP, the certificate and the DTLS transport, which
makes the keys; not its connection, its ICE, its senders and receivers with their tasks, threads,
jitter buffer and reports. Candidates in an offer are not looked at, so no name in them is resolved
and nothing is sent to them; no STUN server is asked. The test of the adapter lists
every name that is not public and holds the pinned versions to it.
"""

from __future__ import annotations

import asyncio
import importlib
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final, cast

import pylibsrtp
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsTransport
from aiortc.rtcicetransport import RTCIceGatherer, RTCIceTransport

from .burst import Address, Slot
from .offer import Offer, Own, answer
from .port import Port
from .stun import credentials

TRAILER: Final = 144
"""Room that must be left behind a packet for what protects it (SRTP_MAX_TRAILER_LEN)."""
PACKET: Final = 1500
STREAMS: Final = 8
"""Streams of one peer that are decrypted; each costs memory for as long as the call."""
WAITING: Final = 64
"""Packets of DTLS that wait for their turn."""

_DIRECT: Final = (
    *("srtp_protect", "srtp_unprotect", "srtp_protect_rtcp", "srtp_unprotect_rtcp"),
    "srtp_err_status_ok",
)


def certificate() -> RTCCertificate:
    """A certificate for all calls of a day."""
    return RTCCertificate.generateCertificate()


def missing() -> list[str]:
    """What is not public, is needed here, and is not there: nothing, with the pinned versions."""
    things: list[tuple[Any, tuple[str, ...]]] = []
    try:
        # In its place `_Line` stands, so it is what tells how it is called.
        things.append((RTCIceTransport(RTCIceGatherer([])), ("_recv", "_send")))
        transport = RTCDtlsTransport(cast(Any, _Line(lambda data: None)), [certificate()])
        things.append((transport, ("_set_role", "_rx_srtp", "_tx_srtp", "_task")))
        if (direct := _binding()) is not None:
            things.append((direct.lib, _DIRECT))
            things.append((direct.ffi, ("new", "from_buffer")))
            things.append((pylibsrtp.Session(), ("_srtp",)))
    except Exception as no:  # they are made in another way
        return [f"{type(no).__name__}: {no}"]
    return [name for thing, names in things for name in names if not hasattr(thing, name)]


def _binding() -> Any:
    """libsrtp itself, or None where it is not to be found: then by the public, slower way."""
    try:
        return importlib.import_module("pylibsrtp._binding")
    except ImportError:
        return None


class Srtp:
    """The keys of one call."""

    def __init__(self, inward: pylibsrtp.Session, outward: pylibsrtp.Session) -> None:
        self._inward, self._outward = inward, outward
        self._streams: set[bytes] = set()
        self._direct = _binding()
        self._last: bytearray | Slot | None = None  # what was protected last, and where it is
        if self._direct is not None:
            lib = self._direct.lib
            self._lock, self._lock_rtcp = lib.srtp_protect, lib.srtp_protect_rtcp
            self._ok, self._session = lib.srtp_err_status_ok, outward._srtp[0]
            self._size = self._direct.ffi.new("int *")
            self._room = bytearray(PACKET + TRAILER)
            self._place = self._direct.ffi.from_buffer(self._room)

    def unprotect(self, data: bytes, rtcp: bool = False) -> bytes:
        """What is in a packet; nothing where it is forged, repeated or broken."""
        stream = data[4:8] if rtcp else data[8:12]
        if len(data) > PACKET or (stream not in self._streams and len(self._streams) >= STREAMS):
            return b""
        found = self._public(data, rtcp) if self._direct is None else self._quick(data, rtcp)
        if found:
            self._streams.add(stream)
        return found

    def _quick(self, data: bytes, rtcp: bool) -> bytes:
        lib, size = self._direct.lib, self._size
        self._room[: len(data)] = data
        size[0] = len(data)
        call = lib.srtp_unprotect_rtcp if rtcp else lib.srtp_unprotect
        if call(self._inward._srtp[0], self._place, size) != lib.srtp_err_status_ok:
            return b""
        return bytes(self._room[: size[0]])

    def _public(self, data: bytes, rtcp: bool) -> bytes:
        with suppress(pylibsrtp.Error, ValueError):
            call = self._inward.unprotect_rtcp if rtcp else self._inward.unprotect
            return bytes(call(data))
        return b""

    def protect(self, buffer: bytearray | Slot, length: int, rtcp: bool = False) -> int:
        """Protect the packet that is the first `length` bytes, where it is; its length then, or 0
        where that cannot be. TRAILER bytes must be free behind it."""
        if not 0 < length <= len(buffer) - TRAILER:
            raise ValueError("no room behind the packet")
        if self._direct is None:
            with suppress(pylibsrtp.Error, ValueError):
                call = self._outward.protect_rtcp if rtcp else self._outward.protect
                done = call(bytes(buffer[:length]))
                buffer[: len(done)] = done
                return len(done)
            return 0
        if buffer is not self._last:
            self._last, self._at = buffer, self._direct.ffi.from_buffer(buffer)
        size = self._size
        size[0] = length
        lock = self._lock_rtcp if rtcp else self._lock
        return size[0] if lock(self._session, self._at, size) == self._ok else 0


class _Line:
    """What the DTLS transport takes for an ICE transport: where its packets go and come from."""

    role = "controlled"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._out = send
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING + 1)

    def put(self, data: bytes) -> None:
        """A packet has come; what there is no room for is lost, as on any line."""
        if self._queue.qsize() < WAITING:
            self._queue.put_nowait(data)

    def cut(self) -> None:
        """Nothing comes any more."""
        if not self._queue.full():
            self._queue.put_nowait(None)

    async def _recv(self) -> bytes:
        data = await self._queue.get()
        if data is None:
            raise ConnectionError
        return data

    async def _send(self, data: bytes) -> None:
        self._out(data)


class Peer:
    """One person's call. `on_packet` gets each packet as it came, still encrypted; `on_state` is
    told "connected" once and "closed" once."""

    def __init__(
        self,
        port: Port,
        offer: str,
        own: RTCCertificate,
        candidates: Sequence[tuple[str, int]],
        *,
        on_packet: Callable[[bytes], None] = lambda data: None,
        on_state: Callable[[str], None] = lambda state: None,
        ptime: int | None = None,
        bitrate: int = 24_000,
    ) -> None:
        """Raises OfferError."""
        asked = Offer(offer)
        self.on_packet, self.on_state = on_packet, on_state
        self.payload_type, self.level_id = asked.payload_type, asked.level_id
        self.mid, self.direction, self.remote_ssrc = asked.mid, asked.direction, asked.ssrc
        self.ssrc = secrets.randbits(31) + 1
        self.state = "new"
        self._srtp: Srtp | None = None
        self._port, self._remote = port, asked.dtls
        name, password = credentials()
        self._line = _Line(self._send)
        self._dtls = RTCDtlsTransport(cast(Any, self._line), [own])
        # The answerer begins (RFC 5763 §5), unless the other end insists.
        role = "server" if self._remote.role == "client" else "client"
        self._dtls._set_role(role)
        self._dtls.on("statechange", self._changed)
        self._task: asyncio.Task[None] | None = None
        prints = self._dtls.getLocalParameters().fingerprints
        print_ = next(one for one in prints if one.algorithm == "sha-256")
        own_ = Own(name, password, print_, role, self.ssrc, candidates, bitrate, ptime)
        self.answer = answer(asked, own_)
        self._route = port.open(name, password, self)

    # -- what the port says

    @property
    def address(self) -> Address | None:
        """Where to send, or None."""
        return self._route.address

    def nominated(self) -> None:
        """The first time: begin with the keys."""
        if self._task is None and self.state == "new":
            self.state = "connecting"
            self._task = asyncio.get_running_loop().create_task(self._handshake())

    def dtls(self, data: bytes) -> None:
        """To the DTLS transport."""
        self._line.put(data)

    def media(self, data: bytes) -> None:
        """To whoever reads the packets, once there are keys for them."""
        if self._srtp is not None:
            self.on_packet(data)

    def lost(self) -> None:
        """No check came for too long."""
        self._end()

    # -- keys

    def _send(self, data: bytes) -> None:
        self._port.send(self._route, data)

    async def _handshake(self) -> None:
        try:
            await self._dtls.start(self._remote)
        except Exception:  # OpenSSL gives up in many ways; all are the end of this call
            self._end()

    def _changed(self) -> None:
        if self._dtls.state == "connected" and self.state == "connecting":
            self._srtp = Srtp(self._dtls._rx_srtp, self._dtls._tx_srtp)
            self.state = "connected"
            self.on_state("connected")
        elif self._dtls.state in ("failed", "closed"):
            self._end()

    def unprotect(self, data: bytes, rtcp: bool = False) -> bytes:
        """What is in a packet of this peer; nothing where it is forged, repeated or broken."""
        return self._srtp.unprotect(data, rtcp) if self._srtp is not None else b""

    def protect(self, buffer: bytearray | Slot, length: int, rtcp: bool = False) -> int:
        """Protect a packet where it is, with TRAILER bytes free behind it; its length then, or 0
        where there are no keys (any more)."""
        return self._srtp.protect(buffer, length, rtcp) if self._srtp is not None else 0

    # -- the end

    def _end(self) -> None:
        if self.state != "closed":
            self.state = "closed"
            self._srtp = None
            self._line.cut()
            self._port.shut(self._route)
            self.on_state("closed")

    async def close(self) -> None:
        """Hang up: the other end is told, keys are thrown away, no task is left."""
        if not vars(self._dtls):
            return  # done before
        tasks = (self._task, self._dtls._task)
        if self.state != "closed":
            with suppress(Exception):
                await self._dtls.stop()
        self._end()
        for task in tasks:
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        # Its parts hold each other, and 100 KiB would wait for a look through all of memory.
        vars(self._dtls).clear()
