"""Canvas: sheets, tiles, doors, creatures, maps. Rows: tests/RULES.md."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.canvas import allies, doors, gallery, late, own, parts, sheets, ties
from activities.canvas.jam import MODES, SHEETS, jam
from activities.canvas.paper import MARKS, VISIBLE
from server import kit
from server.kit import stroke
from server.kit.stroke import Point
from tests.laws import laws
from tests.laws.script import Writer
from tests.party import Party
from tests.room.book import Book
from tests.room.book import jam as jam_of
from tests.stage import Stage

LINE = "AoGoGUJ"
FULL = "AgBA" + "AA" * 1748
CROWD = [f"p{i:02d}" for i in range(85)]


def sheet(mode: str = "own", people: Any = ("ana", "bo", "cy"), **options: Any) -> Stage:
    return Stage("canvas", people, mode=mode, **options)


def drew(stage: Stage, who: str, ink: int = 1, points: str = LINE) -> None:
    assert stage.act(who, "draw", ink=ink, width=1, points=points).ok


# --- all modes


@pytest.mark.parametrize("mode", MODES)
def test_cm1_laws_hold_in_every_mode(mode: str) -> None:
    """CM1: whatever people do in a mode, the laws of every kind hold, restarts and erase too."""
    for seed in range(15):
        writer = Writer(Random(seed), jam)
        given_ = {**laws.clean(jam, writer.options()), "mode": mode}
        given_["ask"] = seed % 3 == 0
        watch = laws.Watch(jam, given_)
        for step in writer.script(40):
            watch.step(step)
        watch.harvest()
        watch.erase("idbo")
        assert not watch.stage.faults


@pytest.mark.parametrize("mode", MODES)
def test_cm1_actions_of_another_mode_are_refused(mode: str) -> None:
    """CM1: what belongs to another mode is refused and does nothing."""
    paper = {"mark", "undo", "redo", "hide", "clear", "unclear", "lock"}
    mine = {
        "shared": paper,
        "doors": paper | {"enter", "visit"},
        "map": {"place", "change", "move", "drop", "tie", "untie", "cover"},
    }.get(mode, {"draw", "rub", "caption", "pass_", "done", "show", "longer", "due"})
    stage = sheet(mode)
    writer = Writer(Random(1), jam, hostile=False)
    for name in jam.actions:
        if name in mine | {"sit", "come", "begin", "pass_on"}:
            continue
        was = stage.state
        outcome = stage.act("ana", name, **writer.args(name))
        assert (outcome.kind, outcome.code) == ("refused", "not_now") or (
            outcome.kind == "refused" and outcome.code == "no_action"
        ), (name, outcome)
        assert stage.state == was


def test_cm1_rooms_of_before_have_one_paper() -> None:
    """CM1: without the option a canvas is what it was, with the same state."""
    assert Stage("canvas").state["room"] == {"marks": [], "hidden": {}, "clear": 0, "lock": False}
    ctx = Stage("canvas")._ctx("ana", "member")
    ctx.options = {"cursors": True, "lock": True}
    assert kit.start(jam, ctx).state["room"]["lock"] is True


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("many", [2, 7, 30])
def test_cm2_people_play_every_mode(mode: str, many: int) -> None:
    """CM2: people who play a mode get to what is kept of it, hardly anybody refused."""
    party = Party("canvas", many, seed=many, mode=mode, signs=140, years=True, hearts=True)
    party.play(rounds=14)
    assert party.close(), mode
    done = sum(count for (_, kind), count in party.outcomes.items() if kind == "ok")
    assert len(party.refused) * 10 <= done, party.refused


# --- strings of points


def test_cm3_points_are_read_and_written() -> None:
    """CM3: what is written is read again, rounded; cut strings are strings."""
    spots = [Point(0, 0), Point(9_000, 7_498), Point(10, 10, True), Point(4_000, 7_200)]
    assert stroke.read(stroke.write(spots)) == spots
    assert stroke.write([]) == ""
    assert stroke.count(stroke.write(spots, 3)) == 4
    low = stroke.below(stroke.write(spots), 7_000)
    assert stroke.read(low) == [Point(9_000, 7_498), Point(4_000, 7_200, True)]
    assert stroke.below(stroke.write(spots[:1]), 7_000) == ""


@given(
    st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 7_499), st.booleans()), min_size=1),
    st.integers(0, 5),
    st.integers(0, 7_499),
)
def test_cm3_a_cut_holds_nothing_from_above(spots: Any, shift: int, edge: int) -> None:
    """CM3: of a stroke only what lies below the edge is passed on, and it can be read."""
    text = stroke.write((Point(*spot) for spot in spots), shift)
    cut = stroke.below(text, edge)
    there = [spot for spot in stroke.read(text) if spot.y >= edge]
    if not there:
        assert cut == ""
        return
    assert stroke.good(cut)
    assert [spot[:2] for spot in stroke.read(cut)] == [spot[:2] for spot in there]


def test_cm3_what_is_no_string_is_not_good() -> None:
    """CM3: no string breaks the check."""
    for bad in ("", "A", "AA", "?", "AAA.", "é"):
        assert not stroke.good(bad)
    assert stroke.good("AAA")


# --- private sheets


@pytest.mark.parametrize("mode", ["own", "blind", "squiggle", "tiles"])
def test_cm4_nobody_sees_a_sheet_before_it_is_shown(mode: str) -> None:
    """CM4: strokes and words stay with their maker until a host shows all; then in chance order."""
    stage = sheet(mode, signs=140)
    drew(stage, "bo", 7)
    assert stage.act("bo", "caption", text="a warm bench").ok
    assert stage.sees("bo")["own"]["bo"]["marks"] == [[7, 1, 0, LINE]]
    for who in ("ana", "cy"):
        assert LINE not in stage.bytes_of(who)
        assert "bench" not in stage.bytes_of(who)
    assert stage.sees("cy")["room"]["count"] == 1
    assert stage.act("cy", "show").code == "host_only"
    assert stage.act("ana", "show").ok
    piece = stage.sees("cy")["room"]["gallery"][0]
    assert (piece["marks"], piece["text"]) == ([[7, 1, 0, LINE]], "a warm bench")
    assert "bo" not in json.dumps(stage.state["room"])
    assert stage.state["own"] == {}
    assert stage.forgotten == 1


def test_cm4_order_of_the_wall_is_chance() -> None:
    """CM4: neither who came first nor who is called what decides where a sheet hangs."""
    orders = set()
    for seed in range(12):
        stage = Stage("canvas", ("ana", "bo", "cy"), seed=bytes([seed]) * 32, mode="own")
        for ink, who in enumerate(("ana", "bo", "cy")):
            drew(stage, who, ink)
        stage.act("ana", "show")
        orders.add(tuple(one["marks"][0][0] for one in stage.state["room"]["gallery"]))
    assert len(orders) > 3


def test_cm4_a_name_needs_host_and_person() -> None:
    """CM4: a name stands there only where the card has it and the person ticked it."""
    for host, person in ((True, True), (True, False), (False, True)):
        stage = sheet(named=host, signs=20)
        drew(stage, "bo")
        stage.act("bo", "caption", text="x", named=person)
        stage.act("ana", "show")
        assert stage.state["room"]["gallery"][0].get("name") == ("Bo" if host and person else None)


def test_cm4_a_signed_sheet_stays_its_owners_whatever_they_are_called() -> None:
    """CM4: Bo signs and takes another name, Cy takes Bo's: only Bo can take the sheet down, and a
    copy says Bo's name of now; on what is unsigned nothing says whose it is."""
    stage = sheet(named=True, signs=20)
    for who in ("bo", "cy"):
        drew(stage, who)
        stage.act(who, "caption", text=f"by {who}", named=who == "bo")
    stage.act("ana", "show")
    gallery = stage.state["room"]["gallery"]
    assert sorted(one.get("by", "") for one in gallery) == ["", "bo"]
    stage.people["bo"]["name"], stage.people["cy"]["name"] = "Fox", "Bo"
    for named, told in ((["cy"], False), (["bo"], True)):
        kept = "".join(one.markdown(str) for one in stage.harvest(named=named))
        assert ("Fox" in kept) is told and "Bo" not in kept
    stage._hook("erase", "cy")
    assert stage.state["room"]["count"] == 2
    stage._hook("erase", "bo")
    assert stage.state["room"]["count"] == 1 and "Bo" not in repr(stage.state["room"])


def test_cm5_a_sheet_has_its_limits() -> None:
    """CM5: 300 marks, and the bytes of its share; taking back makes room again."""
    stage = sheet()
    for _ in range(own.MARKS):
        drew(stage, "bo", points="AAA")
    assert stage.act("bo", "draw", ink=1, width=1, points="AAA").code == "sheet_full"
    assert stage.act("bo", "rub").ok
    drew(stage, "bo", points="AAA")
    stage = sheet()
    fits = own.BYTES // stroke.weight([1, 1, 0, FULL])
    for _ in range(fits):
        drew(stage, "bo", points=FULL)
    assert stage.act("bo", "draw", ink=1, width=1, points=FULL).code == "sheet_full"


def test_cm5_a_crowd_shares_one_wall() -> None:
    """CM5: 85 people with full sheets: what is shown stays within a megabyte."""
    stage = Stage("canvas", CROWD, guard=False, mode="own")
    for who in CROWD:
        while stage.act(who, "draw", ink=1, width=1, points=FULL).ok:
            pass
    stage.act("p00", "show")
    wall = stage.state["room"]["gallery"]
    assert len(wall) == 85
    assert all(piece["marks"] for piece in wall)
    assert len(json.dumps(wall)) <= own.WALL + 85 * 64


def test_cm5_words_and_years() -> None:
    """CM5: as many signs as the card gives, and one more is refused; a year only where asked."""
    stage = sheet(signs=140, years=True)
    assert stage.act("bo", "caption", text="x" * 140, year=200).ok
    assert stage.act("bo", "caption", text="x" * 141).code == "too_long"
    assert stage.act("bo", "caption", text="x", year=201).code == "not_a_number"
    assert stage.state["room"]["count"] == 1
    stage.act("ana", "show")
    assert stage.state["room"]["gallery"] == [{"marks": [], "text": "x" * 140, "year": 200}]
    less = sheet(signs=10)
    assert less.act("bo", "caption", text="x" * 11).code == "too_long"
    assert less.act("bo", "caption", text="x", year=5).ok
    assert "year" not in less.state["own"]["bo"]["note"]


def test_cm6_passing_leaves_no_mark() -> None:
    """CM6: after a pass, and after taking all back, the room is as if nothing had been."""
    stage = sheet(signs=140)
    was = stage.state["room"]
    for undo in ("pass_", "rub"):
        drew(stage, "bo")
        assert stage.state["room"]["count"] == 1
        stage.act("bo", undo)
        assert stage.state["room"] == was
    stage.act("bo", "pass_")
    stage.act("ana", "show")
    assert stage.state["room"]["gallery"] == []
    assert stage.harvest() == []


def test_cm7_late_pieces_hang_beside_the_others() -> None:
    """CM7: after the show one piece each, whole; also when the activity has closed."""
    stage = sheet(signs=20, hearts=True)
    drew(stage, "bo")
    stage.act("ana", "show")
    assert stage.act("cy", "draw", ink=1, width=1, points=LINE).code == "not_now"
    assert stage.act("cy", "add").code == "too_short"
    for bad in (
        "1.1.AAA",
        "13.1.0.AAA",
        "1.4.0.AAA",
        "1.1.14.AAA",
        "1.1.0.A",
        "x.1.0.AAA",
        "-1.1.0.AAA",
    ):
        assert stage.act("cy", "add", marks=[bad]).code == "bad_points", bad
    assert stage.act("cy", "add", marks=["3.1.0." + LINE], text="late").ok
    assert stage.state["room"]["gallery"][1] == {"marks": [[3, 1, 0, LINE]], "text": "late"}
    assert stage.state["room"]["count"] == 2
    assert stage.state["room"]["hearts"] == [0, 0]
    assert stage.act("cy", "add", marks=["3.1.0.AAA"]).code == "hung"
    assert stage.act("cy", "withdraw").ok
    assert stage.state["room"]["gallery"][1] == gallery.GONE
    assert stage.act("cy", "add", marks=["3.1.0.AAA"]).ok
    assert jam.actions["add"].after


def test_cm7_a_late_piece_and_the_wall_have_limits() -> None:
    """CM7: marks and bytes of a late piece, pieces of a wall: at the limit, and one above."""
    stage = sheet()
    stage.act("ana", "show")
    marks = ["1.1.0.AAA"] * late.LATE
    assert stage.act("bo", "add", marks=[*marks, "1.1.0.AAA"]).code == "not_a_list"
    assert stage.act("bo", "add", marks=marks).ok
    heavy = ["1.1.0." + FULL] * (late.LATE_BYTES // stroke.weight([1, 1, 0, FULL]))
    assert stage.act("cy", "add", marks=[*heavy, heavy[0]]).code == "sheet_full"
    assert stage.act("cy", "add", marks=heavy).ok
    full = sheet()
    full.act("ana", "show")
    room = {**full.state["room"], "gallery": [{"marks": [[1, 1, 0, "AAA"]]}] * (gallery.PIECES - 1)}
    full.state = {**full.state, "room": room}
    for who in full.trees:
        full._snap(who)
    assert full.act("bo", "add", marks=["1.1.0.AAA"]).ok
    assert full.act("cy", "add", marks=["1.1.0.AAA"]).code == "gallery_full"


def test_cm8_hosts_tidy_and_people_give_hearts() -> None:
    """CM8: a host takes a piece off and puts it back; a heart is one each and can be taken back."""
    stage = sheet(hearts=True, signs=20)
    drew(stage, "bo")
    drew(stage, "cy", 3)
    stage.act("bo", "caption", text="mine")
    stage.act("ana", "show")
    assert stage.act("bo", "heart", i=0).ok
    assert stage.act("bo", "heart", i=0).kind == "noop"
    assert stage.state["room"]["hearts"][0] == 1
    assert stage.act("bo", "aside", i=0).code == "host_only"
    assert stage.act("ana", "aside", i=0).ok
    assert stage.act("cy", "heart", i=0).code == "no_piece"
    assert len(gallery.standing(stage.state["room"])) == 1  # type: ignore[arg-type]
    assert stage.act("ana", "aside", i=0, on=False).ok
    assert stage.act("ana", "aside", i=2).code == "no_piece"
    assert stage.act("bo", "heart", i=0, on=False).ok
    assert stage.state["room"]["hearts"] == [0, 0]
    assert sheet().act("bo", "heart", i=0).code == "not_now"


def test_cm9_the_clock_tells_and_shows_only_where_asked() -> None:
    """CM9: a round's clock closes nothing; with `auto` it shows all at its end."""
    stage = sheet(seconds=90)
    drew(stage, "bo")
    assert stage.state["room"]["clock"]["ms"] == 90_000
    stage.wait(200_000)
    assert stage.state["room"]["phase"] == "collect"
    drew(stage, "bo")
    auto = sheet(seconds=90, auto=True)
    drew(auto, "bo")
    auto.wait(60_000)
    assert auto.act("ana", "longer").ok
    auto.wait(92_000)
    assert auto.state["room"]["phase"] == "collect"
    auto.wait(2_000)
    assert auto.state["room"]["phase"] == "shown"
    assert auto.state["room"]["clock"] is None
    assert sheet().act("ana", "longer").kind == "noop"


def test_cm9_all_ready_means_shown_where_asked() -> None:
    """CM9: with `auto` the last "ready" of those who are here shows all; by the clock's hand."""
    stage = sheet(auto=True)
    for who in ("ana", "bo", "cy"):
        drew(stage, who)
    stage.away("cy")
    stage.act("ana", "done")
    stage.wait(10)
    assert stage.state["room"]["phase"] == "collect"
    stage.act("bo", "done")
    assert stage.state["room"]["phase"] == "collect"
    stage.wait(1)
    assert stage.state["room"]["phase"] == "shown"
    assert len(stage.state["room"]["gallery"]) == 3
    calm = sheet()
    for who in ("ana", "bo", "cy"):
        calm.act(who, "done")
    calm.wait(10)
    assert calm.state["room"]["phase"] == "collect"


def test_cm10_one_squiggle_for_all_and_tiles_that_meet() -> None:
    """CM10: the squiggle is drawn by chance, each tile keeps its motif on the wall."""
    found = {
        Stage("canvas", seed=bytes([i]) * 32, mode="squiggle").state["room"]["under"]
        for i in range(40)
    }
    assert found == {*range(sheets.SQUIGGLES)}
    stage = sheet("tiles")
    stage.join("di")
    motifs = {who: stage.state["own"][who]["tile"] for who in ("ana", "bo", "cy", "di")}
    drew(stage, "di", 9)
    stage.act("ana", "show")
    assert stage.state["room"]["gallery"] == [{"marks": [[9, 1, 0, LINE]], "tile": motifs["di"]}]


def test_cm10_a_mural_is_whole_when_its_time_is_over() -> None:
    """CM10: tiles hang together at the end also where nobody tapped; other sheets never do."""
    for mode in SHEETS:
        stage = sheet(mode, ask=False)
        drew(stage, "bo")
        stage._hook("close", "ana")
        assert bool(stage.state["room"]["gallery"]) is (mode == "tiles")


def test_cm11_erase_takes_what_can_be_found() -> None:
    """CM11: an unshown sheet goes and is not counted; signed and late ones go, hearts come back."""
    stage = sheet(named=True, signs=20, hearts=True)
    drew(stage, "bo")
    drew(stage, "cy")
    stage.act("cy", "caption", text="x", named=True)
    stage.erase("bo")
    assert stage.state["room"]["count"] == 1
    stage.act("ana", "show")
    stage.act("cy", "heart", i=0)
    stage.erase("cy")
    assert stage.state["room"]["gallery"] == [gallery.GONE]
    assert stage.state["room"]["hearts"] == [0]
    assert stage.state["room"]["count"] == 0


# --- creatures


def test_cm12_threes_and_pairs_come_out_even() -> None:
    """CM12: everybody has a part, in threes, and in pairs where threes do not come out even."""
    for many in range(101):
        sizes = parts.sizes(many)
        assert sum(sizes) == many
        assert set(sizes) <= {1, 2, 3}
        assert 1 not in sizes or many == 1
        assert sizes.count(2) <= 2


@settings(max_examples=80)
@given(
    many=st.integers(1, 20),
    out=st.sets(st.integers(0, 19)),
    away=st.sets(st.integers(0, 19)),
    seed=st.binary(min_size=32, max_size=32),
)
def test_cm12_who_taps_not_this_one_is_in_no_creature(
    many: int, out: set[int], away: set[int], seed: bytes
) -> None:
    """CM12: whoever sat out or is away is put together with nobody, and nobody can see who."""
    people = [f"p{i}" for i in range(many)]
    stage = Stage("canvas", people, seed=seed, mode="parts")
    for i, who in enumerate(people):
        if i in out:
            stage.act(who, "sit")
        if i in away:
            stage.away(who)
    was = stage.state["room"]
    assert was == {"phase": "gather", "count": 0, "gallery": []}
    stage.act("p0", "begin")
    teams = stage.state["vault"]["teams"]
    seated = sorted(who for team in teams for who in team)
    assert seated == sorted(who for i, who in enumerate(people) if i not in out and i not in away)
    assert stage.state["room"] == {**was, "phase": "collect"}
    for i, who in enumerate(people):
        alone = dict(stage.sees(who)["own"].get(who, {}).items())
        assert set(alone) == ({"out"} if i in out else set() if i in away else {"part"})


def creature(*people: str, **options: Any) -> Stage:
    """A room whose people sit in one creature, in a known order."""
    return sheet("parts", people, ask=False, **options)


def test_cm13_only_the_join_is_seen() -> None:
    """CM13: of the part above the next one sees what goes over its edge, by the clock's hand."""
    stage = creature("ana", "bo", "cy")
    high = stroke.write([Point(100, 100), Point(5_000, 3_000)])
    over = stroke.write([Point(4_000, 3_000), Point(4_000, 7_100), Point(4_200, 7_400)])
    drew(stage, "ana", 2, high)
    drew(stage, "ana", 3, over)
    assert "join" not in stage.state["own"]["bo"]
    stage.wait(parts.BEAT)
    seen = stage.state["own"]["bo"]["join"]
    assert [(mark[0], stroke.read(mark[3])) for mark in seen] == [
        (3, [Point(4_000, 7_100, False), Point(4_200, 7_400, False)])
    ]
    assert "join" not in stage.state["own"]["cy"]
    assert high not in stage.bytes_of("bo")
    stage.act("ana", "rub")
    stage.wait(parts.BEAT)
    assert stage.state["own"]["bo"]["join"] == []


def test_cm13_a_join_is_bounded() -> None:
    """CM13: a join holds the last sixty ends."""
    stage = creature("ana", "bo")
    for at in range(parts.JOIN + 1):
        drew(stage, "ana", at % 12, stroke.write([Point(at, 7_400)]))
    stage.wait(parts.BEAT)
    join = stage.state["own"]["bo"]["join"]
    assert len(join) == parts.JOIN
    assert join[-1][0] == parts.JOIN % 12


def test_cm14_creatures_walk_without_names() -> None:
    """CM14: at the show each creature has its parts from the top down, and nobody's name."""
    stage = creature("ana", "bo", "cy", "di")
    for ink, who in enumerate(("ana", "bo", "cy", "di")):
        drew(stage, who, ink)
    assert stage.state["room"]["count"] == 4
    stage.act("ana", "show")
    made = sorted(
        [[part[0][0] for part in piece["parts"]] for piece in stage.state["room"]["gallery"]]
    )
    assert made == [[0, 1, 2], [3]]
    assert not any(who in json.dumps(stage.state["room"]) for who in ("ana", "bo", "cy", "di"))
    assert stage.act("bo", "add", marks=["1.1.0.AAA"]).code == "not_now"


def test_cm14_latecomers_fill_what_is_free() -> None:
    """CM14: a free part first, then a third for two, then a new creature; each taps to come."""
    stage = sheet("parts", ["ana", "bo", "cy", "di", "ed"])
    stage.act("ana", "begin")
    assert sorted(map(len, stage.state["vault"]["teams"])) == [2, 3]
    stage.join("fay")
    assert stage.act("fay", "draw", ink=1, width=1, points=LINE).code == "not_now"
    stage.act("fay", "come")
    assert sorted(map(len, stage.state["vault"]["teams"])) == [3, 3]
    lost = stage.state["vault"]["teams"][0][0]
    drawn = stage.state["vault"]["teams"][0][1]
    drew(stage, drawn)
    stage.away(lost)
    stage.away(drawn)
    stage.join("gil")
    stage.act("gil", "come")
    assert stage.state["vault"]["teams"][0][:2] == ["gil", drawn]
    assert "part" not in stage.state["own"].get(lost, {})
    stage.back(lost)
    stage.act(lost, "come")
    assert stage.state["vault"]["teams"][2] == [lost]
    assert stage.act(lost, "come").kind == "noop"


def test_cm14_sitting_out_later_and_erase_free_the_part() -> None:
    """CM14: who goes leaves a free part; their edge is seen no more, their sheet stays theirs."""
    stage = creature("ana", "bo", "cy")
    drew(stage, "ana", 1, stroke.write([Point(5_000, 7_400)]))
    stage.wait(parts.BEAT)
    assert stage.state["own"]["bo"]["join"]
    stage.act("ana", "sit")
    assert stage.state["vault"]["teams"] == [["", "bo", "cy"]]
    assert stage.state["own"]["bo"]["join"] == []
    assert stage.state["room"]["count"] == 0
    drew(stage, "ana", 2)
    assert stage.state["room"]["count"] == 0
    stage.erase("bo")
    assert stage.state["vault"]["teams"] == [["", "", "cy"]]
    stage.act("ana", "come")
    assert stage.state["own"]["ana"]["part"] == {"at": 0, "of": 3}
    assert stage.state["room"]["count"] == 1
    stage.act("ana", "show")
    assert [len(one["parts"]) for one in stage.state["room"]["gallery"]] == [3]


def test_cm14_who_sits_out_is_in_no_parade() -> None:
    """CM14: a sheet drawn beside the game is shown to nobody."""
    stage = sheet("parts", ["ana", "bo", "cy"])
    stage.act("cy", "sit")
    stage.act("ana", "begin")
    drew(stage, "cy", 11)
    drew(stage, "ana", 1)
    stage.act("ana", "show")
    assert "[11," not in json.dumps(stage.state["room"]["gallery"])
    assert len(stage.state["room"]["gallery"]) == 1


# --- doors


def test_cm15_doors_cover_the_paper() -> None:
    """CM15: up to twelve doors, as many as people where the card says nothing; no gap, no lap."""
    for many in range(2, 13):
        spots: dict[tuple[int, int], int] = {}
        for door in range(many):
            left, top, right, bottom = doors.rect(door, many)
            assert right - left >= 2_400
            assert bottom - top >= 2_400
            for x in range(left, right, 500):
                for y in range(top, bottom, 500):
                    assert spots.setdefault((x, y), door) == door
    assert Stage("canvas", CROWD[:20], mode="doors").state["room"]["doors"] == 12
    assert Stage("canvas", ["ana"], mode="doors").state["room"]["doors"] == 2
    assert Stage("canvas", CROWD[:5], mode="doors").state["room"]["doors"] == 5
    assert Stage("canvas", CROWD[:5], mode="doors", doors=3).state["room"]["doors"] == 3
    stage = Stage("canvas", CROWD[:3], mode="doors")
    stage.join("di")
    assert stage.state["room"]["doors"] == 4
    stage.act("di", "enter", door=3)
    stage.act("di", "mark", **at(9_000, 7_000))
    stage.join("ed")
    assert stage.state["room"]["doors"] == 4


def at(x: int, y: int) -> dict[str, Any]:
    return {"group": 1, "ink": 1, "width": 1, "points": stroke.write([Point(x, y)])}


def test_cm15_each_draws_at_their_door() -> None:
    """CM15: without a door nobody draws; at a door, only there; several may share one."""
    stage = sheet("doors", doors=4)
    assert stage.act("bo", "mark", **at(100, 100)).code == "no_door"
    assert stage.act("bo", "enter", door=4).code == "no_door"
    assert stage.act("bo", "enter", door=0).ok
    assert stage.act("cy", "enter", door=0).ok
    assert stage.act("bo", "mark", **at(4_998, 3_748)).ok
    assert stage.act("bo", "mark", **at(5_000, 3_000)).code == "no_door"
    assert stage.act("cy", "mark", **at(100, 100)).ok
    assert stage.act("bo", "enter", door=3).ok
    assert stage.act("bo", "mark", **at(5_000, 3_750)).ok
    assert stage.act("bo", "undo").ok
    assert stage.state["room"]["place"] == {"bo": 3, "cy": 0}
    stage.erase("bo")
    assert stage.state["room"]["place"] == {"cy": 0}


def test_cm15_a_host_leads_the_tour() -> None:
    """CM15: the host leads everybody to a door and ends the tour; others do not."""
    stage = sheet("doors", doors=4)
    assert stage.act("bo", "visit", door=1).code == "host_only"
    assert stage.act("ana", "visit", door=4).code == "no_door"
    assert stage.act("ana", "visit", door=3).ok
    assert stage.sees("cy")["room"]["tour"] == 3
    assert stage.act("ana", "visit", door=-1).ok


def test_cm15_places_are_bounded() -> None:
    """CM15: who has left makes room for others at the doors."""
    stage = sheet("doors", doors=4)
    place = {f"x{i}": 0 for i in range(doors.PLACES)}
    stage.state = {**stage.state, "room": {**stage.state["room"], "place": place}}
    for who in stage.trees:
        stage._snap(who)
    assert stage.act("bo", "enter", door=2).ok
    assert stage.state["room"]["place"] == {"bo": 2}


# --- the map


def bubble(stage: Stage, who: str, name: str = "Choir", **more: Any) -> Any:
    return stage.act(who, "place", **{"name": name, "x": 100, "y": 200, **more})


def test_cm16_bubbles_are_ones_own() -> None:
    """CM16: only who placed a bubble renames, moves or takes it away; its lines go with it."""
    stage = sheet("map")
    assert bubble(stage, "bo", hue=2, size=0).ok
    assert bubble(stage, "cy", "Library").ok
    assert stage.act("cy", "tie", a=1, b=0, kind=1).ok
    assert stage.state["room"]["lines"] == [{"by": "cy", "a": 0, "b": 1, "kind": 1, "on": True}]
    for name, args in (
        ("change", {"name": "X"}),
        ("move", {"x": 1, "y": 1}),
        ("drop", {}),
    ):
        assert stage.act("cy", name, i=0, **args).code == "not_mine"
        assert stage.act("bo", name, i=7, **args).code == "no_bubble"
    assert stage.act("bo", "change", i=0, name="Street choir").ok
    assert stage.act("bo", "move", i=0, x=9_999, y=7_499).ok
    assert stage.act("bo", "untie", i=0).code == "not_mine"
    assert stage.act("bo", "drop", i=0).ok
    assert stage.state["room"]["lines"][0]["on"] is False
    assert stage.act("cy", "tie", a=0, b=1, kind=1).code == "no_bubble"
    assert bubble(stage, "bo", "Again").ok
    assert [one["name"] for one in stage.state["room"]["bubbles"]] == ["Again", "Library"]


def test_cm16_lines_have_a_kind_and_lead_somewhere() -> None:
    """CM16: a line changes its kind by being drawn again; none leads to itself or to nothing."""
    stage = sheet("map")
    bubble(stage, "bo")
    bubble(stage, "bo", "Other")
    assert stage.act("cy", "tie", a=0, b=0, kind=0).code == "no_bubble"
    assert stage.act("cy", "tie", a=0, b=2, kind=0).code == "no_bubble"
    assert stage.act("cy", "tie", a=0, b=1, kind=0).ok
    assert stage.act("cy", "tie", a=1, b=0, kind=2).ok
    assert stage.act("bo", "tie", a=1, b=0, kind=2).ok
    assert [line["kind"] for line in stage.state["room"]["lines"]] == [2, 2]
    assert stage.act("cy", "untie", i=0).ok
    assert stage.act("cy", "untie", i=0).code == "no_bubble"


def test_cm16_the_map_has_limits() -> None:
    """CM16: bubbles and lines of one person and of all, at the limit and one above."""
    stage = Stage("canvas", CROWD[:10], guard=False, mode="map")
    for who in CROWD[:6]:
        for _ in range(allies.EACH):
            assert bubble(stage, who).ok
        assert bubble(stage, who).code == "enough"
    assert len(stage.state["room"]["bubbles"]) == allies.BUBBLES
    assert bubble(stage, CROWD[7]).code == "map_full"
    for who in CROWD[:6]:
        for other in range(1, ties.LINES_EACH + 1):
            assert stage.act(who, "tie", a=0, b=other, kind=0).ok
        assert stage.act(who, "tie", a=1, b=2, kind=0).code == "enough"
    assert stage.act(CROWD[8], "tie", a=1, b=2, kind=0).code == "map_full"
    assert bubble(stage, CROWD[0], name="x" * 41).code == "too_long"


def test_cm16_what_is_kept_has_no_names() -> None:
    """CM16: a host covers a bubble; numbers stand for names in what is kept."""
    stage = sheet("map")
    bubble(stage, "bo", "Secret friends", hue=2)
    bubble(stage, "bo", "Open door")
    bubble(stage, "cy", "Third")
    stage.act("bo", "tie", a=0, b=1, kind=2)
    stage.act("bo", "tie", a=1, b=2, kind=0)
    assert stage.act("ana", "cover", i=2).ok
    kept = "".join(piece.markdown() for piece in stage.harvest(stage.people))
    assert "Secret" not in kept
    assert "Open" not in kept
    assert "1" in kept
    assert "tension" in kept
    assert "works" not in kept
    assert stage.act("ana", "cover", i=2, on=False).ok
    assert stage.act("ana", "cover", i=9).code == "no_bubble"


def test_cm16_erase_takes_bubbles_and_all_that_led_there() -> None:
    """CM16: nothing of a person is left on the map, and the others keep their places."""
    stage = sheet("map")
    bubble(stage, "bo")
    bubble(stage, "cy", "Stays")
    stage.act("cy", "tie", a=0, b=1, kind=0)
    stage.act("bo", "tie", a=0, b=1, kind=0)
    stage.erase("bo")
    assert stage.state["room"]["bubbles"][0] == allies.GONE
    assert stage.state["room"]["bubbles"][1]["name"] == "Stays"
    assert not any(line["on"] for line in stage.state["room"]["lines"])


def test_cm1_figures() -> None:
    """CM1: the paper of all keeps its limits."""
    assert (VISIBLE, MARKS) == (5_000, 20_000)


# --- in a whole room: closed, undone and put back, inside a team


def room(*members: str, **options: Any) -> Book:
    book = jam_of(*members)
    book.ok("ana", "open", kind="canvas", options=options)
    return book


def test_cm10_next_makes_the_mural_whole() -> None:
    """CM10: when a host goes on without showing them, the tiles hang together in what is kept."""
    book = room("bo", "cy", mode="tiles")
    book.ok("bo", "canvas.draw", ink=1, width=1, points=LINE)
    book.ok("ana", "open", kind="prompt")
    was = book.state["past"]["1"]
    assert [piece["marks"] for piece in was["room"]["gallery"]] == [[[1, 1, 0, LINE]]]
    assert "bo" not in json.dumps(was)


def test_cm7_a_piece_under_way_when_the_card_closed_still_hangs() -> None:
    """CM7: within ten seconds a late piece hangs on the wall that has just closed."""
    book = room("bo", "cy", mode="own")
    book.ok("bo", "canvas.draw", ink=1, width=1, points=LINE)
    book.ok("ana", "canvas.show")
    book.ok("ana", "open", kind="prompt")
    book.ok("cy", "canvas.add", 1, marks=["1.1.0.AAA"], text="", year=0, named=False, tile=0)
    assert len(book.state["past"]["1"]["room"]["gallery"]) == 2


@pytest.mark.parametrize("mode", ["own", "parts", "doors", "map"])
def test_cm11_undone_and_put_back_is_as_if_nothing_had_been(mode: str) -> None:
    """CM11: a host undoes all of somebody in any mode, and has it back at once."""
    book = room("bo", "cy", mode=mode, ask=False, signs=20)
    for who in ("bo", "cy"):
        if mode == "map":
            book.ok(who, "canvas.place", name=f"of {who}", hue=0, size=1, x=5, y=5)
        elif mode == "doors":
            book.ok(who, "canvas.enter", door=0)
            book.ok(who, "canvas.mark", group=1, ink=1, width=1, shape="free", points="AAA")
        else:
            book.ok(who, "canvas.draw", ink=1, width=1, shape=0, points=LINE)
    was = json.loads(json.dumps([book.state[root] for root in ("room", "own")]))
    book.ok("ana", "undo", who="bo")
    assert '"bo"' not in json.dumps([book.state[root] for root in ("room", "own")])
    book.ok("ana", "redo", who="bo")
    now = json.loads(json.dumps([book.state[root] for root in ("room", "own")]))
    if mode == "parts":
        now[1]["cy"].pop("join", None)
    assert now == was
