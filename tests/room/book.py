"""A room's log written by hand: facts and actions folded one after the other, without sockets."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from server.kit import Activity
from server.room import acts, evening, moment
from server.room import fold as folding
from server.room.fold import Fold, Folded
from server.room.limits import Limits
from server.room.moment import Asked
from tests.room.world import CARDS, KINDS


class Entry(NamedTuple):
    offset: int
    ts: int
    payload: bytes


class Book:
    """One fold, its clock, and what became of each entry. Actions are checked as at the door."""

    def __init__(
        self,
        kinds: dict[str, Activity] | None = None,
        limits: Limits | None = None,
        plan: list[dict[str, Any]] | None = None,
    ) -> None:
        self.clock = 1_000_000
        self.limits = limits or Limits()
        self.kinds = KINDS if kinds is None else kinds
        tree = folding.empty("Our jam", "en", CARDS.steps(plan or [], self.kinds, self.limits))
        self.fold = Fold(self.kinds, self.limits, b"s" * 32, tree, 0)

    def write(self, asked: Asked) -> Folded:
        self.clock += 1
        entry = Entry(self.fold.offset + 1, self.clock, moment.encode(asked))
        done = self.fold.apply(entry)
        json.dumps(self.fold.state)
        return done

    def fact(self, what: str, /, **d: Any) -> Folded:
        return self.write(Asked(f"sys.{what}", d=d))

    def join(self, *members: str, role: str = "member") -> None:
        for member in members:
            told = self.fact("join", member=member, name=member.title(), role=role)
            assert told.outcome == "ok", told

    def do(self, by: str, what: str, g: int | None = None, /, **d: Any) -> Folded:
        """An action that has come through the door, with its fields made whole."""
        kind, _, name = what.partition(".")
        if not name:
            kind, name = "room", what
        if kind == "room" and name in evening.BY_CARD:
            d = CARDS.resolved(name, d, self.kinds, self.limits)
        elif kind == "room":
            d = acts.room.actions[name].check(d, self.meet["people"])
        elif g is None:
            g = self.meet["now"]["g"]
        return self.write(Asked(f"{kind}.{name}", by, g, d))

    def ok(self, by: str, what: str, g: int | None = None, /, **d: Any) -> Folded:
        done = self.do(by, what, g, **d)
        assert (done.outcome, done.code, done.fault) == ("ok", "", ""), done
        return done

    def no(self, by: str, what: str, g: int | None = None, /, **d: Any) -> str:
        """The code with which it is refused; nothing has changed."""
        before = json.dumps(self.fold.state)
        done = self.do(by, what, g, **d)
        assert done.outcome == "noop" and not done.fault, done
        assert json.dumps(self.fold.state) == before
        return done.code

    def wait(self, ms: int) -> None:
        self.clock += ms

    @property
    def state(self) -> dict[str, Any]:
        return self.fold.state

    @property
    def meet(self) -> dict[str, Any]:
        meet: dict[str, Any] = self.fold.state["meet"]
        return meet

    @property
    def people(self) -> dict[str, Any]:
        people: dict[str, Any] = self.meet["people"]
        return people

    @property
    def desk(self) -> dict[str, Any]:
        desk: dict[str, Any] = self.fold.state["desk"]
        return desk


def jam(*members: str, **given: Any) -> Book:
    """A room with the host `ana` and these members."""
    book = Book(**given)
    book.join("ana", role="host")
    book.join(*members)
    return book
