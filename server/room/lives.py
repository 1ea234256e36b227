"""What is live for everybody: the latest value of each key of each person, for whoever comes late.

A value of the moment goes with what runs. What is live of a voice stays, for people go on talking:
`mic`, their microphone is on; `voice`, their call stands; `speaks`, they are audible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final, Protocol

from .ring import Wire

MIC: Final = "mic"
TOLD: Final = frozenset(("speaks",))
"""Every server hears of these from the voice worker: none passes them on to another."""
CALL: Final = TOLD | {"voice"}
"""These stay while the page has no line, for the sound goes on without it."""
VOICE: Final = CALL | {MIC}


class Live(Protocol):
    """Has a live path, or its end, go out with the next tick; `near`: from this server alone."""

    def __call__(self, path: str, value: Any, gone: bool = False, near: bool = False) -> None: ...


class Lives(dict[str, dict[str, Any]]):
    """Member -> key -> value."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self._live = live
        self.turn = 0
        """Counts what has come true of voices, or is so no more."""
        self.told = 0
        """As far as the last tick has told of it."""
        self._turns: dict[tuple[str, str], int] = {}

    def put(self, member: str, key: str, value: Any) -> bool:
        """Keep this as the latest; None is the end of it. Is it another than before?"""
        mine = self.get(member, {})
        if mine.get(key) == value:
            return False
        if value is None:
            del mine[key]
            if not mine:
                del self[member]
        else:
            self.setdefault(member, mine)[key] = value
        if key in VOICE:
            self.turn += 1
            self._turns[member, key] = self.turn
        return True

    def heard(self, member: str, key: str, on: bool) -> None:
        """One of VOICE has come true of this person, or is so no more."""
        if self.put(member, key, True if on else None):
            self._live(f"live/{member}/{key}", on or None, gone=not on, near=key in TOLD)

    def voiceless(self, member: str) -> None:
        """Nothing is live of their voice any more."""
        for key in sorted(VOICE):
            self.heard(member, key, False)

    def still(self, member: str, kept: Collection[str] = CALL) -> None:
        """All of theirs ends but what is `kept`: a call goes on when the page loses its line."""
        for key in [key for key in self.get(member, {}) if key not in kept]:
            self.put(member, key, None)
            self._live(f"live/{member}/{key}", None, gone=True)

    def moved_on(self) -> None:
        """Something else runs: what was live in the other is over on every page."""
        kept = self.voices()
        self.clear()
        self.update(kept)

    def voices(self) -> dict[str, dict[str, Any]]:
        """What is live of voices alone."""
        found = {}
        for member, mine in self.items():
            if VOICE & mine.keys():
                found[member] = {key: mine[key] for key in mine if key in VOICE}
        return found

    def since(self, turn: int) -> list[Wire]:
        """What a line has missed of voices that was told up to there. Where a cursor stands is told
        by its next move; who speaks might not move for long."""
        return [
            [f"live/{member}/{key}", *([True] if key in self.get(member, {}) else ())]
            for (member, key), at in self._turns.items()
            if at > turn
        ]

    def passed(self) -> Iterator[tuple[str, str, Any]]:
        """What other servers are told: member, key, value."""
        for member, mine in self.items():
            yield from ((member, key, value) for key, value in mine.items() if key not in TOLD)
