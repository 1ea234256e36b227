"""Light lines: two ticks a second, few live values, and still every change once and in order."""

from __future__ import annotations

from typing import Any

from server import kit
from server.kit import HOST, Activity, Change, Forget
from server.room.limits import Limits

from .test_node import opened, world
from .world import Person, Wire, World

sides = Activity("sides")


@sides.start
def _start(ctx: Any) -> dict[str, Any]:
    return {"team": {}}


@sides.action(HOST, who=kit.member())
def put(ctx: Any, who: str) -> Any:
    """Put somebody in the team."""
    yield Change(f"room/team/{who}", "a")


@sides.action(HOST, text=kit.text(60))
def among(ctx: Any, text: str) -> Any:
    """For the team."""
    yield Change("team/a/said", text)


@sides.action(HOST)
def apart(ctx: Any) -> Any:
    """There are no teams any more, and what was hidden is forgotten."""
    yield Change("room/team", {})
    yield Change("team/a")
    yield Forget()


@sides.erase
def _erase(ctx: Any) -> Any:
    return iter(())


def lit(limits: Limits | None = None) -> tuple[World, Person, Person, Person]:
    """A host and Bo in a room where `echo` runs, Lu on a light line, and a quiet moment."""
    w = world(limits=limits)
    host, bo = opened(w)
    lu = w.person("Lu", light=True)
    w.wait(2_000)
    for person in (host, bo, lu):
        person.read()
    return w, host, bo, lu


def step(w: World, ms: int) -> None:
    """Time passes millisecond by millisecond, and the log answers at once."""
    for _ in range(ms):
        w.clock += 1
        w.commit()
        w.node.tick(w.clock)


def ticks(frames: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [frame for frame in frames if frame["t"] == "tick"]


def lives(frames: list[dict[str, Any]]) -> list[Any]:
    return [change for frame in ticks(frames) for change in frame.get("x", [])]


def test_LL1_a_light_line_gets_a_tick_at_half_a_second_and_none_before() -> None:
    w, _, bo, lu = lit()
    bo.do("echo.add", text="0")
    step(w, 1)
    assert len(ticks(lu.read())) == 1, "the first change goes at once"
    for i in range(1, 10):
        bo.do("echo.add", text=str(i))
        step(w, 49)
    assert len(ticks(bo.wire.frames[-20:])) >= 8
    step(w, 500 - 9 * 49 - 1)
    assert not ticks(lu.read()), "499 ms"
    step(w, 1)
    (tick,) = ticks(lu.read())
    assert len(tick["c"]) == 9
    assert lu.state["room"]["list"] == [str(i) for i in range(10)] == bo.state["room"]["list"]
    assert lu.pos == bo.pos


def test_LL1_a_second_of_change_is_two_ticks() -> None:
    w, _, bo, lu = lit()
    for i in range(40):
        bo.do("echo.add", text=str(i))
        step(w, 50)
    assert len(ticks(lu.read())) == 4
    step(w, 500)
    assert lu.state["room"] == bo.state["room"]


def test_LL2_what_changed_twice_comes_once() -> None:
    w, host, _, lu = lit()
    host.do("room.title", title="0")
    step(w, 1)
    lu.read()
    for i in range(1, 6):
        host.do("room.title", title=str(i))
        step(w, 60)
    step(w, 500)
    (tick,) = ticks(lu.read())
    assert tick["c"] == [["meet/title", "5"]]


def test_LL3_a_light_line_gets_no_cursor_but_reactions_and_who_is_there() -> None:
    w, host, bo, lu = lit()
    cy = w.person("Cy")
    w.wait(1_000)
    for person in (host, lu):
        person.read()
    for x in range(10):
        bo.say({"t": "eph", "key": "dot", "d": {"x": x}})
        if x % 3 == 0:
            bo.say({"t": "eph", "key": "react", "d": {"r": 2}})
        step(w, 60)
    step(w, 500)
    seen = lu.read()
    assert any(change[0].endswith("/dot") for change in lives(host.read()))
    assert {change[0] for change in lives(seen)} == {"live/room/react"}
    assert sum(change[1][2] for change in lives(seen)) == 4, "none is lost, none comes twice"
    assert len(ticks(seen)) <= 3
    cy.drop()
    w.wait(2_600)
    assert [f"live/{cy.me}/dim", True] in lives(lu.read())
    cy.connect()
    w.wait(1_000)
    assert [f"live/{cy.me}/dim"] in lives(lu.read())


def test_LL3_cursors_alone_wake_no_light_line() -> None:
    w, _, bo, lu = lit()
    for x in range(20):
        bo.say({"t": "eph", "key": "dot", "d": {"x": x}})
        step(w, 60)
    assert not ticks(lu.read())


def test_LL4_an_answer_comes_behind_its_change_and_at_half_a_second_at_the_latest() -> None:
    w, _, _, lu = lit()
    asked = [lu.do("echo.add", text="0")]
    step(w, 1)
    assert [frame["t"] for frame in lu.read()] == ["tick", "ack"], "at once after a quiet moment"
    for i in range(1, 4):
        asked.append(lu.do("echo.add", text=str(i)))
        step(w, 50)
    step(w, 500 - 3 * 50 - 1)
    assert not lu.read()
    step(w, 1)
    tick, ack = lu.read()
    assert (tick["t"], ack["t"]) == ("tick", "ack")
    assert [answer[0] for answer in ack["r"]] == asked[1:]
    assert len(tick["c"]) == 3


def test_LL4_a_refused_op_is_answered_without_a_change() -> None:
    w, _, _, lu = lit()
    lu.do("echo.add", text=7)
    step(w, 1)
    assert [frame["t"] for frame in lu.read()] == ["ack"]
    lu.do("echo.add", text=8)
    step(w, 500)
    assert [frame["t"] for frame in lu.read()] == ["ack"]


def test_LL5_a_heartbeat_names_no_place_while_a_light_tick_waits() -> None:
    w, _, bo, lu = lit()
    bo.do("echo.add", text="a")
    step(w, 1)
    lu.read()
    bo.do("echo.add", text="b")
    step(w, 100)
    lu.say({"t": "k", "ct": 1})
    (beat,) = lu.read()
    assert "pos" not in beat, "going on from there would miss a change"
    step(w, 400)
    lu.read()
    lu.say({"t": "k", "ct": 2})
    assert lu.read()[-1]["pos"] == lu.pos
    bo.read()
    assert lu.pos == bo.pos


def test_LL6_a_line_that_breaks_between_two_light_ticks_takes_nothing_twice() -> None:
    w, _, bo, lu = lit()
    for i in range(7):
        bo.do("echo.add", text=str(i))
        step(w, 70)
        if i == 4:
            lu.drop()
            lu.connect()
            assert lu.read()[0]["mode"] == "tail"
    step(w, 600)
    assert lu.state["room"]["list"] == [str(i) for i in range(7)]


def test_LL7_more_than_the_ring_holds_in_half_a_second_is_a_new_state() -> None:
    w, _, bo, lu = lit(Limits(ring_bytes=1_500))
    for i in range(8):
        bo.do("echo.add", text=str(i) * 400)
        step(w, 40)
    step(w, 500)
    assert "snap" in {frame["t"] for frame in lu.read()}
    assert lu.state["room"] == bo.state["room"]


def test_LL8_a_forget_leaves_no_light_line_without_its_changes() -> None:
    w, host, bo, lu = lit()
    for i in range(3):
        bo.do("echo.add", text=str(i))
        step(w, 20)
    host.do("echo.show")
    step(w, 30)
    assert w.node.ring.floor == w.node.ring.top
    frames = lu.read()
    assert "snap" not in {frame["t"] for frame in frames} and ticks(frames)
    step(w, 500)
    assert lu.state["room"] == bo.state["room"]


def test_LL8_who_is_moved_by_a_forget_hears_no_more_of_their_team() -> None:
    """A light line was told what its team had got meanwhile once it was in none."""
    w = World(kinds={"sides": sides}, cards={})
    host, lu = w.host(), w.person("Lu", light=True)
    host.ask("room.open", kind="sides")
    host.ask("sides.put", who=lu.me)
    w.wait(2_000)
    lu.read()
    host.do("sides.put", who=host.me)
    host.do("sides.among", text="ours")
    host.do("sides.apart")
    step(w, 1_000)
    frames = lu.read()
    assert "snap" in {frame["t"] for frame in frames}
    assert not [change for tick in ticks(frames) for change in tick["c"] if "team/" in change[0]]
    assert lu.state["room"] == host.state["room"] and not lu.state.get("team")


def test_LL9_a_full_light_line_is_behind_like_any_other() -> None:
    w, _, bo, lu = lit()
    lu.drop()
    wire = Wire()
    lu.connect(wire)
    w.wait(600)
    wire.room = 0
    for i in range(5):
        bo.ask("echo.add", text=str(i))
        w.wait(600)
    assert lu.session is not None and lu.session.behind
    assert not ticks(lu.read())
    wire.room = None
    w.node.writable(lu.session, w.clock)
    assert len(ticks(lu.read())) == 1
    assert lu.state["room"] == bo.state["room"] and not lu.session.behind


def test_LG1_a_line_becomes_light_and_full_again_in_mid_air_and_loses_nothing() -> None:
    w, host, bo, _ = lit()
    bo.do("echo.add", text="0")
    step(w, 20)  # less than a tick: this one is on its way when the line becomes light
    host.do("echo.add", text="1")
    mine = host.do("echo.add", text="2")
    host.say({"t": "k", "light": True})
    for i in range(3, 9):
        bo.do("echo.add", text=str(i))
        bo.say({"t": "eph", "key": "dot", "d": {"x": i}})
        step(w, 60)
    step(w, 500)
    heard = host.read()
    assert host.state["room"]["list"] == bo.state["room"]["list"] == [str(i) for i in range(9)]
    assert len(ticks(heard)) <= 4 and not any(change[0].endswith("/dot") for change in lives(heard))
    assert mine in [row[0] for frame in heard if frame["t"] == "ack" for row in frame["r"]]
    bo.do("echo.add", text="9")
    step(w, 10)
    asked = host.do("echo.add", text="10")
    host.say({"t": "k", "light": False})
    step(w, 60)
    heard = host.read()
    assert "snap" in {frame["t"] for frame in heard}, "with the live values of this moment"
    assert host.state["live"][bo.me]["dot"] == {"x": 8}
    assert asked in [row[0] for frame in heard if frame["t"] == "ack" for row in frame["r"]]
    bo.say({"t": "eph", "key": "dot", "d": {"x": 99}})
    step(w, 100)
    assert [f"live/{bo.me}/dot", {"x": 99}] in lives(host.read())
    assert host.state["room"] == bo.state["room"] and host.pos == bo.pos


def test_LG1_a_beat_without_the_word_changes_nothing() -> None:
    w, _, bo, lu = lit()
    for beat in ({"t": "k", "ct": 1}, {"t": "k", "light": True}, {"t": "k", "light": None}):
        lu.say(beat)
        assert lu.session is not None and lu.session.light
    bo.say({"t": "k", "light": False})
    bo.say({"t": "k", "light": 1})  # no yes and no no: the frame cannot be read
    step(w, 60)
    assert bo.session is not None and not bo.session.light
    assert [frame["t"] for frame in bo.read()] == ["err"]
