"""V-SEAT: who may be heard by whom, whatever happens in the room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import kit
from server.kit import HOST, Activity, Change, Nest
from server.room.voices import Seat, seats
from tests.room.book import KINDS, Book, jam

teams = Activity("teams")


@teams.start
def _start(ctx: Any) -> dict[str, Any]:
    return {"team": {}, "mode": "all"}


@teams.action(HOST, who=kit.member(), t=kit.text(4, empty=True))
def put(ctx: Any, who: str, t: str) -> Iterator[Change]:
    """Put somebody in a team, or out of any."""
    if t:
        yield Change(f"room/team/{who}", t)
    elif who in ctx.room["team"]:
        yield Change(f"room/team/{who}")


@teams.action(HOST, t=kit.text(4), kind=kit.text(20, empty=True))
def give(ctx: Any, t: str, kind: str) -> Iterator[Nest]:
    """Let a team run a kind, or end it."""
    yield Nest(t, kind)


@teams.action(HOST, mode=kit.text(8))
def mode(ctx: Any, mode: str) -> Iterator[Change]:
    """What the hook says from now on."""
    yield Change("room/mode", mode)


@teams.heard
def _heard(room: Any, options: Any, people: Any) -> Any:
    told: dict[str, Callable[[], Any]] = {
        "all": lambda: None,
        "none": list,
        "bo": lambda: {"bo", "nobody at all"},
        "people": lambda: people,
        "raise": lambda: room["not there"],
        "word": lambda: "bo",
        "numbers": lambda: [1, 2],
        "number": lambda: 7,
        "lists": lambda: [["bo"]],
    }
    return told[room["mode"]]()


WRONG = ("raise", "word", "numbers", "number", "lists")
ALL = {"teams": teams, "round": KINDS["round"], "breath": KINDS["breath"]}


def room(*members: str) -> Book:
    """With the host `ana`; `teams` runs."""
    book = jam(*members, kinds=ALL)
    book.ok("ana", "room.open", kind="teams")
    return book


def found(book: Book) -> dict[str, Seat]:
    return seats(book.kinds, book.state)


def speakers(book: Book) -> set[str]:
    return {who for who, seat in found(book).items() if seat.speaks}


def test_vseat1_nobody_in_the_hall_speaks_or_hears_and_who_is_not_here_has_no_seat() -> None:
    book = jam("bo", "cy", "di")
    book.join("wall", role="screen")
    assert found(book) == dict.fromkeys(("ana", "bo", "cy", "di"), Seat())
    book.ok("bo", "place", hall=True)
    book.ok("ana", "place", hall=True)
    book.fact("away", member="cy")
    book.ok("ana", "remove", who="di")
    silent = Seat(speaks=False, hears=False)
    assert found(book) == {"ana": silent, "bo": silent}
    book.ok("bo", "place", hall=False)
    book.fact("back", member="cy")
    assert found(book) == {"ana": silent, "bo": Seat(), "cy": Seat()}


def test_vseat2_who_is_muted_is_not_heard_and_all_hands_quiet_leaves_the_hosts() -> None:
    book = room("bo", "cy")
    assert book.no("bo", "shut", what="voice", on=True) == "host_only"
    book.ok("ana", "shut", what="voice", on=True, who="bo")
    book.ok("ana", "teams.mode", mode="bo")
    assert speakers(book) == {"ana"}, "named by what runs, and muted all the same"
    book.ok("ana", "shut", what="voice", on=False, who="bo")
    assert speakers(book) == {"ana", "bo"}
    book.ok("ana", "shut", what="voice", on=True)
    assert speakers(book) == {"ana"}
    assert all(seat.hears for seat in found(book).values())
    book.ok("ana", "teams.mode", mode="all")
    book.ok("ana", "shut", what="voice", on=False)
    assert speakers(book) == {"ana", "bo", "cy"}
    assert book.meet["shut"] == {} and "shut" not in book.people["bo"]
    book.ok("ana", "line", text="closing voices closes nothing else")


def test_vseat3_teams_are_groups_of_their_own() -> None:
    book = room("bo", "cy", "di")
    for who, t in (("bo", "a"), ("cy", "a"), ("di", "b")):
        book.ok("ana", "teams.put", who=who, t=t)
    assert {who: seat.group for who, seat in found(book).items()} == {
        "ana": "", "bo": "a", "cy": "a", "di": "b",
    }  # fmt: skip
    book.ok("ana", "teams.put", who="di", t="")
    assert found(book)["di"].group == ""
    book.ok("ana", "rest")
    assert {seat.group for seat in found(book).values()} == {""}


def test_vseat4_hosts_are_heard_by_all_and_in_a_team_only_who_is_named() -> None:
    book = room("bo", "cy", "di")
    book.ok("ana", "teams.mode", mode="none")
    assert speakers(book) == {"ana"}
    book.ok("ana", "host", who="cy", on=True)
    assert speakers(book) == {"ana", "cy"}
    for who in ("bo", "cy", "di"):
        book.ok("ana", "teams.put", who=who, t="a")
    assert speakers(book) == {"ana"}, "what runs for all is for a team in which nothing runs"
    book.ok("ana", "teams.give", t="a", kind="round")
    assert speakers(book) == {"ana", "bo", "cy", "di"}, "the round has not begun"
    book.ok("bo", "round.begin", book.meet["now"]["in"]["a"]["g"])
    turn = book.state["team"]["a"]["in"]["turn"]
    on = turn["order"][turn["at"]]
    assert speakers(book) == {"ana", on} and on in ("bo", "cy", "di")
    book.ok(on, "round.pass_", book.meet["now"]["in"]["a"]["g"])
    assert speakers(book) == {"ana", turn["order"][1]}
    book.ok("ana", "teams.give", t="a", kind="")
    book.ok("ana", "teams.mode", mode="all")
    assert speakers(book) == {"ana", "bo", "cy", "di"}


def test_vseat4_a_nested_kind_knows_its_own_people_only() -> None:
    seen: list[set[str]] = []
    inner = Activity("inner", options={"far": kit.boolean(True)})
    inner.start(lambda ctx: {"near": True})

    @inner.heard
    def heard(room: Any, options: Any, people: Any) -> Any:
        seen.append({*people})
        return people if room["near"] and options["far"] else ()

    book = jam("bo", "cy", kinds={"teams": teams, "inner": inner})
    book.ok("ana", "room.open", kind="teams")
    book.ok("ana", "teams.put", who="bo", t="a")
    book.ok("ana", "teams.give", t="a", kind="inner")
    assert speakers(book) == {"ana", "bo", "cy"}
    assert seen == [{"bo"}]


@pytest.mark.parametrize("mode", WRONG)
def test_vseat5_a_hook_that_goes_wrong_mutes_nobody_and_is_told(mode: str) -> None:
    book = room("bo")
    book.ok("ana", "teams.mode", mode=mode)
    wrong: list[str] = []
    assert seats(book.kinds, book.state, wrong.append) == {"ana": Seat(), "bo": Seat()}
    assert len(wrong) == 1 and wrong[0].startswith("teams: heard")
    assert speakers(book) == {"ana", "bo"}, "with nobody to tell, too"


def test_vseat5_a_kind_that_is_not_known_here_mutes_nobody() -> None:
    book = room("bo")
    book.ok("ana", "teams.mode", mode="none")
    assert seats({}, book.state) == {"ana": Seat(), "bo": Seat()}


WHO = st.sampled_from(["ana", "bo", "cy", "di"])
OPS = st.one_of(
    st.tuples(WHO, st.just("place"), st.fixed_dictionaries({"hall": st.booleans()})),
    st.tuples(WHO, st.just("shut"), st.fixed_dictionaries({
        "what": st.sampled_from(["voice", "work"]), "on": st.booleans(),
        "who": st.none() | WHO,
    })),
    st.tuples(WHO, st.just("music"), st.fixed_dictionaries({
        "on": st.booleans(), "who": st.none() | WHO,
    })),
    st.tuples(WHO, st.just("invite"), st.fixed_dictionaries({"who": WHO})),
    st.tuples(WHO, st.sampled_from(["invited", "lost", "lead", "rest"]), st.just({})),
    st.tuples(WHO, st.just("found"), st.fixed_dictionaries({"who": WHO})),
    st.tuples(WHO, st.just("remove"), st.fixed_dictionaries({"who": WHO})),
    st.tuples(WHO, st.just("host"), st.fixed_dictionaries({"who": WHO, "on": st.booleans()})),
    st.tuples(WHO, st.just("open"), st.just({"kind": "teams"})),
    st.tuples(WHO, st.just("teams.put"), st.fixed_dictionaries({
        "who": WHO, "t": st.sampled_from(["", "a", "b"]),
    })),
    st.tuples(WHO, st.just("teams.give"), st.fixed_dictionaries({
        "t": st.sampled_from(["a", "b"]), "kind": st.sampled_from(["", "round", "breath"]),
    })),
    st.tuples(WHO, st.just("teams.mode"), st.fixed_dictionaries({
        "mode": st.sampled_from(["all", "none", "bo", "people", *WRONG]),
    })),
    st.tuples(st.just(""), st.sampled_from(["away", "back"]),
              st.fixed_dictionaries({"member": WHO})),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(OPS, max_size=40))
def test_vseat6_whatever_happens_the_laws_of_voices_hold(ops: list[Any]) -> None:
    book = room("bo", "cy", "di")
    for by, what, d in ops:
        if by == "":
            book.fact(what, **d)
        elif "." not in what or book.meet["now"] is not None:
            book.do(by, what, **d)
        _lawful(book)


def _lawful(book: Book) -> None:
    people, meet = book.people, book.meet
    team_of = book.state["room"].get("team") or {}
    told = found(book)
    here = {who for who, one in people.items() if one["here"] and not one.get("out")}
    assert told.keys() == here
    for who, seat in told.items():
        person = people[who]
        host = person["role"] == "host"
        assert seat.group in ("", team_of.get(who, ""))
        hall, muted = "hall" in person, "voice" in person.get("shut", {})
        assert seat.hears != hall
        if hall or muted or (not host and "voice" in meet["shut"]):
            assert not seat.speaks
        elif host and not seat.group:
            assert seat.speaks
        for other, one in told.items():
            if team_of.get(who) != team_of.get(other):
                assert seat.group != one.group
    holder = meet.get("music")
    assert {who for who, seat in told.items() if seat.music} == ({holder} if holder else set())
    assert holder is None or (holder in here and "hall" not in people[holder])
    for who, mine in book.state["mine"].items():
        assert mine.keys() <= {"lost", "coming", "speak"} and mine
        assert "speak" not in mine or (who in here and "hall" not in people[who])
        assert ("lost" in mine) == (who in book.desk["calls"])


def test_vseat14_groups_have_a_round_each_and_hear_one_voice() -> None:
    book = jam(*(f"p{n}" for n in range(5)))
    book.ok("ana", "room.open", kind="groups", options={"inside": "round"})
    assert speakers(book) == {"ana", *(f"p{n}" for n in range(5))}
    book.ok("ana", "groups.begin")
    team_of = book.state["room"]["team"]
    assert {who: seat.group for who, seat in found(book).items() if seat.group} == team_of
    for g in [one["g"] for one in book.meet["now"]["in"].values()]:
        book.ok("ana", "round.begin", g)
    for team in {*team_of.values()}:
        ours = {who for who, t in team_of.items() if t == team}
        turn = book.state["team"][team]["in"]["turn"]
        assert speakers(book) & ours == {turn["order"][0]}
    book.ok("ana", "groups.home")
    assert all(seat == Seat() for seat in found(book).values()), "and home again"
