"""N8-N15: groups play real kinds inside, over the wire: who sees, who may act, who comes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from activities.groups.rules import INSIDE
from server import kit
from server.kit import HOST, Activity, Change
from server.room import audience
from tests.party import player as player_of
from tests.room.world import KINDS, Person, World

MARK = "AoGoGUJ"
inner = Activity("inner")


@inner.start
def _start(ctx: Any) -> dict[str, Any]:
    return {"phase": "held", "people": sorted(ctx.people), "came": [], "went": []}


@inner.action(text=kit.text(60))
def hide(ctx: Any, text: str) -> Any:
    """Keep it for the show."""
    yield Change(f"own/{ctx.me}/pick", text)


@inner.action(HOST, phase="held")
def show(ctx: Any) -> Any:
    """Show all of it."""
    own = ctx.state["own"]
    yield Change("room/shown", sorted(own[who]["pick"] for who in own))
    yield Change("room/phase", "shown")


@inner.join
def _join(ctx: Any) -> Any:
    if ctx.me not in ctx.people:
        raise ZeroDivisionError
    yield Change(f"room/came/{len(ctx.room['came'])}", ctx.me)


@inner.away
def _away(ctx: Any) -> Any:
    yield Change(f"room/went/{len(ctx.room['went'])}", ctx.me)


@inner.erase
def _erase(ctx: Any) -> Any:
    for key in ("people", "came", "went"):
        yield Change(f"room/{key}", [who for who in ctx.room[key] if who != ctx.me])


def staged(
    many: int = 4, kind: str = "prompt", **options: Any
) -> tuple[World, Person, list[Person]]:
    w = World(kinds={**KINDS, "inner": inner}, cards={})
    host = w.host()
    people = [w.person(f"P{i}") for i in range(many)]
    options = {"inside": "prompt", **options}
    assert host.ask("room.open", kind="groups", options=options)[1] == "ok"
    if kind == "inner":  # a kind of this test, in place of one that groups may have inside
        w.node.fold.state["meet"]["now"]["options"]["inside"] = "inner"
    assert host.ask("groups.begin")[1] == "ok"
    return w, host, people


def team(person: Person) -> str:
    return str(person.state["room"]["team"][person.me])


def g(person: Person) -> int:
    return int(person.state["meet"]["now"]["in"][team(person)]["g"])


def ours(person: Person) -> Any:
    return person.state["team"][team(person)]["in"]


def split(people: list[Person]) -> tuple[list[Person], list[Person]]:
    """My group, and the others."""
    mine = [one for one in people if team(one) == team(people[0])]
    return mine, [one for one in people if one not in mine]


def test_n8_each_group_has_a_real_kind_of_its_own_and_nobody_else_hears_of_it() -> None:
    w, host, people = staged(size=2, inside_options={"about": "open"})
    (one, two), others = split(people)
    assert g(one) == g(two) not in {g(other) for other in others}
    assert one.ask("prompt.add", g=g(one), title="CANARY", who="")[1] == "ok"
    assert ours(two)["entries"][0]["title"] == "CANARY"
    for other in (*others, host, w.person("Late")):
        if team_of(other) != team(one):
            assert not any(b"CANARY" in raw for raw in other.wire.raw)
    assert others[0].ask("prompt.add", g=g(one), title="x", who="")[3] == "not_now"
    assert w.faults == []


def team_of(person: Person) -> str:
    return str(person.state["room"]["team"].get(person.me, ""))


def test_n9_in_a_group_everybody_leads_and_nowhere_else() -> None:
    """N9: a member does there what hosts do, in the group's own kind and in no other."""
    w, host, people = staged(kind="inner")
    (one, two), (other, _) = split(people)
    one.ask("inner.hide", g=g(one), text="first")
    two.ask("inner.hide", g=g(two), text="second")
    assert other.ask("inner.show", g=g(one))[1:4:2] == ["refused", "host_only"]
    assert one.ask("inner.show", g=g(other))[3] == "host_only"
    assert one.ask("inner.show")[3] == "host_only"
    assert one.ask("groups.home")[3] == "host_only"
    assert one.ask("inner.show", g=g(one))[1] == "ok"
    assert ours(two)["shown"] == ["first", "second"]
    assert ours(two)["people"] == sorted((one.me, two.me)), "its people are the team"
    assert one.ask("inner.show", g=g(one))[3] == "not_now"
    host.ask("groups.home")
    assert one.ask("inner.show", g=99)[3] == "host_only"
    assert w.faults == []


def test_n10_who_comes_into_a_group_comes_into_what_it_plays() -> None:
    w, _, people = staged(kind="inner")
    late = w.person("Late")
    t = team(late)
    mates = [one for one in people if team(one) == t]
    assert ours(mates[0])["came"][-1] == late.me and ours(late)["went"] == []
    assert late.ask("inner.hide", g=g(late), text="late")[1] == "ok"
    late.ask("groups.sit", on=True)
    assert ours(mates[0])["went"] == [late.me]
    assert "in" not in w.node.fold.state["own"][late.me]
    assert late.state.get("team", {}) == {}
    assert late.ask("inner.hide", g=g(mates[0]), text="x")[3] == "not_now"
    assert w.faults == []


def test_n11_a_group_that_joins_another_leaves_what_it_played() -> None:
    w, _, people = staged(kind="inner")
    (one, two), (three, four) = split(people)
    gone = team(one)
    one.ask("inner.hide", g=g(one), text="CANARY")
    two.ask("groups.sit", on=True)
    assert team(one) == team(three)
    assert gone not in w.node.fold.state["meet"]["now"]["in"]
    assert gone not in w.node.fold.state["team"]
    assert "in" not in w.node.fold.state["own"][one.me]
    assert ours(four)["came"][-1] == one.me
    assert "CANARY" not in json.dumps(w.node.fold.state)
    assert not any(b"CANARY" in raw for p in (three, four) for raw in p.wire.raw)


def test_n12_back_home_nothing_of_it_runs_and_all_see_what_was_to_be_shown() -> None:
    w, host, people = staged(shown=True, seconds=20)
    for one in people:
        one.ask("prompt.add", g=g(one), title=f"song of {one.me}", who="")
    w.wait(21_000)
    state = w.node.fold.state
    assert state["room"]["phase"] == "home" and state["meet"]["now"]["in"] == {}
    assert not [name for name in state["sys"]["timers"] if "." in name] and state["team"] == {}
    titles = [e["title"] for made in host.state["room"]["made"] for e in made["room"]["entries"]]
    assert sorted(titles) == sorted(f"song of {one.me}" for one in people)
    assert all(one.state == one_fresh(w, one) for one in people)
    # whoever looks at it later knows the options it ran with, defaults included
    assert state["meet"]["now"]["inner"] == {"prompt": KINDS["prompt"].clean_options({})}
    g_then = state["meet"]["now"]["g"]
    host.ask("room.open", kind="checkin")
    assert host.state["meet"]["past"][-1]["inner"].keys() == {"prompt"}
    host.ask("room.open", again=g_then)
    assert host.state["meet"]["now"]["inner"].keys() == {"prompt"}


def one_fresh(w: World, person: Person) -> Any:
    person.connect()
    w.settle()
    return person.state


def test_n13_a_restart_in_the_middle_keeps_groups_clock_and_what_is_played() -> None:
    w, host, people = staged(seconds=60)
    one = people[0]
    one.ask("prompt.add", g=g(one), title="kept", who="")
    before = one.state
    w.boot()
    one.connect()
    host.connect()
    w.settle()
    assert one.state["team"] == before["team"]
    assert one.ask("prompt.add", g=g(one), title="more", who="")[1] == "ok"
    w.wait(61_000)
    assert host.state["room"]["phase"] == "home"


@pytest.mark.parametrize("inside", ["canvas", "checkin"])
def test_n14_the_hosts_of_the_room_see_who_is_where_and_not_what_is_made(inside: str) -> None:
    w, host, people = staged(inside=inside)
    one = people[0]
    if inside == "checkin":
        one.ask("checkin.choose", g=g(one), icon="sun", word="CANARY")
        one.ask("checkin.show", g=g(one))
        assert ours(one)["answers"][0]["word"] == "CANARY"
    else:
        one.ask("canvas.mark", g=g(one), group=1, ink=1, width=1, points=MARK)
        assert ours(one)["marks"]
    canary = b"CANARY" if inside == "checkin" else MARK.encode()
    assert not any(canary in raw for raw in host.wire.raw)
    assert host.state["room"]["team"][one.me] == team(one)
    assert audience.label("host/in/1g0/queue") == audience.NOBODY != audience.label("host/inn")
    assert "in" not in audience.view(w.node.fold.state, host.me, "host")["host"]
    assert host.ask("groups.enter", t=team(one))[1] == "ok"
    assert canary in b"".join(host.wire.raw), "who goes there sees it"


def seen(w: World, person: Person, rng: kit.Rng, turn: int) -> kit.Seen:
    """What somebody has before them in the kind inside, where everybody leads."""
    tree, t = person.state, team(person)
    mates = {
        who: p for who, p in tree["meet"]["people"].items() if tree["room"]["team"].get(who) == t
    }
    own = ((tree.get("own") or {}).get(person.me) or {}).get("in") or {}
    return kit.Seen(
        me=person.me, role="host", room=tree["team"][t].get("in") or {}, own=own, host={}, team={},
        options=tree["meet"]["now"]["in"][t]["options"], people=mates, now=w.clock, rng=rng,
        write=lambda most: f"zq{t}zq{turn}"[:most],
    )  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in INSIDE if kind in KINDS])
def test_n15_every_kind_plays_inside_and_what_is_written_stays_there(kind: str) -> None:
    """N15: as people play it, led by whoever is there; nothing breaks, nothing gets out."""
    w, host, people = staged(many=5, size=3, inside=kind, shown=True, seconds=3_000)
    player, rng = player_of(kind), kit.Rng(b"n" * 32, 1)
    done = 0
    for turn in range(14):
        for person in people:
            move = player(seen(w, person, rng, turn))
            if move is not None:
                answer = person.ask(f"{kind}.{move[0]}", g=g(person), **move[1])
                done += answer[1] == "ok"
        w.wait(4_000)
    assert done > 4 and w.faults == []
    for person in (*people, host):
        others = {team(one) for one in people} - {team_of(person)}
        raw = b"".join(person.wire.raw)
        assert not [t for t in others if f"zq{t}zq".encode() in raw]
    before = {team(one): json.dumps(ours(one), sort_keys=True) for one in people}
    host.ask("groups.home")
    made = [json.dumps(one["room"], sort_keys=True) for one in host.state["room"]["made"]]
    assert sorted(made) == sorted(before.values())
    state = w.node.fold.state
    assert state["meet"]["now"]["in"] == {} and not any(
        "in" in own for own in state["own"].values()
    )
