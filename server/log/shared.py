"""What a store that several servers share can do beside keeping logs.

A server follows the rooms that it hosts: it hears every op that any server appends to them, what
is passed on without being kept, and every two seconds who else is there. Nothing of it is needed
for correctness but `doubt`: whoever is told to doubt reads the log after the last op it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from .base import Answer, Entry, Meta


class Head(msgspec.Struct, frozen=True):
    """Where a room's log ends now."""

    epoch: str
    top: int
    tag: str


class KeyNews(msgspec.Struct, frozen=True):
    """Another server wrote a key, or deleted it (None)."""

    key: str
    value: bytes | None

    def __repr__(self) -> str:
        return "<KeyNews>"


class Follower(Protocol):
    """One hosted room. Each call is made on the loop that opened the store, and returns at once."""

    def heard(self, epoch: str, entry: Entry) -> None:
        """An op is on the log; own ones are heard, too. In log order, perhaps with gaps."""

    def key(self, news: KeyNews) -> None: ...

    def saved(self, offset: int) -> None:
        """There is a snapshot at this offset, whoever made it."""

    def passed(self, data: bytes) -> None:
        """What another server gave to `pass_on`."""

    def doubt(self) -> None:
        """Something may have been missed, or the history is another one now."""

    def head(self, head: Head | None) -> None:
        """Where the log ends; None if there is no such room."""

    def present(self) -> Iterable[str]:
        """Who has a line to this server."""

    def others(self, view: Mapping[str, frozenset[str]]) -> None:
        """Who has a line to which other server that is alive and hosts this room."""


class Rescue(msgspec.Struct, frozen=True):
    """A room as one server holds it, for a store that has lost the end of it, or all."""

    room: str
    offset: int
    tag: str
    ts: int
    blob: bytes
    """The fold at this offset, encoded as a snapshot."""
    secret: bytes
    forgotten: int
    """Nothing that was said up to this offset may come back."""
    expires: int
    contents: int
    marks: Mapping[str, tuple[int, int]]
    """Author -> (n, offset) of its last op."""
    keys: Mapping[str, bytes]

    def __repr__(self) -> str:
        return f"<Rescue {self.offset}>"


class Board(Protocol):
    """Short notes by name, kept until a moment of the wall clock (ms). All raise StorageError."""

    async def put(self, name: str, note: bytes, until: int) -> None: ...
    async def get(self, name: str) -> bytes | None: ...
    async def drop(self, name: str) -> None: ...
    async def count(self, name: str, more: int = 0) -> int:
        """A counter, after so many more."""


class Shared(Protocol):
    """A store with other servers at it."""

    board: Board

    @property
    def server(self) -> str:
        """The name of this server among those at the store: another one at each start."""

    def announce(self, note: bytes) -> None:
        """What the other servers shall know of this one."""

    def announced(self) -> Sequence[bytes] | None:
        """What the others that are alive announce; None as long as nobody knows. A note is empty
        where a server has said nothing."""

    async def follow(self, room: str, follower: Follower) -> None:
        """Returns when nothing is missed any more. One follower a room. Raises StorageError."""

    async def unfollow(self, room: str, follower: Follower) -> None:
        """Nothing more is heard, and others no longer count on this server for that room. Nothing
        happens if another one follows it by now."""

    def pass_on(self, room: str, data: bytes) -> None:
        """To the followers of this room on other servers. May be lost; never raises."""

    async def fork(self, room: str, epoch: str) -> str:
        """The history was cut: go on in a new epoch, so that no server appends without having
        read. Whoever comes first makes it; the epoch that holds is returned, '' without a room."""

    async def missing(self, room: str) -> bool:
        """Whether a room that is not there may be put back in a moment: the store has lost
        something. Raises StorageError."""

    async def restore(self, rescue: Rescue, before: Meta | None) -> bool:
        """Put a room back. `before` is what was seen at the store: all of it must still be so
        (None: there is none, and none was purged within a day). False, and no change, else."""

    async def repair(self, room: str, epoch: str, entry: Entry, before: int) -> Answer:
        """Append an op that was on the log before, at its old time, unless it is there. Gap, where
        its author's op `before` it is not there."""
