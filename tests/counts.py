"""What the hunts for rare faults have done, for the table that `make chaos` prints at its end."""

from __future__ import annotations

from collections import Counter

DONE: Counter[str] = Counter()
"""Of the test that runs now; `tests/conftest.py` empties it before each."""
PREFIX = "done: "
"""Begins the name of such a count in a report."""


def count(what: str, times: int = 1) -> None:
    """So much of it was done, in this test."""
    DONE[what] += times
