"""HR70-HR74: the room goes on by itself where a host asked for it, and knows when it began."""

from __future__ import annotations

import json

import pytest

from server.kit import FieldError
from server.room import agenda
from server.room import fold as folding
from server.room.audience import view
from server.room.evening import MEMO
from server.room.limits import Limits
from tests.room.book import Book, jam
from tests.room.world import KINDS, World

PLAN = [{"card": "weather", "minutes": 2}, {"card": "street", "minutes": 3}, {"card": "question"}]
MIN = 60_000


def at(world: World) -> int:
    found: int = world.node.fold.state["meet"]["at"]
    return found


def test_HR70_the_room_goes_on_when_the_time_of_a_step_is_over() -> None:
    """HR70: all steps by themselves, and the end is left to people."""
    world = World(plan=PLAN)
    ana, bo = world.host("Ana"), world.person("Bo")
    assert bo.ask("room.auto", on="all")[1:4:2] == ["refused", "host_only"]
    ana.ask("room.auto", on="all")
    assert at(world) == -1, "the first step is a host's"
    ana.ask("room.next", g=0)
    world.wait(2 * MIN - 2_000)
    assert at(world) == 0
    world.wait(4_000)
    assert at(world) == 1
    world.wait(3 * MIN + 2_000)
    assert at(world) == 2
    world.wait(30 * MIN)
    assert at(world) == 2 and world.node.fold.state["meet"]["now"] is not None
    assert bo.state["meet"]["at"] == 2 and not world.faults


def test_HR70_once_is_once() -> None:
    world = World(plan=PLAN)
    ana = world.host("Ana")
    ana.ask("room.next", g=0)
    ana.ask("room.auto", on="once")
    world.wait(2 * MIN + 1_000)
    assert at(world) == 1 and world.node.fold.state["meet"]["auto"] == ""
    world.wait(30 * MIN)
    assert at(world) == 1


def test_HR70_the_room_goes_on_while_its_host_is_in_a_tunnel() -> None:
    world = World(plan=PLAN)
    ana, bo = world.host("Ana"), world.person("Bo")
    ana.ask("room.next", g=0)
    ana.ask("room.auto", on="all")
    ana.drop()
    world.wait(6 * MIN)
    assert at(world) == 2 and bo.state["meet"]["at"] == 2


def test_HR71_a_minute_more_another_card_and_a_change_of_mind_come_first() -> None:
    """HR71: what was due is judged anew at its place in the log."""
    book = jam("bo", plan=PLAN)
    book.ok("ana", "next")
    book.ok("ana", "auto", on="all")
    book.wait(2 * MIN)
    book.ok("ana", "timer", ms=MIN)
    assert book.fact("next", g=1).changes == [] and book.meet["at"] == 0
    book.wait(MIN)
    book.ok("ana", "auto", on="")
    assert book.fact("next", g=1).changes == []
    book.ok("ana", "auto", on="once")
    book.ok("ana", "open", card="mood")
    assert book.fact("next", g=1).changes == [] and book.meet["now"]["g"] == 2
    book.ok("ana", "timer", ms=0)
    book.wait(90 * MIN)
    assert book.fact("next", g=2).changes == [], "without an end nothing is over"
    assert agenda.auto_due(book.meet) is None


def test_HR71_a_tap_that_comes_as_the_room_goes_on_skips_nothing() -> None:
    book = jam("bo", plan=PLAN)
    book.ok("ana", "next", g=0)
    book.ok("ana", "auto", on="once")
    book.wait(2 * MIN)
    book.fact("next", g=1)
    assert book.meet["at"] == 1
    assert book.no("ana", "next", g=1) == "closed"
    assert book.no("ana", "next", g=2) == "closed", "two seconds of grace"
    book.wait(agenda.MOVED_MS)
    book.ok("ana", "next", g=2)


def test_HR72_the_evening_begins_with_its_first_step_and_anew_after_a_rest() -> None:
    book = jam("bo", plan=PLAN)
    assert book.meet["begun"] is None
    book.ok("ana", "open", card="mood")
    assert book.meet["begun"] is None, "a card before the plan begins nothing"
    book.ok("ana", "next")
    begun = book.meet["begun"]
    assert begun == book.clock
    book.wait(5 * MIN)
    book.ok("ana", "next")
    assert book.meet["begun"] == begun
    book.ok("ana", "auto", on="all")
    book.ok("ana", "rest")
    assert (book.meet["begun"], book.meet["auto"], book.meet["at"]) == (None, "", -1)
    book.ok("ana", "next")
    assert book.meet["begun"] == book.clock


def test_HR73_a_room_written_down_before_that_has_its_first_values() -> None:
    """HR73: what a shape has gained since is there in older rooms, too."""
    saved = json.loads(jam(plan=PLAN).fold.save())
    for key in ("begun", "auto"):
        del saved["tree"]["meet"][key]
    fold = folding.load(KINDS, Limits(), b"s" * 32, json.dumps(saved).encode(), 9)
    assert (fold.state["meet"]["begun"], fold.state["meet"]["auto"]) == (None, "")


def test_HR70_only_three_wishes_are_known() -> None:
    book = jam()
    for on in agenda.AUTO:
        book.do("ana", "auto", on=on)
        assert book.meet["auto"] == on
    with pytest.raises(FieldError):
        book.do("ana", "auto", on="never")
    assert Book().meet["auto"] == ""


def test_HR74_notes_for_hosts_are_theirs_alone() -> None:
    """HR74: at the limit and one above; no member is sent a byte; they go with the contents."""
    book = jam("bo", plan=PLAN)
    book.ok("ana", "memo", text="Léa brings cake.\nAsk Tom about the song.")
    assert book.state["desk"]["memo"].count("\n") == 1
    book.ok("ana", "memo", text="x" * MEMO)
    with pytest.raises(FieldError):
        book.do("ana", "memo", text="x" * (MEMO + 1))
    assert book.no("bo", "memo", text="mine") == "host_only"
    assert "memo" not in json.dumps(view(book.state, "bo", "member"))
    assert view(book.state, "ana", "host")["desk"]["memo"]
    assert folding.remaining(book.state)["desk"]["memo"] == ""
