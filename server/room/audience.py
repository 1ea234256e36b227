"""Who may see which path: the one gate through which state leaves a room.

A path's first segment says it (DESIGN.md §4). Whatever is not named here is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

EVERYONE: Final = "all"
HOSTS: Final = "host"
NOBODY: Final = ""

_PUBLIC = ("meet", "room", "live")


def label(path: str) -> str:
    """The audience of a path: "all", "host", "own:<member>", "team:<t>", or "" for nobody."""
    root, _, rest = path.partition("/")
    if root in _PUBLIC:
        return EVERYONE
    if not rest:
        return NOBODY
    if root in ("host", "desk"):
        # what a kind in a team keeps for its hosts: the room's hosts do not read over a shoulder
        return NOBODY if path.startswith("host/in/") or path == "host/in" else HOSTS
    if root in ("own", "team"):
        return f"{root}:{rest.partition('/')[0]}"
    if root == "mine":  # the room's own word to one person, whatever runs
        return f"own:{rest.partition('/')[0]}"
    return NOBODY


def regroups(change: list[Any]) -> bool:
    """Whether this change may have moved people into or out of an audience: who was not there
    cannot go on from before it, for their tree has too much of one part or too little."""
    path = change[0]
    if path == "room":
        return len(change) > 1 and "team" in change[1]
    if path.startswith("team/"):
        return len(change) == 1 and path.count("/") == 1
    return path.startswith("room/team") or path.endswith("/role")  # type: ignore[no-any-return]


def labels_of(member: str, role: str, teams: Mapping[str, Any]) -> frozenset[str]:
    """All audiences that a person belongs to. `teams` is room/team: member -> team."""
    if role == "screen":
        return frozenset((EVERYONE,))
    seen = {EVERYONE, f"own:{member}"}
    if role == "host":
        seen.add(HOSTS)
    team = teams.get(member)
    if isinstance(team, str):
        seen.add(f"team:{team}")
    return frozenset(seen)


def view(tree: Mapping[str, Any], member: str, role: str) -> dict[str, Any]:
    """The part of the whole state that this person may see; shares its values with `tree`."""
    room = tree.get("room") or {}
    labels = labels_of(member, role, room.get("team") or {})
    seen: dict[str, Any] = {"meet": tree["meet"], "room": room}
    if f"own:{member}" in labels:
        for root in ("own", "mine"):
            part = (tree.get(root) or {}).get(member)
            seen[root] = {member: part} if part is not None else {}
    if HOSTS in labels:
        seen["host"] = {k: v for k, v in (tree.get("host") or {}).items() if k != "in"}
        seen["desk"] = tree.get("desk") or {}
    for name in labels:
        if name.startswith("team:"):
            team = name[5:]
            ours = (tree.get("team") or {}).get(team)
            seen["team"] = {team: ours} if ours is not None else {}
    return seen
