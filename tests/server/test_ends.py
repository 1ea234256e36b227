"""Starts and stops of a server, and the same jam under other servers."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.server.bot import Bot
from tests.server.lines import dial, hello
from tests.server.running import JAM, ROOT, Running

pytestmark = pytest.mark.asyncio
DOT = "AAA"


async def session(server: Running) -> None:
    """One whole jam: three kinds, a lost line, a late guest, an end with a keepsake."""
    made = server.make(title="Whole", plan=["weather", "street", "song-play"])
    async with (
        Bot(server.ws(made.room), made.host, name="Ada", z=True) as host,
        Bot(server.ws(made.room), made.join, name="Bo") as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        assert (await host.act("room.next"))[1] == "ok"
        assert (await guest.act("checkin.choose", {"icon": "sun", "word": "hi"}))[1] == "ok"
        await host.until(lambda bot: bot.tree["room"].get("count") == 1)
        assert "pick" not in json.dumps(host.tree)  # held until it is shown
        await host.act("checkin.show")
        await guest.until(lambda bot: bot.tree["room"].get("answers"))
        assert guest.tree["room"]["answers"] == [{"icon": "sun", "word": "hi"}]
        await host.act("room.next")
        await guest.until(lambda bot: bot.tree["meet"]["now"]["kind"] == "canvas")
        marks = [
            guest.act(
                "canvas.mark", {"group": n, "ink": 1, "width": 1, "shape": "sun", "points": DOT}
            )
            for n in range(40)
        ]
        await guest.drop()
        assert {(await mark)[1] for mark in marks} <= {"ok", "settled"}
        await guest.say({"t": "eph", "key": "cursor", "d": {"x": 5, "y": 6}})
        await host.until(lambda bot: bot.tree["live"].get(guest.me["member"], {}).get("cursor"))
        await host.say({"t": "eph", "key": "react", "d": {"r": 2}})
        await host.until(lambda bot: len(bot.tree["room"]["marks"]) == 40)
        async with Bot(server.ws(made.room), made.join, name="Cy", z=True, lang="ar") as late:
            await late.until(lambda bot: bot.tree)
            assert late.tree["room"] == host.tree["room"]
            await host.act("room.next")
            await late.until(lambda bot: bot.tree["meet"]["now"]["kind"] == "prompt")
            assert (await late.act("prompt.add", {"title": "A song", "who": ""}))[1] == "ok"
        assert (await host.act("room.end"))[1] == "ok"
        await guest.until(lambda bot: bot.tree["meet"]["ended"])
    token = {"Authorization": f"Bearer {guest.token}"}
    page = server.ask("GET", f"/api/rooms/{made.room}/harvest.md", headers=token).body.decode()
    assert "A song" in page and "Whole" in page


async def large(server: Running) -> None:
    """A state of many parts arrives whole, zipped or not."""
    made = server.make()
    async with Bot(server.ws(made.room), made.host) as host:
        await host.act("room.open", {"kind": "canvas"})
        points = "A" + "AA" * 1700
        for n in range(50):
            mark = {"group": n, "ink": 1, "width": 1, "shape": "free", "points": points}
            assert (await host.act("canvas.mark", mark))[1] == "ok"
        for zipped in (False, True):
            async with Bot(server.ws(made.room), made.join, z=zipped) as late:
                await late.until(lambda bot: bot.tree)
                assert late.tree["room"] == host.tree["room"]


async def test_srv31_a_whole_jam(data: Path) -> None:
    server = Running(data).start()
    try:
        await session(server)
        await large(server)
    finally:
        assert server.stop() == 0
    assert "Traceback" not in "\n".join(server.said)


@pytest.mark.parametrize("module", ["tests.server.plain", "tests.server.bare"])
async def test_srv31_a_whole_jam_elsewhere(data: Path, module: str) -> None:
    """Under plain uvicorn without our protocol, and without uvloop and httptools."""
    server = Running(data, args=("-m", module)).start()
    try:
        await session(server)
        await large(server)
    finally:
        code = server.stop()
    assert code in (0, -15)  # uvicorn by itself dies of the signal it was sent
    assert "Traceback" not in "\n".join(server.said), "\n".join(server.said)


async def test_srv32_a_stop_tells_everybody_and_loses_nothing(data: Path) -> None:
    server = Running(data).start()
    made = server.make()
    room = server.ws(made.room)
    try:
        async with Bot(room, made.host) as host, dial(server, made.room) as quiet:
            await host.act("room.open", {"kind": "canvas"})
            bots = [Bot(room, made.join) for _ in range(6)]
            for bot in bots:
                await bot.__aenter__()
            for bot in bots:
                await bot.until(lambda bot: bot.tree)
            answers = {
                (bot.me["member"], n): bot.act(
                    "canvas.mark", {"group": n, "ink": 1, "width": 1, "points": DOT}
                )
                for n in range(30)
                for bot in bots
            }
            await next(iter(answers.values()))
            server.signal(15)
            for bot in (host, *bots):
                await bot.until(lambda bot: bot.closes)
                assert bot.closes[0] == 4000
                said = [frame for frame in bot.frames if frame["t"] == "bye"]
                assert len(said) == 1 and said[0]["code"] == "flush" and said[0]["say"]
                assert 0 <= said[0]["after_ms"] <= 3000
            assert await asyncio.to_thread(server.wait) == 0
            assert (await anyhow(quiet)) in (1012, 4000, 4500)
            before = {key for key, answer in answers.items() if answer.done()}
            assert before
            server.start()
            for (member, n), answer in answers.items():
                assert (await answer)[0] in (n + 1, "settled"), (member, n)
            await host.until(lambda bot: len(bot.tree["room"]["marks"]) == len(answers))
            marks = [(mark[0], mark[1]) for mark in host.tree["room"]["marks"]]
            assert sorted(marks) == sorted(answers)
            for bot in bots:
                await bot.__aexit__()
    finally:
        server.stop()


async def anyhow(line: Any) -> int:
    """The code with which a socket that never said hello was ended."""
    await line.wait_closed()
    return int(line.close_code or 0)


async def test_srv32_while_it_stops_nobody_is_let_in(data: Path) -> None:
    """A greeting that comes too late is told to come back, never that the link is wrong."""
    server = Running(data).start()
    made = server.make()
    async with dial(server, made.room) as line:
        server.signal(15)
        try:
            await line.send(hello(made.join))
        finally:
            await line.wait_closed()
            assert line.close_code in (1006, 1012, 4000, None) or line.close_code < 4500
    assert await asyncio.to_thread(server.wait) == 0


async def test_srv33_one_server_has_a_folder(data: Path) -> None:
    server = Running(data).start()
    try:
        for _ in range(2):
            command = [sys.executable, *JAM, "--port", "0", "--data", str(data)]
            done = await asyncio.to_thread(
                subprocess.run, command, cwd=ROOT, env=server.env, capture_output=True, text=True
            )
            assert done.returncode == 2 and not done.stdout
            lines = done.stderr.strip().split("\n")
            assert len(lines) == 1 and lines[0].startswith("jam: Another jam is running on ")
        server.make()  # the first one is none the worse
        server.kill()
        server.start()  # and a dead one holds nothing
    finally:
        server.stop()
