"""Work that nobody awaits. It is held until it ends; what fails is said in this one place, by kind
and line and without its message, which may quote what somebody wrote."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from server.log import StorageError
from server.web.line import describe

_log = logging.getLogger("jam.work")


def failed(what: str, wrong: BaseException) -> None:
    """Say that a piece of work has failed."""
    _log.error("%s failed: %s", what, describe(wrong))


def unheard(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For a loop: what would otherwise be printed with all that it holds, or not at all."""
    wrong = context.get("exception")
    if isinstance(wrong, BaseException):
        failed("something in the background", wrong)
    else:
        _log.error("something in the background failed")


def wordless(record: logging.LogRecord) -> bool:
    """For a logger of somebody else's: an exception is named by kind and line, not printed."""
    wrong = record.exc_info[1] if record.exc_info else None
    if wrong is not None:
        record.msg, record.args = "%s: %s", (str(record.msg).strip(), describe(wrong))
        record.exc_info = record.exc_text = None
    return True


class Errands:
    """Tasks under way. `ended` hears when one has come to its end, and `broken` when it has failed:
    that a store was away is no fault."""

    def __init__(
        self,
        what: str,
        ended: Callable[[], None] = lambda: None,
        broken: Callable[[], None] = lambda: None,
    ) -> None:
        self._what, self._ended, self._broken = what, ended, broken
        self.tasks: set[asyncio.Task[Any]] = set()

    def keep(self, work: Coroutine[Any, Any, object]) -> None:
        """Do it, and hold on to it until it is done."""
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self._done)

    def cancel(self) -> None:
        """Wait no longer."""
        for task in list(self.tasks):
            task.cancel()

    async def over(self) -> None:
        """Until all of it has ended, however it does."""
        while self.tasks:
            await asyncio.wait(self.tasks)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self.tasks.discard(task)
        wrong = None if task.cancelled() else task.exception()
        if wrong is not None and not isinstance(wrong, StorageError):
            failed(self._what, wrong)
            self._broken()
        self._ended()
