"""What people can do in a room whatever runs: declared like a kind's actions, so that fields and
roles stand in one place. Each one is given the moment and the step it is a part of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server import kit
from server.kit import HOST, MEMBER, Activity, Change, Refusal

from . import agenda, baton, consent, journal, life, paper, people, running, talk, trouble
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
Run = Callable[..., None]


def _called(name: str) -> Callable[[Run], Run]:
    """For the action whose name is a word of the language itself."""

    def add(run: Run) -> Run:
        run.__name__ = name
        return run

    return add


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
    agenda.unless_moved(at)
    if "again" in told:
        running.again(at, step, told["again"])
    else:
        running.opened(at, step, told["kind"], told["options"], told["card"], told["minutes"])


@room.action(HOST, g=kit.optional(kit.integer(0, 2**31)))
def next(at: Moment, step: Step, g: int | None) -> None:
    """Go on to the next step of the plan. With `g`, only if that generation runs."""
    agenda.unless_moved(at, g)
    index, item = agenda.upcoming(at)
    running.opened(at, step, item["kind"], item["options"], item["card"], item["minutes"])
    step.write(at, [Change("meet/at", index)])


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
    step.write(at, [Change("meet/at", -1), Change("meet/rest", True)])


@room.action(HOST)
def plan(at: Moment, step: Step, plan: list[dict[str, Any]]) -> None:
    """Set the steps of the plan: a list of {card, minutes}."""
    step.write(at, agenda.planned(at, plan))


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


@room.action(HOST, on=kit.boolean())
def ask(at: Moment, step: Step, on: bool) -> None:
    """Ask the group whether contents stay between dates, or withdraw the question."""
    step.write(at, consent.asked(at, on))


@room.action(MEMBER, yes=kit.boolean())
def agree(at: Moment, step: Step, yes: bool) -> None:
    """Answer that question, or answer it anew; one no is enough."""
    step.write(at, consent.agreed(at, yes))


# -- words


@room.action(HOST, text=kit.text(200, empty=True, default=""), card=kit.boolean(False))
def say(at: Moment, step: Step, text: str, card: bool) -> None:
    """Say a sentence on every screen, or the running card's own; empty takes it away."""
    step.write(at, talk.said(at, text, card))


@room.action(MEMBER, text=kit.text(240), to=kit.one_of("all", "host", default="all"))
def line(at: Moment, step: Step, text: str, to: str) -> None:
    """A word on the side line, or to the hosts only."""
    step.write(at, talk.lined(at, text, to))


@room.action(HOST, id=kit.text(16))
def unline(at: Moment, step: Step, id: str) -> None:
    """Take one entry of the side line, or of the notes, away."""
    step.write(at, talk.unlined(at, id))


@room.action(HOST, url=kit.url(300))
def call(at: Moment, step: Step, url: str) -> None:
    """Say where the group talks, if it talks elsewhere; empty takes it away."""
    step.write(at, [Change("meet/call", url)])


@room.action(MEMBER)
def lost(at: Moment, step: Step) -> None:
    """I am lost: the hosts see it, nobody else."""
    step.write(at, talk.lost(at))


@room.action(MEMBER, who=kit.text(64))
def found(at: Moment, step: Step, who: str) -> None:
    """Somebody who was lost is so no more, as a host or they themselves say."""
    step.write(at, talk.found(at, who))


# -- oneself


@room.action(MEMBER, hall=kit.boolean())
def place(at: Moment, step: Step, hall: bool) -> None:
    """I am in the hall, or elsewhere."""
    step.write(at, people.marked(at, "hall", hall))


@room.action(MEMBER, on=kit.boolean())
def named(at: Moment, step: Step, on: bool) -> None:
    """My name may stand beside what I gave, in what people keep."""
    step.write(at, people.marked(at, "named", on))


@room.action(MEMBER, cell=kit.integer(0, paper.CELLS - 1))
def dab(at: Moment, step: Step, cell: int) -> None:
    """Colour a cell of the paper while people gather; again turns it, and at last clears it."""
    step.write(at, paper.dabbed(at, cell))


# -- who leads


@room.action(MEMBER)
def lead(at: Moment, step: Step) -> None:
    """Lead while no host is here; a host takes the lead back at any time."""
    step.write(at, baton.lead(at))


@room.action(HOST, to=kit.member())
@_called("pass")
def pass_(at: Moment, step: Step, to: str) -> None:
    """Somebody else leads from now on."""
    step.write(at, baton.passed(at, to))


@room.action(HOST, who=kit.optional(kit.member()))
def standin(at: Moment, step: Step, who: str | None) -> None:
    """Who leads when the lines of all hosts are silent; null for nobody."""
    step.write(at, baton.standin(at, who))


@room.action(HOST, who=kit.member(), on=kit.boolean())
def host(at: Moment, step: Step, who: str, on: bool) -> None:
    """Make somebody a host, or a member again."""
    step.write(at, baton.made(at, who) if on else baton.unmade(at, who))


# -- trouble


@room.action(HOST, on=kit.boolean())
def lock(at: Moment, step: Step, on: bool) -> None:
    """Nobody new comes in."""
    step.write(at, trouble.locked(at, on))


LET: dict[str, Any] = {"knock": kit.text(64), "in": kit.boolean()}


@room.action(HOST, **LET)
def let(at: Moment, step: Step, knock: str, **told: Any) -> None:
    """Answer somebody who waits at the door."""
    step.write(at, trouble.answered(at, knock))


@room.action(
    HOST, what=kit.one_of("line", "work"), on=kit.boolean(), who=kit.optional(kit.member())
)
def shut(at: Moment, step: Step, what: str, on: bool, who: str | None) -> None:
    """Close the side line or the activity, for all members or for one; or open it again."""
    step.write(at, talk.shut(at, what, on, who))


@room.action(HOST, who=kit.member())
def remove(at: Moment, step: Step, who: str) -> None:
    """Ask somebody to leave: neither their seat nor their link lets them in again."""
    trouble.removed(at, step, who)


@room.action(HOST, who=kit.text(64))
def undo(at: Moment, step: Step, who: str) -> None:
    """Take back everything that somebody did, here and in what ran before."""
    journal.undone(at, step, who)


@room.action(HOST, who=kit.text(64))
def redo(at: Moment, step: Step, who: str) -> None:
    """Put it back, within ten minutes."""
    journal.redone(at, step, who)
