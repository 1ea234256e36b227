"""What people can do in a room whatever runs: declared like a kind's actions, so that fields and
roles stand in one place. Each one is given the moment and the step it is a part of. What hosts do
with the evening itself is in `evening`."""

from __future__ import annotations

from typing import Any

from server import kit
from server.kit import HOST, MEMBER, Change

from . import baton, journal, microphone, paper, people, talk, trouble
from .evening import called, room
from .instance import Step
from .moment import Moment

__all__ = ["room"]


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


@room.action(HOST, who=kit.text(64))
def coming(at: Moment, step: Step, who: str) -> None:
    """I am on my way to somebody who is lost; only they and the hosts see it."""
    step.write(at, talk.coming(at, who))


# -- voices


@room.action(HOST, who=kit.member())
def invite(at: Moment, step: Step, who: str) -> None:
    """Ask somebody to open their microphone; only they see it."""
    step.write(at, microphone.invited(at, who))


@room.action(MEMBER)
def invited(at: Moment, step: Step) -> None:
    """I have opened it, or not now."""
    step.write(at, microphone.answered(at, at.me))


@room.action(MEMBER, on=kit.boolean(), who=kit.optional(kit.member()))
def music(at: Moment, step: Step, on: bool, who: str | None) -> None:
    """Take the one place for music, or give it back; a host may do so for anybody."""
    step.write(at, microphone.music(at, on, who))


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
@called("pass")
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
    HOST,
    what=kit.one_of("line", "work", "voice"),
    on=kit.boolean(),
    who=kit.optional(kit.member()),
)
def shut(at: Moment, step: Step, what: str, on: bool, who: str | None) -> None:
    """Close the side line, the activity or the microphones, for all or for one; or open them."""
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
