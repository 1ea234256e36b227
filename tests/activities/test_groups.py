"""GR1-GR20: people are moved into groups and back; who stays is left alone, and nobody is told."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.groups import floor, forms, hosting, mates, rules
from server import kit
from server.web import library
from tests.laws.laws import dump
from tests.party import Party
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy", "di", "ed"]
MINUTE = 60_000


def stage(people: list[str] = PEOPLE, **options: Any) -> Stage:
    return Stage("groups", people, host="ana", **options)


def begun(people: list[str] = PEOPLE, **options: Any) -> Stage:
    room = stage(people, **options)
    assert room.act("ana", "begin").ok
    return room


def teams(room: Stage) -> list[list[str]]:
    return list(floor.teams(room.state["room"]["team"]).values())


def mate(room: Stage, who: str) -> str:
    return next(one for group in teams(room) for one in group if who in group and one != who)


def team(room: Stage, who: str) -> Any:
    return room.state["team"][room.state["room"]["team"][who]]


def test_gr1_everybody_but_hosts_is_moved_and_comes_back_by_the_clock() -> None:
    room = begun(seconds=60)
    assert sorted(map(len, teams(room))) == [2, 2] and "ana" not in room.state["room"]["team"]
    assert room.state["room"]["clock"]["ms"] == MINUTE
    room.wait(MINUTE - 1)
    assert room.state["room"]["phase"] == "out"
    room.wait(1)
    assert room.state["room"]["phase"] == "home" and room.state["room"]["clock"] is None
    assert room.state["room"]["team"] == {} and room.state["team"] == {}


def test_gr1_hosts_come_along_where_they_count_themselves_in() -> None:
    room = stage(["ana", "bo"])
    assert room.act("ana", "begin").code == "too_few"
    assert room.act("bo", "take_part").code == "host_only"
    assert room.act("ana", "take_part").ok
    assert room.act("ana", "begin").ok and teams(room) == [["ana", "bo"]]
    room.act("ana", "home")
    room.act("ana", "take_part", on=False)
    assert room.act("ana", "begin").code == "too_few"


def test_gr1_only_hosts_move_people() -> None:
    room = begun()
    for name, args in (("home", {}), ("on", {}), ("more", {}), ("tell", {"text": "x"})):
        assert room.act("bo", name, **args).code == "host_only"
    assert stage().act("bo", "begin").code == "host_only"
    assert room.act("ana", "begin").code == "not_now"
    assert room.act("ana", "settle").code == "no_action"


@pytest.mark.parametrize(("size", "counts"), [(2, [2, 3]), (3, [2, 3]), (4, [2, 3])])
def test_gr2_groups_are_balanced(size: int, counts: list[int]) -> None:
    people = [*PEOPLE, "flo"]
    assert sorted(map(len, teams(begun(people, size=size)))) == counts


def test_gr2_nobody_meets_twice_while_it_can_be_avoided() -> None:
    room = stage(rounds=3)
    seen: set[tuple[str, ...]] = set()
    for _ in range(3):
        room.act("ana", "begin")
        fresh = {tuple(group) for group in teams(room)}
        assert not fresh & seen
        seen |= fresh
        room.act("ana", "home")
    assert len(seen) == 6, "four people have three rounds"


def test_gr2_there_are_twelve_rounds_at_most() -> None:
    room = stage()
    for _ in range(hosting.ROUNDS):
        assert room.act("ana", "begin").ok
        room.act("ana", "home")
    assert room.act("ana", "begin").facts == {"max": hosting.ROUNDS}


def test_gr3_whoever_sits_out_is_in_no_group_and_has_a_note_of_their_own() -> None:
    room = stage()
    assert room.act("cy", "sit").ok
    room.act("ana", "begin")
    assert "cy" not in room.state["room"]["team"]
    assert room.act("cy", "note", text="zq alone").ok
    for who in ("ana", "bo", "di", "ed"):
        assert "zq alone" not in room.bytes_of(who)
    room.act("ana", "home")
    assert "zq alone" not in dump(room.state["room"])
    assert room.act("cy", "note", text="x" * 240).ok
    assert room.act("cy", "note", text="x" * 241).code == "too_long"
    assert room.act("cy", "note", text="").ok and "note" not in room.state["own"]["cy"]


def played(quiet: str, how: str, many: int, form: str, seed: int) -> Stage:
    """A round in which one person is in no group, for one reason or another."""
    people = [f"p{i}" for i in range(many)]
    room = Stage("groups", people, seed=bytes([seed]) * 32, form=form, seconds=120)
    if how == "sit":
        room.act(quiet, "sit")
    else:
        room.away(quiet)
    room.act("p0", "begin")
    for who in people:
        if who in room.state["room"]["team"]:
            room.act(who, "write", text=f"hello {who}")
            room.act(who, "bring", text=f"line of {who}")
    room.act("p0", "on")
    room.wait(30 * MINUTE)
    room.act("p0", "begin")
    return room


@settings(max_examples=60)
@given(
    many=st.integers(4, 9),
    who=st.integers(1, 8),
    form=st.sampled_from(["partners", "merge", "clinic", "buddy"]),
    seed=st.integers(0, 255),
)
def test_gr4_nobody_can_tell_who_sat_out_from_who_was_away(
    many: int, who: int, form: str, seed: int
) -> None:
    """GR4: everybody else is sent the same bytes, whether one sat out or had no line.

    What can be inferred: that this person is in no group. What cannot: whether they chose it, lost
    the line, came late or stay with the hosts; presence itself is the room's, and public.
    """
    quiet = f"p{1 + who % (many - 1)}"
    sat, away = (played(quiet, how, many, form, seed) for how in ("sit", "away"))
    for other in sat.people:
        if other != quiet:
            assert sat.bytes_of(other) == away.bytes_of(other)
            assert '"out"' not in sat.bytes_of(other).replace('"phase": "out"', "").replace(
                '["room/phase", "out"]', ""
            )
    assert quiet not in dump(sat.state["room"])


@settings(max_examples=40)
@given(moves=st.lists(st.tuples(st.integers(1, 5), st.sampled_from("soabhw")), max_size=25))
def test_gr4_whoever_taps_not_this_one_is_never_in_a_group(moves: list[tuple[int, str]]) -> None:
    """GR4: whatever happens, nobody marked is in a group, and a lone person is never left alone
    while there is another group."""
    people = [f"p{i}" for i in range(6)]
    room = Stage("groups", people, seconds=300)
    room.act("p0", "begin")
    for who, move in moves:
        one = people[who]
        if move in "so":
            room.act(one, "sit", on=move == "s")
        elif move in "ab":
            getattr(room, "away" if move == "a" else "back")(one)
        else:
            room.act("p0", "home" if move == "h" else "begin")
        room.wait(25_000)
        team_of = room.state["room"]["team"]
        for marked, own in room.state["own"].items():
            assert not own.get("out") or marked not in team_of
        here = [[w for w in group if room.people[w]["here"]] for group in teams(room)]
        full = [group for group in here if group]
        assert len(full) < 2 or min(map(len, full)) > 1, here
        assert not room.faults
        for seen in people:
            room.sees(seen)


def test_gr5_what_a_group_writes_stays_in_it() -> None:
    room = begun()
    other = mate(room, "bo")
    assert room.act("bo", "write", text="zq hello").ok
    assert room.act(other, "bring", text="zq line").ok
    assert team(room, "bo")["lines"] == [{"by": "bo", "text": "zq hello"}]
    assert "zq" in room.bytes_of(other)
    for who in {*PEOPLE} - {"bo", other}:
        assert "zq" not in room.bytes_of(who), who
    assert room.act("ana", "write", text="x").code == "in_no_group"
    assert room.act("bo", "write", text="x" * 241).code == "too_long"
    room.act("ana", "home")
    assert "zq hello" not in dump(room.state)
    assert room.state["room"]["back"] == [{"text": "zq line"}]


def test_gr5_a_group_has_room_for_a_hundred_lines() -> None:
    room = begun()
    for i in range(mates.TALK):
        assert room.act("bo", "write", text=str(i)).ok
    assert room.act(mate(room, "bo"), "write", text="x").facts == {"max": mates.TALK}


def test_gr6_lines_come_back_mixed_and_without_names() -> None:
    room = begun()
    for who in PEOPLE[1:]:
        room.act(who, "bring", text=f"line of {who}")
    room.wait(4 * MINUTE)
    back = room.state["room"]["back"]
    assert len(back) == 2 and all(set(one) == {"text"} for one in back)
    assert not any(who in dump(room.state["room"]["team"]) for who in PEOPLE)
    assert [piece.name for piece in room.harvest()] == ["lines"]
    assert room.act("di", "add", text="one more").ok
    assert room.act("ana", "hide", i=2).ok
    assert room.act("ana", "hide", i=3).code == "no_line"
    assert "one more" not in room.harvest()[0].markdown()
    assert room.act("ana", "hide", i=2, on=False).ok
    assert "one more" in room.harvest()[0].markdown()


def test_gr6_the_page_holds_so_many_lines() -> None:
    room = begun()
    room.act("ana", "home")
    for i in range(forms.BACK):
        assert room.act("bo", "add", text=str(i)).ok
    assert room.act("bo", "add", text="x").facts == {"max": forms.BACK}
    room.act("ana", "begin")
    room.act("bo", "bring", text="too much")
    room.act("ana", "home")
    assert len(room.state["room"]["back"]) == forms.BACK


def test_gr7_whoever_comes_late_joins_the_smallest_group_and_reads_nothing_from_before() -> None:
    room = begun(["ana", "bo", "cy", "di", "ed", "flo"])
    pair = next(group for group in teams(room) if len(group) == 2)
    room.act(pair[0], "write", text="zq before")
    room.join("gus")
    assert mate(room, "gus") in pair
    assert "zq before" not in room.bytes_of("gus")
    assert room.state["own"][pair[1]]["talk"] == [{"by": pair[0], "text": "zq before"}]
    room.act(pair[1], "write", text="zq after")
    assert "zq after" in room.bytes_of("gus")
    room.act("ana", "home")
    assert "zq" not in dump(room.state)


def test_gr7_with_hardly_any_time_left_one_waits_for_the_next_round() -> None:
    room = begun(seconds=60)
    room.wait(MINUTE - floor.LATE_MS)
    room.join("flo")
    room.wait(1)
    room.join("gus")
    assert "flo" in room.state["room"]["team"] and "gus" not in room.state["room"]["team"]
    room.wait(MINUTE)
    room.act("ana", "begin")
    assert "gus" in room.state["room"]["team"]


def test_gr8_a_lost_line_keeps_its_place_for_a_while() -> None:
    room = begun()
    other = mate(room, "bo")
    room.away("bo")
    room.wait(floor.GRACE_MS - 1)
    assert mate(room, other) == "bo"
    room.back("bo")
    room.wait(floor.GRACE_MS)
    assert mate(room, other) == "bo" and "bo" not in room.state["vault"].get("gone", {})
    room.away("bo")
    room.wait(2 * floor.GRACE_MS)
    assert "bo" not in room.state["room"]["team"] and len(teams(room)) == 1
    room.back("bo")
    assert len(teams(room)[0]) == 4, "back again, with the others"


def test_gr8_the_grace_counts_for_each_line() -> None:
    """GR8: lines that go one after the other do not put off the look at the first."""
    people = ["ana", *(f"p{i}" for i in range(9))]
    room = begun(people)
    pairs = [group for group in teams(room) if len(group) == 2]
    room.away(pairs[0][0])
    room.wait(15_000)
    room.away(pairs[1][0])
    room.wait(6_000)
    assert pairs[0][0] not in room.state["room"]["team"]
    assert pairs[1][0] in room.state["room"]["team"]
    assert mate(room, pairs[0][1]) in pairs[1], "who was alone joins who is about to be"
    room.wait(20_000)
    assert pairs[1][0] in room.state["room"]["team"], "and that line keeps its place"


def test_gr8_who_leaves_alone_leaves_nobody_alone() -> None:
    room = begun()
    other = mate(room, "bo")
    room.act("bo", "write", text="zq")
    room.act("bo", "sit")
    assert [len(group) for group in teams(room)] == [3] and other in teams(room)[0]
    assert "zq" not in dump(room.state)
    assert room.act("bo", "sit", on=False).ok
    assert len(teams(room)[0]) == 4


def test_gr8_the_last_two_have_nobody_to_join() -> None:
    room = begun(["ana", "bo", "cy"])
    room.act("bo", "sit")
    assert teams(room) == [["cy"]]
    room.join("di")
    assert teams(room) == [["cy", "di"]]


def test_gr9_a_minute_more_and_a_word_to_all() -> None:
    room = begun(seconds=60)
    room.wait(50_000)
    assert room.act("ana", "more").ok
    room.wait(65_000)
    assert room.state["room"]["phase"] == "out"
    room.wait(5_000)
    assert room.state["room"]["phase"] == "home"
    room.act("ana", "begin")
    for _ in range(80):
        room.act("ana", "more")
    assert kit.clock.left(room.state["room"], room.now) == hosting.MOST_MS
    assert room.act("ana", "tell", text="x" * 200).ok
    assert room.act("ana", "tell", text="x" * 201).code == "too_long"
    assert room.sees("bo")["room"]["said"]["text"] == "x" * 200
    room.act("ana", "tell", text="")
    assert room.state["room"]["said"] is None


def test_gr10_a_group_calls_and_a_host_who_comes_reads_from_then_on() -> None:
    room = begun()
    other = mate(room, "bo")
    t = room.state["room"]["team"]["bo"]
    room.act("bo", "write", text="zq before")
    assert room.act("bo", "call").ok
    assert room.sees("ana")["host"]["calls"] == {t: {"at": room.now}}
    assert "zq" not in room.bytes_of("ana")
    assert "calls" not in room.bytes_of("bo") and team(room, other)["called"]
    assert room.act("ana", "enter", t="9g9").code == "no_group"
    assert room.act("ana", "enter", t=t).ok
    assert room.sees("ana")["host"].get("calls", {}) == {} and "called" not in team(room, "bo")
    assert "zq before" not in room.bytes_of("ana")
    assert room.sees("bo")["own"]["bo"]["talk"] == [{"by": "bo", "text": "zq before"}]
    room.act("bo", "write", text="zq after")
    assert "zq after" in room.bytes_of("ana")
    assert "ana" not in room.state["vault"]["met"], "a visit is no meeting"
    assert room.act("ana", "leave").ok
    assert sorted(map(len, teams(room))) == [2, 2]
    room.act("bo", "call")
    assert room.act(other, "call", on=False).ok
    assert room.state["host"].get("calls", {}) == {}


def test_gr11_one_two_four_all() -> None:
    people = ["ana", *(f"p{i}" for i in range(10))]
    room = begun(people, form="merge", seconds=60)
    assert room.state["room"]["phase"] == "solo" and room.state["room"]["team"] == {}
    for who in people[1:]:
        assert room.act(who, "note", text=f"note of {who}").ok
    assert "note of" not in dump(room.state["room"])
    room.wait(MINUTE)
    assert sorted(map(len, teams(room))) == [2] * 5
    for group in teams(room):
        assert [note["by"] for note in team(room, group[0])["notes"]] == group
        for who in people:
            for one in group:
                assert who in group or f"note of {one}" not in room.bytes_of(who)
    carried = teams(room)[0]
    room.act(carried[0], "bring", text="zq carried")
    room.wait(MINUTE)
    assert sorted(map(len, teams(room))) == [4, 6], "nobody is left out of the fours"
    texts = [note["text"] for note in team(room, carried[0])["notes"]]
    assert "zq carried" in texts and f"note of {carried[0]}" not in texts
    room.act(carried[1], "bring", text="zq for all")
    room.wait(MINUTE)
    assert room.state["room"]["phase"] == "home"
    assert room.state["room"]["back"] == [{"text": "zq for all"}]


def test_gr11_two_people_have_no_fours() -> None:
    room = begun(["ana", "bo", "cy"], form="merge", seconds=60)
    room.act("ana", "on")
    assert teams(room) == [["bo", "cy"]]
    room.act("ana", "on")
    assert room.state["room"]["phase"] == "home"


def test_gr12_in_a_clinic_each_asks_once_and_then_listens() -> None:
    room = begun(["ana", "bo", "cy", "di"], form="clinic", seconds=240)
    order = team(room, "bo")["order"]
    assert sorted(order) == ["bo", "cy", "di"]
    spans = []
    for stage_ in range(9):
        assert room.state["room"]["stage"] == stage_
        spans.append(room.state["room"]["clock"]["ms"] // 1000)
        turn, part = divmod(stage_, 3)
        asker, helper = order[turn], order[(turn + 1) % 3]
        assert room.act(asker, "write", text="x").code == ("listening" if part == 2 else "")
        assert room.act(helper, "write", text="x").ok
        room.act("ana", "on")
    assert spans == [60, 120, 240] * 3
    assert room.state["room"]["phase"] == "home"


def test_gr12_a_turn_can_be_passed_and_stays_nobodys_once_it_has_begun() -> None:
    room = begun(["ana", "bo", "cy", "di"], form="clinic")
    first, second, third = team(room, "bo")["order"]
    assert room.act(second, "pass_").kind == "noop"
    assert room.act(first, "pass_").ok
    assert team(room, "bo")["order"] == [second, third]
    room.act("ana", "on")
    assert room.act(second, "pass_").ok
    assert team(room, "bo")["order"] == ["", third]
    room.act(second, "sit")
    assert team(room, third)["order"] == ["", third]
    room.act(third, "sit")
    assert team(room, first)["order"] == [""]


def test_gr13_a_buddy_by_wish_and_a_way_to_meet_that_the_two_keep() -> None:
    room = stage(["ana", "bo", "cy", "di", "ed"], form="buddy")
    for who in PEOPLE[1:]:
        assert room.act(who, "step", text=f"zq step of {who}").ok
    assert room.act("bo", "step", text="zq step of bo", new=True, known=["cy", "di", "bo"]).ok
    assert room.state["own"]["bo"]["known"] == ["cy", "di"]
    room.act("ana", "begin")
    assert mate(room, "bo") == "ed", "the one whom bo does not know"
    assert [note["text"] for note in team(room, "bo")["notes"]] == [
        "zq step of bo",
        "zq step of ed",
    ]
    room.act("ed", "meet", text="zq by the fountain")
    assert room.act("ed", "meet", text="x" * 81).code == "too_long"
    room.act("ana", "home")
    assert room.state["own"]["bo"]["buddy"]["mates"] == ["ed"]
    assert room.state["own"]["bo"]["buddy"]["way"]["text"] == "zq by the fountain"
    for who in ("ana", "cy", "di"):
        assert "fountain" not in room.bytes_of(who) and "zq step of bo" not in room.bytes_of(who)
    assert room.harvest() == [] and "zq" not in dump(room.state["room"])


def test_gr13_a_step_has_room_for_140() -> None:
    room = stage(form="buddy")
    assert room.act("bo", "step", text="x" * 140).ok
    assert room.act("bo", "step", text="x" * 141).code == "too_long"
    assert room.act("bo", "step", text="", known=["nobody"]).code == "nobody"


def test_gr14_a_kind_inside_is_opened_for_each_group_and_ended_with_it() -> None:
    room = begun(inside="prompt", inside_options={"about": "open"})
    assert sorted(room.nests.values(), key=str) == [("prompt", {"about": "open"})] * 2
    room.act("bo", "sit")
    assert len(room.nests) == 1
    room.act("ana", "home")
    assert room.nests == {}


@pytest.mark.parametrize("shown", [True, False])
def test_gr15_what_groups_made_is_shown_only_where_that_was_said(shown: bool) -> None:
    room = begun(inside="prompt", shown=shown)
    for t in floor.teams(room.state["room"]["team"]):
        room.state["team"][t]["in"] = {"entries": ["zq made"]}
    room.act("ana", "home")
    assert ("zq made" in dump(room.state["room"])) is shown
    assert len(room.state["room"]["made"]) == (2 if shown else 0)
    if shown:
        assert room.act("bo", "walk", i=1).code == "host_only"
        assert room.act("ana", "walk", i=1).ok and room.state["room"]["walk"] == 1
        assert room.act("bo", "put_away", i=0).code == "host_only"
        assert room.act("ana", "put_away", i=0).ok and room.state["room"]["made"][0]["off"]
        assert room.act("ana", "put_away", i=0, on=False).ok
    assert room.act("ana", "put_away", i=2).code == "no_line"
    assert room.act("ana", "walk", i=2).code == "no_line"


def test_gr15_what_is_too_large_stays_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    one = {"round": 1, "who": ["bo", "cy"], "room": {"entries": ["x" * 100]}}
    weight = forms._weight(one)
    for most, kept in ((2 * weight, 2), (2 * weight - 1, 1)):
        monkeypatch.setattr(forms, "BYTES", most)
        room = begun(inside="prompt", shown=True)
        for t in floor.teams(room.state["room"]["team"]):
            room.state["team"][t]["in"] = {"entries": ["x" * 100]}
        room.act("ana", "home")
        assert len(room.state["room"]["made"]) == kept
        assert room.state["room"].get("left", 0) == 2 - kept


def test_gr16_closing_brings_everybody_home_first() -> None:
    room = begun()
    room.act("bo", "bring", text="in the last moment")
    room._hook("close", "ana")
    assert room.state["room"]["phase"] == "home"
    assert room.state["room"]["back"] == [{"text": "in the last moment"}]
    assert rules.jam.actions["add"].after, "and a line under way still counts"


def test_gr17_an_erased_person_leaves_nothing_and_nobody_alone_for_long() -> None:
    room = stage(["ana", "bo", "cy", "di", "ed"], form="buddy", shown=True)
    room.act("cy", "step", text="zq of cy", new=True, known=["bo", "ed"])
    room.act("bo", "step", text="zq of bo")
    room.act("ana", "begin")
    room.act("bo", "write", text="zq write")
    room.act("bo", "meet", text="zq meet")
    room.act("ana", "home")
    room.act("bo", "add", text="zq add")
    room.act("ana", "begin")
    room.act("bo", "bring", text="zq bring")
    other = mate(room, "bo")
    room.erase("bo")
    left = dump(room.state).replace("zq of cy", "")
    assert '"bo"' not in left and "zq" not in left
    room.wait(floor.GRACE_MS)
    assert len(next(group for group in teams(room) if other in group)) > 1
    for who in room.trees:
        room.sees(who)


def test_gr18_all_of_it_fits_into_a_room_of_a_hundred() -> None:
    people = ["ana", *(f"m{i:03}" for i in range(100))]
    for form, inside in (("partners", "prompt"), ("merge", ""), ("clinic", ""), ("buddy", "")):
        room = Stage("groups", people, guard=False, form=form, inside=inside, seconds=20)
        for _ in range(3):
            assert room.act("ana", "begin").ok
            for _ in range(10):
                room.act("ana", "on")
        assert not room.faults
        assert len(json.dumps(room.state["vault"]["met"])) < 100_000


def test_gr19_every_card_of_groups_gives_the_kind_inside_options_that_it_takes() -> None:
    kinds = library.kinds()
    data = tomllib.loads(Path("activities/library/cards.toml").read_text("utf-8"))
    for card in data["card"]:
        options = card.get("options", {})
        if card["kind"] == "groups" and options.get("inside") in kinds:
            kinds[options["inside"]].clean_options(options.get("inside_options", {}))


def test_gr20_options_are_bounded() -> None:
    for good in ({"size": 4}, {"rounds": 6}, {"seconds": 20}, {"seconds": 3600}, {"inside": ""}):
        stage(**good)
    for bad in (
        {"size": 5},
        {"rounds": 7},
        {"rounds": 0},
        {"seconds": 19},
        {"seconds": 3601},
        {"inside": "groups"},
        {"inside_options": {"text": "x" * 2000}},
    ):
        with pytest.raises(kit.FieldError):
            stage(**bad)


@pytest.mark.parametrize("form", ["partners", "merge", "clinic", "buddy"])
@pytest.mark.parametrize("many", [2, 9])
def test_gr18_people_play_every_form(form: str, many: int) -> None:
    """GR18: as people would, with a kind inside or without, and hardly anybody is refused."""
    inside = "prompt" if form == "partners" else ""
    party = Party("groups", many, seed=many, form=form, inside=inside, rounds=2, seconds=20)
    party.play(rounds=25)
    party.close()
    assert party.stage.state["room"]["round"] >= 1
    done = sum(count for (_, outcome), count in party.outcomes.items() if outcome == "ok")
    assert len(party.refused) * 5 <= done, party.refused
