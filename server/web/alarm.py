"""A timer of the event loop that only ever moves nearer."""

import asyncio
from collections.abc import Callable

NEVER = 2**62


class Alarm:
    """Calls back at the earliest of the times it was set to since it last rang."""

    __slots__ = ("_call", "_handle", "_loop", "due")

    def __init__(self, loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
        self._loop, self._call = loop, call
        self._handle: asyncio.TimerHandle | None = None
        self.due = NEVER

    def set(self, due: int, now: int) -> None:
        """Ring at `due` (ms), unless it rings before that anyway."""
        if due < self.due:
            self.stop()
            self.due = due
            self._handle = self._loop.call_later(max(0, due - now) / 1000, self._ring)

    def stop(self) -> None:
        """Do not ring."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        self.due = NEVER

    def _ring(self) -> None:
        self._handle, self.due = None, NEVER
        self._call()
