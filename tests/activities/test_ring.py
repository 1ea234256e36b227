"""RG1-RG18: passing on: steps, people who come and go, limits, the show, thanks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.ring import papers, replay, thanks
from activities.ring.making import MARKS, OWN, TEXT
from activities.ring.passing import AGAIN, LONGEST, MORE
from server.kit import Lines, Picture, Table
from server.web.words import Words
from tests.stage import Stage

FIVE = ["ana", "bo", "cy", "di", "ed"]
STEP = 60_000
STROKE = {"ink": 1, "width": 1, "shape": 0, "points": "AAA"}


def begun(people: list[str] | None = None, **options: Any) -> Stage:
    stage = Stage("ring", people or FIVE, **options)
    assert stage.act("ana", "begin").ok
    return stage


def own(stage: Stage, who: str) -> dict[str, Any]:
    found: dict[str, Any] = stage.sees(who)["own"].get(who, {})
    return found


def job(stage: Stage, who: str) -> dict[str, Any]:
    found: dict[str, Any] = own(stage, who).get("job", {})
    return found


def hands(stage: Stage, who: str, text: str = "") -> str:
    """This person does what lies before them, and hands it in."""
    step = stage.state["room"]["step"]
    if job(stage, who)["do"] == "draw":
        stage.act(who, "stroke", step=step, **STROKE)
    if job(stage, who)["do"] == "pick":
        stage.act(who, "pick", step=step, pics=[1, 2])
    done = stage.act(who, "hand", step=step, text=text or f"{who} {step}")
    return "ok" if done.ok else done.code


def everybody(stage: Stage) -> None:
    for who in sorted(stage.state["vault"]["held"]):
        assert hands(stage, who) == "ok"
    stage.wait(1)


def through(stage: Stage) -> None:
    while stage.state["room"]["phase"] == "pass":
        everybody(stage)


def phase(stage: Stage) -> str:
    return str(stage.state["room"]["phase"])


def test_rg1_everybody_who_wants_to_begins_and_nobody_else() -> None:
    """RG1: not this one is never picked, and no other tree tells it."""
    plain, without = Stage("ring", FIVE), Stage("ring", FIVE)
    without.act("cy", "sit")
    assert [without.sees(who) for who in FIVE if who != "cy"] == [
        plain.sees(who) for who in FIVE if who != "cy"
    ]
    without.act("ana", "begin")
    assert "job" not in own(without, "cy") and own(without, "cy")["out"]
    assert all(job(without, who) == {"do": "write"} for who in FIVE if who != "cy")
    assert "cy" not in json.dumps([without.state["vault"], without.state["room"]])
    assert without.state["room"]["steps"] == 4, "no more steps than people in the ring"


def test_rg1_it_takes_two() -> None:
    """RG1: one person alone has a page of their own."""
    stage = Stage("ring", ["ana"])
    assert stage.act("ana", "begin").code == "few"
    assert stage.act("ana", "draft", step=OWN, text="mine").ok
    assert stage.act("ana", "stroke", step=OWN, **STROKE).ok
    assert own(stage, "ana")["page"] == {"t": "mine", "m": [[1, 1, 0, "AAA"]]}
    stage.join("bo")
    stage.away("bo")
    assert stage.act("ana", "begin").code == "few"
    assert Stage("ring", ["ana"], form="placed").act("ana", "begin").ok


@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(FIVE),
            st.sampled_from(("sit", "back in", "away", "back", "hand", "pass", "wait", "next")),
        ),
        max_size=30,
    ),
    form=st.sampled_from(("telephone", "chain", "story", "thanks")),
)
@settings(max_examples=60)
def test_rg2_whoever_sits_out_is_never_picked(moves: list[tuple[str, str]], form: str) -> None:
    """RG2: whatever happens, who tapped "not this one" has nothing before them, and what others
    see does not change by the tap; nobody gets what they made just now."""
    stage = Stage("ring", FIVE, form=form, least=2)
    stage.act("bo", "sit")
    stage.act("ana", "begin")
    for who, move in moves:
        before = {one: json.dumps(stage.sees(one)) for one in FIVE if one != who}
        if move == "sit":
            done = "done" in own(stage, who).get("mine", {})
            stage.act(who, "sit")
            if not done:
                assert before == {one: json.dumps(stage.sees(one)) for one in before}
        elif move == "back in":
            stage.act(who, "sit", on=False)
        elif move in ("away", "back"):
            getattr(stage, move)(who)
        elif move == "hand" and job(stage, who):
            hands(stage, who)
        elif move == "pass":
            stage.act(who, "pass_")
        elif move == "wait":
            stage.wait(STEP)
        elif move == "next":
            stage.act("ana", "pass_on")
        for one in FIVE:
            if own(stage, one).get("out"):
                assert not job(stage, one)
        assert not stage.faults
        if phase(stage) == "pass" and form != "thanks":
            chains = stage.state["vault"]["chains"]
            for one, at in stage.state["vault"]["held"].items():
                assert papers.makers(chains[at])[-1:] != [one]


def test_rg3_a_telephone_goes_round() -> None:
    """RG3: write, draw, write: five people, five steps, each has had each once."""
    stage = begun()
    for step in range(5):
        want = "draw" if step % 2 else "write"
        assert {job(stage, who)["do"] for who in FIVE} == {want}
        everybody(stage)
    assert phase(stage) == "done" and not stage.timers and stage.state["room"]["clock"] is None
    for chain in stage.state["vault"]["chains"]:
        assert sorted(papers.makers(chain)) == FIVE
        assert ["m" in piece for piece in chain["p"]] == [False, True, False, True, False]


def test_rg3_a_chain_shows_the_last_line_alone() -> None:
    """RG3: one sees the line before, and nothing of those before it, and not whose it is."""
    stage = begun(form="chain", steps=3)
    everybody(stage)
    everybody(stage)
    for who in FIVE:
        assert job(stage, who)["from"]["t"].endswith(" 1")
        assert set(job(stage, who)["from"]) == {"t"}
        before = job(stage, who)["from"]["t"].split()[0]
        assert all(
            f"{one} 0" not in stage.bytes_of(who) for one in FIVE if one not in (who, before)
        )


def test_rg3_a_story_is_told_in_pictures_and_in_words() -> None:
    """RG3: pictures, words, pictures."""
    stage = begun(form="story", steps=3)
    for want in ("pick", "write", "pick"):
        assert {job(stage, who)["do"] for who in FIVE} == {want}
        everybody(stage)
    stage.act("ana", "show")
    assert [set(piece) for piece in stage.state["room"]["chains"][0]] == [{"x"}, {"t"}, {"x"}]
    (table,) = stage.harvest()
    assert isinstance(table, Table)
    assert table.rows[0] == (1, "moon", "star", "", "", "", "")
    words = Words.of("fr").harvest("ring")
    told = table.markdown(words)
    assert "lune" in told and "Parcours" in told and "moon" not in told


def test_rg4_the_clock_passes_on_and_nobody_else() -> None:
    """RG4: what one hands in reaches nobody before the step is over, or all have handed in."""
    stage = begun()
    for who in FIVE[:4]:
        hands(stage, who, f"secret of {who}")
    assert stage.state["room"]["count"] == 4
    assert not any("secret of bo" in stage.bytes_of(who) for who in FIVE if who != "bo")
    assert stage.act("ed", "hand", step=0, text="the last").ok
    assert stage.state["room"]["step"] == 0
    stage.wait(1)
    assert stage.state["room"]["step"] == 1 and stage.state["room"]["count"] == 0


def test_rg4_half_a_line_goes_on_as_it_stands() -> None:
    """RG4: what was kept while it was made is what the next one gets; strokes as they come."""
    stage = begun(["ana", "bo"])
    stage.act("ana", "draft", step=0, text="half a")
    stage.wait(STEP - 1)
    assert stage.state["room"]["step"] == 0
    stage.wait(1)
    assert job(stage, "bo") == {"do": "draw", "from": {"t": "half a"}}
    stage.act("bo", "stroke", step=1, **STROKE)
    stage.act("bo", "stroke", step=1, **STROKE)
    stage.act("bo", "unstroke", step=1)
    stage.wait(STEP)
    assert phase(stage) == "done"
    stage.act("ana", "show")
    chains = stage.state["room"]["chains"]
    assert chains == [[{"t": "half a"}, {"m": [[1, 1, 0, "AAA"]]}]]


def test_rg5_an_empty_sheet_and_a_pass_go_on_as_they_came() -> None:
    """RG5: an empty piece is never passed on, and a pass leaves no mark for others."""
    stage = begun(["ana", "bo", "cy"], form="chain", steps=3)
    hands(stage, "ana", "one")
    before = stage.sees("cy")
    stage.act("bo", "draft", step=0, text="not this")
    assert stage.act("bo", "pass_").ok and stage.sees("cy") == before
    stage.wait(STEP)
    held = stage.state["vault"]["held"]
    lines = [chain["p"] for chain in stage.state["vault"]["chains"]]
    assert sorted(len(its) for its in lines) == [0, 0, 1]
    nothing = [who for who in held if "from" not in job(stage, who)]
    assert len(nothing) == 2 and "ana" not in set(held) - {*nothing}
    assert "not this" not in json.dumps(stage.state["vault"])


def test_rg5_what_was_handed_in_can_be_changed_and_passed_after_all() -> None:
    """RG5: as long as the step lasts; the count says how many have handed in."""
    stage = begun()
    hands(stage, "bo", "first")
    assert hands(stage, "bo", "again") == "moved"
    stage.act("bo", "reopen", step=0)
    assert stage.state["room"]["count"] == 0 and own(stage, "bo")["mine"]["t"] == "first"
    hands(stage, "bo", "second")
    assert stage.state["room"]["count"] == 1
    stage.act("bo", "pass_")
    assert stage.state["room"]["count"] == 0
    stage.act("bo", "reopen", step=0)
    hands(stage, "bo", "third")
    stage.act("ana", "pass_on")
    assert "third" in json.dumps(stage.state["vault"])


def test_rg6_whoever_is_away_is_skipped_and_has_their_place_again() -> None:
    """RG6: the sheet goes to the next one who is there; nobody gets their own back."""
    stage = begun(steps=4)
    everybody(stage)
    stage.away("cy")
    stage.wait(1)
    for who in FIVE:
        if who != "cy":
            hands(stage, who)
    assert stage.state["room"]["step"] == 1
    stage.wait(1)
    assert stage.state["room"]["step"] == 2, "nobody waits for who has lost the line"
    assert "cy" not in stage.state["vault"]["held"]
    stage.back("cy")
    assert not job(stage, "cy"), "from the next step on"
    everybody(stage)
    assert job(stage, "cy")
    for one, at in stage.state["vault"]["held"].items():
        assert one not in papers.makers(stage.state["vault"]["chains"][at])


def test_rg6_the_last_one_who_is_still_at_it_may_go_away() -> None:
    """RG6: then all who are here have handed in."""
    stage = begun()
    for who in FIVE[:4]:
        hands(stage, who)
    stage.act("ed", "draft", step=0, text="half")
    stage.away("ed")
    stage.wait(1)
    assert stage.state["room"]["step"] == 1
    assert "half" in json.dumps(stage.state["vault"]["chains"])


def test_rg6_with_nobody_there_the_clock_waits() -> None:
    """RG6: in a tunnel of all nothing goes on without them."""
    stage = begun()
    for who in FIVE:
        stage.away(who)
    stage.wait(STEP + AGAIN)
    assert stage.state["room"]["step"] == 0 and "strike" in stage.timers
    for who in FIVE:
        stage.back(who)
    stage.wait(AGAIN)
    assert stage.state["room"]["step"] == 1


def test_rg7_latecomers_sit_down_at_the_next_step() -> None:
    """RG7: with a sheet of their own where somebody can still go on with it."""
    stage = begun(steps=5)
    stage.join("zoe")
    assert not job(stage, "zoe")
    everybody(stage)
    assert all(job(stage, who) for who in [*FIVE, "zoe"]), "nobody sits idle for it"
    assert len(stage.state["vault"]["chains"]) == 6
    for _ in range(3):
        everybody(stage)
    stage.join("yun")
    everybody(stage)
    assert phase(stage) == "done" and not job(stage, "yun")


@pytest.mark.parametrize(("many", "sits"), [(papers.SEATS - 1, True), (papers.SEATS, False)])
def test_rg7_a_ring_has_twelve_seats(many: int, sits: bool) -> None:
    """RG7: at the limit and above."""
    people = [f"p{i:02}" for i in range(many)]
    stage = Stage("ring", people, least=8, most=12)
    stage.act("p00", "begin")
    stage.join("zoe")
    stage.act("p00", "pass_on")
    assert any("zoe" in ring for ring in stage.state["vault"]["rings"]) is sits


def test_rg8_a_drawing_has_sixty_marks_and_so_many_characters() -> None:
    """RG8: each limit at and one above; a fuller round has less for each."""
    stage = begun(["ana", "bo"])
    everybody(stage)
    for _ in range(MARKS):
        assert stage.act("bo", "stroke", step=1, **STROKE).ok
    assert stage.act("bo", "stroke", step=1, **STROKE).code == "paper_full"
    long = "A" + "AA" * 1_749 + "."
    long = ("A" + "AA" * 1_749)[:3_499]
    assert len(long) == 3_499
    for _ in range(6):
        assert stage.act("ana", "stroke", step=1, **{**STROKE, "points": long}).ok
    rest = papers.INK - 6 * len(long)
    over = "A" + "AA" * (rest // 2)
    assert len(over) == rest + 1
    assert stage.act("ana", "stroke", step=1, **{**STROKE, "points": over}).code == "paper_full"
    assert stage.act("ana", "stroke", step=1, **{**STROKE, "points": over[:-2]}).ok
    assert stage.act("ana", "stroke", step=1, **{**STROKE, "points": "AA"}).code == "bad_points"
    assert papers.ink(30, 5) == papers.INK
    assert papers.ink(100, 5) == 12_000
    assert papers.ink(200, 7) == papers.SCANT


def test_rg8_words_beside_a_drawing_have_eighty_characters() -> None:
    """RG8: and instead of one, as many as a line."""
    stage = begun(["ana", "bo"])
    everybody(stage)
    stage.act("bo", "stroke", step=1, **STROKE)
    refused = stage.act("bo", "hand", step=1, text="x" * (papers.ALT + 1))
    assert (refused.code, refused.facts["max"]) == ("too_long", papers.ALT)
    assert stage.act("bo", "hand", step=1, text="x" * papers.ALT).ok
    assert stage.act("ana", "hand", step=1, text="y" * TEXT).ok, "written instead of drawn"
    stage.wait(1)
    stage.act("ana", "show")
    shown = stage.state["room"]["chains"] + stage.state["host"].get("queue", [])
    assert sorted(sorted(chain[1]) for chain in shown) == [["m", "t"], ["t"]]


def test_rg8_nothing_cannot_be_handed_in() -> None:
    """RG8: an empty sheet stays, and one may pass."""
    stage = begun()
    assert stage.act("bo", "hand", step=0, text="  ").code == "nothing"
    assert begun(form="story").act("bo", "hand", step=0, text="words").code == "nothing"
    assert begun(form="thanks").act("bo", "hand", step=0).code == "nothing"


def test_rg9_what_arrives_after_its_step_does_not_land_on_another_sheet() -> None:
    """RG9: a slow line's piece of the step before is told so; its drafts are let go."""
    stage = begun()
    stage.act("ana", "pass_on")
    assert stage.act("bo", "hand", step=0, text="late").code == "moved"
    for name, args in (("draft", {"text": "late"}), ("stroke", STROKE), ("unstroke", {})):
        assert stage.act("bo", name, step=0, **args).kind == "noop"
    assert stage.act("bo", "pick", step=0, pics=[1]).kind == "noop"
    assert stage.act("bo", "reopen", step=0).kind == "noop"
    assert "late" not in json.dumps(stage.state)


def test_rg10_a_host_pauses_gives_time_and_passes_on() -> None:
    """RG10: while it stands nothing goes on by itself, not even when all have handed in."""
    stage = begun()
    stage.wait(20_000)
    stage.act("ana", "pause")
    stage.act("ana", "more")
    stage.wait(10 * STEP)
    assert stage.state["room"]["step"] == 0
    for who in FIVE:
        hands(stage, who)
    stage.wait(STEP)
    assert stage.state["room"]["step"] == 0
    stage.act("ana", "pause", on=False)
    stage.wait(1)
    assert stage.state["room"]["step"] == 1
    stage.act("ana", "more")
    stage.wait(STEP + MORE - 1)
    assert stage.state["room"]["step"] == 1
    stage.wait(1)
    assert stage.state["room"]["step"] == 2
    for _ in range(40):
        stage.act("ana", "more")
    assert stage.state["room"]["clock"]["ms"] == LONGEST
    stage.act("ana", "pause")
    stage.act("ana", "pause", on=False)
    stage.wait(LONGEST)
    assert stage.state["room"]["step"] == 3
    assert stage.act("bo", "pass_on").code == "host_only"


def test_rg11_the_show_forgets_whose_is_whose() -> None:
    """RG11: no id, no order, nothing of the ties is left."""
    stage = begun()
    through(stage)
    assert stage.act("ana", "show").ok and stage.forgotten == 1
    left = json.dumps([stage.state["room"], stage.state["host"]])
    for who in FIVE:
        assert f'"{who}"' not in left
    assert not stage.state["own"] and not stage.state["vault"]
    assert phase(stage) == "shown"


@pytest.mark.parametrize("named", [False, True])
def test_rg11_a_name_stands_only_where_host_and_person_want_it(named: bool) -> None:
    """RG11: the card asks, and the person ticks."""
    stage = begun(["ana", "bo"], form="chain", steps=2, named=named)
    stage.act("ana", "hand", step=0, text="signed", named=True)
    stage.act("bo", "hand", step=0, text="unsigned")
    stage.wait(1)
    through(stage)
    stage.act("ana", "show")
    stage.act("ana", "free")
    pieces = {p["t"]: p.get("by") for chain in stage.state["room"]["chains"] for p in chain}
    assert pieces["signed"] == ("ana" if named else None) and pieces["unsigned"] is None
    (lines,) = stage.harvest(["ana"])
    assert isinstance(lines, Lines)
    assert ("(Ana)" in lines.markdown()) is named
    assert "Ana" not in stage.harvest()[0].markdown()
    stage.erase("ana")
    assert ("signed" in [p["t"] for c in stage.state["room"]["chains"] for p in c]) is not named


def test_rg12_the_replay_goes_by_the_clock_and_a_host() -> None:
    """RG12: one piece after the other, chain by chain; later chains are nowhere yet."""
    stage = begun(steps=3)
    through(stage)
    stage.act("ana", "show")
    room = stage.state["room"]
    assert len(room["chains"]) == 1 and room["many"] == 5
    assert len(stage.state["host"]["queue"]) == 4
    assert "queue" not in stage.bytes_of("bo")
    assert replay.now(room, stage.now) == 0
    assert replay.now(room, stage.now + replay.EACH_MS) == 1
    assert replay.now(room, stage.now + 99 * replay.EACH_MS) == 2
    stage.wait(replay.EACH_MS)
    stage.act("ana", "still")
    stage.wait(9 * replay.EACH_MS)
    assert stage.state["room"]["at"]["p"] == 1 and not stage.state["room"]["at"]["run"]
    stage.act("ana", "go", to="piece")
    stage.act("ana", "go", to="piece")
    assert stage.state["room"]["at"]["c"] == 1 and len(stage.state["room"]["chains"]) == 2
    stage.act("ana", "go", to="back")
    at = stage.state["room"]["at"]
    assert (at["c"], at["p"], at["run"]) == (0, 2, False)
    for _ in range(2):
        stage.act("ana", "go", to="back")
    assert stage.state["room"]["at"]["p"] == 0
    assert stage.act("ana", "go", to="back").kind == "noop"
    for _ in range(4):
        stage.act("ana", "go", to="chain")
    assert len(stage.state["room"]["chains"]) == 5 and phase(stage) == "shown"
    stage.act("ana", "go", to="chain")
    assert phase(stage) == "free"


def test_rg12_everybody_at_their_own_pace() -> None:
    """RG12: then all of it is there, also for whoever comes now."""
    stage = begun(steps=3)
    through(stage)
    stage.act("ana", "show")
    stage.act("ana", "free")
    stage.join("zoe")
    assert len(stage.sees("zoe")["room"]["chains"]) == 5 and "queue" not in stage.state["host"]


def test_rg12_what_there_was_no_time_for_is_kept_too() -> None:
    """RG12: where a host goes on in the middle of the show; but nothing that was never shown."""
    stage = begun(["ana", "bo"], form="chain", steps=2)
    through(stage)
    stage._hook("close", "ana")
    assert stage.harvest() == []
    stage.act("ana", "show")
    assert len(stage.state["room"]["chains"]) == 1
    stage._hook("close", "ana")
    (lines,) = stage.harvest()
    assert isinstance(lines, Lines) and len(lines.lines) == 2


def test_rg13_a_host_takes_a_piece_off_and_it_is_not_kept() -> None:
    """RG13: and puts it back; what is not there cannot be taken off."""
    stage = begun(["ana", "bo"], form="chain", steps=2)
    through(stage)
    stage.act("ana", "show")
    stage.act("ana", "free")
    gone = stage.state["room"]["chains"][0][1]["t"]
    stage.act("ana", "hide", c=0, p=1)
    assert gone not in stage.harvest()[0].markdown()
    stage.act("ana", "hide", c=0, p=1, on=False)
    assert gone in stage.harvest()[0].markdown()
    for c, p in ((2, 0), (0, 2)):
        assert stage.act("ana", "hide", c=c, p=p).code == "no_piece"


def test_rg13_what_is_kept() -> None:
    """RG13: a line for each chain, and the drawings by their words."""
    stage = begun(["ana", "bo"])
    hands(stage, "ana", "a goat")
    hands(stage, "bo", "a boat")
    stage.wait(1)
    stage.act("ana", "stroke", step=1, **STROKE)
    stage.act("ana", "hand", step=1, text="boat?")
    stage.act("ana", "show")
    stage.act("ana", "free")
    lines, picture = stage.harvest()
    assert isinstance(lines, Lines) and isinstance(picture, Picture)
    assert sorted(lines.lines) == ["a boat / ✎ boat?", "a goat"]
    assert picture.twin == ["boat?"]
    assert Stage("ring").harvest() == []


def test_rg14_thanks_everybody_is_given_one_person() -> None:
    """RG14: one cycle; each line says to whom, and not by whom."""
    stage = begun(form="thanks")
    to = {who: job(stage, who)["to"] for who in FIVE}
    assert sorted(to.values()) == FIVE and all(who != its for who, its in to.items())
    everybody(stage)
    assert phase(stage) == "done"
    stage.act("ana", "show")
    assert phase(stage) == "free" and stage.forgotten == 1
    shown = {piece["to"]: piece["t"] for (piece,) in stage.state["room"]["chains"]}
    assert shown == {its: f"{who} 0" for who, its in to.items()}
    (lines,) = stage.harvest(["bo"])
    assert "Bo: " in lines.markdown() and "Cy" not in lines.markdown()
    stage.erase("bo")
    assert len([c for c in stage.state["room"]["chains"] if c[0].get("to")]) == 4


def test_rg14_nobody_is_left_without_thanks() -> None:
    """RG14: who was passed over, and who came late, is given to others in a further step."""
    stage = begun(form="thanks")
    to = {who: job(stage, who)["to"] for who in FIVE}
    stage.act("bo", "pass_")
    stage.away("cy")
    stage.join("zoe")
    for who in ("ana", "di", "ed"):
        hands(stage, who)
    stage.wait(1)
    assert stage.state["room"]["step"] == 1
    todo = {who: job(stage, who)["to"] for who in stage.state["vault"]["held"]}
    assert not {"bo", "cy"} & set(todo)
    assert set(todo.values()) == {to["bo"], to["cy"], "zoe"} - {"cy"}
    assert all(who != its for who, its in todo.items())
    assert set(todo) & {"zoe"} or set(todo.values()) == {"zoe"}
    everybody(stage)
    stage.act("ana", "show")
    thanked = {piece["to"] for (piece,) in stage.state["room"]["chains"]}
    assert thanked >= {*FIVE, "zoe"} - {"cy"}


def test_rg14_the_further_steps_end() -> None:
    """RG14: three steps at the most, whoever passes."""
    stage = begun(["ana", "bo", "cy", "di"], form="thanks")
    for step in range(thanks.STEPS):
        assert (stage.state["room"]["step"], phase(stage)) == (step, "pass")
        stage.wait(STEP)
    assert phase(stage) == "done"


def test_rg15_private_thanks_reach_one_person_alone() -> None:
    """RG15: nobody else's page holds them, the room's least of all; only ticks sign."""
    stage = begun(["ana", "bo", "cy"], form="thanks", shown="private", named=True)
    to = {who: job(stage, who)["to"] for who in ("ana", "bo", "cy")}
    for who in to:
        stage.act(who, "hand", step=0, text=f"dear from {who}", named=who == "bo")
    stage.wait(1)
    stage.act("ana", "show")
    assert stage.state["room"]["chains"] == [] and stage.harvest() == []
    for who, its in to.items():
        want = {"t": f"dear from {who}", **({"by": who} if who == "bo" else {})}
        assert own(stage, its)["got"] == [want]
        third = ({*to} - {who, its}).pop()
        assert f"dear from {who}" not in stage.bytes_of(third)
    stage.erase("bo")
    assert "dear from bo" not in json.dumps(stage.state)


def test_rg16_erase_leaves_those_before_whom_it_lies_with_what_was_before() -> None:
    """RG16: nothing of theirs goes on; undoing is as if they had passed."""
    stage = begun(["ana", "bo", "cy"], form="chain", steps=3)
    everybody(stage)
    everybody(stage)
    holder = next(w for w in ("ana", "cy") if job(stage, w)["from"]["t"] == "bo 1")
    stage.erase("bo")
    left = json.dumps(stage.state)
    assert "bo 0" not in left and "bo 1" not in left and '"bo"' not in left
    assert job(stage, holder)["from"]["t"].endswith(" 0")
    through(stage)
    stage.act("ana", "show")
    assert not stage.faults


def test_rg17_a_line_for_a_ring() -> None:
    """RG17: everybody one line, all shown at once; one step and no passing."""
    stage = begun(form="placed")
    assert stage.state["room"]["steps"] == 1
    everybody(stage)
    assert phase(stage) == "done"
    stage.act("ana", "show")
    assert phase(stage) == "free"
    assert sorted(chain[0]["t"] for chain in stage.state["room"]["chains"]) == sorted(
        f"{who} 0" for who in FIVE
    )


def test_rg18_a_host_may_show_at_any_time() -> None:
    """RG18: what lies before people goes in as it stands; with nothing, nothing is shown."""
    stage = begun(form="chain")
    stage.act("bo", "draft", step=0, text="half")
    stage.act("ana", "show")
    assert stage.state["room"]["chains"] == [[{"t": "half"}]] and not stage.timers
    empty = begun()
    empty.act("ana", "show")
    assert phase(empty) == "free" and empty.harvest() == []
