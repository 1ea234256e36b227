"""A room read from its log: the snapshot, and every op after it folded again."""

from __future__ import annotations

import asyncio

import msgspec

from server.log import Gone, Meta, StorageError
from server.room import beyond, keys
from server.room import fold as folding
from server.room.fold import Fold
from server.room.keys import Key
from server.room.ring import Ring, Turn
from server.web.place import Place

PAGE = 500
TRIES = 5
"""Other servers may save or forget while the room is read: then once more from the start."""


class NoRoom(Exception):
    """There is no such room, or its log cannot be read by this version."""


class Later(StorageError):
    """Only a server of a later version can read this room."""


class _Moved(Exception):
    """The log went on without what was being read."""


class Read(msgspec.Struct):
    """A room at the end of its log."""

    meta: Meta
    fold: Fold
    ring: Ring
    opens: dict[str, Key]
    tag: str
    ts: int
    marks: dict[str, tuple[int, int]] = {}


async def read(place: Place, room: str) -> Read:
    """Raises NoRoom or StorageError (Later)."""
    for _ in range(TRIES):
        try:
            return await _read(place, room)
        except _Moved:
            await asyncio.sleep(0)
        except beyond.Beyond:
            raise Later("only a later version can read this room") from None
    raise NoRoom


async def opens(place: Place, room: str) -> dict[str, Key]:
    """All keys of the room, as the store has them."""
    return {k: keys.decode(v) for k, v in (await place.log.keys(room)).items()}


async def _read(place: Place, room: str) -> Read:
    meta = await place.log.meta(room)
    snapshot = await place.log.load_snapshot(room) if meta is not None else None
    if meta is None or snapshot is None:
        if place.shared is not None and await place.shared.missing(room):
            raise StorageError("lost")  # whoever has it puts it back in a moment
        raise NoRoom
    try:
        state = folding.load(place.kinds, place.limits, meta.secret, snapshot.blob, snapshot.offset)
    except folding.BadSnapshot as bad:
        again = await place.log.meta(room)
        if again is not None and again.secret != meta.secret:
            raise _Moved from bad
        raise NoRoom from bad
    state.wary = place.shared is not None
    if state.wary and beyond.running(place.kinds, state.state):
        raise beyond.Beyond
    ring = Ring(snapshot.offset, snapshot.tag, place.limits.ring_bytes, place.limits.ring_ms)
    found = Read(meta, state, ring, {}, snapshot.tag, meta.ts)
    await _replay(place, found)
    found.opens = await opens(place, room)
    return found


async def _replay(place: Place, found: Read) -> None:
    meta, state, ring = found.meta, found.fold, found.ring
    while True:
        page = await place.log.read(meta.room, state.offset, found.tag, PAGE)
        if isinstance(page, Gone):
            raise NoRoom
        if page.verdict != "same" or page.meta.secret != meta.secret:
            raise _Moved
        for entry in page.entries:
            folded = state.apply(entry)
            ring.push(Turn(entry.offset, entry.tag, entry.ts, folded.changes, len(entry.payload)))
            found.tag, found.ts = entry.tag, entry.ts
            if folded.forget:
                # the server went between this op and its Forget: keep the promise now
                ring.empty()
                await place.log.forget(
                    meta.room, meta.epoch, entry.offset, entry.tag, state.save(), state.seed
                )
                meta = msgspec.structs.replace(meta, secret=state.seed, forgotten=entry.offset)
        if state.offset >= page.meta.top:
            forgotten = max(meta.forgotten, page.meta.forgotten)
            found.meta = msgspec.structs.replace(page.meta, forgotten=forgotten)
            found.marks = {a: (m.n, m.offset) for a, m in page.marks.items()}
            return
        await asyncio.sleep(0)  # other rooms are alive meanwhile
