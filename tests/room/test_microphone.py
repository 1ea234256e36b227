"""V-SEAT: being asked to speak, the one place for music, and who becomes a host."""

from __future__ import annotations

import json

import pytest

from server.room import fold as folding
from server.room.voices import seats
from tests.room.book import Book, jam
from tests.room.world import World


def mine(book: Book, who: str) -> dict[str, object]:
    return dict(book.state["mine"].get(who, {}))


def test_vseat7_who_is_asked_to_speak_sees_it_alone() -> None:
    world = World()
    host, bo, cy = world.host(), world.person("Bo"), world.person("Cy")
    assert "host_only" in bo.ask("room.invite", who=cy.me)
    for one in (host, bo, cy):
        one.wire.frames.clear()
        one.seen = 0
    assert "ok" in host.ask("room.invite", who=bo.me)
    since = world.node.fold.offset
    assert bo.state["mine"] == {bo.me: {"speak": since}}
    assert host.state["mine"] == {} and cy.state["mine"] == {}
    assert not any("speak" in json.dumps(f.get("c", [])) for f in host.wire.frames + cy.wire.frames)
    late = world.host("Late")
    assert late.state["mine"] == {}
    again = world.person("Bo", token=bo.hello["token"])
    assert again.me == bo.me and again.state["mine"] == {bo.me: {"speak": since}}
    assert "ok" in again.ask("room.invited")
    assert bo.me not in again.state["mine"]


def test_vseat7_it_stands_beside_a_call_for_help() -> None:
    book = jam("bo")
    book.ok("bo", "lost")
    book.ok("ana", "invite", who="bo")
    since = book.fold.offset
    assert mine(book, "bo") == {"lost": True, "speak": since}
    book.ok("ana", "coming", who="bo")
    assert mine(book, "bo") == {"lost": True, "coming": True, "speak": since}
    book.ok("ana", "found", who="bo")
    assert mine(book, "bo") == {"speak": since}
    book.ok("bo", "lost")
    book.ok("bo", "invited")
    assert mine(book, "bo") == {"lost": True} and "bo" in book.desk["calls"]
    book.ok("bo", "found", who="bo")
    assert book.state["mine"] == {}
    book.ok("bo", "invited")
    assert book.state["mine"] == {}, "nobody asked"


def test_vseat7_it_goes_with_the_person_and_lifts_their_mute() -> None:
    book = jam("bo", "cy")
    for end in (
        lambda: book.fact("away", member="bo"),
        lambda: book.ok("bo", "place", hall=True),
        lambda: book.ok("ana", "remove", who="bo"),
    ):
        book.fact("back", member="bo")
        book.ok("bo", "lost")
        book.ok("ana", "invite", who="bo")
        end()
        assert "speak" not in mine(book, "bo")
        if book.people["bo"].get("hall"):
            assert book.no("ana", "invite", who="bo") == "voice_hall"
            book.ok("bo", "place", hall=False)
        elif not book.people["bo"].get("out"):
            assert book.no("ana", "invite", who="bo") == "nobody", "away"
    assert book.no("ana", "invite", who="bo") == "nobody"
    book.ok("ana", "shut", what="line", on=True, who="cy")
    book.ok("ana", "shut", what="voice", on=True, who="cy")
    book.ok("ana", "invite", who="cy")
    assert book.people["cy"]["shut"] == {"line": True}, "who is asked can be heard"


def test_vseat8_one_has_the_place_for_music_at_a_time() -> None:
    book = jam("bo", "cy")
    assert book.meet.get("music") is None
    book.ok("bo", "music", on=True)
    book.ok("bo", "music", on=True)
    assert book.meet["music"] == "bo"
    told = seats(book.kinds, book.state)
    assert [who for who, seat in told.items() if seat.music] == ["bo"]
    assert book.no("cy", "music", on=True) == "taken"
    book.ok("cy", "music", on=False)
    assert book.meet["music"] == "bo", "not theirs to give back"
    assert book.no("cy", "music", on=False, who="bo") == "host_only"
    assert book.no("bo", "music", on=True, who="cy") == "host_only"
    book.ok("ana", "music", on=True, who="cy")
    assert book.meet["music"] == "cy"
    book.ok("ana", "music", on=False, who="bo")
    assert book.meet["music"] == "cy", "it is not with bo"
    book.ok("ana", "music", on=False, who="cy")
    assert book.meet["music"] is None
    book.ok("ana", "music", on=True)
    assert book.meet["music"] == "ana"


@pytest.mark.parametrize("how", ["away", "remove", "hall"])
def test_vseat8_it_is_free_again_when_they_go(how: str) -> None:
    book = jam("bo", "cy")
    book.ok("bo", "music", on=True)
    if how == "away":
        book.fact("away", member="bo")
    elif how == "remove":
        book.ok("ana", "remove", who="bo")
    else:
        book.ok("bo", "place", hall=True)
    assert book.meet["music"] is None
    code = "voice_hall" if how == "hall" else "nobody"
    assert book.no("ana", "music", on=True, who="bo") == code
    book.ok("cy", "music", on=True)
    assert book.meet["music"] == "cy"


@pytest.mark.parametrize("how", ["host", "lead", "key"])
def test_vseat9_who_becomes_a_host_can_be_heard(how: str) -> None:
    """VSEAT9: a stand-in whom somebody had muted led a room that could not hear them."""
    book = jam("bo", "cy")
    book.ok("ana", "shut", what="voice", on=True, who="bo")
    book.ok("ana", "shut", what="work", on=True, who="bo")
    assert not seats(book.kinds, book.state)["bo"].speaks
    if how == "host":
        book.ok("ana", "host", who="bo", on=True)
    elif how == "key":
        book.fact("role", member="bo", role="host")
    else:
        book.ok("ana", "standin", who="bo")
        book.fact("baton", silent=["ana"])
        assert book.people["bo"]["acting"]
    assert book.people["bo"]["shut"] == {"work": True}
    assert seats(book.kinds, book.state)["bo"].speaks


def test_vseat15_a_room_from_before_there_were_voices_loads_and_has_them() -> None:
    book = jam("bo")
    blob = book.fold.save()
    assert b'"music"' not in blob, "and what is written is as before, until somebody plays"
    again = folding.load(book.kinds, book.limits, book.fold.seed, blob, book.fold.offset)
    assert seats(book.kinds, again.state).keys() == {"ana", "bo"}
    book.fold = again
    book.ok("bo", "music", on=True)
    assert book.meet["music"] == "bo"
