"""Groups: who goes with whom, so that nobody meets the same person twice while it can be avoided.

Pairs are exact: a largest matching in the graph of those who have not met leaves the fewest who
must meet again. Up to nine people every way to part them is looked at. An odd number is tried with
TRIOS trios and exact pairs beside each. Threes and fours of ten and more are the best of a bounded
local search: swaps from a chance start, about STEPS looks in all. Equal chance, equal groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from server.kit.matching import Matching
from server.kit.rng import Rng

Met = Mapping[str, Collection[str]]
"""Who has been with whom. One side is enough."""

SMALL = 9
"""So many people are parted in every possible way."""
STEPS = 40_000
"""Looks at two people that the search for threes and fours may take."""
TRIOS = 12
"""Trios that an odd number of people is tried with."""


def parted(who: Iterable[str], size: int, met: Met, rng: Rng) -> list[list[str]]:
    """Groups of ``size`` (2, 3 or 4), balanced; nobody is alone while there are two.

    Pairs with one over make one trio; else no group is larger than ``size``.
    """
    return Parting(who, size, met, rng).groups()


def sizes(many: int, size: int) -> list[int]:
    """How large the groups are, the larger ones first."""
    count = max(1, many // 2 if size == 2 else -(-many // size))
    least, more = divmod(many, count)
    return [least + 1] * more + [least] * (count - more) if many else []


def together(groups: Iterable[Collection[str]], met: Met) -> dict[str, list[str]]:
    """``met`` with these groups added, each side of it, to be kept in vault/."""
    known = {one: {*others} for one, others in met.items()}
    for group in groups:
        for one in group:
            known.setdefault(one, set()).update(other for other in group if other != one)
    return {one: sorted(known[one]) for one in sorted(known)}


def repeats(groups: Iterable[Collection[str]], met: Met) -> int:
    """How many two of these have met before."""
    both = together((), met)
    again = sum(
        other in both.get(one, ()) or one in both.get(other, ())
        for group in groups
        for one in group
        for other in group
        if one != other
    )
    return again // 2


class Parting:
    """One parting; ``steps`` counts its work. People are bits of a mask, in chance order."""

    def __init__(self, who: Iterable[str], size: int, met: Met, rng: Rng) -> None:
        if size not in (2, 3, 4):
            raise ValueError(f"groups of {size}")
        self.who = rng.shuffled(sorted({*who}))
        self.rng, self.steps = rng, 0
        self.sizes = sizes(len(self.who), size)
        at = {one: i for i, one in enumerate(self.who)}
        self.met = [0] * len(self.who)
        for one in met:
            for other in met[one]:
                if one in at and other in at and one != other:
                    self.met[at[one]] |= 1 << at[other]
                    self.met[at[other]] |= 1 << at[one]

    def groups(self) -> list[list[str]]:
        """The groups, in chance order."""
        many = len(self.who)
        if not many:
            return []
        if self.sizes[0] == 2:
            found = self._pairs((1 << many) - 1)
        elif many <= SMALL:
            found = self._every()
        elif self.sizes[:2] == [3, 2]:
            found = self._trio()
        else:
            found = self._swapped()
        return [[self.who[i] for i in _bits(group)] for group in found]

    def _again(self, group: int) -> int:
        """How many two in this group have met before."""
        self.steps += 1
        return sum((self.met[i] & group).bit_count() for i in _bits(group)) // 2

    def _pairs(self, free: int) -> list[int]:
        """Everybody in ``free`` in pairs, of which as few as can be have met."""
        here = [*_bits(free)]
        near = [[j for j in here if j != i and not self.met[i] >> j & 1] for i in here]
        place = {i: at for at, i in enumerate(here)}
        matching = Matching([[place[j] for j in row] for row in near])
        mates = matching.mates()
        self.steps += matching.steps
        over = [at for at, mate in enumerate(mates) if mate < 0]
        for one, other in zip(over[::2], over[1::2], strict=False):
            mates[one], mates[other] = other, one
        return [1 << here[at] | 1 << here[mate] for at, mate in enumerate(mates) if at < mate]

    def _trio(self) -> list[int]:
        """Pairs and one trio: the trios that have met least are tried, each with exact pairs."""
        whole = (1 << len(self.who)) - 1
        best: list[int] = []
        least = -1
        for trio in self._trios():
            found = [*self._pairs(whole & ~trio), trio]
            again = sum(map(self._again, found))
            if least < 0 or again < least:
                best, least = found, again
            if again == 0:
                break
        return best

    def _trios(self) -> list[int]:
        """Some trios, each around somebody else: those that have met least first."""
        whole = (1 << len(self.who)) - 1
        found: list[tuple[int, int]] = []
        for i in range(len(self.who)):
            best: tuple[int, int] | None = None
            fresh = whole & ~self.met[i] & ~(1 << i)
            for j in _bits(fresh or whole & ~(1 << i)):
                rest = whole & ~(1 << i) & ~(1 << j)
                third = (fresh & rest & ~self.met[j]) or (rest & ~self.met[j]) or rest
                trio = 1 << i | 1 << j | third & -third
                told = (self._again(trio), trio)
                best = told if best is None or told[0] < best[0] else best
                if best[0] == 0:
                    break
            if best is not None and best not in found:
                found.append(best)
        found.sort(key=lambda told: told[0])  # those of the same rank stay in chance order
        return [trio for _, trio in found[:TRIOS]]

    def _every(self) -> list[int]:
        """The best of all ways, for few people."""
        best: list[int] = []
        least = -1
        for found in _ways((1 << len(self.who)) - 1, self.sizes):
            again = sum(map(self._again, found))
            if least < 0 or again < least:
                best, least = found, again
            if again == 0:
                break
        return best

    def _swapped(self) -> list[int]:
        """From a chance start, swap two people as long as that helps; then from another start."""
        best: list[int] = []
        least = -1
        while least and self.steps < STEPS:
            found = self._settled(self._start())
            again = sum(map(self._again, found))
            if least < 0 or again < least:
                best, least = found, again
        return best

    def _start(self) -> list[int]:
        order = self.rng.shuffled(range(len(self.who)))
        found, at = [], 0
        for size in self.sizes:
            found.append(sum(1 << i for i in order[at : at + size]))
            at += size
        return found

    def _settled(self, groups: list[int]) -> list[int]:
        """No swap of one who meets somebody again makes it better any more."""
        better = True
        while better and self.steps < STEPS:
            better = False
            for a, group in enumerate(groups):
                for i in _bits(group):
                    if self.met[i] & groups[a] and self._swap(groups, a, i):
                        better = True
                        break
        return groups

    def _swap(self, groups: list[int], a: int, i: int) -> bool:
        """Change i with the one whose place helps most, if one helps."""
        rest = groups[a] & ~(1 << i)
        gain, where, whom = 0, -1, -1
        for b, group in enumerate(groups):
            if b == a:
                continue
            for j in _bits(group):
                self.steps += 1
                others = group & ~(1 << j)
                now = (self.met[i] & rest).bit_count() + (self.met[j] & others).bit_count()
                then = (self.met[j] & rest).bit_count() + (self.met[i] & others).bit_count()
                if now - then > gain:
                    gain, where, whom = now - then, b, j
        if where < 0:
            return False
        groups[a] = rest | 1 << whom
        groups[where] = groups[where] & ~(1 << whom) | 1 << i
        return True


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _ways(free: int, counts: list[int]) -> Iterator[list[int]]:
    """Every way to part ``free`` into groups of these sizes, each once."""
    if not counts:
        yield []
        return
    first = free & -free
    for size in sorted({*counts}):
        rest = [*counts]
        rest.remove(size)
        for group in _chosen(free ^ first, size - 1):
            for others in _ways(free & ~(group | first), rest):
                yield [group | first, *others]


def _chosen(free: int, many: int) -> Iterator[int]:
    if many == 0:
        yield 0
        return
    for i in _bits(free):
        for more in _chosen(free & ~((1 << i + 1) - 1), many - 1):
            yield 1 << i | more
