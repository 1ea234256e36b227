"""The room's plan and clock: title, steps, timer, end.

Steps are stored with their kind and options, so that "next" needs no library and every node
that folds the log opens the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.kit import Change, Refusal

from . import names, running
from .instance import Step
from .moment import Moment

MAX_TIMER_MS = 6 * 60 * 60 * 1000
MAX_DATE = 253_402_300_799_999
"""The last moment of the year 9999, wall clock in ms."""
AUTO = ("", "once", "all")
"""Whether the room goes on by itself at the end of a step."""
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
    just = now is not None and at.now - now["opened"] < MOVED_MS
    if by and by != at.me and (stale or just):
        raise Refusal("moved", name=at.people.get(by, {}).get("name", ""))
    if stale or (by == "" and just):  # the room itself went on
        raise Refusal("closed")


def onward(at: Moment, step: Step) -> None:
    """Open the next step of the plan. Raises Refusal."""
    index, item = upcoming(at)
    running.opened(at, step, item["kind"], item["options"], item["card"], item["minutes"])
    step.write(at, [Change("meet/at", index)])
    if at.meet.get("begun") is None:
        step.write(at, [Change("meet/begun", at.now)])


def rested() -> Iterator[Change]:
    """`room.rest`: the plan begins anew next time."""
    yield Change("meet/at", -1)
    yield Change("meet/rest", True)
    yield Change("meet/begun", None)
    yield Change("meet/auto", "")


def autopilot(at: Moment, on: str) -> Iterator[Change]:
    """`room.auto {on}`: whether the room goes on by itself."""
    yield Change("meet/auto", on)


def auto_due(meet: Mapping[str, Any]) -> int | None:
    """When the room goes on by itself (log time), or None."""
    now = meet["now"]
    if not meet.get("auto") or now is None or now["ends"] is None or meet["ended"] is not None:
        return None
    if meet["at"] + 1 >= len(meet["plan"]):
        return None  # the end is for people to make
    ends: int = now["ends"]
    return ends


def by_itself(at: Moment, step: Step) -> None:
    """`sys.next {g}`: the time of a step is over, and a host had asked the room to go on then.

    Judged anew at its place in the log: a minute more, another card or a change of mind came first.
    """
    due, now = auto_due(at.meet), at.meet["now"]
    if due is None or due > at.now or now["g"] != at.asked.d["g"]:
        return
    if at.meet["auto"] == "once":
        step.write(at, [Change("meet/auto", "")])
    onward(at, step)


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
