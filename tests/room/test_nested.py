"""Nested activities: a kind inside a team of another one, with its own generation and secrets."""

from __future__ import annotations

from typing import Any

from server import kit
from server.kit import HOST, Activity, Change, Forget, Nest
from tests.room.test_node import echo
from tests.room.world import Person, World

pairs = Activity("pairs")


@pairs.start
def _start(ctx: Any) -> dict[str, Any]:
    return {"team": {}}


@pairs.action(HOST, who=kit.member(), t=kit.text(4))
def put(ctx: Any, who: str, t: str) -> Any:
    """Put somebody in a team."""
    yield Change(f"room/team/{who}", t)


@pairs.action(HOST, t=kit.text(4), kind=kit.text(20, empty=True))
def give(ctx: Any, t: str, kind: str) -> Any:
    """Let a team run a kind, or end it."""
    yield Change("room/gave", t)
    yield Nest(t, kind)


@pairs.action(HOST)
def forget(ctx: Any) -> Any:
    """Forget everything hidden."""
    yield Forget()


@pairs.close
def _close(ctx: Any) -> Any:
    for team in sorted(set(ctx.room["team"].values())):
        yield Nest(team, "")


@pairs.erase
def _erase(ctx: Any) -> Any:
    return iter(())


def staged() -> tuple[World, Person, Person, Person]:
    w = World(kinds={"pairs": pairs, "echo": echo}, cards={})
    host, bo, cy = w.host(), w.person("Bo"), w.person("Cy")
    host.ask("room.open", kind="pairs")
    host.ask("pairs.put", who=bo.me, t="a")
    host.ask("pairs.put", who=cy.me, t="b")
    return w, host, bo, cy


def inner_g(person: Person, team: str) -> int:
    return int(person.state["meet"]["now"]["in"][team]["g"])


def test_N1_a_team_runs_a_kind_of_its_own_and_sees_it_alone() -> None:
    _, host, bo, cy = staged()
    assert host.ask("pairs.give", t="a", kind="echo")[1] == "ok"
    g = inner_g(bo, "a")
    assert bo.ask("echo.add", g=g, text="CANARY")[1] == "ok"
    assert bo.state["team"]["a"]["in"]["list"] == ["CANARY"]
    assert not any(b"CANARY" in raw for raw in cy.wire.raw)
    assert cy.ask("echo.add", g=g, text="x")[3] == "not_now"
    assert cy.state["meet"]["now"]["in"]["a"]["kind"] == "echo"


def test_N2_what_is_held_inside_stays_with_its_owner() -> None:
    w, host, bo, cy = staged()
    host.ask("pairs.give", t="a", kind="echo")
    g = inner_g(bo, "a")
    bo.ask("echo.hide", g=g, text="CANARY")
    assert bo.state["own"][bo.me]["in"]["secret"] == "CANARY"
    assert w.node.fold.state["vault"]["in"]["a"][bo.me] == "CANARY"
    late = w.person("Late")
    assert not any(b"CANARY" in raw for p in (cy, late) for raw in p.wire.raw)
    assert host.ask("echo.show", g=g)[1] == "ok"
    assert bo.state["team"]["a"]["in"]["shown"] == ["CANARY"]
    assert not any(b"CANARY" in raw for raw in cy.wire.raw)


def test_N3_timers_inside_ring_for_that_team() -> None:
    w, host, bo, _ = staged()
    host.ask("pairs.give", t="a", kind="echo")
    host.ask("echo.later", g=inner_g(host, "a"), ms=2_000)
    w.wait(3_000)
    assert "bell" in bo.state["team"]["a"]["in"]


def test_N4_ending_it_or_closing_the_outer_one_takes_all_of_it_and_its_timers() -> None:
    w, host, bo, _ = staged()
    host.ask("pairs.give", t="a", kind="echo")
    g = inner_g(bo, "a")
    bo.ask("echo.hide", g=g, text="x")
    host.ask("echo.later", g=g, ms=9_000)
    host.ask("pairs.give", t="a", kind="")
    state = w.node.fold.state
    assert state["meet"]["now"]["in"] == {}
    assert "in" not in state["own"].get(bo.me, {})
    assert state["sys"]["timers"] == {}
    assert bo.ask("echo.add", g=g, text="late")[3] == "closed"


def test_N23_what_is_listed_of_the_past_is_what_the_end_left_of_it() -> None:
    """A room that was just saved listed what had run in its groups, and one that was not did not:
    the list was of a moment before the end, where the state was copied in between."""
    listed = []
    for saved in (False, True):
        w, host, _, _ = staged()
        host.ask("pairs.give", t="a", kind="echo")
        if saved:
            w.node.fold.tree.share()
        host.ask("room.open", kind="echo")
        (past,) = w.node.fold.state["meet"]["past"]
        assert not past.get("in") and past["inner"]
        listed.append(
            {key: value for key, value in past.items() if key not in ("closed", "opened")}
        )
    assert listed[0] == listed[1]


def test_N5_an_unknown_kind_inside_is_refused_and_nothing_of_the_step_stays() -> None:
    w, host, bo, _ = staged()
    assert host.ask("pairs.give", t="a", kind="nope")[1:4:2] == ["noop", "no_card"]
    assert "gave" not in w.node.fold.state["room"]
    assert bo.state["room"] == w.node.fold.state["room"]


def test_N6_it_survives_a_restart() -> None:
    w, host, bo, _ = staged()
    host.ask("pairs.give", t="a", kind="echo")
    bo.ask("echo.add", g=inner_g(bo, "a"), text="kept")
    before = bo.state
    w.boot()
    bo.connect()
    w.settle()
    assert bo.state == before
    assert bo.ask("echo.add", g=inner_g(bo, "a"), text="more")[1] == "ok"


def test_N7_live_values_inside_reach_the_team_alone() -> None:
    w, host, bo, cy = staged()
    host.ask("pairs.give", t="a", kind="echo")
    bo.say({"t": "eph", "key": "dot", "d": {"x": 42}})
    w.settle()
    assert any(f"team/a/live/{bo.me}/dot".encode() in raw for raw in bo.wire.raw)
    assert not any(b"dot" in raw for raw in cy.wire.raw)
    bo.read()
    cy.say({"t": "eph", "key": "dot", "d": {"x": 42}})
    assert cy.read()[-1]["code"] == "no_action"
