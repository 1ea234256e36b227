"""Compose: from minutes, size and mood to a whole plan that sums to the chosen time.

An evening has one shape: a low start in which everybody acts within three minutes, the matter
itself with something for body or breath in between, and an end on purpose. A part of the time is
left unplanned, because people are late and laugh (the host's guide, points 1, 5, 6 and 12).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final, NamedTuple

from server.kit import Refusal, Rng

from .library import Card

SHORTEST, LONGEST = 10, 120
MOODS: Final[Mapping[str, tuple[str, ...]]] = {
    "meet": ("connect",),
    "play": ("play", "draw"),
    "music": ("sing", "dance"),
    "dream": ("imagine",),
    "share": ("share", "ally"),
    "rest": ("rest", "draw"),
}
"""What people may wish for, and the purposes of the cards that serve it."""
BREAK: Final = ("rest", "move")
MOVED_AFTER = 20
"""Minutes of sitting after which something for the body or the breath comes."""
WELCOMED_FROM = 25
"""A shorter jam has no time for a welcome of its own: the arrival is one."""
SLACK = (8, 1, 6)
"""Per cent of the time that stays free, and the fewest and most minutes of it."""


class Composed(NamedTuple):
    """Steps as (card, minutes); with ``slack`` they sum to ``minutes``."""

    minutes: int
    slack: int
    steps: list[tuple[Card, int]]


def compose(cards: Iterable[Card], minutes: Any, size: Any, mood: Any, turn: int = 0) -> Composed:
    """A plan for so many minutes and people; another ``turn`` gives another one.

    Raises Refusal (``not_a_number``, ``not_a_choice``, ``no_card`` when nothing fits).
    """
    if type(minutes) is not int or not SHORTEST <= minutes <= LONGEST:
        raise Refusal("not_a_number", field="minutes", min=SHORTEST, max=LONGEST)
    if type(size) is not int or not 2 <= size <= 100:
        raise Refusal("not_a_number", field="size", min=2, max=100)
    if mood not in MOODS:
        raise Refusal("not_a_choice", field="mood")
    per_cent, fewest, most = SLACK
    slack = max(fewest, min(most, minutes * per_cent // 100))
    fitting = [card for card in cards if card.size[0] <= size <= card.size[1]]
    key = f"{minutes}/{size}/{mood}".encode()
    rng = Rng(sha256(key).digest(), turn)
    chosen = _Evening(fitting, MOODS[mood], minutes - slack, rng).chosen()
    return Composed(
        minutes, slack, list(zip(chosen, _shared(chosen, minutes - slack), strict=True))
    )


class _Evening:
    """One evening as it is put together."""

    def __init__(self, cards: list[Card], mood: tuple[str, ...], total: int, rng: Rng) -> None:
        self.total, self.mood = total, mood
        self.cards = rng.shuffled(sorted(cards, key=lambda card: card.id))
        self.used: list[Card] = []

    def chosen(self) -> list[Card]:
        first = self._first()
        last = self._last()
        used = sum(card.minutes for card in (*first, *last))
        body: list[Card] = []
        sat = sum(card.minutes for card in first)
        while used < self.total:
            card = self._next(body, self.total - used, sat)
            if card is None:
                break
            body.append(card)
            used += card.minutes
            sat = 0 if set(card.purpose) & {*BREAK} else sat + card.minutes
        found = [*first, *body, *last]
        if not found:
            raise Refusal("no_card")
        return self._fitted(found, len(first), len(last))

    def _first(self) -> list[Card]:
        names = ["open"] if self.total >= WELCOMED_FROM else []
        found = [card for name in names if (card := self._take(name)) is not None]
        arrival = self._take("connect", lambda card: card.energy == "low" and card.minutes <= 4)
        return [*found, arrival] if arrival else found

    def _last(self) -> list[Card]:
        """A word of each, and one beat together."""
        beat = self._take("close", lambda card: card.minutes == 1)
        room = self.total // 6
        word = self._take("close", lambda card: card.minutes <= max(3, room))
        return [card for card in (word, beat) if card is not None]

    def _next(self, body: list[Card], left: int, sat: int) -> Card | None:
        """What comes now: the matter, or a break; never twice the same kind in a row."""
        before = body[-1].kind if body else ""
        served = [purpose for card in body for purpose in card.purpose]
        mood = tuple(sorted(self.mood, key=served.count))  # of two wishes, the one that waits
        wanted: tuple[str, ...] = BREAK if body and sat >= MOVED_AFTER else mood

        def fits(card: Card) -> bool:
            return card.kind != before and card.span[0] <= left and not ends(card)

        for purposes in (wanted, mood, ("connect", "play"), BREAK):
            for purpose in purposes:
                card = self._take(purpose, fits)
                if card is not None:
                    return card
        return None

    def _take(self, purpose: str, fits: Any = None) -> Card | None:
        for card in self.cards:
            if purpose in card.purpose and card not in self.used and (fits is None or fits(card)):
                self.used.append(card)
                return card
        return None

    def _fitted(self, found: list[Card], first: int, last: int) -> list[Card]:
        """As many as can fill the time: too long, the matter loses its last ones; too short, it
        takes what is still there."""
        while sum(card.span[0] for card in found) > self.total and len(found) > 1:
            middle = len(found) - last - 1
            found.pop(middle if middle >= first else 0)
        while sum(card.span[1] for card in found) < self.total:
            left = self.total - sum(card.span[0] for card in found)
            more = next(
                (c for c in self.cards if c not in found and c.span[0] <= left and not ends(c)),
                None,
            )
            if more is None:
                raise Refusal("no_card")
            found.insert(len(found) - last, more)
        if sum(card.span[0] for card in found) > self.total:
            raise Refusal("no_card")
        return found


def ends(card: Card) -> bool:
    """Whether this belongs to the beginning or the end of an evening."""
    return card.purpose[:1] == ("open",) or card.purpose[:1] == ("close",)


def _shared(cards: list[Card], total: int) -> list[int]:
    """Minutes for each, within what it bears, that sum to the total: each moves from its usual
    length towards its bound by the same part, and single minutes go to the longest first."""
    minutes = [min(max(card.minutes, card.span[0]), card.span[1]) for card in cards]
    step = 1 if sum(minutes) < total else -1
    bound = [card.span[1] if step > 0 else card.span[0] for card in cards]
    while sum(minutes) != total:
        room = [abs(limit - now) for limit, now in zip(bound, minutes, strict=True)]
        at = max(range(len(cards)), key=lambda i: (room[i], -i))
        minutes[at] += step
    return minutes
