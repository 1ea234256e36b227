"""N16-N22: what was given in a group is shown when its time is over, and comes home with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.groups.rules import INSIDE
from server import kit
from server.kit import HOST, Activity, Change
from tests.room.test_nests_played import MARK, g, one_fresh, ours, split, team
from tests.room.world import KINDS, ROOM, Person, World

MOVE = tuple[str, dict[str, Any]]
FOUR = 4


class Inner(NamedTuple):
    """A kind inside, as this test plays it: how a word is given in it and how it is taken back."""

    kind: str
    options: dict[str, Any]
    give: Callable[[str], list[MOVE]]
    take: list[MOVE]
    first: MOVE | None = None
    """What somebody in the group does to begin."""
    open: bool = False
    """Everybody in the group sees it as soon as it is given."""


def one(name: str, **args: Any) -> list[MOVE]:
    return [(name, args)]


def sheet(word: str) -> list[MOVE]:
    return [("draw", {"ink": 1, "width": 1, "points": MARK}), ("caption", {"text": word})]


PAPER: dict[str, Any] = {"col": 0, "when": "", "where": "", "more": "", "named": False}
INNERS = {
    "words": Inner("words", {}, lambda word: one("write", texts=[word]), one("withdraw")),
    "words, named": Inner(
        "words",
        {"named": True, "show": "fall", "ms": 3_600_000},
        lambda word: one("write", texts=[word], named=True),
        one("pass_"),
    ),
    "checkin": Inner(
        "checkin", {}, lambda word: one("choose", icon="sun", word=word), one("withdraw")
    ),
    "wall": Inner(
        "wall", {"hold": True}, lambda word: one("write", text=word), one("unwrite", k=0)
    ),
    "wall, scored": Inner(
        "wall",
        {"hold": True, "score": True, "can": True},
        lambda word: one("write", text=word),
        one("unwrite", k=0),
    ),
    "canvas": Inner("canvas", {"mode": "own", "signs": 40}, sheet, one("pass_")),
    "canvas, blind": Inner(
        "canvas", {"mode": "blind", "signs": 40, "auto": True}, sheet, one("pass_")
    ),
    # what one is writing goes on as it stands when the clock rings, and so it does at the end
    "ring": Inner(
        "ring",
        {"form": "chain", "seconds": 180},
        lambda word: one("draft", step=0, text=word),
        one("draft", step=0, text=""),
        ("begin", {}),
    ),
    "ring, thanks": Inner(
        "ring",
        {"form": "thanks", "seconds": 180},
        lambda word: one("draft", step=0, text=word),
        one("pass_"),
        ("begin", {}),
    ),
    "prompt": Inner(
        "prompt", {}, lambda word: one("add", title=word), one("withdraw", i=0), open=True
    ),
    "round": Inner(
        "round", {"form": "conduct"}, lambda word: one("bring", text=word), one("bring", text=""),
        open=True,
    ),
}  # fmt: skip
COUNTED = {
    "poll": ("quiz", {"form": "poll"}, one("choose", at=1), one("withdraw")),
    "sums that all see": (
        "quiz", {"form": "either", "hidden": False}, one("choose", at=1), one("withdraw"),
    ),
    "a line": ("quiz", {"form": "spectrum"}, one("choose", at=40), one("pass_")),
    "dots": ("checkin", {"form": "dots"}, one("place", x=40, y=40), one("withdraw")),
    "a dial": ("checkin", {"form": "dial"}, one("place", x=4), one("withdraw")),
}  # fmt: skip


def opened(
    kind: str, inside_options: dict[str, Any], shown: bool = True, **options: Any
) -> tuple[World, Person, list[Person]]:
    w = World(kinds=KINDS, cards={})
    host = w.host()
    people = [w.person(f"P{i}") for i in range(FOUR)]
    options = {"seconds": 60, "inside": kind, "inside_options": inside_options, **options}
    assert host.ask("room.open", kind="groups", options={"shown": shown, **options})[1] == "ok"
    assert host.ask("groups.begin")[1] == "ok"
    return w, host, people


def does(person: Person, kind: str, moves: list[MOVE]) -> None:
    for name, args in moves:
        fields = KINDS[kind].actions[name].fields
        given = {**{k: v for k, v in PAPER.items() if k in fields}, **args}
        answer = person.ask(f"{kind}.{name}", g=g(person), **given)
        assert answer[1] in ("ok", "noop"), answer


def over(w: World, host: Person, how: str) -> list[dict[str, Any]]:
    """The time of the groups is over; what they brought, wherever it lies now."""
    if how == "clock":
        w.wait(61_000)
    elif how == "home":
        assert host.ask("groups.home")[1] == "ok"
    else:
        assert host.ask("room.open", kind="breath")[1] == "ok"
        past: list[dict[str, Any]] = [*w.node.fold.state["past"].values()][-1]["room"]["made"]
        return past
    made: list[dict[str, Any]] = w.node.fold.state["room"]["made"]
    return made


def kept(kind: str, made: dict[str, Any]) -> str:
    """The harvest of what one group made."""
    pieces = kit.harvest(KINDS[kind], made["room"], {})
    assert not any(who in piece.markdown() for piece in pieces for who in made["who"])
    return "\n".join(piece.markdown() for piece in pieces)


def test_n16_every_kind_that_groups_run_is_tried() -> None:
    assert {one.kind for one in INNERS.values()} | {"quiz"} == {*INSIDE}
    held = {kind for kind in INSIDE if "reveal" in KINDS[kind].hooks}
    assert held == {*INSIDE} - {"prompt", "round"}, "nothing is held in these two"


@pytest.mark.parametrize("name", [*INNERS])
@settings(max_examples=8, deadline=None)
@given(
    gave=st.lists(st.booleans(), min_size=FOUR, max_size=FOUR),
    took=st.lists(st.booleans(), min_size=FOUR, max_size=FOUR),
    how=st.sampled_from(["clock", "home", "next"]),
)
def test_n16_what_was_given_and_not_taken_back_comes_home(
    name: str, gave: list[bool], took: list[bool], how: str
) -> None:
    """N16: whoever tapped nothing in the group, host or clock or next card: nothing is lost, and
    nothing that was taken back comes out. Until then nobody else had a byte of it."""
    inner = INNERS[name]
    w, host, people = opened(inner.kind, inner.options)
    for mates in split(people):
        if inner.first:
            does(mates[0], inner.kind, [inner.first])
    words: dict[str, list[str]] = {}
    gone: list[str] = []
    for i, person in enumerate(people):
        if not gave[i] or (inner.kind == "prompt" and took[i]):
            continue
        word = f"zq{i}w"
        does(person, inner.kind, inner.give(word))
        if took[i]:
            does(person, inner.kind, inner.take)
            gone.append(word)
        else:
            words.setdefault(team(person), []).append(word)
        for other in (*people, host):
            if other is not person and not (inner.open and team_is(other, team(person))):
                assert word.encode() not in b"".join(other.wire.raw)
    ends = {one: team(one) for one in people}
    made = over(w, host, how)
    assert w.faults == []
    for one in made:
        t = next(t for person, t in ends.items() if person.me in one["who"])
        harvest = kept(inner.kind, one)
        drawn = [piece.get("text", "") for piece in one["room"].get("gallery", [])]
        for word in words.get(t, []):
            assert word in harvest or word in drawn, f"{word} is lost"
        assert not [word for word in gone if f'"{word}"' in json.dumps(one)]
    assert not any("in" in own for own in w.node.fold.state["own"].values())


def team_is(person: Person, t: str) -> bool:
    return bool(person.state["room"]["team"].get(person.me, "") == t)


@pytest.mark.parametrize("name", [*COUNTED])
@pytest.mark.parametrize("how", ["clock", "home", "next"])
def test_n16_what_is_counted_is_counted_at_the_end(name: str, how: str) -> None:
    kind, options, give, take = COUNTED[name]
    w, host, people = opened(kind, options)
    (first, second), (third, fourth) = split(people)
    for person in (first, second, third, fourth):
        does(person, kind, give)
    does(fourth, kind, take)
    teams = {first.me: 2, third.me: 1}
    for one in over(w, host, how):
        want = next(n for who, n in teams.items() if who in one["who"])
        rows = [row for p in kit.harvest(KINDS[kind], one["room"], {}) for row in p.rows]  # type: ignore[union-attr]
        assert sum(int(row[-1]) for row in rows) == want
    assert w.faults == []


@pytest.mark.parametrize("mode", ["squiggle", "tiles", "parts"])
def test_n16_sheets_that_nobody_showed_hang_at_home(mode: str) -> None:
    w, host, people = opened("canvas", {"mode": mode, "ask": False})
    for person in people:
        does(person, "canvas", one("draw", ink=1, width=1, points=MARK))
    for made in over(w, host, "clock"):
        drawn = json.dumps(made["room"]["gallery"])
        assert made["room"]["phase"] == "shown" and drawn.count(MARK) == 2
    assert w.faults == []


def test_n16_a_scoring_and_dots_end_with_their_result() -> None:
    w, host, people = opened("wall", {"score": True, "votes": 3})
    for mates in split(people):
        for person in mates:
            does(person, "wall", one("add", text=f"of {person.me}"))
        does(mates[0], "wall", one("vote", i=0, n=2))
        does(mates[0], "wall", one("begin") + one("mark", k=0, n=4))
    for made in over(w, host, "clock"):
        assert made["room"]["dots"] == [2, 0]
        assert [row[1:] for row in made["room"]["top"]] == [[4, 1]]


def test_n16_a_replay_that_was_not_over_is_whole_at_home() -> None:
    w, host, people = opened("ring", {"form": "chain"})
    at = {person.me: i for i, person in enumerate(people)}
    for mates in split(people):
        does(mates[0], "ring", one("begin"))
        for person in mates:
            does(person, "ring", one("hand", step=0, text=f"zq of {at[person.me]}"))
        does(mates[0], "ring", one("show"))
        assert len(ours(mates[0])["chains"]) == 1
    for made in over(w, host, "home"):
        assert made["room"]["phase"] == "free"
        shown = kept("ring", made)
        assert all(f"zq of {at[who]}" in shown for who in made["who"])


def test_n16_the_wish_of_whoever_is_up_is_told_and_no_other_line() -> None:
    """N16: who was not called up was promised that nobody sees their lines."""
    w, host, people = opened("quiz", {"form": "three"})
    mates, _ = split(people)
    for person in mates:
        lines = [f"zq{i} of {person.me}" for i in range(3)]
        does(person, "quiz", one("write", lines=lines, wish=1))
    does(mates[0], "quiz", one("go_on"))
    up = ours(mates[0])["up"]["who"]
    other = next(person for person in mates if person.me != up)
    does(other, "quiz", one("guess", i=0))
    made = next(one for one in over(w, host, "clock") if up in one["who"])
    assert made["room"]["told"] == [{"who": up, "wish": f"zq1 of {up}"}]
    assert sum(made["room"]["up"]["sums"]) == 1
    assert f"of {other.me}" not in json.dumps(w.node.fold.state["room"])


def test_n16_thanks_that_are_for_one_alone_stay_theirs() -> None:
    w, host, people = opened("ring", {"form": "thanks", "shown": "private"})
    mates, _ = split(people)
    does(mates[0], "ring", one("begin"))
    does(mates[0], "ring", one("hand", step=0, text="zq for you"))
    over(w, host, "clock")
    assert "zq for you" not in json.dumps(w.node.fold.state)


def test_n17_where_it_stays_in_the_group_nothing_is_shown() -> None:
    """N17: without the word that all see it, it goes as it came; nobody is sent a byte."""
    w, host, people = opened("words", {}, shown=False)
    does(people[0], "words", one("write", texts=["CANARY"]))
    w.wait(61_000)
    assert "CANARY" not in json.dumps(w.node.fold.state)
    for other in (*people[1:], host):
        assert b"CANARY" not in b"".join(other.wire.raw)


def test_n18_whose_it_was_is_forgotten_in_the_log_too() -> None:
    w, _, people = opened("words", {})
    does(people[0], "words", one("write", texts=["CANARY"]))
    before = w.node.fold.seed
    w.wait(61_000)
    assert "CANARY" in json.dumps(w.node.fold.state["room"]["made"])
    assert w.node.fold.seed != before
    page = w.rooms.read(ROOM, w.rooms.load_snapshot(ROOM).offset, None, 10**6)  # type: ignore[union-attr]
    assert not any(b"CANARY" in entry.payload for entry in page.entries)  # type: ignore[union-attr]
    assert not any(b"CANARY" in entry.payload for entry in w.rooms._rooms[ROOM].entries)
    state = json.dumps(w.node.fold.state, sort_keys=True)
    w.boot()
    assert json.dumps(w.node.fold.state, sort_keys=True) == state, "a restart ends the same"
    assert all(one.state == one_fresh(w, one) for one in people)


def test_n19_a_group_in_which_nothing_was_given_is_as_it_was() -> None:
    w, host, people = opened("words", {})
    does(people[0], "words", one("write", texts=["one"]))
    mine, others = split(people)
    made = {one["who"][0]: one["room"]["phase"] for one in over(w, host, "home")}
    assert {made.get(person.me) for person in mine} <= {"shown", None}
    assert {made.get(person.me) for person in others} <= {"collect", None}


def broken(how: str) -> Activity:
    jam = Activity("inner", sealed=True)

    @jam.start
    def start(ctx: Any) -> dict[str, Any]:
        return {"n": 1}

    @jam.action(HOST)
    def go(ctx: Any) -> Any:
        """Go."""
        yield Change("room/n", 2)

    @jam.reveal
    def reveal(ctx: Any) -> Any:
        yield Change("room/n", 3)
        if how == "raises":
            raise ZeroDivisionError
        yield Change("room/n/x", 1) if how == "gap" else kit.Nest("x", "inner")

    @jam.erase
    def erase(ctx: Any) -> Any:
        return iter(())

    return jam


@pytest.mark.parametrize("how", ["raises", "gap", "nests"])
def test_n20_a_mistake_of_a_kind_keeps_nobody_in_a_group(how: str) -> None:
    w = World(kinds={**KINDS, "inner": broken(how)}, cards={})
    host = w.host()
    people = [w.person(f"P{i}") for i in range(FOUR)]
    options = {"inside": "prompt", "shown": True, "seconds": 60}
    host.ask("room.open", kind="groups", options=options)
    w.node.fold.state["meet"]["now"]["options"]["inside"] = "inner"
    host.ask("groups.begin")
    w.wait(61_000)
    state = people[0].state["room"]
    assert state["phase"] == "home" and [made["room"]["n"] for made in state["made"]] == [1, 1]
    assert w.faults


@pytest.mark.parametrize("name", [*INNERS])
def test_n21_a_card_that_is_closed_before_its_show_stays_closed(name: str) -> None:
    """N21: with hosts there, the show is theirs: who moves on without it shows nothing."""
    inner = INNERS[name]
    if inner.open:
        return
    w = World(kinds=KINDS, cards={})
    host, bo = w.host(), w.person("Bo")
    host.ask("room.open", kind=inner.kind, options=inner.options)
    moves = [(host, [inner.first])] if inner.first else []
    for person, todo in [*moves, (bo, inner.give("CANARY"))]:
        for act, args in todo:
            fields = KINDS[inner.kind].actions[act].fields
            given = {**{k: v for k, v in PAPER.items() if k in fields}, **args}
            now = host.state["meet"]["now"]["g"]
            assert person.ask(f"{inner.kind}.{act}", g=now, **given)[1] == "ok"
    host.ask("room.open", kind="breath")
    (past,) = w.node.fold.state["past"].values()
    assert "CANARY" not in json.dumps(past["room"])
    assert b"CANARY" not in b"".join(host.wire.raw)


HELD = {
    **{
        name: (one.kind, one.options, one.give("zq"))
        for name, one in INNERS.items()
        if not one.open
    },
    **{name: (kind, options, give) for name, (kind, options, give, _) in COUNTED.items()},
}


@pytest.mark.parametrize("name", [*HELD])
def test_n22_whoever_leaves_a_group_is_counted_no_more(name: str) -> None:
    """N22: what lay with them goes with them, so the page says how many there are still."""
    kind, options, give = HELD[name]
    w, _, people = opened(kind, options, size=4)
    first = INNERS[name].first if name in INNERS else None
    if first:
        does(people[0], kind, [first])
    for person in people[:3]:
        does(person, kind, give)
    before = ours(people[0])
    assert people[2].ask("groups.sit", on=True)[1] == "ok"
    room = ours(people[0])
    assert room["count"] == before["count"] - (0 if kind == "ring" else 1)
    if "sums" in before:
        assert sum(room["sums"]) == 2
    assert w.faults == []
