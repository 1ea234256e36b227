"""What the writer remembers of a room is what the tables say, and it is bounded."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.log import Appended, Caps, Exists
from server.log.memory import MemoryRooms
from server.log.schema import SCHEMA
from server.log.shelf import MARKS, ROOMS, Shelf
from server.log.tables import SqliteRooms
from tests.log.stage import FAR, OTHER, SECRET

CAPS = Caps(ops=50, size=10_000)


def epochs() -> Callable[[], str]:
    """The same names each time."""
    names: Iterator[int] = iter(range(1_000))
    return lambda: f"e{next(names)}"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(SCHEMA)
    yield made
    made.close()


def tables(connection: sqlite3.Connection, caps: Caps = CAPS) -> SqliteRooms:
    return SqliteRooms(connection, lambda: 1_000, caps, epochs())


def say(rooms: Any, room: str, author: str, n: int) -> Any:
    meta = rooms.meta(room) if isinstance(rooms, MemoryRooms) else None
    epoch = meta.epoch if meta else "e0"
    return rooms.append(room, epoch, author, n, n - 1 or None, b"%d" % n)


# --- any other call in between

Call = Callable[[Any, str], Any]
CALLS: dict[str, Call] = {
    "create": lambda at, _: at.create("r", FAR, OTHER),
    "create another": lambda at, _: at.create("s", FAR, OTHER),
    "meta": lambda at, _: at.meta("r"),
    "read": lambda at, _: at.read("r", 1, None, 10),
    "save_snapshot": lambda at, tag: at.save_snapshot("r", "e0", 3, tag, b"s", 2_000),
    "load_snapshot": lambda at, _: at.load_snapshot("r"),
    "forget": lambda at, tag: at.forget("r", "e0", 3, tag, b"f", OTHER),
    "clear": lambda at, _: at.clear("r", "e0", 3, b"c", OTHER),
    "put_key": lambda at, _: at.put_key("r", "k", b"v"),
    "get_key": lambda at, _: at.get_key("r", "k"),
    "delete_key": lambda at, _: at.delete_key("r", "kept"),
    "keys": lambda at, _: at.keys("r"),
    "end": lambda at, _: at.end("r", FAR),
    "touch": lambda at, _: at.touch("r", 5, 6),
    "purge": lambda at, _: at.purge("r"),
    "purge and create": lambda at, _: (at.purge("r"), at.create("r", FAR, OTHER)),
    "sweep": lambda at, _: at.sweep(FAR),
    "rooms": lambda at, _: at.rooms(0),
}


def with_a_call_between(rooms: Any, call: Call) -> list[Any]:
    """Ops, one call, and the same author's next ops; all answers, and how the room stands."""
    rooms.create("r", FAR, SECRET)
    rooms.put_key("r", "kept", b"v")
    answers = [
        say(rooms, "r", "m1:a", 1),
        say(rooms, "r", "sys:t:1", 1),
        say(rooms, "r", "m1:a", 2),
    ]
    try:
        answers.append(call(rooms, answers[2].tag))
    except Exists:
        answers.append("exists")
    for epoch in ("e0", "e1", "e2"):
        for author, n in (("m1:a", 3), ("m1:a", 2), ("sys:t:1", 1), ("m2:a", 1), ("m1:a", 5)):
            answers.append(rooms.append("r", epoch, author, n, n - 1 or None, b"x" * n))
    answers += [rooms.read("r", 3, None, 10), rooms.rooms(0), rooms.keys("r")]
    return answers


@pytest.mark.parametrize("name", CALLS)
def test_log_46_any_call_between(connection: sqlite3.Connection, name: str) -> None:
    """LOG-46: each call sees what was appended before it, and what follows sees the call."""
    rooms = tables(connection)
    connection.execute("BEGIN")
    want = with_a_call_between(MemoryRooms(lambda: 1_000, CAPS, epochs()), CALLS[name])
    assert with_a_call_between(rooms, CALLS[name]) == want
    rooms.flush()
    connection.execute("COMMIT")
    assert tables(connection).read("r", 3, None, 10) == want[-3]


class StaysAfterACall(Shelf):
    """Known bad: goes on with what it remembers when another call has changed the room."""

    def take(self, room: str) -> None:
        self.flush()


class WritesLate(Shelf):
    """Known bad: lets another call see the tables without what is owed."""

    def take(self, room: str) -> None:
        self._kept.pop(room, None)


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        (StaysAfterACall, "save_snapshot"), (StaysAfterACall, "forget"),
        (StaysAfterACall, "clear"), (StaysAfterACall, "end"), (StaysAfterACall, "purge"),
        (WritesLate, "meta"), (WritesLate, "read"), (WritesLate, "forget"), (WritesLate, "clear"),
    ],
)  # fmt: skip
def test_log_46_rejects(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, bad: type[Shelf], name: str
) -> None:
    """LOG-46: the check above fails for a shelf that is out of step."""
    monkeypatch.setattr("server.log.tables.Shelf", bad)
    want = with_a_call_between(MemoryRooms(lambda: 1_000, CAPS, epochs()), CALLS[name])
    with pytest.raises((AssertionError, sqlite3.IntegrityError)):
        assert with_a_call_between(tables(connection), CALLS[name]) == want


# --- how much is remembered


def asked(connection: sqlite3.Connection, word: str) -> list[str]:
    """The statements with this word from now on."""
    seen: list[str] = []
    connection.set_trace_callback(lambda sql: seen.append(sql) if word in sql else None)
    return seen


def test_log_46_two_thousand_rooms(connection: sqlite3.Connection) -> None:
    """LOG-46: at the limit all are remembered; with one more the one longest silent is not."""
    rooms = tables(connection)
    connection.execute("BEGIN")
    for i in range(ROOMS + 1):
        connection.execute(
            "INSERT INTO room SELECT ?, ?, 'e0', 0, 't', 0, 'open', 9, NULL, 0, 't', 0, -1, 0, 0,"
            " 0, x'00'",
            (i + 1, f"r{i}"),
        )
    for i in range(ROOMS):
        assert say(rooms, f"r{i}", "m1:a", 1).offset == 1
    seen = asked(connection, "FROM room WHERE room")
    for i in range(ROOMS):  # in the same order: r0 is the one longest silent
        assert say(rooms, f"r{i}", "m1:a", 2).offset == 2
    assert len(seen) == 0
    assert say(rooms, f"r{ROOMS}", "m1:a", 1).offset == 1
    assert len(seen) == 1
    assert say(rooms, "r1", "m1:a", 3).offset == 3
    assert len(seen) == 1  # still there
    assert say(rooms, "r0", "m1:a", 3).offset == 3  # read again, with all that it said
    assert len(seen) == 2
    assert len(rooms._shelf._kept) == ROOMS
    rooms.flush()
    assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2 * ROOMS + 3,)


def test_log_46_two_hundred_marks(connection: sqlite3.Connection) -> None:
    """LOG-46: at the limit all are remembered; with one more they are asked for again."""
    rooms = tables(connection, Caps())
    rooms.create("r", FAR, SECRET)
    for i in range(MARKS):
        assert say(rooms, "r", f"m{i}:a", 1).offset == i + 1
    seen = asked(connection, "FROM mark")
    for i in range(MARKS):
        assert isinstance(say(rooms, "r", f"m{i}:a", 2), Appended)
    assert len(seen) == 0
    for i in range(MARKS + 1):  # the last one is new
        n = 3 if i < MARKS else 1
        assert isinstance(say(rooms, "r", f"m{i}:a", n), Appended)
    before = len(seen)
    for i in range(MARKS):
        assert isinstance(say(rooms, "r", f"m{i}:a", 4), Appended)
    assert len(seen) - before == MARKS
    kept = rooms._shelf.find("r")
    assert kept is not None
    assert len(kept.marks) <= MARKS


def test_log_46_facts_are_not_kept(connection: sqlite3.Connection) -> None:
    """LOG-46: a fact is remembered until it is written: then the table knows that it was said."""
    rooms = tables(connection)
    rooms.create("r", FAR, SECRET)
    assert isinstance(say(rooms, "r", "sys:t:1", 1), Appended)
    assert not isinstance(say(rooms, "r", "sys:t:1", 1), Appended)
    rooms.flush()
    kept = rooms._shelf.find("r")
    assert kept is not None
    assert not kept.marks
    assert not isinstance(say(rooms, "r", "sys:t:1", 1), Appended)


def test_log_46_a_batch_writes_each_row_once(connection: sqlite3.Connection) -> None:
    """LOG-46: one row of the room, one mark for an author, however many ops."""
    rooms = tables(connection)
    rooms.create("r", FAR, SECRET)
    for author in ("m1:a", "m2:a"):
        say(rooms, "r", author, 1)
    rooms.flush()
    seen = asked(connection, "")
    for n in range(2, 7):
        for author in ("m1:a", "m2:a"):
            assert isinstance(say(rooms, "r", author, n), Appended)
    assert seen == []
    rooms.flush()
    kinds = [" ".join(sql.split(" ")[:3]) for sql in seen]
    assert kinds == ["INSERT INTO entry"] * 10 + ["INSERT INTO mark"] * 2 + ["UPDATE room SET"]


def test_log_46_the_twenty_first_tab(connection: sqlite3.Connection) -> None:
    """LOG-46: the tab longest silent drops, whether its last op is written yet or not."""
    for flushed in (False, True):
        room = f"r{flushed}"
        memory = MemoryRooms(lambda: 1_000, CAPS, lambda: "e0")
        rooms = SqliteRooms(connection, lambda: 1_000, CAPS, lambda: "e0")
        for at in (memory, rooms):
            at.create(room, FAR, SECRET)
            for i in range(20):
                say(at, room, f"m1:{i}", 1)
                if flushed and at is rooms:
                    rooms.flush()
            say(at, room, "m1:0", 2)  # now m1:1 is the one
            say(at, room, "m1:new", 1)
        for i in range(20):
            author = f"m1:{i}"
            assert say(rooms, room, author, 1) == say(memory, room, author, 1), author
        assert rooms.read(room, 0, None, 99) == memory.read(room, 0, None, 99)
