"""Short notes for all servers, each with its own end."""

from __future__ import annotations

import time
from typing import Any

from server.log.base import StorageError

from .feed import AWAY

COUNTED_MS = 24 * 60 * 60 * 1000
"""A counter that nobody has moved for a day begins anew."""


class RedisBoard:
    """`Board` on Redis."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    async def put(self, name: str, note: bytes, until: int) -> None:
        left = max(until - time.time_ns() // 1_000_000, 1)
        await self._asked(self._redis.set(f"jam:b:{name}", note, px=left))

    async def get(self, name: str) -> bytes | None:
        found: bytes | None = await self._asked(self._redis.get(f"jam:b:{name}"))
        return found

    async def drop(self, name: str) -> None:
        await self._asked(self._redis.delete(f"jam:b:{name}"))

    async def count(self, name: str, more: int = 0) -> int:
        key = f"jam:b:{name}"
        if not more:
            return int(await self._asked(self._redis.get(key)) or 0)
        pipe = self._redis.pipeline(transaction=False)
        pipe.incrby(key, more)
        pipe.pexpire(key, COUNTED_MS)
        return int((await self._asked(pipe.execute()))[0])

    async def _asked(self, asking: Any) -> Any:
        try:
            return await asking
        except AWAY as error:
            raise StorageError(type(error).__name__) from None
