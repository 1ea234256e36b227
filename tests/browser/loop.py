"""An event loop in a thread of its own, beside Playwright's."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class Loop:
    """Runs coroutines for a test that is none itself."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, job: Coroutine[Any, Any, T], patience: float = 25) -> T:
        """Run it to its end and hand over what it brings."""
        return asyncio.run_coroutine_threadsafe(job, self._loop).result(patience)

    def begin(self, job: Coroutine[Any, Any, T]) -> "Future[T]":
        """Let it run beside the test."""
        return asyncio.run_coroutine_threadsafe(job, self._loop)

    def close(self) -> None:
        """End what still runs, and the loop."""
        self.run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await asyncio.sleep(0)
