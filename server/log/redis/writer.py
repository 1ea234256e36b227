"""One writer for all rooms of a server: whatever is asked in one turn of the loop goes to Redis in
one piece, and the answers come in the order of the calls.

Without it every op would wait for a connection and a round trip of its own; with it a server
appends about twice as many (bench/README.md).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from redis.exceptions import (
    BusyLoadingError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)

from server.log.base import StorageError
from server.log.jobs import report, settle

from .scripts import Script

BATCH = 128
"""Calls in one piece: a large one would keep Redis from answering the other servers meanwhile."""
NOT_NOW = (BusyLoadingError, NoScriptError, OutOfMemoryError, ReadOnlyError)
Word = str | bytes | int
_log = logging.getLogger("jam.redis")


class Call(NamedTuple):
    """A script to run, what its answer means, and who is told; `wrong` if it cannot be asked."""

    script: Script
    words: Sequence[Word]
    """How many of the words are keys, the keys, the arguments."""
    read: Callable[[Any], Any]
    done: Callable[[Any], None]
    wrong: StorageError | None = None


class Writer:
    """Runs scripts one after the other. Nothing is asked twice: who gets a StorageError may ask
    again, for every script may run twice."""

    def __init__(self, redis: Any, scripts: dict[str, Script]) -> None:
        self._redis, self._scripts = redis, scripts
        self._calls: deque[Call] = deque()
        self._some = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    def start(self) -> None:
        self._closing = False
        self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        """What was asked before is done first."""
        self._closing = True
        self._some.set()
        if self._task is not None:
            await self._task
            self._task = None

    @property
    def works(self) -> bool:
        """Until the last call is answered."""
        return self._task is not None and not self._task.done()

    def ask(self, call: Call) -> None:
        self._calls.append(call)
        self._some.set()

    async def _run(self) -> None:
        while self._calls or not self._closing:
            if not self._calls:
                self._some.clear()
                await self._some.wait()
                continue
            batch = [self._calls.popleft() for _ in range(min(len(self._calls), BATCH))]
            answers = await self._batch(batch)
            settle(zip([call.done for call in batch], answers, strict=True))

    async def _batch(self, batch: list[Call]) -> list[Any]:
        """One answer a call: what it meant, or a StorageError."""
        good = [call for call in batch if call.wrong is None]
        try:
            raw = await self._sent(good)
            lost = [call for call, answer in zip(good, raw, strict=True) if _unknown(answer)]
            if lost:
                await self.teach()
                again = iter(await self._sent(lost))
                raw = [next(again) if _unknown(answer) else answer for answer in raw]
        except (RedisError, OSError, TimeoutError, RuntimeError) as error:
            raw = [error] * len(good)
        except Exception as error:  # whatever it is, whoever waits is told
            report("the store was not asked", error)
            raw = [error] * len(good)
        found = iter(raw)
        return [call.wrong or _meant(call, next(found)) for call in batch]

    async def _sent(self, calls: list[Call]) -> list[Any]:
        if not calls:
            return []
        pipe = self._redis.pipeline(transaction=False)
        for call in calls:
            pipe.execute_command("EVALSHA", call.script.sha, *call.words)
        answers: list[Any] = await pipe.execute(raise_on_error=False)
        return answers

    async def teach(self) -> None:
        """Redis learns all scripts: at the start, and after it came back without them."""
        pipe = self._redis.pipeline(transaction=False)
        for script in self._scripts.values():
            pipe.script_load(script.text)
        await pipe.execute()


def _unknown(answer: Any) -> bool:
    return isinstance(answer, NoScriptError)


def _meant(call: Call, answer: Any) -> Any:
    if isinstance(answer, BaseException):
        if isinstance(answer, ResponseError) and not isinstance(answer, NOT_NOW):
            _log.error("Redis refused the script %s", call.script.name)
        return StorageError(type(answer).__name__)  # its text may quote what was sent
    try:
        return call.read(answer)
    except Exception as error:
        report(f"an answer of {call.script.name} was not understood", error)
        return StorageError("answer")
