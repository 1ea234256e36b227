"""K14, K22: start, hooks, harvest, and what ends in a team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from server import kit
from server.kit import (
    Activity,
    After,
    Change,
    Ctx,
    Effects,
    Fault,
    Forget,
    Lines,
    PatchError,
    Rng,
)

STATE: dict[str, Any] = {"room": {"phase": "a"}, "own": {"bo": {"pick": 1}}}


def ctx(me: str = "bo") -> Ctx:
    return Ctx(me, "member", 1000, 7, Rng(bytes(32), 7), {"o": 1}, {"bo": {"name": "Bo"}})


def test_k14_hooks_run_like_actions_and_may_be_missing() -> None:
    jam = Activity("x")
    assert kit.run_hook(jam, STATE, "join", ctx()) == Effects([], [], False)

    @jam.join
    def join(ctx: Ctx) -> Iterator[Change]:
        yield Change(f"own/{ctx.me}/hi", 1)

    assert kit.run_hook(jam, STATE, "join", ctx()).changes == [Change("own/bo/hi", 1)]

    @jam.away
    def away(ctx: Ctx) -> Iterator[Change]:
        yield Change("live/x/y", 1)

    with pytest.raises(Fault):
        kit.run_hook(jam, STATE, "away", ctx())


def test_k14_an_erased_member_has_nothing_of_their_own_left() -> None:
    assert kit.run_hook(Activity("x"), STATE, "erase", ctx()).changes == [Change("own/bo")]
    assert kit.run_hook(Activity("x"), STATE, "erase", ctx("cy")).changes == []


def test_k22_what_a_sealed_kind_reveals_it_forgets() -> None:
    for sealed in (False, True):
        jam = Activity("x", sealed=sealed)
        assert kit.run_hook(jam, STATE, "reveal", ctx("")) == Effects([], [], False)

        @jam.reveal
        def reveal(ctx: Ctx) -> Iterator[Change]:
            picks = [own["pick"] for own in ctx.state["own"].values() if "pick" in own]
            if picks:
                yield Change("room/shown", picks)

        effects = kit.run_hook(jam, STATE, "reveal", ctx(""))
        assert effects.forget is sealed
        assert effects.changes == [Change("room/shown", [1]), *[Change("own/bo")][: int(sealed)]]
        assert kit.run_hook(jam, {"room": {}, "own": {}}, "reveal", ctx("")).forget is False


def test_k22_reveal_names_a_team_and_changes_nothing_by_itself() -> None:
    jam = Activity("x")

    @jam.close
    def close(ctx: Ctx) -> Iterator[kit.Effect]:
        yield kit.Reveal("red")
        yield kit.Nest("red")

    effects = kit.run_hook(jam, STATE, "close", ctx())
    assert (effects.changes, effects.reveals, effects.forget) == ([], ("red",), False)
    assert repr(kit.Reveal("red")) == "Reveal('red')"


def test_k14_start_makes_the_whole_tree() -> None:
    jam = Activity("x")
    assert kit.start(jam, ctx()).state == {
        "room": {},
        "own": {},
        "host": {},
        "vault": {},
        "team": {},
    }

    @jam.start
    def begin(ctx: Ctx) -> Any:
        yield Change("vault/word", "v")
        yield Change("room/list/0", ctx.options["o"])
        yield After(9, "go")
        return {"phase": "a", "list": []}

    with pytest.raises(Fault, match="After"):
        kit.start(jam, ctx())
    jam.action()(begin)
    jam.actions["go"] = jam.actions["begin"]
    started = kit.start(jam, ctx(), guard=True)
    assert started.state["room"] == {"phase": "a", "list": [1]}
    assert started.state["vault"] == {"word": "v"}
    assert [timer.ms for timer in started.timers] == [9]


@pytest.mark.parametrize("made", [None, [], {"x": 1.5}, {"x": {1}}, {"constructor": 1}])
def test_k14_a_bad_start_is_a_fault(made: Any) -> None:
    jam = Activity("x")
    jam.start(lambda ctx: made)
    with pytest.raises(Fault):
        kit.start(jam, ctx())


def test_k14_harvest_is_lent_the_public_part() -> None:
    jam = Activity("x")
    assert kit.harvest(jam, {}) == []
    given: list[Any] = []

    @jam.harvest
    def harvest(room: Any, names: Any) -> Iterator[Any]:
        given.append((room, names))
        yield Lines("l", [room["a"]])

    assert kit.harvest(jam, {"a": "b"}, {"bo": "Bo"})[0].markdown() == "- b\n"
    assert given == [({"a": "b"}, {"bo": "Bo"})]
    bad: list[Any] = [lambda room, _: ["x"], lambda room, _: room.update(a=1), lambda room, _: 5]
    for code in bad:
        jam.harvester = code
        with pytest.raises(Fault):
            kit.harvest(jam, {"a": "b"})


def test_k14_paths_that_cannot_be_applied_are_the_kinds_fault_too() -> None:
    jam = Activity("x")

    @jam.back
    def back(ctx: Ctx) -> Iterator[Any]:
        yield Change("room/phase/x", 1)
        if "pick" not in ctx.own:
            yield Forget()

    with pytest.raises(Fault):
        kit.run_hook(jam, STATE, "back", ctx("cy"))
    with pytest.raises(PatchError):  # without Forget it is the fold that finds out
        kit.apply(STATE, kit.run_hook(jam, STATE, "back", ctx()).changes)
