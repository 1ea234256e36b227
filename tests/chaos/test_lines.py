"""Readers that stop, floods, a herd and a full disk: nobody else notices, nothing is lost."""

import asyncio
import contextlib
import json
import resource
import signal
import socket
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import WebSocketException

from tests.chaos.jam import ENV, Jam
from tests.server.bot import Bot
from tests.server.lines import dial
from tests.server.running import Made, Running

pytestmark = pytest.mark.asyncio
STROKE = "A" + "AA" * 1650
QUARTER = 256 * 1024


class Stuck:
    """A line that is greeted and then reads nothing, as a phone in a pocket may."""

    def __init__(self, server: Running, made: Made) -> None:
        self.line = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        head = (
            f"GET /ws/{made.room} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: jam.v1\r\n\r\n"
        )
        self.line.sendall(head.encode())
        while b"\r\n\r\n" not in self.line.recv(4096):
            pass
        hello = {"t": "hello", "v": 1, "cid": "d" * 32, "cap": made.join, "name": "Stuck"}
        data = json.dumps(hello).encode()
        self.line.sendall(
            b"\x81" + bytes([0x80 | 126]) + len(data).to_bytes(2, "big") + bytes(4) + data
        )

    def waiting(self) -> int:
        """All bytes that were written to it, with the writer stopped so that none are added."""
        self.line.settimeout(0.5)
        count = 0
        try:
            while data := self.line.recv(65536):
                count += len(data)
        except TimeoutError:
            pass
        return count


async def draw(bots: list[Bot], each: int) -> None:
    """Everybody draws long strokes, a few at a time; returns when all of them are answered."""

    async def one(bot: Bot) -> None:
        for start in range(0, each, 6):
            answers = [
                bot.act("canvas.mark", {"group": n, "ink": 1, "width": 1, "points": STROKE})
                for n in range(start, start + 6)
            ]
            for answer in answers:
                assert (await answer)[1:2] == ["ok"], bot.closes

    await asyncio.gather(*map(one, bots))


async def test_cha3_a_reader_that_stops_is_noticed_within_a_quarter_of_a_megabyte(
    tmp_path: Path,
) -> None:
    server = Running(tmp_path / "data", ENV).start()
    made = server.make()
    bots = [Bot(server.ws(made.room), made.host if i == 0 else made.join) for i in range(5)]
    ends = contextlib.ExitStack()
    try:
        for bot in bots:
            await bot.__aenter__()
            await bot.until(lambda bot: bot.tree)
        await bots[0].act("room.open", {"kind": "canvas"})
        stuck = Stuck(server, made)
        ends.callback(stuck.line.close)
        await bots[0].until(lambda bot: len(bot.tree["meet"]["people"]) == 6)
        await draw(bots, 60)
        for bot in bots:  # a megabyte went to each of the others, in order and without a loss
            await bot.until(lambda bot: len(bot.tree["room"]["marks"]) == 300)
            assert bot.read > 1_000_000 and not bot.closes
        server.signal(signal.SIGSTOP)
        try:
            written = await asyncio.to_thread(stuck.waiting)
        finally:
            server.signal(signal.SIGCONT)
        print(f"{written} bytes were written to who does not read")
        assert written <= QUARTER
    finally:
        ends.close()
        for bot in bots:
            await bot.leave()
        server.stop()


async def test_cha4_who_reads_again_is_brought_up_to_date(tmp_path: Path) -> None:
    server = Running(tmp_path / "data", ENV).start()
    made = server.make()
    bots = [Bot(server.ws(made.room), made.host if i == 0 else made.join) for i in range(5)]
    try:
        for bot in bots:
            await bot.__aenter__()
            await bot.until(lambda bot: bot.tree)
        await bots[0].act("room.open", {"kind": "canvas"})
        late = bots.pop()
        late.reading.clear()
        before = late.read
        await draw(bots, 60)
        late.reading.set()
        await late.until(lambda bot: len(bot.tree["room"].get("marks", [])) == 240)
        assert late.tree["room"] == bots[0].tree["room"]
        assert late.read - before < 3 * 240 * len(STROKE)  # no endless queue was kept for it
        bots.append(late)
    finally:
        for bot in bots:
            await bot.leave()
        server.stop()


async def attack(server: Running, made: Made, frame: Any, cuts: list[int]) -> None:
    """One person who floods, is cut, and comes back at once."""
    token = ""
    gen = 0
    while True:
        gen += 1
        hello = {"t": "hello", "v": 1, "cid": "e" * 32, "gen": gen, "cap": made.join}
        try:
            async with dial(server, made.room, close_timeout=0.2, ping_interval=None) as line:
                await line.send(json.dumps({**hello, **({"token": token} if token else {})}))
                token = json.loads(await line.recv()).get("token", token)
                while True:
                    await (line.ping() if frame is None else line.send(frame))
        except (WebSocketException, OSError) as end:
            code = getattr(getattr(end, "rcvd", None), "code", 0)
            cuts.append(code or 1006)


async def test_cha5_floods_end_their_own_lines_and_no_other(tmp_path: Path) -> None:
    server = Running(tmp_path / "data", ENV).start()
    try:
        jam = Jam(server, "canvas", 5, lambda i: server.port)
        cuts: list[int] = []
        async with jam.going():
            await jam.acks(10)
            floods = [
                asyncio.create_task(attack(server, jam.made, frame, cuts))
                for frame in (None, '{"t":"op","n":1,"do":"room.hand","d":{"up":true}}')
            ]
            try:
                while len(cuts) < 6:
                    await jam.acks(100)
            finally:
                for flood in floods:
                    flood.cancel()
                await asyncio.gather(*floods, return_exceptions=True)
        assert not [code for bot in (jam.host, *jam.bots) for code in bot.closes]
        assert set(cuts) <= {4029, 1006}
        server.stop()
        await jam.check()
    finally:
        server.stop()


async def test_cha6_a_herd_of_a_hundred_comes_back_after_a_kill(tmp_path: Path) -> None:
    server = Running(tmp_path / "data", {**ENV, "JAM_LIMIT_MEMBERS": "120"}).start()
    try:
        jam = Jam(server, "canvas", 100, lambda i: server.port)
        async with jam.going():
            await jam.acks(100)
            server.kill()
            server.start()
            for bot in jam.bots:
                await bot.until(lambda bot: bot.online and bot.gen > 1)
            await jam.acks(100)
        server.stop()
        await jam.check()
    finally:
        server.stop()


def space(server: Running, size: int) -> None:
    """No file of the server may grow beyond this: a disk that is full, without being root."""
    _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, most))


async def still(jam: Jam) -> None:
    """No answer is on its way any more: those of ops that still fitted come behind the refusal of
    others."""
    before = -1
    while before != jam.answered:
        before = jam.answered
        await asyncio.sleep(0.5)


async def test_cha7_on_a_full_disk_ops_wait_and_then_go_through(tmp_path: Path) -> None:
    server = Running(tmp_path / "data", ENV).start()
    try:
        jam = Jam(server, "canvas", 4, lambda i: server.port)
        async with jam.going():
            await jam.acks(40)
            space(server, 4096)
            for bot in jam.bots:
                await bot.until(
                    lambda bot: any(frame.get("code") == "stalled" for frame in bot.frames)
                )
            said = next(f for f in jam.bots[0].frames if f.get("code") == "stalled")
            assert said["say"] and said["retry_ms"] >= 0
            await still(jam)
            before = jam.history.acked
            cursor = {"t": "eph", "key": "cursor", "d": {"x": 7, "y": 7}}
            await jam.bots[0].say(cursor)  # what is not kept still goes to everybody
            me = jam.bots[0].me["member"]
            await jam.host.until(lambda bot: bot.tree["live"].get(me, {}).get("cursor"))
            assert jam.history.acked == before
            assert server.ask("GET", f"/api/rooms/{jam.made.room}").status == 200
            assert server.ask("POST", "/api/rooms", {}).json["code"] == "stalled"
            space(server, resource.RLIM_INFINITY)
            await jam.acks(80)
            for bot in jam.bots:
                assert not bot.closes
        server.stop()
        await jam.check()
    finally:
        server.stop()
