"""Rooms in Redis: any number of servers share them."""

from .store import RedisLog

__all__ = ["RedisLog"]
