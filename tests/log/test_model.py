"""Memory, SQLite and a simple model answer alike, whatever is asked in whatever order."""

from __future__ import annotations

import copy
import itertools
import sqlite3

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from server.log import (
    Answer,
    Appended,
    Caps,
    Duplicate,
    Exists,
    Full,
    Gap,
    Gone,
    ReadResult,
    WrongEpoch,
)
from server.log.memory import MemoryRooms
from server.log.schema import SCHEMA
from server.log.shelf import Shelf
from server.log.tables import SqliteRooms
from tests.log.stage import FAR, SECRET

ROOMS = st.sampled_from(["r", "s"])
AUTHORS = st.sampled_from(["m1:a", "m1:b", "m2:a", "sys:t:1", "sys:t:2"])
SOME = st.lists(AUTHORS, min_size=1, max_size=3)
SMALL = st.integers(0, 8)
CAPS = Caps(ops=6, size=40)


class Model:
    """One room as a person would explain it: the whole history, and how far it is forgotten."""

    def __init__(self) -> None:
        self.history: list[tuple[str, int, bytes]] = []
        self.snapshots: list[tuple[int, bytes]] = []
        self.last: dict[str, tuple[int, int]] = {}
        self.keys: dict[str, bytes] = {}
        self.floor = self.forgotten = 0
        self.ended = False

    def answer(
        self, good: bool, author: str, n: int, p: int | None, payload: bytes
    ) -> type[Answer]:
        last = self.last.get(author, (0, 0))[0]
        since = self.snapshots[-1][0] if self.snapshots else 0
        late = self.history[since:]
        if self.ended:
            return Gone
        if not good:
            return WrongEpoch
        if n <= last:
            return Duplicate
        if p is not None and p > last:
            return Gap
        size = sum(len(op[2]) for op in late) + len(payload)
        if len(late) >= CAPS.ops or size > CAPS.size:
            return Full
        self.history.append((author, n, payload))
        self.last[author] = (n, len(self.history))
        return Appended


class Stores(RuleBasedStateMachine):
    """Each call goes to both stores; what they answer is compared, and foretold by the model.

    Transactions of the SQLite store are as long as they happen to be, and some are rolled back.
    """

    shelf = Shelf

    def __init__(self) -> None:
        super().__init__()
        self.ms = 1_000
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.executescript(SCHEMA)
        ours, theirs = itertools.count(), itertools.count()
        self.memory = MemoryRooms(lambda: self.ms, CAPS, lambda: f"e{next(ours)}")
        self.sqlite = SqliteRooms(
            self.connection, lambda: self.ms, CAPS, lambda: f"e{next(theirs)}"
        )
        self.models: dict[str, Model] = {}
        self.serial = 0
        self.connection.execute("BEGIN")
        self.mark()

    @initialize(rooms=st.integers(1, 3), marks=st.integers(1, 4))
    def furnish(self, rooms: int, marks: int) -> None:
        shelf = self.sqlite._shelf = self.shelf(self.connection, rooms, marks)
        self.sqlite.flush, self.sqlite.drop = shelf.flush, shelf.drop
        self.create("r")
        self.commit()

    def mark(self) -> None:
        """What a rollback comes back to."""
        self.saved = copy.deepcopy((self.memory._rooms, self.models))

    def teardown(self) -> None:
        self.connection.close()

    def both(self, name: str, *args: object) -> object:
        """The one answer of both stores."""
        answers = []
        for rooms in (self.memory, self.sqlite):
            try:
                answers.append(getattr(rooms, name)(*args))
            except Exists:
                answers.append("exists")
        assert answers[0] == answers[1], (name, answers)
        return answers[0]

    def tag(self, room: str, offset: int) -> str:
        """The tag at an offset as far as it is kept."""
        meta = self.memory.meta(room)
        seen = self.memory.read(room, max(offset - 1, 0), None, 1)
        if meta is not None and offset == meta.floor:
            return meta.floor_tag
        entries = seen.entries if isinstance(seen, ReadResult) else []
        return entries[0].tag if entries and entries[0].offset == offset else "none"

    @rule()
    def commit(self) -> None:
        self.sqlite.flush()
        self.connection.execute("COMMIT")
        self.connection.execute("BEGIN")
        self.mark()

    @rule(room=ROOMS, authors=SOME)
    def roll_back(self, room: str, authors: list[str]) -> None:
        """People go on, and say again what was lost."""
        self.say(room, authors)
        self.connection.execute("ROLLBACK")
        self.sqlite.drop()
        self.connection.execute("BEGIN")
        self.memory._rooms, self.models = copy.deepcopy(self.saved)
        self.say(room, authors)

    @rule(ms=st.sampled_from([-50, 1, 100]))
    def time_passes(self, ms: int) -> None:
        self.ms += ms

    @rule(room=ROOMS)
    def create(self, room: str) -> None:
        answer = self.both("create", room, FAR, SECRET)
        assert (answer == "exists") == (room in self.models)
        self.models.setdefault(room, Model())

    @rule(
        room=ROOMS, author=AUTHORS, n=SMALL, p=st.none() | SMALL, good=st.integers(0, 9), size=SMALL
    )  # fmt: skip
    def append(self, room: str, author: str, n: int, p: int | None, good: int, size: int) -> None:
        meta = self.memory.meta(room)
        self.serial += 1
        payload = (b"%d" % self.serial) * size
        epoch = meta.epoch if meta and good else "?"
        answer = self.both("append", room, epoch, author, n, p, payload)
        if room not in self.models:
            assert answer == Gone()
            return
        model = self.models[room]
        assert type(answer) is model.answer(bool(good), author, n, p, payload)
        if isinstance(answer, Appended):
            assert answer.offset == len(model.history)
        if isinstance(answer, Duplicate):
            assert answer.offset == model.last.get(author, (0, 0))[1]

    @rule(room=ROOMS, authors=SOME)
    def say(self, room: str, authors: list[str]) -> None:
        """Ops as people send them: each author's next one."""
        for author in authors:
            model = self.models.get(room)
            last = model.last.get(author, (0, 0))[0] if model else 0
            self.append(room, author, last + 1, last, 1, 1)

    @rule(room=ROOMS, after=st.integers(-1, 20), limit=st.integers(0, 5), tag=st.booleans())
    def read(self, room: str, after: int, limit: int, tag: bool) -> None:
        known = self.tag(room, after)
        seen = self.both("read", room, after, known if tag else None, limit)
        if room not in self.models:
            assert seen == Gone()
            return
        model = self.models[room]
        assert isinstance(seen, ReadResult)
        if after > len(model.history):
            assert seen.verdict == "rewound"
        elif after < model.floor:
            assert seen.verdict == "trimmed"
        else:
            assert seen.verdict == "same"
            got = [(e.author, e.n, e.payload) for e in seen.entries]
            assert got == model.history[after : after + limit]
            assert [e.offset for e in seen.entries] == [
                after + 1 + i for i in range(len(seen.entries))
            ]

    @rule(room=ROOMS, offset=st.integers(0, 20), lie=st.integers(0, 5), old=st.integers(0, 200))
    def save_snapshot(self, room: str, offset: int, lie: int, old: int) -> None:
        meta = self.memory.meta(room)
        tag = self.tag(room, offset) if lie else "lie"
        self.serial += 1
        blob = b"%d" % self.serial
        epoch = meta.epoch if meta else "?"
        saved = self.both("save_snapshot", room, epoch, offset, tag, blob, self.ms - old)
        if room not in self.models:
            assert not saved
            return
        model = self.models[room]
        newest = model.snapshots[-1][0] if model.snapshots else -1
        assert saved == (bool(lie) and max(newest + 1, model.floor) <= offset <= len(model.history))
        if saved:
            model.snapshots = [*model.snapshots[-1:], (offset, blob)]
            kept = self.memory._rooms[room].marks  # which facts are old is LOG-14
            for author in list(model.last):
                if author not in kept:
                    assert author.startswith("sys:")
                    del model.last[author]

    @precondition(lambda self: self.models)
    @rule(room=ROOMS, offset=st.integers(0, 20))
    def forget(self, room: str, offset: int) -> None:
        meta = self.memory.meta(room)
        self.serial += 1
        blob, secret = b"%d" % self.serial, b"%32d" % self.serial
        epoch = meta.epoch if meta else "?"
        done = self.both("forget", room, epoch, offset, self.tag(room, offset), blob, secret)
        if room not in self.models:
            assert not done
            return
        model = self.models[room]
        assert done == (offset <= len(model.history))
        if done and offset > model.forgotten:
            later = [kept for kept in model.snapshots if kept[0] > offset]
            model.snapshots = later or [(offset, blob)]
            model.forgotten = offset
            model.floor = max(model.floor, offset)

    @rule(room=ROOMS, right=st.integers(0, 3))
    def clear(self, room: str, right: int) -> None:
        meta = self.memory.meta(room)
        top = meta.top if meta and right else 99
        new = self.both("clear", room, meta.epoch if meta else "?", top, b"c", SECRET)
        assert (new is not None) == (room in self.models and right > 0)
        if new is not None:
            model = self.models[room]
            model.floor = model.forgotten = len(model.history)
            model.snapshots = [(model.floor, b"c")]
            model.last = {}

    @rule(room=ROOMS, key=st.sampled_from("ab"), value=st.binary(max_size=3))
    def put_key(self, room: str, key: str, value: bytes) -> None:
        assert self.both("put_key", room, key, value) == (room in self.models)
        if room in self.models:
            self.models[room].keys[key] = value

    @rule(room=ROOMS, key=st.sampled_from("ab"))
    def delete_key(self, room: str, key: str) -> None:
        was = room in self.models and self.models[room].keys.pop(key, None) is not None
        assert self.both("delete_key", room, key) == was

    @rule(room=ROOMS, until=st.integers(0, 3))
    def end(self, room: str, until: int) -> None:
        assert self.both("end", room, until) == (room in self.models)
        if room in self.models:
            self.models[room].ended = True

    @rule(room=ROOMS, expires=st.integers(2, 4), content=st.none() | st.integers(0, 4))
    def touch(self, room: str, expires: int, content: int | None) -> None:
        open_ = room in self.models and not self.models[room].ended
        assert self.both("touch", room, expires, content) == open_

    @rule(now=st.integers(0, 3))
    def sweep(self, now: int) -> None:
        swept = self.both("sweep", now)
        for room in swept.purged:  # type: ignore[attr-defined]
            del self.models[room]

    @rule(room=ROOMS)
    def purge(self, room: str) -> None:
        assert self.both("purge", room) == (room in self.models)
        self.models.pop(room, None)

    @rule(now=st.integers(0, 5))
    def count(self, now: int) -> None:
        self.both("rooms", now)

    @rule()
    def look(self) -> None:
        """Through the one who writes: he writes what he owes first."""
        self.alike()

    @invariant()
    def seen_from_outside(self) -> None:
        """As far as it is written; it moves nothing in the one who writes."""
        if not self.sqlite._shelf._entries:
            writer = self.sqlite
            self.sqlite = SqliteRooms(self.connection, lambda: self.ms, CAPS)
            try:
                self.alike()
            finally:
                self.sqlite = writer

    def alike(self) -> None:
        for room in ("r", "s"):
            meta = self.both("meta", room)
            assert (meta is not None) == (room in self.models)
            self.both("read", room, 0, None, 99)
            keys = self.both("keys", room)
            kept = self.both("load_snapshot", room)
            before = self.both("load_snapshot", room, kept.offset) if kept else None  # type: ignore[attr-defined]
            if room in self.models:
                model = self.models[room]
                assert keys == model.keys
                got = [(s.offset, s.blob) for s in (before, kept) if s]  # type: ignore[attr-defined]
                assert got == model.snapshots


Stores.TestCase.settings = settings(stateful_step_count=40)
TestStores = Stores.TestCase
TestStores.__doc__ = "LOG-26"


class NotDropped(Shelf):
    """Known bad: remembers what was rolled back."""

    def drop(self) -> None:
        self._entries.clear()
        self._owing.clear()


class NotTaken(Shelf):
    """Known bad: remembers a room that another call has changed."""

    def take(self, room: str) -> None:
        self.flush()


class NotFlushed(Shelf):
    """Known bad: an evicted room takes what it owes along."""

    def take(self, room: str) -> None:
        kept = self._kept.pop(room, None)
        if kept is not None:
            self._owing.pop(kept.at, None)
        self.flush()


class MarksLost(Shelf):
    """Known bad: the last mark of an author is not written."""

    def flush(self) -> None:
        for kept in self._owing.values():
            for author in list(kept.owed)[1:]:
                del kept.owed[author]
        super().flush()


@pytest.mark.parametrize("bad", [NotDropped, NotTaken, NotFlushed, MarksLost])
def test_log_26_rejects(bad: type[Shelf]) -> None:
    """LOG-26: stores whose writer remembers wrongly do not answer like the others."""

    class Bad(Stores):
        shelf = bad

    few = settings(
        max_examples=500,
        stateful_step_count=40,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    with pytest.raises((AssertionError, sqlite3.IntegrityError)):
        run_state_machine_as_test(Bad, settings=few)
