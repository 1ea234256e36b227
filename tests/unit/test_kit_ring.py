"""KR1-KR6: rings, the cycle, and who goes on with what. And that the checks catch worse ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import kit
from server.kit import Rng, ring

SEEDS = st.binary(min_size=32, max_size=32)
SIZES = st.tuples(st.integers(2, 8), st.integers(2, 12))


def people(count: int) -> list[str]:
    return [f"p{i:03}" for i in range(count)]


# --- rings


@given(count=st.integers(0, 200), sizes=SIZES, seed=SEEDS)
def test_kr1_everybody_sits_in_one_ring_and_rings_differ_by_one(
    count: int, sizes: tuple[int, int], seed: bytes
) -> None:
    """KR1: nobody is left out or sits twice, sizes differ by one at the most."""
    least, most = min(sizes), max(sizes)
    who = people(count)
    made = ring.rings(who, least, most, Rng(seed, 1))
    assert sorted(one for its in made for one in its) == who
    sizes_ = [len(its) for its in made]
    assert not made or max(sizes_) - min(sizes_) <= 1
    assert made == ring.rings([*reversed(who)], least, most, Rng(seed, 1)), "order tells nothing"


@given(count=st.integers(1, 200), sizes=SIZES, seed=SEEDS)
def test_kr2_rings_keep_to_their_sizes_wherever_that_can_be(
    count: int, sizes: tuple[int, int], seed: bytes
) -> None:
    """KR2: between least and most if any number of rings allows it; else larger, never smaller
    than least unless there are fewer people than that."""
    least, most = min(sizes), max(sizes)
    made = ring.rings(people(count), least, most, Rng(seed, 1))
    can = [n for n in range(1, count + 1) if n * least <= count <= n * most]
    small, large = min(map(len, made)), max(map(len, made))
    if can:
        assert least <= small and large <= most and len(made) == min(can)
    else:
        assert small >= min(least, count)
        assert len(made) == max(1, count // least)


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(2, [2]), (4, [4]), (5, [5]), (7, [7]), (8, [8]), (9, [9]), (10, [5, 5]), (30, [6] * 5)],
)
def test_kr2_rings_of_five_to_seven(count: int, sizes: list[int]) -> None:
    """KR2: as the drawn telephone needs them."""
    assert [len(its) for its in ring.rings(people(count), 5, 7, Rng(b"s" * 32, 1))] == sizes


# --- the cycle


def pairs(order: Sequence[str]) -> dict[str, str]:
    return {who: to for who in order if (to := ring.given(order, who))}


def check_cycle(who: Sequence[str], given_to: dict[str, str]) -> None:
    """Everybody gives once and is given once, nobody themselves, and it is one cycle."""
    if len(who) < 2:
        assert given_to == {}
        return
    assert sorted(given_to) == sorted(given_to.values()) == sorted(who)
    assert all(one != to for one, to in given_to.items())
    at, seen = who[0], set()
    while at not in seen:
        seen.add(at)
        at = given_to[at]
    assert seen == set(who), "more than one cycle"


@given(
    count=st.integers(0, 60),
    seed=SEEDS,
    moves=st.lists(st.tuples(st.booleans(), st.integers(0, 80)), max_size=20),
)
def test_kr3_one_cycle_whoever_comes_and_goes(
    count: int, seed: bytes, moves: list[tuple[bool, int]]
) -> None:
    """KR3: each is given exactly one other person, in one cycle, also after joins and leaves."""
    rng = Rng(seed, 2)
    order = ring.cycle(people(count), rng)
    check_cycle(order, pairs(order))
    for comes, number in moves:
        who = f"p{number:03}"
        order = ring.enter(order, who, rng) if comes else ring.leave(order, who)
        assert (who in order) == comes and len(order) == len(set(order))
        check_cycle(order, pairs(order))


def test_kr3_the_check_catches_any_shuffle_that_is_no_cycle() -> None:
    """KR3: a shuffle of names alone leaves people alone with themselves or in pairs."""
    who = people(6)
    with pytest.raises(AssertionError):
        for at in range(20):
            check_cycle(who, dict(zip(who, Rng(b"x" * 32, at).shuffled(who), strict=True)))


# --- dealing

Deal = Callable[[Sequence[str], set[str], Sequence[Sequence[str]]], dict[str, int]]


def rotated(order: Sequence[str], here: set[str], made: Sequence[Sequence[str]]) -> dict[str, int]:
    """Known bad: each piece one place further among those who are here, whoever made it."""
    who = [one for one in order if one in here]
    found: dict[str, int] = {}
    for at, makers in enumerate(made):
        from_ = who.index(makers[-1]) + 1 if makers and makers[-1] in who else 0
        if who:
            found.setdefault(who[from_ % len(who)], at)
    return found


def most_fresh(who: Sequence[str], made: Sequence[Sequence[str]]) -> int:
    """How many pieces can go to somebody who has no part in them, tried in every way."""

    def best(at: int, free: frozenset[str]) -> int:
        if at == len(made):
            return 0
        found = best(at + 1, free)
        for one in free - {*made[at]}:
            found = max(found, 1 + best(at + 1, free - {one}))
        return found

    return best(0, frozenset(who))


def check_deal(deal: Deal, size: int, here: set[str], made: Sequence[Sequence[str]]) -> None:
    order = people(size)
    dealt = deal(order, here, made)
    assert set(dealt) <= here & {*order}, "only to who is here"
    assert len(set(dealt.values())) == len(dealt), "one piece each"
    for who, at in dealt.items():
        assert made[at][-1:] != [who], "never what one made just now"
    fresh = sum(who not in made[at] for who, at in dealt.items())
    assert fresh == most_fresh([one for one in order if one in here], made)
    idle = [one for one in order if one in here and one not in dealt]
    rest = [makers for at, makers in enumerate(made) if at not in dealt.values()]
    assert all(makers[-1:] == [one] for one in idle for makers in rest), "nobody idle for nothing"


SCENES = st.integers(1, 5).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.sets(st.sampled_from(people(size))),
        st.lists(st.lists(st.sampled_from(people(size)), max_size=4), max_size=5),
    )
)


@settings(max_examples=300)
@given(scene=SCENES)
def test_kr4_a_piece_goes_to_somebody_new_as_long_as_there_is_one(
    scene: tuple[int, set[str], list[list[str]]],
) -> None:
    """KR4: as many pieces as possible go to people without a part in them, none to its last
    maker, one to each, and nobody sits idle beside a piece they could go on with."""
    check_deal(ring.deal, *scene)


def test_kr4_the_check_catches_a_plain_rotation() -> None:
    """KR4: where somebody is away, passing one place further gives people their own back."""
    with pytest.raises(AssertionError):
        for away in people(4):
            made = [[one] for one in people(4)]
            for _ in range(3):
                here = {*people(4)} - {away}
                check_deal(rotated, 4, here, made)
                for who, at in rotated(people(4), here, made).items():
                    made[at].append(who)


@given(size=st.integers(2, 12))
def test_kr5_with_everybody_here_all_go_one_place_further(size: int) -> None:
    """KR5: in a whole ring each piece goes to the next one, until everybody has had it once."""
    who = people(size)
    made = [[one] for one in who]
    for step in range(1, size):
        dealt = ring.deal(who, who, made)
        assert dealt == {who[(at + step) % size]: at for at in range(size)}
        for one, at in dealt.items():
            made[at].append(one)
    assert all(sorted(makers) == who for makers in made)


def test_kr6_a_ring_of_twelve_with_many_pieces_is_dealt_at_once() -> None:
    """KR6: the largest ring there is, everybody new to little, takes no long search."""
    who = people(12)
    made = [[*who[: at % 11]] for at in range(40)]
    dealt = ring.deal(who, who, made)
    assert len(dealt) == 12
    assert kit.ring is ring
