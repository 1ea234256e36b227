"""A hosted room, frame by frame: order, once, resume, secrecy, presence, timers, slow lines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Forget, Refusal
from server.room.limits import Limits
from tests.room.world import HOST as HOST_KEY
from tests.room.world import JOIN, Person, Wire, World

echo = Activity("echo", options={"start": kit.integer(0, 9, default=0)})


@echo.start
def _start(ctx: Any) -> dict[str, Any]:
    return {"phase": "open", "list": [], "from": ctx.options["start"]}


@echo.action(after=True, text=kit.text(3000))
def add(ctx: Any, text: str) -> Any:
    """Add a line."""
    yield Change(f"room/list/{len(ctx.room['list'])}", text)


@echo.action(text=kit.text(60))
def hide(ctx: Any, text: str) -> Any:
    """Keep something to oneself."""
    yield Change(f"own/{ctx.me}/secret", text)
    yield Change(f"vault/{ctx.me}", text)
    yield Change("host/last", text)


@echo.action(HOST)
def show(ctx: Any) -> Any:
    """Show what was kept, and forget whose it was."""
    held = sorted(v["secret"] for v in ctx.state["own"].values())
    yield Change("room/shown", ctx.rng.shuffled(held))
    yield Forget()


@echo.action(HOST, ms=kit.integer(0, 10_000))
def later(ctx: Any, ms: int) -> Any:
    """Ring later."""
    yield After(ms, "bell", times=3)


@echo.action(CLOCK, times=kit.integer(0, 9))
def bell(ctx: Any, times: int) -> Any:
    """The clock rings, and rings again a second after it was due."""
    yield Change("room/bell", {"now": ctx.now, "due": ctx.due})
    if times:
        yield After(1000, "bell", times=times - 1)


@echo.action(HOST, t=kit.text(5))
def team(ctx: Any, t: str) -> Any:
    """Put everybody in one team, with something only they see."""
    for member in sorted(ctx.people):
        yield Change(f"room/team/{member}", t)
    yield Change(f"team/{t}/word", "for the team")


@echo.action()
def broken(ctx: Any) -> Any:
    """A kind's mistake."""
    yield Change("room/half", True)
    raise ZeroDivisionError


@echo.action()
def no(ctx: Any) -> Any:
    """Always refused."""
    raise Refusal("missing", field="x")


@echo.join
def _join(ctx: Any) -> Any:
    yield Change("room/joined", ctx.me)


echo.live("dot", x=kit.integer(0, 99))
echo.live("wink", to="host", x=kit.integer(0, 99))
KINDS = {"echo": echo}


def world(**more: Any) -> World:
    return World(kinds=KINDS, cards={}, **more)


def opened(w: World) -> tuple[Person, Person]:
    """A host and Bo in a room where `echo` runs."""
    host, bo = w.host(), w.person("Bo")
    assert host.ask("room.open", kind="echo")[1] == "ok"
    return host, bo


# -- order and once


def test_E1_everybody_at_the_same_position_sees_the_same() -> None:
    w = world()
    host, bo = opened(w)
    cy = w.person("Cy")
    for i in range(30):
        (host, bo, cy)[i % 3].do("echo.add", text=f"line {i}")
    w.settle()
    assert host.state["room"] == bo.state["room"] == cy.state["room"]
    assert host.pos == bo.pos == cy.pos
    assert len(bo.state["room"]["list"]) == 30


def test_E2_an_op_sent_again_takes_effect_once_and_is_answered_again() -> None:
    w = world()
    _, bo = opened(w)
    first = bo.ask("echo.add", text="once")
    bo.say({"t": "op", "n": bo.n, "do": "echo.add", "d": {"text": "once"}})
    w.settle()
    again = [f for f in bo.read() if f["t"] == "ack"][-1]["r"][0]
    assert again == first
    assert bo.state["room"]["list"] == ["once"]


def test_E2_ops_under_way_when_the_line_breaks_are_not_doubled() -> None:
    w = world()
    _, bo = opened(w)
    bo.do("echo.add", text="a")
    bo.do("echo.add", text="b")
    bo.drop()  # neither is answered
    n = bo.n
    bo.connect()
    bo.read()
    for back in (n - 1, n):
        bo.say({"t": "op", "n": back, "do": "echo.add", "d": {"text": "ab"[back - n + 1]}})
    w.settle()
    assert bo.state["room"]["list"] == ["a", "b"]
    assert bo.answers[n][1] == "ok"


def test_E2_after_a_restart_an_op_sent_again_is_still_the_same_op() -> None:
    w = world()
    _, bo = opened(w)
    bo.ask("echo.add", text="once")
    w.boot()
    bo.connect()
    w.settle()
    bo.read()
    assert bo.n == 1
    bo.say({"t": "op", "n": 1, "do": "echo.add", "d": {"text": "once"}})
    w.settle()
    assert bo.state["room"]["list"] == ["once"]
    assert bo.answers[1][1] == "ok"


def test_E3_a_missing_op_holds_those_behind_it_until_it_comes() -> None:
    w = world()
    _, bo = opened(w)
    bo.read()
    bo.say({"t": "op", "n": 2, "do": "echo.add", "d": {"text": "two"}})
    bo.say({"t": "op", "n": 3, "do": "echo.add", "d": {"text": "three"}})
    w.settle()
    err = [f for f in bo.read() if f["t"] == "err"]
    assert [(e["code"], e["n"]) for e in err] == [("gap", 1)]
    for n, word in ((1, "one"), (2, "two"), (3, "three")):
        bo.say({"t": "op", "n": n, "do": "echo.add", "d": {"text": word}})
    w.settle()
    assert bo.state["room"]["list"] == ["one", "two", "three"]


def test_E4_a_refusal_by_shape_uses_up_its_number_and_nothing_else() -> None:
    w = world()
    _, bo = opened(w)
    bo.do("echo.add", text=7)
    bo.do("echo.add", text="ok")
    w.settle()
    bo.read()
    assert bo.answers[1][1:4] == ["refused", 0, "not_text"]
    assert bo.answers[2][1] == "ok"
    w.boot()  # the log has one op of Bo, with n = 2
    bo.connect()
    w.settle()
    bo.read()
    assert bo.n == 2


def test_E5_what_the_log_cannot_take_now_comes_later_in_order() -> None:
    w = world()
    _, bo = opened(w)
    w.broken = True
    bo.do("echo.add", text="one")
    bo.do("echo.add", text="two")
    w.settle()
    err = [f for f in bo.read() if f["t"] == "err"]
    assert [(e["code"], e["n"]) for e in err] == [("stalled", 1)]
    assert err[0]["retry_ms"] > 0
    w.broken = False
    for n, word in ((2, "two"), (1, "one"), (2, "two")):
        bo.say({"t": "op", "n": n, "do": "echo.add", "d": {"text": word}})
    w.settle()
    assert bo.state["room"]["list"] == ["one", "two"]


def test_E6_an_answer_never_overtakes_the_tick_with_its_change() -> None:
    w = world()
    _, bo = opened(w)
    bo.read()
    bo.do("echo.add", text="x")
    w.settle()
    kinds = [f["t"] for f in bo.read() if f["t"] in ("tick", "ack")]
    assert kinds == ["tick", "ack"]


def test_E7_a_kinds_mistake_changes_nothing_and_the_room_goes_on() -> None:
    w = world()
    _, bo = opened(w)
    assert bo.ask("echo.broken")[1:4:2] == ["noop", "fault"]
    assert bo.ask("echo.no")[3:] == ["missing", {"field": "x"}]
    assert "half" not in bo.state["room"]
    assert bo.ask("echo.add", text="on")[1] == "ok"
    assert w.faults and "on" not in w.faults[0]


# -- ticks


def test_W1_the_first_change_goes_at_once_and_the_next_ones_wait_for_the_tick() -> None:
    w = world()
    _, bo = opened(w)
    w.wait(1000)
    bo.read()
    bo.do("echo.add", text="a")
    w.commit()
    w.node.tick(w.clock)
    assert [f["t"] for f in bo.read()].count("tick") == 1
    bo.do("echo.add", text="b")
    bo.do("echo.add", text="c")
    w.commit()
    w.node.tick(w.clock)
    assert [f for f in bo.read() if f["t"] == "tick"] == []
    w.clock += 50
    w.node.tick(w.clock)
    ticks = [f for f in bo.read() if f["t"] == "tick"]
    assert [len(t["c"]) for t in ticks] == [2]


def test_W2_a_frame_is_made_once_for_all_who_see_the_same() -> None:
    w = world()
    host, bo = opened(w)
    cy = w.person("Cy")
    bo.do("echo.add", text="x")
    w.settle()
    ours = [[b for b in p.wire.raw if b'"c"' in b][-1] for p in (host, bo, cy)]
    assert ours[0] == ours[1] == ours[2]


def test_W3_live_values_reach_the_others_are_never_stored_and_the_latest_wins() -> None:
    w = world()
    _, bo = opened(w)
    cy = w.person("Cy")
    w.wait(1000)
    cy.read()
    bo.say({"t": "eph", "key": "dot", "d": {"x": 1}})
    w.node.tick(w.clock)
    bo.say({"t": "eph", "key": "dot", "d": {"x": 2}})
    bo.say({"t": "eph", "key": "dot", "d": {"x": 3}})
    w.clock += 50
    w.node.tick(w.clock)
    got = [f["x"] for f in cy.read() if f["t"] == "tick"]
    assert got == [[[f"live/{bo.me}/dot", {"x": 1}]], [[f"live/{bo.me}/dot", {"x": 3}]]]
    late = w.person("Late")
    assert late.state["live"] == {bo.me: {"dot": {"x": 3}}}
    bo.drop()
    w.settle()
    assert [f"live/{bo.me}/dot"] in [c for f in cy.read() for c in f.get("x", [])]
    assert "dot" not in json.dumps(w.node.fold.state)


def test_W6_when_a_crowd_moves_live_values_alone_come_half_as_often() -> None:
    for moving, ticks in ((20, 10), (21, 5)):
        w = world()
        host, _ = opened(w)
        people = [w.person(f"P{i}") for i in range(moving)]
        w.wait(2000)
        host.read()
        for i in range(10):
            w.clock += 50
            for person in people:
                person.say({"t": "eph", "key": "dot", "d": {"x": i}})
            w.node.tick(w.clock)
        assert len([f for f in host.read() if f["t"] == "tick"]) == ticks


def test_W4_undeclared_and_misshapen_live_values_are_refused_in_a_sentence() -> None:
    w = world()
    _, bo = opened(w)
    for key, d, code in (
        ("nope", {"x": 1}, "no_action"),
        ("dot", {"x": 100}, "not_a_number"),
        ("dot", {"x": 1, "y": 1}, "unknown"),
        ("dot", [1], "unknown"),
        ("dot", {"x": 1.5}, "not_a_number"),
    ):
        bo.read()
        bo.say({"t": "eph", "key": key, "d": d})
        err = [f for f in bo.read() if f["t"] == "err"]
        assert [e["code"] for e in err] == [code], key
        assert err[0]["say"]


def test_W5_reactions_are_summed_for_a_tick_and_throttled() -> None:
    w = world()
    host, bo = opened(w)
    w.wait(2000)
    host.read()
    for _ in range(30):
        bo.say({"t": "eph", "key": "react", "d": {"r": 2}})
    w.settle()
    sums = [c[1] for f in host.read() for c in f.get("x", []) if c[0] == "live/room/react"]
    assert sum(s[2] for s in sums) == 10  # the burst
    bo.say({"t": "eph", "key": "react", "d": {"r": 6}})
    assert bo.read()[-1]["code"] == "not_a_choice"


# -- resume


def test_R1_a_short_absence_is_mended_with_what_was_missed() -> None:
    w = world()
    _, bo = opened(w)
    cy = w.person("Cy")
    cy.read()
    cy.drop()
    bo.ask("echo.add", text="missed")
    cy.connect()
    w.settle()
    assert [f["t"] for f in cy.read()][:2] == ["welcome", "tick"]
    assert cy.state["room"] == bo.state["room"]


@pytest.mark.parametrize("pos", ["e1.999999.000000000000", "e2.1.abcdefabcdef", "x", "", "e1.2.zz"])
def test_R2_a_position_that_is_not_ours_gets_the_whole_state(pos: str) -> None:
    w = world()
    _, bo = opened(w)
    bo.read()
    bo.drop()
    bo.pos = pos
    bo.connect()
    w.settle()
    assert "snap" in [f["t"] for f in bo.read()]
    assert bo.state["room"]["phase"] == "open"


def test_R3_longer_away_than_the_record_gets_the_whole_state() -> None:
    w = world(limits=Limits(ring_bytes=500))
    _, bo = opened(w)
    cy = w.person("Cy")
    cy.read()
    cy.drop()
    for i in range(20):
        bo.ask("echo.add", text=f"{i}" * 20)
    cy.connect()
    w.settle()
    assert "snap" in [f["t"] for f in cy.read()]
    assert cy.state["room"] == bo.state["room"]


def test_R4_a_restart_keeps_everything_and_a_client_goes_on_from_its_position() -> None:
    w = world()
    host, bo = opened(w)
    bo.ask("echo.add", text="kept")
    before = bo.state
    w.boot()
    bo.connect()
    host.connect()
    w.settle()
    assert next(f["t"] for f in bo.read()) == "welcome"
    assert bo.state == before
    assert bo.ask("echo.add", text="more")[1] == "ok"


def test_R5_a_big_state_comes_in_parts_that_merge_into_it() -> None:
    w = world(limits=Limits(part_bytes=2000))
    _, bo = opened(w)
    for i in range(40):
        bo.ask("echo.add", text=f"{i:03d}" * 60)
        w.wait(100)
    cy = w.person("Cy", z=True)
    snaps = [f for f in cy.wire.frames if f["t"] == "snap"]
    assert len(snaps) > 3
    assert [s["i"] for s in snaps] == list(range(snaps[0]["k"]))
    assert all(len(raw) < 2500 for raw in cy.wire.raw)
    assert cy.state["room"] == bo.state["room"]
    assert "people" in snaps[0]["st"]["meet"]


def test_LG10_packed_parts_go_to_those_alone_who_say_that_they_can_read_them() -> None:
    w = world()
    _, bo = opened(w)
    for i in range(20):
        bo.ask("echo.add", text=f"{i:03d}" * 60)
        w.wait(100)
    packed, plain = w.person("Cy", z=True), w.person("Di")
    assert packed.wire.kinds == {"text", "binary"} and plain.wire.kinds == {"text"}
    assert packed.state["room"] == plain.state["room"] == bo.state["room"]
    plain.drop()
    plain.pos = ""  # an old phone that has lost its place
    plain.connect()
    assert plain.wire.kinds == {"text"} and plain.state["room"] == bo.state["room"]


def test_R6_many_who_join_at_once_share_the_public_parts() -> None:
    w = world()
    opened(w)
    late = [w.person(f"P{i}") for i in range(5)]
    parts = [next(b for b in p.wire.raw if b'"t":"snap"' in b) for p in late]
    assert len(set(parts)) == 1
    assert all(p.state["meet"]["people"].keys() == late[-1].state["meet"]["people"].keys()
               for p in late)  # fmt: skip


# -- secrecy


def test_S1_what_is_held_reaches_its_owner_alone_and_a_hidden_op_wakes_nobody() -> None:
    w = world()
    host, bo = opened(w)
    cy = w.person("Cy")
    w.settle()
    cy.read()
    quiet = len(cy.wire.frames)
    bo.ask("echo.hide", text="CANARY")
    assert len(cy.wire.frames) == quiet
    assert bo.state["own"][bo.me]["secret"] == "CANARY"
    assert host.state["host"]["last"] == "CANARY"
    late = w.person("Late")
    cy.ask("echo.add", text="x")
    cy.drop()
    cy.connect()
    w.settle()
    for other in (cy, late):
        assert not any(b"CANARY" in raw for raw in other.wire.raw)
    assert not any(b"vault" in raw for p in (host, bo, cy) for raw in p.wire.raw)


def test_S2_after_forget_nothing_before_it_can_be_had_and_the_seed_is_new() -> None:
    w = world()
    host, bo = opened(w)
    cy = w.person("Cy")
    cy.read()
    bo.ask("echo.hide", text="CANARY")
    cy.drop()
    seed = w.node.fold.seed
    host.ask("echo.show")
    assert w.node.fold.seed != seed
    assert bo.state["room"]["shown"] == ["CANARY"]
    assert bo.state["own"] == {}
    cy.connect()
    w.settle()
    assert "snap" in [f["t"] for f in cy.read()]
    meta = w.rooms.meta("0123456789")
    assert meta is not None
    assert meta.secret == w.node.fold.seed
    page = w.rooms.read("0123456789", meta.forgotten, None, 100)
    assert not any(b"CANARY" in e.payload for e in page.entries)  # type: ignore[union-attr]
    w.boot()
    assert w.node.fold.seed == meta.secret
    bo.connect()
    w.settle()
    assert bo.ask("echo.add", text="on")[1] == "ok"


def test_S3_a_new_role_brings_what_that_role_may_see() -> None:
    w = world()
    _host, bo = opened(w)
    bo.ask("echo.hide", text="CANARY")
    cy = w.person("Cy")
    assert "host" not in cy.state
    cy.drop()
    cy.hello["cap"] = HOST_KEY
    cy.connect()
    w.settle()
    assert cy.state["meet"]["people"][cy.me]["role"] == "host"
    assert cy.state["host"]["last"] == "CANARY"
    assert cy.ask("echo.show")[1] == "ok"


def test_S4_a_team_sees_its_part_and_nobody_else_does() -> None:
    w = world()
    host, bo = opened(w)
    host.ask("echo.team", t="a")
    cy = w.person("Cy")  # came later, is in no team
    assert bo.state["team"] == {"a": {"word": "for the team"}}
    assert "team" not in cy.state or cy.state["team"] == {}
    assert not any(b"for the team" in raw for raw in cy.wire.raw)


def test_S5_live_values_for_hosts_reach_hosts_alone() -> None:
    w = world()
    host, bo = opened(w)
    cy = w.person("Cy")
    bo.say({"t": "eph", "key": "wink", "d": {"x": 7}})
    w.settle()
    assert host.state["host"] == {} or True
    assert any(b"wink" in raw for raw in host.wire.raw)
    assert not any(b"wink" in raw for raw in cy.wire.raw)


def test_S6_wrong_secrets_look_alike_and_a_missing_one_is_no_wrong_try() -> None:
    w = world()
    for hello in ({"cap": "x" * 22}, {"cap": None, "token": "y" * 43}, {"cap": None}):
        guest = Person(w, JOIN, "Eve")
        guest.hello.update(hello)
        guest.connect()
        assert guest.wire.closed == 4501


# -- roles


def test_O1_a_member_cannot_do_what_hosts_do_nor_what_the_clock_does() -> None:
    w = world()
    _, bo = opened(w)
    for action, d in (
        ("room.open", {"kind": "echo"}),
        ("room.next", {}),
        ("room.end", {}),
        ("room.timer", {"ms": 0}),
        ("echo.show", {}),
    ):
        assert bo.ask(action, **d)[3] == "host_only"
    assert bo.ask("echo.bell", times=1)[3] == "no_action"
    assert bo.ask("sys.role", member=bo.me, role="host")[3] == "no_action"
    assert bo.ask("nope.nope")[3] == "no_action"


def test_O2_next_with_the_generation_seen_cannot_skip_a_step() -> None:
    w = World(plan=[{"card": "weather"}, {"card": "street"}])
    ana, bo = w.host("Ana"), w.host("Bo")
    assert ana.ask("room.next", g=0) is not None
    n, m = None, None
    g = ana.state["meet"]["now"]["g"]
    ana.say({"t": "op", "n": ana.n + 1, "do": "room.next", "d": {"g": g}})
    bo.say({"t": "op", "n": bo.n + 1, "do": "room.next", "d": {"g": g}})
    n, m = ana.n + 1, bo.n + 1
    w.settle()
    ana.read()
    bo.read()
    assert sorted([ana.answers[n][1], bo.answers[m][1]]) == ["noop", "ok"]
    assert ana.state["meet"]["at"] == 1


def test_O3_an_op_for_what_ran_before_counts_for_ten_seconds_where_the_kind_says_so() -> None:
    w = world()
    host, bo = opened(w)
    g = bo.state["meet"]["now"]["g"]
    host.ask("room.open", kind="echo")
    assert bo.ask("echo.add", g=g, text="late piece")[1] == "ok"
    assert bo.ask("echo.hide", g=g, text="x")[3] == "closed"
    w.wait(10_001)
    assert bo.ask("echo.add", g=g, text="too late")[3] == "closed"
    host.ask("room.open", again=g)
    assert bo.state["room"]["list"] == ["late piece"]
    assert bo.state["meet"]["now"]["g"] == g + 2


# -- people


def test_P1_names_are_cleaned_and_never_two_alike() -> None:
    w = world()
    ana = w.person("  A\u202ena\u0000  ")
    again = w.person("ANA")
    ghost = w.person("   ")
    people = ana.state["meet"]["people"]
    assert people[ana.me]["name"] == "Ana"
    assert people[again.me]["name"] == "ANA 2"
    assert people[ghost.me]["name"]
    assert len({p["ink"] for p in people.values()}) == 3


def test_P2_gone_is_dimmed_then_away_then_back_as_the_same_person() -> None:
    w = world()
    host, bo = opened(w)
    bo.drop()
    w.wait(2_500)
    assert any([f"live/{bo.me}/dim", True] in f.get("x", []) for f in host.read())
    assert host.state["meet"]["people"][bo.me]["here"] is True
    w.wait(10_000)
    assert host.state["meet"]["people"][bo.me]["here"] is False
    bo.connect()
    w.settle()
    assert host.state["meet"]["people"][bo.me]["here"] is True
    assert len(host.state["meet"]["people"]) == 2


def test_P3_a_bye_needs_no_grace_and_a_second_tab_keeps_one_here() -> None:
    w = world()
    host, bo = opened(w)
    tab = Person(w, None, "", token=bo.hello["token"])
    tab.connect()
    w.settle()
    bo.say({"t": "bye"})
    w.wait(20_000)
    assert host.state["meet"]["people"][bo.me]["here"] is True
    tab.say({"t": "bye"})
    w.settle()
    assert host.state["meet"]["people"][bo.me]["here"] is False


def test_P4_two_tabs_of_one_seat_do_not_fight() -> None:
    w = world()
    _, bo = opened(w)
    old = bo.wire
    bo.connect()  # gen + 1: the same tab, elsewhere
    w.settle()
    assert old.closed == 4509
    assert bo.wire.closed is None
    stale = Person(w, None, "", token=bo.hello["token"], cid=bo.hello["cid"])
    stale.hello["gen"] = 0
    stale.connect()
    assert stale.wire.closed == 4509
    assert [f["code"] for f in stale.wire.frames if f["t"] == "err"] == ["stale"]
    assert bo.wire.closed is None


def test_P5_after_a_restart_those_who_do_not_return_are_away_after_a_longer_grace() -> None:
    w = world()
    _, bo = opened(w)
    w.boot()
    cy = w.person("Cy")
    w.wait(29_000)
    assert cy.state["meet"]["people"][bo.me]["here"] is True
    w.wait(2_000)
    assert cy.state["meet"]["people"][bo.me]["here"] is False


def test_P6_a_full_room_says_so_and_keeps_the_seat_of_who_dropped() -> None:
    w = world(limits=Limits(members=3))
    _, bo = opened(w)
    w.person("Cy")
    extra = w.person("Dee")
    assert extra.wire.closed == 4030
    bo.drop()
    w.wait(5_000)
    other = w.person("Eve")
    assert other.wire.closed == 4030
    bo.connect()
    w.settle()
    assert bo.wire.closed is None


# -- timers


def test_T1_timers_ring_on_the_server_in_a_chain_from_when_they_were_due() -> None:
    w = world()
    host, _ = opened(w)
    host.ask("echo.later", ms=5_000)
    start = w.clock
    w.wait(9_500)
    assert host.state["room"]["bell"]["due"] - start <= 8_000
    first = host.state["room"]["bell"]["due"]
    assert w.node.fold.next_timer() is None
    assert host.state["room"]["bell"]["now"] - first < 1_000


def test_T2_zero_takes_a_timer_back_and_closing_stops_it() -> None:
    w = world()
    host, _ = opened(w)
    host.ask("echo.later", ms=3_000)
    host.ask("echo.later", ms=0)
    w.wait(5_000)
    assert "bell" not in host.state["room"]
    host.ask("echo.later", ms=3_000)
    host.ask("room.open", kind="echo")
    w.wait(5_000)
    assert "bell" not in host.state["room"]


def test_T3_a_timer_that_was_due_while_the_server_was_down_rings_once_late() -> None:
    w = world()
    host, _ = opened(w)
    host.ask("echo.later", ms=3_000)
    w.clock += 60_000
    w.boot()
    host.connect()
    w.settle()
    bell = host.state["room"]["bell"]
    assert bell["now"] - bell["due"] >= 50_000
    w.wait(10_000)
    assert w.node.fold.next_timer() is None


def test_T4_the_hosts_timer_ends_nothing() -> None:
    w = world()
    host, bo = opened(w)
    host.ask("room.timer", ms=1_000)
    ends = bo.state["meet"]["now"]["ends"]
    w.wait(5_000)
    assert bo.state["meet"]["now"]["ends"] == ends
    assert bo.ask("echo.add", text="still open")[1] == "ok"
    assert host.ask("room.timer", ms=0)[1] == "ok"
    assert bo.state["meet"]["now"]["ends"] is None


# -- slow lines


def test_D1_a_line_that_takes_nothing_misses_frames_and_gets_one_for_all_of_them() -> None:
    w = world()
    _, bo = opened(w)
    cy = w.person("Cy")
    cy.read()
    cy.wire.room = 0
    count = len(cy.wire.frames)
    for i in range(25):
        bo.ask("echo.add", text=f"{i}")
        w.wait(100)
    assert len(cy.wire.frames) == count
    cy.wire.room = None
    assert cy.session is not None
    w.node.writable(cy.session, w.clock)
    ticks = [f for f in cy.read() if f["t"] == "tick"]
    assert len(ticks) == 1
    assert cy.state["room"] == bo.state["room"]


def test_D2_unconfirmed_bytes_mark_a_line_behind_and_a_confirmation_frees_it() -> None:
    w = world(limits=Limits(unacked_bytes=5_000))
    _, bo = opened(w)
    cy = w.person("Cy")
    cy.read()
    cy.say({"t": "k", "pos": cy.pos})
    for i in range(40):
        bo.ask("echo.add", text=f"{i}" * 400)
        w.wait(100)
    assert cy.session is not None
    assert cy.session.behind
    cy.read()
    cy.say({"t": "k", "pos": cy.pos})
    w.settle()
    cy.say({"t": "k", "pos": cy.pos})
    assert cy.state["room"] == bo.state["room"]
    assert not cy.session.behind


def test_D3_half_a_minute_without_progress_closes_with_come_back() -> None:
    w = world()
    _, bo = opened(w)
    cy = w.person("Cy")
    cy.wire.room = 0
    bo.ask("echo.add", text="x")
    w.wait(29_000)
    assert cy.wire.closed is None
    w.wait(3_000)
    assert cy.wire.closed == 4008


def test_D4_snapshot_parts_wait_for_the_line_and_then_the_rest_follows() -> None:
    w = world(limits=Limits(part_bytes=1000))
    _, bo = opened(w)
    for i in range(20):
        bo.ask("echo.add", text=f"{i:03d}" * 60)
        w.wait(100)
    cy = Person(w, JOIN, "Cy")
    narrow = Wire()
    narrow.room = 1_500
    cy.connect(narrow)
    w.settle()
    bo.ask("echo.add", text="meanwhile")
    for _ in range(30):
        narrow.room = 1_200
        assert cy.session is not None
        w.node.writable(cy.session, w.clock)
    assert cy.state["room"] == bo.state["room"]
    assert cy.state["room"]["list"][-1] == "meanwhile"


# -- the end


def test_END1_an_ended_room_takes_nothing_more_and_keeps_its_past() -> None:
    w = world()
    host, bo = opened(w)
    bo.ask("echo.add", text="kept")
    assert host.ask("room.end")[1] == "ok"
    assert bo.state["meet"]["ended"]["until"] > 0
    assert bo.ask("echo.add", text="late")[3] == "ended"
    assert w.over[0][1] is False
    newcomer = w.person("New")
    assert newcomer.wire.closed == 4504
    bo.drop()
    bo.connect()
    w.settle()
    assert bo.state["meet"]["past"][0]["kind"] == "echo"
    assert w.node.fold.state["past"]["1"]["room"]["list"] == ["kept"]


def test_END2_past_activities_are_bounded_by_number_and_by_bytes() -> None:
    w = world(limits=Limits(past=3, past_bytes=2_000))
    host, _ = opened(w)
    for _ in range(6):
        host.ask("room.open", kind="echo")
    assert len(w.node.fold.state["past"]) == 3
    for i in range(3):
        host.ask("echo.add", text=f"{i}" * 900)
        w.wait(200)
    host.ask("room.open", kind="echo")
    assert len(w.node.fold.state["past"]) == 1
