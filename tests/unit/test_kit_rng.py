"""K6: chance that every node, and later a browser, draws alike."""

from __future__ import annotations

import json
from collections import Counter
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from server.kit import Rng, ratchet

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "rng.json").read_text("utf-8"))
SEED = bytes(32)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_k6_draws_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    seed, offset = bytes.fromhex(case["seed"]), case["offset"]
    rng = Rng(seed, offset)
    for call, given, want in case.get("asks", []):
        assert (rng.below(given) if call == "below" else rng.shuffled(given)) == want
    if "ratchet" in case:
        assert ratchet(seed, offset).hex() == case["ratchet"]


def test_k6_each_number_is_as_likely() -> None:
    rng = Rng(SEED, 5)
    counts = Counter(rng.below(7) for _ in range(7000))
    assert set(counts) == set(range(7))
    assert all(850 < count < 1150 for count in counts.values())
    # 3/4 of the span: without throwing draws away, the first third would come twice as often
    low = sum(rng.below(3 * 2**30) < 2**30 for _ in range(3000))
    assert 850 < low < 1150


def test_k6_each_order_is_as_likely() -> None:
    rng = Rng(SEED, 6)
    counts = Counter(tuple(rng.shuffled("abc")) for _ in range(3000))
    assert set(counts) == set(permutations("abc"))
    assert all(400 < count < 600 for count in counts.values())


def test_k6_a_shuffle_leaves_its_list_alone() -> None:
    items = [3, 1, 2]
    assert sorted(Rng(SEED, 0).shuffled(items)) == [1, 2, 3]
    assert items == [3, 1, 2]


def test_k6_a_choice_is_one_of_them() -> None:
    rng = Rng(SEED, 9)
    assert {rng.choice("abcd") for _ in range(200)} == set("abcd")


@pytest.mark.parametrize("n", [0, -1, 2**32 + 1])
def test_k6_below_refuses_what_it_cannot_draw(n: int) -> None:
    with pytest.raises(ValueError, match="below"):
        Rng(SEED, 0).below(n)


def test_k6_an_offset_is_not_glued_to_its_seed() -> None:
    seen = {tuple(Rng(SEED, offset).below(2**32) for _ in range(4)) for offset in range(300)}
    assert len(seen) == 300
    assert ratchet(SEED, 1) != ratchet(SEED, 2)
