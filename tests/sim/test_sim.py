"""The whole room under a seeded storm: promises 1 to 4, presence, and that the checks can fail."""

from __future__ import annotations

import os

import pytest

from .script import run
from .variants import VARIANTS, Patch

LONG = os.environ.get("JAM_LONG") == "1"
FIRST = int(os.environ.get("JAM_SEED", "0"))
BLOCK = 20
BLOCKS = 400 if LONG else 10
TRIES = 400
"""Seeds that a known-bad variant may survive at most; all fall within the first hundred."""
SOONER = {"snapshot_of_a_later_moment": 15, "forget_lost_in_a_crash": 68, "away_though_back": 26,
          "caught_up_gets_all_again": 96, "snapshot_kept_across_teams": 16,
          "numbers_lost_at_restart": 60, "hold_not_told_on_a_full_line": 52}  # fmt: skip
"""Where the rare ones fell when this was written: tried first, to save time."""


@pytest.mark.parametrize("block", range(BLOCKS))
def test_SIM1_every_promise_holds_whatever_happens(block: int) -> None:
    for seed in range(FIRST + block * BLOCK, FIRST + (block + 1) * BLOCK):
        try:
            run(seed)
        except Exception as wrong:
            wrong.add_note(f"again: python -m tests.sim {seed}")
            raise


@pytest.mark.parametrize("patch", VARIANTS.values(), ids=VARIANTS.keys())
def test_SIM2_a_known_bad_variant_is_caught(patch: Patch, monkeypatch: pytest.MonkeyPatch) -> None:
    patch(monkeypatch)
    for seed in (SOONER.get(patch.__name__, 0), *range(TRIES)):
        try:
            run(seed)
        except Exception:
            return
    pytest.fail(f"{TRIES} runs did not see that {patch.__doc__ or patch.__name__}")


def test_SIM3_a_seed_says_the_same_every_time() -> None:
    one, other = run(7), run(7)
    assert one.stage.reference.history == other.stage.reference.history
    assert one.stage.clock == other.stage.clock
