"""`jam serve` with one mistake that matters where several servers share a Redis:
`python -m tests.chaos.badnode <mistake> --port P --data D`. The chaos tests find each of these.
"""

from __future__ import annotations

import itertools
import sys
from typing import Any

from server import cli
from server.log.redis import feed, names
from server.log.redis.feed import Feed
from server.log.redis.graves import Graves
from server.log.redis.store import RedisLog
from server.room.presence import Presence
from server.room.tail import Tail
from server.web import spoken
from server.web.board import OwnBoard
from server.web.following import Following
from server.web.keybox import Keybox
from server.web.mending import Mending
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


def deaf() -> None:
    """What other servers append is not heard of."""
    Feed._news = lambda self, room, follower, data: None  # type: ignore[method-assign]
    doubtless()


def patient() -> None:
    """However long nothing comes on the subscribed line, it is waited for."""
    feed.DEAF_S = 1e9


def doubtless() -> None:
    """Nothing makes a server look whether it has missed something."""
    Following.doubt = lambda self: None  # type: ignore[method-assign]
    Following.head = lambda self, head: None  # type: ignore[method-assign]


def lifeless() -> None:
    """Live values of other servers are not passed on."""
    Following.passed = lambda self, data: None  # type: ignore[method-assign]


def keyless() -> None:
    """The keys of other servers are not followed."""
    Following.key = lambda self, news: None  # type: ignore[method-assign]


def heirless() -> None:
    """Nobody looks after who was at a server that is gone."""
    Presence.inherit = lambda self, members, gone, grace: None  # type: ignore[method-assign]


def helpless() -> None:
    """What Redis has lost is not put back."""

    async def rescue(self: Any, before: Any) -> bool:
        return False

    Mending._rescue = rescue  # type: ignore[method-assign]


def graveless() -> None:
    """An erased room leaves no grave where anybody would look."""
    elsewhere = itertools.count()
    names.grave = lambda room: f"jam:nowhere:{next(elsewhere)}"


def selfish() -> None:
    """Each server has a board of its own for spoken codes."""
    spoken.board = lambda shared, wall: OwnBoard(wall)


def coverless() -> None:
    """What lets somebody in lies open on the board."""
    spoken.covered = lambda way, knock: way


def generous() -> None:
    """Whoever shows a way for one use is let in, also where another server was faster."""
    delete = Keybox.delete
    Keybox.delete = lambda self, key, then: delete(  # type: ignore[method-assign]
        self, key, lambda there: then(True)
    )


MISTAKES = {
    "early": bad.early, "deafish": deafish, "untagged": untagged, "forgetful": forgetful,
    "patient": patient,
}  # fmt: skip
BROKEN = {
    1: [deaf], 2: [lifeless], 3: [keyless], 4: [heirless], 5: [doubtless], 6: [helpless],
    7: [graveless], 8: [selfish, coverless], 9: [generous],
}  # fmt: skip
"""Which of the rules MANY-1 to MANY-9 each of these breaks."""
MISTAKES |= {mistake.__name__: mistake for found in BROKEN.values() for mistake in found}

if __name__ == "__main__":
    MISTAKES[sys.argv[1]]()
    sys.exit(cli.main(["serve", *sys.argv[2:]]))
