"""`jam serve` with one mistake that matters where several servers share a Redis:
`python -m tests.chaos.badnode <mistake> --port P --data D`. The chaos tests find each of these.
"""

from __future__ import annotations

import itertools
import sys
from typing import Any

from server import cli
from server.log.redis.feed import Feed
from server.log.redis.graves import Graves
from server.log.redis.store import RedisLog
from server.room.tail import Tail
from tests.chaos import bad


def deafish() -> None:
    """Now and then a piece of news is not heard, and what is missing is not noticed."""
    news, count = Feed._news, itertools.count(1)

    def missing(self: Any, room: str, follower: Any, data: bytes) -> None:
        if next(count) % 20:
            news(self, room, follower, data)

    def taken(self: Any, entry: Any, sure: bool) -> bool:
        if entry.offset > self.known + 1:
            self.node.fold.offset = entry.offset - 1
        return heard(self, entry, sure)

    heard = Tail._heard
    Feed._news = missing  # type: ignore[method-assign]
    Tail._heard = taken  # type: ignore[method-assign]
    untagged()


def untagged() -> None:
    """Offsets are compared, and tags are not: another history of the same length seems the same."""
    read = RedisLog.read

    def reading(self: Any, room: str, after: int, tag: Any, limit: int) -> Any:
        return read(self, room, after, None, limit)

    RedisLog.read = reading  # type: ignore[method-assign]
    Tail.has = lambda self, offset, tag: True  # type: ignore[method-assign]
    Tail._chained = lambda self, found: True  # type: ignore[method-assign]


def forgetful() -> None:
    """What is gone is remembered by Redis alone."""
    Graves._note = lambda self, room, end: None  # type: ignore[method-assign]


MISTAKES = {
    "early": bad.early, "deafish": deafish, "untagged": untagged, "forgetful": forgetful,
}  # fmt: skip

if __name__ == "__main__":
    MISTAKES[sys.argv[1]]()
    sys.exit(cli.main(["serve", *sys.argv[2:]]))
