"""What hosts do with the evening: its cards and their plan, its clock, its dates, its end.

Declared like a kind's actions; `acts` adds what people do with each other. Each one is given the
moment and the step it is a part of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server import kit
from server.kit import HOST, MEMBER, Activity, Change, Refusal

from . import agenda, consent, journal, life, running
from .instance import Step
from .moment import Moment

room = Activity("room")
MEMO = 1_000
"""Characters of the hosts' notes."""

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
                    "kind": {"type": "string"},
                    "options": {"type": "object"},
                    "minutes": {"type": "integer", "minimum": 0, "maximum": 240},
                },
            },
        }
    },
    "required": ["plan"],
}
Run = Callable[..., None]


def called(name: str) -> Callable[[Run], Run]:
    """For the action whose name is a word of the language itself."""

    def add(run: Run) -> Run:
        run.__name__ = name
        return run

    return add


OPENS = frozenset(("room.open", "room.next"))
"""The node writes beside these by which revisions."""
BY_CARD = frozenset(("open", "plan"))
"""These name cards of the library: the node puts kind and options in before they are logged."""


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
    agenda.unless_moved(at)
    if "again" in told:
        running.again(at, step, told["again"])
    else:
        running.opened(at, step, told["kind"], told["options"], told["card"], told["minutes"])


@room.action(HOST, g=kit.optional(kit.integer(0, 2**31)))
def next(at: Moment, step: Step, g: int | None, revs: Any = None) -> None:
    """Go on to the next step of the plan. With `g`, only if that generation runs."""
    agenda.unless_moved(at, g)
    agenda.onward(at, step)


@room.action(HOST, erase=kit.boolean(False), next=kit.optional(kit.integer(0, agenda.MAX_DATE)))
def end(at: Moment, step: Step, erase: bool, next: int | None = None, until: int = 0) -> None:
    """End the jam, and say when the next one is; with `erase` nothing is kept.

    Otherwise a keepsake waits for a day. Who leads for a while only cannot erase."""
    if erase and at.person(at.me).get("acting"):
        raise Refusal("host_only")
    running.closed(at, step)
    step.write(at, agenda.ended(at, until, erase, next))


@room.action(HOST)
def rest(at: Moment, step: Step) -> None:
    """That was all for today: nothing runs, the plan begins anew next time, the room stays."""
    running.closed(at, step)
    step.write(at, agenda.rested())


@room.action(HOST)
def plan(at: Moment, step: Step, plan: list[dict[str, Any]]) -> None:
    """Set the steps of the plan: a list of {card, minutes}, or {kind, options, minutes}."""
    step.write(at, agenda.planned(at, plan))


@room.action(HOST, on=kit.one_of(*agenda.AUTO))
def auto(at: Moment, step: Step, on: str) -> None:
    """Let the room go on by itself when the time of a step is over: no, this once, or always."""
    step.write(at, agenda.autopilot(at, on))


@room.action(HOST, text=kit.text(MEMO, lines=True, empty=True))
def memo(at: Moment, step: Step, text: str) -> None:
    """Notes for the hosts, beside the plan; nobody else has them."""
    step.write(at, [Change("desk/memo", text)])


# -- dates, and what is kept


@room.action(
    HOST,
    starts=kit.list_of(kit.integer(0, agenda.MAX_DATE), life.DATES),
    minutes=kit.integer(0, life.LONGEST, default=0),
)
def dates(at: Moment, step: Step, starts: list[int], minutes: int) -> None:
    """When the group meets: wall clock, ms; and how long, 0 for an open end."""
    step.write(at, consent.dated(at, starts, minutes))


@room.action(HOST, ms=kit.integer(consent.SHORTEST_MS, consent.LONGEST_MS))
def kept(at: Moment, step: Step, ms: int) -> None:
    """How long contents stay after the last person has left."""
    step.write(at, consent.kept(at, ms))


@room.action(HOST, g=kit.integer(1, 2**31), on=kit.boolean())
def copy(at: Moment, step: Step, g: int, on: bool) -> None:
    """What was made there is in everyone's copies, or in none; all see it beforehand."""
    step.write(at, consent.copied(at, g, on))


@room.action(MEMBER, g=kit.integer(1, 2**31))
def withdraw(at: Moment, step: Step, g: int) -> None:
    """Take out for good what I gave there, as far as it is known to be mine."""
    journal.withdrawn(at, step, g)


@room.action(HOST, on=kit.boolean())
def ask(at: Moment, step: Step, on: bool) -> None:
    """Ask the group whether contents stay between dates, or withdraw the question."""
    step.write(at, consent.asked(at, on))


@room.action(MEMBER, yes=kit.boolean())
def agree(at: Moment, step: Step, yes: bool) -> None:
    """Answer that question, or answer it anew; one no is enough."""
    step.write(at, consent.agreed(at, yes))
