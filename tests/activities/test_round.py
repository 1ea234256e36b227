"""RO1-RO9: one after the other, with a clock, a way past, and an end for everyone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.round.bringing import BROUGHT
from activities.round.having import EACH, SAID
from activities.round.hosting import LONGEST
from activities.round.moving import CHAIN, MOVES, REPLAY
from server.kit import Lines, Table, turns
from tests.laws.laws import dump
from tests.stage import Outcome, Stage

PEOPLE = ["ana", "bo", "cy", "di"]
CALLS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(
            ["sit", "unsit", "pass_", "later", "next_", "put_on", "away", "back", "wait"]
        ),
        st.sampled_from(PEOPLE),
    ),
    max_size=25,
)


def stage(*people: str, **options: Any) -> Stage:
    return Stage("round", people or PEOPLE, host="ana", **{"order": "host", **options})


def running(*people: str, **options: Any) -> Stage:
    room = stage(*people, **options)
    assert room.act("ana", "begin").ok
    return room


def on(room: Stage) -> str | None:
    return turns.whose(room.state["room"])


def left(room: Stage) -> int:
    clock = room.state["room"]["clock"]
    return int(clock.get("left", clock["at"] + clock["ms"] - room.now))


def code(outcome: Outcome) -> str:
    return outcome.code


def test_ro1_everyone_has_one_turn_and_the_clock_passes_it_on() -> None:
    room = running(seconds=15)
    seen = []
    while on(room):
        seen.append(on(room))
        assert left(room) == 15_000
        room.wait(15_000)
    assert seen == PEOPLE
    assert room.state["room"]["phase"] == "done" and room.state["room"]["clock"] is None
    assert not room.timers
    assert room.act("ana", "begin").ok and on(room) == "ana"


def test_ro1_the_order_is_chance_or_who_came_first() -> None:
    orders = set()
    for n in range(40):
        room = Stage("round", PEOPLE, host="ana", seed=bytes([n]) * 32)
        room.act("ana", "begin")
        orders.add(tuple(room.state["room"]["turn"]["order"]))
        assert sorted(room.state["room"]["turn"]["order"]) == PEOPLE
    assert len(orders) > 10
    late = stage("zoe", "ana", "bo")
    late.join("aa")
    late.reload()
    late.act("ana", "begin")
    assert late.state["room"]["turn"]["order"] == ["zoe", "ana", "bo", "aa"]


def test_ro2_pass_later_and_the_last_one() -> None:
    room = running()
    assert code(room.act("bo", "pass_")) == "not_yours"
    before = dump(room.state["own"])
    assert room.act("ana", "pass_").ok and on(room) == "bo"
    assert dump(room.state["own"]) == before, "a pass leaves no mark"
    assert room.act("bo", "later").ok and on(room) == "cy"
    assert room.act("di", "later").ok and on(room) == "cy"
    assert room.state["room"]["turn"]["order"] == ["ana", "cy", "bo", "di"]
    assert code(room.act("di", "later")) == "last"
    assert room.act("bo", "later").ok
    assert room.act("bo", "later").facts == {"max": 2}
    assert code(room.act("ana", "later")) == "not_now", "whose turn was"
    assert code(running("ana").act("ana", "later")) == "last"


def test_ro3_a_lost_line_is_waited_for_and_has_its_turn_at_the_end() -> None:
    room = running()
    room.away("ana")
    room.wait(9_999)
    assert on(room) == "ana"
    room.wait(1)
    assert on(room) == "bo"
    room.away("cy")
    room.act("bo", "pass_")
    assert on(room) == "di", "who is away is not waited for again"
    room.back("ana")
    room.back("cy")
    assert room.state["room"]["turn"]["order"] == ["bo", "di", "ana", "cy"]
    short = running()
    short.away("ana")
    short.wait(9_000)
    short.back("ana")
    short.wait(9_000)
    assert on(short) == "ana"
    alone = running("ana", "bo")
    alone.act("ana", "pass_")
    alone.away("bo")
    alone.wait(10_000)
    assert alone.state["room"]["phase"] == "done"
    alone.back("bo")
    assert on(alone) is None, "nobody is put on by coming back"
    assert alone.act("bo", "sit", on=False).ok and on(alone) == "bo"


def test_ro3_whoever_comes_later_is_last() -> None:
    room = running(form="say")
    room.join("eve")
    assert room.state["room"]["turn"]["order"][-1] == "eve"
    gathering = stage()
    gathering.join("eve")
    assert gathering.state["room"]["turn"] is None


def test_ro4_the_host_goes_on_puts_on_pauses_and_adds() -> None:
    room = running(seconds=60)
    assert code(room.act("bo", "next_")) == code(room.act("bo", "pause")) == "host_only"
    assert room.act("ana", "put_on", who="di").ok and on(room) == "di"
    assert room.state["room"]["turn"]["order"] == ["ana", "di", "bo", "cy"]
    assert room.act("ana", "put_on", who="di").kind == "noop"
    room.wait(20_000)
    assert room.act("ana", "pause").ok
    room.wait(300_000)
    assert on(room) == "di" and left(room) == 40_000
    assert room.act("ana", "longer").ok and left(room) == 70_000
    assert room.act("ana", "pause", on=False).ok
    room.wait(69_999)
    assert on(room) == "di"
    room.wait(1)
    assert on(room) == "bo"
    while room.act("ana", "longer").ok:
        assert left(room) <= LONGEST
    assert left(room) == LONGEST
    assert room.act("ana", "next_").ok and on(room) == "cy"
    room.act("ana", "next_")
    assert room.state["room"]["phase"] == "done"
    assert room.act("ana", "put_on", who="bo").ok and on(room) == "bo"
    room.act("di", "sit")
    room.away("cy")
    assert [code(room.act("ana", "put_on", who=who)) for who in ("di", "cy")] == ["not_in"] * 2


def test_ro5_not_this_one_before_and_during() -> None:
    room = stage()
    sent = {who: len(room.sent[who]) for who in PEOPLE}
    room.act("bo", "sit")
    for who in ("ana", "cy", "di"):
        assert room.sent[who][sent[who] :] == [[]], "nobody can tell"
    room.act("ana", "begin")
    assert room.state["room"]["turn"]["order"] == ["ana", "cy", "di"]
    assert room.act("ana", "sit").ok and on(room) == "cy"
    room.act("di", "sit")
    assert room.state["room"]["turn"]["order"] == ["cy"]
    room.away("di")
    room.back("di")
    assert room.act("bo", "sit", on=False).ok
    assert room.state["room"]["turn"]["order"] == ["cy", "bo"], "and back in, last"
    nobody = stage("ana")
    nobody.act("ana", "sit")
    assert code(nobody.act("ana", "begin")) == "nobody_yet"


@settings(max_examples=80)
@given(calls=CALLS)
def test_ro5_whoever_sits_out_is_never_on(calls: list[tuple[str, str, str]]) -> None:
    """Whatever happens, a turn is never given to who sat out, and the order has nobody twice."""
    room = stage(seconds=15)
    out: set[str] = set()
    for who, what, other in [("ana", "begin", ""), *calls]:
        if what in ("sit", "unsit"):
            room.act(who, "sit", on=what == "sit")
            (out.add if what == "sit" else out.discard)(who)
        elif what in ("away", "back"):
            getattr(room, what)(who)
        elif what == "wait":
            room.wait(12_000)
        elif what in ("next_", "put_on", "begin"):
            room.act("ana", what, **({"who": other} if what == "put_on" else {}))
        else:
            room.act(who, what)
        assert not room.faults
        state = room.state["room"]
        assert on(room) not in out
        assert not out & {*turns.ahead(state)}
        order = (state["turn"] or {"order": []})["order"]
        assert len(order) == len({*order})
        assert (state["phase"] == "run") == (on(room) is not None)
        assert ("time" in room.timers) == (on(room) is not None)


def test_ro6_a_text_is_a_turn_and_may_come_after_it() -> None:
    room = running(seconds=60)
    assert code(room.act("bo", "write", text="too soon")) == "not_yours"
    assert room.act("ana", "write", text="x" * 240).ok
    assert room.act("ana", "write", text="x" * 241).facts == {"max": 240, "field": "text"}
    assert on(room) == "ana" and left(room) == 20_000, "time to read it"
    room.wait(20_000)
    assert on(room) == "bo"
    for n in range(EACH - 1):
        assert room.act("ana", "write", text=f"and {n}").ok
    assert room.act("ana", "write", text="one more").facts == {"max": EACH}
    assert left(room) == 60_000, "others keep their time"
    assert code(stage().act("bo", "write", text="x")) == "not_now"
    assert room.activity.actions["write"].after
    [piece] = room.harvest(["ana"])
    assert isinstance(piece, Lines) and piece.lines[1] == "and 0 (Ana)"
    [piece] = room.harvest()
    assert isinstance(piece, Lines) and piece.lines[1] == "and 0"
    many = [f"p{n:03}" for n in range(SAID // EACH + 1)]
    full = Stage("round", many, host="p000", order="host", guard=False)
    full.act("p000", "begin")
    for _ in many:
        full.act("p000", "next_")
    for who in many[:-1]:
        for _ in range(EACH):
            assert full.act(who, "write", text="x").ok
    assert code(full.act(many[-1], "write", text="x")) == "full"


def test_ro7_teaching_has_slots_and_more_please() -> None:
    room = stage(form="teach")
    assert code(room.act("ana", "begin")) == "nobody_yet"
    assert room.act("bo", "bring", text="t" * 60).ok
    assert room.act("bo", "bring", text="t" * 61).facts == {"max": 60, "field": "text"}
    room.act("bo", "bring", text="To whistle")
    room.act("cy", "bring", text="Knots")
    assert room.act("ana", "begin").ok
    assert room.state["room"]["turn"]["order"] == ["bo", "cy"]
    room.join("eve")
    assert len(room.state["room"]["turn"]["order"]) == 2, "a slot needs a title"
    assert room.act("eve", "bring", text="Bread").ok
    assert room.act("cy", "bring", text="").ok
    assert room.state["room"]["turn"]["order"] == ["bo", "eve"]
    assert room.act("cy", "wish").ok and room.act("cy", "wish").kind == "noop"
    assert room.act("bo", "wish").kind == "noop", "one's own"
    assert room.act("eve", "wish").ok and room.state["room"]["more"] == 2
    room.erase("cy")
    assert room.state["room"]["more"] == 1
    room.act("ana", "next_")
    assert room.state["room"]["more"] == 0
    [piece] = room.harvest()
    assert isinstance(piece, Lines) and piece.lines == ["To whistle", "Bread"]
    assert code(running().act("bo", "wish")) == code(stage().act("bo", "bring", text="x"))
    many = [f"p{n:03}" for n in range(BROUGHT)]
    full = Stage("round", many, host="p000", form="teach", guard=False)
    for who in many:
        assert full.act(who, "bring", text="x").ok
    full.erase("p005")
    full.join("zoe")
    assert code(full.act("zoe", "bring", text="x")) == "full"
    assert full.act(many[0], "bring", text="y").ok


def test_ro8_leading_shows_a_move_until_the_next_leader() -> None:
    room = running(form="lead", seconds=20)
    assert code(room.act("bo", "show", move="clap")) == "not_yours"
    for move in MOVES:
        assert room.act("ana", "show", move=move).ok
        assert room.sees("bo")["room"]["move"] == move
    room.wait(20_000)
    assert on(room) == "bo" and room.state["room"]["move"] == ""
    assert code(running().act("ana", "show", move="clap")) == "other_form"


def test_ro8_a_chain_grows_by_one_and_is_danced_from_its_start() -> None:
    room = running("ana", "bo", form="chain", seconds=60)
    assert room.act("ana", "show", move="clap").ok
    assert left(room) == 4_000
    assert code(room.act("ana", "show", move="wave")) == "shown"
    room.wait(4_000)
    assert on(room) == "bo" and left(room) == 60_000
    assert room.act("bo", "show", move="sway").ok and left(room) == 6_000
    room.wait(6_000)
    assert room.act("ana", "begin").ok
    for n in range(CHAIN - 2):
        assert room.act(on(room) or "", "show", move="nod").ok
        assert left(room) == 2_000 * (1 + min(REPLAY, n + 3))
        room.act("ana", "next_")
        if not on(room):
            room.act("ana", "begin")
    assert code(room.act(on(room) or "", "show", move="nod")) == "full"
    [table] = room.harvest()
    assert isinstance(table, Table) and table.rows[:2] == [("clap",), ("sway",)]


def test_ro9_a_conductor_lights_who_plays() -> None:
    room = running(form="conduct")
    assert room.act("bo", "bring", text="p" * 40).ok
    assert room.act("bo", "bring", text="p" * 41).facts == {"max": 40, "field": "text"}
    assert room.act("cy", "bring", text="Two spoons").ok
    assert room.act("ana", "light", i=0).ok and room.act("ana", "light", i=1).ok
    assert room.act("ana", "light", i=1).kind == "noop"
    assert [one.get("on") for one in room.sees("di")["room"]["brought"]] == [True, True]
    assert room.act("ana", "light", i=1, on=False).ok
    assert code(room.act("ana", "light", i=2)) == "no_tile"
    assert code(room.act("bo", "light", i=0)) == "not_yours"
    room.act("ana", "pass_")
    assert [one.get("on") for one in room.state["room"]["brought"]] == [False, False]
    room.act("bo", "bring", text="")
    assert code(room.act("bo", "light", i=0)) == "no_tile"
    assert code(running().act("ana", "light", i=0)) == "other_form"


@pytest.mark.parametrize("who", ["ana", "bo", "cy"])
def test_ro9_who_is_erased_is_gone_and_the_round_goes_on(who: str) -> None:
    room = running(form="conduct")
    for one in ("ana", "bo", "cy"):
        room.act(one, "bring", text=f"pot {one}!")
    room.act("ana", "write", text="hello from ana!")
    room.act("ana", "pass_")
    room.erase(who)
    assert who not in dump(room.state)
    assert on(room) == ("cy" if who == "bo" else "bo")


@pytest.mark.parametrize("still", [False, True])
def test_ro9_after_an_erase_the_next_one_has_all_their_time(still: bool) -> None:
    room = running(seconds=60)
    room.wait(50_000)
    if still:
        room.act("ana", "put_on", who="bo")
        room.act("ana", "pause")
    else:
        room.act("ana", "put_on", who="cy")
        room.act("ana", "put_on", who="bo")
        room.wait(50_000)
    room.erase("bo")
    now = on(room)
    assert left(room) == 60_000
    room.wait(59_999)
    assert on(room) == now
    if still:
        room.wait(600_000)
        assert on(room) == now
        room.act("ana", "pause", on=False)
        room.wait(59_999)
        assert on(room) == now
    room.wait(1)
    assert on(room) != now


def test_ro1_a_team_without_a_host_begins_by_itself() -> None:
    room = stage(auto=True, form="teach")
    room.wait(20_000)
    assert room.state["room"]["phase"] == "gather", "it waits for the first title"
    room.act("bo", "bring", text="Knots")
    room.wait(19_999)
    assert room.state["room"]["phase"] == "gather"
    room.wait(1)
    assert on(room) == "bo"
    early = stage(auto=True)
    early.act("ana", "begin")
    early.act("ana", "next_")
    early.wait(20_000)
    assert on(early) == "bo"
    assert "opens" not in early.timers and not stage().timers


def test_vseat13_one_microphone_is_open_in_a_round() -> None:
    room = stage()
    assert room.heard() is None, "before it, everybody's"
    room.act("ana", "begin")
    for who in PEOPLE:
        assert room.heard() == {who}
        room.act("ana", "pause")
        assert room.heard() == {who}, "a clock that stands takes nobody's word"
        room.act(who, "pass_")
    assert room.heard() is None, "and behind it"


def test_vseat13_who_plays_is_heard_beside_the_conductor() -> None:
    room = running(form="conduct")
    for who in ("bo", "cy"):
        room.act(who, "bring", text="a pot")
    room.act("ana", "light", i=1)
    assert room.heard() == {"ana", "cy"}
    room.act("cy", "bring", text="")
    assert room.heard() == {"ana"}
    room.act("ana", "light", i=0)
    room.act("ana", "pass_")
    assert room.heard() == {"bo"}, "a new one conducts, and nobody plays yet"
