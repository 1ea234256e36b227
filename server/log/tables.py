"""The rooms in SQLite tables: plain calls within a transaction that the caller opens and ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from msgspec.structs import astuple, replace

from . import chain
from .base import (
    CIDS,
    TAIL,
    Answer,
    Appended,
    Caps,
    Counts,
    Entry,
    Exists,
    Gone,
    Mark,
    Meta,
    ReadResult,
    Snapshot,
    Swept,
)
from .clock import Millis
from .memory import new_epoch
from .shelf import Kept, Shelf

_FIELDS = Meta.__struct_fields__
_FIND = f"SELECT id, {', '.join(_FIELDS)} FROM room WHERE room = ?"
_ADD = f"INSERT INTO room ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))})"
_SAVE = f"UPDATE room SET {', '.join(f'{field} = ?' for field in _FIELDS)} WHERE id = ?"
_TABLES = ("entry", "mark", "snapshot", "key", "room")


class SqliteRooms:
    """`Rooms` on one connection. `scrub` says that the files must not keep what was deleted.

    Appends are written by `flush`, which comes before the commit, and `drop` comes after a
    rollback. Every other call begins with `_find`, so it sees and changes the tables alone.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        now: Millis,
        caps: Caps,
        epochs: Callable[[], str] = new_epoch,
    ) -> None:
        self._run = connection.execute
        self._shelf = Shelf(connection)
        self.flush = self._shelf.flush
        self.drop = self._shelf.drop
        self._now = now
        self._caps = caps
        self._epochs = epochs
        self.scrub = False

    def last_ts(self) -> int:
        """The latest log time in any room."""
        self.flush()
        return int(self._run("SELECT coalesce(max(ts), 0) FROM room").fetchone()[0])

    def _find(self, room: str) -> tuple[int, Meta | None]:
        """The room as the tables have it, and the shelf no longer."""
        self._shelf.take(room)
        return self._look(room)

    def _look(self, room: str) -> tuple[int, Meta | None]:
        row = self._run(_FIND, (room,)).fetchone()
        return (0, None) if row is None else (row[0], Meta(*row[1:]))

    def _save(self, at: int, meta: Meta) -> None:
        self._run(_SAVE, (*astuple(meta), at))

    def _tag_at(self, at: int, meta: Meta, offset: int) -> str | None:
        if offset == meta.floor:
            return meta.floor_tag
        ask = "SELECT tag FROM entry WHERE id = ? AND offset = ?"
        row = self._run(ask, (at, offset)).fetchone()
        return None if row is None else str(row[0])

    def _trim(self, at: int, meta: Meta, floor: int) -> None:
        """Drop entries up to `floor`, count again, save."""
        tag = self._tag_at(at, meta, floor)
        if tag is not None:
            self._run("DELETE FROM entry WHERE id = ? AND offset <= ?", (at, floor))
            meta = replace(meta, floor=floor, floor_tag=tag)
        ask = (
            "SELECT count(*), coalesce(sum(length(payload)), 0),"
            " coalesce(sum(iif(offset > ?, length(payload), 0)), 0) FROM entry WHERE id = ?"
        )
        ops, size, fresh = self._run(ask, (meta.snapshot, at)).fetchone()
        self._save(at, replace(meta, ops=ops, size=size, fresh=fresh))

    def _mark(self, kept: Kept, author: str) -> Mark | None:
        mark = kept.marks.get(author)
        if mark is None:
            ask = "SELECT author, n, offset, ts FROM mark WHERE id = ? AND author = ?"
            row = self._run(ask, (kept.at, author)).fetchone()
            if row is not None:
                mark = Mark(*row)
                self._shelf.learn(kept, mark)
        return mark

    def _tabs(self, kept: Kept, member: str) -> list[str]:
        """The authors of this member whose marks are written, the one longest silent first."""
        ask = "SELECT author FROM mark WHERE id = ? AND author >= ? AND author < ? ORDER BY offset"
        # ";" follows ":", so this is every author that begins with "<member>:".
        return [row[0] for row in self._run(ask, (kept.at, member + ":", member + ";"))]

    def _make_way(self, kept: Kept, author: str) -> None:
        """Drop the mark longest silent if a new tab of this member would be one too many."""
        member = chain.member_of(author)
        if len(self._tabs(kept, member)) + len(kept.owed) < CIDS:
            return
        self.flush()  # now the tables know every tab, and when it spoke last
        tabs = self._tabs(kept, member)
        if len(tabs) >= CIDS:
            self._run("DELETE FROM mark WHERE id = ? AND author = ?", (kept.at, tabs[0]))
            kept.marks.pop(tabs[0], None)

    def create(self, room: str, expires: int, secret: bytes) -> Meta:
        if self._find(room)[1] is not None:
            raise Exists(room)
        meta = chain.begin(room, self._epochs(), self._now(), expires, secret)
        self._run(_ADD, astuple(meta))
        return meta

    def meta(self, room: str) -> Meta | None:
        return self._find(room)[1]

    def append(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes
    ) -> Answer:
        kept = self._shelf.find(room)
        if kept is None:
            at, meta = self._look(room)
            if meta is None:
                return Gone()
            kept = self._shelf.keep(at, meta)
        mark = self._mark(kept, author)
        refusal = chain.refuse(kept.meta, epoch, mark, n, p, len(payload), self._caps)
        if refusal is not None:
            return refusal
        meta, entry = chain.follow(kept.meta, author, n, payload, self._now())
        if mark is None and not chain.is_fact(author):
            self._make_way(kept, author)
        self._shelf.add(kept, meta, entry)
        return Appended(entry.offset, entry.ts, entry.tag)

    def read(self, room: str, after: int, tag: str | None, limit: int) -> ReadResult | Gone:
        at, meta = self._find(room)
        if meta is None:
            return Gone()
        verdict = chain.verdict(meta, after, tag, self._tag_at(at, meta, after))
        entries: list[Entry] = []
        if verdict == "same":
            ask = (
                "SELECT offset, ts, tag, author, n, payload FROM entry"
                " WHERE id = ? AND offset > ? ORDER BY offset LIMIT ?"
            )
            entries = [Entry(*row) for row in self._run(ask, (at, after, max(limit, 0)))]
        marks = self._run("SELECT author, n, offset, ts FROM mark WHERE id = ?", (at,))
        return ReadResult(meta, entries, verdict, {row[0]: Mark(*row) for row in marks})

    def save_snapshot(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, marks_before_ts: int
    ) -> bool:
        at, meta = self._find(room)
        if meta is None or meta.epoch != epoch or offset <= meta.snapshot:
            return False
        if self._tag_at(at, meta, offset) != tag:
            return False
        self._run("DELETE FROM snapshot WHERE id = ? AND offset < ?", (at, meta.snapshot))
        self._run("INSERT INTO snapshot VALUES (?, ?, ?, ?)", (at, offset, tag, blob))
        self._trim(at, replace(meta, snapshot=offset), offset - TAIL)
        self._run(
            "DELETE FROM mark WHERE id = ? AND author >= 'sys:' AND author < 'sys;'"
            " AND ts < ? AND offset <= ?",
            (at, marks_before_ts, offset),
        )
        return True

    def load_snapshot(self, room: str, before: int | None = None) -> Snapshot | None:
        ask = (
            "SELECT offset, tag, blob FROM snapshot"
            " WHERE id = (SELECT id FROM room WHERE room = ?1) AND (?2 IS NULL OR offset < ?2)"
            " ORDER BY offset DESC LIMIT 1"
        )
        row = self._run(ask, (room, before)).fetchone()
        return None if row is None else Snapshot(*row)

    def forget(
        self, room: str, epoch: str, offset: int, tag: str, blob: bytes, secret: bytes
    ) -> bool:
        at, meta = self._find(room)
        if meta is None or meta.epoch != epoch:
            return False
        if offset <= meta.forgotten:
            self.scrub = True  # the first call may have failed after its commit
            return True
        if offset >= meta.floor and self._tag_at(at, meta, offset) != tag:
            return False
        self.scrub = True
        self._run("DELETE FROM snapshot WHERE id = ? AND offset <= ?", (at, offset))
        if meta.snapshot <= offset:
            self._run("INSERT INTO snapshot VALUES (?, ?, ?, ?)", (at, offset, tag, blob))
        newest = max(meta.snapshot, offset)
        self._trim(at, replace(meta, forgotten=offset, secret=secret, snapshot=newest), offset)
        return True

    def clear(self, room: str, epoch: str, top: int, blob: bytes, secret: bytes) -> Meta | None:
        at, meta = self._find(room)
        if meta is None or meta.epoch != epoch or meta.top != top:
            return None
        self.scrub = True
        for table in ("entry", "mark", "snapshot"):
            self._run(f"DELETE FROM {table} WHERE id = ?", (at,))
        meta = chain.restart(meta, self._epochs(), secret)
        self._run("INSERT INTO snapshot VALUES (?, ?, ?, ?)", (at, top, meta.tag, blob))
        self._save(at, meta)
        return meta

    def put_key(self, room: str, key: str, value: bytes) -> bool:
        at, meta = self._find(room)
        if meta is None:
            return False
        self._run("REPLACE INTO key VALUES (?, ?, ?)", (at, key, value))
        return True

    def get_key(self, room: str, key: str) -> bytes | None:
        return self.keys(room).get(key)

    def delete_key(self, room: str, key: str) -> bool:
        ask = "DELETE FROM key WHERE id = (SELECT id FROM room WHERE room = ?) AND key = ?"
        found = self._run(ask, (room, key)).rowcount > 0
        self.scrub = self.scrub or found
        return found

    def keys(self, room: str) -> dict[str, bytes]:
        ask = "SELECT key, value FROM key WHERE id = (SELECT id FROM room WHERE room = ?)"
        return dict(self._run(ask, (room,)).fetchall())

    def end(self, room: str, until: int) -> bool:
        at, meta = self._find(room)
        if meta is None:
            return False
        self._save(at, replace(meta, state="ended", expires=until, content_expires=None))
        return True

    def touch(self, room: str, expires: int, content_expires: int | None) -> bool:
        at, meta = self._find(room)
        if meta is None or meta.state != "open":
            return False
        self._save(at, replace(meta, expires=expires, content_expires=content_expires))
        return True

    def purge(self, room: str) -> bool:
        at, meta = self._find(room)
        if meta is None:
            return False
        self.scrub = True
        for table in _TABLES:
            self._run(f"DELETE FROM {table} WHERE id = ?", (at,))
        return True

    def sweep(self, now_ms: int) -> Swept:
        ask = "SELECT room FROM room WHERE expires <= ? ORDER BY room"
        purged = [row[0] for row in self._run(ask, (now_ms,)).fetchall()]
        for room in purged:
            self.purge(room)
        ask = "SELECT room FROM room WHERE content_expires <= ? ORDER BY room"
        return Swept(purged, [row[0] for row in self._run(ask, (now_ms,)).fetchall()])

    def rooms(self, now_ms: int) -> Counts:
        self.flush()
        ask = (
            "SELECT coalesce(sum(state = 'open'), 0), coalesce(sum(state = 'ended'), 0),"
            " coalesce(sum(ops), 0), coalesce(sum(size), 0) FROM room WHERE expires > ?"
        )
        return Counts(*self._run(ask, (now_ms,)).fetchone())
