"""The deadline and the bound of request heads, over both HTTP parsers (rules SK23-SK24)."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from server.web.heads import GuardedH11, HeadDeadline, http_protocol
from server.web.httptools import GuardedHttpTools
from server.web.protocol import uvicorn_options
from tests.web.lines import Client, Peer, serving, upgrade

pytestmark = pytest.mark.asyncio
BOTH_LOOPS = True
SHORT = 0.05
# No keep-alive limit of uvicorn's own may end what the guard should end.
OPTIONS = {**uvicorn_options(), "timeout_keep_alive": 3600}


@pytest_asyncio.fixture(params=[GuardedHttpTools, GuardedH11])
async def port(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[int]:
    monkeypatch.setattr(HeadDeadline, "HEAD_SECONDS", SHORT)
    monkeypatch.setattr(HeadDeadline, "BODY_SECONDS", SHORT)
    async with serving(Peer().app, {**OPTIONS, "http": request.param}) as port:
        yield port


async def left(port: int, *parts: bytes) -> bytes:
    """Send the parts, each in a packet of its own, and read until the server ends it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        return await reader.read()
    except ConnectionError:
        return b"reset"
    finally:
        writer.close()


@pytest.mark.parametrize(
    "parts",
    [
        (b"",),
        (b"GET / HTTP/1.1\r\nHost: x\r\n",),
        (b"GET / HTTP/1.1\r\n", b"Host: x\r\n", b"X: y\r\n"),
        (b"\r\n",),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",),
    ],
)
async def test_sk23_half_a_request_is_cut_at_its_deadline(
    port: int, parts: tuple[bytes, ...]
) -> None:
    many = await asyncio.gather(*[left(port, *parts) for _ in range(20)])
    # A body that never ends has been answered by our test app already; h11 takes no blank line.
    for answer in many:
        assert answer in (b"", b"reset") or answer[9:12] in (b"200", b"400")


async def test_sk23_stray_bytes_after_a_request_do_not_hold_the_line(port: int) -> None:
    """They stop uvicorn's keep-alive timer (an hour here), and no request begins."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    await reader.readuntil(b"hello\r\n0\r\n\r\n")
    writer.write(b"\r\n")
    assert (await reader.read())[9:12] in (b"", b"400")
    writer.close()


async def test_sk23_a_whole_request_and_an_open_socket_have_no_such_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Four times the deadline passes while an answer is being made and a socket is idle."""
    monkeypatch.setattr(HeadDeadline, "HEAD_SECONDS", SHORT)
    late: list[object] = []
    for http in (GuardedHttpTools, GuardedH11):
        monkeypatch.setattr(http, "_late", late.append)
        gate = asyncio.Event()
        peer = Peer()

        async def app(
            scope: dict[str, str],
            receive: object,
            send: object,
            gate: asyncio.Event = gate,
            peer: Peer = peer,
        ) -> None:
            if scope["type"] == "http":
                await gate.wait()
            await peer.app(scope, receive, send)

        async with serving(app, {**uvicorn_options(), "http": http}) as port:
            client = await Client.open(port)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            await asyncio.sleep(4 * SHORT)
            gate.set()
            assert b"hello" in await reader.read()
            writer.close()
            await client.close()
    assert late == []


def head(size: int) -> bytes:
    start, end = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: ", b"\r\n\r\n"
    return start + b"y" * (size - len(start) - len(end)) + end


async def test_sk24_a_head_of_8_kib_is_taken_and_one_byte_more_is_not(port: int) -> None:
    whole = head(8192)
    assert len(whole) == 8192
    assert (await left(port, whole)).startswith(b"HTTP/1.1 200")
    assert (await left(port, whole[:5000], whole[5000:])).startswith(b"HTTP/1.1 200")
    over = head(8193)
    assert (await left(port, over)).startswith(b"HTTP/1.1 431")
    answer = await left(port, over[:8190], over[8190:])
    assert answer.startswith(b"HTTP/1.1 431")


async def test_sk24_the_body_does_not_count_as_head(port: int) -> None:
    start = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 20000\r\n"
    for parts in (
        (start + b"\r\n" + b"b" * 20000,),
        (start + b"\r", b"\n" + b"b" * 20000),
    ):
        assert (await left(port, *parts)).startswith(b"HTTP/1.1 200")


async def test_sk24_no_end_is_in_sight_means_431_without_waiting(port: int) -> None:
    answer = await left(port, b"GET /" + b"x" * 20_000)
    assert answer.startswith(b"HTTP/1.1 431") or answer == b"reset"


async def test_sk26_it_runs_without_uvloop_and_httptools(monkeypatch: pytest.MonkeyPatch) -> None:
    assert http_protocol() is GuardedHttpTools
    monkeypatch.setitem(sys.modules, "server.web.httptools", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    options = uvicorn_options()
    assert options["http"] is GuardedH11
    assert options["loop"] == "asyncio"
    async with serving(Peer().app, options) as port:
        client = await Client.open(port)
        await client.close()


async def test_sk25_a_malformed_handshake_raises_nothing(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    good = upgrade()
    for bad in (
        good.replace(b"13", b"12"),
        good.replace(b"Sec-WebSocket-Key", b"X"),
        good.replace(b"/ws/room", b"/ws/\xff\xfe"),
        good.replace(b"GET", b"POST"),
        good.replace(b"jam.v1", b"\xff"),
        good.replace(b"jam.v1", b""),
    ):
        answer = await left(port, bad)
        assert not answer.startswith(b"HTTP/1.1 101"), bad
    assert "Traceback" not in caplog.text
