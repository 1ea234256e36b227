"""A store on Redis whose line is cut, or which is closed while it is being answered."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from server.log import StorageError
from server.log.jobs import finish
from server.log.redis import RedisLog
from tests import redis_server

pytestmark = pytest.mark.asyncio


async def test_log_48_what_is_closed_at_once_is_closed() -> None:
    """LOG-48: the beat had just been answered, took the cancel for its own, and went on for ever:
    a server that was asked to stop did not."""
    url = redis_server.shared().url
    for turn in range(40):
        log = RedisLog(url)
        await log.open()
        for _ in range(turn):
            await asyncio.sleep(0)
        await log.close()


async def test_log_48_one_cancel_may_be_taken_for_something_else() -> None:
    """LOG-48: whoever waits for a task asks until it has ended."""
    taken = 0

    async def deaf() -> None:
        nonlocal taken
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                taken += 1
                if taken == 2:
                    raise

    task = asyncio.ensure_future(deaf())
    await asyncio.sleep(0)
    await finish(task)
    assert task.cancelled() and taken == 2


async def test_log_49_a_line_that_was_closed_a_moment_ago_is_a_store_that_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """LOG-49: uvloop says so with a RuntimeError; it is no fault of the room that asked."""
    log = RedisLog(redis_server.shared().url)
    await log.open()

    async def closed(*_: Any, **__: Any) -> None:
        raise RuntimeError("the handler is closed")

    monkeypatch.setattr(log.redis, "execute_command", closed)
    for asked in (log.meta("room"), log.read("room", 0, None, 1), log.load_snapshot("room")):
        with pytest.raises(StorageError):
            await asked
    monkeypatch.undo()
    await log.close()


class Quiet:
    """A room that hears of nothing."""

    def __init__(self) -> None:
        self.doubts = 0

    def doubt(self) -> None:
        self.doubts += 1

    def present(self) -> list[str]:
        return []

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


async def test_log_51_a_room_is_followed_although_the_line_goes_down_at_that_moment() -> None:
    """LOG-51: redis-py had taken its writer away, and `subscribe` raised AttributeError: who came
    just then was told of a fault, and the server's log, too. The next line takes all rooms."""
    log = RedisLog(redis_server.shared().url)
    await log.open()
    try:
        feed = log.shared.feed
        while not feed.hears:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.01)
        connection = feed._line.connection
        connection._writer, writer = None, connection._writer
        room = Quiet()
        following = asyncio.ensure_future(feed.follow("room51", room))
        await asyncio.sleep(0)
        writer.close()
        await following
        assert room.doubts == 1 and feed.rebuilt == 1
    finally:
        await log.close()
