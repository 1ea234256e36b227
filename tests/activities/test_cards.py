"""Z11: every card of the library is played by people, few or many, to its harvest."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.laws.laws import ROOT
from tests.party import Party

CARDS = tomllib.loads((ROOT / "activities/library/cards.toml").read_text("utf-8"))["card"]


@pytest.mark.parametrize("many", [2, 7, 30])
@pytest.mark.parametrize("card", CARDS, ids=[card["id"] for card in CARDS])
def test_z11_people_play_every_card_to_its_harvest(card: dict[str, Any], many: int) -> None:
    """Z11: with its own options; nothing breaks, and hardly anybody is refused."""
    party = Party(card["kind"], many, seed=many, **card.get("options", {}))
    party.play(rounds=8)
    party.close()
    assert not [told for told in party.refused if told[1] == "fault"], party.refused
    done = sum(count for (_, outcome), count in party.outcomes.items() if outcome == "ok")
    assert done >= 1, party.outcomes
    assert len(party.refused) * 4 <= done, party.refused
