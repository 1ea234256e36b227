"""A hosted room among the other servers that host it: what they append, who is there through them,
and which keys they made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from server.log import Entry, StorageError
from server.log.shared import Head, KeyNews, Shared
from server.room import keys, wire
from server.room.afar import Afar
from server.web.mending import Mending

if TYPE_CHECKING:
    from server.web.hosting import Hosted


class Following:
    """`Follower` for one hosted room."""

    def __init__(self, hosted: Hosted, shared: Shared) -> None:
        self._hosted, self._shared = hosted, shared
        self._begun = False
        self.mending = Mending(hosted, shared)
        self.keys_due = False
        """News of a key may have been missed."""
        self._heard = 0  # pieces of news of keys
        self._behind = 0  # where the log ended at the last beat, if that was not known here
        self._unknown: set[str] = set()  # here in the fold, and at no server, at the last beat
        self._elsewhere: frozenset[str] = frozenset()

    def begin(self, forgotten: int) -> None:
        """The node is there, with all that was on the log a moment ago."""
        hosted = self._hosted
        self._begun = True
        self.mending.begin(forgotten, hosted.node.intake.marks)
        room = hosted.room
        hosted.node.afar = Afar(hosted.node.delivery, lambda data: self._shared.pass_on(room, data))
        hosted.node.seats.wary = True
        self.doubt()

    # -- what is heard

    def heard(self, epoch: str, entry: Entry) -> None:
        if not self._begun:
            return
        if epoch != self._hosted.epoch:
            self.doubt()
            return
        try:
            self._hosted.tail.heard(entry)
            self._hosted.moved()
        except Exception as wrong:  # half of it may have happened, or a later version wrote it
            self._hosted.fails("a room's news", wrong)

    def key(self, news: KeyNews) -> None:
        if self._begun:
            self._heard += 1
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
            self.keys_due = self._hosted.tail.wants = True
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
            if view:  # no restart of all
                presence.hasten(vanished, now, limits.away_ms)
        self._unknown, self._elsewhere = unknown, elsewhere
        node.chores_at = 0
        self._hosted.settle_soon()

    # -- keys

    async def keys(self) -> None:
        """The keys as the store has them: a message about one may be lost. Raises StorageError."""
        box, keyring = self._hosted.keybox, self._hosted.node.seats.keyring
        asked = heard = -1
        self.keys_due = False
        try:
            # What is on its way there would seem to be closed, and what was closed while it was
            # read would be open again.
            while (asked, heard) != (box.asked, self._heard):
                await box.written()
                asked, heard = box.asked, self._heard
                found = await self.mending.keys_back()
        except StorageError:
            self.keys_due = True
            raise
        for key in [*found, *keyring.opens]:
            keyring.learn(key, found.get(key))

    def stranger(self, hello: wire.Hello) -> bool:
        """Whether this greeting shows what is not known here. It may be known at the store."""
        node = self._hosted.node
        people, keyring = node.fold.state["meet"]["people"], node.seats.keyring
        shown = [keyring.shown(secret) for secret in (hello.token, hello.cap) if secret]
        return any(key is None or (key.member and key.member not in people) for key in shown)

    async def look_up(self, hello: wire.Hello) -> None:
        """Before somebody is taken for a stranger: read what the store has of them. Raises
        StorageError."""
        hosted, keyring = self._hosted, self._hosted.node.seats.keyring
        for secret in (hello.token, hello.cap):
            if secret and len(secret) <= keys.MAX_SECRET and keyring.shown(secret) is None:
                found = keys.key_id(secret)
                value = await hosted.place.log.get_key(hosted.room, found)
                if value is not None:
                    keyring.learn(found, keys.decode(value))
        if self.stranger(hello):
            await hosted.catching.now()
