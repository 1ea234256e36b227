"""Ops of many servers come to a room in log order, each once, however they are heard of."""

from __future__ import annotations

from server.log import Entry
from server.log.base import ReadResult
from server.log.chain import next_tag
from server.room import moment
from server.room.moment import Asked
from server.room.port import Ticket
from server.room.tail import Tail
from tests.room.world import ROOM, Person, World
from tests.sim.kinds import KINDS


class Far:
    """A room on this server, and the log as others write it."""

    def __init__(self) -> None:
        self.w = World(kinds=KINDS)
        self.host, self.bo = self.w.host(), self.w.person("Bo")
        assert self.host.ask("room.open", kind="echo")[1] == "ok"
        self.w.wait(1000)
        self.folded: list[int] = []
        self.tail = Tail(
            self.w.node, lambda _, at, *more: self.folded.append(at), lambda: self.w.clock, next_tag
        )
        self.top = self.tail.known

    def says(self, text: str, n: int = 1, cid: str = "far") -> Entry:
        """Bo says something through another server."""
        assert self.bo.session is not None
        member = self.bo.session.member
        op = moment.encode(Asked("echo.add", member, self.g, {"text": text}))
        self.w.rooms.append(ROOM, "e1", f"{member}:{cid}", n, None, op)
        return self.read(self.tail.known).entries[-1]

    def read(self, after: int) -> ReadResult:
        found = self.w.rooms.read(ROOM, after, None, 100)
        assert isinstance(found, ReadResult)
        return found

    @property
    def g(self) -> int:
        g: int = self.w.node.fold.state["meet"]["now"]["g"]
        return g

    @property
    def list(self) -> list[str]:
        found: list[str] = self.w.node.fold.state["room"]["list"]
        return found


def own(person: Person, entry: Entry) -> Ticket:
    return Ticket(entry.author, entry.n, entry.payload, person.session)


def test_TL1_what_is_early_waits_for_what_is_missing() -> None:
    far = Far()
    one, two = far.says("one"), far.says("two", 2)
    far.tail.heard(two)
    assert far.list == [] and far.tail.waits
    far.tail.heard(one)
    far.tail.heard(one)
    assert far.list == ["one", "two"] and not far.tail.waits
    assert far.folded == [far.top + 1, far.top + 2]


def test_TL2_news_that_does_not_follow_by_its_tag_is_not_folded() -> None:
    far = Far()
    real = far.says("here")
    other = Entry(real.offset, real.ts, "0" * 12, real.author, 1, real.payload)
    far.tail.heard(other)
    assert far.list == [] and far.tail.wants
    far.tail.caught([real], real.offset)
    assert far.list == ["here"]


def test_TL3_what_was_read_wins_over_what_was_heard_early() -> None:
    far = Far()
    one, two = far.says("one"), far.says("two", 2)
    far.tail.heard(Entry(two.offset, two.ts, "0" * 12, two.author, 2, two.payload))
    far.tail.caught([one, two], two.offset)
    assert far.list == ["one", "two"] and far.tail.known == two.offset


def test_TL4_an_op_under_way_twice_is_folded_once_and_answered_twice() -> None:
    far = Far()
    entry = far.says("once")
    first, second = own(far.bo, entry), own(far.bo, entry)
    assert first.session is not None
    for ticket in (first, second):
        far.w.node.intake.in_flight += 1
        first.session.under_way.append((1, first.session.round))
        far.tail.asked(ticket)
    far.tail.heard(entry)
    far.tail.appended(first, entry.offset, entry.ts, entry.tag)
    far.tail.duplicate(second, entry.offset)
    assert far.list == ["once"] and far.w.node.intake.in_flight == 0
    assert not first.session.under_way


def test_TL5_after_a_cut_what_was_early_is_said_again_by_its_author() -> None:
    far = Far()
    far.says("lost")
    entry = far.says("mine", 2)
    said: list[bool] = []
    ticket = Ticket(entry.author, 2, entry.payload, None, said.append)
    far.tail.asked(ticket)
    far.tail.appended(ticket, entry.offset, entry.ts, entry.tag)
    assert far.tail.waits and not said
    far.tail.cut()
    assert said == [False] and not far.tail.waits and far.list == []


def test_TL6_what_is_awaited_and_twice_not_found_is_given_up() -> None:
    """A place that a log had before it was cut never comes; nobody asks for it for ever."""
    far = Far()
    said: list[bool] = []
    ticket = Ticket("sys:x:1", 1, b"{}", None, said.append)
    far.tail.asked(ticket)
    far.tail.duplicate(ticket, far.top + 9)
    for _ in range(2):
        assert far.tail.waits
        far.tail.caught([], far.top)
    assert said == [False] and not far.tail.waits


def test_TL7_a_timer_whose_key_is_used_up_rings_under_another_one_and_then_no_more() -> None:
    """The bell came to the log in a history where the timer was not set yet."""
    far = Far()
    w, host = far.w, far.host
    serial = w.node.fold.state["sys"]["serial"] + 1
    told = {"g": far.g, "name": "bell", "serial": serial}
    payload = moment.encode(Asked("sys.timer", d=told))
    w.rooms.append(ROOM, "e1", f"sys:timer:{far.g}.bell.{serial}", 1, None, payload)
    entry = far.read(far.top).entries[0]
    w.node.appended(Ticket(entry.author, 1, payload), entry.offset, entry.ts, entry.tag)
    host.ask("echo.later", ms=1_000)
    for _ in range(8):
        w.wait(500)
        w.settle()
    assert w.node.fold.state["room"]["bell"]["times"] == 0
