"""X1-X7: one list of songs, hearts without a ranking, and three beats to play together."""

from __future__ import annotations

from typing import Any

from server.kit import Lines
from tests.laws.laws import dump
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy"]


def stage(*songs: tuple[str, str], **options: Any) -> Stage:
    room = Stage("prompt", PEOPLE, host="ana", **options)
    for who, title in songs:
        assert room.act(who, "add", title=title).ok
    return room


def titles(room: Stage) -> list[str]:
    return [entry["title"] for entry in room.state["room"]["entries"] if entry["on"]]


def test_x1_songs_stand_in_the_order_they_came() -> None:
    room = stage(("bo", "One"), ("cy", "Two"))
    assert room.act("bo", "add", title=" Three ", who="Somebody").ok
    assert room.sees("cy")["room"] == {
        "entries": [
            {"by": "bo", "title": "One", "who": "", "on": True},
            {"by": "cy", "title": "Two", "who": "", "on": True},
            {"by": "bo", "title": "Three", "who": "Somebody", "on": True},
        ],
        "hearts": [0, 0, 0],
        "now": None,
    }
    for _ in range(3):
        room.act("ana", "heart", i=2)
    assert titles(room) == ["One", "Two", "Three"]


def test_x1_titles_and_names_are_bounded() -> None:
    room = stage()
    assert room.act("bo", "add", title="x" * 120, who="y" * 80).ok
    assert room.act("bo", "add", title="x" * 121).facts == {"max": 120, "field": "title"}
    assert room.act("bo", "add", title="x", who="y" * 81).facts == {"max": 80, "field": "who"}
    assert room.act("bo", "add", title="  ").code == "too_short"


def test_x2_five_songs_each() -> None:
    room = stage(*[("bo", str(n)) for n in range(5)])
    assert room.act("bo", "add", title="6").code == "enough"
    assert room.act("cy", "add", title="6").ok
    room.act("bo", "withdraw", i=0)
    assert room.act("bo", "add", title="6").ok
    assert room.act("bo", "restore", i=0).code == "enough"
    for i in range(5):
        room.act("bo", "withdraw", i=i)
    room.act("bo", "withdraw", i=6)
    for _ in range(20 - 6):
        assert room.act("bo", "add", title="again").ok
        room.act("bo", "withdraw", i=len(room.state["room"]["entries"]) - 1)
    assert room.act("bo", "add", title="again").code == "enough", "twenty tries each"


def test_x2_three_hundred_songs_in_all() -> None:
    people = [f"p{n}" for n in range(61)]
    room = Stage("prompt", people, guard=False)
    for n in range(300):
        assert room.act(people[n // 5], "add", title="x").ok
    assert room.act(people[60], "add", title="x").code == "list_full"
    assert room.act(people[60], "heart", i=299).ok
    assert room.act(people[60], "heart", i=300).code == "not_a_number"


def test_x3_only_its_author_changes_a_song() -> None:
    room = stage(("bo", "One"))
    assert room.act("bo", "edit", i=0, title="Uno", who="Ella").ok
    assert room.state["room"]["entries"][0]["title"] == "Uno"
    for name in ("withdraw", "restore"):
        assert room.act("ana", name, i=0).code == "not_mine"
    assert room.act("ana", "edit", i=0, title="x").code == "not_mine"
    assert room.act("bo", "withdraw", i=1).code == "no_entry"
    assert room.act("bo", "withdraw", i=0).ok
    assert room.act("bo", "withdraw", i=0).kind == "noop"
    assert titles(room) == []
    assert room.act("bo", "restore", i=0).ok
    assert room.act("bo", "restore", i=0).kind == "noop"
    assert titles(room) == ["Uno"]


def test_x4_a_heart_counts_once_and_only_its_giver_sees_whose_it_is() -> None:
    room = stage(("bo", "One"))
    assert room.act("cy", "heart", i=0).ok
    assert room.act("cy", "heart", i=0).kind == "noop"
    assert room.act("bo", "heart", i=0).ok
    assert room.sees("ana")["room"]["hearts"] == [2]
    assert room.sees("cy")["own"] == {"cy": {"hearts": {"0": True}}}
    assert "cy" not in room.bytes_of("ana")
    assert room.act("cy", "heart", i=0, on=False).ok
    assert room.act("cy", "heart", i=0, on=False).kind == "noop"
    assert room.sees("ana")["room"]["hearts"] == [1]
    room.act("bo", "withdraw", i=0)
    assert room.act("cy", "heart", i=0).code == "no_entry"
    assert room.act("bo", "heart", i=0, on=False).ok, "a heart can always be taken back"


def test_x4_two_hundred_hearts_each() -> None:
    people = [f"p{n}" for n in range(41)]
    room = Stage("prompt", people, guard=False)
    for n in range(201):
        room.act(people[n // 5], "add", title="x")
    for n in range(200):
        assert room.act("p0", "heart", i=n).ok
    assert room.act("p0", "heart", i=200).facts == {"max": 200}
    room.act("p0", "heart", i=3, on=False)
    assert room.act("p0", "heart", i=200).ok


def test_x5_a_host_starts_one_for_everybody() -> None:
    room = stage(("bo", "One"), ("cy", "Two"))
    assert room.act("bo", "play", i=0).code == "host_only"
    room.wait(12_345)
    assert room.act("ana", "play", i=1).ok
    assert room.sees("bo")["room"]["now"] == {"i": 1, "at": room.now + 1500}
    assert room.act("bo", "stop").code == "host_only"
    assert room.act("ana", "stop").ok
    assert room.act("ana", "stop").kind == "noop"
    assert room.sees("bo")["room"]["now"] is None
    assert room.act("ana", "play", i=2).code == "no_entry"


def test_x5_what_leaves_the_list_stops_playing() -> None:
    room = stage(("bo", "One"), ("cy", "Two"))
    room.act("ana", "play", i=0)
    room.act("cy", "withdraw", i=1)
    assert room.state["room"]["now"]["i"] == 0
    room.act("bo", "withdraw", i=0)
    assert room.state["room"]["now"] is None
    assert room.act("ana", "play", i=0).code == "no_entry"
    room.act("bo", "restore", i=0)
    room.act("ana", "play", i=0)
    room.act("ana", "hide", i=0)
    assert room.state["room"]["now"] is None
    assert room.act("ana", "play", i=0).code == "no_entry"


def test_x6_a_host_hides_one_and_its_author_cannot_bring_it_back() -> None:
    room = stage(("bo", "One"))
    assert room.act("bo", "hide", i=0).code == "host_only"
    assert room.act("ana", "hide", i=0).ok
    assert room.act("ana", "hide", i=0).kind == "noop"
    assert room.act("bo", "restore", i=0).kind == "noop"
    assert room.state["room"]["entries"][0]["hidden"] is True
    assert room.harvest() == []
    assert room.act("ana", "hide", i=0, on=False).ok
    assert room.act("ana", "hide", i=0, on=False).kind == "noop"
    assert room.act("ana", "hide", i=9).code == "no_entry"
    assert "hidden" not in room.state["room"]["entries"][0]


def test_x6_passing_leaves_no_mark() -> None:
    room = stage(("bo", "One"))
    before = dump(room.state)
    assert room.act("cy", "pass_").kind == "noop"
    assert dump(room.state) == before


def test_x7_erase_takes_songs_and_hearts_and_keeps_the_others_places() -> None:
    room = stage(("bo", "One"), ("cy", "Two"), ("bo", "Three"))
    for who, i in (("bo", 1), ("cy", 1), ("cy", 0)):
        room.act(who, "heart", i=i)
    room.act("ana", "play", i=2)
    room.erase("bo")
    assert titles(room) == ["Two"]
    assert room.state["room"]["entries"][1]["title"] == "Two"
    assert room.state["room"]["hearts"] == [1, 1, 0]
    assert room.state["room"]["now"] is None
    assert not any(word in dump(room.state) for word in ("bo", "One", "Three"))
    assert room.act("ana", "hide", i=0, on=False).code == "no_entry"
    room.erase("cy")
    assert room.state["room"]["hearts"] == [0, 0, 0]


def test_x7_the_harvest_is_a_list_without_names() -> None:
    room = stage(("bo", "One"), ("cy", "Two"), ("bo", "Three"))
    assert Stage("prompt").harvest() == []
    room.act("bo", "edit", i=0, title="=One", who="Ella")
    room.act("cy", "withdraw", i=1)
    (lines,) = room.harvest()
    assert isinstance(lines, Lines)
    assert lines.lines == ["=One – Ella", "Three"]
    room.act("cy", "add", title="Four")
    (lines,) = room.harvest(["cy"])  # who allowed it, and nobody else
    assert isinstance(lines, Lines)
    assert lines.lines == ["=One – Ella", "Three", "Four (Cy)"]


def test_x7_a_song_sent_late_still_counts() -> None:
    after = {name for name, action in stage().activity.actions.items() if action.after}
    assert after == {"add"}
