"""Z10: every kind can be played by people from its first tap to its harvest, few or many."""

from __future__ import annotations

import pytest

from tests.laws import laws
from tests.party import Party

KINDS = sorted(found.parent.name for found in (laws.ROOT / "activities").glob("*/play.py"))


@pytest.mark.parametrize("many", [2, 7, 30])
@pytest.mark.parametrize("kind", KINDS)
def test_z10_people_play_a_kind_to_its_harvest(kind: str, many: int) -> None:
    """Z10: nothing breaks, somebody does something, and hardly anybody is refused."""
    party = Party(kind, many, seed=many)
    party.play(rounds=12)
    party.close()
    done = sum(count for (_, outcome), count in party.outcomes.items() if outcome == "ok")
    assert done >= 1, party.outcomes
    assert not [told for told in party.refused if told[1] == "fault"], party.refused
    assert len(party.refused) * 5 <= done, party.refused


@pytest.mark.parametrize("kind", KINDS)
def test_z10_equal_seeds_play_equally(kind: str) -> None:
    """Z10: a rehearsal can be played again."""
    once, twice = (Party(kind, 7, seed=3) for _ in range(2))
    for party in (once, twice):
        party.play(rounds=5)
    assert once.stage.state == twice.stage.state
    assert once.outcomes == twice.outcomes
