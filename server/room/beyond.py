"""What a later version wrote: while servers are renewed one by one, two versions share a log.

An old server must not guess. An op that it would refuse may have had an effect where it was made,
and from there on two servers would show two rooms. So it stops hosting the room, whose people come
back to a server that knows more. New fields of the server's own facts are no reason: these are
added so that an old server may leave them out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from server.kit import Activity

from .moment import Asked
from .revision import rules_of


class Beyond(Exception):
    """The log holds something that this version does not know."""


def beyond(
    asked: Asked, kinds: Mapping[str, Activity], room: Activity, facts: Collection[str]
) -> bool:
    """Whether this op can only have been written by a later version: whatever this one does not
    know it refuses at the door, so it comes from somewhere else."""
    kind, _, name = asked.do.partition(".")
    if kind == "sys":
        return asked.do not in facts
    if kind == "room":
        planned = [step for step in asked.d.get("plan") or () if isinstance(step, dict)]
        unknown = _opened(kinds, asked.d) or any(_unknown(kinds, step) for step in planned)
        return name not in room.actions or unknown
    known = kinds[kind].revisions if kind in kinds else ()
    return not any(_takes(kinds[kind].at(revision), name, asked.d) for revision in known)


def running(kinds: Mapping[str, Activity], state: Mapping[str, Any]) -> bool:
    """Whether something that runs in a room, or ran and is kept, is of a later version."""
    now = state["meet"]["now"]
    if now is not None and (_opened(kinds, now) or _inside(kinds, now)):
        return True
    kept = [told for told in state["meet"]["past"] if str(told["g"]) in state["past"]]
    return any(rules_of(kinds, told) is None or _inside(kinds, told) for told in kept)


def _takes(rules: Activity | None, name: str, d: Mapping[str, Any]) -> bool:
    action = None if rules is None else rules.actions.get(name)
    return action is not None and d.keys() <= action.fields.keys()


def _inside(kinds: Mapping[str, Activity], told: Mapping[str, Any]) -> bool:
    inner = (told.get("in") or {}).values()
    return any(rules_of(kinds, told, one["kind"]) is None for one in inner)


def _opened(kinds: Mapping[str, Activity], told: Mapping[str, Any]) -> bool:
    """By the revision at which it is opened."""
    if not isinstance(told.get("kind"), str):
        return False
    return _lacks(rules_of(kinds, told), told)


def _unknown(kinds: Mapping[str, Activity], step: Mapping[str, Any]) -> bool:
    """A step of a plan is opened at a revision that is not known yet."""
    kind = step.get("kind")
    return isinstance(kind, str) and _lacks(kinds.get(kind), step)


def _lacks(rules: Activity | None, told: Mapping[str, Any]) -> bool:
    return rules is None or not (told.get("options") or {}).keys() <= rules.options.keys()
