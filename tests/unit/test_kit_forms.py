"""K25, K27-K29, K36: parts that a kind is put together from: forms, sums, actions, names."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import kit
from server.kit import Activity, Change, Ctx, Lines, held, stroke, tally


def ctx(me: str = "a", role: str = "member", people: Any = None, **state: Any) -> Ctx:
    options = {"form": "one", "named": True}
    rng = kit.Rng(b"k" * 32, 1)
    return Ctx(me, role, 1000, 1, rng, options, people or {}, state={"own": {}, **state})


def after(state: dict[str, Any], changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = kit.apply(state, changes)
    return found


def module(**code: Any) -> ModuleType:
    made = ModuleType("form")
    vars(made).update(code)
    return made


def formed(**forms: ModuleType) -> Activity:
    jam = Activity("x", options={"form": kit.one_of(*forms, default="one")})
    kit.forms(jam, forms)
    return jam


def of(jam: Activity, hook: str, form: str, **state: Any) -> kit.Effects:
    person = ctx(**state)
    person.options = {"form": form}
    return kit.run_hook(jam, {"own": {}, **state}, hook, person)


def test_k27_each_form_begins_and_ends_its_own_way() -> None:
    def fresh(ctx: Ctx) -> dict[str, Any]:
        return {"phase": "collect", "count": 0}

    def gone(ctx: Ctx) -> Any:
        yield Change("room/gone", ctx.me)

    def mended(ctx: Ctx) -> Any:
        yield Change("room/count", 7)

    def ended(ctx: Ctx) -> Any:
        yield Change("room/phase", "over")

    one = module(fresh=fresh, gone=gone, mended=mended, ended=ended)
    jam = formed(one=one, two=module(fresh=lambda ctx: {"phase": "run"}))
    for form, phase in (("one", "collect"), ("two", "run")):
        person = ctx()
        person.options = {"form": form}
        assert kit.start(jam, person).state["room"]["phase"] == phase
    for hook, change in (
        ("erase", Change("room/gone", "a")),
        ("mend", Change("room/count", 7)),
        ("reveal", Change("room/phase", "over")),
    ):
        assert of(jam, hook, "one", room={"phase": "run"}).changes == [change]
        assert of(jam, hook, "two", room={"phase": "run"}).changes == [], "it needs none of these"


def test_k27_what_waits_is_shown_where_a_form_says_nothing_else() -> None:
    def shown(ctx: Ctx) -> Any:
        yield from held.shown(ctx, "words", [text for _, text in held.given(ctx)])

    jam = formed(one=module(fresh=lambda ctx: {}, shown=shown))
    given = {"a": {"pick": "soft"}}
    effects = of(jam, "reveal", "one", room={"phase": "collect", "count": 1}, own=given)
    assert Change("room/words", ["soft"]) in effects.changes and effects.forget
    for room, own in (({"phase": "shown"}, given), ({"phase": "collect"}, {})):
        assert of(jam, "reveal", "one", room=room, own=own).changes == []


def test_k27_a_harvest_asks_each_form_once() -> None:
    def told(room: Any, names: Any) -> Any:
        yield Lines("words", [*room["words"], *names.values()])

    one = module(fresh=lambda ctx: {}, told=told)
    jam = formed(one=one, two=one, three=module(fresh=lambda ctx: {}))
    (piece,) = kit.harvest(jam, {"words": ["soft"]}, {"a": "Ana"})
    assert isinstance(piece, Lines) and piece.lines == ["soft", "Ana"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-1, 3))))
def test_k28_sums_say_how_many_chose_it_whoever_thinks_again(taps: list[tuple[str, int]]) -> None:
    state: dict[str, Any] = {"room": {"sums": [0] * 4, "count": 0}, "own": {}}
    for who, at in taps:
        person = ctx(who, **state)
        old, new = person.own.get("pick"), at if at >= 0 else None
        state = after(state, tally.moved(person, "sums", old, new))
        state = after(state, held.take(person) if new is None else held.give(person, new))
    chosen = [at for _, at in held.given(ctx(**state))]
    assert state["room"] == {"sums": tally.sums(chosen, 4), "count": len(chosen)}
    assert sum(state["room"]["sums"]) == len(chosen)


def test_k28_what_it_comes_to_is_shown_and_the_rest_forgotten() -> None:
    *changes, forget = held.summed("sums", [1, 2])
    assert changes == [Change("room/sums", [1, 2]), Change("room/phase", "shown")]
    assert isinstance(forget, kit.Forget)
    for phase, own, waits in (("collect", {"a": {"pick": 0}}, True), ("collect", {}, False)):
        assert held.waits(ctx(room={"phase": phase}, own=own)) is waits
    assert not held.waits(ctx(room={"phase": "shown"}, own={"a": {"pick": 0}}))


def test_k29_the_actions_that_parts_give_are_whole_ones() -> None:
    jam = Activity("x")
    held.takeable(jam, "withdraw", "Take mine back.")
    kit.bell.pausable(jam, "ring", "Let it stand.")
    kit.bell.extendable(jam, "longer", "ring", 30_000, 90_000, "A little more.", phase=("run",))

    @jam.action(kit.CLOCK)
    def ring(ctx: Ctx) -> Any:
        """It rings."""
        yield from ()

    assert [(one.name, one.by, one.doc) for one in jam.actions.values()][:3] == [
        ("withdraw", "member", "Take mine back."),
        ("pause", "host", "Let it stand."),
        ("longer", "host", "A little more."),
    ]
    state = {"room": {"phase": "run", "clock": {"at": 0, "ms": 61_000}}, "own": {}}
    host = ctx(role="host")
    more = kit.run(jam, state, "longer", {}, host)
    assert more.changes == [Change("room/clock/ms", 91_000)]
    assert [(one.name, one.ms) for one in more.timers] == [("ring", 90_000)]
    still = kit.run(jam, state, "pause", {}, host)
    assert still.changes == [Change("room/clock/left", 60_000)]
    state = {"room": {"phase": "collect", "count": 1}, "own": {"a": {"pick": 3}}}
    back = after(state, kit.run(jam, state, "withdraw", {}, ctx()).changes)
    assert back == {"room": {"phase": "collect", "count": 0}, "own": {"a": {}}}
    for name in ("pause", "longer"):
        with pytest.raises(kit.Refusal):
            kit.run(jam, state, name, {}, ctx())


def test_k25_a_thing_that_was_taken_back_is_no_more_there_than_one_that_never_was() -> None:
    said = [{"by": "a", "text": "soft"}, {"by": "b", "text": "loud"}, {"by": "", "text": ""}]
    person = ctx(room={"said": said})
    assert kit.thing(person, "said", 1, "no_line") == said[1]
    assert kit.mine(person, "said", 0, "no_line") == said[0]
    for find, key, i, code in (
        (kit.thing, "said", 2, "no_line"),
        (kit.thing, "said", 3, "no_line"),
        (kit.thing, "unsaid", 0, "no_line"),
        (kit.mine, "said", 2, "no_line"),
        (kit.mine, "said", 1, "not_mine"),
    ):
        with pytest.raises(kit.Refusal) as no:
            find(person, key, i, "no_line")
        assert no.value.code == code


def test_k25_what_a_host_wrote_for_everybody_is_blank_lines_once_they_are_erased() -> None:
    state: dict[str, Any] = {"host": {"by": "a"}, "room": {"words": ["one", "two"]}}
    assert list(kit.blanked(ctx("b", **state), "words")) == []
    gone = after(state, kit.blanked(ctx("a", **state), "words"))
    assert gone == {"host": {}, "room": {"words": ["", ""]}}


def test_k25_each_one_who_comes_gets_the_next_one_and_keeps_it() -> None:
    state: dict[str, Any] = {"room": {"came": 0}, "own": {}}
    for who in ("b", "a", "b", "c"):
        state = after(state, kit.arrived(ctx(who, **state), "key", lambda came: "xy"[came % 2]))
    given = {who: own["key"] for who, own in state["own"].items()}
    assert given == {"b": "x", "a": "y", "c": "x"} and state["room"] == {"came": 3}
    assert next(kit.arrived(ctx("d", **state), "at")) == Change("own/d/at", 3)


@pytest.mark.parametrize(
    ("card", "wants", "known", "shown"),
    [
        (True, True, True, {"name": "Ana", "by": "a"}),
        (False, True, True, {}),
        (True, False, True, {}),
        (True, True, False, {}),
    ],
)
def test_k36_a_name_stands_where_card_and_person_want_it(
    card: bool, wants: bool, known: bool, shown: dict[str, str]
) -> None:
    person = ctx(people={"a": {"name": "Ana"}} if known else {})
    person.options = {"named": card}
    assert kit.signed(person, "a", wants) == shown


def test_k36_texts_are_kept_without_what_was_taken_back_or_aside() -> None:
    said = [{"by": "a", "text": "soft"}, {"text": "off", "off": True}, {"by": "", "text": ""}]
    (kept,) = kit.written("said", said, {"a": "Ana"})
    assert isinstance(kept, Lines) and (kept.name, kept.lines) == ("said", ["soft (Ana)"])
    (kept,) = kit.written("said", said)
    assert isinstance(kept, Lines) and kept.lines == ["soft"]
    told = [{"who": "a", "wish": "a boat"}]
    (kept,) = kit.written("wishes", told, {"a": "Ana"}, text="wish", by="who")
    assert isinstance(kept, Lines) and kept.lines == ["a boat (Ana)"]
    assert list(kit.written("said", said[1:])) == []


def test_k29_a_mark_is_taken_as_it_can_be_read() -> None:
    fields = stroke.fields(kit.integer(0, 3))
    assert [*fields] == ["ink", "width", "shape", "points"]
    assert stroke.legible("AAA") == "AAA"
    for bad in ("", "A", "A!", "AAAU"):
        with pytest.raises(kit.Refusal) as no:
            stroke.legible(bad)
        assert no.value.code == "bad_points"
    first, second = [1, 1, 0, "AAA"], [2, 1, 0, "AAA"]
    state = after({"own": {}}, [stroke.laid("own/a/marks", [], first)])
    state = after(state, [stroke.laid("own/a/marks", [first], second)])
    assert state == {"own": {"a": {"marks": [first, second]}}}


def test_k36_every_kind_asks_in_the_same_two_ways() -> None:
    fields = kit.question(160)
    assert kit.check_all(fields, {"prompt": 99}) == {"text": "", "prompt": 99}
    for wrong, code in (({"prompt": 100}, "not_a_number"), ({"text": "x" * 161}, "too_long")):
        with pytest.raises(kit.FieldError) as no:
            kit.check_all(fields, wrong)
        assert no.value.code == code
