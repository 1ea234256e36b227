"""The client of Redis, as all that speak to it here want it."""

from __future__ import annotations

from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

ANSWER_S: Final = 5.0
"""After this long without an answer Redis counts as away."""


def client(url: str, name: str) -> Any:
    """Connects when it is used first; `name` is what Redis calls its lines. (Its types mix what
    waits and what does not.)"""
    return Redis.from_url(
        url,
        socket_timeout=ANSWER_S,
        socket_connect_timeout=ANSWER_S,
        retry=Retry(NoBackoff(), 0),  # who asked decides whether to ask again
        decode_responses=False,
        legacy_responses=True,
        client_name=name,
    )
