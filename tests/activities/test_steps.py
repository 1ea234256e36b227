"""SP1-SP12: steps by log time, waves, own pace, what is found, and lines that are held."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.steps import guiding, rules, sequences, sharing
from tests.laws.laws import dump
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy"]
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "steps.json").read_text("utf-8"))
FREE = ("senses", "stretch", "own")


def stage(sequence: str = "rain", people: list[str] = PEOPLE, **options: Any) -> Stage:
    return Stage("steps", people, host=people[0], sequence=sequence, **options)


def begun(sequence: str = "rain", people: list[str] = PEOPLE, **options: Any) -> Stage:
    room = stage(sequence, people, **options)
    assert room.act(people[0], "begin").ok
    return room


def at(room: Stage) -> int:
    """The moment it is."""
    tree = room.state["room"]
    passed = tree["clock"]["ms"] - rules.kit.clock.left(tree, room.now)
    return sequences.moment(sequences.times(tree), passed)[0]


@pytest.mark.parametrize("case", VECTORS["moments"], ids=[c["name"] for c in VECTORS["moments"]])
def test_sp1_the_moment_follows_from_log_time(case: dict[str, Any]) -> None:
    clock = case["clock"]
    passed = clock["ms"] - rules.kit.clock.left({"clock": clock}, case["now"])
    if "left" not in clock and case["now"] > clock["at"] + clock["ms"]:
        passed = case["now"] - clock["at"]
    assert sequences.moment(case["times"], passed) == (case["at"], case["left"])


@pytest.mark.parametrize("case", VECTORS["times"], ids=[c["name"] for c in VECTORS["times"]])
def test_sp2_sections_enter_one_step_after_the_other(case: dict[str, Any]) -> None:
    assert sequences.times(case["room"]) == case["times"]


@given(st.lists(st.integers(1, 10**6), max_size=20), st.integers(0, 10**8))
def test_sp1_every_moment_lies_in_one_step(each: list[int], passed: int) -> None:
    found, left = sequences.moment(each, passed)
    if passed >= sum(each):
        assert (found, left) == (len(each), 0)
    else:
        assert sum(each[:found]) <= passed < sum(each[: found + 1])
        assert passed + left == sum(each[: found + 1])


@pytest.mark.parametrize("sequence", [*sequences.SEQUENCES])
def test_sp3_it_begins_goes_on_and_ends_by_the_clock(sequence: str) -> None:
    room = begun(sequence, sections=1)
    steps = [list(step) for step in sequences.SEQUENCES[sequence]]
    assert room.state["room"]["steps"] == steps and at(room) == -1
    room.wait(guiding.LEAD_MS)
    for i, (_, ms) in enumerate(steps):
        assert at(room) == i
        room.wait(ms - 1)
        assert at(room) == i and room.state["room"]["phase"] == "run"
        room.wait(1)
    assert room.sees("cy")["room"]["phase"] == "done" and room.state["room"]["clock"] is None
    assert room.timers == {} and room.act("ana", "begin").ok


def test_sp4_between_its_steps_the_server_is_silent() -> None:
    room = begun()
    before = len(room.changes)
    room.wait(guiding.LEAD_MS + 150_000)
    assert len(room.changes) == before and set(room.timers) == {"finish"}


def test_sp5_it_stands_and_runs_on() -> None:
    room = begun(sections=1)
    room.wait(guiding.LEAD_MS + 25_000)
    assert room.act("bo", "pause").code == "host_only"
    assert room.act("ana", "pause").ok and room.act("ana", "pause").kind == "noop"
    room.wait(10_000_000)
    assert at(room) == 1 and room.state["room"]["phase"] == "run"
    assert room.act("ana", "pause", on=False).ok
    assert room.act("ana", "pause", on=False).kind == "noop"
    room.wait(14_999)
    assert at(room) == 1
    room.wait(1)
    assert at(room) == 2
    room.wait(120_000)
    assert room.state["room"]["phase"] == "done"


def test_sp6_hosts_go_to_a_step_running_or_standing() -> None:
    room = begun(sections=1)
    assert room.act("ana", "go", to=7).ok and at(room) == 7
    assert room.act("ana", "go", to=8).code == "no_step"
    assert room.act("ana", "go", to=16).code == "not_a_number"
    assert room.act("bo", "go", to=0).code == "host_only"
    room.act("ana", "pause")
    assert room.act("ana", "go", to=0).ok and at(room) == 0
    room.wait(99_000)
    assert at(room) == 0
    room.act("ana", "pause", on=False)
    room.act("ana", "go", to=7)
    room.wait(15_999)
    assert room.state["room"]["phase"] == "run"
    room.wait(1)
    assert room.state["room"]["phase"] == "done"
    assert room.act("ana", "end").code == "not_now"


def test_sp7_a_wave_goes_through_sections_that_are_alike() -> None:
    people = [f"p{n}" for n in range(8)]
    room = begun(people=people)
    own = room.state["own"]
    assert sorted(own[who]["place"] for who in people) == list(range(8))
    assert room.state["room"]["sections"] == 3
    room.join("late")
    assert own != room.state["own"] and room.state["own"]["late"]["place"] == 8
    room.away("late")
    room.back("late")
    assert room.state["own"]["late"]["place"] == 8
    whole = sum(ms for _, ms in sequences.SEQUENCES["rain"]) + 2 * 16_000
    assert room.state["room"]["clock"]["ms"] == whole


@pytest.mark.parametrize(("many", "sections"), [(1, 1), (2, 2), (3, 3), (9, 3)])
def test_sp7_no_section_is_empty(many: int, sections: int) -> None:
    room = begun(people=[f"p{n}" for n in range(many)])
    assert room.state["room"]["sections"] == sections
    room = begun(people=[f"p{n}" for n in range(many)], sections=1)
    assert room.state["room"]["sections"] == 1
    room = begun("stretch", people=[f"p{n}" for n in range(many)])
    assert room.state["room"]["sections"] == 1


def test_sp8_at_ones_own_pace_there_is_no_clock_and_nobody_sees_where_one_is() -> None:
    for sequence in FREE:
        room = stage(sequence, pace="own", texts=["One", "Two"])
        assert room.state["room"]["phase"] == "run" and room.timers == {}
        assert room.act("bo", "step", to=1).ok and room.act("bo", "step", to=1).kind == "noop"
        many = len(room.state["room"]["steps"])
        assert room.act("bo", "step", to=many).ok
        assert room.act("bo", "step", to=many + 1).code in ("no_step", "not_a_number")
        assert '"at"' not in room.bytes_of("cy") and '"at"' not in room.bytes_of("ana")
        assert room.act("ana", "go", to=0).code == "no_step"
        assert room.act("ana", "pause").kind == "noop"
        assert room.act("ana", "end").ok and room.state["room"]["phase"] == "done"
        assert room.act("ana", "begin").ok and "at" not in room.state["own"]["bo"]
    for sequence in ("rain", "follow", "blue"):
        assert stage(sequence, pace="own").state["room"]["phase"] == "ready"
    shared = begun("senses")
    assert shared.act("bo", "step", to=1).code == "no_step"


def test_sp9_hosts_write_up_to_twelve_steps() -> None:
    room = stage("own")
    assert room.act("ana", "begin").code == "no_steps"
    assert room.act("bo", "write", texts=["a"]).code == "host_only"
    assert room.act("ana", "write", texts=["x" * 80] * 12, seconds=[5] * 11).ok
    assert room.state["room"]["steps"][10:] == [["own10", 5_000], ["own11", 20_000]]
    assert room.act("ana", "write", texts=["x"] * 13).facts["max"] == 12
    assert room.act("ana", "write", texts=["x" * 81]).code == "too_long"
    assert room.act("ana", "write", texts=["x"], seconds=[4]).code == "not_a_number"
    assert room.act("ana", "write", texts=["x"], seconds=[121]).code == "not_a_number"
    assert room.act("ana", "write", texts=["One"], seconds=[120, 60]).ok
    assert room.sees("bo")["room"]["texts"] == ["One"]
    assert room.state["room"]["steps"] == [["own0", 120_000]]
    assert room.act("ana", "begin").ok
    assert room.act("ana", "write", texts=["late"]).code == "not_now"
    assert "ana" not in room.bytes_of("bo")
    room.erase("ana")
    assert room.state["room"]["texts"] == [""] and "ana" not in dump(room.state)
    assert stage("rain").act("ana", "write", texts=["One"]).code == "not_now"
    assert stage("own", pace="own").state["room"]["phase"] == "ready"


@pytest.mark.parametrize("count", range(3, 9))
def test_sp10_calls_come_from_all_parts_of_the_deck_and_get_sillier(count: int) -> None:
    room = stage("blue", count=count)
    ids = [int(one[1:]) for one, _ in room.state["room"]["steps"]]
    assert len(ids) == count and ids == sorted(set(ids))
    assert ids[0] < 24 // count and 24 * (count - 1) // count <= ids[-1] < 24
    others = Stage("steps", PEOPLE, seed=b"o" * 32, sequence="blue", count=8)
    assert others.state["room"]["steps"] != stage("blue", count=8).state["room"]["steps"]


def test_sp10_whatever_is_found_counts_whenever() -> None:
    room = begun("blue", count=3)
    assert room.act("bo", "found", i=0).ok and room.act("bo", "found", i=0).kind == "noop"
    assert room.act("bo", "found", i=3).code == "no_step"
    room.wait(guiding.LEAD_MS + 2 * sequences.CALL_MS)
    assert room.act("cy", "found", i=0).ok, "a call that is over counts, too"
    assert room.sees("ana")["room"]["found"] == [2, 0, 0]
    assert "bo" not in dump(room.state["room"])
    room.wait(10**6)
    assert room.act("cy", "found", i=2).ok
    room.erase("cy")
    assert room.state["room"]["found"] == [1, 0, 0]
    was = room.state["room"]["steps"]
    assert room.act("ana", "begin").ok and room.state["room"]["found"] == [0, 0, 0]
    assert room.state["room"]["steps"] != was and "found" not in room.state["own"]["bo"]
    assert begun("rain").act("bo", "found", i=0).code == "no_step"


def test_sp11_one_line_each_is_held_and_shown_unsigned() -> None:
    room = begun("senses")
    assert room.act("bo", "share", text="x" * 80).ok and room.act("bo", "share", text="rain").ok
    assert room.act("bo", "share", text="x" * 81).code == "too_long"
    room.act("cy", "share", text="bread")
    assert room.state["room"]["count"] == 2
    for who in ("ana", "cy"):
        assert "rain" not in room.bytes_of(who).replace('"rain":', "")
    assert room.act("cy", "unshare").ok and room.act("cy", "unshare").kind == "noop"
    room.act("cy", "share", text="bread")
    assert room.act("bo", "show").code == "host_only"
    room.wait(10**6)
    assert room.act("ana", "show").ok and room.forgotten == 1
    shared = room.sees("ana")["room"]["shared"]
    assert sorted(one["text"] for one in shared) == ["bread", "rain"]
    assert "bo" not in dump(room.state) or "pick" not in dump(room.state["own"])
    assert room.act("bo", "share", text="late").code == "not_now"
    assert (
        room.act("bo", "add", text="late").ok and room.act("bo", "add", text="x").code == "shared"
    )
    assert room.act("ana", "hide", i=2).ok and room.act("ana", "hide", i=2).kind == "noop"
    assert "late" not in room.harvest()[0].markdown() and "bread" in room.harvest()[0].markdown()
    assert room.act("ana", "hide", i=2, on=False).ok
    assert room.act("ana", "hide", i=3).code == "no_line"
    room.erase("bo")
    assert room.state["room"]["shared"][2] == sharing.GONE
    assert room.act("ana", "hide", i=2).code == "no_line"


def test_sp11_two_hundred_lines_in_all_and_none_elsewhere() -> None:
    people = [*PEOPLE, *(f"p{n}" for n in range(197))]
    room = Stage("steps", people, host="ana", guard=False, sequence="senses")
    room.act("ana", "begin")
    for who in people[1:]:
        assert room.act(who, "share", text=f"line of {who}").ok
    room.act("ana", "show")
    assert room.act("bo", "add", text="the last one").ok
    assert room.act("cy", "add", text="one more").code == "shares_full"
    for name in ("share", "show"):
        args = {"text": "x"} if name == "share" else {}
        assert begun("rain").act("ana", name, **args).code == "no_share"


def test_sp12_what_is_kept_has_no_names() -> None:
    room = begun("senses")
    assert room.harvest() == []
    room.act("bo", "share", text="rain")
    assert room.harvest() == [], "held is held"
    room.act("ana", "show")
    assert [piece.name for piece in room.harvest(["bo"])] == ["shared"]
    assert "Bo" not in room.harvest(["bo"])[0].markdown()


def test_sp10_every_language_has_its_deck_and_all_its_words() -> None:
    folder = Path(rules.__file__).parent / "lang"
    for lang in ("en", "fr", "es", "pt", "ar"):
        words = json.loads((folder / f"{lang}.json").read_text("utf-8"))
        calls = [words[f"call.{n}"] for n in range(sequences.CALLS)]
        assert len(set(calls)) == sequences.CALLS and all(len(call) <= 80 for call in calls)
        assert f"call.{sequences.CALLS}" not in words
        moves = {m for s in ("rain", "stretch", "follow") for m, _ in sequences.SEQUENCES[s]}
        assert all(f"lying.{move}" in words for move in moves)
        assert all(f"rain.{n}" in words for n in range(len(sequences.SEQUENCES["rain"])))
        assert all(f"slow.{n}" in words for n in range(len(sequences.SEQUENCES["stretch"])))
        assert all(f"senses.{m}" in words and f"more.{m}" in words
                   for m, _ in sequences.SEQUENCES["senses"])  # fmt: skip


@pytest.mark.parametrize("sequence", [*sequences.SEQUENCES, "blue", "own"])
def test_vseat13_only_the_senses_are_quiet(sequence: str) -> None:
    given = {"texts": ["one", "two"]} if sequence == "own" else {}
    room = stage(sequence, **given)
    assert room.heard() is None
    room.act("ana", "begin")
    quiet = set() if sequence == "senses" else None
    assert room.heard() == quiet
    room.act("ana", "pause")
    assert room.heard() is None
    room.act("ana", "pause", on=False)
    room.act("ana", "end")
    assert room.heard() is None
    if sequence == "senses":
        assert stage(sequence, pace="own").heard() is None, "each at another place, no common quiet"
