"""WD1-WD11: words are held, come out at once in chance order, and forget whose they were."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.words.late import FULL
from server.kit import Lines
from tests.laws.laws import dump
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy"]


def stage(**options: Any) -> Stage:
    return Stage("words", PEOPLE, host="ana", **options)


def texts(room: Stage) -> list[str]:
    return [piece["text"] for piece in room.state["room"]["words"]]


def test_wd1_a_text_is_its_authors_alone_until_the_show() -> None:
    room = stage()
    assert room.act("bo", "write", texts=["soft"]).ok
    assert room.sees("bo")["own"]["bo"]["pick"] == {"texts": ["soft"], "named": False}
    for who in ("ana", "cy"):
        assert room.sees(who)["room"] == {"phase": "collect", "count": 1}
        assert "soft" not in room.bytes_of(who)
    room.act("bo", "write", texts=["softer"])
    room.act("cy", "write", texts=["wind"])
    assert room.state["room"]["count"] == 2
    room.act("bo", "withdraw")
    assert room.state["room"]["count"] == 1
    assert room.act("bo", "withdraw").kind == "noop"


@pytest.mark.parametrize("most", [1, 60, 140])
def test_wd2_a_text_is_as_long_as_the_card_says(most: int) -> None:
    room = stage(most=most)
    assert room.act("bo", "write", texts=["ش" * most]).ok
    told = room.act("bo", "write", texts=["x" * (most + 1)])
    assert (told.code, told.facts["max"]) == ("too_long", most)
    room.act("ana", "show")
    assert room.act("cy", "add", text="x" * (most + 1)).code == "too_long"
    assert room.act("cy", "add", text="x" * most).ok


@pytest.mark.parametrize("each", [1, 2, 3])
def test_wd2_a_person_gives_as_many_as_the_card_says(each: int) -> None:
    room = stage(each=each)
    many = [f"w{n}" for n in range(each + 1)]
    assert room.act("bo", "write", texts=many).code == ("enough" if each < 3 else "not_a_list")
    assert room.act("bo", "write", texts=many[:each]).ok
    assert room.act("cy", "write", texts=[]).code == "too_short"
    room.act("ana", "show")
    assert sorted(texts(room)) == many[:each]
    for text in many[:each]:
        assert room.act("cy", "add", text=text).ok
    assert room.act("cy", "add", text="more").code == "enough"
    assert room.act("cy", "remove").ok
    assert room.act("cy", "add", text="more").ok


def test_wd3_only_a_host_shows_and_only_once() -> None:
    room = stage()
    room.act("bo", "write", texts=["soft"])
    assert room.act("bo", "show").code == "host_only"
    assert room.act("bo", "drop").code == "no_action"
    assert room.act("ana", "show").ok
    assert room.act("ana", "show").code == "not_now"
    for name in ("write", "withdraw", "pass_"):
        args = {"texts": ["x"]} if name == "write" else {}
        assert room.act("bo", name, **args).code == "not_now"


def test_wd3_the_clock_shows_it_and_a_host_may_let_it_rest() -> None:
    room = stage(ms=10_000)
    assert room.state["room"]["clock"] == {"at": 1_000_000, "ms": 10_000}
    room.act("bo", "write", texts=["soft"])
    room.wait(9_999)
    assert room.state["room"]["phase"] == "collect"
    room.wait(1)
    assert (room.state["room"]["phase"], texts(room)) == ("shown", ["soft"])
    assert room.forgotten == 1

    room = stage(ms=10_000)
    assert room.act("bo", "wait").code == "host_only"
    assert room.act("ana", "wait").ok
    room.wait(60_000)
    assert room.state["room"]["phase"] == "collect"
    assert room.act("ana", "show").ok

    room = stage(ms=10_000)
    room.act("ana", "show")
    room.wait(60_000)
    assert room.forgotten == 1, "shown by a host: the clock has nothing left to do"


def test_wd3_the_time_is_bounded() -> None:
    for ms, fine in ((4_999, False), (5_000, True), (3_600_000, True), (3_600_001, False)):
        try:
            stage(ms=ms)
        except Exception as refusal:
            assert not fine, refusal
        else:
            assert fine


def test_wd4_the_show_knows_nobody_and_forgets_the_tie() -> None:
    room = stage(each=2)
    for who in PEOPLE:
        room.act(who, "write", texts=[f"{who[0]}1", f"{who[0]}2"], named=True)
    room.act("ana", "show")
    assert all(set(piece) == {"text"} for piece in room.sees("cy")["room"]["words"])
    assert room.state["own"] == {}
    assert not any(who in dump(room.state) for who in PEOPLE)


def test_wd4_who_wrote_first_makes_no_difference_and_the_order_is_chance() -> None:
    shown = []
    for order in permutations(PEOPLE):
        room = stage()
        for who in order:
            room.act(who, "write", texts=[f"the {who[0]}"])
        room.act("ana", "show")
        shown.append(texts(room))
    assert all(one == shown[0] for one in shown)
    orders = set()
    for seed in range(30):
        room = Stage("words", PEOPLE, seed=bytes([seed]) * 32)
        for who in PEOPLE:
            room.act(who, "write", texts=[who[0]])
        room.act("ana", "show")
        orders.add(tuple(texts(room)))
    assert len(orders) == 6


def test_wd5_a_name_stands_where_the_card_and_the_person_want_it() -> None:
    room = stage(named=True)
    room.act("bo", "write", texts=["rain"], named=True)
    room.act("cy", "write", texts=["sun"])
    room.act("ana", "show")
    by_text = {piece["text"]: piece.get("by") for piece in room.state["room"]["words"]}
    assert by_text == {"rain": "bo", "sun": None}
    room.erase("bo")
    assert sorted(texts(room)) == ["", "sun"]
    assert "bo" not in dump(room.state)


def test_wd6_passing_leaves_no_mark() -> None:
    room = stage()
    before = dump(room.state)
    assert room.act("bo", "pass_").kind == "noop"
    assert dump(room.state) == before
    room.act("bo", "write", texts=["zq"])
    room.act("bo", "pass_")
    assert room.state["room"] == {"phase": "collect", "count": 0}
    assert "zq" not in dump(room.state)


def test_wd7_late_people_add_theirs_and_can_take_it_back() -> None:
    room = stage()
    assert room.act("bo", "add", text="early").code == "not_now"
    room.act("ana", "show")
    room.join("di")
    assert room.act("di", "add", text="hello").ok
    assert room.act("bo", "add", text="later").ok
    assert texts(room) == ["hello", "later"]
    assert room.act("di", "remove").ok
    assert room.act("di", "remove").kind == "noop"
    assert room.state["room"]["words"][0] == {"text": "", "off": True}
    assert room.activity.actions["add"].after


def test_wd7_the_page_is_bounded() -> None:
    room = stage()
    room.act("ana", "show")
    full = [{"text": "x"}] * (FULL - 1)
    room.state["room"]["words"] = list(full)
    for tree in room.trees.values():
        tree["room"]["words"] = list(full)
    assert room.act("bo", "add", text="last").ok
    assert room.act("cy", "add", text="over").code == "full"
    assert len(texts(room)) == FULL
    assert room.act("ana", "hide", i=FULL - 1).ok
    assert room.act("ana", "hide", i=FULL).code == "not_a_number"


def test_wd8_a_host_takes_one_off_the_page_and_puts_it_back() -> None:
    room = stage()
    room.act("bo", "write", texts=["unkind"])
    assert room.act("ana", "hide", i=0).code == "not_now"
    room.act("ana", "show")
    assert room.act("bo", "hide", i=0).code == "host_only"
    assert room.act("ana", "hide", i=1).code == "no_words"
    assert room.act("ana", "hide", i=0).ok
    assert room.act("ana", "hide", i=0).kind == "noop"
    assert room.harvest() == []
    assert room.act("ana", "hide", i=0, on=False).ok
    assert room.act("ana", "hide", i=0, on=False).kind == "noop"
    assert room.state["room"]["words"] == [{"text": "unkind"}]
    room.act("bo", "add", text="gone")
    room.act("bo", "remove")
    assert room.act("ana", "hide", i=1, on=False).code == "no_words"


def test_wd9_a_waterfall_brings_a_quiet_minute_and_lines_a_pace() -> None:
    fall = stage(show="fall", ms=5_000)
    fall.wait(5_000)
    assert fall.state["room"]["clock"] == {"at": 1_005_000, "ms": 60_000}
    assert fall.state["room"]["at"] == 1_005_000
    cloud = stage(ms=9_000)
    cloud.act("ana", "show")
    assert cloud.state["room"]["clock"] is None
    lines = stage(show="lines", each=3)
    lines.act("bo", "write", texts=["a", "b", "c"])
    lines.act("ana", "show")
    assert lines.state["room"]["pace"] == 4_000
    crowd = Stage("words", [f"p{n}" for n in range(60)], show="lines", each=3)
    for who in crowd.people:
        crowd.act(who, "write", texts=["a", "b", "c"])
    crowd.act("p0", "show")
    assert crowd.state["room"]["pace"] == 1_500


def test_wd10_the_harvest_brings_same_words_together_and_names_who_agreed() -> None:
    room = stage(named=True)
    room.act("ana", "write", texts=["Calm"])
    room.act("bo", "write", texts=["calm!"])
    room.act("cy", "write", texts=["soft"], named=True)
    assert room.harvest(PEOPLE) == []
    room.act("ana", "show")
    (piece,) = room.harvest(["cy"])
    assert isinstance(piece, Lines)
    assert (piece.name, piece.lines) == ("words", ["soft (Cy)", "Calm × 2"])
    (piece,) = room.harvest()
    assert isinstance(piece, Lines)
    assert sorted(piece.lines) == ["Calm × 2", "soft"]


def test_wd11_what_was_erased_and_comes_back_is_counted() -> None:
    room = stage()
    room.act("bo", "write", texts=["soft"])
    room.act("cy", "write", texts=["wind"])
    room.erase("bo")
    assert room.state["room"]["count"] == 1
    room.act("ana", "show")
    assert texts(room) == ["wind"]
    late = stage(each=2)
    late.act("ana", "show")
    late.act("bo", "add", text="one")
    late.act("bo", "add", text="two")
    late.erase("bo")
    assert texts(late) == ["", ""]
    assert late.harvest() == []


@settings(max_examples=60)
@given(
    gifts=st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["soft", "Soft", "wind", "بحر"])),
        max_size=8,
    )
)
def test_wd4_all_that_was_given_last_comes_out_and_nothing_else(
    gifts: list[tuple[str, str]],
) -> None:
    room = stage()
    last: dict[str, str] = {}
    for who, text in gifts:
        assert room.act(who, "write", texts=[text]).ok
        last[who] = text
    assert room.state["room"]["count"] == len(last)
    room.act("ana", "show")
    assert sorted(texts(room)) == sorted(last.values())
