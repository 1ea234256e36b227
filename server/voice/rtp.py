"""RTP packets as bytes: the parts of a header that a mixer reads, and headers that it writes.

RFC 3550 §5.1 (header), RFC 8285 §4.2 (one-byte extensions), RFC 6464 (level of the sound, from the
client to the mixer). The header travels in the clear, so all of this can be read of a packet whose
payload is still encrypted. No I/O.
"""

from __future__ import annotations

import struct
from ctypes import Array, c_char
from typing import NamedTuple

SEQ = 1 << 16
TS = 1 << 32
CLOCK = 48_000
"""Opus counts 48,000 to the second in RTP, whatever it was made from (RFC 7587 §4.1)."""
FIXED = 12
SILENT = 127
"""The lowest level: -127 dBov (RFC 6464 §3)."""

_ONE_BYTE = 0xBEDE
_HEAD = struct.Struct("!BBHII")
_EXT = struct.Struct("!HH")
_WHOLE: dict[int, struct.Struct] = {}  # a packet, by the size of its payload


class Header(NamedTuple):
    """What stands before the payload. `level` is 0 (loudest) to 127 in dB below overload, None
    where the packet does not say; `voice` is the sender's own opinion whether this is speech."""

    pt: int
    marker: bool
    seq: int
    ts: int
    ssrc: int
    size: int
    level: int | None
    voice: bool


def is_rtp(data: bytes) -> bool:
    """RTP or RTCP by its first byte, and not STUN, DTLS or something else (RFC 7983 §7)."""
    return len(data) >= FIXED and 128 <= data[0] <= 191


def is_rtcp(data: bytes) -> bool:
    """Which of both, by the second byte (RFC 5761 §4)."""
    return 192 <= data[1] <= 223


def read(data: bytes, level_id: int = 0) -> Header:
    """The header of a packet; `level_id` is the number that was agreed for the level, 0 for none.

    Raises ValueError where it is cut off or no RTP.
    """
    if len(data) < FIXED or data[0] >> 6 != 2:
        raise ValueError("no RTP header")
    first, second, seq, ts, ssrc = _HEAD.unpack_from(data)
    size = FIXED + 4 * (first & 15)
    level: int | None = None
    voice = False
    if first & 16:
        if len(data) < size + 4:
            raise ValueError("extension cut off")
        profile, words = _EXT.unpack_from(data, size)
        start, size = size + 4, size + 4 + 4 * words
        if len(data) < size:
            raise ValueError("extension cut off")
        if profile == _ONE_BYTE and level_id:
            level, voice = _level(data, start, size, level_id)
    if len(data) < size:
        raise ValueError("sources cut off")
    return Header(second & 127, bool(second & 128), seq, ts, ssrc, size, level, voice)


def _level(data: bytes, at: int, end: int, wanted: int) -> tuple[int | None, bool]:
    while at < end:
        number, length = data[at] >> 4, (data[at] & 15) + 1
        if data[at] == 0:  # padding between elements
            at += 1
            continue
        if number == 15 or at + length >= end:  # 15 ends the list; an element runs over the end
            break
        if number == wanted:
            return data[at + 1] & 127, bool(data[at + 1] & 128)
        at += 1 + length
    return None, False


def write(pt: int, marker: bool, seq: int, ts: int, ssrc: int) -> bytes:
    """A header without extensions. Numbers are cut to their width, so counters may simply go on."""
    return _HEAD.pack(0x80, pt | (128 if marker else 0), seq % SEQ, ts % TS, ssrc)


def write_into(
    buffer: bytearray | Array[c_char],
    pt: int,
    marker: bool,
    seq: int,
    ts: int,
    ssrc: int,
    payload: bytes,
) -> int:
    """As `write`, with what follows, at the beginning of a buffer; how many bytes that is."""
    size = len(payload)
    whole = _WHOLE.get(size) or _WHOLE.setdefault(size, struct.Struct(f"!BBHII{size}s"))
    whole.pack_into(
        buffer, 0, 0x80, pt | 128 if marker else pt, seq & 0xFFFF, ts & 0xFFFFFFFF, ssrc, payload
    )
    return FIXED + size


def nearest(value: int, last: int, width: int) -> int:
    """A number that has been cut to `width`, whole again: the one nearest to the `last` whole one.

    (RFC 3550 appendix A.1 counts the turns; this is the same for steps below half the width.)
    """
    step = (value - last) % width
    return last + (step if step < width // 2 else step - width)
