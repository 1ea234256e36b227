"""Z1-Z9: what every kind promises. A folder with a rules.py is tested by being there."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.kit import Activity, Fault
from tests.laws import laws
from tests.laws.bad import BAD, good
from tests.stage import load

KINDS = sorted(found.parent.name for found in (laws.ROOT / "activities").glob("*/rules.py"))
CHANCE = st.randoms(use_true_random=False)


REVISIONS = [(kind, revision) for kind in KINDS for revision in load(kind).revisions]


@pytest.fixture(params=REVISIONS, ids=lambda one: one[0] if one[1] == 1 else f"{one[0]}-{one[1]}")
def activity(request: pytest.FixtureRequest) -> Activity:
    """Each kind, and each revision of it whose rules are still there."""
    kind, revision = request.param
    found = load(kind).at(revision)
    assert found is not None
    return found


def test_z9_the_kinds_of_the_first_day_are_found() -> None:
    assert {"canvas", "checkin", "prompt"} <= set(KINDS)
    assert Path(laws.ROOT, "server", "kit").is_dir()


def test_z9_a_kind_is_named_after_its_folder() -> None:
    assert [load(kind).kind for kind in KINDS] == KINDS


def test_z9_a_view_can_draw_each_revision(activity: Activity) -> None:
    """ROLL-13: or else the page would ask to be loaded anew for ever."""
    view = (laws.ROOT / "activities" / activity.kind / "view.js").read_text("utf-8")
    assert activity.revision == 1 or f"revision: {load(activity.kind).revision}" in view


def test_z9_a_kind_declares_all_that_strangers_need(activity: Activity) -> None:
    laws.law_declared(activity)


def test_z13_each_refusal_of_a_kind_has_a_sentence_in_every_language(activity: Activity) -> None:
    """Z13: the page tells it where a tap came to nothing; without it the button would seem dead."""
    for path in (laws.ROOT / "activities" / activity.kind / "lang").glob("*.json"):
        words = json.loads(path.read_text("utf-8"))
        assert not [code for code in activity.refusals if f"refused.{code}" not in words], path


def test_z8_each_field_takes_its_bound_and_refuses_the_next(activity: Activity) -> None:
    laws.law_bounds(activity)


def test_z8_nothing_breaks_under_a_flood(activity: Activity) -> None:
    laws.law_flood(activity)


@settings(max_examples=60)
@given(chance=CHANCE)
def test_z1_whatever_people_do_the_laws_hold(activity: Activity, chance: Random) -> None:
    laws.law_play(activity, chance)


@settings(max_examples=40)
@given(chance=CHANCE)
def test_z2_the_same_again_is_the_same(activity: Activity, chance: Random) -> None:
    laws.law_again(activity, chance)


def test_z2_hashes_make_no_difference() -> None:
    laws.law_hashes(KINDS)


# --- the suite itself: what breaks a law is caught, what breaks none is not


def suite(activity: Activity) -> None:
    laws.law_declared(activity)
    laws.law_bounds(activity)
    laws.law_flood(activity)
    for seed in range(60):
        laws.law_play(activity, Random(seed))
        laws.law_again(activity, Random(seed))


def test_z9_the_suite_lets_a_good_kind_pass() -> None:
    suite(good("good"))


CAUGHT_BY = {
    "leaks_own_into_room": "'say'.*: idana",
    "shows_to_whoever_asks": "'show'.*: idana",
    "tells_in_a_refusal": "refusal tells",
    "puts_it_with_another": "'say'.*: idana",
    "depends_on_the_order_of_keys": "a restart makes a difference",
    "keeps_something_beside": "a restart makes a difference",
    "emits_a_float": "float is no value",
    "raises": "IndexError",
    "raises_when_somebody_leaves": "away: KeyError",
    "writes_to_the_state": "TypeError",
    "grows_a_dict": "wide",
    "takes_from_the_middle": "middle",
    "refuses_with_a_code_of_its_mind": "because",
    "sets_a_timer_for_nothing": "nothing",
    "forgets_to_erase": "the id of .* is left",
    "shows_more_with_each_reveal": "shows once",
    "has_no_erase": "without erase",
    "harvests_names": "Name.* is in the harvest",
    "harvests_ids": "the id of .* is in the harvest",
    "hears_a_word": "are heard",
    "hears_whom_it_pleases": "heard: TypeError",
    "is_undocumented": "in a sentence",
}


@pytest.mark.parametrize("name", [*CAUGHT_BY])
def test_z9_the_suite_catches_what(name: str) -> None:
    with pytest.raises((AssertionError, Fault), match=CAUGHT_BY[name]):
        suite(BAD[name])


def test_z9_every_bad_kind_is_tried() -> None:
    assert {*CAUGHT_BY, "walks_through_a_set"} == set(BAD)


def test_z9_the_suite_catches_what_walks_through_a_set() -> None:
    with pytest.raises(AssertionError, match="order of a set"):
        laws.law_hashes(["bad:walks_through_a_set"])
