"""The state as a client keeps it: changes applied in place, snapshot parts merged."""

from __future__ import annotations

from typing import Any


def patch(tree: dict[str, Any], change: list[Any]) -> None:
    """Apply one change, `[path, value]` or `[path]`, in place."""
    *way, last = change[0].split("/")
    at: Any = tree
    for step in way:
        if isinstance(at, list):
            at = at[int(step)]
        elif len(change) == 2:
            at = at.setdefault(step, {})
        else:
            at = at.get(step)
            if at is None:
                return  # nothing there to delete
    if isinstance(at, dict):
        if len(change) == 2:
            at[last] = change[1]
        else:
            at.pop(last, None)
    elif len(change) == 1:
        del at[int(last) :]  # only ever the last one
    elif int(last) == len(at):
        at.append(change[1])
    else:
        at[int(last)] = change[1]


def merge(whole: Any, part: Any) -> Any:
    """One part of a snapshot after the other: objects merged, lists appended."""
    if isinstance(whole, dict) and isinstance(part, dict):
        for key, value in part.items():
            whole[key] = merge(whole[key], value) if key in whole else value
        return whole
    if isinstance(whole, list) and isinstance(part, list):
        return whole + part
    return part
