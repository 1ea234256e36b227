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
    rules = room if kind == "room" else kinds.get(kind)
    action = rules.actions.get(name) if rules is not None else None
    if action is None:
        return True
    if kind == "room":
        opened = [asked.d, *(asked.d.get("plan") or ())]
        return any(_unknown(kinds, step) for step in opened if isinstance(step, dict))
    return not asked.d.keys() <= action.fields.keys()


def running(kinds: Mapping[str, Activity], state: Mapping[str, Any]) -> bool:
    """Whether what runs in a room is of a later version."""
    now = state["meet"]["now"]
    return now is not None and _unknown(kinds, now)


def _unknown(kinds: Mapping[str, Activity], opened: Mapping[str, Any]) -> bool:
    kind = opened.get("kind")
    if not isinstance(kind, str):
        return False
    rules = kinds.get(kind)
    return rules is None or not (opened.get("options") or {}).keys() <= rules.options.keys()
