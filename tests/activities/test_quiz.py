"""QZ1-QZ15: choices held until the host shows sums; three lines, one wish; counting together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.quiz.line import FULL
from activities.quiz.up import MOST
from server.kit import Lines, Table
from tests.laws.laws import dump
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy", "di"]
LINES = ["I can milk a goat", "I slept in a lighthouse", "I speak to birds"]


def stage(form: str = "poll", people: list[str] = PEOPLE, **options: Any) -> Stage:
    return Stage("quiz", people, host=people[0], form=form, **options)


def put(room: Stage, value: dict[str, Any]) -> None:
    """The room as it would be after a long evening."""
    room.state["room"].update(value)
    for tree in room.trees.values():
        tree["room"].update(value)


# --- poll and either


def test_qz1_a_choice_is_ones_own_until_the_show_and_may_change() -> None:
    room = stage(choices=["tea", "rest", "song"])
    assert room.act("bo", "choose", at=2).ok
    assert room.act("bo", "choose", at=1).ok
    assert room.act("cy", "choose", at=1).ok
    assert room.sees("bo")["own"]["bo"] == {"pick": 1}
    assert room.sees("ana")["room"] == {
        "phase": "collect",
        "count": 2,
        "round": 0,
        "choices": ["tea", "rest", "song"],
    }
    assert room.act("bo", "withdraw").ok
    assert room.act("bo", "withdraw").kind == "noop"
    assert room.act("cy", "pass_").ok
    assert room.act("cy", "pass_").kind == "noop"
    assert room.state["room"]["count"] == 0


@pytest.mark.parametrize(
    ("form", "choices", "many"),
    [
        ("poll", [], 3),
        ("poll", ["one"], 3),
        ("poll", ["a", "b"], 2),
        ("poll", list("abcdefgh"), 8),
        ("either", [], 2),
        ("either", ["a", "b", "c"], 2),
    ],
)
def test_qz2_there_are_as_many_choices_as_the_card_has(
    form: str, choices: list[str], many: int
) -> None:
    for hidden in (True, False):
        room = stage(form, choices=choices, hidden=hidden)
        assert room.act("bo", "choose", at=many - 1).ok
        assert room.act("bo", "choose", at=many).code == "not_a_choice"
        room.act("ana", "show")
        assert room.state["room"]["sums"] == [0] * (many - 1) + [1]
    with pytest.raises(Exception, match="not_a_list"):
        stage(choices=list("abcdefghi"))


def test_qz3_a_host_shows_sums_and_who_chose_what_is_forgotten() -> None:
    room = stage("either")
    for who, at in (("ana", 0), ("bo", 1), ("cy", 1)):
        room.act(who, "choose", at=at)
    assert room.act("bo", "show").code == "host_only"
    assert "sums" not in room.bytes_of("di")
    assert room.act("ana", "show").ok
    assert room.act("ana", "show").code == "not_now"
    assert room.sees("di")["room"]["sums"] == [1, 2]
    assert room.forgotten == 1
    assert room.state["own"] == {}
    assert not any(who in dump(room.state) for who in PEOPLE)


def test_qz4_open_sums_grow_with_each_tap() -> None:
    room = stage("either", hidden=False)
    room.act("bo", "choose", at=0)
    room.act("cy", "choose", at=0)
    assert room.state["room"]["sums"] == [2, 0]
    room.act("bo", "choose", at=1)
    assert room.state["room"]["sums"] == [1, 1]
    room.act("bo", "choose", at=1)
    room.act("cy", "pass_")
    assert room.state["room"]["sums"] == [0, 1]
    room.erase("bo")
    assert room.state["room"]["sums"] == [0, 0]
    assert room.state["room"]["count"] == 0


def test_qz5_who_comes_late_adds_one_and_takes_it_back() -> None:
    room = stage("either")
    room.act("bo", "choose", at=0)
    room.act("ana", "show")
    room.join("ed")
    assert room.act("ed", "choose", at=1).ok
    assert room.act("ed", "choose", at=0).ok
    assert room.state["room"]["sums"] == [2, 0]
    assert room.act("ed", "choose", at=2).code == "not_a_choice"
    assert room.act("ed", "withdraw").ok
    assert room.state["room"]["sums"] == [1, 0]
    room.act("ed", "choose", at=1)
    room.erase("ed")
    assert room.state["room"]["sums"] == [1, 0]


def test_qz6_another_question_begins_anew() -> None:
    room = stage("either", hidden=False)
    room.act("bo", "choose", at=0)
    assert room.act("ana", "go_on").code == "not_now"
    room.act("ana", "show")
    room.act("cy", "choose", at=1)
    assert room.act("bo", "go_on").code == "host_only"
    assert room.act("ana", "go_on").ok
    assert room.state["room"] == {
        "phase": "collect",
        "count": 0,
        "round": 1,
        "choices": [],
        "sums": [0, 0],
    }
    assert not any(own for own in room.state["own"].values())
    line = stage("spectrum")
    line.act("ana", "show")
    line.act("ana", "go_on")
    assert "dots" not in line.state["room"]


# --- a line


def test_qz7_dots_come_out_in_an_order_that_tells_nothing() -> None:
    shown = []
    for people in (["ana", "bo", "cy"], ["cy", "bo", "ana"]):
        room = stage("spectrum")
        for who in people:
            assert room.act(who, "choose", at=10 * len(who)).ok
        assert room.act("bo", "choose", at=100).ok
        assert room.act("bo", "choose", at=101).code == "not_a_number"
        assert "100" not in room.bytes_of("di")
        room.act("ana", "show")
        shown.append(room.state["room"]["dots"])
    assert shown[0] == shown[1]
    assert sorted(shown[0]) == [20, 30, 100]


def test_qz7_a_late_dot_is_ones_own_to_move_and_the_line_is_bounded() -> None:
    room = stage("spectrum")
    room.act("ana", "show")
    room.act("bo", "choose", at=40)
    room.act("bo", "choose", at=60)
    assert room.state["room"]["dots"] == [60]
    room.act("bo", "withdraw")
    assert room.state["room"]["dots"] == [-1]
    assert room.harvest()[0].csv().count("\r\n") == 1
    put(room, {"dots": [5] * (FULL - 1)})
    assert room.act("bo", "choose", at=1).ok
    assert room.act("cy", "choose", at=1).code == "full"
    assert room.act("bo", "choose", at=2).ok


# --- two truths and one wish


def three(*writers: str, **options: Any) -> Stage:
    room = stage("three", **options)
    for who in writers:
        assert room.act(who, "write", lines=[f"{who} {line}" for line in LINES], wish=2).ok
    return room


def test_qz8_three_lines_and_one_wish_are_held() -> None:
    room = stage("three")
    assert room.act("bo", "write", lines=LINES[:2], wish=0).code == "three_lines"
    assert room.act("bo", "write", lines=[*LINES, "x"], wish=0).code == "not_a_list"
    assert room.act("bo", "write", lines=LINES, wish=3).code == "not_a_number"
    assert room.act("bo", "write", lines=["x" * 121, "b", "c"], wish=0).code == "too_long"
    assert room.act("bo", "write", lines=["x" * 120, "b", "c"], wish=0).ok
    assert room.act("bo", "write", lines=LINES, wish=1).ok
    assert room.state["room"]["count"] == 1
    assert "goat" not in room.bytes_of("ana")
    assert room.act("bo", "go_on").code == "host_only"


def test_qz9_one_is_up_their_lines_mixed_and_the_wish_known_to_nobody() -> None:
    orders = set()
    for seed in range(30):
        room = Stage("quiz", PEOPLE, seed=bytes([seed]) * 32, form="three")
        room.act("bo", "write", lines=LINES, wish=2)
        assert room.act("ana", "go_on").ok
        up = room.sees("ana")["room"]["up"]
        assert (up["who"], sorted(up["lines"]), up["count"]) == ("bo", LINES, 0)
        assert "wish" not in up
        assert room.sees("ana").get("own", {}) == {}
        orders.add(tuple(up["lines"]))
    assert len(orders) == 6


def test_qz10_guesses_are_held_and_come_out_with_the_wish_by_the_clock() -> None:
    room = three("bo")
    room.act("ana", "go_on")
    lines = room.state["room"]["up"]["lines"]
    wish = lines.index("bo I speak to birds")
    assert room.act("bo", "guess", i=0).code == "yours"
    room.act("cy", "guess", i=(wish + 1) % 3)
    room.act("cy", "guess", i=wish)
    room.act("ana", "guess", i=(wish + 1) % 3)
    assert room.state["room"]["up"]["count"] == 2
    assert room.act("cy", "tell").code == "not_yours"
    assert room.act("bo", "tell").ok
    assert "wish" not in room.state["room"]["up"], "by the clock, not by a member's tap"
    room.wait(1)
    up = room.sees("di")["room"]["up"]
    assert up["wish"] == wish
    assert (up["sums"][wish], sum(up["sums"])) == (1, 2)
    assert room.act("di", "guess", i=0).code == "told"
    assert room.act("ana", "tell").kind == "noop"
    assert room.state["room"]["told"] == [{"who": "bo", "wish": "bo I speak to birds"}]
    room = three("bo")
    assert room.act("bo", "tell").code == "not_now"
    room.act("ana", "go_on")
    room.act("ana", "tell")
    room.wait(1)
    assert "wish" in room.state["room"]["up"], "a host may, too"


def test_qz11_each_is_up_once_and_then_nobody() -> None:
    room = three("bo", "cy", "di")
    seen = []
    for _ in range(3):
        room.act("ana", "go_on")
        seen.append(room.state["room"]["up"]["who"])
        room.act("ana", "tell")
        room.wait(1)
    assert sorted(seen) == ["bo", "cy", "di"]
    assert room.act("bo", "write", lines=LINES, wish=0).code == "been"
    room.act("ana", "go_on")
    assert (room.state["room"]["up"], room.state["room"]["count"]) == (None, 0)
    assert room.act("cy", "guess", i=0).code == "nobody_up"
    room.join("ed")
    assert room.act("ed", "write", lines=LINES, wish=0).ok
    room.act("ana", "go_on")
    assert room.state["room"]["up"]["who"] == "ed"
    assert not any("guess" in own for own in room.state["own"].values())


def test_qz11_the_next_one_takes_no_wish_of_the_one_before() -> None:
    room = three("bo", "cy")
    room.act("ana", "go_on")
    room.act("ana", "tell")
    room.act("ana", "go_on")
    room.wait(10)
    assert "wish" not in room.state["room"]["up"]


@settings(max_examples=80, deadline=None)
@given(
    writers=st.lists(st.sampled_from(PEOPLE), unique=True),
    out=st.lists(st.sampled_from(PEOPLE), unique=True),
    gone=st.lists(st.sampled_from(PEOPLE[1:]), unique=True, max_size=2),
)
def test_qz12_nobody_is_called_up_who_does_not_want_to(
    writers: list[str], out: list[str], gone: list[str]
) -> None:
    room = three(*writers)
    for who in out:
        others = [other for other in PEOPLE if other != who]
        before = {other: dump(room.sees(other)) for other in others}
        room.act(who, "sit")
        assert before == {other: dump(room.sees(other)) for other in others}, "nobody can see it"
    for who in gone:
        room.away(who)
    called = set()
    for _ in range(len(PEOPLE) + 1):
        room.act("ana", "go_on")
        if room.state["room"]["up"]:
            called.add(room.state["room"]["up"]["who"])
    assert called == set(writers) - set(out) - set(gone)


def test_qz12_who_is_up_may_step_back_and_come_again() -> None:
    room = three("bo", "cy")
    room.act("bo", "sit")
    room.act("bo", "sit", on=False)
    room.act("ana", "go_on")
    up = room.state["room"]["up"]["who"]
    assert room.act(up, "tell").ok
    assert room.act(up, "sit").ok
    room.wait(10)
    assert room.state["room"]["up"] is None
    assert room.state["room"]["told"] == []
    assert room.state["vault"] == {}


def test_qz13_an_erase_takes_lines_guess_and_wish() -> None:
    room = three("bo", "cy")
    room.act("ana", "go_on")
    first = room.state["room"]["up"]["who"]
    room.act("di", "guess", i=0)
    room.act("ana", "tell")
    room.wait(1)
    room.erase("di")
    assert room.state["room"]["up"]["count"] == sum(room.state["room"]["up"]["sums"]) == 0
    room.erase(first)
    assert room.state["room"]["up"] is None
    assert room.state["room"]["told"] == [{"who": "", "wish": ""}]
    assert room.harvest() == []
    room.erase("cy" if first == "bo" else "bo")
    assert room.state["room"]["count"] == 0


def test_qz13_wishes_are_bounded_and_named_only_where_their_owner_agreed() -> None:
    room = three("bo", "cy")
    put(room, {"told": [{"who": "bo", "wish": "one"}] * (MOST - 1)})
    for _ in range(2):
        room.act("ana", "go_on")
        room.act("ana", "tell")
        room.wait(1)
    assert len(room.state["room"]["told"]) == MOST
    room = three("bo")
    room.act("ana", "go_on")
    assert room.harvest(PEOPLE) == []
    room.act("ana", "tell")
    room.wait(1)
    (piece,) = room.harvest(["bo"])
    assert isinstance(piece, Lines)
    assert piece.lines == ["bo I speak to birds (Bo)"]
    (piece,) = room.harvest()
    assert isinstance(piece, Lines)
    assert piece.lines == ["bo I speak to birds"]


# --- counting


def n(room: Stage) -> int:
    found: int = room.state["room"]["n"]
    return found


@pytest.mark.parametrize("window", [200, 700, 3_000])
def test_qz14_two_at_once_begin_again_at_the_window_and_not_one_ms_above(window: int) -> None:
    room = stage("count", window=window)
    room.act("bo", "tap")
    room.wait(window + 1)
    room.act("cy", "tap")
    assert (n(room), room.state["room"]["two"]) == (2, False)
    room.wait(window)
    room.act("bo", "tap")
    assert (n(room), room.state["room"]["two"], room.state["room"]["best"]) == (0, True, 2)
    assert room.act("di", "tap").kind == "noop", "a third one at once"
    room.wait(window)
    assert room.act("di", "tap").kind == "noop"
    room.wait(1)
    assert room.act("di", "tap").ok
    assert (n(room), room.state["room"]["two"]) == (1, False)


def test_qz14_nobody_says_two_in_a_row_but_who_is_alone() -> None:
    room = stage("count")
    room.act("bo", "tap")
    room.wait(5_000)
    assert room.act("bo", "tap").code == "again"
    for who in ("ana", "cy", "di"):
        room.away(who)
    assert room.act("bo", "tap").ok
    assert n(room) == 2
    room.back("cy")
    assert room.act("bo", "tap").code == "again"
    room.wait(701)
    assert room.act("cy", "tap").ok
    room.erase("cy")
    assert room.state["vault"] == {}
    room.wait(701)
    assert room.act("bo", "tap").ok


@pytest.mark.parametrize("goal", [5, 40])
def test_qz14_at_the_goal_it_is_done_and_a_host_begins_again(goal: int) -> None:
    room = stage("count", goal=goal)
    for at in range(goal):
        assert room.state["room"]["phase"] == "count"
        assert room.act(PEOPLE[at % 2], "tap").ok
        room.wait(701)
    assert room.state["room"]["phase"] == "done"
    assert room.act("cy", "tap").code == "not_now"
    assert room.act("cy", "again").code == "host_only"
    assert room.act("ana", "again").ok
    assert (n(room), room.state["room"]["best"]) == (0, goal)
    (piece,) = room.harvest()
    assert isinstance(piece, Table)
    assert piece.rows == [(goal,)]
    for wrong in (4, 41):
        with pytest.raises(Exception, match="not_a_number"):
            stage("count", goal=wrong)


@settings(max_examples=150, deadline=None)
@given(
    taps=st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from([0, 1, 300, 699, 700, 701, 2_000])),
        max_size=30,
    )
)
def test_qz14_the_rule_in_a_few_lines(taps: list[tuple[str, int]]) -> None:
    room = stage("count", goal=40)
    number, last, at, two = 0, "", -10_000, False
    for who, wait in taps:
        room.wait(wait)
        room.act(who, "tap")
        gap = room.now - at
        if (two and gap <= 700) or who == last:
            pass
        elif last and gap <= 700:
            number, last, at, two = 0, "", room.now, True
        else:
            number, last, at, two = number + 1, who, room.now, False
        assert (n(room), room.state["room"]["two"]) == (number, two)


# --- what is kept


def test_qz15_the_harvest_has_sums_and_places_and_nobody() -> None:
    room = stage(choices=["tea", "rest"])
    room.act("bo", "choose", at=1)
    assert room.harvest(PEOPLE) == []
    room.act("ana", "show")
    (piece,) = room.harvest(PEOPLE)
    assert isinstance(piece, Table)
    assert (piece.columns, piece.rows) == (("choice", "people"), [("tea", 0), ("rest", 1)])
    for form, column in (("either", "pair"), ("poll", "choice")):
        room = stage(form)
        room.act("ana", "show")
        (piece,) = room.harvest()
        assert isinstance(piece, Table)
        assert piece.columns == (column, "people")
        assert piece.keyed == {column}
    line = stage("spectrum")
    for who, at in (("ana", 5), ("bo", 5), ("cy", 90)):
        line.act(who, "choose", at=at)
    line.act("ana", "show")
    (piece,) = line.harvest()
    assert isinstance(piece, Table)
    assert piece.rows == [(5, 2), (90, 1)]
