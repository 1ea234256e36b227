"""V-CALL: counters, reports and the choice of a tier."""

from typing import Any

import pytest

from server.room.voices import Seat
from server.voice import call as module
from server.voice import rtcp, rtp
from server.voice.bridge import Bridge, Out
from server.voice.call import Call
from server.voice.opus import Encoder
from server.voice.rtcp import Block, Report
from tests.voice.sounds import ticks, tone


class Keys:
    """Nothing is encrypted, and what is asked for is counted."""

    payload_type, level_id, ssrc = 111, 1, 77

    def __init__(self) -> None:
        self.address: Any = ("127.0.0.1", 9)
        self.opened = 0

    def unprotect(self, data: bytes, rtcp: bool = False) -> bytes:
        self.opened += not rtcp
        return data

    def protect(self, buffer: bytearray, length: int, rtcp: bool = False) -> int:
        return length


def made() -> tuple[Call, Keys, Bridge]:
    keys, bridge = Keys(), Bridge()
    bridge.arrange(0, {"ana": Seat()})
    bridge.join("ana")
    return Call("ana", bridge, keys, 0, lambda: 1_700_000_000.0), keys, bridge


def packet(seq: int, payload: bytes, pt: int = 111, padding: int = 0) -> bytes:
    head = bytearray(rtp.write(pt, False, seq, seq * 960, 5))
    head[0] |= 16 | (32 if padding else 0)
    level = b"\xbe\xde\x00\x01" + bytes([0x10, 20]) + b"\0\0"
    return (
        bytes(head)
        + level
        + payload
        + bytes(max(0, padding - 1))
        + bytes([padding] * bool(padding))
    )


def test_vcall1_what_is_heard_reaches_the_bridge_without_its_padding() -> None:
    call, keys, bridge = made()
    bridge.join("bo")
    voice = [Encoder().encode(part) for part in ticks(tone(400))]
    came: list[bytes] = []
    real = bridge.packet
    bridge.packet = lambda who, head, payload, now: (  # type: ignore[method-assign]
        came.append(payload),
        real(who, head, payload, now),
    )[1]
    for at, payload in enumerate(voice[:20]):
        call.heard(packet(at, payload, padding=8 if at % 2 else 0), at * 20)
        list(bridge.tick(at * 20))
    assert bridge.speaking == ("ana",)
    # (the very first one was opened for its key alone)
    assert len(came) > 10 and came == [voice[0], *voice[21 - len(came) : 20]]
    assert call.received == 20 and keys.opened < 20, "the first ones were not worth it"


def test_vcall2_what_is_not_a_packet_of_the_call_is_passed_over() -> None:
    call, keys, _ = made()
    for data in (b"\x80" * 5, b"\x80" * 12, packet(1, b"x", pt=96), b"\x90\x6f" + b"\0" * 10):
        call.heard(data, 0)
    assert (call.received, keys.opened) == (0, 0)
    call.heard(packet(1, b"", padding=200), 0)


def test_vcall3_numbers_go_on_and_times_are_those_of_the_sound() -> None:
    call, keys, _ = made()
    seen = []
    for tick in (0, 1, 20, 23):
        samples = 2880 if tick == 23 else 960
        sent = call.fill(Out(("ana",), b"abc", samples, tick == 20), tick)
        assert sent is not None
        seen.append(rtp.read(bytes(sent[1][: sent[2]])))
    first = seen[0]
    assert [(one.seq - first.seq) % rtp.SEQ for one in seen] == [0, 1, 2, 3]
    assert [(one.ts - first.ts) % rtp.TS for one in seen] == [0, 960, 20 * 960, 21 * 960]
    assert [one.marker for one in seen] == [False, False, True, False]
    keys.address = None
    assert call.fill(Out(("ana",), b"abc", 960, False), 24) is None
    assert (call.sent, call.octets) == (4, 12)


def test_vcall4_reports_come_every_few_seconds_and_say_what_is() -> None:
    call, _, _ = made()
    for at in range(100):
        if at != 50:
            call.heard(packet(at, b"abc"), at * 20)
    call.fill(Out(("ana",), b"abcd", 960, False), 0)
    times = [now for now in range(0, 60_000, 100) if _report(call, now)]
    gaps = [b - a for a, b in zip([0, *times], times, strict=False)]
    assert all(module.REPORT_MS * 0.5 <= gap <= module.REPORT_MS * 1.5 + 100 for gap in gaps)


def _report(call: Call, now: float) -> bool:
    sent = call.report(now)
    if sent is None:
        return False
    [report] = rtcp.read(bytes(sent[1][: sent[2]]))
    assert isinstance(report, Report)
    assert (report.ssrc, report.ntp) == (77, rtcp.ntp(1_700_000_000.0))
    [block] = report.blocks
    assert (block.ssrc, block.lost) == (5, 1)
    return True


def say(call: Call, now: float, loss: float, rtt: float = 0.1, ssrc: int = 77) -> None:
    """The other end's report about us."""
    last = rtcp.middle(rtcp.ntp(1_700_000_000.0 - rtt - 1))
    block = Block(ssrc, int(loss * 256), 0, 0, 0, last, rtcp.SHORT)
    call.heard(rtcp.write(5, "ana", [block]), now)


def test_vcall5_two_bad_reports_make_a_line_thin_and_half_a_minute_heals_it() -> None:
    call, _, _ = made()
    say(call, 0, 0.2)
    assert call.tier == "normal", "once is nothing"
    say(call, 4000, 0.2)
    assert call.tier == "thin"
    assert call.loss == pytest.approx(0.2, abs=0.01)
    assert call.round_trip == pytest.approx(0.1, abs=0.01)
    say(call, 8000, 0)
    say(call, 4000 + module.THIN_MS - 1, 0)
    assert call.tier == "thin"
    say(call, 4000 + module.THIN_MS, 0)
    assert call.tier == "normal"
    for now in (40_000, 44_000):
        say(call, now, 0, rtt=0.9)
    assert call.tier == "thin", "so does a long way"
    call.chosen = "normal"
    assert call.tier == "normal"


def test_vcall6_a_report_about_another_stream_says_nothing_of_this_line() -> None:
    call, _, _ = made()
    for now in (0, 4000, 8000):
        say(call, now, 0.5, ssrc=78)
    assert (call.tier, call.loss) == ("normal", 0)
