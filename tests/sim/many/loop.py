"""An event loop of one simulated server: it turns when it is told to, by a clock that is moved.

The server's own asyncio code runs on it as it is. A server that is killed is never turned again;
one that is paused is not turned for a while.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from ..promise import Broken

TURNS = 60


class Loop(asyncio.BaseEventLoop):
    """No I/O and no time of its own."""

    def __init__(self, clock: Callable[[], int]) -> None:
        super().__init__()
        self._clock = clock
        self._selector = self
        self.wrong: list[BaseException] = []
        self.set_exception_handler(self._heard)
        self.set_task_factory(_quiet)

    def __del__(self) -> None:
        """A storm that broke leaves its servers' loops as they stood."""
        self.close()

    def _heard(self, _loop: Any, context: dict[str, Any]) -> None:
        wrong = context.get("exception")
        if wrong is not None:
            self.wrong.append(wrong)

    def time(self) -> float:
        return self._clock() / 1000

    def select(self, _timeout: float | None) -> list[Any]:
        return []

    def _process_events(self, _events: list[Any]) -> None: ...

    def _write_to_self(self) -> None: ...

    def run_in_executor(self, _pool: Any, call: Any, *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        done = self.create_future()
        done.set_result(call(*args))
        return done

    def turn(self, most: int = TURNS) -> None:
        """Run what is ready, and what that makes ready, but not for ever."""
        asyncio._set_running_loop(self)
        try:
            for _ in range(most):
                self._run_once()  # type: ignore[attr-defined]
                if not self._ready:  # type: ignore[attr-defined]
                    break
        finally:
            asyncio._set_running_loop(None)
        for wrong in self.wrong:
            if isinstance(wrong, Broken):
                raise wrong

    def end(self) -> None:
        """Whatever is under way here goes no further, and says nothing of it."""
        tasks = asyncio.all_tasks(self)
        for task in tasks:
            task.cancel()
        while any(not task.done() for task in tasks):
            self.turn()
        self.close()

    def inside(self, call: Callable[..., Any], *args: Any) -> Any:
        """A call from outside, as a callback of the loop would make it."""
        asyncio._set_running_loop(self)
        try:
            return call(*args)
        finally:
            asyncio._set_running_loop(None)


def _quiet(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **more: Any) -> Any:
    task = asyncio.Task(work, loop=loop, **more)
    task._log_destroy_pending = False  # type: ignore[attr-defined]  # its server was killed
    return task
