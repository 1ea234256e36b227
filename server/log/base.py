"""What a room's ordered log is: the types, the answers and the contract that every store keeps.

A log carries opaque bytes. It knows rooms, offsets, authors and lives; never what an op says.
The rules behind each answer are the rows "Log" of tests/RULES.md; one suite runs them on every
store.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

import msgspec

State = Literal["open", "ended"]
Verdict = Literal["same", "rewound", "trimmed"]

FACT = "sys:"
"""Authors that begin so are facts of the server: each is its own author and has n = 1."""
TAIL = 1000
"""Entries kept behind a snapshot, so that a short absence is mended from the log."""
CIDS = 20
"""Marks kept for one member, one for each of its tabs; the one longest silent drops."""


class Caps(msgspec.Struct, frozen=True):
    """How much a room may write after its newest snapshot before `append` answers `Full`."""

    ops: int = 20_000
    size: int = 64 * 1024 * 1024


class Entry(msgspec.Struct, frozen=True):
    """One op at its place. `author` is "<member>:<cid>", or "sys:<kind>:<key>" for a fact."""

    offset: int
    ts: int
    tag: str
    author: str
    n: int
    payload: bytes

    def __repr__(self) -> str:
        return f"<Entry {self.offset}>"  # neither a cid nor an answer may reach a traceback


class Mark(msgspec.Struct, frozen=True):
    """The last op of one author: what makes a re-sent op a duplicate."""

    author: str
    n: int
    offset: int
    ts: int

    def __repr__(self) -> str:
        return f"<Mark {self.offset}>"


class Meta(msgspec.Struct, frozen=True):
    """The clear facts of a room. `secret` seeds its chance and salts its tags; never send it."""

    room: str
    epoch: str
    top: int
    """Offset of the last op; 0 when there was none."""
    tag: str
    """Tag of the last op: equal tag at equal offset means equal history."""
    ts: int
    state: State
    expires: int
    """Wall clock, ms: from here on a sweep takes the whole room."""
    content_expires: int | None
    """Wall clock, ms: from here on a sweep names the room as `due` for `clear`."""
    floor: int
    """Entries at or below are no longer kept; position (floor, floor_tag) can still be judged."""
    floor_tag: str
    forgotten: int
    """Offset of the last `forget` or `clear`; 0 when there was none."""
    snapshot: int
    """Offset of the newest snapshot; -1 when there is none."""
    ops: int
    """Entries kept now."""
    size: int
    """Payload bytes of these entries."""
    fresh: int
    """Payload bytes after the newest snapshot (the cap counts these)."""
    secret: bytes

    def __repr__(self) -> str:
        return f"<Meta {self.epoch}:{self.top} {self.state}>"


class Snapshot(msgspec.Struct, frozen=True):
    """The folded room after the op at `offset`, as its owner encoded it."""

    offset: int
    tag: str
    blob: bytes

    def __repr__(self) -> str:
        return f"<Snapshot {self.offset}>"


class Appended(msgspec.Struct, frozen=True, tag=True):
    """The op is on the log for good."""

    offset: int
    ts: int
    tag: str


class Duplicate(msgspec.Struct, frozen=True, tag=True):
    """This author's op n, or a later one, is on the log; `offset` is that of its last one."""

    offset: int


class Gap(msgspec.Struct, frozen=True, tag=True):
    """An op of this author is missing in between; `last` is the n that is there."""

    last: int


class WrongEpoch(msgspec.Struct, frozen=True, tag=True):
    """The room's history was replaced: read again under `current`."""

    current: str


class Gone(msgspec.Struct, frozen=True, tag=True):
    """No such room, or it has ended."""


class Full(msgspec.Struct, frozen=True, tag=True):
    """Too much since the newest snapshot: save one and try again."""


Answer = Appended | Duplicate | Gap | WrongEpoch | Gone | Full


class ReadResult(msgspec.Struct, frozen=True):
    """Entries after a position, and whether that position is on this history.

    `same`: it is, `entries` follow it without a gap. `rewound`: it is not (past the top, or another
    tag). `trimmed`: too far back to tell. The last two carry no entries: load the snapshot.
    """

    meta: Meta
    entries: list[Entry]
    verdict: Verdict
    marks: dict[str, Mark]

    def __repr__(self) -> str:
        return f"<ReadResult {self.verdict} {self.meta!r} {len(self.entries)} entries>"


class Swept(msgspec.Struct, frozen=True):
    """`purged` rooms are gone; `due` rooms wait for `clear` and are named again until it comes."""

    purged: list[str]
    due: list[str]


class Counts(msgspec.Struct, frozen=True):
    """Rooms whose life is not over, and what their logs hold."""

    open: int
    ended: int
    ops: int
    size: int


class Exists(Exception):
    """`create` met a room of that id."""


class StorageError(Exception):
    """The store could not do it now. Nothing is promised about it; asking again is always safe."""


Done = Callable[[Answer | StorageError], None]
"""Who is told the answer of a `submit`."""


class CannotOpen(Exception):
    """The store cannot be used; the message is one sentence for the person at the terminal."""


class AlreadyOpen(CannotOpen):
    """Another process has this data folder."""


class Log(Protocol):
    """Where the logs of all rooms live. One instance a process; every call may raise StorageError.

    What a call answers is on the store for good (as far as the store promises it). Writes take
    effect in the order they were made, and their answers arrive in that order; a read sees every
    write that was answered before it. A call that is cancelled may still land.
    """

    async def open(self) -> None:
        """Make ready, or raise CannotOpen."""

    async def close(self) -> None:
        """Finish what was asked for, then let go. A second close does nothing."""

    def now(self) -> int:
        """Log time in ms: the clock that stamps entries; never runs backwards."""

    async def create(self, room: str, expires: int, secret: bytes) -> Meta:
        """A new empty room at offset 0. Raises Exists."""

    async def meta(self, room: str) -> Meta | None: ...

    async def append(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes
    ) -> Answer:
        """Checks in this order: gone, epoch, duplicate (n <= last), gap (p > last), full.

        `p` is the author's previous accepted n; None asks for no contiguity (server facts).
        Nothing is written unless the answer is `Appended`.
        """

    def submit(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes, done: Done
    ) -> None:
        """`append` without waiting: returns at once, raises nothing, and `done` is called later.

        Call it on the loop that opened the log. `done` is called there, once, never from inside a
        call; those of ops that were written together in one callback, in the order of the calls.
        One that raises is logged and keeps nobody from being told. After `close` it gets a
        StorageError.
        """

    async def read(self, room: str, after: int, tag: str | None, limit: int) -> ReadResult | Gone:
        """At most `limit` entries after `after`, and all marks, at one moment. Works when ended.

        Without a tag only the offset is judged.
        """

    async def save_snapshot(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, marks_before_ts: int
    ) -> bool:
        """Kept if newer than the newest and (offset, tag) is on the log.

        Keeps the one before, too; trims entries up to offset - TAIL; drops marks of facts at or
        below `offset` that are older than `marks_before_ts` (log time).
        """

    async def load_snapshot(self, room: str, before: int | None = None) -> Snapshot | None:
        """The newest one, or the newest of an offset below `before`: the one that is kept in case
        the newest cannot be read."""

    async def forget(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, secret: bytes
    ) -> bool:
        """Everything up to `offset` leaves the store: entries, older snapshots, the old secret.

        `blob` becomes the snapshot at `offset` (a newer one stays). Marks stay, so that a re-sent
        op is a duplicate. Idempotent: True and no change if `offset` was forgotten before. False
        if (offset, tag) is not on the log. Call it before a snapshot of a later offset: the room's
        secret changes here, and a snapshot must be read with the secret of its time.
        """

    async def clear(
        self, room: str, epoch: str, top: int, blob: bytes, secret: bytes
    ) -> Meta | None:
        """All content leaves: entries, snapshots, marks, the old secret. Keys and expiry stay.

        The room goes on in a new epoch at the same offset with `blob` as its snapshot there, and
        without `content_expires`. None, and no change, if epoch or top moved meanwhile.
        """

    async def put_key(self, room: str, key: str, value: bytes) -> bool:
        """False if there is no such room."""

    async def get_key(self, room: str, key: str) -> bytes | None: ...

    async def delete_key(self, room: str, key: str) -> bool:
        """Whether it was there."""

    async def keys(self, room: str) -> dict[str, bytes]: ...

    async def end(self, room: str, until: int) -> bool:
        """No more appends; reads go on until a sweep at or after `until` takes the room."""

    async def touch(self, room: str, expires: int, content_expires: int | None) -> bool:
        """Set both lives of an open room. False, and no change, if it is gone or has ended.

        A server that dies cannot set them later, so set them ahead while people are there.
        """

    async def purge(self, room: str) -> bool:
        """The whole room leaves the store. Whether it was there."""

    async def sweep(self, now_ms: int) -> Swept:
        """Purge rooms with `expires` <= now; name open rooms with `content_expires` <= now."""

    async def rooms(self, now_ms: int) -> Counts: ...
