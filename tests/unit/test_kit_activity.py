"""K9: what a kind declares, and what is a mistake in declaring."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server import kit
from server.kit import CLOCK, HOST, MEMBER, Activity, Change, Ctx, Effect, FieldError


def test_k9_decorators_collect_and_hand_back_the_function() -> None:
    jam = Activity("x", refusals={"late": "Too late."}, sealed=True, revision=3)

    @jam.action(HOST, phase=("a", "b"), after=True, word=kit.text(5))
    def go(ctx: Ctx, word: str) -> Iterator[Effect]:
        """Go there.

        More.
        """
        yield Change("room/word", word)

    @jam.action()
    def idle(ctx: Ctx) -> None: ...

    live = jam.live("cursor", to="team", phase="a", x=kit.integer(0, 9))
    for name in ("join", "away", "back", "erase", "close"):
        assert getattr(jam, name)(idle) is idle
    assert jam.start(idle) is idle
    assert jam.harvest(idle) is idle

    assert list(jam.actions) == ["go", "idle"]
    action = jam.actions["go"]
    assert (action.by, action.phase, action.after, action.grace) == (HOST, ("a", "b"), True, True)
    assert (action.run, action.doc) == (go, "Go there.")
    assert (jam.actions["idle"].by, jam.actions["idle"].phase) == (MEMBER, ())
    assert action.schema() == {
        "type": "object",
        "properties": {"word": {"type": "string", "minLength": 1, "maxLength": 5}},
        "required": ["word"],
        "additionalProperties": False,
    }
    assert jam.lives == {"cursor": live}
    assert (live.to, live.phase, live.check({"x": 9})) == ("team", ("a",), {"x": 9})
    assert live.schema()["required"] == ["x"]
    assert set(jam.hooks) == {"join", "away", "back", "erase", "close"}
    assert (jam.kind, jam.sealed, jam.revision) == ("x", True, 3)
    assert jam.refusals == {"late": "Too late."}
    assert repr(jam) == "Activity('x')"


def test_k9_what_is_there_twice_or_unknown_is_a_mistake() -> None:
    jam = Activity("x")

    def go(ctx: Ctx) -> None: ...

    jam.action()(go)
    with pytest.raises(TypeError, match="go is there twice"):
        jam.action()(go)
    jam.erase(go)
    with pytest.raises(TypeError, match="erase is there twice"):
        jam.erase(go)
    jam.live("a")
    with pytest.raises(TypeError, match="live a"):
        jam.live("a")
    with pytest.raises(TypeError, match="to vault"):
        jam.live("b", to="vault")


def test_k9_options_have_defaults_that_they_accept() -> None:
    with pytest.raises(TypeError, match="option n needs a default"):
        Activity("x", options={"n": kit.integer(0, 9)})
    with pytest.raises(FieldError):
        Activity("x", options={"n": kit.integer(0, 9, default=10)})
    jam = Activity("x", options={"n": kit.integer(0, 9, default=3), "o": kit.optional(kit.text(3))})
    assert jam.clean_options({}) == {"n": 3, "o": None}
    assert jam.clean_options({"n": 4, "o": " hi "}) == {"n": 4, "o": "hi"}
    with pytest.raises(FieldError, match="unknown"):
        jam.clean_options({"m": 1})


def test_k9_an_action_checks_its_arguments_against_the_people() -> None:
    jam = Activity("x")

    @jam.action(CLOCK, who=kit.member())
    def go(ctx: Ctx, who: str) -> None: ...

    assert jam.actions["go"].check({"who": "bo"}, {"bo": {}}) == {"who": "bo"}
    assert jam.actions["go"].check({"who": "bo"}, ["bo"]) == {"who": "bo"}
    with pytest.raises(FieldError, match="nobody"):
        jam.actions["go"].check({"who": "bo"})
