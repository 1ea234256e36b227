"""The room's plan and clock: title, steps, timer, end.

Steps are stored with their kind and options, so that "next" needs no library and every node
that folds the log opens the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.kit import Change, Refusal

from . import names
from .moment import Moment

MAX_TIMER_MS = 6 * 60 * 60 * 1000
MAX_DATE = 253_402_300_799_999
"""The last moment of the year 9999, wall clock in ms."""
MOVED_MS = 2_000
"""Two hosts who move on within this time meant the same move."""


def titled(at: Moment, title: str) -> Iterator[Change]:
    """`room.title {title}`: what brings the group together."""
    yield Change("meet/title", names.clean(title, at.limits.title_chars))


def planned(at: Moment, plan: list[dict[str, Any]]) -> Iterator[Change]:
    """`room.plan {plan}`: the whole list of steps anew; what ran stays where it is in the past."""
    if len(plan) > at.limits.plan_steps:
        raise Refusal("not_a_list", max=at.limits.plan_steps)
    yield Change("meet/plan", plan)
    yield Change("meet/at", min(at.meet["at"], len(plan) - 1))


def upcoming(at: Moment) -> tuple[int, dict[str, Any]]:
    """The next step and its index; raises `not_now` after the last one."""
    index = at.meet["at"] + 1
    plan = at.meet["plan"]
    if index >= len(plan):
        raise Refusal("not_now")
    return index, plan[index]


def unless_moved(at: Moment, g: int | None = None) -> None:
    """Raises `moved` if another host has just moved on, `closed` if generation `g` runs no more:
    one tap must not skip a step."""
    now = at.meet["now"]
    by = now.get("by") if now is not None else None
    stale = g is not None and g != (now["g"] if now is not None else 0)
    if by is not None and by != at.me and (stale or at.now - now["opened"] < MOVED_MS):
        raise Refusal("moved", name=at.people.get(by, {}).get("name", ""))
    if stale:
        raise Refusal("closed")


def timed(at: Moment, ms: int) -> Iterator[Change]:
    """`room.timer {ms}`: time left from now on, 0 for no timer. At zero nothing closes."""
    if at.meet["now"] is None:
        raise Refusal("not_now")
    yield Change("meet/now/ends", at.now + ms if ms else None)


def ended(at: Moment, until: int, erase: bool, next: int | None) -> Iterator[Change]:
    """`room.end {erase, next?}`: the jam is over. `until` is when the keepsake goes, `next` the
    next date (wall clock, ms)."""
    told: dict[str, Any] = {"at": at.now, "until": 0 if erase else until, "erase": erase}
    yield Change("meet/ended", told if next is None else {**told, "next": next})
