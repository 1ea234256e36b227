"""Reads the log of a hosted room again where something of it is missing here, or in doubt."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from server.log import Gone, StorageError
from server.room.beyond import Beyond
from server.room.tail import Tail

if TYPE_CHECKING:
    from server.web.hosting import Hosted

PAGE = 500
GAP_S = 0.03
"""What is missing is mostly on its way: with many servers answers and news overtake each other."""
AGAIN_S = 0.5
"""Between two tries while the store is away."""


class CatchUp:
    """One reader a room; it runs while something is missing."""

    def __init__(self, tail: Tail, hosted: Hosted) -> None:
        self._tail, self._hosted = tail, hosted
        self._gap: asyncio.TimerHandle | None = None
        self.reads = False

    def look(self) -> bool:
        """Whether somebody should `run` this now. What is only early is waited for, first."""
        if self.reads:
            return False
        if self._tail.wants:
            return True
        if self._tail.waits and self._gap is None:
            loop = asyncio.get_running_loop()
            self._gap = loop.call_later(GAP_S, self._overdue, self._tail.known)
        return False

    def _overdue(self, known: int) -> None:
        self._gap = None
        if self._tail.waits:
            self._tail.wants = self._tail.wants or self._tail.known == known
            self._hosted.moved()

    def stop(self) -> None:
        if self._gap is not None:
            self._gap.cancel()

    async def now(self) -> None:
        """All that is on the log at this moment is here afterwards, if the store can be read."""
        self._tail.wants = True
        if not self.reads:
            await self.run()
        while self.reads:  # noqa: ASYNC110 - it is over soon
            await asyncio.sleep(GAP_S)

    async def run(self) -> None:
        """Until nothing is missing. Ends, too, when the history is another one now."""
        self.reads = True
        following = self._hosted.following
        try:
            while self._tail.wants or (following is not None and following.keys_due):
                reads, self._tail.wants = self._tail.wants, False
                try:
                    if not reads:
                        assert following is not None
                        await following.keys()
                    elif not await self._read():
                        self._hosted.again()
                        return
                except Beyond as wrong:
                    self._hosted.fails("a room's log", wrong)
                    return
                except StorageError:
                    self._tail.wants = self._tail.wants or reads
                    await asyncio.sleep(AGAIN_S)
        finally:
            self.reads = False

    async def _read(self) -> bool:
        tail, hosted, following = self._tail, self._hosted, self._hosted.following
        found = await hosted.place.log.read(hosted.room, tail.known, tail.node.standing.tag, PAGE)
        why = "gone" if isinstance(found, Gone) else found.verdict
        hosted.place.metrics.rereads[why] += 1
        if isinstance(found, Gone) or found.verdict != "same":
            if following is None or not await following.mending.mend(found):
                return False
            tail.wants = True
            return True
        if following is not None and hosted.epoch != found.meta.epoch:
            following.keys_due = True  # whoever put the room back may not have known all of them
        hosted.same(found.meta)
        tail.caught(found.entries, found.meta.top)
        if found.meta.top > tail.known:
            tail.wants = True
        elif following is not None:
            following.mending.promised(found.meta)
        return True
