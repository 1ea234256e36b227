"""Kills, freezes and bad lines while people draw: nothing acknowledged is lost or done twice."""

import asyncio
import os
import random
import signal
from pathlib import Path

import pytest

from bench.reopen import kill_while_filling, serve
from tests.chaos.jam import ENV, Jam
from tests.chaos.proxy import WAYS, proxied
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


async def test_cha8_after_a_kill_every_room_answers_with_all_it_had(tmp_path: Path) -> None:
    """Twenty people in each room; bench/reopen.py measures the same."""
    rooms, ops = (50, 500) if LONG else (12, 60)
    folder = tmp_path / "data"
    joins, tops = await asyncio.to_thread(kill_while_filling, folder, rooms, ops)
    assert len(tops) == rooms
    _, _, found = await serve(folder, joins)
    assert all(found[room] > top for room, top in tops.items())
