"""K10-K13: who may act when, and that a kind's mistake has no effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from server import kit
from server.kit import (
    CLOCK,
    HOST,
    TURN,
    Activity,
    After,
    Change,
    Ctx,
    Effects,
    Fault,
    Forget,
    Refusal,
    Rng,
)
from server.kit.run import MAX_DELAY, MAX_EFFECTS

PEOPLE = {"ana": {"name": "Ana"}, "bo": {"name": "Bo"}}
STATE: dict[str, Any] = {
    "room": {"phase": "a", "list": [1, {"x": 2}], "turn": {"order": ["bo", "ana"], "at": 0}},
    "own": {"bo": {"pick": 1}, "ana": {}},
    "host": {"note": "h"},
    "vault": {"word": "v"},
    "team": {"1": {"x": 1}},
}


def ctx(me: str = "bo", role: str = "member") -> Ctx:
    return Ctx(me, role, 1000, 7, Rng(bytes(32), 7), {"o": 1}, PEOPLE)


def one(code: Any, **declared: Any) -> Activity:
    """A kind with one action, named go."""
    jam = Activity("x")
    code.__name__ = "go"
    jam.action(**declared)(code)
    return jam


def does(*effects: Any, **declared: Any) -> Activity:
    def go(ctx: Ctx) -> Iterator[Any]:
        yield from effects

    return one(go, **declared)


def run(jam: Activity, *, me: str = "bo", role: str = "member", **args: Any) -> Effects:
    return kit.run(jam, STATE, "go", args, ctx(me, role), guard=True)


def refused(jam: Activity, **how: Any) -> str:
    with pytest.raises(Refusal) as caught:
        run(jam, **how)
    return caught.value.code


def test_k10_roles_are_judged() -> None:
    host, member, clock = does(by=HOST), does(), does(by=CLOCK)
    assert refused(host) == "host_only"
    assert run(host, role="host") == Effects([], [], False)
    assert run(member, role="host")
    assert run(member)
    for role in ("member", "host"):
        assert refused(clock, role=role) == "no_action"
    for jam in (host, member, clock):
        assert run(jam, me="", role="clock")
        assert refused(jam, role="screen") == "no_action"


def test_k10_phases_are_judged_for_all() -> None:
    assert run(does(phase="a"))
    assert run(does(phase=("b", "a")))
    assert refused(does(phase="b")) == "not_now"
    assert refused(does(phase=("b", "c")), role="host") == "not_now"
    assert refused(does(phase="b"), me="", role="clock") == "not_now"


def test_k10_turns_are_judged() -> None:
    jam = does(by=TURN)
    assert run(jam, me="bo")
    assert refused(jam, me="ana") == "not_yours"
    assert refused(jam, me="ana", role="host") == "not_yours"
    assert run(jam, me="", role="clock")


def test_k10_unknown_actions_and_arguments_are_refused() -> None:
    with pytest.raises(Refusal, match="no_action"):
        kit.run(does(), STATE, "__class__", {}, ctx())
    assert refused(does(), extra=1) == "unknown"

    def go(ctx: Ctx, n: int, who: str) -> Iterator[Change]:
        yield Change("room/n", [n, who])

    jam = one(go, n=kit.integer(0, 5), who=kit.member())
    assert run(jam, n=5, who="ana").changes == [Change("room/n", [5, "ana"])]
    assert refused(jam, n=6, who="ana") == "not_a_number"
    assert refused(jam, n=5, who="cy") == "nobody"
    assert refused(jam, n=5) == "missing"


def test_k10_a_refusal_of_the_kind_has_no_effect() -> None:
    def go(ctx: Ctx) -> Iterator[Change]:
        yield Change("room/x", 1)
        raise Refusal("late", by=3)

    with pytest.raises(Refusal) as caught:
        run(one(go))
    assert (caught.value.code, caught.value.facts) == ("late", {"by": 3})


def test_k11_effects_come_in_order_and_sorted_by_kind() -> None:
    effects = run(does(Change("room/a", 1), After(5, "go"), Change("own/bo/b", (1, 2))))
    assert effects.changes == [Change("room/a", 1), Change("own/bo/b", [1, 2])]
    assert [(timer.ms, timer.name, timer.args) for timer in effects.timers] == [(5, "go", {})]
    assert "After(5, 'go', {})" in repr(effects.timers)
    assert not effects.forget


def test_k11_a_reducer_may_return_nothing_or_a_list() -> None:
    assert run(one(lambda ctx: None)) == Effects([], [], False)
    assert run(one(lambda ctx: [Change("room/a", 1)])).changes == [Change("room/a", 1)]


def test_k11_what_a_reducer_writes_later_does_not_reach_the_room() -> None:
    def go(ctx: Ctx) -> Iterator[Change]:
        mine = [1]
        yield Change("room/mine", mine)
        mine.append(2)

    assert run(one(go)).changes == [Change("room/mine", [1])]


def test_k11_values_become_plain_json() -> None:
    (change,) = run(does(Change("room/x", {"role": HOST, "pair": (1, (2,))}))).changes
    assert change.value == {"role": "host", "pair": [1, [2]]}
    assert type(change.value["role"]) is str


def test_k11_forgetting_empties_what_ties_people_to_answers() -> None:
    effects = run(does(Change("own/cy/late", 1), Forget(), Change("room/x", 1)))
    assert effects.forget
    state = kit.apply(STATE, effects.changes)
    assert (state["own"], state["vault"], state["team"]) == ({}, {}, {})
    assert (state["host"], state["room"]["x"]) == ({"note": "h"}, 1)


BAD_EFFECTS = [
    Change("room", {}),
    Change("live/bo/x", 1),
    Change("meet/title", "x"),
    Change("", 1),
    Change("room//x", 1),
    Change("room/__proto__", 1),
    Change("own/bo/constructor/x", 1),
    Change("room/x", 1.0),
    Change("room/x", float("nan")),
    Change("room/x", {"a": [0.5]}),
    Change("room/x", 2**53 + 1),
    Change("room/x", {1: 2}),
    Change("room/x", {"__proto__": 2}),
    Change("room/x", {1, 2}),
    Change("room/x", b"x"),
    Change("room/x", {str(n): 1 for n in range(201)}),
    Change(["room", "x"], 1),  # type: ignore[arg-type]
    After(5, "nothing"),
    After(-1, "go"),
    After(MAX_DELAY + 1, "go"),
    After(1.5, "go"),  # type: ignore[arg-type]
    After(True, "go"),
    After(5, "go", x=1.5),
    "room/x",
    None,
    ("room/x", 1),
]


@pytest.mark.parametrize("effect", BAD_EFFECTS, ids=repr)
def test_k12_a_bad_effect_is_a_fault(effect: Any) -> None:
    with pytest.raises(Fault):
        run(does(Change("room/good", 1), effect))


@pytest.mark.parametrize(
    "effect",
    [
        Change("room/x", 2**53),
        Change("room/x", {str(n): 1 for n in range(200)}),
        After(0, "go"),
        After(MAX_DELAY, "go"),
    ],
    ids=repr,
)
def test_k12_an_effect_at_its_bound_is_none(effect: Any) -> None:
    effects = run(does(effect))
    assert len(effects.changes) + len(effects.timers) == 1


def test_k12_the_number_of_effects_is_bounded() -> None:
    some = [Change("room/x", 1)] * MAX_EFFECTS
    assert len(run(does(*some)).changes) == MAX_EFFECTS
    with pytest.raises(Fault, match="too many"):
        run(does(*some, Change("room/x", 1)))


def test_k12_any_other_exception_is_a_fault_that_says_no_values() -> None:
    def go(ctx: Ctx) -> Iterator[Change]:
        yield Change("room/x", 1)
        raise KeyError("a secret word")

    with pytest.raises(Fault) as caught:
        run(one(go))
    assert str(caught.value) == "x.go: KeyError"


@pytest.mark.parametrize(
    "write",
    [
        lambda ctx: ctx.room.update(x=1),
        lambda ctx: ctx.room.__setitem__("x", 1),
        lambda ctx: ctx.room.__delitem__("phase"),
        lambda ctx: ctx.room["list"].append(1),
        lambda ctx: ctx.room["list"].sort(),
        lambda ctx: ctx.room["list"][1].pop("x"),
        lambda ctx: ctx.own.setdefault("x", 1),
        lambda ctx: ctx.state["own"].clear(),
        lambda ctx: ctx.options.update(o=2),
        lambda ctx: ctx.people["bo"].update(name="Z"),
    ],
)
def test_k13_a_reducer_cannot_write_to_what_it_is_lent(write: Any) -> None:
    before = repr(STATE)
    with pytest.raises(Fault, match="TypeError"):
        run(one(write))
    assert repr(STATE) == before


def test_k13_what_is_lent_reads_like_the_state() -> None:
    seen: list[Any] = []

    def go(ctx: Ctx) -> None:
        seen.append((ctx.me, ctx.role, ctx.now, ctx.due, ctx.offset, ctx.room, ctx.own))

    run(one(go))
    assert seen == [("bo", "member", 1000, 1000, 7, STATE["room"], {"pick": 1})]
    assert Ctx("cy", "member", 0, 0, Rng(b"", 0), {}, {}).own == {}
    assert Ctx("cy", "member", 9, 0, Rng(b"", 0), {}, {}, due=5).due == 5


def test_vseat5_who_is_heard_is_some_people_or_everybody_and_all_else_is_a_fault() -> None:
    jam = Activity("x")
    assert kit.heard(jam, {}, {}, {}) is None, "a kind without the hook mutes nobody"
    told: list[Any] = [None]
    jam.heard(lambda room, options, people: told[0])
    for named in (None, [], ["bo"], ("bo", "bo"), {"bo"}, {"bo": 1}, frozenset({"bo"})):
        told[0] = named
        assert kit.heard(jam, {}, {}, {}) == (None if named is None else {*named})
    for wrong in ("bo", b"bo", 7, True, [7], [["bo"]], iter(["bo"])):
        told[0] = wrong
        with pytest.raises(Fault, match="heard"):
            kit.heard(jam, {}, {}, {})
    with pytest.raises(TypeError):
        jam.heard(lambda room, options, people: None)
    other = Activity("y")
    other.heard(lambda room, options, people: people.clear())
    with pytest.raises(Fault, match="y: heard: TypeError"):
        kit.heard(other, {}, {}, {"bo": {}}, guard=True)
