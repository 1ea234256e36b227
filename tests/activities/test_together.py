"""TG1-TG11: one chord from everybody's key, songs and echoes by log time, words that stay here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.together import chord as sounding
from activities.together import rules, singing, songs
from tests.laws.laws import dump
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy"]
SONGS = Path(rules.__file__).parent / "songs"
LANGS = ("en", "fr", "es", "pt", "ar")


def stage(form: str = "chord", people: list[str] = PEOPLE, **options: Any) -> Stage:
    return Stage("together", people, host=people[0], form=form, **options)


def sung(form: str = "lyrics", **options: Any) -> Stage:
    room = stage(form, **options)
    assert room.act("ana", "begin", tongue="pt").ok
    return room


def line(room: Stage) -> int:
    """The moment it is."""
    tree = room.state["room"]
    passed = tree["clock"]["ms"] - rules.kit.clock.left(tree, room.now)
    return passed // tree["beat"] if passed >= 0 else -1


def book(lang: str) -> Any:
    return json.loads((SONGS / f"{lang}.json").read_text("utf-8"))


def test_tg1_count_press_and_one_sound_at_one_moment() -> None:
    room = stage()
    assert room.act("bo", "begin").code == "host_only" and room.act("bo", "press").code == "not_now"
    assert room.act("ana", "begin").ok
    at = room.state["room"]["at"]
    assert at == room.now + sounding.LEAD_MS
    room.wait(sounding.LEAD_MS)
    for who in PEOPLE[:2]:
        assert room.act(who, "press").ok
        assert room.act(who, "press").code == "pressed"
    room.wait(sounding.OPEN_MS - 1)
    assert room.state["room"]["chord"] is None
    room.wait(1)
    chord = room.sees("cy")["room"]["chord"]
    assert chord == {"at": at + sounding.OPEN_MS + sounding.SOON_MS, "notes": [2, 4]}
    assert room.state["room"]["phase"] == "done" and room.timers == {}
    assert room.act("cy", "press").ok, "whoever is late joins"
    assert [key[2] for key in room.state["room"]["pressed"]] == [0, 0, 1]
    assert room.state["room"]["chord"]["notes"] == [2, 4]


def test_tg2_a_press_before_its_beat_counts_and_nobody_is_named() -> None:
    room = stage()
    room.act("ana", "begin")
    assert room.act("bo", "press").ok
    assert room.act("ana", "begin").code == "not_now"
    room.wait(60_000)
    assert room.state["room"]["chord"]["notes"] == [4]
    assert not [who for who in PEOPLE if who in dump(room.state["room"])]


def test_tg2_silence_is_a_chord_too_and_it_can_be_played_again() -> None:
    room = stage()
    room.act("ana", "begin")
    room.wait(60_000)
    assert room.state["room"]["chord"]["notes"] == []
    room.act("bo", "press")
    assert room.act("ana", "begin").ok
    assert room.state["room"]["pressed"] == [] and "pressed" not in room.state["own"]["bo"]
    assert room.act("bo", "press").ok and room.state["room"]["pressed"][0][2] == 0
    assert room.act("ana", "end").ok and room.timers == {}
    assert room.state["room"]["chord"] is None


@pytest.mark.parametrize("many", [1, 3, 10, 30])
def test_tg3_keys_go_round_and_the_first_ones_make_a_chord(many: int) -> None:
    people = [f"p{n}" for n in range(many)]
    room = stage(people=people)
    keys = [room.state["own"][who]["key"] for who in people]
    assert keys == [sounding.KEYS[n % 10] for n in range(many)]
    assert sorted(sounding.KEYS) == list(range(10)) and keys[:3] == [2, 4, 5][:many]
    room.away(people[-1])
    room.back(people[-1])
    assert room.state["own"][people[-1]]["key"] == keys[-1]


def test_tg3_the_chord_has_two_hundred_keys_and_no_more() -> None:
    people = [f"p{n}" for n in range(200)]
    room = Stage("together", people, guard=False)
    room.act("p0", "begin")
    for who in people:
        assert room.act(who, "press").ok
    assert all(0 <= ink < 12 for _, ink, _ in room.state["room"]["pressed"])
    room.erase("p7")
    assert room.state["room"]["pressed"][7] == sounding.GONE
    room.join("late")
    assert room.act("late", "press").code == "chord_full"


@pytest.mark.parametrize("form", ["lyrics", "echo"])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("song", [0, 1])
def test_tg4_a_song_goes_line_by_line_to_its_end(form: str, lang: str, song: int) -> None:
    room = stage(form, tongue=lang, song=song)
    assert room.act("ana", "begin").ok
    _, lines, ms = songs.SONGS[lang][song]
    many, beat = (10, songs.ECHO_MS) if form == "echo" else (lines, ms)
    assert line(room) == -1
    room.wait(sounding.LEAD_MS)
    for at in range(many):
        assert line(room) == at
        room.wait(beat - 1)
        assert line(room) == at and room.state["room"]["phase"] == "run"
        room.wait(1)
    assert room.state["room"]["phase"] == "done" and room.timers == {}
    assert room.act("ana", "begin").ok


def test_tg5_the_host_picks_and_else_it_is_a_song_of_the_hosts_tongue() -> None:
    room = sung()
    assert room.state["room"]["song"] == ["pt", 0]
    room = stage("lyrics", tongue="fr")
    assert room.act("bo", "pick", tongue="ar", song=1).code == "host_only"
    assert room.act("ana", "pick", tongue="ar", song=1).ok
    room.act("ana", "begin", tongue="en")
    assert room.state["room"]["song"] == ["ar", 1]
    assert room.act("ana", "pick", tongue="en").code == "not_now", "not in the middle"
    room.act("ana", "end")
    assert room.act("ana", "pick", tongue="de").code == "not_a_choice"
    assert room.act("ana", "pick", tongue="en", song=2).code == "not_a_number"
    for name, args in (("pick", {"tongue": "en"}), ("paste", {"text": "la"}), ("lead", {})):
        assert stage().act("ana", name, **args).code == "not_now"


def test_tg6_faster_and_slower_from_where_one_is() -> None:
    room = sung(tongue="pt")  # eight lines of four seconds
    room.wait(sounding.LEAD_MS + 10_000)
    assert line(room) == 2
    assert room.act("bo", "pace", faster=True).code == "host_only"
    assert room.act("ana", "pace", faster=True).ok
    tree = room.state["room"]
    assert tree["beat"] == 3_333 and line(room) == 2 and tree["clock"]["ms"] == 8 * 3_333
    room.wait(3_333 * 5 + 1_667)
    assert room.state["room"]["phase"] == "done"
    assert room.act("ana", "begin").ok and room.state["room"]["beat"] == 3_333, "the pace stays"
    for _ in range(30):
        room.act("ana", "pace", faster=True)
    assert room.state["room"]["beat"] == singing.FAST_MS
    assert room.act("ana", "pace", faster=True).kind == "noop"
    for _ in range(30):
        room.act("ana", "pace", faster=False)
    assert room.state["room"]["beat"] == singing.SLOW_MS


@given(st.lists(st.one_of(st.booleans(), st.integers(0, 20_000)), max_size=12))
def test_tg6_a_change_of_pace_never_leaves_the_line(moves: list[bool | int]) -> None:
    room = sung(tongue="fr", song=1)
    for move in moves:
        if room.state["room"]["phase"] != "run":
            break
        if isinstance(move, bool):
            before = line(room)
            room.act("ana", "pace", faster=move)
            # Whole ms: a moment at the edge of a line may be one ms off.
            assert abs(line(room) - before) <= 1
            beat, ms = room.state["room"]["beat"], room.state["room"]["clock"]["ms"]
            assert ms == 18 * beat
        else:
            room.wait(move)


def test_tg7_it_stands_runs_on_and_goes_to_a_line() -> None:
    room = sung("echo")
    room.wait(sounding.LEAD_MS + 12_000)
    assert room.act("ana", "pause").ok and room.act("ana", "pause").kind == "noop"
    room.wait(10**7)
    assert line(room) == 2
    assert room.act("ana", "pace", faster=False).ok and line(room) == 2 and room.timers == {}
    assert room.act("ana", "go", to=9).ok and line(room) == 9 and room.timers == {}
    assert room.act("ana", "go", to=10).code == "no_line"
    assert room.act("bo", "pause", on=False).code == "host_only"
    assert room.act("ana", "pause", on=False).ok
    assert room.act("ana", "pause", on=False).kind == "noop"
    room.act("ana", "go", to=0)
    assert line(room) == 0
    assert room.act("ana", "go", to=160).code == "not_a_number"
    assert room.act("ana", "end").ok and room.timers == {}
    for name, args in (("pause", {}), ("go", {"to": 0}), ("pace", {"faster": True})):
        assert room.act("ana", name, **args).code == "not_now"
    chord = stage()
    chord.act("ana", "begin")
    assert chord.act("ana", "go", to=0).code == "no_line"
    assert chord.act("ana", "pace", faster=True).kind == chord.act("ana", "pause").kind == "noop"


def test_tg8_pasted_words_stay_in_the_room() -> None:
    room = stage("lyrics")
    assert room.act("bo", "paste", text="x").code == "host_only"
    assert room.act("ana", "paste", text="\n".join(["la"] * 80)).ok
    refused = room.act("ana", "paste", text="\n".join(["la"] * 81))
    assert refused.code == "many_lines" and refused.facts == {"max": 80}
    assert room.act("ana", "paste", text="x" * 4_001).code == "too_long"
    assert room.act("ana", "paste", text="x" * 4_000).ok
    assert room.act("ana", "paste", text=" One \n\n Two\n").ok
    assert room.sees("bo")["room"]["words"] == ["One", "Two"]
    assert "ana" not in room.bytes_of("bo"), "who pasted is for hosts"
    room.act("ana", "begin", tongue="en")
    assert room.state["room"]["clock"]["ms"] == 2 * songs.LINE_MS
    room.wait(10**6)
    assert room.harvest(PEOPLE) == []
    room.erase("ana")
    assert "One" not in dump(room.state) and "ana" not in dump(room.state)


def test_tg8_a_song_takes_the_place_of_pasted_words() -> None:
    room = stage("echo")
    room.act("ana", "paste", text="Hey\nHo")
    room.act("ana", "begin")
    assert room.state["room"]["clock"]["ms"] == 4 * songs.ECHO_MS, "two moments a line"
    room.act("ana", "end")
    room.act("ana", "pick", tongue="es", song=0)
    assert room.state["room"]["words"] == [] and "by" not in room.state["host"]


def test_tg9_whoever_offers_leads_until_they_stop() -> None:
    room = stage("lyrics")
    assert room.act("bo", "lead").ok and room.act("bo", "lead").kind == "noop"
    assert room.act("cy", "lead").code == "led" and room.act("cy", "lead", on=False).kind == "noop"
    assert room.act("bo", "lead", on=False).ok and room.state["room"]["leader"] == ""
    room.act("cy", "lead")
    assert room.act("ana", "lead", on=False).ok, "a host can free it"
    room.act("cy", "lead")
    room.erase("cy")
    assert room.state["room"]["leader"] == ""


def test_tg10_thirty_hearts_each() -> None:
    room = sung()
    for _ in range(30):
        assert room.act("bo", "heart").ok
    assert room.act("bo", "heart").facts == {"max": 30}
    assert room.act("cy", "heart").ok and room.sees("ana")["room"]["hearts"] == 31
    room.erase("bo")
    assert room.state["room"]["hearts"] == 1
    assert stage().act("bo", "heart").code == "not_now"


@pytest.mark.parametrize("lang", LANGS)
def test_tg11_songs_are_as_the_rules_know_them_and_each_has_a_source(lang: str) -> None:
    found = book(lang)
    known = [(song["id"], len(song["lines"])) for song in found["songs"]]
    assert known == [(name, lines) for name, lines, _ in songs.SONGS[lang]]
    assert len(found["echo"]) == songs.ECHOES == len(set(found["echo"]))
    sources = (SONGS / "SOURCES.md").read_text("utf-8")
    rows = {row.split("|")[1].strip(): row for row in sources.splitlines() if row.startswith("| ")}
    for title in [*(song["title"] for song in found["songs"]), *found["echo"]]:
        free = rows[title].split("|")[4]
        died = [int(year) for year in re.findall(r"died in (\d{4})", free)]
        assert "Traditional" in free or died
        assert all(year < 1950 for year in died)
    lines = [one for song in found["songs"] for one in song["lines"]] + found["echo"]
    assert all(0 < len(one) <= 60 for one in lines)


@pytest.mark.parametrize("form", ["lyrics", "echo"])
def test_vseat13_a_song_is_led_by_one_voice(form: str) -> None:
    room = stage(form)
    assert room.heard() is None
    room.act("ana", "begin")
    assert room.heard() == set(), "from the count on; hosts are heard besides"
    room.act("bo", "lead")
    assert room.heard() == {"bo"}
    room.act("ana", "pause")
    assert room.heard() is None
    room.act("ana", "pause", on=False)
    assert room.heard() == {"bo"}
    room.act("ana", "end")
    assert room.heard() is None


def test_vseat13_a_chord_is_everybodys() -> None:
    room = stage()
    room.act("ana", "begin")
    assert room.heard() is None
    room.wait(20_000)
    assert room.heard() is None
