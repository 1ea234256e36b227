"""Seeds by the block, and how a known-bad variant is held against them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

import pytest

from tests.counts import count

from .variants import Patch

LONG = os.environ.get("JAM_LONG") == "1"
FIRST = int(os.environ.get("JAM_SEED", "0"))
BLOCK = 20
TRIES = 400
"""Seeds that a known-bad variant may survive at most."""
Play = Callable[[int], object]


def blocks(few: int, many: int) -> range:
    """So many, and so many where there is time."""
    return range(many if LONG else few)


def played(run: Play, block: int, command: str) -> None:
    """All seeds of a block; one that fails says how it is played again."""
    for seed in range(FIRST + block * BLOCK, FIRST + (block + 1) * BLOCK):
        try:
            run(seed)
            count("seeds")
        except Exception as wrong:
            wrong.add_note(f"again: {command} {seed}")
            raise


def caught(run: Play, patch: Patch, monkeypatch: pytest.MonkeyPatch, sooner: Iterable[int]) -> None:
    """Some seed breaks over it; those where it did before are tried first."""
    patch(monkeypatch)
    for seed in (*sooner, *range(TRIES)):
        try:
            run(seed)
        except Exception:
            return
    pytest.fail(f"{TRIES} runs did not see that {patch.__doc__ or patch.__name__}")
