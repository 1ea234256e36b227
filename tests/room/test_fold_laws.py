"""The fold: the same in every process, at every cut, and in every view."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.kit import Change, apply
from server.room import fold as folding
from server.room.audience import label, labels_of, view
from server.room.fold import Fold
from tests.room.world import CARDS
from tests.sim.kinds import KINDS, PLAN
from tests.sim.script import Run, run

ROOT = Path(__file__).parents[2]
SEEDS = (3, 5)


def digest(seed: int) -> str:
    """What one stormy jam leaves: every entry, and the state after it."""
    reference = run(seed).stage.reference
    told = [[e.offset, e.author, e.n, e.payload.decode()] for e in reference.history]
    return hashlib.sha256(json.dumps([told, reference.fold.state]).encode()).hexdigest()


def test_FL1_two_processes_with_other_hash_seeds_come_to_the_same_bytes() -> None:
    found = set()
    for hashes in ("1", "77"):
        code = f"from tests.room.test_fold_laws import digest; print([digest(s) for s in {SEEDS}])"
        env = {**os.environ, "PYTHONHASHSEED": hashes}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1 and found.pop().startswith(b"['")


@pytest.fixture(scope="module", params=SEEDS)
def jam(request: pytest.FixtureRequest) -> Run:
    return run(request.param)


def fresh(jam: Run) -> Fold:
    tree = folding.empty("Our jam", "en", CARDS.steps(PLAN, KINDS, jam.limits))
    return Fold(KINDS, jam.limits, b"s" * 32, tree, 0)


def test_FL2_saved_and_loaded_at_any_cut_it_goes_on_alike(jam: Run) -> None:
    reference = jam.stage.reference
    for cut in range(0, len(reference.history), 9):
        state = fresh(jam)
        for entry in reference.history[:cut]:
            state.apply(entry)
        state = folding.load(KINDS, jam.limits, state.seed, state.save(), cut)
        for entry in reference.history[cut:]:
            state.apply(entry)
        assert state.state == reference.fold.state
        assert state.seed == reference.fold.seed


def test_FL3_the_changes_of_an_entry_make_every_view_out_of_the_one_before(jam: Run) -> None:
    reference = jam.stage.reference
    state = fresh(jam)
    for entry in reference.history:
        before = state.tree.share()
        folded = state.apply(entry)
        after = state.tree.share()
        if folded.outcome == "noop":
            assert after == before and not folded.changes
        assert not any(label(change[0]) == "" for change in folded.changes)
        for member, person in after["meet"]["people"].items():
            teams = after["room"].get("team") or {}
            mine = labels_of(member, person["role"], teams)
            was = before["meet"]["people"].get(member)
            if was is None or mine != labels_of(
                member, was["role"], before["room"].get("team") or {}
            ):
                continue  # these get the whole state
            changes = [Change.of(c) for c in folded.changes if label(c[0]) in mine]
            seen = apply(view(before, member, person["role"]), changes)
            want = view(after, member, person["role"])
            for root in ("meet", "room"):
                assert seen[root] == want[root]
            for root in ("own", "host", "team"):
                assert _bare(seen.get(root)) == _bare(want.get(root))


def _bare(part: dict[str, object] | None) -> dict[str, object]:
    return {key: value for key, value in (part or {}).items() if value != {}}


@pytest.mark.parametrize(
    "payload", [b"", b"{}", b"nope", b'{"do":7}', b'{"do":"room.open","a":"x"}']
)
def test_FL4_an_entry_that_says_nothing_changes_nothing(jam: Run, payload: bytes) -> None:
    entry = jam.stage.reference.history[0]
    state = fresh(jam)
    before = state.tree.share()
    folded = state.apply(type(entry)(1, entry.ts, entry.tag, "x:y", 1, payload))
    assert folded.outcome == "noop" and folded.code
    assert state.state == before and state.offset == 1


def test_FL5_entries_come_in_their_order(jam: Run) -> None:
    with pytest.raises(ValueError):
        fresh(jam).apply(jam.stage.reference.history[1])
