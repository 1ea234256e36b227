"""What is put back when the store has lost the end of a room's log, or all of it.

Whoever holds more of a room's history than the store puts it back: equal tags mean equal pasts, so
a longer history with the store's end on it contains all that the store has. Where the store has
gone on elsewhere since, what was appended in the last minute is appended once more, behind it.
Several servers do so at once, and some have less of somebody's ops than others, so each waits for
the ones before: a later one that came first would shut them out for good, as if they were there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from server.log import Answer, Entry, Gap, Gone, Meta, ReadResult, WrongEpoch
from server.log.shared import Rescue, Shared
from server.room import keys
from server.room.keys import Key
from server.room.life import life
from server.room.port import Ticket

if TYPE_CHECKING:
    from server.web.hosting import Hosted

KEPT_MS = 60_000
KEPT_BYTES = 1024 * 1024
"""Ops that can be appended once more: those of the last minute, up to this size."""
AHEAD_MS = 60_000
"""A room with less life than this before it is not put back."""


PAUSES_S = (0.0, 0.3, 0.6, 1.0)
"""Before each try to append ops once more: others may have those before them. After the last one
they are appended all the same."""


class _Kept(NamedTuple):
    """An op that was folded; its author's op before it was this number, 0 where that is unknown."""

    entry: Entry
    before: int


class Mending:
    """What one server holds of one room, beside its fold."""

    def __init__(self, hosted: Hosted, shared: Shared) -> None:
        self._hosted, self._shared = hosted, shared
        self._kept: deque[_Kept] = deque()
        self._size = 0
        self._last: dict[str, int] = {}  # by author
        self._facts: dict[str, Entry] = {}  # the latest ones: dedupe knows them by their authors
        self.forgotten = 0
        """Nothing up to here is ever appended again."""

    def begin(self, forgotten: int, marks: Mapping[str, tuple[int, int]]) -> None:
        """The room was read, with the last op of each author."""
        self.forgotten = forgotten
        self._last = {author: n for author, (n, _) in marks.items()}

    def folded(self, ticket: Ticket, offset: int, ts: int, tag: str) -> None:
        """An op was folded: kept for a while, in case the store loses it."""
        entry = Entry(offset, ts, tag, ticket.author, ticket.n, ticket.payload)
        self._kept.append(_Kept(entry, self._last.get(entry.author, 0)))
        self._last[entry.author] = entry.n
        self._size += len(entry.payload)
        oldest = entry.ts - KEPT_MS
        while self._kept and (self._size > KEPT_BYTES or self._kept[0].entry.ts < oldest):
            self._size -= len(self._kept.popleft().entry.payload)
        if entry.author.startswith("sys:"):
            self._facts[entry.author] = entry
            while (first := next(iter(self._facts.values()))).ts < entry.ts - 2 * KEPT_MS:
                del self._facts[first.author]

    def forgot(self, offset: int) -> None:
        self.forgotten = offset
        self._kept.clear()
        self._size = 0

    def promised(self, meta: Meta) -> None:
        """All of the log is here. The store may have lost that it was told to forget, or that the
        room is over: it is told again."""
        hosted, node = self._hosted, self._hosted.node
        if meta.forgotten < self.forgotten and not hosted.storing.locked():
            hosted.forget(node.fold.offset, node.standing.tag, node.fold.save(), node.fold.seed)
        over = node.fold.state["meet"]["ended"]
        if over is not None and meta.state == "open":
            hosted.ended(over["until"], over["erase"])

    # -- the log does not go on from here

    async def mend(self, found: ReadResult | Gone) -> bool:
        """True if it does now. Raises StorageError."""
        if isinstance(found, Gone):
            return bool(self._hosted.node.delivery.sessions) and await self._rescue(None)
        meta, known = found.meta, self._hosted.tail.known
        if meta.state != "open" or meta.forgotten >= known > self.forgotten:
            return False  # ended, or its contents went by their time
        ahead = found.verdict == "rewound" and meta.top < known and self._holds(found)
        if ahead and self._hosted.node.fold.state["meet"]["ended"] is None:
            return await self._rescue(meta)
        await self._append_again(meta)
        return False

    def _holds(self, found: ReadResult) -> bool:
        """Whether all that the store has is in the history here: its end is, or, where that is too
        long ago to tell, everybody's last op is."""
        tail, node = self._hosted.tail, self._hosted.node
        if found.meta.top >= node.ring.floor:
            return tail.has(found.meta.top, found.meta.tag)
        people = node.fold.state["meet"]["people"]
        for author, mark in found.marks.items():
            if author.startswith("sys:join:"):
                if author.rpartition(":")[2] not in people:
                    return False
            elif not author.startswith("sys:"):
                n, offset = node.intake.marks.get(author, (0, 0))
                if n < mark.n or offset < mark.offset:
                    return False
        return True

    async def _rescue(self, before: Meta | None) -> bool:
        hosted = self._hosted
        node, now = hosted.node, hosted.wall()
        expires, contents = life(node.fold.state["meet"], now)
        if node.fold.state["meet"]["ended"] is not None or expires < now + AHEAD_MS:
            return False
        opens = {key: keys.encode(found) for key, found in node.seats.keyring.opens.items()}
        if before is not None:
            for key, value in (await hosted.place.log.keys(hosted.room)).items():
                if key not in opens and seat(keys.decode(value)):
                    opens[key] = value
        facts = {fact.author: (1, fact.offset) for fact in self._facts.values()}
        rescue = Rescue(
            hosted.room, node.fold.offset, node.standing.tag, node.standing.ts, node.fold.save(),
            node.fold.seed, self.forgotten, expires, contents, {**facts, **node.intake.marks},
            opens,
        )  # fmt: skip
        if await self._shared.restore(rescue, before):
            return True
        if before is not None:
            return True  # something has happened there meanwhile: look again
        # somebody else was faster, or it was purged
        return await hosted.place.log.meta(hosted.room) is not None

    async def _append_again(self, meta: Meta) -> None:
        """The log went on without what is known here: behind what is there, each op once."""
        hosted = self._hosted
        late = hosted.place.log.now() - KEPT_MS
        rest = [one for one in self._kept if one.entry.ts >= late]
        if rest:
            epoch = await self._shared.fork(hosted.room, meta.epoch)
            for pause in PAUSES_S:
                await asyncio.sleep(pause)
                epoch, rest = await self._once_more(epoch, rest)
                if not rest:
                    break
            await self._once_more(epoch, [one._replace(before=0) for one in rest])
        await self.keys_back()

    async def _once_more(self, epoch: str, kept: Iterable[_Kept]) -> tuple[str, list[_Kept]]:
        """All behind which there is no gap; the others are answered, in their order."""
        left: dict[str, list[_Kept]] = {}
        for one in kept:
            waits = left.get(one.entry.author)
            if waits is not None:
                waits.append(one)
            elif one.entry.offset > self.forgotten:
                epoch, answer = await self._again(epoch, one)
                if isinstance(answer, Gap):
                    left[one.entry.author] = [one]
        return epoch, [one for waits in left.values() for one in waits]

    async def _again(self, epoch: str, one: _Kept) -> tuple[str, Answer]:
        """In whichever epoch the log is by then."""
        while True:
            answer = await self._shared.repair(self._hosted.room, epoch, one.entry, one.before)
            if not isinstance(answer, WrongEpoch):
                return epoch, answer
            epoch = answer.current

    async def keys_back(self) -> dict[str, Key]:
        """The store gets the seats that it has lost, and only these: what else opens here may have
        been closed elsewhere. Answers all that it has. Raises StorageError."""
        hosted = self._hosted
        people = hosted.node.fold.state["meet"]["people"]
        stored = await hosted.place.log.keys(hosted.room)
        found = {key: keys.decode(value) for key, value in stored.items()}
        for key, opens in list(hosted.node.seats.keyring.opens.items()):
            out = people.get(opens.member, {}).get("out")  # or they are on the threshold
            if key not in found and seat(opens) and not out:
                await hosted.place.log.put_key(hosted.room, key, keys.encode(opens))
                found[key] = opens
        return found


def seat(key: Key) -> bool:
    """Whether this is somebody's token, for as long as they are in the room."""
    return bool(key.member) and not key.once and not key.role
