"""What was asked of a log and how it is answered: many answers in one turn of the loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from .base import StorageError
from .rooms import Rooms

_log = logging.getLogger("jam.log")


class Job(NamedTuple):
    """One call, and who is told what it returned or raised; a `plain` one no odd exception."""

    call: Callable[[Rooms], Any]
    done: Callable[[Any], None]
    plain: bool = False


def settle(answers: Iterable[tuple[Callable[[Any], None], Any]]) -> None:
    """Tell everybody, in order. Whoever raises keeps no answer from the others."""
    for done, answer in answers:
        try:
            done(answer)
        except (Exception, asyncio.CancelledError) as error:
            report("an answer was not taken", error)


def resolve(future: asyncio.Future[Any], answer: Any) -> None:
    """The `done` of a caller who waits, unless he has gone."""
    if future.done():
        return
    if isinstance(answer, BaseException):
        future.set_exception(answer)
    else:
        future.set_result(answer)


def stored(error: BaseException) -> StorageError:
    """What a `submit` is told about a failure, whatever it was."""
    if isinstance(error, StorageError):
        return error
    report("an op could not be appended", error)
    return StorageError(type(error).__name__)


async def finish(task: asyncio.Task[Any]) -> None:
    """Cancel it until it has ended: a client of the network that is just being answered may take
    one cancel for its own."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=0.2)


def report(what: str, error: BaseException) -> None:
    """Kind and place, without the message: that may quote what somebody wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = trace.tb_frame.f_globals.get("__name__", "?") if trace else "?"
    line = trace.tb_lineno if trace else 0
    _log.error("%s: %s in %s, line %d", what, type(error).__name__, place, line)
