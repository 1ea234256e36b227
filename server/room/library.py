"""Cards: ready activities as data. What is logged is never a card's name alone but its kind and
options, so that a later library cannot change what a room has done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from server.kit import Activity, Refusal

from .limits import Limits

MAX_MINUTES = 240


class Card(msgspec.Struct, frozen=True):
    """One ready activity: a kind with options, and how long it usually takes."""

    id: str
    kind: str
    options: dict[str, Any] = {}
    minutes: int = 5
    span: tuple[int, int] = (1, 60)
    """The fewest and most minutes that it bears."""
    size: tuple[int, int] = (2, 100)
    purpose: tuple[str, ...] = ()
    """What it is for, the first one before all."""
    energy: str = "mid"
    keeps: str = "words"
    """What people can take home of it: sky, drawing, list, words or nothing."""


class Plan(msgspec.Struct, frozen=True):
    """A ready plan: cards with their minutes, and `slack` minutes that stay free."""

    id: str
    minutes: int
    slack: int
    steps: list[list[str | int]]
    """Card and minutes, and perhaps the place of its prompt in the card's deck."""
    size: tuple[int, int] = (2, 100)
    then: str = ""
    """The plan that comes the next time, in a series."""

    def asked(self) -> list[dict[str, Any]]:
        """The steps as one asks a room for them."""
        return [
            {"card": card, "minutes": own, **({"options": {"prompt": more[0]}} if more else {})}
            for card, own, *more in self.steps
        ]


class Library:
    """The cards of a server. `resolved` makes an op's fields whole before it is logged."""

    def __init__(self, cards: Mapping[str, Card], plans: Mapping[str, Plan] | None = None) -> None:
        self.cards = dict(cards)
        self.plans = dict(plans or {})

    def resolved(
        self, name: str, d: dict[str, Any], kinds: Mapping[str, Activity], limits: Limits
    ) -> dict[str, Any]:
        """The fields of `room.open` and `room.plan`, with kind and options. Raises Refusal."""
        if name == "plan":
            return {"plan": self.steps(d.get("plan"), kinds, limits)}
        if set(d) == {"again"}:
            if type(d["again"]) is not int or d["again"] < 1:
                raise Refusal("not_a_number", field="again")
            return {"again": d["again"]}
        return self._wished(d, kinds)

    def _wished(self, d: dict[str, Any], kinds: Mapping[str, Activity]) -> dict[str, Any]:
        """A card, perhaps with other options, or a kind with options of one's own."""
        if "card" in d:
            if not set(d) <= {"card", "minutes", "options"}:
                raise Refusal("unknown")
            card = self._card(d["card"])
            minutes = _minutes(d.get("minutes", card.minutes))
            options = {**card.options, **_options(d.get("options", {}))}
            rules = kinds.get(card.kind)
            if rules is not None:  # a card says what only a later revision asks
                later = card.options.keys() - rules.options.keys()
                options = {name: value for name, value in options.items() if name not in later}
            return self._opened(card.kind, options, card.id, minutes, kinds)
        if not set(d) <= {"kind", "options", "minutes"} or not isinstance(d.get("kind"), str):
            raise Refusal("unknown" if d else "missing")
        minutes = _minutes(d.get("minutes", 0))
        return self._opened(d["kind"], _options(d.get("options", {})), None, minutes, kinds)

    def steps(
        self, plan: Any, kinds: Mapping[str, Activity], limits: Limits
    ) -> list[dict[str, Any]]:
        """A plan of cards, and of what hosts wrote themselves, as stored steps. Raises Refusal."""
        if not isinstance(plan, list) or len(plan) > limits.plan_steps:
            raise Refusal("not_a_list", max=limits.plan_steps)
        steps = []
        for item in plan:
            if not isinstance(item, dict):
                raise Refusal("unknown")
            opened = self._wished(item, kinds)
            steps.append({key: opened[key] for key in ("card", "kind", "options", "minutes")})
        return steps

    def ready(self, name: Any) -> Plan:
        """A ready plan by its id. Raises Refusal."""
        plan = self.plans.get(name) if isinstance(name, str) else None
        if plan is None:
            raise Refusal("no_plan")
        return plan

    def _card(self, name: Any) -> Card:
        card = self.cards.get(name) if isinstance(name, str) else None
        if card is None:
            raise Refusal("no_card")
        return card

    def _opened(
        self,
        kind: str,
        options: dict[str, Any],
        card: str | None,
        minutes: int,
        kinds: Mapping[str, Activity],
    ) -> dict[str, Any]:
        rules = kinds.get(kind)
        if rules is None:
            raise Refusal("no_card")
        chosen = rules.clean_options(options)
        return {"kind": kind, "options": chosen, "card": card, "minutes": minutes}


def _minutes(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MAX_MINUTES:
        raise Refusal("not_a_number", min=0, max=MAX_MINUTES, field="minutes")
    return value


def _options(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refusal("unknown", field="options")
    return value
