"""K19-K21, K23-K26: what kinds share: a clock and its bell, pieces held, people, hearts, places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import kit
from server.kit import Activity, Change, Ctx, bell, clock, hearts, held

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "clock.json").read_text("utf-8"))


def ctx(me: str = "a", offset: int = 1, people: Any = None, **state: Any) -> Ctx:
    rng = kit.Rng(b"k" * 32, offset)
    return Ctx(me, "member", 1000, offset, rng, {}, people or {}, state={"own": {}, **state})


def after(state: dict[str, Any], changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = kit.apply(state, changes)
    return found


@pytest.mark.parametrize("case", VECTORS, ids=[case["name"] for case in VECTORS])
def test_k19_what_is_left_of_a_clock(case: dict[str, Any]) -> None:
    assert clock.left({"clock": case["clock"]}, case["now"]) == case["left"]


def test_k19_a_clock_that_stood_still_runs_on_with_what_was_left() -> None:
    state = after({}, clock.begin(1000, 60_000))
    state = after(state, clock.pause(state["room"], 21_000))
    assert clock.left(state["room"], 500_000) == 40_000
    assert list(clock.pause(state["room"], 600_000)) == []
    state = after(state, clock.resume(state["room"], 500_000))
    assert clock.left(state["room"], 500_000) == 40_000
    assert clock.left(state["room"], 510_000) == 30_000
    assert list(clock.resume(state["room"], 510_000)) == []
    state = after(state, clock.stop(state["room"]))
    assert clock.left(state["room"], 510_000) == 0
    for nothing in (
        clock.stop,
        lambda room: clock.pause(room, 1),
        lambda room: clock.resume(room, 1),
    ):
        assert list(nothing(state["room"])) == []


def test_k19_a_little_longer_is_longer_whether_it_runs_stands_or_is_over() -> None:
    assert list(clock.more({"clock": None}, 1, 30_000)) == []
    state = after({}, clock.begin(1000, 60_000))
    state = after(state, clock.more(state["room"], 21_000, 30_000))
    assert clock.left(state["room"], 21_000) == 70_000
    state = after(state, clock.pause(state["room"], 31_000))
    state = after(state, clock.more(state["room"], 500_000, 30_000))
    assert clock.left(state["room"], 600_000) == 90_000
    state = after(state, clock.resume(state["room"], 700_000))
    assert clock.left(state["room"], 700_000) == 90_000
    assert clock.left(state["room"], 790_000) == 0
    state = after(state, clock.more(state["room"], 800_000, 30_000))
    assert clock.left(state["room"], 800_000) == 30_000, "what is over does not eat the minute"


def test_k20_the_count_says_how_many_and_no_more() -> None:
    state: dict[str, Any] = {"room": {}, "own": {}}
    for who, text in (("a", "one"), ("b", "two"), ("a", "three")):
        state = after(state, held.give(ctx(who, **state), text))
    assert state["room"] == {"count": 2}
    assert held.given(ctx(**state)) == [("a", "three"), ("b", "two")]
    state = after(state, held.take(ctx("a", **state)))
    assert list(held.take(ctx("a", **state))) == []
    assert state["room"] == {"count": 1} and held.given(ctx(**state)) == [("b", "two")]


def test_k20_what_is_mixed_tells_nothing_of_the_order_in_which_it_came() -> None:
    pieces = [{"text": text} for text in "abcdefgh"]
    assert held.mixed(ctx(), pieces) == held.mixed(ctx(), pieces[::-1])
    firsts = {held.mixed(ctx(offset=n), pieces)[0]["text"] for n in range(99)}
    assert firsts == set("abcdefgh"), "some piece never comes first"


def test_k21_only_who_is_here_has_a_seat_and_did_not_tap_may_be_picked() -> None:
    people = {
        "a": {"here": True, "role": "host"},
        "b": {"here": True, "role": "member"},
        "c": {"here": False, "role": "member"},
        "d": {"here": True, "role": "screen"},
        "e": {"here": True, "role": "member"},
    }
    state: dict[str, Any] = {"own": {"b": {"pick": 1}}}
    assert kit.willing(ctx(people=people, **state)) == ["a", "b", "e"]
    jam = Activity("sits")
    kit.sit_out(jam)
    sit = jam.actions["sit"].run
    state = after(state, _sit(sit, state, True))
    assert kit.willing(ctx(people=people, **state)) == ["a", "e"]
    assert _sit(sit, state, True) == []
    state = after(state, _sit(sit, state, False))
    assert kit.willing(ctx(people=people, **state)) == ["a", "b", "e"]
    assert _sit(sit, state, False) == []


def _sit(sit: Any, state: dict[str, Any], on: bool) -> list[Change]:
    return list(sit(ctx("b", **state), on=on))


class Belfry:
    """A room with one clock and one bell, as the engine keeps them."""

    def __init__(self) -> None:
        self.state: dict[str, Any] = {"room": {"clock": None}}
        self.now, self.rings = 1_000_000, 0

    def does(self, what: Any, *args: Any, due: int | None = None) -> list[Any]:
        person = Ctx("", "clock", self.now, 1, kit.Rng(b"k" * 32, 1), {}, {}, due, self.state)
        effects = list(what(person, *args))
        self.state = after(self.state, [one for one in effects if isinstance(one, Change)])
        for one in effects:
            if isinstance(one, kit.After):
                assert one.name == "ring"
                self.rings = (self.now if due is None else due) + one.ms if one.ms else 0
        return effects

    @property
    def agree(self) -> bool:
        """The bell rings when the clock says that it is over; while it stands, not at all."""
        now = self.state["room"]["clock"]
        if not now or "left" in now:
            return self.rings == 0
        return bool(self.rings == max(self.now + 1, now["at"] + now["ms"]))

    @property
    def left(self) -> int:
        return clock.left(self.state["room"], self.now)


@settings(max_examples=200)
@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(["wind", "hold", "on", "more", "move", "stop", "wait"]),
            st.integers(1, 60_000),
        ),
        max_size=20,
    )
)
def test_k23_a_clock_and_its_bell_always_say_the_same(moves: list[tuple[str, int]]) -> None:
    tower = Belfry()
    for name, n in moves:
        if name == "wait":
            tower.now = min(tower.now + n, (tower.rings or 2**50) - 1)
        elif name == "wind":
            tower.does(bell.wind, n, "ring", n // 2)
        elif name in ("hold", "on"):
            left = tower.left
            tower.does(bell.hold, name == "hold", "ring")
            assert tower.left == left
        elif name == "more":
            left = tower.left
            on = bool(tower.state["room"]["clock"])
            tower.does(bell.more, n, 90_000, "ring")
            assert tower.left == (max(left, min(90_000, left + n)) if on else 0)
        elif name == "move" and tower.state["room"]["clock"]:
            whole = tower.state["room"]["clock"]["ms"]
            tower.does(bell.move, n * whole // 60_001, "ring")
            assert tower.left == whole - n * whole // 60_001
        elif name == "stop":
            tower.does(bell.stop, "ring")
            assert tower.state["room"]["clock"] is None
        assert tower.agree, (name, n)


def test_k23_a_clock_that_stands_at_its_very_end_rings_all_the_same() -> None:
    """After(0) takes a bell back: who held it in the last moment would have waited for ever."""
    tower = Belfry()
    tower.does(bell.wind, 5_000, "ring")
    tower.now += 5_000
    tower.does(bell.hold, True, "ring")
    assert tower.left == 0 and tower.rings == 0
    tower.now += 60_000
    tower.does(bell.hold, False, "ring")
    assert tower.rings == tower.now + 1


def test_k23_a_chain_counts_from_when_it_was_due_unless_that_is_long_ago() -> None:
    for late, from_due in ((0, True), (1_999, True), (2_000, False), (90_000, False)):
        tower = Belfry()
        due = tower.now - late
        tower.does(bell.wind, 5_000, "ring", due=due)
        assert tower.state["room"]["clock"]["at"] == (due if from_due else tower.now)


def test_k23_a_clock_that_is_held_or_moved_twice_alike_changes_nothing() -> None:
    tower = Belfry()
    for nothing in ((bell.hold, True), (bell.hold, False), (bell.more, 1_000, 90_000)):
        assert tower.does(*nothing, "ring") == []
    tower.does(bell.wind, 60_000, "ring")
    assert tower.does(bell.hold, False, "ring") == []
    tower.does(bell.hold, True, "ring")
    assert tower.does(bell.hold, True, "ring") == []
    tower.does(bell.move, 10_000, "ring", 20_000)
    assert tower.left == 10_000 and "left" in tower.state["room"]["clock"]
    assert tower.does(bell.more, 1_000, 10_000, "ring") == []


def test_k20_what_is_shown_is_mixed_and_then_forgotten() -> None:
    person = ctx(room={"count": 2})
    *changes, forget = held.shown(person, "words", ["b", "a"])
    assert isinstance(forget, kit.Forget)
    state = after({"room": {"count": 2}}, changes)
    assert sorted(state["room"]["words"]) == ["a", "b"] and state["room"]["phase"] == "shown"
    owns = {who: {"pick": 1} for who in "abc"}
    assert list(held.counted(ctx(own=owns, room={"count": 3}))) == []
    assert list(held.counted(ctx(own=owns, room={"count": 7}))) == [Change("room/count", 3)]


@settings(max_examples=100)
@given(
    taps=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4), st.booleans()), max_size=30),
    sums=st.integers(0, 5),
)
def test_k24_hearts_are_as_many_as_people_give(taps: list[Any], sums: int) -> None:
    state: dict[str, Any] = {"room": {"hearts": [0] * sums}, "own": {}}
    for who, i, on in taps:
        person = ctx(who, **state)
        given = person.own.get("hearts", {})
        if on and str(i) not in given and len(given) >= 3:
            with pytest.raises(kit.Refusal) as no:
                list(hearts.give(person, i, on, 3, 5))
            assert (no.value.code, no.value.facts) == ("hearts_full", {"max": 3})
            continue
        state = after(state, hearts.give(person, i, on, 3, 5))
        assert (str(i) in ctx(who, **state).own.get("hearts", {})) is on
    assert list(hearts.mended(ctx(**state))) == []
    there = state["room"]["hearts"]
    assert sum(there) == sum(len(own.get("hearts", {})) for own in state["own"].values())
    left = after(state, hearts.erased(ctx("a", **state)))
    left = {**left, "own": {who: own for who, own in left["own"].items() if who != "a"}}
    assert list(hearts.mended(ctx(**left))) == []
    broken = after(state, [Change("room/hearts", [9] * len(there))])
    assert after(broken, hearts.mended(ctx(**broken))) == state


def test_k25_a_place_changes_only_where_it_differs() -> None:
    person = ctx("a", room={"n": 3, "said": [{"by": "a"}, {"by": "b"}, {"by": "a"}], "off": [1]})
    assert list(kit.put(person, "room/n", 3)) == list(kit.put(person, "room/off", [1])) == []
    assert list(kit.put(person, "room/n", 4)) == [Change("room/n", 4)]
    assert list(kit.put(person, "room/none", 0)) == [Change("room/none", 0)]
    assert list(kit.emptied(person, "room/said", {"by": ""})) == [
        Change("room/said/0", {"by": ""}),
        Change("room/said/2", {"by": ""}),
    ]
    assert list(kit.emptied(person, "room/unsaid", "")) == []
    assert list(kit.flag("room/x", {}, "off", True)) == [Change("room/x/off", True)]
    assert list(kit.flag("room/x", {"off": True}, "off", False)) == [Change("room/x/off")]
    for there, on in (({"off": True}, True), ({}, False)):
        assert list(kit.flag("room/x", there, "off", on)) == []


def test_k25_what_belongs_to_another_form_is_refused() -> None:
    person = ctx()
    person.options = {"form": "dots"}
    assert kit.only(person, "dots", "dial") == "dots"
    for code in ("not_now", "other_form"):
        with pytest.raises(kit.Refusal) as no:
            kit.only(person, "line", code=code)
        assert no.value.code == code


def test_k16_a_name_stands_beside_a_text_where_there_is_one() -> None:
    assert kit.beside("a song", "Ana") == "a song (Ana)"
    assert kit.beside("a song", "") == kit.beside("a song", None) == "a song"


def test_k26_hosts_take_one_thing_aside_and_put_it_back() -> None:
    jam = Activity("x")
    kit.aside(jam, "hide", "said", 3, code="no_line", phase="shown")
    state: dict[str, Any] = {"room": {"phase": "shown", "said": [{"text": "a"}, {"text": ""}]}}

    def does(role: str, i: int, on: bool) -> list[Change]:
        person = ctx("a")
        person.role = role
        return kit.run(jam, state, "hide", {"i": i, "on": on}, person).changes

    assert does("host", 0, False) == []
    state = after(state, does("host", 0, True))
    assert state["room"]["said"][0] == {"text": "a", "off": True} and does("host", 0, True) == []
    state = after(state, does("host", 0, False))
    assert state["room"]["said"][0] == {"text": "a"}
    for role, i, code in (
        ("member", 0, "host_only"),
        ("host", 1, "no_line"),
        ("host", 2, "no_line"),
        ("host", 3, "not_a_number"),
    ):
        with pytest.raises(kit.Refusal) as no:
            does(role, i, True)
        assert no.value.code == code
    assert jam.actions["hide"].doc.endswith(".")
