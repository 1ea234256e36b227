"""What the simulation found, each in a few lines: answers, catching up, seats, audiences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.room.delivery import Delivery
from server.room.limits import Limits
from tests.room.world import HOST as HOST_KEY
from tests.room.world import JOIN, Person, World
from tests.sim.kinds import KINDS


def opened(limits: Limits | None = None) -> tuple[World, Person, Person]:
    w = World(kinds=KINDS, limits=limits)
    host, bo = w.host(), w.person("Bo")
    assert host.ask("room.open", kind="echo")[1] == "ok"
    w.wait(1000)
    return w, host, bo


def acks(person: Person) -> list[dict[str, object]]:
    return [f for f in person.read() if f["t"] == "ack"]


def test_RC1_settled_counts_no_op_that_the_log_has_not_answered() -> None:
    w, _, bo = opened()
    bo.do("echo.add", text="slow")  # the log takes its time
    bo.do("echo.add", text=7)  # refused at once
    w.clock += 50
    w.node.tick(w.clock)
    assert [(a["r"][0][0], a["settled"]) for a in acks(bo)] == [(2, 0)]  # type: ignore[index]
    w.settle()
    assert acks(bo)[-1]["settled"] == 2


def test_RC2_a_full_line_hears_where_to_go_back_to_once_it_takes_frames_again() -> None:
    w, _, bo = opened()
    bo.read()
    bo.wire.room = 0
    bo.say({"t": "op", "n": 5, "do": "echo.add", "d": {"text": "x"}})
    w.settle()
    bo.wire.room = None
    assert bo.session is not None
    w.node.writable(bo.session, w.clock)
    assert [(f["code"], f["n"]) for f in bo.read() if f["t"] == "err"] == [("gap", 1)]


def test_RC3_who_came_back_while_their_away_was_under_way_is_here() -> None:
    w, host, bo = opened()
    bo.drop()
    w.clock += 12_000
    w.node.tick(w.clock)  # `away` is asked for, and the log has not answered
    bo.connect()
    w.wait(4_000)
    assert host.state["meet"]["people"][bo.me]["here"] is True


def test_RC4_who_left_while_their_join_was_under_way_is_away_after_the_grace() -> None:
    w, host, _ = opened()
    eve = Person(w, JOIN, "Eve")
    eve.connect()
    eve.drop()
    w.settle()
    assert len(w.node.delivery.sessions) == 2
    assert [p["here"] for p in host.state["meet"]["people"].values()] == [True, True, True]
    w.wait(13_000)
    assert [p["here"] for p in host.state["meet"]["people"].values()] == [True, True, False]


def test_RC5_an_op_refused_on_a_broken_line_is_refused_on_the_next_one_too() -> None:
    w, _, bo = opened()
    bo.do("room.title", title="mine")  # only hosts may
    bo.do("echo.add", text="after it")
    bo.drop()
    bo.hello["cap"] = HOST_KEY  # by now a host
    bo.connect()
    w.settle()
    bo.read()
    bo.say({"t": "op", "n": 1, "do": "room.title", "d": {"title": "mine"}})
    bo.say({"t": "op", "n": 2, "do": "echo.add", "d": {"text": "after it"}})
    w.settle()
    bo.read()
    assert bo.answers[1][1] == "refused"
    assert bo.answers[2][1] == "ok"
    assert bo.state["meet"]["title"] == "Our jam"


def test_RC6_a_welcome_gives_no_token_that_a_crash_makes_unknown() -> None:
    w = World(kinds=KINDS)
    order: list[str] = []
    keep, append = w.put_key, w.append
    w.put_key = lambda *more: (order.append("key"), keep(*more))[1]  # type: ignore[method-assign]
    w.append = lambda *more: (order.append("op"), append(*more))[1]  # type: ignore[method-assign]
    w.person("Bo")
    assert order[:2] == ["key", "op"]


def test_RC7_who_catches_up_in_the_middle_of_a_tick_gets_only_the_rest_of_it() -> None:
    w, _, bo = opened()
    for word in "abc":
        bo.ask("echo.add", text=word)
    w.wait(1_000)
    bo.do("room.hand", up=True)
    w.commit()
    w.node.tick(w.clock)  # what comes now waits for 50 ms
    for action, d in (("echo.add", {"text": "d"}), ("echo.pop", {"many": 2})):
        bo.do(action, **d)
    w.commit()
    cy = Person(w, JOIN, "Cy")
    cy.connect()
    w.commit()
    assert cy.state["room"]["list"] == ["a", "b"]
    bo.do("room.hand", up=False)
    w.settle()
    assert cy.state["room"] == bo.state["room"]
    assert cy.state["meet"] == bo.state["meet"]


def test_RC8_a_new_team_brings_its_part_and_takes_the_old_one() -> None:
    w, host, bo = opened()
    cy = w.person("Cy")
    host.ask("echo.team", many=1)
    for person in (host, bo, cy):
        person.ask("echo.among", text=person.name)
    w.person("Late")  # from here on a snapshot is kept for five seconds
    host.ask("echo.team", many=2)
    for person in (host, bo, cy):
        team = person.state["room"]["team"][person.me]
        want = {team: w.node.fold.state["team"][team]} if team == "t0" else {}
        assert person.state["team"] == want


def test_RC9_who_was_away_when_the_teams_changed_gets_the_whole_state() -> None:
    w, host, bo = opened()
    host.ask("echo.team", many=1)
    bo.ask("echo.among", text="ours")
    assert bo.state["team"]
    bo.drop()
    host.ask("echo.team", many=0)
    bo.connect()
    w.settle()
    assert "snap" in [f["t"] for f in bo.read()]
    assert not bo.state.get("team")


def test_RC10_a_client_is_not_behind_for_frames_that_name_no_place() -> None:
    w, _, bo = opened()
    cy = w.person("Cy")
    cy.read()
    cy.say({"t": "k", "pos": cy.pos})
    bo.ask("echo.hide", text="x")  # moves the place without a frame for Cy, but for the count
    bo.ask("echo.hide", text="y")
    cy.say(b"{}")  # answered by a frame without a place
    for _ in range(4):
        w.wait(3_000)
        named = [f["pos"] for f in cy.read() if "pos" in f]
        cy.say({"t": "k", "pos": (named or [cy.pos])[-1]})
        assert cy.session is not None and not cy.session.behind


def test_RC11_failures_of_before_a_client_was_sent_back_skip_nothing() -> None:
    w, _, bo = opened()
    ops = {n: {"t": "op", "n": n, "do": "echo.add", "d": {"text": f"{n}"}} for n in range(1, 7)}
    w.broken = True
    for n in ops:
        bo.say(ops[n])
    w.commit(2)
    for n in (1, 2, 3):  # sent back to 1, it has said three again when the old answers arrive
        bo.say(ops[n])
    w.commit(4)
    w.broken = False
    for n in (4, 5, 6):
        bo.say(ops[n])
    w.settle()
    bo.read()
    assert bo.state["room"]["list"] == [f"{n}" for n in ops]
    assert [bo.answers[n][1] for n in ops] == ["ok"] * 6


def test_RC12_a_second_socket_of_the_same_generation_takes_the_seat_over() -> None:
    w, _, bo = opened()
    twin = Person(w, None, "", token=bo.hello["token"], cid=bo.hello["cid"])
    twin.hello["gen"] = bo.hello["gen"] - 1  # it adds one
    twin.connect()
    w.settle()
    assert (bo.wire.closed, twin.wire.closed) == (4509, None)


def test_RC13_live_values_end_with_their_activity() -> None:
    w, host, bo = opened()
    bo.say({"t": "eph", "key": "dot", "d": {"x": 1}})
    w.settle()
    assert w.person("Early").state["live"] == {bo.me: {"dot": {"x": 1}}}
    host.ask("room.open", kind="echo")
    assert w.person("Late").state["live"] == {}


def test_RC14_a_new_name_is_apart_from_everybody_elses_and_not_from_ones_own() -> None:
    _, _, bo = opened()
    assert bo.ask("room.rename", name="H0ST")[1] == "ok"
    assert bo.state["meet"]["people"][bo.me]["name"] == "H0ST 2"
    assert bo.ask("room.rename", name="BO")[1] == "ok"
    assert bo.state["meet"]["people"][bo.me]["name"] == "BO"


def test_RC15_a_light_client_gets_no_live_values_and_a_zipped_one_does() -> None:
    w, _, bo = opened()
    bo.say({"t": "eph", "key": "dot", "d": {"x": 1}})
    w.settle()
    assert w.person("Light", light=True).state["live"] == {}
    assert w.person("Zipped", z=True).state["live"] == {bo.me: {"dot": {"x": 1}}}


def test_D9_all_that_waits_goes_out_before_the_lines_are_closed() -> None:
    """D9: a room was erased by a busy server: its lines were closed before the tick was due, and
    who had asked for it never heard that it was done."""
    w, _, bo = opened()
    bo.do("echo.add", text="a")
    w.settle()
    bo.read()
    bo.do("echo.add", text="b")  # a change a moment after another one waits for its tick
    w.commit()
    assert not bo.read()
    w.node.delivery.last(w.clock)
    assert [frame["t"] for frame in bo.read()] == ["tick", "ack"]


def _closed_at_once(self: Delivery, now: int) -> None:
    """Nothing that waits goes out."""


def _closed_after_the_tick(self: Delivery, now: int) -> None:
    """The changes go out, and their answers do not."""
    self._waiting = False
    self._last = -(10**9)
    self.flush(now)


@pytest.mark.parametrize("last", [_closed_at_once, _closed_after_the_tick])
def test_D9_a_room_that_closes_its_lines_too_early_is_found_out(
    last: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Delivery, "last", last)
    with pytest.raises(AssertionError):
        test_D9_all_that_waits_goes_out_before_the_lines_are_closed()


def test_D9_a_line_that_lags_hears_the_last_word_too() -> None:
    """D9: whoever has not confirmed for a while is given no more ticks; but the last one comes."""
    w, _, bo = opened()
    bo.do("echo.add", text="a")
    w.settle()
    bo.read()
    for session in w.node.delivery.sessions:
        session.late = w.clock - 1
    bo.do("echo.add", text="b")
    w.commit()
    w.settle()
    assert not [frame for frame in bo.read() if frame["t"] in ("tick", "ack")]
    w.node.delivery.last(w.clock)
    assert [frame["t"] for frame in bo.read()] == ["tick", "ack"]
