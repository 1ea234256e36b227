"""Everything of a person taken back, and put back again: in what runs, in teams, in the past."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.canvas import paper as canvas
from activities.checkin import rules as checkin
from server import kit
from server.kit import Activity, Change, Forget, Nest
from server.room import journal
from server.room.moment import Asked
from tests.laws import laws
from tests.laws.script import Writer
from tests.room.book import Book, jam
from tests.room.world import KINDS, World

inner = Activity("inner")


@inner.start
def _inner(ctx: Any) -> dict[str, Any]:
    return {"list": [], "sum": 0}


@inner.action(text=kit.text(60))
def note(ctx: Any, text: str) -> Any:
    """Write something down."""
    yield Change(f"room/list/{len(ctx.room['list'])}", {"by": ctx.me, "text": text})
    yield Change("room/sum", ctx.room["sum"] + 1)
    yield Change(f"own/{ctx.me}/last", text)


@inner.erase
def _inner_erase(ctx: Any) -> Any:
    mine = [i for i, entry in enumerate(ctx.room["list"]) if entry["by"] == ctx.me]
    for i in mine:
        yield Change(f"room/list/{i}", {"by": "", "text": ""})
    yield Change("room/sum", ctx.room["sum"] - len(mine))


outer = Activity("outer")


@outer.start
def _outer(ctx: Any) -> dict[str, Any]:
    return {"list": [], "words": {}}


@outer.action(kit.HOST, team=kit.text(9), kind=kit.text(9, empty=True))
def nest(ctx: Any, team: str, kind: str) -> Any:
    """Everybody in one team, with something in it."""
    for who in sorted(ctx.people):
        yield Change(f"room/team/{who}", team)
    yield Nest(team, kind)


@outer.action(text=kit.text(60))
def hide(ctx: Any, text: str) -> Any:
    """Keep it to oneself."""
    yield Change(f"own/{ctx.me}/secret", text)


@outer.action(kit.HOST)
def forget(ctx: Any) -> Any:
    """Forget."""
    yield Change("room/forgot", True)
    yield Forget()


@outer.action()
def breaks(ctx: Any) -> Any:
    """From here on erasing fails."""
    yield Change("room/broken", True)


@outer.erase
def _outer_erase(ctx: Any) -> Any:
    if "broken" in ctx.room:
        yield Change("room/half", True)
        raise ZeroDivisionError


TEST = {"inner": inner, "outer": outer, **KINDS}


def seen(book: Book) -> dict[str, Any]:
    """The state without the engine's own notes."""
    found = copy.deepcopy({key: part for key, part in book.state.items() if key != "sys"})
    found["desk"].pop("undone")
    return found


def drawn(book: Book, who: str, count: int = 1) -> None:
    for i in range(count):
        book.ok(who, "canvas.mark", group=i, ink=1, width=1, points="AAA")


def canvas_of(*members: str) -> Book:
    book = jam(*members)
    book.ok("ana", "open", kind="canvas")
    return book


def marks(book: Book) -> list[str]:
    return [mark[0] for mark in book.state["room"]["marks"]]


def test_HR40_undo_takes_all_of_a_person_in_what_runs_and_in_what_ran() -> None:
    book = canvas_of("bo", "cy")
    drawn(book, "bo", 2)
    drawn(book, "cy")
    book.ok("bo", "line", text="hello")
    book.ok("bo", "line", text="psst", to="host")
    book.ok("cy", "line", text="hi")
    book.ok("ana", "open", kind="prompt")
    book.ok("bo", "prompt.add", title="One", who="")
    book.ok("ana", "undo", who="bo")
    assert [m[0] for m in book.state["past"]["1"]["room"]["marks"]] == ["", "", "cy"]
    assert book.state["room"]["entries"][0]["by"] == ""
    assert [w["by"] for w in book.meet["line"].values()] == ["cy"] and not book.desk["notes"]
    assert book.desk["undone"]["bo"] == {"until": book.clock + journal.KEEP_MS}
    assert "bo" not in json.dumps([book.state[r] for r in ("room", "own", "vault", "past")])


def test_HR41_redo_puts_all_of_it_back_also_after_the_activity_was_closed() -> None:
    book = canvas_of("bo", "cy")
    drawn(book, "bo", 2)
    drawn(book, "cy")
    book.ok("bo", "line", text="hello")
    book.ok("bo", "line", text="psst", to="host")
    before = seen(book)
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "redo", who="bo")
    assert seen(book) == before and book.state["sys"]["undone"] == {} == book.desk["undone"]
    book.ok("ana", "undo", who="bo")
    book.wait(3_000)
    book.ok("ana", "open", kind="prompt")
    book.ok("ana", "redo", who="bo")
    told = book.state["past"]["1"]
    assert {root: told[root] for root in ("room", "vault")} == {
        root: before[root] for root in ("room", "vault")
    }
    book.ok("ana", "undo", who="bo")
    book.wait(3_000)
    book.ok("ana", "open", again=1)
    book.ok("ana", "redo", who="bo")
    assert marks(book) == ["bo", "bo", "cy"] and book.state["vault"] == before["vault"]


def test_HR41_what_others_did_meanwhile_stands_and_sums_are_right() -> None:
    book = canvas_of("bo", "cy")
    drawn(book, "bo", 2)
    book.ok("ana", "undo", who="bo")
    drawn(book, "cy", 3)
    drawn(book, "bo")
    book.ok("ana", "canvas.clear")
    book.ok("ana", "canvas.unclear")
    book.ok("ana", "redo", who="bo")
    assert marks(book) == ["bo", "bo", "cy", "cy", "cy", "bo"]
    room = book.state["room"]
    assert book.state["vault"]["sums"] == {
        "seen": 6,
        "bytes": sum(canvas.weight(m) for m in room["marks"]),
    }


def test_HR41_what_comes_back_below_a_cleared_sheet_is_not_counted_as_seen() -> None:
    book = canvas_of("bo", "cy")
    drawn(book, "bo", 2)
    drawn(book, "cy")
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "canvas.clear")
    drawn(book, "cy")
    book.ok("ana", "redo", who="bo")
    assert marks(book) == ["bo", "bo", "cy", "cy"] and book.state["room"]["clear"] == 3
    assert book.state["vault"]["sums"]["seen"] == 1


def test_HR41_a_heart_that_was_given_again_counts_once() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "open", kind="prompt")
    book.ok("cy", "prompt.add", title="One", who="")
    book.ok("bo", "prompt.heart", i=0)
    book.ok("ana", "undo", who="bo")
    book.ok("bo", "prompt.heart", i=0)
    book.ok("ana", "redo", who="bo")
    assert book.state["room"]["hearts"] == [1]


def test_HR41_an_answer_that_was_given_again_counts_once() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "open", kind="checkin")
    for who, icon in (("bo", "sun"), ("cy", "fog")):
        book.ok(who, "checkin.choose", icon=icon, word="")
    book.ok("ana", "undo", who="bo")
    book.ok("bo", "checkin.choose", icon="rain", word="")
    book.ok("ana", "redo", who="bo")
    assert book.state["room"]["count"] == 2
    assert book.state["own"]["bo"]["pick"]["icon"] == "rain", "the later word stands"


def test_HR41_a_place_that_is_gone_or_taken_stays_as_it_is() -> None:
    book = jam("bo")
    book.ok("ana", "open", kind="prompt")
    book.ok("bo", "prompt.add", title="One", who="")
    book.ok("bo", "prompt.heart", i=0)
    book.ok("ana", "undo", who="bo")
    book.ok("bo", "prompt.add", title="Two", who="")
    book.ok("bo", "prompt.heart", i=1)
    book.ok("ana", "redo", who="bo")
    assert [e["title"] for e in book.state["room"]["entries"]] == ["One", "Two"]
    assert book.state["room"]["hearts"] == [1, 1]
    assert book.state["own"]["bo"]["hearts"] == {"0": True, "1": True}


def test_HR42_ten_minutes_and_then_it_is_gone() -> None:
    book = canvas_of("bo")
    drawn(book, "bo")
    book.ok("ana", "undo", who="bo")
    until = book.desk["undone"]["bo"]["until"]
    book.clock = until - 2
    book.ok("ana", "redo", who="bo")
    book.ok("ana", "undo", who="bo")
    book.clock = book.desk["undone"]["bo"]["until"] - 1
    assert book.no("ana", "redo", who="bo") == "too_late"
    assert book.no("ana", "redo", who="ana") == "too_late"


def test_HR42_the_node_clears_it_away_when_it_is_due() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    host.ask("room.open", kind="canvas")
    bo.ask("canvas.mark", group=1, ink=1, width=1, points="AAA")
    host.ask("room.undo", who=bo.me)
    assert bo.me in host.state["desk"]["undone"] and "desk" not in bo.state
    world.wait(journal.KEEP_MS - 1_000)
    assert bo.me in host.state["desk"]["undone"]
    world.wait(2_000)
    assert host.state["desk"]["undone"] == {} and world.node.fold.state["sys"]["undone"] == {}
    offset = world.node.fold.offset
    world.wait(5_000)
    assert world.node.fold.offset == offset


def test_HR43_two_undos_come_back_together() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "open", kind="prompt")
    book.ok("bo", "prompt.add", title="One", who="")
    book.ok("bo", "prompt.heart", i=0)
    book.ok("ana", "undo", who="bo")
    book.ok("bo", "prompt.add", title="Two", who="")
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "redo", who="bo")
    assert [e["title"] for e in book.state["room"]["entries"]] == ["One", "Two"]
    assert book.state["room"]["hearts"] == [1, 0]


def test_HR43_whoever_left_or_was_asked_to_can_be_undone_and_nobody_else() -> None:
    book = canvas_of("bo", "cy")
    drawn(book, "bo")
    drawn(book, "cy")
    book.fact("away", member="bo")
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "remove", who="cy")
    book.ok("ana", "undo", who="cy")
    assert marks(book) == ["", ""]
    for who in ("zz", "bo/x", "__proto__"):
        assert book.no("ana", "undo", who=who) == "nobody"
    assert book.no("bo", "undo", who="ana") == "host_only"
    book.ok("ana", "undo", who="ana")
    assert "ana" not in book.desk["undone"], "nothing to put back"


def test_HR43_who_the_room_has_forgotten_can_still_be_undone() -> None:
    book = canvas_of("bo")
    drawn(book, "bo")
    people = {who: told for who, told in book.people.items() if who != "bo"}
    book.state["meet"]["people"] = people
    book.ok("ana", "undo", who="bo")
    assert marks(book) == [""]


def test_HR44_a_mistake_of_one_kind_leaves_that_one_alone() -> None:
    book = jam("bo", kinds=TEST)
    book.ok("ana", "open", kind="canvas")
    drawn(book, "bo")
    book.ok("ana", "open", kind="outer")
    book.ok("bo", "outer.breaks")
    before = copy.deepcopy(book.state["room"])
    done = book.do("ana", "undo", who="bo")
    assert done.outcome == "ok" and done.fault == "outer.erase"
    assert book.state["room"] == before
    assert book.state["past"]["1"]["room"]["marks"] == [canvas.EMPTY]


def nested() -> Book:
    book = jam("bo", "cy", kinds=TEST)
    book.ok("ana", "open", kind="outer")
    book.ok("ana", "outer.nest", team="red", kind="inner")
    g = book.meet["now"]["in"]["red"]["g"]
    for who in ("bo", "cy", "bo"):
        book.ok(who, "inner.note", g, text=f"of {who}")
    return book


def test_HR45_what_ran_in_a_team_is_undone_there_also_in_the_past() -> None:
    book = nested()
    before = seen(book)
    inside = copy.deepcopy(book.state["team"]["red"]["in"])
    book.ok("ana", "undo", who="bo")
    assert [e["by"] for e in book.state["team"]["red"]["in"]["list"]] == ["", "cy", ""]
    assert book.state["team"]["red"]["in"]["sum"] == 1
    book.ok("ana", "redo", who="bo")
    assert seen(book) == before
    book.ok("ana", "undo", who="bo")
    book.wait(3_000)
    book.ok("ana", "open", kind="canvas")
    book.ok("ana", "redo", who="bo")
    assert book.state["past"]["1"]["team"]["red"]["in"] == inside
    book.ok("ana", "undo", who="bo")
    assert book.state["past"]["1"]["team"]["red"]["in"]["sum"] == 1


def test_HR45_a_team_that_began_anew_gets_nothing_of_the_one_before() -> None:
    book = nested()
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "outer.nest", team="red", kind="inner")
    before = seen(book)
    book.ok("ana", "redo", who="bo")
    assert book.state["team"] == before["team"] and not book.state["own"]["bo"]
    book.ok("bo", "inner.note", book.meet["now"]["in"]["red"]["g"], text="anew")
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "outer.nest", team="red", kind="")
    before = seen(book)
    book.ok("ana", "redo", who="bo")
    assert book.state["team"] == before["team"] and not book.state["own"]["bo"]


def test_HR46_what_was_hidden_leaves_the_journal_with_a_forget() -> None:
    book = jam("bo", kinds=TEST)
    book.ok("ana", "open", kind="outer")
    book.ok("bo", "outer.hide", text="my secret")
    book.ok("ana", "undo", who="bo")
    assert "my secret" in json.dumps(book.state["sys"])
    book.ok("ana", "outer.forget")
    assert "my secret" not in json.dumps(book.state)
    book.ok("ana", "redo", who="bo")
    assert "bo" not in book.state["own"]


def test_HR46_a_sealed_kind_that_closes_takes_what_was_hidden_out_of_the_journal() -> None:
    book = jam("bo", "cy", kinds=TEST)
    book.ok("ana", "open", kind="outer")
    book.ok("bo", "outer.hide", text="another secret")
    book.wait(3_000)
    book.ok("ana", "open", kind="checkin")
    book.ok("bo", "checkin.choose", icon="sun", word="my secret")
    book.ok("ana", "undo", who="bo")
    assert book.state["room"]["count"] == 0
    book.wait(3_000)
    book.ok("ana", "open", kind="canvas")
    assert "my secret" not in json.dumps(book.state)
    assert "another secret" in json.dumps(book.state), "each activity forgets for itself"
    book.ok("ana", "redo", who="bo")
    assert book.state["past"]["1"]["own"]["bo"] == {"secret": "another secret"}


def test_HR47_a_journal_that_is_too_long_is_not_kept() -> None:
    def filled(marks: int) -> Book:
        book = canvas_of("bo")
        one = ["bo", 1, 1, 1, 0, "A" + "AC" * 1_700]
        room = book.state["room"]
        room["marks"] = [list(one) for _ in range(marks)]
        before = copy.deepcopy(room["marks"])
        book.ok("ana", "undo", who="bo")
        assert set(marks_of(book)) == {""}
        if "bo" in book.desk["undone"]:
            book.ok("ana", "redo", who="bo")
            assert book.state["room"]["marks"] == before
            return book
        assert book.no("ana", "redo", who="bo") == "too_late"
        assert book.state["sys"]["undone"] == {}
        return book

    marks_of = marks
    size = len(json.dumps({"path": "room/marks/100", "was": ["bo", 1, 1, 1, 0, "A" + "AC" * 1_700],
                           "left": canvas.EMPTY}, separators=(",", ":"))) + 1  # fmt: skip
    fits = journal.MAX_BYTES // size - 1
    assert filled(fits).desk["undone"] == {}
    book = filled(fits + 4)
    assert book.desk["undone"] == {}


def test_HR47_a_long_drawing_is_journalled_mark_by_mark() -> None:
    book = canvas_of("bo", "cy")
    room = book.state["room"]
    room["marks"] = [
        ["bo" if i % 2 else "cy", i, 1, 1, 0, "AAA"] for i in range(2 * canvas.AT_ONCE + 10)
    ]
    before = copy.deepcopy(room["marks"])
    book.ok("ana", "undo", who="bo")
    assert set(marks(book)) == {"", "cy"}
    (part,) = book.state["sys"]["undone"]["bo"]["parts"]
    assert len([e for e in part["was"] if "marks" in e["path"]]) == canvas.AT_ONCE + 5
    drawn(book, "cy")
    book.ok("ana", "redo", who="bo")
    assert book.state["room"]["marks"][:-1] == before


def test_HR47_eight_ways_back_at_once_and_the_oldest_goes() -> None:
    names = [f"m{i}" for i in range(journal.JOURNALS + 1)]
    book = canvas_of(*names)
    for name in names:
        drawn(book, name)
    for name in names[:-1]:
        book.ok("ana", "undo", who=name)
    assert list(book.desk["undone"]) == names[:-1]
    book.ok("ana", "undo", who=names[-1])
    assert list(book.desk["undone"]) == names[1:] == list(book.state["sys"]["undone"])
    assert book.no("ana", "redo", who=names[0]) == "too_late"


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_HR48_undo_and_redo_at_once_are_as_if_nothing_had_been(kind: str, chance: Random) -> None:
    activity = KINDS[kind]
    book = jam("idana", "idbea", "idcyd")
    writer = Writer(chance, activity, hostile=False)
    options = laws.clean(activity, writer.options())
    book.ok("ana", "open", kind=kind, options=options)
    names = sorted(activity.actions)
    for _ in range(chance.randint(0, 25)):
        name = chance.choice(names)
        who = chance.choice(("ana", "idana", "idbea", "idcyd"))
        book.do(who, f"{kind}.{name}", **writer.args(name))
    who = chance.choice(("idana", "idbea"))
    before, hidden = seen(book), book.state["sys"]["timers"]
    book.ok("ana", "undo", who=who)
    if who in book.desk["undone"]:
        book.ok("ana", "redo", who=who)
    after = seen(book)
    if after["vault"].get("sums"):  # counted anew
        room = before["room"]
        size = sum(canvas.weight(its) for its in room["marks"] if its[0])
        before["vault"]["sums"] = {"seen": sum(1 for _ in canvas.shown(room)), "bytes": size}
    if kind == "groups":  # a drawing inside counts anew, too
        before["vault"].pop("in", None), after["vault"].pop("in", None)
    if kind == "checkin":  # the count of a shown check-in is counted anew
        before["room"].pop("count", None), after["room"].pop("count", None)
    assert after == before and book.state["sys"]["timers"] == hidden


def test_HR49_a_late_piece_of_a_sealed_activity_tells_nobody_whose_it_is() -> None:
    """A late answer once brought back the tie of name and answer that the close had erased."""
    book = Book({"checkin": checkin.jam})
    book.join("ada", role="host")
    book.join("bo")
    options = {"kind": "checkin", "options": {}, "card": None, "minutes": 5}
    book.write(Asked("room.open", "ada", d=options))
    g = book.meet["now"]["g"]
    book.ok("ada", "checkin.choose", icon="sun", word="", named=False)
    book.ok("ada", "checkin.show")
    book.write(Asked("room.open", "ada", d=options))
    assert book.no("bo", "checkin.choose", g, icon="rain", word="", named=False)
    book.ok("bo", "checkin.add", g, icon="rain", word="late", named=False)
    past = book.state["past"][str(g)]
    assert [answer["word"] for answer in past["room"]["answers"]] == ["", "late"]
    assert not past["own"] and "bo" not in json.dumps(past)


def test_HR49b_who_takes_out_their_own_takes_it_for_good_and_there_only() -> None:
    book = canvas_of("bo", "cy")
    drawn(book, "bo", 2)
    drawn(book, "cy")
    first = book.meet["now"]["g"]
    book.ok("ana", "open", kind="prompt")
    book.ok("bo", "prompt.add", title="One", who="")
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "redo", who="bo")
    book.ok("bo", "withdraw", g=first)
    assert [mark[0] for mark in book.state["past"][str(first)]["room"]["marks"]] == ["", "", "cy"]
    assert book.state["room"]["entries"][0]["title"] == "One"
    assert book.desk["undone"] == {}
    # what a host took back before cannot come again either
    book.ok("ana", "undo", who="bo")
    book.ok("bo", "withdraw", g=first)
    assert book.desk["undone"] == {} and book.no("ana", "redo", who="bo") == "too_late"
    assert book.no("bo", "withdraw", g=99) == "closed"
    book.ok("ana", "open", again=first)
    assert book.no("bo", "withdraw", g=first) == "closed", "it goes on under another number"


def test_HR49b_nested_work_goes_with_what_it_was_in() -> None:
    book = jam("bo", kinds=TEST)
    book.ok("ana", "open", kind="outer")
    g = book.meet["now"]["g"]
    book.ok("ana", "outer.nest", team="t", kind="inner")
    book.ok("bo", "inner.note", book.meet["now"]["in"]["t"]["g"], text="mine")
    book.ok("ana", "inner.note", book.meet["now"]["in"]["t"]["g"], text="yours")
    book.ok("bo", "withdraw", g=g)
    told = book.state["team"]["t"]["in"]
    assert told == {"list": [{"by": "", "text": ""}, {"by": "ana", "text": "yours"}], "sum": 1}


def test_HR49c_what_hosts_leave_out_of_copies_stays_out_when_it_closes_and_comes_back() -> None:
    book = canvas_of("bo")
    g = book.meet["now"]["g"]
    assert book.no("bo", "copy", g=g, on=False) == "host_only"
    book.ok("ana", "copy", g=g, on=False)
    book.ok("ana", "copy", g=g, on=False)
    assert book.meet["now"]["out"] is True
    book.ok("ana", "open", kind="prompt")
    assert book.meet["past"][0]["out"] is True
    book.ok("ana", "open", again=g)
    assert book.meet["now"]["out"] is True and book.no("ana", "copy", g=g, on=True) == "closed"
    book.ok("ana", "copy", g=book.meet["now"]["g"], on=True)
    assert "out" not in book.meet["now"]
    assert book.no("ana", "copy", g=77, on=True) == "closed"
