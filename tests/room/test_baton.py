"""Who leads: exactly one or nobody, whatever happens; and who may take what from whom."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.kit import FieldError
from server.room.limits import Limits
from tests.room.book import Book, jam
from tests.room.world import World

LIMITS = Limits()


def marks(book: Book, who: str) -> set[str]:
    person = book.people[who]
    return {key for key in ("made", "acting", "out") if person.get(key)} | {person["role"]}


def silence(book: Book, *resting: str) -> None:
    assert book.fact("baton", silent=list(resting)).outcome == "ok"


def holds(book: Book) -> None:
    """The law of the baton at this offset."""
    holder = book.meet["baton"]
    people = book.people
    silent = book.state["sys"]["silent"]
    if holder is not None:
        assert people[holder]["role"] == "host" and not people[holder].get("out")
    else:
        there = [m for m, p in people.items() if p["role"] == "host" and p["here"]]
        assert all(m in silent for m in there), "a host is here, and nobody leads"
    for who, person in people.items():
        assert not person.get("acting") or (who == holder and person["role"] == "host")
        assert not (person.get("made") and person.get("acting"))
        assert not (person.get("out") and (person["here"] or person["role"] == "host"))
    assert book.meet["standin"] is None or not people[book.meet["standin"]].get("out")


def test_HR20_the_first_host_who_comes_leads_and_the_next_one_does_not() -> None:
    book = Book()
    book.join("bo")
    assert book.meet["baton"] is None
    book.join("ana", "eve", role="host")
    assert book.meet["baton"] == "ana" and marks(book, "ana") == {"host"}
    book.fact("role", member="bo", role="host")
    assert book.meet["baton"] == "ana"


def test_HR21_after_the_silence_the_standin_leads_and_is_a_host_for_so_long() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "standin", who="bo")
    book.fact("away", member="ana")
    assert book.meet["baton"] == "ana"  # a short absence moves nothing
    silence(book)
    assert book.meet["baton"] == "bo" and marks(book, "bo") == {"host", "acting"}
    book.ok("bo", "open", card="weather")
    assert book.no("cy", "lead") == "not_now"
    book.fact("back", member="ana")
    assert book.meet["baton"] == "bo", "nobody takes it from them unasked"
    book.ok("ana", "lead")
    assert book.meet["baton"] == "ana" and marks(book, "bo") == {"member"}
    assert book.meet["now"]["card"] == "weather" and book.meet["standin"] == "bo"


@pytest.mark.parametrize("why", ["none", "away", "out"])
def test_HR21_without_a_standin_who_is_here_nobody_leads_until_somebody_offers(why: str) -> None:
    book = jam("bo", "cy")
    if why != "none":
        book.ok("ana", "standin", who="bo")
    if why == "away":
        book.fact("away", member="bo")
    if why == "out":
        book.ok("ana", "remove", who="bo")
        assert book.meet["standin"] is None
    assert book.no("cy", "lead") == "not_now"
    book.fact("away", member="ana")
    silence(book)
    assert book.meet["baton"] is None
    book.ok("cy", "lead")
    assert book.meet["baton"] == "cy" and marks(book, "cy") == {"host", "acting"}
    if why == "none":
        assert book.no("bo", "lead") == "not_now", "the second one was too late"


def test_HR22_a_host_who_comes_back_to_a_vacant_baton_has_it() -> None:
    book = jam("bo")
    book.fact("away", member="ana")
    silence(book)
    book.fact("back", member="ana")
    assert book.meet["baton"] == "ana"


def test_HR22_a_silence_that_is_over_when_it_is_written_down_moves_nothing() -> None:
    book = jam("bo")
    book.join("eve", role="host")
    book.ok("ana", "standin", who="bo")
    silence(book, "ana")  # eve came in the same moment
    assert book.meet["baton"] == "ana" and marks(book, "bo") == {"member"}


def test_HR22_a_resting_host_loses_the_baton_and_has_it_again_on_return() -> None:
    book = jam("bo")
    silence(book, "ana")  # ana's phone is locked: she still counts as here
    assert book.people["ana"]["here"] and book.meet["baton"] is None
    book.fact("back", member="ana")
    assert book.meet["baton"] == "ana" and book.state["sys"]["silent"] == []
    silence(book, "ana")
    book.ok("bo", "lead")
    assert book.meet["baton"] == "bo"
    book.fact("back", member="ana")
    assert book.meet["baton"] == "bo" and book.state["sys"]["silent"] == []


def test_HR23_the_holder_who_goes_leaves_it_to_a_host_who_is_here() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "host", who="cy", on=True)
    book.ok("ana", "standin", who="bo")
    book.join("eve", role="host")
    book.fact("away", member="ana")
    assert book.meet["baton"] == "eve", "the key before the word of a host"
    book.fact("away", member="eve")
    assert book.meet["baton"] == "cy"
    book.fact("away", member="cy")
    assert book.meet["baton"] == "cy", "with no host here the silence decides"
    silence(book)
    assert book.meet["baton"] == "bo"
    book.fact("back", member="cy")
    book.fact("away", member="bo")
    assert book.meet["baton"] == "cy" and marks(book, "bo") == {"member"}


def test_HR24_pass_gives_it_on_and_a_member_leads_for_so_long() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "pass", to="bo")
    assert marks(book, "bo") == {"host", "acting"} and book.meet["baton"] == "bo"
    book.ok("bo", "pass", to="cy")
    assert marks(book, "bo") == {"member"} and marks(book, "cy") == {"host", "acting"}
    assert book.no("bo", "pass", to="bo") == "host_only"
    book.fact("away", member="bo")
    assert book.no("cy", "pass", to="bo") == "nobody"
    book.ok("ana", "lead")
    assert marks(book, "cy") == {"member"}


def test_HR25_hosts_are_made_and_unmade_and_nobody_unmakes_the_key() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "host", who="bo", on=True)
    assert marks(book, "bo") == {"host", "made"}
    assert book.no("bo", "host", who="ana", on=False) == "host_stays"
    assert book.no("bo", "remove", who="ana") == "host_stays"
    assert book.no("ana", "host", who="ana", on=False) == "host_stays"
    assert book.no("cy", "host", who="cy", on=True) == "host_only"
    book.ok("ana", "pass", to="bo")
    assert marks(book, "bo") == {"host", "made"}, "a host of their own right acts for nobody"
    book.ok("ana", "host", who="bo", on=False)
    assert marks(book, "bo") == {"member"} and book.meet["baton"] == "ana"
    book.ok("ana", "host", who="bo", on=False)
    book.ok("ana", "host", who="cy", on=True)
    book.ok("cy", "host", who="cy", on=False)
    assert marks(book, "cy") == {"member"}


def test_HR25_who_leads_for_a_while_takes_no_hosts_role_and_erases_nothing() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "host", who="cy", on=True)
    book.ok("ana", "pass", to="bo")
    assert book.no("bo", "host", who="cy", on=False) == "host_only"
    assert book.no("bo", "remove", who="cy") == "host_only"
    assert book.no("bo", "end", erase=True) == "host_only"
    book.ok("bo", "end")


def test_HR25_an_acting_host_with_the_key_or_made_one_is_a_host_for_good() -> None:
    for how in ("key", "made"):
        book = jam("bo")
        book.ok("ana", "pass", to="bo")
        if how == "key":
            book.fact("role", member="bo", role="host")
        else:
            book.ok("ana", "host", who="bo", on=True)
        book.ok("ana", "lead")
        assert marks(book, "bo") == ({"host"} if how == "key" else {"host", "made"})


def test_HR25_a_key_makes_nobody_a_host_who_was_asked_to_leave() -> None:
    book = jam("bo")
    book.ok("ana", "remove", who="bo")
    assert book.fact("role", member="bo", role="host").code == "nobody"
    for what in ({"who": "bo"}, {"to": "bo"}, {"who": "bo", "on": True}):
        name = "pass" if "to" in what else "host" if "on" in what else "standin"
        assert book.no("ana", name, **what) == "nobody"


PEOPLE = ("ana", "bo", "cy", "di", "eve")


def _one(book: Book, rng: Random) -> None:
    who, other = rng.choice(PEOPLE), rng.choice(PEOPLE)
    what = rng.choice(
        ["join", "away", "back", "key", "lead", "lead", "pass", "standin", "made", "unmade",
         "remove", "silence", "silence", "title"]
    )  # fmt: skip
    if what == "join":
        if who not in book.people:
            book.join(who, role=rng.choice(("host", "member")))
    elif who not in book.people or other not in book.people:
        return
    elif what in ("away", "back"):
        book.fact(what, member=who)
    elif what == "key":
        book.fact("role", member=who, role="host")
    elif what == "silence":
        resting = [m for m, p in book.people.items() if p["role"] == "host" and p["here"]]
        book.fact("baton", silent=[m for m in resting if rng.random() < 0.8])
    else:
        d: dict[str, Any] = {
            "pass": {"to": other},
            "standin": {"who": rng.choice((other, None))},
            "made": {"who": other, "on": True},
            "unmade": {"who": other, "on": False},
            "remove": {"who": other},
            "title": {"title": "x"},
        }.get(what, {})
        name = {"made": "host", "unmade": "host"}.get(what, what)
        done = book.do(who, name, **d)
        assert done.code != "fault", done


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_HR26_whatever_happens_one_leads_or_nobody_and_a_volunteer_finds_the_way(
    rng: Random,
) -> None:
    book = Book(plan=[{"card": "weather"}])
    for _ in range(40):
        _one(book, rng)
        holds(book)
    # no host has a line: whoever is here and offers leads, and can act
    members = [m for m, p in book.people.items() if p["role"] == "member" and p["here"]]
    hosts = [m for m, p in book.people.items() if p["role"] == "host" and p["here"]]
    book.fact("baton", silent=hosts)
    holds(book)
    if members:
        if book.meet["baton"] is None:
            book.ok(members[0], "lead")
        holds(book)
        book.ok(book.meet["baton"], "next")


def test_HR27_the_node_counts_the_silence_of_hosts_and_says_it_once() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    host.ask("room.standin", who=bo.me)
    host.drop()
    before = world.node.fold.offset
    world.wait(LIMITS.baton_ms - 1_000)
    assert bo.state["meet"]["baton"] == host.me
    world.wait(2_000)
    assert bo.state["meet"]["baton"] == bo.me
    assert bo.state["meet"]["people"][bo.me]["acting"] is True
    assert bo.ask("room.title", title="on we go")[1] == "ok"
    written = world.node.fold.offset - before
    world.wait(60_000)
    assert world.node.fold.offset - before == written, "once per silence"
    host.connect()
    world.settle()
    assert host.state["meet"]["baton"] == bo.me
    assert host.ask("room.lead")[1] == "ok"
    assert bo.state["meet"]["people"][bo.me]["role"] == "member" and "desk" not in bo.state


def test_HR27_a_host_who_returns_in_time_leads_on() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    host.ask("room.standin", who=bo.me)
    for _ in range(3):
        host.drop()
        world.wait(LIMITS.baton_ms - 1_000)
        host.connect()
        world.settle()
    assert bo.state["meet"]["baton"] == host.me


def test_HR27_a_second_host_breaks_the_silence() -> None:
    world = World()
    host, other, bo = world.host(), world.host("Other"), world.person("Bo")
    host.ask("room.standin", who=bo.me)
    host.drop()
    world.wait(60_000)
    assert bo.state["meet"]["baton"] == other.me


def test_HR27_a_locked_phone_loses_the_lead_but_not_its_place() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    host.say({"t": "k", "hidden": True})
    host.drop()
    world.wait(LIMITS.baton_ms + 1_000)
    assert bo.state["meet"]["baton"] is None and bo.state["meet"]["people"][host.me]["here"]
    host.connect()
    world.settle()
    world.wait(LIMITS.beat_ms)
    assert bo.state["meet"]["baton"] == host.me


def test_HR27_after_a_restart_hosts_have_the_longer_grace() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    world.boot()
    bo.connect()
    world.settle()
    world.wait(LIMITS.away_restart_ms - 1_000)
    assert bo.state["meet"]["baton"] == host.me
    world.wait(2_000)
    assert bo.state["meet"]["baton"] is None


def test_HR27_with_nobody_there_nothing_is_written() -> None:
    world = World()
    host = world.host()
    host.drop()
    world.wait(LIMITS.away_ms + 1_000)
    before = world.node.fold.offset
    world.wait(60_000)
    assert world.node.fold.offset == before
    late = world.person("Late")
    world.wait(2_000)
    assert late.state["meet"]["baton"] is None, "who comes into the silence hears of it"


def test_HR27_a_silence_that_could_not_be_saved_is_said_again() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    host.ask("room.standin", who=bo.me)
    host.drop()
    world.broken = True
    world.wait(LIMITS.baton_ms + 1_000)
    assert world.node.fold.state["meet"]["baton"] == host.me
    world.broken = False
    world.wait(LIMITS.baton_ms)
    assert world.node.fold.state["meet"]["baton"] == bo.me


def test_HR24_who_somebody_is_must_be_known() -> None:
    book = jam()
    for name, d in (("pass", {"to": "zz"}), ("standin", {"who": "zz"}), ("remove", {"who": "zz"})):
        with pytest.raises(FieldError) as no:
            book.do("ana", name, **d)
        assert no.value.code == "nobody"
    book.ok("ana", "standin", who=None)
