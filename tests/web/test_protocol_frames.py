"""The fast way in: what is parsed, what is refused, and how much at a time (rules SK10-SK17)."""

import asyncio
import itertools
from typing import Any

import pytest

from server.web import protocol as module
from server.web.frames import Frame
from server.web.guard import Meter
from server.web.line import CLOSED, HIGH
from tests.web.bare import Bare
from tests.web.lines import (
    BINARY,
    CLOSE,
    CONT,
    MASK,
    PING,
    PONG,
    TEXT,
    Peer,
    apply_mask,
    frame,
    upgrade,
)

pytestmark = pytest.mark.asyncio


async def test_sk10_frames_arrive_whole_however_they_are_cut() -> None:
    sizes = (0, 1, 125, 126, 127, 1000, 65)
    stream = b"".join(frame(bytes([65 + i]) * size) for i, size in enumerate(sizes))
    for step in (1, 2, 3, 7, 130, len(stream)):
        bare = await Bare().open()
        bare.protocol.meter = Meter(data_burst=10**9)
        for at in range(0, len(stream), step):
            bare.feed(stream[at : at + step])
        assert [len(data) for data, _ in bare.peer.got] == list(sizes)
        assert [data[:1] for data, _ in bare.peer.got[1:]] == [b"B", b"C", b"D", b"E", b"F", b"G"]
        await bare.end()


async def test_sk10_a_read_of_one_whole_frame_is_judged_like_any_other() -> None:
    sizes = (1, 2, 123, 124, 125, 126, 127, 128, 1023, 1024, 0)
    bare = await Bare().open()
    bare.peer.sockets[0].max_message = 1024
    for size in sizes:
        bare.feed(frame(b"a" * size))
    assert [len(data) for data, _ in bare.peer.got] == list(sizes)
    bare.feed(frame(b"a" * 1025))
    assert bare.code == 1009
    bare.feed(frame(b"late"))
    assert len(bare.peer.got) == len(sizes), "nothing is heard after the goodbye"
    await bare.end()
    for wrong, code in ((frame(b"\xff"), 1007), (b"\x81\x02hi", 1002)):
        bare = await Bare().open()
        bare.feed(wrong)
        assert bare.code == code and not bare.peer.got
        await bare.end()


async def test_sk14_whole_frames_one_a_read_are_counted_to_the_last() -> None:
    bare = await Bare().open()
    bare.protocol.meter.frames.rate = 0
    for _ in range(241):
        bare.feed(frame(b"a"))
    assert len(bare.peer.got) == 240
    assert bare.code == 4029
    await bare.end()
    bare = await Bare().open()
    bare.protocol.meter = Meter(frames_burst=10**6)
    bare.protocol.meter.data.rate = 0
    for _ in range(4097):  # 64 bytes each at the least
        bare.feed(frame(b"a"))
    assert len(bare.peer.got) == 4096
    assert bare.code == 4029
    await bare.end()


async def test_sk10_the_rest_of_a_cut_frame_is_no_frame_of_its_own() -> None:
    inner = frame(b"inner")
    outer = frame(b"x" * 20 + apply_mask(inner, MASK), BINARY)
    assert outer.endswith(inner)
    bare = await Bare().open()
    bare.feed(outer[: -len(inner)])
    bare.feed(outer[-len(inner) :])
    bare.feed(frame(b"next"))
    assert [len(data) for data, _ in bare.peer.got] == [20 + len(inner), 4]
    await bare.end()


async def test_sk11_library_and_ready_made_frames_keep_their_order() -> None:
    bare = await Bare().open()
    socket = bare.peer.sockets[0]
    want = b""
    for i in range(2000):
        data = b"%d" % i
        if i % 2:
            assert socket.send(Frame.text(data))
        else:
            await bare.protocol.send({"type": "websocket.send", "text": data.decode()})
        want += Frame.text(data).wire
    assert bytes(bare.transport.written) == want
    await bare.end()


async def test_sk12_a_65_kb_frame_is_refused_by_its_head() -> None:
    bare = await Bare().open()
    bare.feed(frame(b"x" * 65_000)[:8])
    assert bare.code == 1009
    await bare.end()


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        (frame(b"a", first=0x01), 1008),  # the first part of a fragmented text
        (frame(b"a", first=0x02), 1008),
        (frame(b"a", first=0x00), 1008),  # a continuation of nothing
        (frame(b"a", CONT), 1008),
        (frame(b"", first=0x00), 1008),
        (frame(b"a", first=0xC1), 1002),  # compressed, which was not agreed
        (frame(b"a", first=0x83), 1002),  # reserved opcodes
        (frame(b"a", first=0x8B), 1002),
        (frame(b"a", first=0x09), 1002),  # a fragmented ping
        (frame(b"a" * 126, PING), 1002),
        (b"\x81\x01a", 1002),  # unmasked
        (b"\x89\x00", 1002),
        (frame(b"\xff\xfe"), 1007),
        (frame(b"\xed\xa0\x80"), 1007),  # a lone surrogate
        (frame(b"\x03", CLOSE), 1002),
        (frame((1005).to_bytes(2, "big"), CLOSE), 1002),
        (frame((1000).to_bytes(2, "big") + b"\xff", CLOSE), 1007),
    ],
)
async def test_sk13_what_is_no_plain_frame_ends_the_line(wire: bytes, code: int) -> None:
    bare = await Bare().open()
    bare.feed(frame(b"before") + wire + frame(b"after"))
    assert bare.code == code
    assert bare.peer.got == [(b"before", True)]
    bare.feed(frame(b"later"))
    assert len(bare.peer.got) == 1
    await bare.end()
    assert bare.peer.closed == [code]


@pytest.mark.parametrize("opcode", [TEXT, BINARY, PING, PONG])
async def test_sk14_240_frames_at_once_and_not_one_more(opcode: int) -> None:
    bare = await Bare().open()
    bare.protocol.meter.frames.rate = 0
    for _ in range(240):
        bare.feed(frame(b"", opcode))
    assert bare.code is None
    bare.feed(frame(b"", opcode))
    assert bare.code == 4029
    await bare.end()


async def test_sk14_bytes_are_counted_and_a_read_costs_64_at_least() -> None:
    for size in (1, 64, 65, 16384):
        bare = await Bare().open()
        bare.protocol.meter.data.rate = 0
        bare.peer.sockets[0].max_message = 1 << 30
        bare.feed(b"\x82\xff" + (1 << 30).to_bytes(8, "big"))
        cost = max(size, 64)
        for _ in range((256 * 1024 - 64) // cost):
            bare.feed(bytes(size))
        assert bare.code is None
        bare.feed(bytes(size))
        assert bare.code == 4029, size
        await bare.end()


async def test_sk15_a_thousand_frames_in_one_read_let_others_in_between() -> None:
    """At most 64 frames are handled before the loop goes round."""
    bare = await Bare().open()
    bare.protocol.meter = Meter(frames_burst=10**6)
    seen: list[int] = []

    def look() -> None:
        seen.append(len(bare.peer.got))
        if len(bare.peer.got) < 1000:
            bare.loop.call_soon(look)

    bare.loop.call_soon(look)
    bare.feed(b"".join(frame(b"%d" % i) for i in range(1000)))
    bare.feed(frame(b"and one more"))
    await bare.turn(20)
    assert [int(data) for data, _ in bare.peer.got[:1000]] == list(range(1000))
    assert bare.peer.got[1000] == (b"and one more", True)
    steps = [after - before for before, after in itertools.pairwise(seen)]
    assert max(steps) <= module.FRAMES_PER_READ == 64
    await bare.end()


async def test_sk16_a_flood_of_pings_is_cut_after_the_burst() -> None:
    flood = await Bare().open()
    calm = await Bare().open()
    flood.protocol.meter.frames.rate = 0
    before = CLOSED["too_fast"]
    flood.feed(frame(b"", PING) * 5000)
    calm.feed(frame(b"hello"))
    await flood.turn(10)
    assert bytes(flood.transport.written).count(Frame(kind="text", payload=b"").wire) == 0
    assert bytes(flood.transport.written).count(b"\x8a\x00") == 240
    assert CLOSED["too_fast"] == before + 1
    assert calm.peer.got == [(b"hello", True)]
    await flood.end()
    await calm.end()


async def test_sk16_after_the_cut_only_so_much_is_read_and_dropped() -> None:
    bare = await Bare().open()
    bare.feed(b"\x81\x01a")
    bare.feed(b"x" * module.DEAF_BYTES)
    assert not bare.transport.aborted
    bare.feed(b"x")
    assert bare.transport.aborted
    await bare.end()


async def test_sk16_pings_of_a_peer_that_does_not_read_pile_up_nothing() -> None:
    bare = await Bare().open()
    bare.protocol.pause_writing()
    bare.feed(frame(b"x" * 125, PING) * 20)
    assert bytes(bare.transport.written) == b""
    bare.protocol.resume_writing()
    bare.feed(frame(b"x", PING))
    assert bytes(bare.transport.written) == b"\x8a\x01x"
    await bare.end()


async def test_sk17_every_end_has_a_deadline_even_if_the_peer_never_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.web.ending.CLOSE_SECONDS", 0.0)
    for how in ("close", "too_big", "peer", "shutdown"):
        bare = await Bare().open()
        bare.transport.full = True
        if how == "close":
            bare.peer.sockets[0].close(4000)
        elif how == "too_big":
            bare.feed(frame(b"x" * 65_000)[:8])
        elif how == "peer":
            bare.feed(frame((1000).to_bytes(2, "big"), CLOSE))
        else:
            bare.protocol.shutdown()
        assert not bare.transport.aborted
        await bare.turn(5)
        assert bare.transport.aborted
        assert len(bare.peer.closed) == 1
        await bare.end()


async def test_sk17_a_peer_without_a_pong_is_cut_and_a_slow_one_is_not() -> None:
    for heard, cut in ((False, True), (True, False)):
        bare = await Bare().open()
        bare.feed(frame(b"k"))
        bare.protocol.send_keepalive_ping()
        assert bytes(bare.transport.written) == b"", "whoever has just spoken is not asked"
        bare.protocol.heard -= 10.0
        bare.protocol.send_keepalive_ping()
        assert bytes(bare.transport.written[:1]) == b"\x89"
        bare.protocol.ping_sent_at -= 10.0
        if heard:
            bare.feed(frame(b"k"))
        else:
            bare.protocol.heard = bare.protocol.ping_sent_at - 1
        bare.protocol.keepalive_timeout()
        assert bare.transport.aborted is cut
        assert (bare.protocol.ping_timer is not None) is not cut
        await bare.end()


async def test_sk17_what_comes_before_the_app_listens_waits_and_is_bounded() -> None:
    gate = asyncio.Event()
    peer = Peer()

    async def slow(scope: object, receive: object, send: object) -> None:
        await gate.wait()
        await peer.app(scope, receive, send)

    bare = Bare(peer, slow)
    bare.feed(upgrade())
    bare.feed(frame(b"early"))
    await bare.turn(3)
    assert peer.got == []
    gate.set()
    await peer.until(lambda: bool(peer.got))
    assert peer.got == [(b"early", True)]
    await bare.end()
    gate.clear()
    hasty = Bare(peer, slow)
    hasty.feed(upgrade())
    hasty.feed(b"\x82" * module.EARLY_BYTES)
    assert not hasty.transport.aborted
    hasty.feed(b"x")
    assert hasty.transport.aborted
    gate.set()
    await hasty.end()


@pytest.mark.parametrize("accepted", [True, False])
async def test_sk6_an_app_that_raises_quotes_nothing_either(
    accepted: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if accepted:
            await send({"type": "websocket.accept", "subprotocol": "jam.v1"})
        raise ValueError("a secret thought")

    bare = Bare(app=app)
    with caplog.at_level("DEBUG"):
        bare.feed(upgrade())
        await bare.turn(3)
    head = bytes(bare.transport.written[:12])
    assert head == (b"HTTP/1.1 101" if accepted else b"HTTP/1.1 500")
    if accepted:
        assert bare.code == 1011
    assert "ValueError in" in caplog.text
    assert "thought" not in caplog.text
    await bare.end()


async def test_sk4_writable_follows_the_transport() -> None:
    bare = await Bare().open()
    socket = bare.peer.sockets[0]
    assert socket.writable
    bare.protocol.pause_writing()
    assert not socket.writable
    assert not socket.send(Frame.text(b"x"))
    assert bytes(bare.transport.written) == b""
    room = bare.peer.room
    bare.protocol.resume_writing()
    assert socket.writable
    assert bare.peer.room == room + 1
    assert HIGH == 32 * 1024
    await bare.end()
