"""The shape of a room's state: of a new room, of one that was cleared, and of older ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .life import KEPT_MS

REV = 2
"""Of the state's shape; one that is older by one is raised to it, others are not read."""


def empty(
    title: str,
    lang: str,
    steps: list[dict[str, Any]],
    starts: Sequence[int] = (),
    minutes: int = 0,
) -> dict[str, Any]:
    """The state of a room in which nobody has been yet."""
    return {
        "meet": {
            "title": title,
            "lang": lang,
            "people": {},
            "plan": steps,
            "at": -1,
            "now": None,
            "past": [],
            "ended": None,
            "starts": list(starts),
            "minutes": minutes,
            "kept": KEPT_MS,
            "keep": None,
            "locked": False,
            "line": {},
            "shut": {},
            "say": None,
            "call": "",
            "paper": {},
            "baton": None,
            "standin": None,
            "links": {"join": 0, "host": 0},
            "rest": False,
            "begun": None,
            "auto": "",
        },
        "room": {},
        "own": {},
        "host": {},
        "vault": {},
        "team": {},
        "past": {},
        "mine": {},
        "desk": {"notes": {}, "calls": {}, "knocks": {}, "undone": {}, "memo": ""},
        "sys": {
            "g": 0,
            "serial": 0,
            "timers": {},
            "seen": {},
            "sizes": {},
            "agreed": {},
            "silent": [],
            "undone": {},
            "first": "",
        },
    }


def remaining(state: Mapping[str, Any]) -> dict[str, Any]:
    """What stays of a room whose contents go: how it is called, planned and reached.

    The question whether contents stay goes on being asked, but the answers go with the people.
    """
    meet = state["meet"]
    tree = empty(meet["title"], meet["lang"], meet["plan"], meet["starts"], meet["minutes"])
    for key in ("kept", "locked", "call", "links"):
        tree["meet"][key] = meet[key]
    if meet["keep"] is not None:
        tree["meet"]["keep"] = {"yes": 0, "no": 0}
    return tree


def raised(tree: Mapping[str, Any], rev: int) -> dict[str, Any] | None:
    """A tree of this or the last revision in today's shape; None for any other."""
    if rev not in (REV, REV - 1):
        return None
    meet = tree["meet"]
    fresh = empty(meet["title"], meet["lang"], meet["plan"])
    new: dict[str, Any] = {**fresh, **tree}
    for root in ("meet", "desk", "sys"):
        new[root] = {**fresh[root], **tree.get(root, {})}
    if rev == REV:
        return new  # what was added since has its first value
    hosts = [m for m, p in meet["people"].items() if p["role"] == "host"]
    here = [m for m in hosts if meet["people"][m]["here"]]
    new["meet"]["baton"] = next(iter(here or hosts), None)
    new["sys"]["first"] = hosts[0] if len(hosts) == 1 else ""
    return new
