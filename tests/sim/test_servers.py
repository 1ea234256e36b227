"""Many servers at one store under a seeded storm, and that the checks can fail."""

from __future__ import annotations

import pytest

from server.room import instance
from server.room.fold import Fold

from .many.rolling import rolled
from .many.script import run
from .many.variants import VARIANTS
from .seeds import blocks, caught, played
from .variants import Patch

SOONER = {"logged_is_what_was_folded": 728, "nothing_is_appended_again": 75,
          "appended_again_in_an_epoch_that_is_over": 75, "rescue_of_an_ended_room": 59,
          "append_again_of_forgotten_ops": 43, "old_room_unfollows_the_new_one": 42,
          "rescue_without_comparing_the_end": 29, "duplicate_answered_at_once": 21,
          "doubts_nothing": 17, "no_gap_check": 11}  # fmt: skip
"""Where the rare ones fell when this was written: tried first, to save time."""


@pytest.mark.parametrize("block", blocks(7, 100))
def test_SIM4_every_promise_holds_with_many_servers(block: int) -> None:
    played(run, block, "python -m tests.sim many")


@pytest.mark.parametrize("patch", VARIANTS.values(), ids=VARIANTS.keys())
def test_SIM5_a_known_bad_server_is_caught(patch: Patch, monkeypatch: pytest.MonkeyPatch) -> None:
    caught(run, patch, monkeypatch, [SOONER.get(patch.__name__, 0)])


def test_SIM6_a_seed_says_the_same_every_time() -> None:
    one, other = run(7), run(7)
    assert list(one.stage.store.history.of) == list(other.stage.store.history.of)
    assert one.stage.clock == other.stage.clock


@pytest.mark.parametrize("block", blocks(2, 50))
def test_ROLL14_servers_of_two_versions_are_at_equal_states(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(lambda seed: rolled(monkeypatch, seed), block, "tests.sim.many.rolling.rolled:")


def guesses(p: pytest.MonkeyPatch) -> None:
    """A server judges what only a later version knows as if it were alone."""
    p.setattr(Fold, "wary", property(lambda self: False, lambda self, wary: None), raising=False)


def plays_all_by_its_latest(p: pytest.MonkeyPatch) -> None:
    """What was opened at an earlier revision goes on by a later one."""
    p.setattr(instance, "rules_of", lambda kinds, told, kind="": kinds.get(kind or told["kind"]))


@pytest.mark.parametrize("patch", [guesses, plays_all_by_its_latest])
def test_ROLL14_a_server_that_guesses_is_caught(
    patch: Patch, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught(lambda seed: rolled(monkeypatch, seed), patch, monkeypatch, [2])
