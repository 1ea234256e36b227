"""Deal: who scores which notes, so that each note gets as many scores as any other.

Stated: each willing person gets `each` different notes and never their own, or all there are if
these are fewer. How often a note is dealt differs as little as that allows: the sum of squares is
the least possible. Everybody first takes the notes that were dealt least, in chance order; then
cards move along chains of hands as long as that evens them out. Equal chance gives equal hands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from server.kit import Rng

HAND: Final = 5
Hands = dict[str, list[int]]
Step = tuple[str, int, int]


def dealt(
    rng: Rng, notes: Sequence[int], own: Mapping[str, Collection[int]], each: int = HAND
) -> Hands:
    """A hand for everybody in `own`, which says whose notes are whose."""
    load = dict.fromkeys(notes, 0)
    hands: Hands = {}
    for who in rng.shuffled(sorted(own)):
        hands[who] = least(rng, load, own[who], each)
        for i in hands[who]:
            load[i] += 1
    while chain := _chain(hands, own, load):
        for who, i, j in chain:
            hands[who][hands[who].index(i)] = j
        load[chain[0][1]] -= 1
        load[chain[-1][2]] += 1
    return {who: rng.shuffled(sorted(hand)) for who, hand in sorted(hands.items())}


def least(rng: Rng, load: Mapping[int, int], barred: Collection[int], each: int) -> list[int]:
    """The notes that were dealt least, as many as fit one hand; among equals chance decides."""
    free = rng.shuffled(sorted(i for i in load if i not in barred))
    return sorted(free, key=lambda i: load[i])[:each]


def _chain(hands: Hands, own: Mapping[str, Collection[int]], load: Mapping[int, int]) -> list[Step]:
    """Swaps that take one card from a note and give one to a note with at least two fewer."""
    if not load or max(load.values()) - min(load.values()) < 2:
        return []
    came: dict[int, Step | None] = {}
    # From the most dealt down: what a fuller note could not reach in vain, no emptier one can.
    for source in sorted(load, key=lambda i: (-load[i], i)):
        if source in came:
            continue
        came[source] = None
        queue = deque([source])
        while queue:
            i = queue.popleft()
            for who in sorted(hands):
                if i not in hands[who]:
                    continue
                for j in sorted(load):
                    if j in came or j in hands[who] or j in own[who]:
                        continue
                    came[j] = (who, i, j)
                    if load[j] <= load[source] - 2:
                        return _back(came, j)
                    queue.append(j)
    return []


def _back(came: Mapping[int, Step | None], end: int) -> list[Step]:
    """The way that led to this note, from its beginning."""
    steps: list[Step] = []
    while (step := came[end]) is not None:
        steps.append(step)
        end = step[1]
    return steps[::-1]
