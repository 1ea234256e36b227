"""One guest of a call: STUN, DTLS and SRTP as a browser does them, and nothing beside.

What is not asked for is left out, so that 85 of them leave a processor free: packets that come are
counted, not opened, and no sound is made while it counts. Keys are made by aiortc's own DTLS
transport, checks are written and read by aioice.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, cast

from aioice.stun import Class, Message, Method, parse_message
from aiortc.rtcdtlstransport import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
)

from server.voice import rtcp, rtp
from server.voice.mixer import TICK

OWN: Final = RTCCertificate.generateCertificate()
LEVEL_ID: Final = 1
PT: Final = 111
WAIT_S: Final = 20.0
OFFER = """v=0
o=- {session} 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
a=msid-semantic: WMS
m=audio {port} UDP/TLS/RTP/SAVPF 111
c=IN IP4 {host}
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1 1 udp 2113937151 {host} {port} typ host generation 0
a=ice-ufrag:{name}
a=ice-pwd:{password}
a=ice-options:trickle
a=fingerprint:sha-256 {fingerprint}
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=sendrecv
a=msid:- voice
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=ssrc:{ssrc} cname:guest
a=ssrc:{ssrc} msid:- voice
"""


class _Way:
    """What the DTLS transport takes for ICE."""

    role = "controlling"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._out, self.queue = send, asyncio.Queue[bytes]()

    async def _recv(self) -> bytes:
        return await self.queue.get()

    async def _send(self, data: bytes) -> None:
        self._out(data)


class Guest:
    """`got` is given each packet of sound that comes, still encrypted, and when; with None they are
    counted alone, and only when `drain` is called."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind((host, 0))
        self.host, self.port = self.socket.getsockname()[:2]
        self.ssrc = secrets.randbits(31) + 1
        self.name, self.password = secrets.token_hex(4), secrets.token_hex(12)
        self.packets = self.octets = self.reports = self.sent = 0
        self.got: Callable[[bytes, float], None] | None = None
        self.lose: Callable[[], bool] = lambda: False
        self.level = 30
        self.seq, self.ts = secrets.randbelow(rtp.SEQ), secrets.randbelow(rtp.TS)
        self._way = _Way(self.send)
        self._dtls = RTCDtlsTransport(cast(Any, self._way), [OWN])
        self._there = ("", 0)
        self._checked = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._who = ("", "")
        self.theirs = 0

    @property
    def offer(self) -> str:
        """As Chromium writes it."""
        prints = OWN.getFingerprints()
        sha = next(one.value for one in prints if one.algorithm == "sha-256")
        return OFFER.format(
            session=secrets.randbits(60), host=self.host, port=self.port, ssrc=self.ssrc,
            name=self.name, password=self.password, fingerprint=sha,
        ).replace("\n", "\r\n")  # fmt: skip

    async def accept(self, answer: str) -> None:
        """Until the keys are made."""

        def told(what: str) -> str:
            found = re.search(rf"(?m)^a={what}[: ]*(.+?)\r?$", answer)
            if found is None:
                raise ValueError(f"no {what} in the answer")
            return found[1]

        self._who = told("ice-ufrag"), told("ice-pwd")
        found = re.search(r"(?m)^a=candidate:\S+ 1 udp \d+ (\d+\.\S+) (\d+) typ host", answer, re.I)
        if found is None:
            raise ValueError("no candidate in the answer")
        self._there = found[1], int(found[2])
        self._loop.add_reader(self.socket, self.drain)
        await self._checks()
        sha = told("fingerprint:sha-256")
        self.theirs = int(told("ssrc").split()[0])
        role = "server" if told("setup") == "active" else "client"
        self._dtls._set_role(role)
        theirs = RTCDtlsParameters(
            [RTCDtlsFingerprint("sha-256", sha)], "client" if role == "server" else "server"
        )
        await asyncio.wait_for(self._dtls.start(theirs), WAIT_S)
        if self._dtls.state != "connected":
            raise ConnectionError(f"no keys: {self._dtls.state}")

    async def _checks(self) -> None:
        async with asyncio.timeout(WAIT_S):
            while not self._checked.is_set():
                self.check()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._checked.wait(), 0.1)

    def check(self) -> None:
        """Ask whether it still wants us (RFC 7675)."""
        told = {
            "USERNAME": f"{self._who[0]}:{self.name}",
            "PRIORITY": 1_845_501_695,
            "ICE-CONTROLLING": 5,
            "USE-CANDIDATE": None,
        }
        message = Message(Method.BINDING, Class.REQUEST, attributes=cast(Any, told))
        message.add_message_integrity(self._who[1].encode())
        self.send(bytes(message))

    def send(self, data: bytes) -> None:
        """As it is."""
        with suppress(OSError):
            self.socket.sendto(data, self._there)

    # -- what comes

    def sleep(self) -> None:
        """From now on only `drain` reads."""
        self._loop.remove_reader(self.socket)

    def wake(self) -> None:
        """Read what comes when it comes."""
        self._loop.add_reader(self.socket, self.drain)

    def drain(self) -> None:
        """Take what has come."""
        while True:
            try:
                data = self.socket.recv(2000)
            except OSError:
                return
            first = data[0] if data else 0
            if 128 <= first <= 191:
                if rtp.is_rtcp(data):
                    self.reports += 1
                    continue
                self.packets += 1
                self.octets += len(data)
                if self.got is not None:
                    self.got(data, time.monotonic() * 1000)
            elif first >= 20:
                self._way.queue.put_nowait(data)
            else:
                self._stun(data)

    def _stun(self, data: bytes) -> None:
        with suppress(ValueError):
            message = parse_message(data)
            if message.message_class == Class.RESPONSE:
                self._checked.set()
            elif message.message_class == Class.REQUEST:
                told = {"XOR-MAPPED-ADDRESS": self._there}
                answer = Message(
                    Method.BINDING, Class.RESPONSE, message.transaction_id, cast(Any, told)
                )
                answer.add_message_integrity(self.password.encode())
                self.send(bytes(answer))

    def open(self, data: bytes) -> bytes:
        """What is in a packet: the payload of Opus."""
        clear = self._keys(self._dtls._rx_srtp).unprotect(data)
        return bytes(clear[rtp.read(clear).size :])

    @staticmethod
    def _keys(found: Any) -> Any:
        assert found is not None, "no keys yet"
        return found

    # -- what goes

    def make(self, payload: bytes, samples: int = TICK, marker: bool = False) -> bytes:
        """The next packet, protected."""
        head = bytearray(rtp.write(PT, marker, self.seq, self.ts, self.ssrc))
        head[0] |= 16
        head += bytes([0xBE, 0xDE, 0, 1, LEVEL_ID << 4, self.level, 0, 0])
        self.seq, self.ts = self.seq + 1, self.ts + samples
        return self.lock(bytes(head) + payload)

    def lock(self, data: bytes) -> bytes:
        """A packet of any content, protected."""
        return bytes(self._keys(self._dtls._tx_srtp).protect(data))

    def say(self, payload: bytes) -> None:
        """Make a packet and send it; some are lost on the way, if `lose` says so."""
        data = self.make(payload)
        if not self.lose():
            self.send(data)
            self.sent += 1

    def rest(self, samples: int) -> None:
        """So much time has gone by in which nothing was said."""
        self.ts += samples

    def report(self) -> None:
        """All is well, as browsers say each few seconds."""
        block = rtcp.Block(self.theirs, 0, 0, self.packets, 0, 0, 0)
        self.send(self.lock_report(rtcp.write(self.ssrc, "guest", [block])))

    def lock_report(self, data: bytes) -> bytes:
        """A report of any content, protected."""
        return bytes(self._keys(self._dtls._tx_srtp).protect_rtcp(data))

    async def close(self) -> None:
        """Hang up."""
        with suppress(Exception):
            await self._dtls.stop()
        task = self._dtls._task
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._loop.remove_reader(self.socket)
        self.socket.close()
