"""Play: how people would use a kind, for rehearsals and tests.

``activities/<kind>/play.py`` has ``play(seen) -> Move | None``: what this person would do next, or
nothing. A player sees what a person sees, and knows no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from server.kit.rng import Rng

Move = tuple[str, dict[str, Any]]
"""The name of an action, and its arguments."""


class Seen(NamedTuple):
    """What one person has before them. ``role`` is host or member; ``team`` is what only the own
    team sees; ``write(most)`` is a text of at most so many characters, in this person's script."""

    me: str
    role: str
    room: Mapping[str, Any]
    own: Mapping[str, Any]
    host: Mapping[str, Any]
    team: Mapping[str, Any]
    options: Mapping[str, Any]
    people: Mapping[str, Any]
    now: int
    rng: Rng
    write: Callable[[int], str]

    @property
    def hosting(self) -> bool:
        """May this person do what hosts do?"""
        return self.role == "host"

    @property
    def others(self) -> int:
        """How many people with a seat are here beside this one."""
        return sum(
            1
            for who, person in self.people.items()
            if who != self.me and person.get("here") and person.get("role") != "screen"
        )

    def chance(self, percent: int) -> bool:
        """True so many times out of a hundred."""
        return self.rng.below(100) < percent


Play = Callable[[Seen], Move | None]
