"""K30-K35: people are parted so that nobody meets twice while it can be avoided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import kit
from server.kit import groups
from server.kit.matching import Matching

Parted = Callable[[list[str], int, groups.Met, kit.Rng], list[list[str]]]


def names(many: int) -> list[str]:
    return [f"p{i:02}" for i in range(many)]


def chance(n: int = 1) -> kit.Rng:
    return kit.Rng(b"g" * 32, n)


def ways(people: list[str], counts: list[int]) -> Iterator[list[list[str]]]:
    """Every way to part these people, by hand."""
    if not counts:
        yield []
        return
    first, rest = people[0], people[1:]
    for size in sorted(set(counts)):
        left = [*counts]
        left.remove(size)
        for mates in combinations(rest, size - 1):
            others = [one for one in rest if one not in mates]
            for more in ways(others, left):
                yield [[first, *mates], *more]


def fewest(people: list[str], size: int, met: groups.Met) -> int:
    counts = groups.sizes(len(people), size)
    return min(groups.repeats(way, met) for way in ways(people, counts))


@st.composite
def rooms(draw: Any, most: int) -> tuple[list[str], int, dict[str, list[str]], int]:
    people = names(draw(st.integers(0, most)))
    size = draw(st.sampled_from([2, 3, 4]))
    met: dict[str, list[str]] = {}
    for one, other in combinations([*people, "gone"], 2):
        if draw(st.integers(0, 9)) < 4:
            met.setdefault(one, []).append(other)
    return people, size, met, draw(st.integers(1, 99))


def holds(parted: Parted, room: tuple[list[str], int, dict[str, list[str]], int]) -> None:
    """K30: everybody is in one group, groups are balanced, nobody is alone while there are two."""
    people, size, met, seed = room
    found = parted(people, size, met, chance(seed))
    assert sorted(one for group in found for one in group) == people
    counts = sorted(map(len, found))
    if people:
        assert counts[-1] - counts[0] <= 1 and counts[-1] <= size + (size == 2)
        assert counts[0] > 1 or len(people) == 1
        assert size != 2 or counts.count(3) == (len(people) % 2 if len(people) > 1 else 0)
    again = parted(people[::-1], size, met, chance(seed))
    assert again == found, "who came first makes a difference"
    if len(people) <= 8:
        assert groups.repeats(found, met) == (fewest(people, size, met) if people else 0)


@settings(max_examples=150)
@given(room=rooms(8))
def test_k30_few_people_are_parted_as_well_as_can_be(room: Any) -> None:
    holds(groups.parted, room)


@settings(max_examples=60)
@given(room=rooms(40))
def test_k30_many_people_are_parted_fairly(room: Any) -> None:
    holds(groups.parted, room)


def in_turn(who: list[str], size: int, met: groups.Met, rng: kit.Rng) -> list[list[str]]:
    """Each takes the first one not met: it paints itself into corners."""
    free, found = sorted(who), []
    for count in groups.sizes(len(free), size):
        group = [free.pop(0)]
        while len(group) < count:
            fresh = [one for one in free if groups.repeats([[*group, one]], met) == 0]
            group.append((fresh or free)[0])
            free.remove(group[-1])
        found.append(group)
    return found


def alone(who: list[str], size: int, met: groups.Met, rng: kit.Rng) -> list[list[str]]:
    """Full groups first, and the rest for itself."""
    order = rng.shuffled(sorted(who))
    return [order[at : at + size] for at in range(0, len(order), size)]


@pytest.mark.parametrize("bad", [in_turn, alone])
def test_k30_the_property_catches_a_bad_way(bad: Parted) -> None:
    room = given(room=rooms(8))(settings(max_examples=150, database=None)(holds_with(bad)))
    with pytest.raises(AssertionError):
        room()


def holds_with(parted: Parted) -> Callable[[Any], None]:
    def one(room: Any) -> None:
        holds(parted, room)

    return one


def test_k31_everybody_meets_everybody_before_anybody_meets_twice() -> None:
    """Eight people have seven rounds of fresh pairs; only the eighth repeats."""
    for many in (4, 6, 8, 10, 16):
        met: groups.Met = {}
        fresh = 0
        for turn in range(many):
            found = groups.parted(names(many), 2, met, chance(turn))
            if groups.repeats(found, met):
                break
            met = groups.together(found, met)
            fresh += 1
        # which fresh pairs come first is chance, so the last rounds may not all exist
        assert fresh >= many // 2, f"{many} people, {fresh} rounds"


def test_k31_repeats_are_as_few_as_can_be() -> None:
    met = {one: [two for two in names(4) if two != one] for one in names(4)}
    found = groups.parted(names(6), 2, met, chance())
    assert groups.repeats(found, met) == 1, "four know each other, two are new: one pair must"


@settings(max_examples=200)
@given(st.integers(0, 9), st.data())
def test_k32_a_matching_is_the_largest_there_is(many: int, data: Any) -> None:
    """K32: against every subset of edges, blossoms and all."""
    edges = [e for e in combinations(range(many), 2) if data.draw(st.booleans())]
    near: list[list[int]] = [[] for _ in range(many)]
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    mates = Matching(near).mates()
    for v, mate in enumerate(mates):
        assert mate < 0 or (mates[mate] == v and mate in near[v])
    assert sum(mate >= 0 for mate in mates) // 2 == largest(edges)


def largest(edges: list[tuple[int, int]]) -> int:
    if not edges:
        return 0
    (a, b), *rest = edges
    free = [e for e in rest if a not in e and b not in e]
    return max(largest(rest), 1 + largest(free))


def test_k32_an_odd_circle_with_two_tails_is_a_blossom() -> None:
    """The case that a search without blossoms misses."""
    near = [[1], [0, 2, 5], [1, 3], [2, 4], [3, 5, 6], [4, 1], [4, 7], [6]]
    assert sum(mate >= 0 for mate in Matching(near).mates()) == 8


@pytest.mark.parametrize("size", [2, 3, 4])
@pytest.mark.parametrize("many", [99, 100, 101])
def test_k33_a_hundred_people_are_a_bounded_work(many: int, size: int) -> None:
    """K33: looks are counted, also where nearly everybody has met nearly everybody."""
    people = names(many) if many < 100 else [f"q{i:03}" for i in range(many)]
    rng = kit.Rng(b"h" * 32, many)
    for thick in (0, 50, 90, 98, 100):
        met = {
            one: [two for two in people if two > one and rng.below(100) < thick] for one in people
        }
        work = groups.Parting(people, size, met, chance(thick))
        found = work.groups()
        assert sorted(one for group in found for one in group) == people
        assert work.steps <= 400_000, f"{work.steps} looks"
        if thick == 0:
            assert groups.repeats(found, met) == 0


def test_k33_six_rounds_of_a_full_room_repeat_nobody() -> None:
    for size in (2, 3, 4):
        met: groups.Met = {}
        for turn in range(6):
            found = groups.parted(names(99), size, met, chance(turn))
            assert groups.repeats(found, met) == 0, f"groups of {size}, round {turn + 1}"
            met = groups.together(found, met)


def test_k34_who_met_whom_is_kept_from_both_sides() -> None:
    met = groups.together([["b", "a"], ["c"]], {"a": ["z"]})
    assert met == {"a": ["b", "z"], "b": ["a"], "c": []}
    assert groups.repeats([["z", "a"]], met) == 1
    assert groups.sizes(0, 2) == [] and groups.sizes(1, 4) == [1]
    assert [groups.sizes(5, n) for n in (2, 3, 4)] == [[3, 2], [3, 2], [3, 2]]
    with pytest.raises(ValueError, match="groups of 5"):
        groups.parted(["a"], 5, {}, chance())


def test_k35_data_are_named_plain_values_within_a_bound() -> None:
    field = kit.data(60, default={})
    for value in ({}, {"mode": "open", "size": 3, "on": True, "none": None}, {"a": [1, [2]]}):
        assert field.check(value) == value
    assert field.check({"a": "x" * 43}) == {"a": "x" * 43}
    assert field.check({"text": " e\u0301\n"}) == {"text": "é"}
    for wrong in (
        {"a": "x" * 44},
        {"a": 0.5},
        {"a": 2**53 + 1},
        {"": 1},
        {"A": 1},
        {1: 1},
        {"a": {"b": {"c": {}}}},
        {"a": [0] * 7},
        {"a": "x" * 10**6},
        [],
        "{}",
        None,
    ):
        with pytest.raises(kit.FieldError) as caught:
            field.check(wrong)
        assert caught.value.code == "not_a_list", wrong
    assert field.schema() == {"type": "object", "format": "data", "maxLength": 60, "default": {}}
