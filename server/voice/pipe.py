"""The worker's end of a pipe to the server that started it: standard input and output.

Threads read and write, for not every system lets a loop that watches sockets watch pipes; and a
server that reads nothing for a moment must not hold up the sound.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Full, Queue
from typing import Final

from . import line
from .line import Bye, Lines, Up, Word

AT_ONCE: Final = 1 << 16
BEHIND: Final = 1_000
"""Words that wait for a server that does not read; what comes then is lost."""
FLUSH_S: Final = 1.0
"""The last words have so long to get out."""


class Pipe:
    """`Way` to one server."""

    def __init__(self, source: int = 0, target: int = 1) -> None:
        """Numbers of open files. What others print goes to the error output from here on."""
        self._source, self._target = source, os.dup(target)
        with suppress(OSError):
            os.dup2(2, target)
        self._words: Queue[bytes] = Queue(BEHIND)
        self._writer = threading.Thread(target=self._write, daemon=True)

    async def open(self, take: Callable[[bytes], None], ended: Callable[[], None]) -> None:
        """From now on messages come; `ended` hears that none will any more."""
        loop = asyncio.get_running_loop()
        reader = threading.Thread(target=self._read, args=(loop, take, ended), daemon=True)
        reader.start()
        self._writer.start()

    def say(self, server: str, word: Word) -> None:
        """All words are for the one server."""
        with suppress(Full):
            self._words.put_nowait(line.write(word) + b"\n")

    async def beat(self, up: Up) -> None:
        """A sign of life."""
        self.say("", up)

    async def close(self, bye: Bye) -> None:
        """The last word."""
        self.say("", bye)
        with suppress(Full):
            self._words.put_nowait(b"")
        await asyncio.to_thread(self._writer.join, FLUSH_S)

    def _read(
        self,
        loop: asyncio.AbstractEventLoop,
        take: Callable[[bytes], None],
        ended: Callable[[], None],
    ) -> None:
        lines = Lines()

        def feed(data: bytes) -> None:
            for one in lines.feed(data):
                take(one)

        with suppress(RuntimeError):  # the loop is closed already
            with suppress(OSError):
                while data := os.read(self._source, AT_ONCE):
                    loop.call_soon_threadsafe(feed, data)
            loop.call_soon_threadsafe(ended)

    def _write(self) -> None:
        with suppress(OSError):  # nobody reads; that they are gone is heard at the other end
            while data := self._words.get():
                while not self._words.empty() and len(data) < AT_ONCE:
                    with suppress(Empty):
                        more = self._words.get_nowait()
                        if not more:
                            self._words.put(more)
                            break
                        data += more
                while data:
                    data = data[os.write(self._target, data) :]
