"""K1-K5: changes, on the vectors that the browser reads too."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.kit import Change, PatchError, Tree, apply, coalesce, get
from server.kit.change import MAX_DEPTH, MAX_INT, MAX_KEYS

VECTORS = Path(__file__).parents[1] / "vectors"
PATCHES = json.loads((VECTORS / "patch.json").read_text("utf-8"))
MERGES = json.loads((VECTORS / "coalesce.json").read_text("utf-8"))


def read(wire: list[Any]) -> list[Change]:
    return [Change.of(change) for change in wire]


@pytest.mark.parametrize("case", PATCHES, ids=lambda case: case["name"])
def test_k1_apply_does_what_the_vectors_say(case: dict[str, Any]) -> None:
    state = copy.deepcopy(case["state"])
    if "error" in case:
        with pytest.raises(PatchError) as caught:
            apply(state, read(case["changes"]))
        assert caught.value.code == case["error"]
    else:
        assert json.dumps(apply(state, read(case["changes"])), sort_keys=True) == json.dumps(
            case["want"], sort_keys=True
        )
    assert state == case["state"], "apply never writes to what it is given"


@pytest.mark.parametrize("case", PATCHES, ids=lambda case: case["name"])
def test_k2_a_tree_changes_all_or_nothing_in_place_too(case: dict[str, Any]) -> None:
    tree = Tree(copy.deepcopy(case["state"]))
    if isinstance(tree.root, dict) and len(tree.root) < MAX_KEYS:
        tree.apply([Change("mine", 1), Change("mine")])  # now the root is written in place
    try:
        tree.apply(read(case["changes"]))
    except PatchError as error:
        assert error.code == case["error"]
        assert json.dumps(tree.root) == json.dumps(case["state"]), "and in the same order"
    else:
        assert tree.root == case["want"]


@pytest.mark.parametrize("case", MERGES, ids=lambda case: case["name"])
def test_k3_coalesce_does_what_the_vectors_say(case: dict[str, Any]) -> None:
    changes = read(case["changes"])
    merged = coalesce(changes)
    assert len(merged) <= case["most"]
    assert apply(case["state"], merged) == apply(case["state"], changes)


SEGMENTS = st.sampled_from(["a", "b", "0", "1", "2", "3"])
PATHS = st.lists(SEGMENTS, min_size=1, max_size=3).map(lambda found: "room/" + "/".join(found))
VALUES = st.sampled_from([None, 0, 7, [], [1, 2], {}, {"a": 1}, {"a": [1]}])
CHANGES = st.lists(
    st.one_of(st.builds(Change, PATHS, VALUES), st.builds(Change, PATHS)), max_size=9
)
LEAVES: list[Any] = [[1, 2, 3], [[1], [2]], [], {"b": [1]}, {"a": {"a": {}}}, 5]
TREES = st.sampled_from([{"room": {"a": leaf}} for leaf in LEAVES])


@settings(max_examples=600)
@given(TREES, CHANGES)
def test_k3_coalescing_never_changes_the_result(tree: Any, changes: list[Change]) -> None:
    good, now = [], tree
    for change in changes:
        try:
            now = apply(now, [change])
        except PatchError:
            continue
        good.append(change)
    assert apply(tree, coalesce(good)) == now
    assert len(coalesce(good)) <= len(good)


@settings(max_examples=400)
@given(TREES, st.lists(st.tuples(CHANGES, st.booleans()), max_size=5))
def test_k2_what_was_shared_stays_as_it_was(
    start: Any, batches: list[tuple[list[Change], bool]]
) -> None:
    tree, pure = Tree(start), start
    shared = [(start, json.dumps(start))]
    for changes, share in batches:
        try:
            pure = apply(pure, changes)
        except PatchError as error:
            before = json.dumps(tree.root)
            with pytest.raises(PatchError, match=error.code):
                tree.apply(changes)
            assert json.dumps(tree.root) == before
        else:
            tree.apply(changes)
        assert tree.root == pure
        if share:
            shared.append((tree.share(), json.dumps(tree.root)))
    for kept, then in shared:
        assert json.dumps(kept) == then


def test_k2_growing_a_long_list_copies_it_once() -> None:
    tree = Tree({"room": {"marks": [[n] for n in range(20_000)]}})
    tree.apply([Change("room/marks/20000", [1])])
    grown = tree.root["room"]["marks"]
    tree.apply([Change("room/marks/20001", [2])])
    assert tree.root["room"]["marks"] is grown
    assert len(tree.share()["room"]["marks"]) == 20_002
    tree.apply([Change("room/marks/20002", [3])])
    assert len(grown) == 20_002, "given out: copied before the next write"


def test_k1_apply_shares_what_it_does_not_touch() -> None:
    tree = {"room": {"a": [1], "b": [2]}}
    new = apply(tree, [Change("room/a/1", 5)])
    assert new["room"]["b"] is tree["room"]["b"]


@pytest.mark.parametrize(
    ("value", "good"),
    [
        (MAX_INT, True),
        (MAX_INT + 1, False),
        (-MAX_INT, True),
        (-MAX_INT - 1, False),
        ({str(n): n for n in range(MAX_KEYS)}, True),
        ({str(n): n for n in range(MAX_KEYS + 1)}, False),
        (1.0, False),
        (float("nan"), False),
        ({1: 2}, False),
        ({1, 2}, False),
        (b"x", False),
    ],
)
def test_k4_values_are_plain_json_within_bounds(value: Any, good: bool) -> None:
    if good:
        assert apply({}, [Change("a", value)]) == {"a": value}
    else:
        with pytest.raises(PatchError):
            apply({}, [Change("a", value)])


def test_k4_depth_at_the_bound_and_one_below() -> None:
    deep: Any = 1
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert apply({}, [Change("a", deep)]) == {"a": deep}
    with pytest.raises(PatchError, match="value"):
        apply({}, [Change("a", [deep])])
    path = "/".join("a" * MAX_DEPTH)
    assert get(apply({}, [Change(path, 1)]), path) == 1
    with pytest.raises(PatchError, match="path"):
        apply({}, [Change(path + "/a", 1)])


def test_k5_get_reads_what_apply_wrote() -> None:
    tree = {"room": {"l": [1, {"x": 2}], "none": None}}
    assert get(tree, "room/l/1/x") == 2
    assert get(tree, "room/none", 7) is None
    assert get(tree, "room/l/2", 7) == 7
    assert get(tree, "room/l/x", 7) == 7
    assert get(tree, "room/l/0/x", 7) == 7
    assert get(tree, "room/gone/x") is None


def test_k5_a_change_reads_as_on_the_wire() -> None:
    assert Change("a", None).wire() == ["a", None]
    assert Change("a").wire() == ["a"]
    assert Change.of(["a"]).deletes
    assert not Change.of(["a", None]).deletes
    assert Change("a", [1]) == Change.of(["a", [1]])
    assert Change("a") != Change("a", None)
    assert repr(Change("a")) == "Change('a')"
    assert repr(Change("a").value) == "GONE"
