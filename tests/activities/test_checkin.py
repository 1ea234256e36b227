"""Y1-Y7: the check-in holds answers, shows them together, and forgets whose they were."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from server.kit import Table
from tests.laws.laws import dump
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy"]


def stage(**options: Any) -> Stage:
    return Stage("checkin", PEOPLE, host="ana", **options)


def test_y1_an_answer_is_its_authors_alone_until_the_show() -> None:
    room = stage()
    assert room.act("bo", "choose", icon="rain", word="soft").ok
    assert room.sees("bo")["own"]["bo"]["pick"] == {"icon": "rain", "word": "soft", "named": False}
    for who in ("ana", "cy"):
        assert room.sees(who)["room"] == {"phase": "collect", "count": 1}
        assert "rain" not in room.bytes_of(who)
        assert "soft" not in room.bytes_of(who)


def test_y1_the_count_says_how_many_and_no_more() -> None:
    room = stage()
    room.act("bo", "choose", icon="rain")
    room.act("bo", "choose", icon="sun", word="later")
    room.act("cy", "choose", icon="fog")
    assert room.state["room"]["count"] == 2
    room.act("bo", "withdraw")
    assert room.state["room"]["count"] == 1
    assert room.act("bo", "withdraw").kind == "noop"


def test_y1_an_icon_must_be_one_of_the_rooms_six() -> None:
    assert stage().act("bo", "choose", icon="calm").code == "not_a_choice"
    assert stage(icons="mood").act("bo", "choose", icon="sun").code == "not_a_choice"
    assert stage(icons="mood").act("bo", "choose", icon="heavy").ok
    assert stage().act("bo", "choose", icon="blue").code == "not_a_choice"


def test_y1_a_word_has_sixty_letters_at_most() -> None:
    assert stage().act("bo", "choose", icon="sun", word="x" * 60).ok
    assert stage().act("bo", "choose", icon="sun", word="x" * 61).facts["max"] == 60


def test_y2_only_a_host_shows_and_only_once() -> None:
    room = stage()
    room.act("bo", "choose", icon="sun")
    assert room.act("bo", "show").code == "host_only"
    assert room.act("ana", "show").ok
    assert room.act("ana", "show").code == "not_now"
    assert room.act("bo", "choose", icon="sun").code == "not_now"
    assert room.act("bo", "pass_").code == "not_now"


def test_y2_the_show_has_all_answers_without_names_and_forgets_the_tie() -> None:
    room = stage()
    for who, icon in (("bo", "rain"), ("cy", "sun"), ("ana", "fog")):
        room.act(who, "choose", icon=icon, word=f"the {icon}", named=True)
    room.act("ana", "show")
    shown = room.sees("cy")["room"]
    assert shown["phase"] == "shown"
    assert sorted(answer["icon"] for answer in shown["answers"]) == ["fog", "rain", "sun"]
    assert all(set(answer) == {"icon", "word"} for answer in shown["answers"])
    assert room.forgotten == 1
    assert room.state["own"] == {}
    assert not any(who in dump(room.state) for who in PEOPLE)


def test_y2_who_answered_first_makes_no_difference() -> None:
    answers = {"ana": "fog", "bo": "rain", "cy": "sun"}
    shown = []
    for order in permutations(PEOPLE):
        room = stage()
        for who in order:
            room.act(who, "choose", icon=answers[who])
        room.act("ana", "show")
        shown.append(room.state["room"]["answers"])
    assert all(one == shown[0] for one in shown)


def test_y2_the_order_of_the_show_is_chance() -> None:
    orders = set()
    for seed in range(30):
        room = Stage("checkin", PEOPLE, seed=bytes([seed]) * 32)
        for who, icon in (("ana", "fog"), ("bo", "rain"), ("cy", "sun")):
            room.act(who, "choose", icon=icon)
        room.act("ana", "show")
        orders.add(tuple(answer["icon"] for answer in room.state["room"]["answers"]))
    assert len(orders) == 6


def test_y3_a_name_stands_where_the_room_and_the_person_want_it() -> None:
    room = stage(named=True)
    room.act("bo", "choose", icon="rain", named=True)
    room.act("cy", "choose", icon="sun")
    room.act("ana", "show")
    by_icon = {answer["icon"]: answer for answer in room.state["room"]["answers"]}
    assert by_icon == {
        "rain": {"icon": "rain", "word": "", "name": "Bo", "by": "bo"},
        "sun": {"icon": "sun", "word": ""},
    }


def test_y9_what_is_signed_stays_its_owners_whatever_they_are_called() -> None:
    """Y9: Bo signs, takes another name, and Di takes Bo's: Bo can still take it out, Di cannot, and
    a copy says the name that Bo has now. What is unsigned says nothing of anybody."""
    for form in ("icons", "dots"):
        room = stage(named=True, form=form)
        for who, x in (("bo", 20), ("cy", 60)):
            fields = {"icon": "rain"} if form == "icons" else {"x": x, "y": 50}
            room.act(who, "choose" if form == "icons" else "place", named=who == "bo", **fields)
        room.act("ana", "show")
        key = "answers" if form == "icons" else "dots"
        assert [one.get("by", "") for one in room.state["room"][key]].count("") == 1
        assert '"cy"' not in dump(room.state["room"])
        room.join("di")
        room.people["bo"]["name"], room.people["di"]["name"] = "Fox", "Bo"
        for named, told in ((["di"], False), (["bo"], True)):
            kept = "".join(one.markdown(str) for one in room.harvest(named=named))
            assert ("Fox" in kept) is told and "Bo" not in kept
        room._hook("erase", "di")
        assert sum("by" in one for one in room.state["room"][key]) == 1
        room._hook("erase", "bo")
        assert "Bo" not in dump(room.state["room"]) and room.state["room"]["count"] == 1


def test_y4_passing_leaves_no_mark() -> None:
    room = stage()
    before = dump(room.state)
    assert room.act("bo", "pass_").kind == "noop"
    assert dump(room.state) == before
    room.act("bo", "choose", icon="rain", word="zq")
    room.act("bo", "pass_")
    assert room.state["room"] == {"phase": "collect", "count": 0}
    assert "zq" not in dump(room.state)


def test_y5_late_people_add_one_answer() -> None:
    room = stage(named=True)
    assert room.act("bo", "add", icon="sun").code == "not_now"
    room.act("ana", "show")
    room.join("di")
    assert room.act("di", "add", icon="sun", word="hello", named=True).ok
    assert room.act("bo", "add", icon="fog").ok
    assert room.state["room"]["answers"] == [
        {"icon": "sun", "word": "hello", "name": "Di", "by": "di"},
        {"icon": "fog", "word": ""},
    ]
    assert room.act("di", "add", icon="sun").code == "answered"
    assert room.act("cy", "add", icon="calm").code == "not_a_choice"
    assert room.act("di", "withdraw").ok
    assert room.state["room"]["answers"][0] == {"icon": "", "word": "", "off": True}
    assert room.state["room"]["count"] == 1
    assert room.act("di", "add", icon="cloud").ok


def test_y5_the_sky_is_bounded() -> None:
    room = stage()
    room.act("ana", "show")
    for _ in range(300):
        assert room.act("bo", "add", icon="sun").ok
        room.act("bo", "withdraw")
    assert room.act("bo", "add", icon="sun").code == "sky_full"


def test_y6_a_host_takes_one_answer_off_and_puts_it_back() -> None:
    room = stage()
    room.act("bo", "choose", icon="rain", word="rude")
    room.act("ana", "show")
    assert room.act("bo", "hide", i=0).code == "host_only"
    assert room.act("ana", "hide", i=1).code == "no_answer"
    assert room.act("ana", "hide", i=0).ok
    assert room.state["room"]["answers"][0]["off"] is True
    assert room.act("ana", "hide", i=0).kind == "noop"
    assert room.harvest() == []
    assert room.act("ana", "hide", i=0, on=False).ok
    assert "off" not in room.state["room"]["answers"][0]
    assert room.act("ana", "hide", i=0, on=False).kind == "noop"


def test_y6_nobody_puts_back_what_its_author_took_back() -> None:
    room = stage()
    room.act("ana", "show")
    room.act("bo", "add", icon="sun", word="mine")
    room.act("bo", "withdraw")
    assert room.act("ana", "hide", i=0, on=False).code == "no_answer"


def test_y7_erase_before_the_show_takes_the_answer() -> None:
    room = stage()
    room.act("bo", "choose", icon="rain", word="zq")
    room.erase("bo")
    assert room.state["room"]["count"] == 0
    room.act("ana", "show")
    assert room.state["room"]["answers"] == []


def test_y7_erase_after_the_show_takes_what_is_signed_or_late() -> None:
    room = stage(named=True)
    room.act("bo", "choose", icon="rain", named=True, word="signed")
    room.act("cy", "choose", icon="sun", named=True)
    room.act("ana", "show")
    room.act("bo", "add", icon="fog", word="late")
    room.erase("bo")
    left = dump(room.state)
    assert not any(word in left for word in ("Bo", "bo", "signed", "late", "rain"))
    assert sum(answer["icon"] == "sun" for answer in room.state["room"]["answers"]) == 1


def test_y7_the_harvest_has_the_answers_in_the_order_shown() -> None:
    room = stage(named=True)
    assert room.harvest() == []
    room.act("bo", "choose", icon="rain", word="=soft")
    assert room.harvest() == [], "nothing before the show"
    room.act("ana", "show")
    (table,) = room.harvest()
    assert isinstance(table, Table)
    assert (table.columns, table.rows) == (("icon", "word"), [("rain", "=soft")])
    assert table.csv() == '"icon","word"\r\n"icon.rain","\'=soft"\r\n'
    room.act("cy", "add", icon="sun", named=True)
    (table,) = room.harvest(named=["cy"])
    assert isinstance(table, Table)
    assert table.rows == [("rain", "=soft", ""), ("sun", "", "Cy")]


def test_lg8_the_harvest_names_who_signed_and_ticked_and_nobody_else() -> None:
    room = stage(named=True)
    room.act("bo", "choose", icon="rain", word="quiet", named=True)
    room.act("cy", "choose", icon="sun", word="")
    room.act("ana", "show")
    for ticked in ([], ["cy"], ["ana", "cy"]):  # cy has ticked, and has not signed
        (table,) = room.harvest(named=ticked)
        assert isinstance(table, Table)
        assert table.columns == ("icon", "word")
        assert sorted(table.rows) == [("rain", "quiet"), ("sun", "")]
    (table,) = room.harvest(named=["bo", "cy"])
    assert isinstance(table, Table)
    assert sorted(table.rows) == [("rain", "quiet", "Bo"), ("sun", "", "")]


@pytest.mark.parametrize("prompt", [0, 99, None])
def test_y7_options_at_their_bounds(prompt: int | None) -> None:
    assert stage(prompt=prompt, text="x" * 240).options["prompt"] == prompt
