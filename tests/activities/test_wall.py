"""WA1-WA13: notes in columns, held or seen at once, hearts, dots, piles, questions, and scoring."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.wall import average, deal
from server import kit
from server.kit import Lines, Table
from tests.laws.laws import dump
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy", "di"]


def wall(**options: Any) -> Stage:
    return Stage("wall", PEOPLE, host="ana", **options)


def hang(room: Stage, *notes: tuple[str, str], **more: Any) -> Stage:
    for who, text in notes:
        outcome = room.act(who, "add", text=text, **more)
        assert outcome.ok, outcome
    return room


def notes(room: Stage) -> list[Any]:
    found: list[Any] = room.state["room"]["notes"]
    return found


def texts(room: Stage) -> list[str]:
    return [note["text"] for note in notes(room)]


def where(room: Stage, text: str) -> int:
    return texts(room).index(text)


def test_wa1_an_unsigned_note_says_nowhere_whose_it_is() -> None:
    room = hang(wall(columns="keep"), ("bo", "Soup"), ("bo", "Songs"))
    assert room.sees("cy")["room"]["notes"] == [
        {"col": 0, "text": "Soup"},
        {"col": 0, "text": "Songs"},
    ]
    assert room.sees("bo")["own"] == {"bo": {"notes": [0, 1]}}
    assert "bo" not in room.bytes_of("ana") + room.bytes_of("cy")
    assert "bo" not in dump([room.state["room"], room.state["host"]])
    # nor does a name that nobody asked for, on a wall that is not signed
    hang(room, ("cy", "Tea"), named=True)
    assert "by" not in notes(room)[2]


def test_wa1_a_signed_wall_names_who_wants_it() -> None:
    room = wall(signed=True)
    hang(hang(room, ("bo", "Soup"), named=True), ("cy", "Tea"))
    assert [note.get("by", "") for note in notes(room)] == ["bo", ""]
    assert room.act("bo", "edit", i=0, text="Stew").ok
    assert notes(room)[0] == {"col": 0, "text": "Stew", "by": "bo"}
    (piece,) = room.harvest(["bo", "cy"])
    assert isinstance(piece, Table) and piece.rows == [("Stew", "Bo"), ("Tea", "")]
    (piece,) = room.harvest(["cy"])
    assert isinstance(piece, Lines) and piece.lines == ["Stew", "Tea"]


def test_wa2_held_notes_are_nobodys_business_until_the_host_shows_them() -> None:
    room = wall(columns="keep", hold=True)
    assert room.act("bo", "add", text="x").code == "not_now"
    for who, text in (("bo", "One"), ("bo", "Two"), ("cy", "Three")):
        assert room.act(who, "write", text=text, col=1).ok
    assert room.act("bo", "write", text="Uno", col=2, k=0).ok
    assert room.act("bo", "write", text="x", k=2).code == "no_note"
    assert room.sees("cy")["room"] == {
        "phase": "quiet", "notes": [], "count": 3, "columns": "keep"
    }  # fmt: skip
    for other in ("ana", "cy", "di"):
        assert not any(word in room.bytes_of(other) for word in ("Uno", "Two"))
    assert room.act("cy", "unwrite", k=1).code == "no_note"
    assert room.act("cy", "unwrite", k=0).ok
    assert room.act("cy", "write", text="Drei").ok
    assert room.act("bo", "show").code == "host_only"
    room.join("el")
    assert room.act("ana", "show").ok
    assert sorted(texts(room)) == ["Drei", "Two", "Uno"]
    assert room.forgotten == 1 and room.state["own"] == {}, "the tie has left memory and store"
    assert "count" not in room.state["room"]
    assert room.act("bo", "write", text="x").code == "not_now"
    assert room.act("bo", "withdraw", i=where(room, "Uno")).code == "not_mine"
    assert room.act("el", "add", text="Late").ok and room.sees("el")["room"]["notes"][3]


def test_wa2_they_hang_in_chance_order() -> None:
    orders = set()
    for n in range(12):
        room = Stage("wall", PEOPLE, seed=bytes([n]) * 32, hold=True)
        for who in PEOPLE:
            room.act(who, "write", text=f"of {who}")
        room.act("ana", "show")
        orders.add(tuple(texts(room)))
    assert len(orders) > 6


@pytest.mark.parametrize("more", [{"can": True}, {"score": True}])
def test_wa2_what_needs_the_tie_keeps_it_under_own_alone(more: dict[str, Any]) -> None:
    room = wall(hold=True, **more)
    room.act("bo", "write", text="Soup")
    room.act("cy", "write", text="Tea")
    assert room.act("ana", "show").ok and room.forgotten == 0
    at = where(room, "Soup")
    assert room.sees("bo")["own"] == {"bo": {"notes": [at]}}
    assert "bo" not in room.bytes_of("ana") and "held" not in dump(room.state)
    assert room.act("bo", "edit", i=at, text="Stew").ok


def test_wa3_only_its_author_changes_a_note() -> None:
    room = hang(wall(columns="offers"), ("bo", "Soup"), when="Monday", more="vegan")
    assert notes(room)[0] == {"col": 0, "text": "Soup", "when": "Monday", "more": "vegan"}
    assert room.act("ana", "edit", i=0, text="x").code == "not_mine"
    assert room.act("ana", "withdraw", i=0).code == "not_mine"
    assert room.act("bo", "edit", i=0, text="Stew", where="Hall").ok
    assert notes(room)[0] == {"col": 0, "text": "Stew", "where": "Hall"}
    assert room.act("bo", "withdraw", i=0).ok
    assert notes(room) == [{"col": 0, "text": ""}] and "Stew" not in dump(room.state)
    assert room.act("bo", "withdraw", i=0).code == "no_note"
    assert room.act("bo", "edit", i=5, text="x").code == "no_note"
    plain = hang(wall(), ("bo", "Soup"), when="Monday")
    assert notes(plain)[0] == {"col": 0, "text": "Soup"}, "only offers say when"


@pytest.mark.parametrize(
    ("columns", "wide"),
    [
        ("open", 1),
        ("keep", 3),
        ("offers", 2),
        ("questions", 1),
        ("ideas", 1),
        ("front", 3),
        ("custom", 4),
    ],
)
def test_wa3_a_note_finds_one_of_the_columns(columns: str, wide: int) -> None:
    room = wall(columns=columns, titles=["A", "B", "C", "D"])
    assert room.act("bo", "add", text="x", col=wide - 1).ok
    if wide < 4:
        assert room.act("bo", "add", text="x", col=wide).facts == {"field": "col"}
    assert wall(columns="custom").act("bo", "add", text="x").ok, "without titles there is one"


def test_wa4_twenty_notes_each_and_forty_tries() -> None:
    room = hang(wall(), *[("bo", str(n)) for n in range(20)])
    assert room.act("bo", "add", text="x").facts == {"max": 20}
    for n in range(20):
        assert room.act("bo", "withdraw", i=n).ok
        assert room.act("bo", "add", text="again").ok
    room.act("bo", "withdraw", i=39)
    assert room.act("bo", "add", text="x").code == "enough", "forty tries"
    assert room.act("cy", "add", text="x").ok
    held = wall(hold=True)
    for n in range(20):
        assert held.act("bo", "write", text=str(n)).ok
    assert held.act("bo", "write", text="x").facts == {"max": 20}
    assert held.act("bo", "write", text="x", k=19).ok
    held.act("bo", "unwrite", k=3)
    assert held.act("bo", "write", text="x").ok


@pytest.mark.parametrize("hold", [True, False])
def test_wa4_four_hundred_notes_in_all(hold: bool) -> None:
    people = [f"p{n}" for n in range(21)]
    room = Stage("wall", people, guard=False, hold=hold)
    name = "write" if hold else "add"
    for n in range(400):
        assert room.act(people[n // 20], name, text="x").ok
    assert room.act("p20", name, text="x").code == "wall_full"
    if hold:
        assert room.act("p0", "show").ok and len(notes(room)) == 400
    assert room.act("p20", "add", text="x").code == "wall_full"


def test_wa4_a_note_has_room_for_240_letters_and_its_tags_for_40() -> None:
    room = wall(columns="offers")
    assert room.act("bo", "add", text="x" * 240, when="y" * 40).ok
    assert room.act("bo", "add", text="x" * 241).facts == {"max": 240, "field": "text"}
    for tag in ("when", "where", "more"):
        assert room.act("bo", "add", text="x", **{tag: "y" * 41}).facts["field"] == tag
    assert room.act("bo", "add", text=" ").code == "too_short"


def test_wa5_hearts_count_once_and_are_nobody_elses_to_know() -> None:
    room = hang(wall(hearts=True), ("bo", "One"), ("cy", "Two"))
    assert room.act("cy", "heart", i=1).ok
    assert room.act("cy", "heart", i=1).kind == "noop"
    assert room.act("di", "heart", i=1).ok
    assert room.sees("bo")["room"]["hearts"] == [0, 2]
    assert "cy" not in room.bytes_of("ana")
    hang(room, ("bo", "Three"))
    assert room.act("di", "heart", i=2).ok and room.sees("bo")["room"]["hearts"] == [0, 2, 1]
    assert room.act("di", "heart", i=1, on=False).ok
    assert room.act("di", "heart", i=1, on=False).kind == "noop"
    assert room.act("di", "heart", i=3).code == "no_note"
    assert hang(wall(), ("bo", "One")).act("cy", "heart", i=0).code == "not_now"
    room.act("ana", "hide", i=2)
    assert room.act("cy", "heart", i=2).code == "no_note"


def test_wa5_two_hundred_hearts_each() -> None:
    people = [f"p{n}" for n in range(12)]
    room = Stage("wall", people, guard=False, hearts=True)
    for n in range(201):
        room.act(people[1 + n // 20], "add", text="x")
    for n in range(200):
        assert room.act("p0", "heart", i=n).ok
    assert room.act("p0", "heart", i=200).facts == {"max": 200}


def test_wa6_dots_have_a_budget_and_are_counted_in_secret() -> None:
    room = hang(wall(votes=3), ("bo", "One"), ("cy", "Two"))
    assert room.act("bo", "vote", i=0, n=2).ok
    assert room.act("bo", "vote", i=1, n=2).facts == {"max": 3}
    assert room.act("bo", "vote", i=1, n=1).ok
    assert room.act("bo", "vote", i=0, n=2).kind == "noop"
    assert room.act("cy", "vote", i=1, n=3).ok
    assert room.act("cy", "vote", i=1, n=11).code == "not_a_number"
    assert room.act("cy", "vote", i=7, n=0).kind == "noop"
    assert room.sees("ana")["room"]["laid"] == 6 and "dots" not in room.state["room"]
    assert room.sees("bo")["own"]["bo"]["dots"] == {"0": 2, "1": 1}
    assert room.act("bo", "result").code == "host_only"
    assert room.act("bo", "vote", i=0, n=1).ok, "fewer is always possible"
    assert room.act("ana", "result").ok
    assert room.sees("di")["room"]["dots"] == [1, 4]
    assert room.act("bo", "vote", i=0, n=0).code == "result_shown"
    assert room.act("ana", "result").code == "result_shown"
    assert wall().act("ana", "result").code == "not_now"
    assert hang(wall(), ("bo", "One")).act("cy", "vote", i=0, n=1).code == "not_now"


def test_wa7_a_host_tidies_and_everybody_only_where_the_card_says_so() -> None:
    room = hang(wall(columns="keep"), *[("bo", text) for text in "abcdef"])
    assert room.act("bo", "move", i=0, col=1).code == "host_only"
    assert room.act("ana", "move", i=0, col=1).ok and notes(room)[0]["col"] == 1
    assert room.act("ana", "move", i=0, col=1).kind == "noop"
    assert room.act("ana", "move", i=0, col=3).facts == {"field": "col"}
    # c and b go onto a; the pile is one, wherever one drops
    assert room.act("ana", "move", i=2, col=0, on=0).ok
    assert room.act("ana", "move", i=1, col=0, on=2).ok
    assert [(n["col"], n.get("on")) for n in notes(room)[:3]] == [(1, None), (1, 0), (1, 0)]
    # with its top the whole pile goes, onto another one, too
    assert room.act("ana", "move", i=0, col=2).ok
    assert [n["col"] for n in notes(room)[:3]] == [2, 2, 2]
    assert room.act("ana", "move", i=0, col=0, on=3).ok
    assert [n.get("on") for n in notes(room)] == [3, 3, 3, None, None, None]
    assert room.act("ana", "move", i=3, col=0, on=1).kind == "noop", "onto itself"
    # one of it goes out alone
    assert room.act("ana", "move", i=1, col=1).ok and "on" not in notes(room)[1]
    # when the one on top goes, the next is on top, and takes the others along
    assert room.act("bo", "withdraw", i=3).ok
    assert room.act("ana", "move", i=0, col=2).ok
    assert [n["col"] for n in notes(room)] == [2, 1, 2, 2, 0, 0]
    assert room.act("ana", "move", i=3, col=0).code == "no_note"
    assert room.act("ana", "move", i=4, col=0, on=3).code == "no_note"
    free = hang(wall(tidy=True), ("bo", "a"), ("cy", "b"))
    assert free.act("di", "move", i=0, col=0, on=1).ok


def test_wa8_one_question_at_a_time_and_answers_by_all() -> None:
    room = hang(wall(columns="questions", hold=False, votes=2), ("bo", "Why?"), ("cy", "How?"))
    assert room.act("bo", "add", text="So.", to=0).code == "not_now"
    assert room.act("bo", "ask", i=0).code == "host_only"
    assert room.act("ana", "ask", i=0).ok and room.sees("di")["room"]["asked"] == 0
    assert room.act("ana", "ask", i=0).kind == "noop"
    assert room.act("di", "add", text="So.", to=0).ok
    assert notes(room)[2] == {"col": 0, "text": "So.", "to": 0}
    assert room.act("di", "add", text="x", to=2).code == "no_note"
    assert room.act("ana", "ask", i=2).code == "no_note"
    assert room.act("di", "vote", i=2, n=1).code == "no_note"
    assert room.act("ana", "move", i=2, col=0, on=1).code == "no_note"
    assert room.act("ana", "move", i=1, col=0, on=2).code == "no_note"
    assert room.act("ana", "ask", i=1).ok and notes(room)[0]["done"]
    assert room.act("di", "add", text="Late.", to=0).ok, "what was open can still be answered"
    assert room.act("ana", "ask").ok and "asked" not in room.state["room"]
    assert notes(room)[1]["done"]
    room.act("ana", "ask", i=0)
    assert room.act("ana", "hide", i=0).ok and "asked" not in room.state["room"]
    pieces = room.harvest()
    assert [piece.name for piece in pieces] == ["questions"], "answers go with their question"
    room.act("ana", "hide", i=0, on=False)
    answers = room.harvest()[1]
    assert isinstance(answers, Table)
    assert answers.rows == [("Why?", "So."), ("Why?", "Late.")]
    assert hang(wall(), ("bo", "x")).act("ana", "ask", i=0).code == "no_note"


def test_wa9_a_host_takes_a_note_out_of_sight_and_puts_it_back() -> None:
    room = hang(wall(hearts=True, votes=1, can=True), ("bo", "One"))
    assert room.act("bo", "hide", i=0).code == "host_only"
    assert room.act("ana", "hide", i=0).ok and room.harvest() == []
    assert room.act("ana", "hide", i=0).kind == "noop"
    for name, args in (
        ("heart", {}),
        ("vote", {"n": 1}),
        ("can", {"words": "x"}),
        ("move", {"col": 0}),
    ):
        who = "ana" if name == "move" else "cy"
        assert room.act(who, name, i=0, **args).code == "no_note", name
    assert room.act("ana", "hide", i=0, on=False).ok
    assert room.act("ana", "hide", i=0, on=False).kind == "noop"
    assert room.act("ana", "hide", i=1).code == "no_note"


def scored(people: int, each: int = 1, sitting: tuple[str, ...] = (), seed: int = 1) -> Stage:
    names = [f"p{n:02}" for n in range(people)]
    room = Stage("wall", names, seed=bytes([seed]) * 32, hold=True, score=True, columns="ideas")
    for who in names:
        for n in range(each):
            assert room.act(who, "write", text=f"{who} {n}").ok
    for who in sitting:
        assert room.act(who, "sit").ok
    assert room.act(names[0], "show").ok
    return room


@pytest.mark.parametrize("people", [6, 7, 30])
def test_wa10_each_note_is_scored_five_times_and_never_by_its_author(people: int) -> None:
    room = scored(people)
    assert room.act("p01", "begin").code == "host_only"
    assert room.act("p00", "begin").ok
    load = dict.fromkeys(range(people), 0)
    for own in room.state["own"].values():
        hand = own["hand"]
        assert len(hand) == len(set(hand)) == 5 and not set(hand) & set(own["notes"])
        for i in hand:
            load[i] += 1
    assert set(load.values()) == {5}
    assert room.sees("p01")["room"]["dealt"] == 5 * people
    assert list(room.sees("p01")["own"]) == ["p01"]
    assert "marks" not in dump(room.state["room"])


@settings(max_examples=60)
@given(
    st.integers(0, 255),
    st.lists(st.sets(st.integers(0, 7), max_size=4), min_size=1, max_size=7),
    st.integers(1, 8),
)
def test_wa10_hands_are_whole_fair_and_the_same_again(
    seed: int, owned: list[set[int]], count: int
) -> None:
    """WA10: never one's own, never twice, all one can have; and no chain of swaps is fairer."""
    own = {f"p{n}": mine for n, mine in enumerate(owned)}
    found = [deal.dealt(kit.Rng(bytes([seed]) * 32, 1), range(count), own) for _ in range(2)]
    assert found[0] == found[1]
    load = dict.fromkeys(range(count), 0)
    for who, hand in found[0].items():
        assert len(hand) == len(set(hand)) == min(5, len(set(range(count)) - own[who]))
        assert not set(hand) & own[who]
        for i in hand:
            load[i] += 1
    assert not deal._chain(found[0], own, load)


@settings(max_examples=25)
@given(st.integers(0, 99), st.lists(st.sets(st.integers(0, 3), max_size=2), max_size=4))
def test_wa10_nothing_would_be_fairer(seed: int, owned: list[set[int]]) -> None:
    """WA10: against every way there is to deal two of four notes to at most four people."""
    own = {f"p{n}": mine for n, mine in enumerate(owned)}
    hands = deal.dealt(kit.Rng(bytes([seed]) * 32, 1), range(4), own, each=2)

    def unfair(all_hands: Any) -> int:
        return sum(sum(i in hand for hand in all_hands) ** 2 for i in range(4))

    ways = [list(combinations(sorted({*range(4)} - mine), 2)) for mine in owned]
    assert unfair(hands.values()) == min(map(unfair, product(*ways)))


def test_wa10_whoever_sits_out_is_dealt_nothing_and_may_come_in_later() -> None:
    room = scored(8, sitting=("p02", "p03"))
    room.act("p03", "sit", on=False)
    room.away("p04")
    room.act("p00", "begin")
    assert not {"p02", "p04"} & {w for w, own in room.state["own"].items() if "hand" in own}
    seen = room.bytes_of("p00").replace("p02 0", "")  # the note of that person
    assert "p02" not in seen and '"out"' not in seen
    assert room.act("p02", "mark", k=0, n=3).code == "no_note"
    room.back("p04")
    room.join("late")
    for who in ("p04", "late"):
        assert room.act(who, "deal").ok
        assert room.act(who, "deal").kind == "noop"
        own = room.sees(who)["own"][who]
        assert len(own["hand"]) == 5 and not set(own["hand"]) & set(own.get("notes", []))
    assert room.state["room"]["dealt"] == 40
    loads = [i for own in room.state["own"].values() for i in own.get("hand", [])]
    assert {loads.count(i) for i in range(8)} == {5}


def test_wa11_one_at_a_time_one_to_five_and_the_list_is_exact() -> None:
    room = scored(6)
    assert room.act("p01", "mark", k=0, n=3).code == "not_now"
    room.act("p00", "begin")
    assert room.act("p01", "mark", k=1, n=3).code == "no_note"
    assert room.act("p01", "mark", k=0, n=6).code == "not_a_number"
    for k in range(5):
        assert room.act("p01", "mark", k=k, n=5).ok
    assert room.act("p01", "mark", k=4, n=5).kind == "noop"
    assert room.act("p01", "mark", k=4, n=0).ok, "passed after all"
    assert room.act("p01", "mark", k=5, n=1).code == "not_a_number"
    assert room.sees("p02")["room"]["scored"] == 5
    hand = room.state["own"]["p01"]["hand"]
    other = room.state["own"]["p02"]["hand"]
    room.act("p02", "mark", k=0, n=4)
    room.act("p02", "mark", k=1, n=1)
    assert room.act("p02", "finish").code == "host_only"
    assert room.act("p00", "finish").ok and room.forgotten == 1
    want: dict[int, list[int]] = {i: [5] for i in hand[:4]}
    want.setdefault(other[0], []).append(4)
    want.setdefault(other[1], []).append(1)
    top = room.sees("p05")["room"]["top"]
    assert {i: (total, n) for i, total, n in top} == {i: (sum(v), len(v)) for i, v in want.items()}
    averages = [(-total / n, -n, i) for i, total, n in top]
    assert averages == sorted(averages)
    table = room.harvest()[1]
    assert isinstance(table, Table) and table.name == "top" and len(table.rows) == len(want)
    assert room.state["own"] == {} and room.act("p01", "mark", k=0, n=1).code == "not_now"


def test_wa11_averages_are_compared_without_fractions() -> None:
    order = sorted([(0, 7, 3), (1, 9, 4), (2, 14, 6), (3, 5, 2)], key=lambda s: s[1] / s[2])
    assert average.better((0, 7, 3), (1, 9, 4)) < 0 < average.better((1, 9, 4), (0, 7, 3))
    assert average.better((2, 14, 6), (0, 7, 3)) < 0, "the same out of more"
    assert average.better((0, 7, 3), (4, 7, 3)) < 0 == average.better((0, 7, 3), (0, 7, 3))
    assert order[-1] == (3, 5, 2)


def test_wa11_scoring_needs_two_notes_and_dots_are_counted_before_all_is_forgotten() -> None:
    room = hang(wall(score=True, votes=2), ("bo", "One"))
    assert room.act("ana", "begin").code == "too_few"
    hang(room, ("cy", "Two"))
    room.act("di", "vote", i=1, n=2)
    assert room.act("ana", "begin").ok
    assert room.act("di", "vote", i=1, n=0).code == "not_now"
    assert room.act("ana", "finish").ok and room.state["room"]["dots"] == [0, 2]
    assert wall().act("ana", "begin").code == "not_now"
    alone = hang(wall(score=True), ("bo", "One"), ("bo", "Two"))
    for who in ("ana", "cy", "di"):
        alone.act(who, "sit")
    assert alone.act("ana", "begin").code == "too_few", "nobody but who wrote them"
    assert alone.act("bo", "add", text="Three").ok


def test_wa12_erase_takes_notes_and_all_that_was_given() -> None:
    room = hang(
        wall(hearts=True, votes=3, columns="questions", tidy=True),
        ("bo", "One"), ("cy", "Two"), ("di", "Three"), ("bo", "Four"),
    )  # fmt: skip
    for who, i in (("bo", 1), ("cy", 0), ("cy", 1)):
        room.act(who, "heart", i=i)
        room.act(who, "vote", i=i, n=1)
    room.act("ana", "move", i=1, col=0, on=0)
    room.act("ana", "ask", i=3)
    room.act("ana", "result")
    room.erase("bo")
    assert texts(room) == ["", "Two", "Three", ""]
    assert room.state["room"]["hearts"] == [1, 1, 0, 0]
    assert room.state["room"]["dots"] == [1, 1, 0, 0]
    assert room.state["room"]["laid"] == 2 and "asked" not in room.state["room"]
    assert not any(word in dump(room.state) for word in ("bo", "One", "Four"))
    assert room.act("ana", "move", i=1, col=0).kind == "noop"
    held = wall(hold=True)
    held.act("bo", "write", text="One")
    held.act("cy", "write", text="Two")
    held.erase("bo")
    assert held.state["room"]["count"] == 1
    scores = scored(7)
    scores.act("p00", "begin")
    scores.act("p03", "mark", k=0, n=5)
    scores.erase("p03")
    assert scores.state["room"]["dealt"] == 30 and scores.state["room"]["scored"] == 0
    assert scores.act("p00", "finish").ok and scores.state["room"]["top"] == []


def test_wa12_sums_come_back_with_a_person() -> None:
    room = hang(wall(hearts=True, votes=2), ("bo", "One"), ("cy", "Two"))
    room.act("bo", "heart", i=1)
    room.act("bo", "vote", i=1, n=2)
    want = dump(room.state["room"])
    for key in ("hearts", "laid"):
        room.state["room"][key] = [0, 7] if key == "hearts" else 0
    ctx = room._ctx("bo", "member")
    effects = kit.run_hook(room.activity, room.state, "mend", ctx)
    room._apply(effects)
    assert dump(room.state["room"]) == want
    room._hook("close", "ana")
    room.state["own"].clear()
    assert not kit.run_hook(room.activity, room.state, "mend", ctx).changes, "nothing is known"


def test_wa13_the_harvest_is_a_piece_a_column_and_piles_stay_together() -> None:
    assert wall().harvest() == []
    room = wall(columns="keep", hearts=True)
    for text, col in (("a", 0), ("b", 0), ("c", 0), ("=d", 2)):
        hang(room, ("bo", text), col=col)
    room.act("ana", "move", i=2, col=0, on=0)
    keep, tries = room.harvest()
    assert isinstance(keep, Table) and (keep.name, keep.columns) == ("keep", ("note", "pile"))
    assert keep.rows == [("a", 1), ("c", 1), ("b", "")]
    assert isinstance(tries, Lines) and (tries.name, tries.lines) == ("try", ["=d"])
    room.act("cy", "heart", i=1)
    keep = room.harvest()[0]
    assert isinstance(keep, Table) and keep.columns == ("note", "pile", "hearts")
    custom = wall(columns="custom", titles=["add", "Add", "open", "x"])
    for col in range(4):
        hang(custom, ("bo", "n"), col=col)
    assert [piece.name for piece in custom.harvest()] == ["Add", "Add 2", "Open", "X"]
    offers = hang(wall(columns="offers"), ("bo", "Soup"), where="Hall")
    piece = offers.harvest()[0]
    assert isinstance(piece, Table) and piece.columns == ("note", "where")


def test_wa13_a_note_sent_late_still_counts() -> None:
    after = {name for name, action in wall().activity.actions.items() if action.after}
    assert after == {"add"}
