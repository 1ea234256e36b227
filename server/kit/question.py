"""Question: what a card asks, as options: a host's own words, or which prompt of the card's deck.

Every kind has these two, and the page reads them in one way.
"""

from __future__ import annotations

from server.kit.fields import Field, integer, optional, text

DECK = 100
"""Prompts that a deck may have."""


def question(most: int = 240) -> dict[str, Field]:
    """The options ``text`` and ``prompt``."""
    return {
        "text": text(most, empty=True, default=""),
        "prompt": optional(integer(0, DECK - 1)),
    }
