"""V-SEAT: what is live of voices: shown to all, kept through the evening, and never stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from server.room.afar import Afar
from tests.room.world import KINDS, ROOM, Person, World


def opened(**hello: Any) -> tuple[World, Person, Person]:
    """A room in which a canvas runs, whose cursors are live, too."""
    world = World(cards={})
    host, bo = world.host(), world.person("Bo", **hello)
    assert host.ask("room.open", kind="canvas")[1] == "ok"
    return world, host, bo


def live(person: Person, before: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """What this line was told, from its greeting on; `before` on one that broke."""
    person.world.wait(1_000)
    tree: dict[str, Any] = {}
    for frame in [*before, *person.wire.frames]:
        if frame["t"] == "snap" and frame["i"] == 0:
            tree = {}
        for member, mine in frame.get("st", {}).get("live", {}).items():
            tree.setdefault(member, {}).update(mine)
        for path, *value in frame.get("x", ()):
            _, member, key = path.split("/")
            tree.setdefault(member, {}).pop(key, None)
            if value:
                tree[member][key] = value[0]
    return {member: mine for member, mine in tree.items() if mine}


def mic(person: Person, on: Any) -> None:
    person.say({"t": "eph", "key": "mic", "d": {"on": on}})


def test_vseat10_a_microphone_is_seen_by_all_whatever_runs() -> None:
    world, host, bo = opened()
    entries = world.node.fold.offset
    mic(bo, True)
    assert live(host) == live(bo) == {bo.me: {"mic": True}}
    mic(bo, False)
    assert live(host) == {}
    host.ask("room.rest")
    mic(bo, True)
    assert live(host) == {bo.me: {"mic": True}}, "nothing runs"
    host.ask("room.shut", what="work", on=True)
    assert live(host) == {bo.me: {"mic": True}}, "the work is closed, not the microphone"
    mic(bo, False)
    mic(bo, True)
    assert live(host) == {bo.me: {"mic": True}}
    assert world.node.fold.offset == entries + 2
    blob = world.rooms.load_snapshot(ROOM)
    assert blob is not None and b'"mic"' not in blob.blob


@pytest.mark.parametrize("key", ["mic", "voice", "speaks"])
def test_vseat10_it_stays_when_the_room_goes_on_and_who_comes_late_sees_it(key: str) -> None:
    """VSEAT10: whoever came after the next card was opened saw nobody's microphone."""
    world, host, bo = opened()
    bo.say({"t": "eph", "key": "cursor", "d": {"x": 1, "y": 2}})
    world.node.delivery.heard(bo.me, key, True)
    assert live(host)[bo.me].keys() == {"cursor", key}
    host.ask("room.open", kind="prompt")
    for late in (world.person("Cy"), world.person("Di", light=True), world.person("Ed", z=True)):
        assert live(late) == {bo.me: {key: True}}
    world.node.delivery.heard(bo.me, key, False)
    assert live(host).get(bo.me, {}).keys() == {"cursor"}, "which the page knows to be of before"
    assert live(world.person("Fy")) == {}


def test_vseat10_a_light_line_sees_voices_and_no_cursors() -> None:
    world, host, _ = opened()
    lu = world.person("Lu", light=True)
    for who, on in ((host, True), (lu, True), (host, False)):
        who.say({"t": "eph", "key": "cursor", "d": {"x": 1, "y": 2}})
        mic(who, on)
        world.node.delivery.heard(who.me, "speaks", on)
    assert live(lu) == {lu.me: {"mic": True, "speaks": True}}
    assert live(world.person("Mo", light=True)) == {lu.me: {"mic": True, "speaks": True}}


@pytest.mark.parametrize("d", [None, {}, {"on": 1}, {"on": "yes"}, {"off": True}, [True], True])
def test_vseat10_what_is_no_switch_is_told_so(d: Any) -> None:
    world, host, bo = opened()
    bo.read()
    bo.say({"t": "eph", "key": "mic", "d": d})
    world.settle()
    assert [frame["code"] for frame in bo.read() if frame["t"] == "err"] == ["not_a_choice"]
    assert live(host) == {}


def test_vseat10_a_flood_of_switches_is_a_trickle_and_the_last_off_counts() -> None:
    world, host, bo = opened()
    for _ in range(300):
        mic(bo, True)
        mic(bo, False)
    assert live(host) == {}
    assert world.limits.live_burst < 300
    told = [x for frame in host.wire.frames for x in frame.get("x", ())]
    assert len(told) <= 2, "what was on and off between two ticks is not told"


def test_vseat1_a_phone_in_the_hall_and_a_screen_have_no_microphone() -> None:
    world, host, bo = opened()
    bo.ask("room.place", hall=True)
    screen = world.person("", **{"as": "screen"})
    for one in (bo, screen):
        mic(one, True)
    assert live(host) == {}
    assert not [f for one in (bo, screen) for f in one.wire.frames if f["t"] == "err"]


def test_vseat10_a_lost_line_ends_the_microphone_and_not_the_call() -> None:
    world, host, bo = opened()
    mic(bo, True)
    world.node.delivery.heard(bo.me, "voice", True)
    world.node.delivery.heard(bo.me, "speaks", True)
    bo.drop()
    world.wait(3_000)
    assert live(host)[bo.me] == {"voice": True, "speaks": True, "dim": True}
    before = bo.wire.frames
    bo.connect()
    assert live(bo, before) == {bo.me: {"voice": True, "speaks": True}}
    world.node.delivery.lives.voiceless(bo.me)
    assert live(host) == live(bo) == {} and world.node.delivery.lives == {}


@pytest.mark.parametrize("light", [False, True])
@pytest.mark.parametrize("how", ["broken", "slow"])
def test_vseat10_who_missed_something_is_told_who_speaks_now(how: str, light: bool) -> None:
    """VSEAT10: a line that came back showed somebody speaking who had long been silent."""
    world, host, _ = opened()
    cy, di = world.person("Cy", light=light), world.person("Di")
    world.node.delivery.heard(host.me, "speaks", True)
    world.node.delivery.heard(di.me, "voice", True)
    di.say({"t": "eph", "key": "cursor", "d": {"x": 1, "y": 2}})
    both = {host.me: {"speaks": True}, di.me: {"voice": True}}
    assert {who: mine.keys() - {"cursor"} for who, mine in live(cy).items()} == {
        who: mine.keys() for who, mine in both.items()
    }
    before = cy.read() and cy.wire.frames
    if how == "broken":
        cy.drop()
    else:
        cy.wire.room = 0
    host.ask("room.title", title="Ours")
    world.node.delivery.heard(host.me, "speaks", False)
    mic(di, True)
    world.node.delivery.heard(di.me, "speaks", True)
    world.node.delivery.heard(di.me, "speaks", False)
    world.wait(1_000)
    told = len(cy.wire.frames)
    if how == "broken":
        cy.connect()
        told = 0
    else:
        assert cy.session is not None and cy.session.behind
        before, cy.wire.room = [], None
        world.node.writable(cy.session, world.clock)
    now = live(cy, before)
    assert now.keys() == {di.me} and now[di.me].keys() - {"cursor"} == {"voice", "mic"}
    x = [path for frame in cy.wire.frames[told:] for path, *_ in frame.get("x", ())]
    assert not [path for path in x if path.endswith("cursor")], "a cursor tells itself by moving"
    if how == "slow":
        assert f"live/{di.me}/voice" not in x, "what it knew already is not said again"
    assert cy.state["meet"]["title"] == "Ours"


def test_vseat11_other_servers_are_told_of_microphones_and_hear_by_themselves_who_speaks() -> None:
    world, host, bo = opened()
    sent: list[dict[str, Any]] = []
    afar = world.node.afar = Afar(world.node.delivery, lambda data: sent.append(json.loads(data)))
    world.node.delivery.heard(bo.me, "speaks", True)
    mic(bo, True)
    afar.others(True)
    assert sent.pop() == {"x": [[f"live/{bo.me}/mic", True]], "ask": True}
    world.node.delivery.heard(host.me, "speaks", True)
    world.node.delivery.heard(bo.me, "speaks", False)
    mic(host, True)
    world.wait(1_000)
    assert [note["x"] for note in sent] == [[[f"live/{host.me}/mic", True]]]
    sent.clear()
    afar.heard(json.dumps({"ask": True}).encode())
    assert {path for path, _ in sent.pop()["x"]} == {f"live/{one.me}/mic" for one in (host, bo)}


def test_vseat11_a_microphone_elsewhere_goes_with_its_line_there() -> None:
    world, host, _ = opened()
    afar = world.node.afar = Afar(world.node.delivery, lambda data: None)
    afar.others(True)
    afar.heard(json.dumps({"x": [["live/far/mic", True], ["live/far/cursor", {"x": 1}]]}).encode())
    world.node.delivery.heard("far", "speaks", True)
    assert live(host) == {"far": {"mic": True, "cursor": {"x": 1}, "speaks": True}}
    host.ask("room.open", kind="prompt")
    assert live(world.person("Cy")) == {"far": {"mic": True, "speaks": True}}
    afar.gone("far")
    assert live(world.person("Di")) == {"far": {"speaks": True}}
    world.node.delivery.heard("far", "speaks", False)
    assert world.node.delivery.lives == {}


def test_vseat10_no_kind_has_a_live_value_of_these_names() -> None:
    assert not {"mic", "voice", "speaks", "dim", "react"} & {
        name for rules in KINDS.values() for name in rules.lives
    }
