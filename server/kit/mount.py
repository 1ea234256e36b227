"""Mount: where the paths of an activity go when it runs inside a team of another one.

The segment ``in`` parts the two: room/x -> team/<t>/in/x, own/<id>/x -> own/<id>/in/x (a member
is in one team at a time), host/x -> host/in/<t>/x, vault/x -> vault/in/<t>/x,
live/<id>/<key> -> team/<t>/live/<id>/<key>. Teams inside teams are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from server.kit.change import Change, PatchError, get


def mounted(path: str, team: str) -> str:
    """The outer path of a nested activity's path; raises PatchError("path")."""
    root, _, rest = path.partition("/")
    if root == "room" and rest:
        return f"team/{team}/in/{rest}"
    if root == "own" and rest:
        who, slash, below = rest.partition("/")
        return f"own/{who}/in{slash}{below}"
    if root in ("host", "vault") and rest:
        return f"{root}/in/{team}/{rest}"
    if root == "live" and rest:
        return f"team/{team}/live/{rest}"
    raise PatchError("path", path)


def mount(changes: Iterable[Change], team: str) -> list[Change]:
    """The changes of a nested activity as changes of the outer tree."""
    return [Change(mounted(change.path, team), change.value) for change in changes]


def inner(state: Mapping[str, Any], team: str, members: Iterable[str]) -> dict[str, Any]:
    """The nested activity's own tree, read out of the outer one."""
    own = {who: get(state, f"own/{who}/in") for who in members}
    return {
        "room": get(state, f"team/{team}/in", {}),
        "own": {who: tree for who, tree in own.items() if tree is not None},
        "host": get(state, f"host/in/{team}", {}),
        "vault": get(state, f"vault/in/{team}", {}),
        "team": {},
    }
