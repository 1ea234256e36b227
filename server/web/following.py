"""A hosted room among the other servers that host it: what they append, who is there through them,
and what is put back when the store has lost the end of the log, or all of it.

Whoever holds more of a room's history than the store puts it back: equal tags mean equal pasts, so
a longer history with the store's end on it contains all that the store has. Where the store has
gone on elsewhere since, what was appended in the last minute is appended once more, behind it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from server.log import Entry, Gone, Meta, ReadResult
from server.log.shared import Head, KeyNews, Rescue, Shared
from server.room import keys
from server.room.afar import Afar
from server.room.life import life
from server.web import reading

if TYPE_CHECKING:
    from server.web.hosting import Hosted

KEPT_MS = 60_000
KEPT_BYTES = 1024 * 1024
"""Ops that can be appended once more: those of the last minute, up to this size."""
AHEAD_MS = 60_000
"""A room with less life than this before it is not put back."""


class Following:
    """`Follower` for one hosted room."""

    def __init__(self, hosted: Hosted, shared: Shared) -> None:
        self._hosted, self._shared = hosted, shared
        self._begun = False
        self._kept: deque[Entry] = deque()
        self._size = 0
        self._forgotten = 0
        self._behind = 0  # where the log ended at the last beat, if that was not known here
        self._unknown: set[str] = set()  # here in the fold, and at no server, at the last beat
        self._elsewhere: frozenset[str] = frozenset()

    def begin(self, forgotten: int) -> None:
        """The node is there, with all that was on the log a moment ago."""
        hosted = self._hosted
        self._begun, self._forgotten = True, forgotten
        room = hosted.room
        hosted.node.afar = Afar(hosted.node.delivery, lambda data: self._shared.pass_on(room, data))
        self.doubt()

    # -- what is heard

    def heard(self, epoch: str, entry: Entry) -> None:
        if not self._begun:
            return
        if epoch != self._hosted.epoch:
            self.doubt()
        else:
            self._hosted.tail.heard(entry)
            self._hosted.moved()

    def key(self, news: KeyNews) -> None:
        if self._begun:
            key = None if news.value is None else keys.decode(news.value)
            self._hosted.node.seats.keyring.learn(news.key, key)

    def saved(self, offset: int) -> None:
        if self._begun:
            self._hosted.node.saved()

    def passed(self, data: bytes) -> None:
        afar = self._hosted.node.afar if self._begun else None
        if afar is not None:
            afar.heard(data)
            self._hosted.settle_soon()

    def doubt(self) -> None:
        if self._begun:
            self._hosted.tail.wants = True
            self._hosted.moved()

    def head(self, head: Head | None) -> None:
        """News of an op may be on its way still: it is missing if a beat later it has not come."""
        if not self._begun:
            return
        if head is None or head.epoch != self._hosted.epoch:
            self.doubt()
            return
        tail = self._hosted.tail
        if self._behind > tail.known:
            self.doubt()
        self._behind = head.top
        if head.top <= tail.known and not tail.at(head.top, head.tag):
            self.doubt()

    # -- who is there

    def present(self) -> Iterable[str]:
        return self._hosted.node.seats.presence.sitting if self._begun else ()

    def others(self, view: Mapping[str, frozenset[str]]) -> None:
        if not self._begun:
            return
        node, now = self._hosted.node, self._hosted.place.log.now()
        elsewhere = frozenset().union(*view.values()) if view else frozenset()
        leads = all(self._shared.server < server for server in view)
        if node.afar is not None:
            node.afar.others(bool(view))
            for member in sorted(self._elsewhere - elsewhere):
                node.afar.gone(member)
        presence = node.seats.presence
        for member in presence.others(elsewhere, leads):
            node.delivery.live(f"live/{member}/dim", None, gone=True)
        node.lead(leads)
        people = node.fold.state["meet"]["people"]
        unknown = {m for m, p in people.items() if p["here"] and not presence.here(m)}
        if leads:
            # at once whose server is gone; others may be on their way through a server that has
            # not told of them yet
            vanished = unknown & (self._elsewhere | self._unknown)
            limits = node.limits
            presence.inherit(sorted(vanished), now - limits.dim_ms, limits.away_ms)
        self._unknown, self._elsewhere = unknown, elsewhere
        node.chores_at = 0
        self._hosted.settle_soon()

    async def keys(self) -> None:
        """The keys as the store has them: a message about one may be lost. Raises StorageError."""
        found = await reading.opens(self._hosted.place, self._hosted.room)
        keyring = self._hosted.node.seats.keyring
        for key in [*found, *keyring.opens]:
            keyring.learn(key, found.get(key))

    # -- what was here

    def folded(self, entry: Entry) -> None:
        """An op was folded: kept for a while, in case the store loses it."""
        self._kept.append(entry)
        self._size += len(entry.payload)
        while self._size > KEPT_BYTES or self._kept[0].ts < entry.ts - KEPT_MS:
            self._size -= len(self._kept.popleft().payload)
            if not self._kept:
                break

    def forgot(self, offset: int) -> None:
        """Nothing up to here is ever appended again."""
        self._forgotten = offset
        self._kept.clear()
        self._size = 0

    async def mend(self, found: ReadResult | Gone) -> bool:
        """The log does not go on from here. True if it does now. Raises StorageError."""
        if isinstance(found, Gone):
            return await self._rescue(None)
        meta, tail = found.meta, self._hosted.tail
        if meta.state != "open" or meta.forgotten >= tail.known > self._forgotten:
            return False  # ended, or its contents went by their time
        if found.verdict == "rewound" and meta.top < tail.known and tail.at(meta.top, meta.tag):
            return await self._rescue(meta)
        await self._append_again(meta)
        return False

    async def _rescue(self, before: Meta | None) -> bool:
        hosted = self._hosted
        node, meet = hosted.node, hosted.node.fold.state["meet"]
        standing = node.standing
        now = int(time.time() * 1000)
        expires, contents = life(meet, now)
        if meet["ended"] is not None or expires < now + AHEAD_MS:
            return False
        if before is None and not node.delivery.sessions:
            return False  # who was there is gone: so may the room be, for a reason
        rescue = Rescue(
            hosted.room, node.fold.offset, standing.tag, standing.ts, node.fold.save(),
            node.fold.seed, self._forgotten, expires, contents, dict(node.intake.marks),
            {key: keys.encode(opens) for key, opens in node.seats.keyring.opens.items()},
        )  # fmt: skip
        if await self._shared.restore(rescue, before):
            return True
        # somebody else was faster, or it was purged
        return await hosted.place.log.meta(hosted.room) is not None

    async def _append_again(self, meta: Meta) -> None:
        """The log went on without what is known here: behind what is there, each op once."""
        hosted = self._hosted
        late = hosted.place.log.now() - KEPT_MS
        kept = [e for e in self._kept if e.ts >= late and e.offset > self._forgotten]
        if not kept:
            return
        epoch = await self._shared.fork(hosted.room, meta.epoch)
        for entry in kept:
            await self._shared.repair(hosted.room, epoch, entry)
