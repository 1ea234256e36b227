"""Ring: who passes what to whom. Pure, and the same for the same chance.

``rings`` sits people in rings, ``cycle`` gives everybody exactly one other person, ``deal`` says
who goes on with which piece when some are away, late or out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from server.kit.rng import Rng


def rings(who: Iterable[str], least: int, most: int, rng: Rng) -> list[list[str]]:
    """People in rings whose sizes differ by one at the most; as few rings as ``most`` allows.

    Where the numbers do not fit (8 people in rings of 5 to 7), rings are larger than ``most``
    rather than smaller than ``least``; fewer people than ``least`` are one ring.
    """
    people = rng.shuffled(sorted(who))
    if not people:
        return []
    count = -(-len(people) // max(1, most))
    if count * least > len(people):
        count = max(1, len(people) // max(1, least))
    small, more = divmod(len(people), count)
    out: list[list[str]] = []
    at = 0
    for place in range(count):
        size = small + (place < more)
        out.append(people[at : at + size])
        at += size
    return out


def cycle(who: Iterable[str], rng: Rng) -> list[str]:
    """One single cycle: each is given the next one, the last one the first (see ``given``)."""
    return rng.shuffled(sorted(who))


def given(order: Sequence[str], who: str) -> str | None:
    """Whom this person is given; None for somebody who is not in it, or alone."""
    if who not in order or len(order) < 2:
        return None
    return order[(order.index(who) + 1) % len(order)]


def enter(order: Sequence[str], who: str, rng: Rng) -> list[str]:
    """Somebody comes into the cycle, between two people whom chance names; it stays one cycle."""
    if who in order:
        return list(order)
    at = rng.below(len(order) + 1)
    return [*order[:at], who, *order[at:]]


def leave(order: Sequence[str], who: str) -> list[str]:
    """Somebody goes; who was to give to them gives to the next one."""
    return [one for one in order if one != who]


def deal(
    ring: Sequence[str], here: Collection[str], made: Sequence[Sequence[str]]
) -> dict[str, int]:
    """Who goes on with which piece: at most one each, for those of the ring who are here.

    ``made`` names the makers of each piece so far, in their order. A piece goes to the next one in
    the ring who has no part in it; as many pieces as possible get such a person, those that few
    have been at come first. What is left goes to somebody who has not made its last part. Nobody
    is given what they made just now: such a piece rests.
    """
    who = [one for one in ring if one in here]
    found: dict[str, int] = {}
    order = sorted(range(len(made)), key=lambda at: (len(made[at]), at))
    wishes = [_next(ring, who, makers, set(makers)) for makers in made]
    for at in order:
        _place(at, wishes, found, set())
    for at in order:
        if at not in found.values():
            last = set(made[at][-1:])
            free = [one for one in _next(ring, who, made[at], last) if one not in found]
            if free:
                found[free[0]] = at
    return found


def _next(
    ring: Sequence[str], who: Sequence[str], made: Sequence[str], without: Collection[str]
) -> list[str]:
    """Those who may go on, from the last maker's neighbour around the ring."""
    from_ = ring.index(made[-1]) + 1 if made and made[-1] in ring else 0
    around = [*ring[from_:], *ring[:from_]]
    return [one for one in around if one in who and one not in without]


def _place(
    at: int, wishes: Sequence[Sequence[str]], found: dict[str, int], tried: set[str]
) -> bool:
    """Find somebody for a piece, if need be by giving theirs to another (a matching of Kuhn)."""
    for one in wishes[at]:
        if one not in found:
            found[one] = at
            return True
    for one in wishes[at]:
        if one not in tried:
            tried.add(one)
            if _place(found[one], wishes, found, tried):
                found[one] = at
                return True
    return False
