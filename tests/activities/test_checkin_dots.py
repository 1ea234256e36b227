"""CK1-CK12: dots on a picture, on a line and on a dial, and a counter."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.checkin import late, spots
from server.kit import Table
from tests.laws.laws import dump
from tests.party import Party
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy"]
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "regions.json").read_text("utf-8"))
GONE = {"x": -1, "y": -1, "off": True}


def stage(**options: Any) -> Stage:
    return Stage("checkin", PEOPLE, host="ana", **options)


def tables(room: Stage, named: list[str] | None = None) -> dict[str, list[Any]]:
    """What is kept, by its name."""
    pieces = room.harvest(named=named or [])
    assert all(isinstance(piece, Table) for piece in pieces)
    return {piece.name: piece.rows for piece in pieces if isinstance(piece, Table)}


# --- held: a picture


@pytest.mark.parametrize(("shape", "x", "y", "where"), VECTORS["regions"])
def test_ck1_a_dot_lies_where_both_sides_say(shape: str, x: int, y: int, where: str) -> None:
    assert spots.region(shape, x, y) == where


@pytest.mark.parametrize(("x", "where"), VECTORS["sides"])
def test_ck1_a_line_has_five_parts(x: int, where: str) -> None:
    assert spots.side(x) == where


@given(st.sampled_from(sorted(spots.REGIONS)), st.integers(0, 100), st.integers(0, 100))
def test_ck1_every_place_of_a_picture_has_a_name(shape: str, x: int, y: int) -> None:
    assert spots.region(shape, x, y) in {name for name, *_ in spots.REGIONS[shape]}


def test_ck2_a_dot_is_its_owners_alone_until_the_show() -> None:
    room = stage(form="dots", shape="hill")
    assert room.act("bo", "place", x=37, y=91).ok
    assert room.act("bo", "place", x=41, y=93).ok, "it can be moved"
    assert room.sees("bo")["own"]["bo"]["pick"] == {"x": 41, "y": 93, "named": False}
    for who in ("ana", "cy"):
        assert room.sees(who)["room"] == {"phase": "collect", "count": 1, "shape": "hill"}
        assert "41" not in room.bytes_of(who)
    assert room.act("cy", "show").code == "host_only"
    assert room.act("cy", "move", x=1, y=1).code == "not_now"
    assert room.act("ana", "show").ok
    assert room.sees("cy")["room"]["dots"] == [{"x": 41, "y": 93}]
    assert room.forgotten == 1 and room.state["own"] == {}
    assert room.act("bo", "place", x=1, y=1).code == "not_now"


@given(st.lists(st.tuples(*[st.integers(0, 10)] * 4), min_size=1, max_size=6), st.booleans())
def test_ck2_wherever_dots_are_nobody_else_can_tell_before_the_show(
    moves: list[tuple[int, ...]], dial: bool
) -> None:
    told = []
    for at in (0, 2):
        room = stage(form="dial" if dial else "dots", named=True)
        for move in moves:
            room.act("bo", "place", x=move[at], y=move[at + 1], named=True)
        told.append([room.bytes_of(who) for who in ("ana", "cy")])
    assert told[0] == told[1]


def test_ck2_passing_and_taking_back_leave_no_mark() -> None:
    room = stage(form="dots")
    before = dump(room.state)
    assert room.act("bo", "pass_").kind == "noop" and dump(room.state) == before
    room.act("bo", "place", x=41, y=93)
    room.act("bo", "pass_")
    assert dump(room.state["room"]) == dump({"phase": "collect", "count": 0, "shape": "sea"})
    assert "93" not in dump(room.state)
    assert room.harvest() == []


def test_ck2_the_order_of_the_dots_is_chance_and_not_that_of_coming() -> None:
    at = {"ana": 5, "bo": 50, "cy": 95}
    shown = []
    for order in permutations(PEOPLE):
        room = stage(form="dots")
        for who in order:
            room.act(who, "place", x=at[who], y=at[who])
        room.act("ana", "show")
        shown.append(room.state["room"]["dots"])
    assert all(one == shown[0] for one in shown)
    firsts = set()
    for seed in range(30):
        room = Stage("checkin", PEOPLE, seed=bytes([seed]) * 32, form="dots")
        for who in PEOPLE:
            room.act(who, "place", x=at[who], y=1)
        room.act("ana", "show")
        firsts.add(room.state["room"]["dots"][0]["x"])
    assert firsts == {5, 50, 95}


def test_ck3_a_name_stands_where_room_and_person_want_it() -> None:
    for named, kept in ((False, {}), (True, {"name": "Bo", "by": "bo"})):
        room = stage(form="dots", named=named)
        room.act("bo", "place", x=50, y=95, named=True)
        room.act("cy", "place", x=10, y=10)
        room.act("ana", "show")
        dots = {dot["x"]: dot for dot in room.state["room"]["dots"]}
        assert dots == {50: {"x": 50, "y": 95, **kept}, 10: {"x": 10, "y": 10}}
        assert "signed" not in tables(room, ["cy"])
        assert tables(room, ["bo"]).get("signed") == ([("sea.shore", "Bo")] if named else None)
        assert tables(room)["dots"] == [("sea.sky", 1), ("sea.shore", 1)]


def test_ck4_late_dots_come_to_the_others_one_each() -> None:
    room = stage(form="dots", named=True)
    assert room.act("bo", "drop", x=1, y=1).code == "not_now"
    room.act("ana", "show")
    room.join("di")
    assert room.act("di", "drop", x=30, y=95, named=True).ok
    assert room.act("di", "drop", x=31, y=95).code == "answered"
    assert room.act("bo", "add", icon="sun").code == "not_now", "another form"
    assert room.state["room"]["dots"] == [{"x": 30, "y": 95, "name": "Di", "by": "di"}]
    assert room.act("di", "withdraw").ok
    assert room.state["room"]["dots"] == [GONE] and room.state["room"]["count"] == 0
    assert room.act("di", "withdraw").kind == "noop"
    assert room.act("di", "drop", x=30, y=95).ok and room.harvest() != []


def test_ck4_a_picture_is_full_at_three_hundred_dots() -> None:
    room = stage(form="dots")
    room.act("ana", "show")
    for _ in range(late.FULL):
        assert room.act("bo", "drop", x=1, y=1).ok
        room.act("bo", "withdraw")
    assert room.act("bo", "drop", x=1, y=1).code == "sky_full"


def test_ck5_a_host_takes_a_dot_off_and_puts_it_back() -> None:
    room = stage(form="dots")
    assert room.act("ana", "hide", i=0).code == "not_now"
    room.act("bo", "place", x=10, y=10)
    room.act("ana", "show")
    assert room.act("bo", "hide", i=0).code == "host_only"
    assert room.act("ana", "hide", i=1).code == "no_answer"
    assert room.act("ana", "hide", i=0).ok and room.harvest() == []
    assert room.act("ana", "hide", i=0).kind == "noop"
    assert room.act("ana", "hide", i=0, on=False).ok and room.harvest() != []
    room.act("cy", "drop", x=3, y=3)
    room.act("cy", "withdraw")
    assert room.act("ana", "hide", i=1, on=False).code == "no_answer"


def test_ck5_erase_takes_what_is_held_signed_or_late() -> None:
    room = stage(form="dots", named=True)
    room.act("bo", "place", x=10, y=10, named=True)
    room.erase("bo")
    assert room.state["room"]["count"] == 0
    room.join("bo")
    room.act("cy", "place", x=20, y=20, named=True)
    room.act("ana", "show")
    room.act("bo", "drop", x=30, y=30)
    room.erase("bo")
    room.erase("cy")
    assert room.state["room"]["dots"] == [GONE, GONE] and room.harvest() == []


# --- seen as it moves: a line, a live picture


@pytest.mark.parametrize("options", [{"form": "line"}, {"form": "dots", "live": True}])
def test_ck6_everyone_sees_a_dot_where_it_rests_and_whose_it_is_nobody(
    options: dict[str, Any],
) -> None:
    room = stage(**options)
    assert room.act("bo", "move", x=30, y=40, named=True).ok
    assert room.act("cy", "move", x=70, y=80).ok
    assert room.act("bo", "move", x=31, y=40).ok
    dots = room.sees("cy")["room"]["dots"]
    assert [dot["x"] for dot in dots] == [31, 70]
    assert all(set(dot) == ({"x"} if options["form"] == "line" else {"x", "y"}) for dot in dots)
    assert "bo" not in room.bytes_of("cy") and "Bo" not in dump(room.state["room"])
    assert room.act("bo", "move", x=31, y=40).kind == "noop"
    assert room.act("bo", "pass_").ok, "a dot can go again"
    assert room.state["room"]["dots"][0] == GONE
    assert room.act("bo", "move", x=5).ok and len(room.state["room"]["dots"]) == 3


def test_ck6_a_live_value_goes_only_while_dots_move() -> None:
    live = stage().activity.lives["dot"]
    assert live.phase == ("move",) and live.to == "room"
    assert live.check({"i": -1, "x": 0}) == {"i": -1, "x": 0, "y": 0}


def test_ck6_a_moving_line_is_bounded() -> None:
    room = stage(form="line")
    for _ in range(late.FULL):
        assert room.act("bo", "move", x=1).ok
        room.act("bo", "withdraw")
    assert room.act("bo", "move", x=1).code == "sky_full"
    room.act("ana", "freeze")
    assert room.act("bo", "drop", x=1).code == "sky_full"
    assert room.act("bo", "why").ok, "one may speak all the same"


def test_ck7_a_host_lets_all_stand_still_and_move_again() -> None:
    room = stage(form="line")
    room.act("bo", "move", x=30)
    assert room.act("bo", "freeze").code == "host_only"
    assert room.act("cy", "why").code == "not_now"
    assert room.act("cy", "drop", x=1).code == "not_now"
    assert room.act("ana", "freeze").ok
    assert room.act("ana", "freeze").kind == "noop"
    assert room.act("bo", "move", x=31).code == "not_now"
    assert room.act("cy", "drop", x=90).ok, "who comes late stands somewhere, too"
    assert room.act("cy", "drop", x=91).code == "answered"
    assert room.act("bo", "drop", x=91).code == "answered"
    assert room.act("ana", "freeze", on=False).ok
    assert room.act("cy", "move", x=80).ok
    assert room.state["room"]["dots"] == [{"x": 30}, {"x": 80}]
    assert tables(room)["dots"] == [("toward", 1), ("second", 1)]


def test_ck8_volunteers_stand_in_the_order_of_their_marks() -> None:
    room = stage(form="line")
    room.act("ana", "freeze")
    for who in ("cy", "bo", "cy"):
        room.act(who, "why")
    assert room.sees("ana")["room"]["why"] == ["cy", "bo"]
    assert room.act("bo", "heard", who="cy").code == "host_only"
    assert room.act("ana", "heard", who="cy").ok
    assert room.act("ana", "heard", who="cy").kind == "noop"
    assert room.act("ana", "heard", who="zoe").code == "nobody"
    room.act("cy", "why")
    assert room.state["room"]["why"] == ["bo", "cy"], "again, at the end"
    room.act("bo", "why", on=False)
    assert room.state["room"]["why"] == ["cy"]
    room.act("ana", "freeze", on=False)
    assert room.state["room"]["why"] == []


def test_ck8_marks_of_people_without_a_seat_go() -> None:
    room = stage(form="line")
    room.act("ana", "freeze")
    room.act("bo", "why")
    del room.people["bo"]
    room.act("cy", "why")
    assert room.state["room"]["why"] == ["cy"]


def test_ck9_what_a_host_has_hidden_stays_hidden_wherever_it_goes() -> None:
    room = stage(form="line", named=True)
    room.act("bo", "move", x=30, named=True)
    assert room.act("ana", "hide", i=0).ok
    room.act("bo", "move", x=60, named=True)
    hidden = {"x": 60, "name": "Bo", "by": "bo", "off": True}
    assert room.state["room"]["dots"] == [hidden]
    assert room.harvest() == []


def test_ck9_erase_takes_dot_name_and_mark() -> None:
    room = stage(form="line", named=True)
    room.act("bo", "move", x=30, named=True)
    room.act("ana", "freeze")
    room.act("bo", "why")
    room.erase("bo")
    assert room.state["room"]["dots"] == [GONE] and room.state["room"]["why"] == []
    assert "bo" not in dump(room.state).lower()


def test_ck9_live_and_held_do_not_mix() -> None:
    held, line, icons = stage(form="dots"), stage(form="line"), stage()
    assert held.act("bo", "freeze").code == "host_only"
    assert held.act("ana", "freeze").code == "not_now"
    assert line.act("bo", "place", x=1).code == "not_now"
    assert line.act("ana", "show").code == "not_now"
    assert icons.act("bo", "place", x=1).code == "not_now"
    assert icons.act("ana", "call").code == "not_now"
    assert held.act("bo", "choose", icon="sun").code == "not_now"
    assert icons.state["room"] == {"phase": "collect", "count": 0}, "today's form is as it was"


# --- a dial


def test_ck10_a_dial_shows_how_many_stand_at_each_step() -> None:
    room = stage(form="dial", named=True)
    assert room.act("bo", "place", x=10, y=3, named=True).ok
    assert room.act("cy", "place", x=11).code == "not_a_number"
    assert room.act("cy", "place", x=0).ok
    assert room.sees("cy")["room"] == {"phase": "collect", "count": 2}
    room.act("ana", "show")
    assert room.state["room"]["sums"] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert "Bo" not in dump(room.state) and room.state["own"] == {}
    assert room.act("ana", "hide", i=0).code == "no_answer", "a sum has no owner"
    room.join("di")
    assert room.act("di", "drop", x=11).code == "not_a_number"
    assert room.act("di", "drop", x=10).ok
    assert room.act("di", "drop", x=9).code == "answered"
    assert room.state["room"]["sums"][10] == 2 and room.state["room"]["count"] == 3
    assert tables(room)["dial"][10] == (10, 2) and len(tables(room)["dial"]) == 11
    room.erase("di")
    assert room.state["room"]["sums"][10] == 1 and room.state["room"]["count"] == 2


def test_ck10_a_dial_is_full_at_three_hundred() -> None:
    room = Stage("checkin", PEOPLE, host="ana", form="dial", guard=False)
    room.act("ana", "show")
    for _ in range(late.FULL):
        assert room.act("bo", "drop", x=5).ok
        room.state = {**room.state, "own": {}}  # as if it were somebody else each time
    assert room.act("bo", "drop", x=5).code == "sky_full"


# --- a counter


def test_ck11_the_counter_fills_and_nobody_is_named_or_ranked() -> None:
    room = stage(form="count", text="Blue")
    assert room.act("bo", "found").ok
    assert room.act("bo", "found").kind == "noop"
    assert room.act("cy", "found").ok
    assert room.sees("ana")["room"]["count"] == 2
    assert "bo" not in dump(room.state["room"])
    assert room.act("bo", "withdraw").ok and room.state["room"]["count"] == 1
    assert room.act("bo", "call").code == "host_only"
    assert room.act("ana", "call", text="Something that rings").ok
    told = room.sees("bo")["room"]
    assert (told["round"], told["count"], told["text"]) == (1, 0, "Something that rings")
    assert room.act("cy", "found").ok, "each call anew"
    assert room.act("bo", "withdraw").kind == "noop"
    assert tables(room)["calls"] == [("1", 1), ("Something that rings", 1)]


def test_ck11_a_call_has_a_hundred_and_twenty_letters_and_sixty_are_remembered() -> None:
    room = stage(form="count")
    assert room.act("ana", "call", text="x" * 120).ok
    assert room.act("ana", "call", text="x" * 121).facts["max"] == 120
    for _ in range(60):
        assert room.act("ana", "call").ok
    assert len(room.state["room"]["called"]) == 60
    assert room.state["room"]["called"][0]["text"] == "x" * 120
    assert room.act("ana", "call").ok
    assert len(room.state["room"]["called"]) == 60
    assert "x" not in "".join(one["text"] for one in room.state["room"]["called"])


def test_ck11_erase_takes_a_find_and_the_words_of_a_call() -> None:
    room = stage(form="count")
    room.act("ana", "call", text="mine")
    room.act("ana", "call", text="mine, too")
    room.act("bo", "found")
    room.act("ana", "found")
    room.erase("ana")
    assert "mine" not in dump(room.state) and "ana" not in dump(room.state)
    assert room.state["room"]["count"] == 1


# --- all of them


@pytest.mark.parametrize(
    "options",
    [
        {"form": "dots", "named": True},
        {"form": "dots", "live": True},
        {"form": "line", "named": True},
        {"form": "dial"},
        {"form": "count"},
    ],
)
@pytest.mark.parametrize("many", [2, 30])
def test_ck12_people_play_each_form_to_its_harvest(options: dict[str, Any], many: int) -> None:
    party = Party("checkin", many, seed=many, **options)
    party.play(rounds=12)
    assert party.close(), "nothing was kept"
    assert not party.refused, party.refused
    for who in ("p0", "p1"):
        party.stage.erase(who)
    assert not party.stage.faults
