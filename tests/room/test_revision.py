"""What is opened keeps its revision, and a new one is opened only where every server has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.kit import Activity, integer
from server.room import beyond, instance, running
from server.room import fold as folding
from server.room.fold import Fold
from server.room.limits import Limits
from server.room.moment import Asked
from server.room.revision import Openings, asked_of, note, rules_of
from server.web import harvest
from server.web.words import Words
from tests.room.beads import ALONE, NEW, OLD, one, two
from tests.room.book import Book, Entry, jam
from tests.room.world import World

GOLDEN = Path(__file__).parents[1] / "vectors" / "revision.json"
BEADS = {"kind": "beads", "options": {}, "card": None, "minutes": 0}
REVS = {"revs": {"beads": 2}}


def opens(book: Book, kind: str = "beads", **more: Any) -> None:
    done = book.write(Asked("room.open", "ana", None, {**BEADS, "kind": kind, **more}))
    assert done.outcome == "ok", done
    book.wait(3_000)


def evening(kinds: dict[str, Activity]) -> tuple[Book, list[Entry]]:
    """Beads at both revisions, on their own and in teams, with all that can happen to them."""
    book = Book(kinds)
    kept: list[Entry] = []
    apply = book.fold.apply

    def folds(entry: Any) -> Any:
        kept.append(entry)
        return apply(entry)

    book.fold.apply = folds  # type: ignore[method-assign]
    book.join("ana", role="host")
    book.join("bo")
    opens(book)
    book.ok("ana", "beads.thread", colour=3)
    book.ok("bo", "beads.thread", colour=4)
    rings(book)
    opens(book, **REVS)
    book.ok("bo", "beads.thread", colour=4, size=7)
    book.ok("bo", "beads.thread", 1, colour=5)  # a piece that was under way
    rings(book)
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "redo", who="bo")
    opens(book, "tables", **REVS)
    book.ok("ana", "tables.sit")
    teams = book.meet["now"]["in"]
    book.ok("bo", "beads.thread", teams["bo"]["g"], colour=1, size=2)
    opens(book, "tables")
    book.ok("ana", "tables.sit")
    teams = book.meet["now"]["in"]
    book.ok("bo", "beads.thread", teams["bo"]["g"], colour=1)
    book.fact("away", member="bo")
    book.fact("back", member="bo")
    book.ok("ana", "undo", who="bo")
    book.ok("ana", "redo", who="bo")
    book.write(Asked("room.open", "ana", None, {"again": 1}))
    book.ok("bo", "beads.thread", colour=9)
    book.write(Asked("room.open", "ana", None, {"again": 2}))
    book.ok("bo", "beads.thread", colour=9, size=9)
    book.ok("ana", "rest")
    return book, kept


def rings(book: Book) -> None:
    due, name, serial, g = book.fold.next_timer() or (0, "", 0, 0)
    book.clock = due
    assert book.fact("timer", g=g, name=name, serial=serial).outcome == "ok"


def fresh(kinds: dict[str, Activity], wary: bool = False) -> Fold:
    fold = Fold(kinds, Limits(), b"s" * 32, Book(kinds=kinds).fold.tree.root, 0)
    fold.wary = wary
    return fold


# -- what was opened


def test_ROLL3_what_is_opened_keeps_its_revision_as_long_as_it_is_kept() -> None:
    """ROLL-3: ops, timers, live values, undo, late pieces and the way back go by the rules at which
    it was opened, also while the later ones are there; what is opened anew goes by these."""
    book, _ = evening(NEW)
    kept = {told["g"]: told for told in book.meet["past"]}
    assert "revs" not in kept[1] and kept[2]["revs"] == {"beads": 2}
    now = [told for told in book.meet["past"] if "again" not in told]
    shapes = [book.state["past"][str(told["g"])]["room"] for told in now]
    assert [sorted(shape) for shape in shapes[-2:]] == [["rung", "string"], ["rung", "strings"]]
    assert shapes[-2]["string"] == [["ana", 3], ["bo", 4], ["bo", 5], ["bo", 9]]
    assert shapes[-2]["rung"] == 1 and shapes[-1]["rung"] == 2
    assert shapes[-1]["strings"] == {
        "4": [{"by": "bo", "size": 7}],
        "9": [{"by": "bo", "size": 9}],
    }
    inner = [told["in"]["bo"] for told in now if told["kind"] == "tables"]
    teams = [book.state["past"][str(told["g"])]["team"]["bo"]["in"] for told in now if "in" in told]
    assert [sorted(team) for team in teams] == [["rung", "strings"], ["rung", "string"]]
    assert all("revs" not in told for told in inner)


def test_ROLL3_what_is_taken_home_goes_by_it_too() -> None:
    """ROLL-3: the harvest of each revision."""
    book, _ = evening(NEW)
    found = harvest.parts(book.state, NEW, {}, Words.of("en"))
    said = [
        piece.markdown(Words.of("en").harvest("beads")) for part in found for piece in part.pieces
    ]
    assert len(said) == 3 and "7" in said[1] and "9" in said[2]


def test_ROLL3_a_golden_log_of_a_first_revision_is_read_as_it_was() -> None:
    """ROLL-3: what a version wrote that knew one revision alone is the same, byte by byte, where
    there are two."""
    told = json.loads(GOLDEN.read_text("utf-8"))
    for kinds in (OLD, NEW):
        for wary in (False, True):
            fold = fresh(kinds, wary)
            for offset, (ts, payload) in enumerate(told["log"], 1):
                assert fold.apply(Entry(offset, ts, payload.encode())).outcome == "ok"
            assert fold.save().decode() == told["state"]


def test_ROLL3_what_a_version_of_one_revision_writes_is_the_golden_log() -> None:
    """ROLL-3: nothing was added to the log and to the state of who has one revision alone."""
    told = json.loads(GOLDEN.read_text("utf-8"))
    log, state = golden()
    assert [[*entry] for entry in told["log"]] == log
    assert told["state"] == state


def golden() -> tuple[list[list[Any]], str]:
    """A room as people and one server make it: what that server has logged."""
    world = World(kinds=OLD, cards={})
    host, bo = world.host(), world.person("Bo")
    host.ask("room.plan", plan=[{"kind": "beads", "minutes": 1}] * 2)
    host.ask("room.open", kind="beads", options={"most": 3})
    bo.ask("beads.thread", colour=4)
    world.wait(2_500)
    host.ask("room.next")
    bo.ask("beads.thread", colour=5)
    host.ask("room.auto", on="once")
    world.wait(64_000)
    host.ask("room.open", again=1)
    page = world.rooms.read("0123456789", 0, None, 10**6)
    log = [[e.ts, e.payload.decode()] for e in page.entries]  # type: ignore[union-attr]
    return log, world.node.fold.save().decode()


def law_of_cuts(kinds: dict[str, Activity]) -> None:
    """Saved and loaded at any cut it goes on alike."""
    book, kept = evening(kinds)
    for cut in range(len(kept) + 1):
        fold = fresh(kinds)
        for entry in kept[:cut]:
            fold.apply(entry)
        fold = folding.load(kinds, Limits(), fold.seed, fold.save(), cut)
        fold.wary = True
        for entry in kept[cut:]:
            fold.apply(entry)
        assert fold.state == book.state


def test_ROLL4_saved_and_loaded_at_any_cut_it_goes_on_alike() -> None:
    """ROLL-4"""
    law_of_cuts(NEW)


# -- what is opened anew


def having(**kinds: list[int]) -> bytes:
    found = {kind: [1] for kind in NEW} | kinds
    return json.dumps({"kinds": found, "later": 1}).encode()


@pytest.mark.parametrize(
    ("others", "revision", "revs"),
    [
        ([], 2, {"beads": 2}),
        ([note(NEW)], 2, {"beads": 2}),
        ([note(NEW), note(OLD)], 1, {}),
        ([note(OLD), note(NEW)], 1, {}),
        ([b""], 1, {}),  # from before there were revisions
        ([b"nonsense"], 1, {}),
        (None, 1, {}),  # nobody knows yet
        ([having(beads=[3, 2, 1])], 2, {"beads": 2}),
        ([having(beads=[3])], 2, {"beads": 2}),  # nothing in common: that one leaves the room
        ([having(beads=[])], 2, {"beads": 2}),
    ],
)
def test_ROLL5_opened_is_the_latest_that_every_server_has(
    others: list[bytes] | None, revision: int, revs: dict[str, int]
) -> None:
    """ROLL-5"""
    openings = Openings(NEW)
    openings.others = lambda: others
    assert openings.kinds()["beads"].revision == revision
    assert openings.stamped({"g": 1}) == ({"g": 1, "revs": revs} if revs else {"g": 1})
    assert all(openings.kinds()[kind].revision == 1 for kind in NEW if kind != "beads")


def test_ROLL5_a_kind_that_is_not_everywhere_is_named_at_its_first_revision() -> None:
    """ROLL-5: so that who lacks it knows that others have it."""
    openings = Openings(OLD)
    openings.others = lambda: [note({k: v for k, v in OLD.items() if k != "beads"}), note(OLD)]
    assert openings.stamped({}) == {"revs": {"beads": 1}}


def test_ROLL5_what_a_room_opens_says_by_which_revision() -> None:
    """ROLL-5: by a card, by the plan, and by itself; the door cleans by the rules of that one, and
    an op by those of what it is for."""
    world = World(kinds=NEW, cards={})
    others: list[bytes] = [note(OLD)]
    openings = Openings(NEW)
    openings.others = lambda: others
    world.node.opens_by(openings)
    host, bo = world.host(), world.person("Bo")
    options = {"most": 3, "long": 1}  # one that the old server does not know
    assert host.ask("room.open", kind="beads", options=options)[1] == "refused"
    plan = [{"kind": "beads", "options": {}, "minutes": 1} for _ in range(3)]
    assert host.ask("room.plan", plan=plan)[1] == "ok"
    assert host.ask("room.next")[1] == "ok"
    assert "revs" not in world.node.fold.state["meet"]["now"]
    # nobody but the server says by which revision
    assert host.ask("room.open", kind="beads", revs={"beads": 2})[1] == "refused"
    assert host.ask("room.next", revs={"beads": 2})[1] == "refused"
    assert bo.ask("beads.thread", colour=4, size=2)[1] == "refused"
    assert bo.ask("beads.thread", colour=4)[1] == "ok"
    others.clear()  # the last old one has gone
    world.wait(2_500)
    assert bo.ask("beads.thread", colour=4)[1] == "ok"
    assert host.ask("room.next")[1] == "ok"
    assert world.node.fold.state["meet"]["now"]["revs"] == {"beads": 2}
    assert bo.ask("beads.thread", colour=4, size=2)[1] == "ok"
    assert bo.ask("beads.thread", 1, colour=5)[1] == "ok"  # a piece that was under way
    host.ask("room.auto", on="once")
    world.wait(61_000)
    now = world.node.fold.state["meet"]["now"]
    assert (now["g"], now["revs"]) == (3, {"beads": 2})
    world.wait(3_000)
    assert host.ask("room.open", again=1)[1] == "ok"
    assert "revs" not in world.node.fold.state["meet"]["now"]
    bo.read()
    assert bo.tree["meet"]["past"][1]["revs"] == {"beads": 2}


# -- who lacks it


@pytest.mark.parametrize("kinds", [OLD, ALONE])
def test_ROLL6_who_lacks_a_revision_stops_before_it_guesses(kinds: dict[str, Activity]) -> None:
    """ROLL-6: a fold that shares its log stops at the first op whose rules it has not, with nothing
    changed; and a state in which something goes by such rules is not hosted."""
    _, kept = evening(NEW)
    fold, other = fresh(kinds, wary=True), fresh(NEW)
    stopped = 0
    for entry in kept:
        try:
            fold.apply(entry)
        except beyond.Beyond:
            stopped = entry.offset
            break
        other.apply(entry)
    first = next(
        e.offset for e in kept if b"revs" in e.payload or (kinds is ALONE and b"beads" in e.payload)
    )
    assert stopped == first and fold.offset == first - 1
    assert fold.save() == other.save()
    for entry in kept[first - 1 :]:
        other.apply(entry)
        assert beyond.running(kinds, other.state), "what has run counts, too"
    assert not beyond.running(NEW, other.state)


@pytest.mark.parametrize("do", ["room.next", "sys.next"])
def test_ROLL6_the_step_of_a_plan_is_judged_when_it_is_opened(do: str) -> None:
    """ROLL-6: what comes next stands in the plan alone; who wrote the op says that it has it."""
    book = jam(kinds=OLD, plan=[{"kind": "beads", "minutes": 1}] * 2)
    book.ok("ana", "next")
    book.ok("ana", "auto", on="all")
    book.wait(61_000)
    without = {**OLD}
    del without["beads"]
    for kinds, revs in ((OLD, {"beads": 2}), (without, {"beads": 1})):
        fold = folding.load(kinds, Limits(), book.fold.seed, book.fold.save(), book.fold.offset)
        fold.wary = True
        before = fold.save()
        d = {"g": 1, "revs": revs}
        payload = json.dumps({"do": do, "a": "" if do == "sys.next" else "ana", "d": d}).encode()
        with pytest.raises(beyond.Beyond):
            fold.apply(Entry(fold.offset + 1, book.clock, payload))
        assert fold.save() == before and fold.offset == book.fold.offset
        fold.wary = False  # alone it must go on
        assert not fold.apply(Entry(fold.offset + 1, book.clock, payload)).changes


def test_ROLL6_a_kind_that_no_server_has_keeps_no_room_closed() -> None:
    """ROLL-6: its folder was deleted everywhere; the plan still names it."""
    book = jam(kinds=OLD, plan=[{"kind": "beads", "minutes": 1}])
    kinds = {kind: rules for kind, rules in OLD.items() if kind != "beads"}
    fold = folding.load(kinds, Limits(), book.fold.seed, book.fold.save(), book.fold.offset)
    fold.wary = True
    assert not beyond.running(kinds, fold.state)
    payload = b'{"do":"room.next","a":"ana","d":{"g":null}}'
    assert fold.apply(Entry(fold.offset + 1, book.clock, payload)).code == "no_card"


# -- what a kind declares


def test_ROLL7_a_kind_carries_its_earlier_revisions() -> None:
    """ROLL-7: each revision names the one before it; plans may keep all their options."""
    three = Activity("beads", options=two.options, revision=5, before=two)
    assert three.revisions == (5, 2, 1) and one.revisions == (1,)
    assert [three.at(n) for n in (1, 2, 3, 5, 6)] == [one, two, None, three, None]
    for wrong in (
        {"revision": 0},
        {"revision": 2, "before": two, "options": two.options},
        {"revision": 3, "before": two},
        {
            "revision": 2,
            "before": Activity("pearls"),
            "options": {"most": integer(1, 2, default=1)},
        },
    ):
        with pytest.raises(TypeError):
            Activity("beads", **wrong)  # type: ignore[arg-type]


# -- what is found out


def latest(kinds: Any, told: Any, kind: str = "") -> Activity | None:
    return kinds.get(kind or told["kind"])  # type: ignore[no-any-return]


def bad_goes_on_by_the_latest(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(instance, "rules_of", latest)


def bad_forgets_when_it_closes(patch: pytest.MonkeyPatch) -> None:
    again = running.again

    def forgot(at: Any, step: Any, g: int) -> None:
        again(at, step, g)
        step.write(at, [folding.running.Change("meet/now/revs")])

    patch.setattr(running, "again", forgot)


def bad_opens_inside_by_the_latest(patch: pytest.MonkeyPatch) -> None:
    activity = instance.activity

    def found(at: Any, kind: str, told: Any) -> Activity:
        return at.kinds[kind] if told is at.meet["now"] else activity(at, kind, told)  # type: ignore[no-any-return]

    patch.setattr(instance, "activity", found)


def bad_guesses(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(folding, "beyond", lambda *_: False)
    patch.setattr(instance, "rules_of", latest)


def bad_believes_itself(patch: pytest.MonkeyPatch) -> None:
    kinds = Openings.kinds

    def alone(self: Openings) -> dict[str, Activity]:
        self.others = tuple
        return kinds(self)

    patch.setattr(Openings, "kinds", alone)


def bad_judges_ops_by_the_latest(patch: pytest.MonkeyPatch) -> None:
    from server.room import intake

    patch.setattr(intake, "asked_of", lambda kinds, meet, kind, g: kinds.get(kind))


def bad_looks_only_at_what_runs(patch: pytest.MonkeyPatch) -> None:
    def only_now(kinds: Any, state: Any) -> bool:
        now = state["meet"]["now"]
        return now is not None and rules_of(kinds, now) is None

    patch.setattr(beyond, "running", only_now)


BAD: dict[Callable[[pytest.MonkeyPatch], None], Callable[[], None]] = {
    bad_goes_on_by_the_latest: test_ROLL3_what_is_opened_keeps_its_revision_as_long_as_it_is_kept,
    bad_forgets_when_it_closes: test_ROLL3_what_is_opened_keeps_its_revision_as_long_as_it_is_kept,
    bad_opens_inside_by_the_latest: (
        test_ROLL3_what_is_opened_keeps_its_revision_as_long_as_it_is_kept
    ),
    bad_guesses: lambda: test_ROLL6_who_lacks_a_revision_stops_before_it_guesses(OLD),
    bad_looks_only_at_what_runs: (
        lambda: test_ROLL6_who_lacks_a_revision_stops_before_it_guesses(OLD)
    ),
    bad_believes_itself: test_ROLL5_what_a_room_opens_says_by_which_revision,
    bad_judges_ops_by_the_latest: test_ROLL5_what_a_room_opens_says_by_which_revision,
}


@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__)
def test_ROLL8_a_mistake_in_it_is_found_out(
    spoil: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """ROLL-8: the tests above are only as good as what they catch."""
    spoil(monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        BAD[spoil]()


def test_ROLL5_an_op_is_judged_by_what_it_is_for() -> None:
    """ROLL-5: what runs, what ran, what runs in a team, and the latest where there is nothing."""
    book, _ = evening(NEW)
    for told in book.meet["past"]:
        for it in (told, *(told.get("in") or {}).values()):
            found = asked_of(NEW, book.meet, it["kind"], it["g"])
            assert found is rules_of(NEW, told, it["kind"]) is not None
    assert asked_of(NEW, book.meet, "beads", 999) is two
    assert asked_of(NEW, book.meet, "pearls", 1) is None


# -- pages of the neighbouring version


def test_ROLL15_fields_of_a_later_page_disturb_no_server() -> None:
    """ROLL-15: in a greeting, an op, a beat and a live value; only within `d` nothing is guessed. A
    page of another protocol is asked to load itself anew."""
    world = World(kinds=OLD, cards={})
    host = world.host()
    bo = world.person("Bo", later={"x": [1]})
    assert bo.me and host.ask("room.open", kind="beads")[1] == "ok"
    bo.read()
    bo.n += 1
    op = {"t": "op", "n": bo.n, "do": "beads.thread", "g": 1, "d": {"colour": 4}}
    bo.say({**op, "later": 1})
    bo.say({"t": "k", "ct": 1, "pos": bo.pos, "later": {}})
    bo.say({"t": "eph", "key": "hover", "d": {"colour": 4}, "later": 1})
    world.settle()
    bo.read()
    assert bo.answers[bo.n][1] == "ok" and bo.wire.closed is None
    assert bo.ask("beads.thread", colour=4, later=1)[1] == "refused"
    for v in (0, 2):
        assert world.person("Cy", v=v).wire.closed == 4511
