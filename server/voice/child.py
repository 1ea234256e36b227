"""A voice worker as a child of this server: started with it, renewed when it dies, ended with it.

They speak over its standard input and output. It knows that the server is gone when its input ends;
the server knows that it is gone when its output does, or when it says nothing for too long.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast

import server
from server.log.jobs import finish, report
from server.settings import PREFIX, Settings

from . import line
from .line import Bye, Lines, Moved, Told, Up

FIRST_S: Final = 0.2
"""The server itself goes before: on one core, loading a worker takes a second from it."""
PAUSES_S: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Before it is started anew; from the first again once it has lived for WELL_S."""
WELL_S: Final = 20.0
LOOK_S: Final = 2.0
SILENT: Final = 6
"""Looks without a sign of life, which it gives as often, and then it is ended."""
BEGIN: Final = 30
"""The same, while it has not said anything yet: it loads much."""
LEAVE_S: Final = 3.0
"""It has so long to hang up, once its input has ended."""
BEHIND: Final = 1 << 20
"""Bytes that may wait for it."""
PLACE: Final = Path(server.__file__).resolve().parents[1]

_log = logging.getLogger("jam.voice")


class Child:
    """`Line` to a process of our own."""

    def __init__(self, settings: Settings) -> None:
        self.name = secrets.token_hex(6)
        self.command = [sys.executable, "-P", "-m", "server.cli", "voice", "--pipe"]
        self.pid: int | None = None
        """Of the process, while there is one."""
        self._env = environment(settings)
        self._boot = ""
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._silent = 0
        self._closing = False
        self._told: Told = lambda told: None
        self._moved: Moved = lambda: None

    def place(self, room: str) -> str:
        return self._boot

    def say(self, room: str, message: Mapping[str, Any]) -> bool:
        pipe = self._process.stdin if self._process is not None else None
        if not self._boot or pipe is None or pipe.transport.get_write_buffer_size() > BEHIND:
            return False
        pipe.write(line.write(message) + b"\n")
        return True

    async def open(self, on_told: Told, on_moved: Moved) -> None:
        self._told, self._moved = on_told, on_moved
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        task, self._task, self._closing = self._task, None, True
        if task is None:
            return
        if self._process is not None:
            _leave(self._process)
            await asyncio.wait([task], timeout=LEAVE_S)
        await finish(task)

    # -- its life

    async def _keep(self) -> None:
        tries = 0
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(FIRST_S)
        while True:
            begun = clock()
            try:
                await self._live()
            except Exception as error:  # no process, no memory, no rights: tried anew like the rest
                report("a voice worker was not started", error)
            if self._closing:
                return
            tries = 0 if clock() - begun > WELL_S else tries
            _log.warning("the voice worker has ended; it is started anew")
            await asyncio.sleep(PAUSES_S[min(tries, len(PAUSES_S) - 1)])
            tries += 1

    async def _live(self) -> None:
        """One process, from its start to its end."""
        process = await asyncio.create_subprocess_exec(
            *self.command, stdin=PIPE, stdout=PIPE, env=self._env
        )
        self._process, self.pid, self._silent = process, process.pid, SILENT - BEGIN
        watch = asyncio.create_task(self._watch(process))
        try:
            await self._listen(process)
        finally:
            watch.cancel()
            self._process = self.pid = None
            self._settle("")
            await _end(process)

    async def _watch(self, process: Process) -> None:
        """Turns of our own are counted, not time: where all stood still, nobody was silent."""
        while self._silent < SILENT:
            await asyncio.sleep(LOOK_S)
            self._silent += 1
        _log.warning("the voice worker says nothing any more; it is ended")
        with suppress(ProcessLookupError):
            process.kill()

    async def _listen(self, process: Process) -> None:
        lines = Lines()
        output = cast(asyncio.StreamReader, process.stdout)
        while data := await output.read(1 << 16):
            for one in lines.feed(data):
                self._take(one)

    def _take(self, data: bytes) -> None:
        told = line.word(data)
        if told is None:
            return
        if isinstance(told, Up):
            self._silent = 0
            self._settle(told.boot)
            return
        if isinstance(told, Bye):
            self._settle("")
            return
        try:
            self._told(line.plain(told))
        except Exception as error:
            report("what a voice worker said was not taken", error)

    def _settle(self, boot: str) -> None:
        if boot == self._boot:
            return
        self._boot = boot
        try:
            self._moved()
        except Exception as error:
            report("that a voice worker came or went was not taken", error)


def _leave(process: Process) -> None:
    """Its input ends, which it takes for a goodbye."""
    if process.stdin is not None:
        process.stdin.close()


async def _end(process: Process) -> None:
    """Kindly; then not. Nobody is left behind, even if this is called off."""
    _leave(process)
    try:
        async with asyncio.timeout(LEAVE_S):
            await process.wait()
    except TimeoutError:
        pass
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
    await process.wait()


def environment(settings: Settings) -> dict[str, str]:
    """What the child has to know of the settings, and nothing that it need not: no secret."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    path = os.pathsep.join(filter(None, [str(PLACE), ours.get("PYTHONPATH", "")]))
    given = {
        "HOST": settings.host,
        "BASE_URL": settings.base_url,
        "VOICE_PORT": str(settings.voice_port),
        "PUBLIC_IP": ",".join(settings.public_ip),
        "LOG_LEVEL": settings.log_level,
    }
    return {**ours, "PYTHONPATH": path, **{PREFIX + name: given[name] for name in given}}
