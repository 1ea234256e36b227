"""What rooms count for whoever watches over the server: sums alone, never whose they are."""

from __future__ import annotations

from collections import Counter
from typing import Any


class Tally:
    """One for all rooms of a server; a room by itself has its own."""

    __slots__ = ("refusals", "resumes", "sent", "ticks")

    def __init__(self) -> None:
        self.ticks = 0
        self.sent = 0
        """Bytes that lines had been sent which are gone by now."""
        self.resumes: Counter[str] = Counter()
        """Greetings answered: `new`, `tail` (went on from their place), `snap` (all anew)."""
        self.refusals: Counter[str] = Counter()

    def said(self, frame: dict[str, Any]) -> None:
        """A private frame went out: an error is counted by its code."""
        if frame["t"] == "err":
            self.refusals[frame["code"]] += 1

    def answered(self, answer: list[Any]) -> None:
        """An op was answered: a refusal has its code behind the offset."""
        if len(answer) > 3:
            self.refusals[answer[3]] += 1
