"""What people can do in a room whatever runs: declared like a kind's actions, so that fields and
roles stand in one place. Each one is given the moment and the step it is a part of."""

from __future__ import annotations

from typing import Any

from server import kit
from server.kit import HOST, MEMBER, Activity, Change, Refusal

from . import agenda, people, running
from .instance import Step
from .moment import Moment

room = Activity("room")

OPEN_SCHEMA: dict[str, Any] = {
    "oneOf": [
        {"properties": {"card": {"type": "string"}}, "required": ["card"]},
        {
            "properties": {"kind": {"type": "string"}, "options": {"type": "object"}},
            "required": ["kind"],
        },
        {"properties": {"again": {"type": "integer"}}, "required": ["again"]},
    ]
}
PLAN_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "plan": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "card": {"type": "string"},
                    "minutes": {"type": "integer", "minimum": 0, "maximum": 240},
                },
                "required": ["card"],
            },
        }
    },
    "required": ["plan"],
}
BY_CARD = frozenset(("open", "plan"))
"""These name cards of the library: the node puts kind and options in before they are logged."""


@room.action(MEMBER, name=kit.text(40))
def rename(at: Moment, step: Step, name: str) -> None:
    """Take another name."""
    step.write(at, people.renamed(at, name))


@room.action(MEMBER, up=kit.boolean())
def hand(at: Moment, step: Step, up: bool) -> None:
    """Raise one's hand, or take it down."""
    step.write(at, people.hand(at, up))


@room.action(HOST, who=kit.member())
def lower(at: Moment, step: Step, who: str) -> None:
    """Give somebody the word, or take a forgotten hand down."""
    step.write(at, people.lowered(at, who))


@room.action(HOST, title=kit.text(80, empty=True))
def title(at: Moment, step: Step, title: str) -> None:
    """Say what brings the group together."""
    step.write(at, agenda.titled(at, title))


@room.action(HOST, ms=kit.integer(0, agenda.MAX_TIMER_MS))
def timer(at: Moment, step: Step, ms: int) -> None:
    """Time left from now on, in milliseconds; 0 for none."""
    step.write(at, agenda.timed(at, ms))


@room.action(HOST)
def open(at: Moment, step: Step, **told: Any) -> None:
    """Open a card, or a kind with options, or a past activity again."""
    if "again" in told:
        running.again(at, step, told["again"])
    else:
        running.opened(at, step, told["kind"], told["options"], told["card"], told["minutes"])


@room.action(HOST, g=kit.optional(kit.integer(0, 2**31)))
def next(at: Moment, step: Step, g: int | None) -> None:
    """Go on to the next step of the plan. With `g`, only if that generation runs."""
    now = at.meet["now"]
    if g is not None and g != (now["g"] if now else 0):
        raise Refusal("closed")  # somebody else was faster: one tap must not skip a step
    index, item = agenda.upcoming(at)
    running.opened(at, step, item["kind"], item["options"], item["card"], item["minutes"])
    step.write(at, [Change("meet/at", index)])


@room.action(HOST, erase=kit.boolean(False))
def end(at: Moment, step: Step, erase: bool, until: int = 0) -> None:
    """End the jam. A keepsake waits for a day, or with `erase` nothing is kept."""
    running.closed(at, step)
    step.write(at, agenda.ended(at, until, erase))


@room.action(HOST)
def plan(at: Moment, step: Step, plan: list[dict[str, Any]]) -> None:
    """Set the steps of the plan: a list of {card, minutes}."""
    step.write(at, agenda.planned(at, plan))
