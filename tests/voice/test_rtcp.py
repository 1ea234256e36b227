"""V-RTCP: what both ends tell each other about how it arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.voice import rtcp
from server.voice.rtcp import Block, Reception, Report

WORD = st.integers(0, 2**32 - 1)
BLOCKS = st.builds(
    Block, WORD, st.integers(0, 255), st.integers(-(2**23), 2**23 - 1), WORD, WORD, WORD, WORD
)


@given(WORD, st.lists(BLOCKS, max_size=31), st.text(max_size=20), st.booleans())
def test_vrtcp1_what_is_written_is_read(
    ssrc: int, blocks: list[Block], name: str, sends: bool
) -> None:
    sent = (rtcp.ntp(1_700_000_000.5), 960, 7, 700) if sends else None
    data = rtcp.write(ssrc, name, blocks, sent)
    assert len(data) % 4 == 0
    found = list(rtcp.read(data))
    assert found == [Report(ssrc, sent[0] if sent else 0, 960 if sent else 0, tuple(blocks))]


@given(st.binary(max_size=200))
def test_vrtcp2_no_bytes_break_it(data: bytes) -> None:
    list(rtcp.read(data))


def test_vrtcp3_a_cut_report_is_passed_over_and_a_goodbye_is_heard() -> None:
    whole = rtcp.write(7, "jam", [Block(1, 0, 0, 0, 0, 0, 0)])
    assert list(rtcp.read(whole[:20])) == []
    bye = bytes([0x82, rtcp.BYE, 0, 2]) + (5).to_bytes(4, "big") + (6).to_bytes(4, "big")
    assert list(rtcp.read(whole + bye))[1:] == [5, 6]
    many = rtcp.write(7, "jam", [Block(n, 0, 0, 0, 0, 0, 0) for n in range(40)])
    [report] = rtcp.read(many)
    assert isinstance(report, Report) and len(report.blocks) == rtcp.MOST_BLOCKS


def test_vrtcp4_the_round_trip_is_what_is_left_without_their_delay() -> None:
    """RFC 3550 §6.4.1, figure 2: 0xb710:8000 less 0x0005:4000 less 0xb705:2000 is 6.125 s."""
    now = 0xB44DB7108000 << 8  # its middle 32 bits are those of the figure
    now = (0xB44D << 48) | (0xB7108000 << 16)
    block = Block(1, 0, 0, 0, 0, 0xB7052000, 0x00054000)
    assert rtcp.round_trip(block, now) == pytest.approx(6.125)
    assert rtcp.round_trip(block._replace(last=0), now) is None
    assert rtcp.round_trip(block._replace(delay=0x7FFF0000), now) is None, "cannot be"


def test_vrtcp5_loss_is_counted_since_the_last_report_and_in_all() -> None:
    reception = Reception()
    assert reception.block(0) is None
    for at in range(100):
        if at % 10:
            reception.packet(9, (65_500 + at) % 2**16, at * 960, at * 0.02)
    first = reception.block(2.0)
    # The first packet that came is the first that is expected.
    assert first is not None and (first.ssrc, first.lost) == (9, 9)
    assert first.fraction == 9 * 256 // 99
    for at in range(100, 200):
        reception.packet(9, (65_500 + at) % 2**16, at * 960, at * 0.02)
    second = reception.block(4.0)
    assert second is not None and (second.fraction, second.lost) == (0, 9)
    assert second.highest % 2**16 == (65_500 + 199) % 2**16 and second.highest > 2**16


def test_vrtcp6_jitter_and_delay_are_told() -> None:
    reception = Reception()
    for at in range(400):
        reception.packet(9, at, at * 960, at * 0.02 + (0.01 if at % 2 else 0))
    reception.report(rtcp.ntp(1_700_000_000), 8.0)
    block = reception.block(8.5)
    assert block is not None
    assert block.jitter == pytest.approx(480, rel=0.05), "10 ms to and fro"
    assert block.delay == rtcp.SHORT // 2
    assert block.last == rtcp.middle(rtcp.ntp(1_700_000_000))
    reception.packet(10, 5, 0, 9.0)
    block = reception.block(9.1)
    assert block is not None and (block.ssrc, block.lost, block.jitter) == (10, 0, 0)
