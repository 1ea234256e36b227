"""One person's voice, both ways: raw packets to the bridge, and the bridge's packets to them.

Counters, timestamps and reports of what goes out and what comes in (RFC 3550); which tier the line
can carry, told from the other end's reports. Media is touched only here: nothing is decrypted that
nobody would hear.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final, Protocol

from . import rtcp, rtp
from .bridge import Bridge, Out
from .burst import Address, Packet, Slot
from .mixer import TICK

REPORT_MS: Final = 4_000
"""Between two reports, to which browsers adapt what they send. RFC 3550 §6.2 wants 5 s, and less
where there are few; a call has two ends."""
LOSS_THIN: Final = 0.05
RTT_THIN: Final = 0.8
"""Loss, or seconds there and back, from which a line is thin: two reports in a row."""
THIN_MS: Final = 30_000
"""So long a line must have been well before it gets the normal tier again."""
ROOM: Final = 1_700
"""Bytes of a buffer: a packet, and what protects it."""


class Keys(Protocol):
    """What a call needs of its peer (`adapter.Peer`)."""

    payload_type: int
    level_id: int
    ssrc: int

    @property
    def address(self) -> Address | None: ...

    def unprotect(self, data: bytes, rtcp: bool = False) -> bytes: ...

    def protect(self, buffer: bytearray | Slot, length: int, rtcp: bool = False) -> int: ...


class Line:
    """What a line can carry, as the other end reports."""

    def __init__(self, now: float) -> None:
        self.chosen: str | None = None
        """The tier that this person has asked for; None: what the line can carry."""
        self.round_trip: float | None = None
        self.loss = 0.0
        self._bad = 0
        self._well_since = now
        self._thin = False

    def judge(self, loss: float, round_trip: float | None, now: float) -> None:
        """Of the packets so many are lost, and so many seconds it takes there and back."""
        self.loss = loss
        if round_trip is not None:
            self.round_trip = round_trip
        bad = self.loss >= LOSS_THIN or (self.round_trip or 0) >= RTT_THIN
        self._bad = self._bad + 1 if bad else 0
        if bad:
            self._well_since = now
        if self._bad >= 2:
            self._thin = True
        elif now - self._well_since >= THIN_MS:
            self._thin = False

    @property
    def tier(self) -> str:
        """The tier for this moment."""
        return self.chosen or ("thin" if self._thin else "normal")


class Call(Line):
    """One member in one room's bridge. Times are milliseconds of one clock that only goes on."""

    def __init__(
        self, member: str, bridge: Bridge, keys: Keys, now: float, wall: Callable[[], float]
    ) -> None:
        """`wall`: seconds since 1970, for reports."""
        super().__init__(now)
        self.member, self.keys = member, keys
        self.sent = self.octets = self.received = 0
        self._bridge, self._wall = bridge, wall
        self._seq = secrets.randbelow(rtp.SEQ)
        self._ts = secrets.randbelow(rtp.TS)
        self._buffer, self._paper = Slot(), bytearray(ROOM)
        self._reception = rtcp.Reception()
        self._due = now + REPORT_MS * (0.5 + secrets.randbelow(1000) / 1000)
        self._last_ts = self._ts

    # -- what comes

    def heard(self, data: bytes, now: float) -> None:
        """A packet as it came. What is broken or forged is passed over."""
        if rtp.is_rtcp(data):
            self._reports(self.keys.unprotect(data, rtcp=True), now)
            return
        try:
            head = rtp.read(data, self.keys.level_id)
        except ValueError:
            return
        if head.pt != self.keys.payload_type:
            return
        self.received += 1
        self._reception.packet(head.ssrc, head.seq, head.ts, now / 1000)
        if not self._bridge.wants(self.member, head, len(data) - head.size, now):
            return
        clear = self.keys.unprotect(data)
        if not clear:
            return
        end = len(clear) - (clear[-1] if clear[0] & 32 else 0)  # padding (RFC 3550 §5.1)
        if end > head.size:
            self._bridge.packet(self.member, head, clear[head.size : end], now)

    def _reports(self, clear: bytes, now: float) -> None:
        for said in rtcp.read(clear):
            if isinstance(said, int):
                continue
            if said.ntp:
                self._reception.report(said.ntp, now / 1000)
            for block in said.blocks:
                if block.ssrc == self.keys.ssrc:
                    there_and_back = rtcp.round_trip(block, rtcp.ntp(self._wall()))
                    self.judge(block.fraction / 256, there_and_back, now)

    # -- what goes

    def fill(self, out: Out, tick: int) -> Packet | None:
        """A packet of the bridge for this person, ready to be sent; None as long as there is no way
        to them. `tick` counts stretches of 20 ms and never stands still. The buffer is used again
        for the next one."""
        self._last_ts = self._ts + (tick + 1) * TICK - out.samples
        keys, buffer = self.keys, self._buffer
        address = keys.address
        if address is None:
            return None
        size = rtp.write_into(
            buffer, keys.payload_type, out.begins, self._seq, self._last_ts, keys.ssrc, out.packet
        )
        length = keys.protect(buffer, size)
        if not length:
            return None
        self._seq += 1
        self.sent += 1
        self.octets += size - rtp.FIXED
        return address, buffer, length

    def report(self, now: float) -> Packet | None:
        """A report to them, where one is due."""
        if now < self._due:
            return None
        # Not all at once: between half and one and a half of the time (RFC 3550 §6.3.1).
        self._due = now + REPORT_MS * (0.5 + secrets.randbelow(1000) / 1000)
        block = self._reception.block(now / 1000)
        sent = (rtcp.ntp(self._wall()), self._last_ts, self.sent, self.octets)
        data = rtcp.write(
            self.keys.ssrc, "room", [block] if block else [], sent if self.sent else None
        )
        if self.keys.address is None:
            return None
        self._paper[: len(data)] = data
        length = self.keys.protect(self._paper, len(data), rtcp=True)
        return (self.keys.address, self._paper, length) if length else None
