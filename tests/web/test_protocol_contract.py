"""The contract of a Socket, over our protocol and over any other ASGI server (rules SK1-SK9)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from server.web.frames import Frame
from server.web.line import HIGH, Socket
from server.web.protocol import uvicorn_options
from server.web.socket import AsgiSocket, DirectSocket
from tests.web.lines import (
    BINARY,
    CLOSE,
    PING,
    PONG,
    STOCK,
    TEXT,
    Client,
    Peer,
    frame,
    serving,
    upgrade,
)

pytestmark = pytest.mark.asyncio
BOTH_LOOPS = True


class Stage:
    def __init__(self, peer: Peer, port: int, kind: str) -> None:
        self.peer = peer
        self.port = port
        self.kind = kind

    async def open(self) -> tuple[Client, Socket]:
        count = len(self.peer.sockets)
        client = await Client.open(self.port)
        await self.peer.until(lambda: len(self.peer.sockets) > count)
        return client, self.peer.sockets[-1]

    async def turn(self) -> None:
        """Let the server write."""
        await asyncio.sleep(0)


@pytest_asyncio.fixture(params=["jam", "jam-h11", "stock"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    options: dict[str, Any] = uvicorn_options()
    if request.param == "jam-h11":
        options["http"] = "server.web.heads:GuardedH11"
    elif request.param == "stock":
        options = STOCK
    peer = Peer()
    async with serving(peer.app, options) as port:
        yield Stage(peer, port, request.param)


async def test_sk1_messages_go_both_ways_as_they_are(stage: Stage) -> None:
    client, socket = await stage.open()
    assert isinstance(socket, AsgiSocket if stage.kind == "stock" else DirectSocket)
    assert socket.address == "127.0.0.1"
    said = [(b"one", True), ("zwei ü".encode(), True), (b"\x00\xff", False), (b"", True)]
    client.send(*[frame(data, TEXT if text else BINARY) for data, text in said])
    await stage.peer.until(lambda: len(stage.peer.got) == 4)
    assert stage.peer.got == said
    for size in (0, 125, 126, 65535, 65536):
        await stage.peer.until(lambda: socket.writable)
        assert socket.send(Frame.text(b"x" * size))
        assert await client.read() == (TEXT, b"x" * size)
    await stage.peer.until(lambda: socket.writable)
    assert socket.send(Frame.binary(b"\x00\xff"))
    assert await client.read() == (BINARY, b"\x00\xff")
    await client.close()


async def test_sk2_only_our_subprotocol_is_taken(stage: Stage) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", stage.port)
    writer.write(upgrade("jam.v9, other"))
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 403")
    writer.close()
    assert stage.peer.sockets == []
    client = await Client.open(stage.port, "other, jam.v1")
    await client.close()


async def test_sk3_close_says_its_code_and_is_reported_once(stage: Stage) -> None:
    client, socket = await stage.open()
    assert socket.send(Frame.text(b"last words"))
    socket.close(4503, "removed")
    assert stage.peer.closed == [], "never from inside close()"
    assert not socket.writable
    assert not socket.send(Frame.text(b"too late"))
    socket.close(4000)
    assert await client.read() == (TEXT, b"last words")
    assert await client.read() == (CLOSE, (4503).to_bytes(2, "big") + b"removed")
    client.send(frame(b"ignored"), frame((4503).to_bytes(2, "big"), CLOSE))
    await stage.peer.until(lambda: bool(stage.peer.closed))
    assert await client.reader.read() == b""
    assert stage.peer.closed == [4503]
    assert stage.peer.got == []
    await client.close()


async def test_sk3_the_peers_close_and_a_lost_line_are_told_apart(stage: Stage) -> None:
    client, _ = await stage.open()
    client.send(frame((1001).to_bytes(2, "big"), CLOSE))
    assert await client.code() == 1001
    await stage.peer.until(lambda: bool(stage.peer.closed))
    assert stage.peer.closed == [1001]
    await client.close()
    second, _ = await stage.open()
    second.writer.transport.abort()
    await stage.peer.until(lambda: len(stage.peer.closed) == 2)
    # uvicorn's own code calls a line that breaks off 1005.
    assert stage.peer.closed[1] == (1005 if stage.kind == "stock" else 1006)


async def test_sk4_a_stuck_reader_is_noticed_and_the_others_get_everything(stage: Stage) -> None:
    stuck, socket = await stage.open()
    stuck.writer.transport.pause_reading()
    others = [await stage.open() for _ in range(3)]
    note = Frame.text(b"n" * 1000)
    taken, sent = 0, 0
    while socket.writable:
        taken += socket.send(note)
        sent += 1
        for client, other in others:
            await stage.peer.until(lambda other=other: other.writable)
            assert other.send(note)
            assert await client.read() == (TEXT, note.payload)
    assert taken == sent
    assert socket.unsent() <= HIGH + len(note)
    if stage.kind != "stock":
        # uvicorn alone notices after 4 MB, when most of it is old news.
        assert taken * len(note) <= 250_000
    assert not socket.send(note)
    before = stage.peer.room
    stuck.writer.transport.resume_reading()
    for _ in range(taken):
        assert await stuck.read() == (TEXT, note.payload), "whole frames, none twice"
    await stage.peer.until(lambda: socket.writable and stage.peer.room > before)
    assert socket.send(Frame.text(b"again"))
    assert await stuck.read() == (TEXT, b"again")
    for client, _ in [*others, (stuck, socket)]:
        await client.close()


async def test_sk5_abort_frees_a_stuck_line(stage: Stage) -> None:
    client, socket = await stage.open()
    client.writer.transport.pause_reading()
    while socket.send(Frame.text(b"n" * 30000)):
        await stage.turn()
    socket.abort()
    assert stage.peer.closed == [], "never from inside abort()"
    await stage.peer.until(lambda: bool(stage.peer.closed))
    assert stage.peer.closed == [1006]
    assert not socket.send(Frame.text(b"x"))
    socket.abort()
    socket.close(4000)
    client.writer.transport.abort()


async def test_sk6_a_failing_callback_closes_1011_and_quotes_nothing(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(socket: Socket, data: bytes, text: bool) -> None:
        raise ValueError(f"cannot use {data!r}")

    client, _ = await stage.open()
    stage.peer.on_message = fail
    with caplog.at_level("DEBUG"):
        client.send(frame(b"a secret thought"), frame(b"more"))
        assert await client.code() == 1011
        await client.close()
        await stage.peer.until(lambda: bool(stage.peer.closed))
    assert stage.peer.closed == [1011]
    assert len(stage.peer.got) == 1
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name == "jam.socket"
    )
    assert "ValueError in" in logged
    assert "thought" not in caplog.text


async def test_sk7_a_message_at_the_limit_is_taken_and_one_above_is_not(stage: Stage) -> None:
    stage.peer.limit = 1024
    client, socket = await stage.open()
    client.send(frame(b"x" * 1024))
    await stage.peer.until(lambda: len(stage.peer.got) == 1)
    socket.max_message = 32768
    client.send(frame(b"y" * 32768))
    await stage.peer.until(lambda: len(stage.peer.got) == 2)
    client.send(frame(b"z" * 32769))
    assert await client.code() == 1009
    await client.close()
    first, _ = await stage.open()
    first.send(frame(b"x" * 1025))
    assert await first.code() == 1009
    await first.close()
    assert len(stage.peer.got) == 2


async def test_sk7_a_new_socket_takes_one_kib_until_told_otherwise() -> None:
    from server.web.line import FIRST_MESSAGE

    assert AsgiSocket(asyncio.get_running_loop()).max_message == FIRST_MESSAGE == 1024


async def test_sk8_too_many_messages_end_the_line_and_no_other(stage: Stage) -> None:
    client, _ = await stage.open()
    calm, calm_socket = await stage.open()
    client.send(frame(b"x") * 1000)
    assert await client.code() == 4029
    await client.close()
    # The bucket gives back 60 a second while the frames are read.
    assert 240 <= len(stage.peer.got) < 300
    calm.send(frame(b"still here"))
    await stage.peer.until(lambda: stage.peer.got[-1] == (b"still here", True))
    assert calm_socket.send(Frame.text(b"yes"))
    assert await calm.read() == (TEXT, b"yes")
    await calm.close()


async def test_sk9_ping_is_answered_between_messages(stage: Stage) -> None:
    client, _ = await stage.open()
    stage.peer.on_message = lambda socket, data, text: (socket.send(Frame.text(data)), None)[1]
    client.send(frame(b"a"), frame(b"p1", PING), frame(b"b"), frame(b"", PONG), frame(b"c"))
    answers = [await client.read() for _ in range(4)]
    assert [data for opcode, data in answers if opcode == TEXT] == [b"a", b"b", b"c"]
    assert (PONG, b"p1") in answers
    if stage.kind != "stock":
        assert answers[1] == (PONG, b"p1"), "in the order of the line"
    await client.close()


async def test_sk3_a_server_that_stops_says_1012(stage: Stage) -> None:
    peer = Peer()
    async with serving(peer.app, STOCK if stage.kind == "stock" else None) as port:
        client = await Client.open(port)
        await peer.until(lambda: bool(peer.sockets))
        reading = asyncio.create_task(client.code())
        await asyncio.sleep(0)
    assert await reading == 1012
    await peer.until(lambda: bool(peer.closed))
    assert peer.closed == [1012]
    await client.close()
