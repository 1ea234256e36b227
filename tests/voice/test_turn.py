"""V-TURN: a line that lets no UDP through goes by a TURN server of ours, a real one."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aioice.stun import TransactionFailed
from aioice.turn import TurnTransport, create_turn_endpoint
from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection

from server.room.voices import Seat
from server.voice.port import Port
from server.voice.worker import Worker
from server.web.turn import Turn
from tests.server.running import free_port
from tests.voice.calls import Caller, addresses, until
from tests.voice.sounds import strength

ROOT = Path(__file__).resolve().parents[2]
SECRET = "0123456789abcdef"
pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def turnserver(port: int) -> AsyncIterator[None]:
    """The one of the compose file, on loopback."""
    env = {"PATH": os.environ["PATH"], "JAM_PUBLIC_IP": "127.0.0.1", "JAM_TURN_SECRET": SECRET}
    args = (f"--listening-port={port}", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1")
    process = await asyncio.create_subprocess_exec(
        "sh", str(ROOT / "deploy" / "turnserver.sh"), *args,
        env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(30):
            while True:
                with suppress(OSError):
                    (await asyncio.open_connection("127.0.0.1", port))[1].close()
                    break
                await asyncio.sleep(0.05)
        yield
    finally:
        process.kill()
        said = (await process.communicate())[0]
        assert b"127.0.0.1" not in said, "it is not to say who came"


async def test_vturn1_a_call_by_tcp_alone_has_sound_and_no_other_way_is_open(
    aloud: Callable[[str], None],
) -> None:
    """VTURN1: with a name for an hour from us; without one, or to elsewhere, nothing is relayed."""
    if shutil.which("turnserver") is None:
        aloud("turnserver is not here: no call was made through it")
        return
    number = free_port()
    (ice,) = Turn((f"turn:127.0.0.1:{number}?transport=tcp",), SECRET).ice()
    port = Port("127.0.0.1")
    told: list[Any] = []
    worker = Worker(port, [port.address], lambda *what: told.append(what))
    worker.arrange("r", 0, {"ana": Seat(), "bo": Seat()})
    ana, bo = Caller(440), Caller()
    await bo.connection.close()
    servers = RTCConfiguration(iceServers=[RTCIceServer(**ice)])
    bo.connection = RTCPeerConnection(servers)
    bo.line = bo.connection.addTransceiver("audio", direction="recvonly")
    try:
        async with turnserver(number):
            with addresses("127.0.0.1"):
                await ana.accept(worker.offer("r", "ana", await ana.offer()))
            with addresses():
                offer = await bo.offer()
                assert " typ relay " in offer and " typ host " not in offer
                await bo.accept(worker.offer("r", "bo", offer))
            await until(lambda: len([what for what in told if "state" in what[2]]) == 2)
            assert strength(await bo.hear(20), 440) > 300
            name, word = ice["username"], ice["credential"]
            (over,) = Turn(("turn:x",), SECRET, wall=lambda: 0.0).ice()
            for who, key in ((name, "wrong"), (over["username"], over["credential"])):
                with pytest.raises(TransactionFailed, match="401"):
                    await relay(number, who, key)
            way = await relay(number, name, word)
            inner: Any = way._TurnTransport__inner_protocol  # type: ignore[attr-defined]
            for elsewhere in ("127.0.0.2", "10.0.0.1", "192.0.2.1"):
                with pytest.raises(TransactionFailed, match="403"):
                    await inner.send_data(b"hello", (elsewhere, 80))
            way.close()
    finally:
        await ana.close()
        await bo.close()
        await worker.close()


async def relay(number: int, name: str, word: str) -> TurnTransport:
    way, _ = await create_turn_endpoint(
        asyncio.DatagramProtocol,
        ("127.0.0.1", number),
        username=name,
        password=word,
        transport="tcp",
    )
    return way
