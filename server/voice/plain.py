"""One call where the private names of `adapter` are not there: by what aiortc promises alone.

Its own connection does all of it: ICE, keys, jitter buffer, decoder, reports. What somebody says
comes as sound and is made into packets again, so that the bridge is the same as ever; what they
hear are the bridge's packets, as `av.Packet`. The price: a UDP port, which must be open to them,
some tasks and a thread for each person, who is decoded whether heard or not; 80 ms more, and once a
packet is lost 300. Candidates in an offer are not looked at here either.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any, Final

import av
import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError

from server.log.jobs import report

from . import rtp
from .bridge import Bridge, Out
from .call import REPORT_MS, Line
from .mixer import TICK
from .offer import Offer
from .opus import AUDIO, RATE, Encoder, Sound
from .port import CONSENT_MS, Port
from .stream import LITTLE, MUSIC

BASE: Final = Fraction(1, RATE)
BEHIND: Final = 10
"""Packets that wait for a connection at most; late sound is none."""
LOST: Final = 5
"""Stretches of 20 ms that are lost where so many are missing; where more are, there was silence."""

_CANDIDATE: Final = re.compile(r"a=candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ host")


class _Mix(MediaStreamTrack):
    """The bridge's packets for one person, in the form in which a connection takes them."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._packets: asyncio.Queue[av.Packet[Any]] = asyncio.Queue(BEHIND)

    def put(self, packet: av.Packet[Any]) -> None:
        if self._packets.full():
            self._packets.get_nowait()
        self._packets.put_nowait(packet)

    async def recv(self) -> Any:  # the base class speaks of frames, its callers of both
        return await self._packets.get()


class Peer:
    """One person's call. `on_packet` gets the sound as frames; `on_state` is told "answered" when
    there is an answer, "connected" once and "closed" once."""

    def __init__(
        self,
        port: Port,
        offer: str,
        own: None,
        candidates: Sequence[tuple[str, int]],
        ptime: int | None = None,
        bitrate: int = 24_000,
    ) -> None:
        """Raises OfferError. `port` and `own` are nothing of this way's."""
        Offer(offer)
        self.answer, self.state = "", "new"
        self.on_packet: Callable[[Any], None] = lambda frame: None
        self.on_state: Callable[[str], None] = lambda state: None
        self._wish = f"minptime=10;useinbandfec=1;usedtx=1;maxaveragebitrate={bitrate}"
        self._ptime = [f"a=ptime:{ptime}"] if ptime else []
        self._hosts = [host for host, _ in candidates]
        self._mix = _Mix()
        self._tasks: set[asyncio.Task[None]] = set()
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._connection.on("connectionstatechange", self._changed)
        self._connection.on("track", lambda track: self._do(self._listen(track)))
        self._loop = asyncio.get_running_loop()
        self._nobody = self._loop.call_later(CONSENT_MS / 1000, self._end)
        self._do(self._begin(offer))

    def _do(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _begin(self, offer: str) -> None:
        connection = self._connection
        clean = [line for line in offer.splitlines() if not _is_candidate(line)]
        try:
            way = connection.addTransceiver(self._mix, direction="sendrecv")
            codecs = RTCRtpSender.getCapabilities("audio").codecs
            way.setCodecPreferences([one for one in codecs if one.mimeType == "audio/opus"])
            theirs = RTCSessionDescription("\r\n".join([*clean, ""]), "offer")
            await connection.setRemoteDescription(theirs)
            await connection.setLocalDescription(await connection.createAnswer())
            self.answer = self._told(connection.localDescription.sdp)
        except Exception:  # whatever it stumbles over is the end of this call
            self._end()
            return
        self.on_state("answered")

    def _told(self, text: str) -> str:
        """The answer with what we wish for, and of our addresses those that people can reach."""
        lines: list[str] = []
        found: list[tuple[str, str, str]] = []
        for line in text.splitlines():
            if (one := _CANDIDATE.match(line)) is not None:
                found.append((one[1], one[2], one[3]))
            elif line.startswith("m=audio"):
                lines.append(re.sub(r"^m=audio \d+", "m=audio 9", line))
            elif line.startswith("c="):
                lines.append("c=IN IP4 0.0.0.0")
            elif line.startswith("a=rtpmap:"):
                number = line.removeprefix("a=rtpmap:").partition(" ")[0]
                lines += [line, f"a=fmtp:{number} {self._wish}"]
            elif not line.startswith(("a=candidate", "a=end-of-", "a=rtcp:", "a=fmtp:")):
                lines.append(line)
        lines += [
            f"a=candidate:{n} 1 udp {priority} {host} {port} typ host"
            for n, (priority, host, port) in enumerate(reached(found, self._hosts), 1)
        ]
        return "\r\n".join([*lines, "a=end-of-candidates", *self._ptime, ""])

    async def _listen(self, track: MediaStreamTrack) -> None:
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                try:
                    self.on_packet(frame)
                except Exception as error:  # one mistake does not make us deaf
                    report("sound was not taken", error)

    def put(self, packet: av.Packet[Any]) -> None:
        """One more packet for them."""
        self._mix.put(packet)

    def look(self, judge: Callable[[float, float | None], None]) -> None:
        """Tell of the loss and the seconds there and back that they have reported."""
        self._do(self._look(judge))

    async def _look(self, judge: Callable[[float, float | None], None]) -> None:
        for one in (await self._connection.getStats()).values():
            if one.type == "remote-inbound-rtp":
                loss = one.fractionLost or 0  # in 256 parts, or as the standard has it
                judge(loss / 256 if isinstance(loss, int) else loss, one.roundTripTime)

    # -- how it stands

    def _changed(self) -> None:
        state = self._connection.connectionState
        if state == "connected" and self.state == "new":
            self.state = "connected"
            self._nobody.cancel()
            self.on_state("connected")
        elif state in ("failed", "closed"):
            self._end()

    def _end(self) -> None:
        if self.state != "closed":
            self.state = "closed"
            self._nobody.cancel()
            self.on_packet = lambda frame: None
            self.on_state("closed")

    async def close(self) -> None:
        """Hang up: the other end is told, no task is left."""
        self._end()
        for task in (tasks := [*self._tasks]):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._mix.stop()
        with suppress(Exception):
            await self._connection.close()


class Call(Line):
    """One member in one room's bridge, as `call.Call`."""

    def __init__(
        self, member: str, bridge: Bridge, peer: Peer, now: float, wall: Callable[[], float]
    ) -> None:
        """`wall` is for reports, which the connection makes by itself."""
        super().__init__(now)
        self.member, self.peer = member, peer
        self.sent = self.received = 0
        self._bridge = bridge
        self._encoder = Encoder(AUDIO, bitrate=MUSIC.bitrate, complexity=LITTLE)
        self._rest = np.zeros(0, dtype=np.int16)
        self._seq = self._ts = 0  # of what `rest` begins with
        self._made: int | None = None  # the last one that was encoded
        self._due = now + REPORT_MS

    # -- what comes

    def heard(self, frame: Any, now: float) -> None:
        """A frame of their sound, of any length."""
        start = int(frame.pts * frame.time_base * RATE)
        self.received += 1
        missing = start - self._ts - len(self._rest)
        if missing:
            self._rest, self._ts = self._rest[:0], start
            self._seq += missing // TICK if 0 < missing <= LOST * TICK else 0
        self._rest = np.concatenate([self._rest, mono(frame)])
        while len(self._rest) >= TICK:
            part, self._rest = self._rest[:TICK], self._rest[TICK:]
            self._part(part, now)
            self._seq += 1
            self._ts += TICK

    def _part(self, sound: Sound, now: float) -> None:
        seq, ts = self._seq % rtp.SEQ, self._ts % rtp.TS
        head = rtp.Header(0, False, seq, ts, 1, 0, level(sound), False)
        if not self._bridge.wants(self.member, head, len(sound), now):
            return
        if self._made != self._seq - 1:
            self._encoder.reset()
        self._made = self._seq
        self._bridge.packet(self.member, head, self._encoder.encode(sound), now)

    # -- what goes

    def fill(self, out: Out, tick: int) -> None:
        """A packet of the bridge for this person."""
        if self.peer.state != "connected":
            return
        packet = av.Packet(out.packet)
        packet.pts, packet.time_base = (tick + 1) * TICK - out.samples, BASE
        self.peer.put(packet)
        self.sent += 1

    def report(self, now: float) -> None:
        """What they have reported is looked at now and then; ours the connection sends."""
        if now >= self._due and self.peer.state == "connected":
            self._due = now + REPORT_MS
            self.peer.look(lambda loss, back: self.judge(loss, back, now))


def mono(frame: Any) -> Sound:
    """The samples of a frame of 16 bit."""
    found = frame.to_ndarray()
    many = len(frame.layout.channels)
    apart = found if found.shape[0] == many else found.reshape(-1, many).T
    whole: Sound = apart.mean(axis=0).astype(np.int16) if many > 1 else apart[0]
    return whole


def level(sound: Sound) -> int:
    """As it stands in a packet (RFC 6464): dB below overload, 127 for silence."""
    power = float(np.mean(np.square(sound, dtype=np.float64)))
    below = 127.0 if power < 1e-3 else -10 * np.log10(power / 32_768**2)
    return int(min(127, max(0, round(below))))


def _is_candidate(line: str) -> bool:
    return line.startswith(("a=candidate", "a=end-of-candidates"))


def reached(
    found: Sequence[tuple[str, str, str]], hosts: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Candidates (priority, host, port) at these hosts. One of them that this machine does not know
    itself by leads to it from outside, to the same ports; with none of them all are left."""
    here = {host for _, host, _ in found}
    said = [one for one in found if one[1] in hosts]
    for host in hosts:
        if host not in here and not _loopback(host):
            said += [
                (rank, host, port) for rank, own, port in found if (":" in own) == (":" in host)
            ]
    return said or [*found]


def _loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
