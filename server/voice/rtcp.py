"""RTCP: what both ends tell each other about how it arrives (RFC 3550 §6). No I/O, no clock."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .rtp import CLOCK, SEQ, nearest

SENDER, RECEIVER, SOURCES, BYE = 200, 201, 202, 203
NTP_EPOCH = 2_208_988_800
"""Seconds from 1900, where NTP begins, to 1970."""
SHORT = 65_536
"""Parts of a second in the middle half of an NTP time, in which delays are told."""
MOST_BLOCKS = 31

_HEAD = struct.Struct("!BBH")
_SR = struct.Struct("!IQIII")
_BLOCK = struct.Struct("!IIIIII")


class Block(NamedTuple):
    """How one stream arrives at the other end. `fraction` is the loss since the last report in
    parts of 256, `jitter` in units of the stream's clock, `last` and `delay` as `round_trip`
    needs them."""

    ssrc: int
    fraction: int
    lost: int
    highest: int
    jitter: int
    last: int
    delay: int


class Report(NamedTuple):
    """One report of somebody; `ntp` is 0 where it is not from a sender."""

    ssrc: int
    ntp: int
    ts: int
    blocks: tuple[Block, ...]


def ntp(seconds: float) -> int:
    """A time since 1970 as 32 bits of seconds and 32 of parts."""
    return int((seconds + NTP_EPOCH) * 2**32) & (2**64 - 1)


def middle(time: int) -> int:
    """The middle half of an NTP time."""
    return time >> 16 & 0xFFFFFFFF


def write(
    ssrc: int,
    name: str,
    blocks: Sequence[Block] = (),
    sent: tuple[int, int, int, int] | None = None,
) -> bytes:
    """A report and who it is from, as every compound packet must begin (RFC 3550 §6.1).

    `sent`: NTP time, timestamp, packets and bytes of payload of the stream that goes out, if any.
    """
    if sent is None:
        body = ssrc.to_bytes(4, "big")
    else:
        time, ts, packets, octets = sent
        body = _SR.pack(ssrc, time, ts % 2**32, packets % 2**32, octets % 2**32)
    for block in blocks[:MOST_BLOCKS]:
        lost = max(-(2**23), min(2**23 - 1, block.lost)) & 0xFFFFFF
        body += _BLOCK.pack(
            block.ssrc,
            block.fraction << 24 | lost,
            block.highest % 2**32,
            block.jitter,
            block.last,
            block.delay,
        )
    first = _packet(SENDER if sent else RECEIVER, min(len(blocks), MOST_BLOCKS), body)
    item = bytes([1, len(name.encode())]) + name.encode()
    chunk = ssrc.to_bytes(4, "big") + item + b"\0" * (4 - len(item) % 4)
    return first + _packet(SOURCES, 1, chunk)


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return _HEAD.pack(0x80 | count, kind, len(body) // 4) + body


def read(data: bytes) -> Iterator[Report | int]:
    """The reports in a compound packet, and the number of each source that says goodbye. What is
    something else or cut off is passed over."""
    at = 0
    while at + 4 <= len(data):
        first, kind, words = _HEAD.unpack_from(data, at)
        body, at = data[at + 4 : at + 4 + 4 * words], at + 4 + 4 * words
        if first >> 6 != 2 or at > len(data):
            return
        count = first & 31
        if kind == SENDER and len(body) >= _SR.size:
            ssrc, time, ts, _, _ = _SR.unpack_from(body)
            yield Report(ssrc, time, ts, _blocks(body[_SR.size :], count))
        elif kind == RECEIVER and len(body) >= 4:
            yield Report(int.from_bytes(body[:4], "big"), 0, 0, _blocks(body[4:], count))
        elif kind == BYE:
            for n in range(min(count, len(body) // 4)):
                yield int.from_bytes(body[4 * n : 4 * n + 4], "big")


def _blocks(data: bytes, count: int) -> tuple[Block, ...]:
    found = []
    for n in range(min(count, len(data) // _BLOCK.size)):
        ssrc, loss, highest, jitter, last, delay = _BLOCK.unpack_from(data, n * _BLOCK.size)
        lost = loss & 0xFFFFFF
        lost -= (lost & 0x800000) << 1
        found.append(Block(ssrc, loss >> 24, lost, highest, jitter, last, delay))
    return tuple(found)


def round_trip(block: Block, now: int) -> float | None:
    """Seconds there and back, from what the other end says of our last report (§6.4.1); `now` is
    an NTP time. None where it has heard none, or says what cannot be."""
    if not block.last:
        return None
    parts = (middle(now) - block.last - block.delay) & 0xFFFFFFFF
    return parts / SHORT if parts < 2**31 else None


class Reception:
    """How one stream arrives here, for the blocks that tell its sender (appendix A.3 and A.8)."""

    def __init__(self) -> None:
        self._begin(None, 0)

    def _begin(self, ssrc: int | None, seq: int) -> None:
        self.ssrc = ssrc
        self._first, self._highest = seq, seq - 1
        self._got = self._told = self._told_got = 0
        self._transit: float | None = None
        self._jitter = 0.0
        self._report: tuple[int, float] | None = None  # their last one: NTP middle, when it came

    def packet(self, ssrc: int, seq: int, ts: int, now: float) -> None:
        """A packet has come; `now` in seconds of any clock that only goes on."""
        if ssrc != self.ssrc:
            self._begin(ssrc, seq)
        self._highest = max(self._highest, nearest(seq, self._highest, SEQ))
        self._got += 1
        transit = now * CLOCK - ts
        if self._transit is not None:
            step = abs(transit - self._transit)
            if step < 2**31:  # else the timestamp has turned over
                self._jitter += (step - self._jitter) / 16
        self._transit = transit

    def report(self, time: int, now: float) -> None:
        """Their report of the NTP time `time` has come."""
        self._report = middle(time), now

    def block(self, now: float) -> Block | None:
        """What to tell them now; None before anything has come."""
        if self.ssrc is None:
            return None
        expected = self._highest - self._first + 1
        new, got = expected - self._told, self._got - self._told_got
        self._told, self._told_got = expected, self._got
        fraction = max(0, min(255, (new - got) * 256 // new)) if new > 0 else 0
        last, delay = 0, 0
        if self._report is not None:
            last, delay = self._report[0], min(2**32 - 1, int((now - self._report[1]) * SHORT))
        lost = expected - self._got
        return Block(self.ssrc, fraction, lost, self._highest + SEQ, int(self._jitter), last, delay)
