"""The store that all servers share, as the scripts of `server/log/redis/lua` make it, and what can
happen to it: it goes back to an earlier moment, or is emptied."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from random import Random

from msgspec.structs import replace

from server.log import Entry, Meta
from server.log.base import Appended, Mark, Snapshot
from server.log.memory import MemoryRooms, _Room
from server.log.shared import Rescue
from server.room import fold as folding
from server.room import keys
from server.room.fold import Fold
from server.room.keys import Key
from server.room.limits import Limits
from tests.room.world import CARDS

from ..kinds import KINDS, PLAN
from ..promise import hold
from ..stage import HOST, JOIN, ROOM, SECRET
from .history import History, Past

LEASE_MS = 6_000


def copied(room: _Room) -> _Room:
    made = copy(room)
    made.entries, made.marks = list(room.entries), dict(room.marks)
    made.snapshots, made.keys = list(room.snapshots), dict(room.keys)
    return made


def _end(meta: Meta) -> tuple[str, int, str]:
    return meta.epoch, meta.top, meta.tag


class Store(MemoryRooms):
    """One room. `publish` brings news to whoever listens."""

    def __init__(self, rng: Random, clock: Callable[[], int], limits: Limits) -> None:
        self._epoch = 0
        super().__init__(clock, epochs=self._next)
        self.rng = rng
        meta = self.create(ROOM, 2**50, SECRET)
        steps = CARDS.steps(PLAN, KINDS, limits)
        self.history = History(limits, SECRET, meta.tag, steps)
        first = Fold(KINDS, limits, SECRET, folding.empty("Our jam", "en", steps), 0)
        self.save_snapshot(ROOM, meta.epoch, 0, meta.tag, first.save(), 0)
        for cap, role in ((JOIN, "member"), (HOST, "host")):
            self.put_key(ROOM, keys.key_id(cap), keys.encode(Key(role=role)))
        self.publish: Callable[..., None] = lambda *news: None
        self.graves: set[str] = set()
        self.who: dict[str, list[str]] = {}  # server -> who has a line to it
        self.leases: dict[str, int] = {}
        self.notes: dict[str, bytes] = {}
        self.saved: list[tuple[_Room | None, set[str]]] = []
        self.cut = 0
        """How often the history has been cut."""
        self.over = False
        """The room was ended or purged, and the store has not lost that since."""
        self.purged = False
        self.limits = limits

    def _next(self) -> str:
        self._epoch += 1
        return f"e{self._epoch}"

    @property
    def room(self) -> _Room | None:
        return self._rooms.get(ROOM)

    @property
    def past(self) -> Past:
        """The history that the store has now."""
        assert self.room is not None
        return self.history.of[self.room.meta.tag]

    # -- the contract, and what the other servers hear of it

    def append(self, room, epoch, author, n, p, payload, ts=None):  # type: ignore[no-untyped-def]
        there = self.room
        before = there.meta.tag if there is not None else ""
        keep, self.now = self.now, (lambda: ts) if ts is not None else self.now
        try:
            answer = super().append(room, epoch, author, n, p, payload)
        finally:
            self.now = keep
        if isinstance(answer, Appended):
            hold(not self.over, "nothing is appended to a room that is over")
            entry = Entry(answer.offset, answer.ts, answer.tag, author, n, payload)
            self.history.land(before, entry)
            self.publish("op", epoch, entry)
        return answer

    def put(self, server: str, key: str, value: bytes) -> bool:
        done = self.put_key(ROOM, key, value)
        if done:
            self.publish("key", server, key, value)
        return done

    def drop(self, server: str, key: str) -> bool:
        done = self.delete_key(ROOM, key)
        if done:
            self.publish("key", server, key, None)
        return done

    def save_snapshot(self, room, epoch, offset, tag, blob, marks_before_ts):  # type: ignore[no-untyped-def]
        done = super().save_snapshot(room, epoch, offset, tag, blob, marks_before_ts)
        if done and offset:
            self._true(offset, tag, blob)
            self.publish("saved", offset)
        return done

    def forget(self, room, epoch, offset, tag, blob, secret):  # type: ignore[no-untyped-def]
        known = self.room is not None and offset <= self.room.meta.forgotten
        done = super().forget(room, epoch, offset, tag, blob, secret)
        if done and not known:
            assert self.room is not None
            kept = [s for s in self.room.snapshots if s.offset == offset]
            for snapshot in kept:
                self._true(offset, tag, snapshot.blob)
            hold(secret == self.history.of[tag].seed, "a Forget brings its own chance")
            self.publish("saved", offset)
        return done

    def _true(self, offset: int, tag: str, blob: bytes) -> None:
        """A snapshot is the state of its place."""
        past = self.history.of.get(tag)
        hold(past is not None and past.offset == offset, "a snapshot is of a place", offset)
        assert past is not None
        found = folding.load(KINDS, self.limits, b"", blob, offset)
        hold(found.state == past.tree, "a snapshot is its place's state", offset)

    def fork(self, epoch: str) -> str:
        there = self.room
        if there is None:
            return ""
        if there.meta.epoch == epoch:
            there.meta = replace(there.meta, epoch=self._next())
            self.publish("fork")
        return there.meta.epoch

    def restore(self, rescue: Rescue, before: Meta | None) -> bool:
        there = self.room
        if before is None:
            if there is not None or ROOM in self.graves:
                return False
        elif there is None or there.meta.state != "open" or _end(there.meta) != _end(before):
            return False
        hold(not self.over, "a room that is over is not put back")
        past = self.history.of.get(rescue.tag)
        hold(past is not None, "what is put back was there once", rescue.offset)
        assert past is not None
        hold(past.seed == rescue.secret, "what is put back has its own chance")
        hold(past.tree["meet"]["ended"] is None, "what is put back goes on")
        if there is not None:  # nothing that is there is lost
            own = self.history.of[there.meta.tag]
            for author, n in own.marks.items():
                kept = past.marks.get(author, 0) >= n
                hold(kept or (author.startswith("sys:") and not author.startswith("sys:join:")),
                     "what is put back holds all that is there", author[:12])  # fmt: skip
        for author, n in past.marks.items():
            there_n = rescue.marks.get(author, (0, 0))[0]
            hold(there_n == n or author.startswith("sys:"), "what is put back knows what it has",
                 author[:6], n, there_n)  # fmt: skip
        self._true(rescue.offset, rescue.tag, rescue.blob)
        hold(rescue.forgotten >= past.forgotten, "what is put back knows what it forgot",
             rescue.forgotten, past.forgotten)  # fmt: skip
        meta = Meta(
            room=ROOM, epoch=self._next(), top=rescue.offset, tag=rescue.tag, ts=rescue.ts,
            state="open", expires=rescue.expires, content_expires=None, floor=rescue.offset,
            floor_tag=rescue.tag, forgotten=rescue.forgotten, snapshot=rescue.offset, ops=0,
            size=0, fresh=0, secret=rescue.secret,
        )  # fmt: skip
        made = _Room(meta)
        made.snapshots = [Snapshot(rescue.offset, rescue.tag, rescue.blob)]
        made.marks = {a: Mark(a, n, at, rescue.ts) for a, (n, at) in rescue.marks.items()}
        made.keys = dict(rescue.keys)
        self._rooms[ROOM] = made
        self.publish("fork")
        return True

    def repair(self, epoch: str, entry: Entry, before: int, past: Past) -> object:
        """`past` is the history of who appends it again."""
        hold(entry.offset > past.forgotten, "what is forgotten is not said again", entry.offset)
        return self.append(ROOM, epoch, entry.author, entry.n, before, entry.payload, ts=entry.ts)

    def end(self, room: str, until: int) -> bool:
        done = super().end(room, until)
        self.over = self.over or done
        return done

    def purge(self, room: str) -> bool:
        done = super().purge(room)
        if done:
            self.graves.add(room)
            self.over = self.purged = True
            self.publish("gone")
        return done

    def beat(
        self, server: str, who: list[str], note: bytes
    ) -> tuple[dict[str, frozenset[str]], Meta | None, list[bytes]]:
        self.leases[server], self.notes[server] = self.now() + LEASE_MS, note
        alive = [s for s in sorted(self.leases) if self.leases[s] > self.now() and s != server]
        notes = [self.notes[s] for s in alive]
        if self.room is None:
            return {}, None, notes
        self.who[server] = who
        for gone in [s for s in self.who if self.leases.get(s, 0) <= self.now()]:
            del self.who[gone]
        view = {s: frozenset(self.who[s]) for s in sorted(self.who) if s != server}
        return view, self.room.meta, notes

    def leave(self, server: str) -> None:
        self.who.pop(server, None)

    # -- what goes wrong

    def keep(self) -> None:
        """It writes itself to its disk."""
        self.saved.append((copied(self.room) if self.room is not None else None, set(self.graves)))
        del self.saved[:-3]

    def rewind(self) -> bool:
        """It comes back as it was when it was written."""
        if not self.saved:
            return False
        room, graves = self.rng.choice(self.saved)
        was = self.room
        if room is None:
            self._rooms.pop(ROOM, None)
        else:
            self._rooms[ROOM] = copied(room)
        self.graves = set(graves)
        if was is None or room is None or was.meta.tag != room.meta.tag:
            self.cut += 1
        self.over = ROOM in self.graves or (room is not None and room.meta.state == "ended")
        self.who.clear()
        return True

    def flush(self) -> None:
        """All is gone."""
        self._rooms.pop(ROOM, None)
        self.graves.clear()
        self.who.clear()
        self.cut += 1
        self.saved.clear()
