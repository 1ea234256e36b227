"""V-RTP: what is read of a packet's header, and what is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.voice import rtp

WORD = st.integers(0, 2**32 - 1)


@given(st.integers(0, 127), st.booleans(), st.integers(0, 2**16 - 1), WORD, WORD)
def test_vrtp1_what_is_written_is_read(pt: int, marker: bool, seq: int, ts: int, ssrc: int) -> None:
    head = rtp.write(pt, marker, seq, ts, ssrc)
    assert rtp.read(head + b"x") == rtp.Header(pt, marker, seq, ts, ssrc, 12, None, False)
    buffer = bytearray(20)
    size = rtp.write_into(buffer, pt, marker, seq + rtp.SEQ, ts + rtp.TS, ssrc, b"sound")
    assert bytes(buffer[:size]) == head + b"sound" and len(buffer) == 20


def packet(*elements: tuple[int, bytes], sources: int = 0, profile: int = 0xBEDE) -> bytes:
    """A header with one-byte extensions; element 0 is padding."""
    body = b"".join(
        b"\0" * len(data) if number == 0 else bytes([number << 4 | len(data) - 1]) + data
        for number, data in elements
    )
    body += b"\0" * (-len(body) % 4)
    head = bytearray(rtp.write(111, False, 7, 960, 5))
    head[0] |= 16 | sources
    return (
        bytes(head)
        + b"\1\2\3\4" * sources
        + profile.to_bytes(2, "big")
        + (len(body) // 4).to_bytes(2, "big")
        + body
    )


def test_vrtp2_the_level_is_read_wherever_it_stands() -> None:
    mid, level = (1, b"audio"), (3, bytes([0x80 | 42]))
    for elements in ((level,), (mid, level), ((0, b"--"), mid, (0, b"-"), level)):
        for sources in (0, 2):
            head = rtp.read(packet(*elements, sources=sources) + b"opus", 3)
            assert (head.level, head.voice, head.seq) == (42, True, 7)
            assert packet(*elements, sources=sources)[head.size :] == b""
    assert rtp.read(packet((3, bytes([127]))), 3).level == rtp.SILENT
    assert rtp.read(packet(level), 4).level is None, "agreed under another number"
    assert rtp.read(packet(level), 0).level is None, "not agreed at all"
    odd = bytearray(packet(level))
    odd[-4] = 0x01
    assert rtp.read(bytes(odd), 0).level is None, "an element of no number"
    assert rtp.read(packet(level, profile=0x1000), 3).level is None, "two-byte extensions"
    assert rtp.read(packet((15, b"x"), level), 3).level is None, "15 ends the list (RFC 8285)"


@pytest.mark.parametrize("cut", range(0, 20, 3))
def test_vrtp3_what_is_cut_off_is_said(cut: int) -> None:
    with pytest.raises(ValueError):
        rtp.read(packet((3, b"x"))[:cut], 3)


@given(st.binary(max_size=60), st.integers(0, 14))
def test_vrtp4_no_bytes_break_it(data: bytes, level_id: int) -> None:
    try:
        head = rtp.read(data, level_id)
    except ValueError:
        return
    assert 12 <= head.size <= len(data)
    assert head.level is None or 0 <= head.level <= 127


def test_vrtp5_stun_dtls_and_rtcp_are_told_apart_by_their_first_bytes() -> None:
    assert rtp.is_rtp(rtp.write(111, False, 1, 2, 3))
    for first in (0, 3, 20, 63, 64, 127, 192, 255):
        assert not rtp.is_rtp(bytes([first]) + b"\0" * 19), first
    assert not rtp.is_rtp(b"\x80" * 11), "too short"
    assert rtp.is_rtcp(b"\x80\xc8") and rtp.is_rtcp(b"\x80\xcd")
    assert not rtp.is_rtcp(rtp.write(111, True, 1, 2, 3))


@given(st.integers(0, 2**40), st.integers(-(2**15) + 1, 2**15 - 1))
def test_vrtp6_a_number_that_has_turned_over_goes_on(last: int, step: int) -> None:
    assert rtp.nearest((last + step) % rtp.SEQ, last, rtp.SEQ) == last + step
