"""Kills, freezes and bad lines while people draw: nothing acknowledged is lost or done twice."""

import asyncio
import gc
import json
import os
import random
import signal
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve

from bench import reopen
from tests.chaos.history import Broken, History, Witness
from tests.chaos.jam import ENV, Jam
from tests.chaos.proxy import WAYS, proxied
from tests.counts import count
from tests.server.bot import Bot
from tests.server.running import Running

LONG = os.environ.get("JAM_LONG") == "1"
SEEDS = [random.SystemRandom().randrange(10**6) for _ in range(8)] if LONG else [4711]
ROUNDS = 25 if LONG else 5
pytestmark = [pytest.mark.asyncio, pytest.mark.timeout(900 if LONG else 120)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_cha1_kills_freezes_and_bad_lines_lose_nothing(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    print(f"seed {seed}")
    server = Running(tmp_path / "data", ENV).start()
    try:
        async with proxied(server.port, seed) as proxy:
            drawing = Jam(server, "canvas", 8, lambda i: proxy.port if i % 2 else server.port)
            hearts = Jam(server, "prompt", 4, lambda i: proxy.port if i % 2 else server.port)
            async with drawing.going(), hearts.going():
                for turn in range(ROUNDS):
                    await drawing.acks(rng.randint(40, 160))
                    count("faults")
                    if turn == 2 or (turn > 4 and rng.random() < 0.2):
                        server.signal(signal.SIGSTOP)
                        await asyncio.sleep(rng.uniform(1.0, 4.5))  # longer than some wait
                        server.signal(signal.SIGCONT)
                    else:
                        server.kill()
                        server.start()
                await drawing.acks(50)
                await hearts.acks(10)
                proxy.calm = True
            assert set(proxy.seen) <= set(WAYS) and len(proxy.seen) >= 6
        server.stop()
        await drawing.check()
        await hearts.check()
    finally:
        server.stop()
    assert "Traceback" not in "\n".join(server.said), "\n".join(server.said)


async def bad(tmp_path: Path, mistake: str) -> None:
    """A short storm over a server with one mistake in it."""
    server = Running(tmp_path / "data", ENV, ("-m", "tests.chaos.bad", mistake)).start()
    try:
        jam = Jam(server, "canvas", 6, lambda i: server.port)
        async with asyncio.timeout(25), jam.going():
            for _ in range(2):
                await jam.acks(100)
                server.kill()
                server.start()
            await jam.acks(20)
        server.stop()
        await jam.check()
    finally:
        server.stop()


@pytest.mark.parametrize("mistake", ["early", "lost", "twice", "skips"])
async def test_cha2_a_server_with_a_mistake_is_found_out(tmp_path: Path, mistake: str) -> None:
    """Answers before the log, commits that are none, ops done twice, ticks without a change."""
    with pytest.raises((AssertionError, TimeoutError)):
        await bad(tmp_path, mistake)


async def broken(line: ServerConnection) -> None:
    """A server whose second tick changes what nobody has."""
    await line.recv()
    state = {"meet": {}, "room": {"list": []}}
    for frame in (
        {"t": "welcome", "me": {"member": "bo", "role": "member"}, "n": 0, "settled": 0},
        {"t": "snap", "i": 0, "k": 1, "st": state, "pos": "e.1.a"},
        {"t": "tick", "c": [["room/list/0", "a"]], "pos": "e.2.b"},
        {"t": "tick", "c": [["room/list/7", "b"]], "pos": "e.3.c"},
    ):
        await line.send(json.dumps(frame))
    await line.wait_closed()


async def test_cha9_a_frame_that_does_not_fit_is_a_finding(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its task ended with an exception that nobody took: a page of it on the screen, and nothing
    for whoever waited."""
    history = History()
    async with serve(broken, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        bot = Bot(url)
        with pytest.raises(AssertionError, match="does not fit: IndexError"):
            async with bot:
                await bot.until(lambda bot: bot.pos == "e.3.c")
        with pytest.raises(AssertionError, match="does not fit: IndexError"):
            async with Bot(url) as other:  # also where nobody waits for anything
                await asyncio.wait([other._task])
        witness = Witness(history, url, "")
        await witness.__aenter__()
        await asyncio.wait([witness._task])
        await witness.leave()
    with pytest.raises(Broken, match="does not fit: IndexError"):
        history.hold()
    assert bot.pos == "e.2.b"
    del bot, other, witness
    gc.collect()
    assert not caplog.records and not "".join(capsys.readouterr())


async def test_cha8_after_a_kill_every_room_answers_with_all_it_had(tmp_path: Path) -> None:
    """Twenty people in each room; bench/reopen.py measures the same."""
    rooms, ops = (50, 500) if LONG else (12, 60)
    folder = tmp_path / "data"
    count("faults")
    count("ops answered", rooms * ops)
    joins, tops = await asyncio.to_thread(reopen.kill_while_filling, folder, rooms, ops)
    assert len(tops) == rooms
    _, _, found = await reopen.serve(folder, joins)
    assert all(found[room] > top for room, top in tops.items())
