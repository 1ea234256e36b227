"""What a host does when something goes wrong: the door, and asking somebody to leave."""

from __future__ import annotations

from collections.abc import Iterator

from server.kit import Change, Refusal

from . import baton, microphone, running, talk
from .instance import Step
from .moment import Moment


def locked(at: Moment, on: bool) -> Iterator[Change]:
    """`room.lock {on}`: nobody new comes in; who has a seat keeps it."""
    if at.meet["locked"] != on:
        yield Change("meet/locked", on)


def answered(at: Moment, knock: str) -> Iterator[Change]:
    """`room.let {knock, in}`: a host has answered; the node tells whoever waits."""
    if knock not in at.desk["knocks"]:
        raise Refusal("too_late")
    yield Change(f"desk/knocks/{knock}")


def removed(at: Moment, step: Step, who: str) -> None:
    """`room.remove {who}`: asked to leave. They count no more, and do not come back by their
    token or their link; what they made stays until it is undone."""
    person = at.person(who)
    if who == at.me:
        raise Refusal("not_now")
    if person.get("out"):
        return
    was_here = person["here"]
    step.write(at, baton.removed(at, who))
    path = f"meet/people/{who}"
    step.write(at, [Change(f"{path}/out", True), Change(f"{path}/here", False)])
    step.write(at, [Change(f"{path}/hand"), *microphone.left(at, who), *talk.gone(who)])
    step.write(at, [Change(f"sys/seen/{who}", at.now)])
    if was_here:
        running.hook(at, step, "away", who)
