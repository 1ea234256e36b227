"""Keys of one room without a network: spent, expired, pushed out, closed on the threshold."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from server.room import keys
from server.room.keys import CLOSED, LINKS, ONCE_MS, OUT, SEAT_KEYS, Key, surplus
from tests.room.world import HOST, JOIN, ROOM, Person, World


def guest(world: World, cap: str | None, token: str | None = None) -> Person:
    """Somebody at the door."""
    return Person(world, cap, "", token=token)


def sent_away(world: World, cap: str | None, token: str | None = None) -> int | None:
    """The code with which this greeting is refused; None if it is not."""
    person = guest(world, cap, token)
    person.connect()
    return person.wire.closed


def token(person: Person) -> str:
    found: str = person.hello["token"]
    return found


def test_LNK5_a_key_of_an_older_server_is_read_with_defaults() -> None:
    assert keys.decode(b'{"role":"host","member":""}') == Key(role="host")
    assert keys.decode(b'{"role":"","member":"bo"}') == Key(member="bo")
    full = Key("member", "", True, 5, "x", 7)
    assert keys.decode(keys.encode(full)) == full


def opens(**counts: int) -> dict[str, Key]:
    """So many keys of each sort, the oldest first; ids tell the sort."""
    sorts = {
        "link": Key(role="member"), "way": Key(role="member", once=True, until=10**15),
        "token": Key(member="bo"), "pass": Key(member="bo", once=True, until=10**15),
        "other": Key(member="cy"), "closed": Key(role="closed"), "out": Key("out", "eve"),
    }  # fmt: skip
    return {
        f"{sort}{at}": replace(sorts[sort], at=at)
        for sort, count in counts.items()
        for at in range(count)
    }


@pytest.mark.parametrize(
    ("counts", "gone"),
    [
        ({"link": LINKS}, []),
        ({"link": LINKS + 1}, ["link0"]),
        ({"link": 2, "way": LINKS - 2}, []),
        ({"link": 2, "way": LINKS - 1}, ["way0"]),
        ({"link": 2, "way": LINKS + 1}, ["way0", "way1", "way2"]),
        ({"link": LINKS + 1, "way": 1}, ["way0", "link0"]),
        ({"token": SEAT_KEYS, "other": SEAT_KEYS}, []),
        ({"token": SEAT_KEYS + 1, "other": SEAT_KEYS}, ["token0"]),
        ({"token": 5, "pass": SEAT_KEYS - 5}, []),
        ({"token": 5, "pass": SEAT_KEYS - 4}, ["pass0"]),
        ({"closed": CLOSED, "out": OUT}, []),
        ({"closed": CLOSED + 1, "out": OUT + 1}, ["closed0", "out0"]),
    ],
)  # fmt: skip
def test_LNK5_too_many_keys_push_out_one_use_keys_and_then_the_oldest(
    counts: dict[str, int], gone: list[str]
) -> None:
    assert surplus(opens(**counts)) == gone


def test_LNK5_the_key_made_just_now_stays() -> None:
    found = {i: replace(k, at=0) for i, k in opens(**{"pass": SEAT_KEYS + 1}).items()}
    assert surplus(found, "pass0") == ["pass1"]


def test_LNK5_a_seat_has_twenty_keys_and_the_store_no_more() -> None:
    w = World()
    ada = w.person("Ada", HOST)
    bo = w.person("Bo")
    ring = w.node.seats.keyring
    passes = []
    for _ in range(SEAT_KEYS - 1):  # with the token: at the limit
        passes.append(ring.passed(bo.me)[0])
        w.clock += 1
    assert all(ring.shown(way) for way in passes)
    passes.append(ring.passed(bo.me)[0])
    assert [bool(ring.shown(way)) for way in passes] == [False] + [True] * (SEAT_KEYS - 1)
    assert ring.member(token(bo)) == bo.me and ring.member(token(ada)) == ada.me
    for _ in range(LINKS):
        ring.way_in()
        w.clock += 1
    assert ring.shown(JOIN) and ring.shown(HOST)
    assert sum(key.way_in for key in ring.opens.values()) == LINKS
    assert set(w.rooms.keys(ROOM)) == set(ring.opens)
    w.boot()
    assert w.node.seats.keyring.opens == ring.opens


@pytest.mark.parametrize("way_of", ["passed", "way_in"])
def test_LNK3_a_way_for_one_use_opens_until_its_time_and_once(way_of: str) -> None:
    w = World()
    bo = w.person("Bo")

    def made() -> str:
        ring = w.node.seats.keyring
        return (ring.passed(bo.me) if way_of == "passed" else ring.way_in())[0]

    early, late = made(), made()
    w.clock += ONCE_MS - 1
    cy = w.person("Cy", early)
    assert (cy.me == bo.me) is (way_of == "passed") and token(cy) != token(bo)
    assert sent_away(w, early) == 4501  # spent: as if it had never been
    w.clock += 1
    assert sent_away(w, late) == 4502
    assert keys.key_id(early) not in w.rooms.keys(ROOM)


def test_LNK3_a_way_that_is_spent_stays_so_when_the_server_goes_before_the_welcome() -> None:
    w = World()
    way, _ = w.node.seats.keyring.way_in()
    guest(w, way).connect()  # greeted; the join is not on the log yet
    w.boot()
    assert sent_away(w, way) == 4501


def test_LNK3_a_pass_is_told_only_when_the_store_has_forgotten_it() -> None:
    w = World()
    bo = w.person("Bo")
    way, _ = w.node.seats.keyring.passed(bo.me)
    held: list[Any] = []
    forget = w.delete_key
    w.delete_key = lambda key, then: held.append((key, then))  # type: ignore[method-assign]
    again = guest(w, way)
    again.connect()
    w.settle()
    assert not again.read() and sent_away(w, way) == 4501
    for key, then in held:
        forget(key, then)
    w.settle()
    again.read()
    assert again.me == bo.me and token(again)


@pytest.mark.parametrize("way_of", ["passed", "way_in"])
def test_LNK25_who_was_slower_at_another_server_is_sent_away(way_of: str) -> None:
    """Two people showed one way at the same moment, each to a server of their own. Both servers
    knew it still, and both let in whoever was there: two people had one seat."""
    w = World()
    bo = w.person("Bo")
    ring = w.node.seats.keyring
    way = (ring.passed(bo.me) if way_of == "passed" else ring.way_in())[0]
    assert w.rooms.delete_key(ROOM, keys.key_id(way))  # the other server was faster by so little
    before = dict(w.rooms.keys(ROOM))
    slow = guest(w, way)
    slow.connect()
    w.settle()
    assert slow.session and not slow.session.seated and slow.wire.closed == 4501
    assert w.rooms.keys(ROOM) == before == {i: keys.encode(k) for i, k in ring.opens.items()}
    assert list(w.node.fold.state["meet"]["people"]) == [bo.me]
    slow.wire.closed = None
    slow.connect()
    assert slow.wire.closed == 4501  # as for anybody: this tab has not spent it


def test_LNK2_who_is_on_the_threshold_with_a_link_that_is_made_anew_stays_outside() -> None:
    w = World()
    for cap, what in ((HOST, "host"), (JOIN, "join")):
        late = guest(w, cap)
        late.connect()
        fresh = w.node.seats.keyring.anew(what)
        w.settle()
        assert late.session and not late.session.seated and late.wire.closed == 4502, what
        assert not any(k.member for k in w.node.seats.keyring.opens.values())
        in_time = w.person("In time", fresh)
        assert in_time.session and in_time.session.seated
        for found in w.node.seats.keyring.tokens(in_time.me):
            w.node.seats.keyring.drop(found)


def test_LNK6_keys_of_the_removed_are_marked_also_by_a_server_that_comes_after() -> None:
    w = World()
    host, eve = w.person("Ada", HOST), w.person("Eve")
    put, drop = w.put_key, w.delete_key
    w.put_key = lambda *_: None  # type: ignore[method-assign]  # it goes before it has written that
    w.delete_key = lambda *_: None  # type: ignore[method-assign]
    assert host.ask("room.remove", who=eve.me)[1] == "ok"
    w.put_key, w.delete_key = put, drop  # type: ignore[method-assign]
    w.boot()
    assert sent_away(w, None, token(eve)) == 4503
    assert sent_away(w, JOIN) == 4502


def test_LNK6_a_way_that_a_host_gives_lets_the_removed_in_again() -> None:
    w = World()
    host, eve = w.person("Ada", HOST), w.person("Eve")
    assert host.ask("room.remove", who=eve.me)[1] == "ok"
    way, _ = w.node.seats.keyring.way_in()
    again = guest(w, way, token(eve))
    again.connect()
    w.settle()
    again.read()
    assert again.session and again.session.seated and again.me != eve.me


@pytest.mark.parametrize("way_of", ["passed", "way_in"])
def test_LNK3_the_tab_that_spent_a_way_and_lost_its_welcome_may_show_it_again(way_of: str) -> None:
    w = World()
    bo = w.person("Bo")
    ring = w.node.seats.keyring
    way = (ring.passed(bo.me) if way_of == "passed" else ring.way_in())[0]
    lost = guest(w, way)
    lost.connect()
    w.settle()
    lost.drop()
    before = len(w.node.fold.state["meet"]["people"])
    lost.connect()
    w.settle()
    lost.read()
    assert lost.session and lost.session.seated and ring.member(token(lost)) == lost.me
    assert (lost.me == bo.me) is (way_of == "passed")
    assert len(w.node.fold.state["meet"]["people"]) == before
    assert sent_away(w, way) == 4501  # nobody else
    lost.drop()
    lost.hello["token"] = None
    w.clock += ONCE_MS
    lost.connect()
    assert lost.wire.closed == 4502  # nor the same tab for ever


def test_LNK21_nobody_is_welcomed_before_their_token_is_kept() -> None:
    """Many joined at once, the server was killed, and some were strangers to their own seat: the
    join was in the store before the key."""
    world = World()
    held: list[tuple[str, bytes, Any]] = []
    world.put_key = lambda *told: held.append(told)  # type: ignore[method-assign, assignment]
    person = guest(world, JOIN)
    person.connect()
    world.settle()
    assert held and not person.wire.frames
    key, value, then = held.pop()
    world.rooms.put_key(ROOM, key, value)
    then()
    world.settle()
    person.read()
    assert keys.key_id(token(person)) == key
